"""`certify publish --watch` as it is run for years: it publishes what is due, and outlives what goes wrong."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from issuer.register import transaction
from tests.kit import databases
from tests.kit.home import REASON, Home, fresh, opened
from tests.kit.results import record_of

PATIENCE_SECONDS = 30
QUIET_SECONDS = 1.0
# As the command, but for how long it waits for a lock: half a minute is too much for a test.
PROGRAM = """
import sys
from issuer.register import postgres, sqlite
sqlite.OPTIONS["connect_args"]["timeout"], postgres._PATIENCE = 0.2, "200ms"
from issuer.cli import main
sys.exit(main())
"""


class Watch:
    """The process; what it says goes to two files."""

    def __init__(self, home: Home, folder: Path, *options: str) -> None:
        self.out, self.err = folder / "watch.out", folder / "watch.err"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CERTIFY_")}
        with self.out.open("w") as out, self.err.open("w") as err:
            command = (sys.executable, "-c", PROGRAM, "publish", "--watch", "--every", "0.2", *options)
            self.process = subprocess.Popen((*command, "--home", str(home.path)), stdout=out, stderr=err, env=kept)

    def until(self, fact: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not fact():
            assert self.process.poll() is None, self.err.read_text()
            assert time.monotonic() < deadline, (self.out.read_text(), self.err.read_text())
            time.sleep(0.05)

    def publications(self) -> int:
        return self.out.read_text().count("Published in")

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE_SECONDS)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return fresh(tmp_path / "home", at=None)


@pytest.fixture
def award(home: Home) -> str:
    answer = home.json("issue", "-", stdin=record_of(datetime.now(UTC)))
    assert answer["outcome"] == "issued", answer
    return str(answer["publicId"])


@pytest.fixture
def start(home: Home, tmp_path: Path) -> Iterator[Callable[..., Watch]]:
    """Starts a watch, and ends it with the test."""
    begun: list[Watch] = []

    def run(*options: str) -> Watch:
        watch = Watch(home, tmp_path, *options)
        begun.append(watch)
        return watch

    yield run
    for each in begun:
        each.process.kill()
        each.process.wait()


def versions(home: Home) -> int:
    ((count,),) = home.rows("SELECT count(*) FROM status_list")
    return int(count)


def test_it_publishes_at_once_and_then_only_what_changes(home: Home, award: str, start: Callable[..., Watch]) -> None:
    home.json("revoke", award, *REASON, "--no-publish")
    before = versions(home)
    watch = start()
    watch.until(lambda: watch.publications() == 1)
    assert versions(home) == before + 1, "the list that has changed, and no other"
    assert not home.verify(award, at=datetime.now(UTC).isoformat(timespec="seconds"))
    time.sleep(QUIET_SECONDS)
    assert (versions(home), watch.publications()) == (before + 1, 1)
    assert watch.stop() == 0
    assert watch.err.read_text() == ""


def test_it_notices_what_another_process_withdraws(home: Home, award: str, start: Callable[..., Watch]) -> None:
    """Within its patience, which is less than how seldom it looks unless it is told to look more often."""
    shutil.rmtree(home.path / "public")
    watch = start()
    watch.until(lambda: watch.publications() == 1)
    home.json("revoke", award, *REASON, "--no-publish")
    watch.until(lambda: watch.publications() == 2)
    listed = home.path / "public" / "status" / "revocation" / "1"
    ((content,),) = home.rows(
        "SELECT content FROM status_list WHERE purpose = 'revocation' ORDER BY valid_from DESC LIMIT 1"
    )
    assert listed.read_bytes() == content


def test_it_outlives_a_locked_register(home: Home, start: Callable[..., Watch]) -> None:
    shutil.rmtree(home.path / "public")
    watch = start()
    watch.until(lambda: watch.publications() == 1)
    with opened(home) as desk, transaction(desk.engine):
        shutil.rmtree(home.path / "public")
        watch.until(lambda: "[register.unusable]" in watch.err.read_text())
    watch.until(lambda: watch.publications() == 2)
    assert watch.stop() == 0


@databases.in_a_file
def test_it_sees_a_register_that_was_put_in_the_place_of_another(
    home: Home, award: str, start: Callable[..., Watch]
) -> None:
    register, as_it_was = home.path / "certify.db", home.keep()
    home.change("UPDATE status_index SET is_set = true")
    put_other = home.keep()
    as_it_was()
    shutil.rmtree(home.path / "public")
    watch = start()
    watch.until(lambda: watch.publications() == 1)
    for path in home.path.glob("certify.db*"):
        path.unlink()
    watch.until(lambda: "[register.missing]" in watch.err.read_text())
    assert not register.exists(), "no empty register in the place of the lost one"
    shutil.rmtree(home.path / "public")
    put_other()
    watch.until(lambda: watch.publications() == 2)
    assert not home.verify(award, at=datetime.now(UTC).isoformat(timespec="seconds"))
    assert watch.stop() == 0


def test_it_writes_a_public_folder_again(home: Home, start: Callable[..., Watch]) -> None:
    watch = start()
    public = home.path / "public"
    wanted = home.files("public").keys()
    shutil.rmtree(public)
    watch.until(lambda: watch.publications() == 1)
    assert home.files("public").keys() == wanted
    (public / "trust.json").unlink()
    watch.until(lambda: watch.publications() == 2)
    public.rename(home.path / "gone")  # at once: it may be written to just now
    public.write_text("a file in its place")
    watch.until(lambda: "[disk]" in watch.err.read_text())
    public.unlink()
    watch.until((public / "trust.json").exists)
    assert watch.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told_to(home: Home, start: Callable[..., Watch], number: int) -> None:
    shutil.rmtree(home.path / "public")
    watch = start()
    watch.until(lambda: watch.publications() == 1)
    assert watch.stop(number) == 0
    assert watch.err.read_text() == ""


def test_it_speaks_json_a_line_each(home: Home, start: Callable[..., Watch]) -> None:
    shutil.rmtree(home.path / "public")
    watch = start("--json")
    watch.until(lambda: watch.out.read_text().endswith("\n"))
    (line,) = watch.out.read_text().splitlines()
    assert line.startswith('{"public": ')


@pytest.mark.parametrize(
    "options", [("--at", "2026-07-01T00:00:00Z"), *(("--every", each) for each in ("0", "-1", "nan", "inf", "1e12"))]
)
def test_a_watch_that_makes_no_sense(home: Home, options: tuple[str, ...]) -> None:
    ran = home.certify("publish", "--watch", *options)
    assert (ran.exit, ran.out) == (2, "")
    assert "usage" in ran.err or ran.err.startswith("certify: --")
