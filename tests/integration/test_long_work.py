"""Work that takes long, while others act on the same register: each step has its own time, and its end is truthful."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks import bench_reissue
from issuer.cli import common
from issuer.errors import IssuerError
from issuer.lifecycle import State
from issuer.register import events
from issuer.register.eventtypes import EventType
from issuer.service import batch, evidence, issue, rotate
from issuer.service.desk import CLOCK_TOLERANCE, Desk
from keys import durable
from tests.kit.home import AIMA_AT, Home, demo, opened
from tests.kit.many import records
from verifier.format.timestamp import format_seconds, parse

FIRST, SECOND = "key-2026-1", "key-2026-2"
DECISION = ("--decision", "DEC-50")
PEOPLE = 5
LONG = CLOCK_TOLERANCE * 2


class Clock:
    """In the place of `datetime`, where the commands read the time."""

    def __init__(self, at: str) -> None:
        self.at = parse(at)

    def now(self, _zone: object) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock("2026-07-02T00:00:00Z")
    monkeypatch.setattr(common, "datetime", made)
    return made


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at a time, so that a handful has several steps."""
    monkeypatch.setattr(issue, "AT_ONCE", 2)
    monkeypatch.setattr(batch, "AT_ONCE", 2)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def acts(home: Home, clock: Clock) -> None:
    """Somebody else does something, at the time that it is."""
    with opened(home) as desk, desk.writing(clock.at) as connection:
        events.append(connection, EventType.EMAIL_ADDED, at=clock.at)


@contextmanager
def others_between(home: Home, clock: Clock, module: Any, name: str) -> Iterator[None]:
    """After each step time has passed, and somebody else has acted."""
    done: Callable[..., Any] = getattr(module, name)

    def and_others(*arguments: Any, **named: Any) -> Any:
        answer = done(*arguments, **named)
        clock.at += LONG
        acts(home, clock)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, and_others)
        yield


def issued(home: Home, tmp_path: Path) -> list[str]:
    paths = records(tmp_path, range(PEOPLE))
    answers = home.json("issue", *map(str, paths), at=AIMA_AT)
    return [str(each["publicId"]) for each in answers]


def given_up(home: Home, at: str = "2026-07-02T00:00:00Z") -> None:
    home.json("keys", "compromise", FIRST, *DECISION, "--yes", at=at)
    home.json("keys", "generate", at=at)
    home.json("keys", "activate", SECOND, at=at)


def newest_keys(home: Home) -> set[tuple[str, int]]:
    """Which keys have signed newest revisions, and how many."""
    query = (
        "SELECT key_id, count(*) FROM rendering AS one WHERE format = 'file' AND revision ="
        " (SELECT max(revision) FROM rendering AS other WHERE other.award_id = one.award_id) GROUP BY key_id"
    )
    return {(str(key), int(number)) for key, number in home.rows(query)}


@pytest.mark.usefixtures("few")
def test_reissue_goes_on_while_others_act(home: Home, tmp_path: Path, clock: Clock) -> None:
    issued(home, tmp_path)
    given_up(home)
    with others_between(home, clock, issue, "complete_each"):
        ran = home.certify("keys", "reissue", FIRST, *DECISION, "--yes", "--json")
    assert ran.exit == 0, ran.err
    assert (ran.json["reissued"], ran.json["left"]) == (PEOPLE, [])
    assert newest_keys(home) == {(SECOND, PEOPLE)}
    assert home.json("log", at=format_seconds(clock.at))["intact"]


@pytest.mark.usefixtures("few")
def test_so_does_every_other_work_of_several_steps(home: Home, tmp_path: Path, clock: Clock) -> None:
    paths = records(tmp_path, range(PEOPLE))
    with others_between(home, clock, issue, "complete_each"):
        answers = home.json("issue", *map(str, paths[:3]), "--clock-is-right")
    assert [each["outcome"] for each in answers] == ["issued"] * 3
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(path.read_text().replace("\n", "") + "\n" for path in paths), encoding="utf-8")
    with others_between(home, clock, issue, "complete_each"):
        assert home.certify("batch", str(rows), "--json").exit == 0
    home.change("UPDATE revision SET delivered_at = NULL")
    with others_between(home, clock, issue, "complete_each"):
        assert len(home.json("resume")) == PEOPLE


def test_a_repair_that_reads_for_long_is_dated_when_it_is_done(home: Home, tmp_path: Path, clock: Clock) -> None:
    put_back = home.keep()
    issued(home, tmp_path)
    put_back()
    acts_after = clock.at
    with others_between(home, clock, evidence, "issued"):
        done = home.json("repair", "--clock-is-right")
    assert len(done["recovered"]) == PEOPLE
    assert clock.at == acts_after + LONG


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("stop", [IssuerError("disk.full", "No room."), KeyboardInterrupt(), OSError(28, "No space")])
def test_what_ends_it_early_says_how_far_it_came_and_the_same_again_goes_on(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    issued(home, tmp_path)
    given_up(home)
    complete, calls = issue.complete_each, list[int]()

    def stopping(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise stop
        return complete(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(issue, "complete_each", stopping)
        ran = home.certify("keys", "reissue", FIRST, *DECISION, "--yes", at="2026-07-02T00:00:01Z")
    assert ran.exit == (130 if ran.err.endswith("interrupted]\n") else 1)
    assert f"Of {PEOPLE} credentials 2 are issued anew and 3 are left" in ran.err
    assert "othing was changed" not in ran.err
    assert newest_keys(home) == {(SECOND, 2), (FIRST, 3)}
    home.json("keys", "reissue", FIRST, *DECISION, "--yes", at="2026-07-02T00:01:00Z")
    assert newest_keys(home) == {(SECOND, PEOPLE)}
    assert home.rows("SELECT max(number) FROM revision") == [(2,)], "nothing was issued anew twice"
    assert home.json("keys", "reissue", FIRST, *DECISION, "--yes", at="2026-07-02T00:02:00Z")["reissued"] == 0


def test_files_for_many_say_how_far_they_came(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issued(home, tmp_path)
    replace, calls = durable.replace, list[int]()

    def stopping(*arguments: Any, **named: Any) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        replace(*arguments, **named)

    monkeypatch.setattr(durable, "replace", stopping)
    ran = home.certify("badge", "--all", "--out", str(tmp_path / "out"), at="2026-07-02T00:00:00Z")
    assert ran.exit == 130
    assert f"Of {PEOPLE} files 2 are made" in ran.err


@pytest.mark.usefixtures("few")
def test_two_at_once_issue_each_anew_but_once(home: Home, tmp_path: Path, clock: Clock) -> None:
    issued(home, tmp_path)
    given_up(home)

    def other(done: int, _all: int) -> None:
        if done == 2:
            with opened(home) as second:
                again(second)

    def again(desk: Desk, progress: Callable[[int, int], None] = lambda *_: None) -> None:
        rotate.reissue(desk, FIRST, reference="DEC-50", now=lambda: clock.at, progress=progress)

    with opened(home) as desk:
        again(desk, other)
    assert home.rows("SELECT number, count(*) FROM revision GROUP BY number ORDER BY number") == [(1, 5), (2, 5)]


@pytest.mark.parametrize("command", [("publish",), ("backup", "one.zip"), ("export-case", "X", "one.zip")])
def test_whoever_stops_a_command_sees_a_sentence(
    home: Home, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    for module in ("care", "backup", "audit"):
        monkeypatch.setattr(f"issuer.cli.{module}.open_desk", stop)
    assert home.fails(*command, at=AIMA_AT) == "interrupted"


def test_what_was_withdrawn_meanwhile_is_passed_over(home: Home, tmp_path: Path, clock: Clock) -> None:
    public_ids = sorted(issued(home, tmp_path))
    given_up(home)

    def withdraw(done: int, _all: int) -> None:
        if done == 0:
            act = ("revoke", public_ids[0], "--reason", "issued-in-error", "--no-publish")
            home.json(*act, *DECISION, at=format_seconds(clock.at))

    with opened(home) as desk:
        left = rotate.reissue(desk, FIRST, reference="DEC-50", now=lambda: clock.at, progress=withdraw)
    assert left == ()
    assert home.json("show", public_ids[0], at=format_seconds(clock.at))["state"] == "withdrawn"
    assert newest_keys(home) == {(SECOND, PEOPLE - 1), (FIRST, 1)}


def test_what_would_happen_is_said_first_and_changes_nothing(home: Home, tmp_path: Path) -> None:
    public_ids = issued(home, tmp_path)
    at = "2026-07-02T00:00:00Z"
    home.json("revoke", public_ids[0], "--reason", "issued-in-error", *DECISION, at=AIMA_AT)
    before = home.everything()
    told = home.json("keys", "compromise", FIRST, *DECISION, "--dry-run", at=at)
    assert (told["affected"], told["states"]) == (PEOPLE - 1, {str(State.VALID): PEOPLE - 1})
    assert (told["since"], told["otherActiveKeys"]) == (AIMA_AT, [])
    said = home.certify("keys", "compromise", FIRST, *DECISION, "--dry-run", at=at).out
    assert "voids 4 credentials that it signed since 2026-07-01T09:32:13Z (4 valid), for ever" in said
    assert "No other key may sign" in said
    assert home.fails("keys", "compromise", FIRST, *DECISION, at=at) == "act.unconfirmed"
    assert home.everything() == before
    given_up(home)
    before = home.everything()
    said = home.certify("keys", "reissue", FIRST, *DECISION, "--dry-run", at=at).out
    assert said.startswith(f"4 credentials would be issued anew under {SECOND}")
    assert home.fails("keys", "reissue", FIRST, *DECISION, at=at) == "act.unconfirmed"
    assert home.everything() == before


@pytest.mark.parametrize(("word", "state"), [("yes\n", "compromised"), ("\n", "active"), ("y\n", "active")])
def test_a_person_is_asked(home: Home, monkeypatch: pytest.MonkeyPatch, word: str, state: str) -> None:
    home.issue(at=AIMA_AT)

    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return word

    def asked(options: Any, what: str) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", Terminal())
            confirm(options, what)

    confirm = common.confirm
    monkeypatch.setattr("issuer.cli.keys.confirm", asked)
    ran = home.certify("keys", "compromise", FIRST, *DECISION, at="2026-07-02T00:00:00Z")
    assert "Giving key-2026-1 up voids 1 credentials" in ran.err
    assert ran.exit == (0 if state == "compromised" else 1)
    assert home.json("keys", "list")["keys"][0]["state"] == state


def test_the_time_counts_after_the_answer(home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever thinks about it for a minute is not told that the clock is wrong."""
    home.issue(at=AIMA_AT)

    def think(*_: object) -> None:
        clock.at += timedelta(hours=1)
        acts(home, clock)

    monkeypatch.setattr("issuer.cli.keys.confirm", think)
    ran = home.certify("keys", "compromise", FIRST, *DECISION, "--json")
    assert ran.exit == 0, ran.err
    assert len(json.loads(ran.out)["affected"]) == 1


@pytest.mark.slow
@pytest.mark.several_hosts
def test_issuing_anew_beside_a_real_service_for_longer_than_clocks_may_differ(tmp_path: Path) -> None:
    """Nobody who reads meanwhile, and no platform that sends, sees an error."""
    home, number = Home(tmp_path / "home"), 800
    bench_reissue.made(home, number)
    figures = bench_reissue.measured(home)
    assert figures.answer["left"] == []
    assert figures.answer["reissued"] == number
    assert figures.seen.errors == {}
    assert figures.seen.answers["a new record", 201] > 0
    assert home.rows("SELECT count(*) FROM revision WHERE number = 2 AND delivered_at IS NOT NULL") == [(number,)]
    assert home.json("log")["intact"]
