"""What an erasure leaves in the files of the database, byte for byte, while somebody reads an older state and after."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Integer, func, select

from issuer.register import notices, overwrite, requests, snapshot, sqlite, tables, transaction
from issuer.register.tables import person, person_candidate, person_email
from issuer.service import traces
from tests.kit import databases, rawpages
from tests.kit.home import AIMA_AT, RESULTS, Home, fresh, on_server, opened
from tests.kit.serving import recent, serving
from verifier.format.timestamp import parse

ERASED_AT, LATER = "2026-07-02T00:00:00Z", "2026-07-02T01:00:00Z"
DECISION = ("--decision", "DEC-40")
NEEDLES = [b"Quixote-Needle", b"needle@candidate.example", b"cand-needle"]
OTHERS = 40
PATIENCE_SECONDS = 200.0


def named(record: bytes) -> bytes:
    value: dict[str, Any] = json.loads(record)
    value["candidate"] |= {
        "displayName": "Zofia Quixote-Needle",
        "email": "needle@candidate.example",
        "candidateId": "cand-needle",
    }
    return json.dumps(value).encode()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An issuer who has given a credential to somebody, and others to others."""
    home = fresh(tmp_path / "home")
    rawpages.keep_plain(home)
    record = named((RESULTS / "aima-pass.json").read_bytes())
    for number in range(3):
        other = json.loads(record)
        other["resultId"], other["attempt"]["attemptId"] = f"res-{number}", f"att-{number}"
        other["candidate"] = {**other["candidate"], "displayName": "B", "email": None, "candidateId": f"c{number}"}
        home.json("issue", "-", at=AIMA_AT, stdin=json.dumps(other).encode())
    home.json("issue", "-", at=AIMA_AT, stdin=record)
    _ask_and_tell(home)
    rawpages.analyze(home)
    return home


def _ask_and_tell(home: Home) -> None:
    """Twice each: a value that is there once is in no sample."""
    at = parse(AIMA_AT)
    (person_id,) = home.rows("SELECT person_id FROM person_candidate WHERE candidate_id = 'cand-needle'")[0]
    with opened(home) as desk, desk.writing(at) as connection:
        for kind in ("link-ended", "taken-back"):
            notices.add(connection, person_id, kind, at=at)
            requests.add(connection, person_id, "name", "Sofia Quixote-Needle", at)


def needle(home: Home) -> str:
    query = "SELECT public_id FROM award JOIN person_candidate USING (person_id) WHERE candidate_id = 'cand-needle'"
    return str(home.rows(query)[0][0])


def doctor(home: Home) -> str:
    lines = home.certify("doctor", "--json", at=LATER).json["checks"]
    return next(str(line["level"]) for line in lines if line["code"] == "doctor.traces")


def test_nothing_is_left_on_any_page_when_nobody_reads(home: Home) -> None:
    assert rawpages.holding(home, NEEDLES), "the search finds what is there"
    done = home.json("erase", needle(home), *DECISION, at=ERASED_AT)
    assert done["tracesLeft"] is False
    assert rawpages.holding(home, NEEDLES) == []
    assert doctor(home) == "ok"
    assert "Traces remain" not in home.certify("show", done["erased"][0], at=LATER).out


@pytest.mark.parametrize("looks", [True, False])
def test_while_somebody_reads_an_older_state_it_says_so_and_ends_it_later(home: Home, *, looks: bool) -> None:
    public_id = needle(home)
    with rawpages.reader(home, looks=looks):
        ran = home.certify("erase", public_id, *DECISION, at=ERASED_AT)
        assert ran.exit == 0, ran.err
        assert "Traces remain in the files of the database" in ran.out
        assert rawpages.holding(home, NEEDLES), "what it says is so"
        assert doctor(home) == "warning"
        home.json("publish", at=ERASED_AT)
        assert rawpages.holding(home, NEEDLES)
        assert doctor(home) == "warning"
        assert home.json("show", public_id, at=LATER)["state"] == "erased"
    home.json("publish", at=LATER)
    assert rawpages.holding(home, NEEDLES) == []
    assert doctor(home) == "ok"
    assert home.json("log", at=LATER)["intact"]


def test_contact_data_goes_from_the_pages_as_well(home: Home) -> None:
    public_id = needle(home)
    with rawpages.reader(home):
        assert home.json("forget-contact", public_id, *DECISION, at=ERASED_AT) == {
            "publicId": public_id,
            "tracesLeft": True,
        }
        assert rawpages.holding(home, NEEDLES[1:2])
    home.json("publish", at=LATER)
    assert rawpages.holding(home, NEEDLES[1:2]) == []


@databases.in_a_file
def test_no_copy_stays_behind_where_entries_moved_from_page_to_page(tmp_path: Path) -> None:
    """Thousands of people who come in no order, and go again: SQLite's secure_delete alone leaves some of them."""
    home = fresh(tmp_path / "home")
    with opened(home) as desk:
        for seed in range(3):
            gone = _come_and_go(desk.engine, seed)
            assert overwrite(desk.engine)
            data = b"".join(rawpages.pages(home).values())
            assert [each for each in gone if each.encode() in data] == []


def _come_and_go(engine: Any, seed: int) -> list[str]:
    keys = [os.urandom(16).hex() for _ in range(4_000)]
    with transaction(engine) as connection:
        connection.execute(person.insert(), [{"id": key, "since": parse(AIMA_AT)} for key in keys])
        for key in keys:
            mark = _mark(seed, key)
            candidate = {"platform": "exam", "candidate_id": os.urandom(3).hex() + mark[:180], "person_id": key}
            connection.execute(person_candidate.insert().values(candidate))
            connection.execute(person_email.insert().values(person_id=key, email=mark))
        for key in keys[::3]:
            connection.execute(
                person_email.update().where(person_email.c.person_id == key).values(email=_mark(seed, key)[:60])
            )
    with transaction(engine) as connection:
        for key in keys[::7]:
            connection.execute(person_candidate.delete().where(person_candidate.c.person_id == key))
            connection.execute(person_email.delete().where(person_email.c.person_id == key))
    with snapshot(engine) as connection:
        assert connection.execute(select(func.count()).select_from(person_email)).scalar()
    return [_mark(seed, key)[:40] for key in keys[::7]]


def _mark(seed: int, key: str) -> str:
    """Of many lengths, so that pages fill up unevenly."""
    return f"mark-{seed}-{key}" + "x" * (int(key[:2], 16) % 240)


def test_it_stays_to_be_done_when_rewriting_takes_too_long(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an answer of the service there is no time for a large register; later there is."""
    public_id = needle(home)
    with opened(home) as desk:
        with monkeypatch.context() as patch:
            patch.setattr(sqlite, "_STEPS", 1)
            tried = overwrite(desk.engine, 0.001)
        assert not tried
        home.json("erase", public_id, *DECISION, at=ERASED_AT)
        assert traces.clear(desk)
    assert rawpages.holding(home, NEEDLES) == []


def test_issued_files_go_later_when_a_crash_kept_them(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    public_id = needle(home)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(traces, "clear", crash)
        assert home.fails("erase", public_id, *DECISION, at=ERASED_AT) == "interrupted"
    assert home.file(public_id).exists()
    assert doctor(home) == "warning"
    home.json("publish", at=LATER)
    assert [path for path in (home.path / "issued").iterdir() if public_id in path.name] == []
    assert len([*(home.path / "issued").iterdir()]) == 9, "and those of others stay"
    assert rawpages.holding(home, NEEDLES) == []
    assert doctor(home) == "ok"


@pytest.mark.slow
@pytest.mark.several_hosts
def test_a_running_service_ends_it_by_itself(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.json("init", "--demo", *on_server())
    rawpages.keep_plain(home)
    home.json("issue", "-", stdin=named(recent(1)))
    public_id = needle(home)
    with serving(home, 2):
        with rawpages.reader(home):
            assert home.json("erase", public_id, *DECISION)["tracesLeft"]
            assert rawpages.holding(home, NEEDLES)
        end = time.monotonic() + PATIENCE_SECONDS
        while rawpages.holding(home, NEEDLES):
            assert time.monotonic() < end, "the service leaves it"
            time.sleep(1)


@pytest.mark.skipif(not databases.SERVER, reason="SQLite takes no samples by itself")
def test_the_server_takes_a_sample_of_nothing_that_names_people(home: Home) -> None:
    """Each column of words in a table that may name people is left out, or is known to hold no name."""
    ids = {"platform", "person_id", "result_id", "attempt_id", "award_id", "key_id", "digest"}
    codes = {"state", "codes", "kind", "format", "cause", "started_at", "completed_at", "received_at"}
    times = {"at", "due", "closed_at", "valid_from", "issued_at", "delivered_at"}
    rows = home.rows("SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE attstattarget = 0")
    unsampled = {(str(table), str(column)) for table, column in rows}
    wordy = {
        (table.name, column.name)
        for table in tables.PERSONAL
        for column in table.columns
        if not isinstance(column.type, Integer) and column.name not in ids | codes | times
    } - {("result", "credential")}
    assert wordy <= unsampled, wordy - unsampled
    assert {("notice", "email"), ("revision", "credential")} <= wordy
