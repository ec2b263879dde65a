"""A full disk, a locked register, a wrong clock, an insert that fails: a clear answer, nothing lost, no repair."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest

from issuer.cli import common
from issuer.register import transaction
from tests.kit import databases
from tests.kit.home import AIMA_AT, LATER, REASON, RESULTS, Home, demo, opened, real
from tests.kit.many import records

RECORD = str(RESULTS / "aima-pass.json")
KIB = 1024


# --- disk -------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("Only root may mount a small disk.")
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def nearly_full(folder: Path, left: int) -> Iterator[None]:
    """The disk of a folder with so many bytes left."""
    filler = folder / "filler"
    with filler.open("wb") as file:
        while (free := os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize) > left:
            file.write(bytes(min(free - left, 64 * KIB) or 1))
            file.flush()
    try:
        yield
    finally:
        filler.unlink()


@databases.in_a_file
@pytest.mark.slow
def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    home = demo(small_disk / "home")
    paths = records(tmp_path, range(32))
    failed = set()
    for number, path in enumerate(paths):
        public = home.files("public")
        with nearly_full(small_disk, 16 * KIB * number):
            ran = home.certify("issue", str(path), "--json", at=AIMA_AT)
            if ran.exit:
                failed.add(ran.code)
                assert "Traceback" not in ran.err
            standing = home.files("public")
        assert standing.keys() >= public.keys()
        answer = home.json("issue", str(path), at=AIMA_AT)
        assert answer["publicId"]
        assert home.verify(answer["publicId"], AIMA_AT)
    assert failed == {"register.unusable", "disk"}
    assert len(home.rows("SELECT * FROM award")) == len(paths)
    assert home.json("log", at=LATER)["intact"]


@databases.in_a_file
@pytest.mark.slow
def test_a_full_disk_while_something_is_withdrawn(small_disk: Path) -> None:
    home = demo(small_disk / "home")
    public_id = home.issue()
    before = home.files("public")
    with nearly_full(small_disk, 0):
        ran = home.certify("revoke", public_id, *REASON, "--json", at=LATER)
        assert ran.exit == 1
        assert home.files("public") == before, "what is published stands as it was"
    ran = home.certify("revoke", public_id, *REASON, "--json", at=LATER)
    assert ran.exit == 0 or ran.code == "award.withdrawn"
    home.json("publish", at=LATER)
    assert str(home.verify(public_id, LATER).state) == "withdrawn"


@databases.in_a_file
@pytest.mark.slow
def test_nobody_is_sent_to_a_backup_because_the_disk_is_full(small_disk: Path) -> None:
    """An older register would take the place of one that is sound."""
    home = demo(small_disk / "home")
    home.issue()
    with nearly_full(small_disk, 0):
        ran = home.certify("issue", RECORD, at=LATER)
        lines = home.certify("doctor", "--json", at=LATER).json["checks"]
    assert ran.err.endswith("Run it again; if it stays so, run certify doctor. [register.unusable]\n")
    advised = [each["detail"] for each in lines if "certify restore" in each["detail"]]
    assert advised
    for detail in advised:
        before, _, after = detail.partition(" Only if it is damaged, run ")
        assert "if there is no room on the disk, make some" in before
        assert "certify restore" in after
        assert "certify restore" not in before


# --- register ---------------------------------------------------------------------------------------------------


def locked(home: Home, seconds: float) -> threading.Thread:
    """Somebody else writes for so long."""
    holds = threading.Event()

    def hold() -> None:
        with opened(home) as desk, transaction(desk.engine):
            holds.set()
            time.sleep(seconds)

    thread = threading.Thread(target=hold)
    thread.start()
    holds.wait()
    return thread


@pytest.mark.slow
def test_a_register_that_is_locked_for_ten_seconds_is_waited_for(tmp_path: Path) -> None:
    home = demo(tmp_path / "home")
    begun = time.monotonic()
    thread = locked(home, 10)
    public_id = home.issue()
    thread.join()
    assert time.monotonic() - begun >= 10
    assert home.verify(public_id, AIMA_AT)


def test_looking_waits_for_nobody(tmp_path: Path) -> None:
    home = demo(tmp_path / "home")
    public_id = home.issue()
    thread = locked(home, 1.5)
    assert home.json("show", public_id, at=LATER)["state"] == "valid"
    assert thread.is_alive()
    thread.join()


# Whether it is PostgreSQL -> what makes every insert into a table fail, and what lets it be again.
NO_INSERT: dict[bool, tuple[tuple[str, ...], str]] = {
    False: (("CREATE TRIGGER no BEFORE INSERT ON {} BEGIN SELECT RAISE(ABORT, 'no'); END",), "DROP TRIGGER no"),
    True: (
        (
            "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'",
            "CREATE TRIGGER no BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION no()",
        ),
        "DROP TRIGGER no ON {}",
    ),
}
TABLES = ("result", "decision", "person", "award", "revision", "status_index", "event", "rendering", "status_list")


@pytest.mark.parametrize("table", TABLES)
def test_an_insert_that_fails(tmp_path: Path, table: str) -> None:
    home = demo(tmp_path / "home")
    before = home.files("public")
    refusing, again = NO_INSERT[bool(databases.SERVER)]
    home.change(*(each.format(table) for each in refusing))
    ran = home.certify("issue", RECORD, "--json", at=AIMA_AT)
    assert (ran.exit, ran.code) == (1, "register.unusable")
    assert "This step changed nothing" in ran.err
    assert list((home.path / "issued").iterdir()) == []
    if table != "rendering":  # by then the lists have been signed anew, as they were a day old
        assert home.files("public") == before
    home.change(again.format(table))
    answer = home.json("issue", RECORD, at=AIMA_AT)
    assert home.verify(answer["publicId"], AIMA_AT)
    assert len(home.rows("SELECT * FROM award")) == len(home.rows("SELECT * FROM status_index")) == 1
    assert home.json("log", at=LATER)["intact"]


# --- clock ------------------------------------------------------------------------------------------------------


@contextmanager
def clock(shift: timedelta) -> Iterator[None]:
    """The machine's clock set wrong."""
    with mock.patch.object(common, "datetime", wraps=datetime) as wrong:
        wrong.now = lambda zone: datetime.now(zone) + shift
        yield


@pytest.fixture
def body(tmp_path: Path) -> Home:
    """An issuer that is no demo, and whose clock is the machine's."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse battery\n", encoding="utf-8")
    return real(tmp_path / "home", passphrase)


@pytest.mark.parametrize(
    ("shift", "code"), [(timedelta(days=-1), "clock.behind"), (timedelta(days=400), "clock.ahead")], ids=str
)
@pytest.mark.parametrize("act", [("publish",), ("issue", RECORD), ("keys", "generate")], ids=" ".join)
def test_a_wrong_clock_changes_nothing_and_the_right_one_goes_on(
    body: Home, shift: timedelta, code: str, act: tuple[str, ...]
) -> None:
    before = body.files("public"), body.files("keys"), body.rows("SELECT * FROM event")
    with clock(shift):
        assert body.fails(*act) == code
        assert body.json("log")["intact"], "looking is always possible"
    assert (body.files("public"), body.files("keys"), body.rows("SELECT * FROM event")) == before
    body.json("publish")
    body.json("keys", "generate")


def test_an_issuer_that_rested_for_a_year_says_so(body: Home) -> None:
    with clock(timedelta(days=400)):
        assert body.fails("publish") == "clock.ahead"
        dates = body.json("publish", "--clock-is-right")["lists"]
    assert all(text[:4] == str((datetime.now(UTC) + timedelta(days=400)).year) for text in dates.values())
