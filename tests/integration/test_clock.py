"""A clock that is ahead: when it is believed, and how an issuer and its readers come back from one that was."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from issuer.errors import IssuerError
from issuer.register import recorded, tables
from issuer.register.instant import Instant
from issuer.service import clock, due, issue, links, notices, publish, servicekey, waiting
from issuer.service.desk import DAILY_PAUSE, LONGEST_PAUSE
from issuer.service.links import Link
from tests.kit.home import AIMA_AT, Home, demo, on_server, opened
from tests.kit.many import records
from tests.kit.serving import recent, serving
from tests.kit.web import Platform
from verifier import Report, Trust, memory, verify
from verifier.format.timestamp import format_seconds, parse

DECISION = ("--decision", "DEC-60")
NOW = parse("2026-07-02T10:00:00Z")
AHEAD = NOW + timedelta(days=20)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def text(at: datetime) -> str:
    return format_seconds(at)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.fixture
def before(home: Home, tmp_path: Path) -> list[str]:
    """The public ids of three credentials: the first was withdrawn, the second is suspended never, the third stands."""
    answers = home.json("issue", *map(str, records(tmp_path, range(3))), at=AIMA_AT)
    public_ids = [str(each["publicId"]) for each in answers]
    revoke(home, public_ids[0], parse(AIMA_AT) + HOUR)
    return public_ids


def revoke(home: Home, public_id: str, at: datetime) -> None:
    home.json("revoke", public_id, "--reason", "issued-in-error", *DECISION, at=text(at))


def trust(home: Home) -> Trust:
    return Trust.read((home.path / "public" / "trust.json").read_bytes())


def newest(home: Home, public_id: str) -> bytes:
    return max((home.path / "issued").glob(f"{public_id}.r*.json"), key=lambda path: path.name).read_bytes()


def judged(home: Home, public_id: str, at: datetime, known: Trust | None = None) -> Report:
    return verify(newest(home, public_id), trust=known or trust(home), at=at)


def code(report: Report) -> str:
    """Of what decides."""
    return report.decisive.code if report.decisive else "valid"


def withdrawn(home: Home) -> set[tuple[Any, ...]]:
    return set(home.rows("SELECT purpose, list_number, list_index FROM status_index WHERE is_set"))


def indices(home: Home) -> list[tuple[Any, ...]]:
    return home.rows("SELECT purpose, list_number, list_index FROM status_index")


def put_right(home: Home, at: datetime) -> Any:
    return home.json("clock", "put-right", *DECISION, "--yes", at=text(at))


def test_one_publication_ahead_and_both_sides_come_back(home: Home, before: list[str]) -> None:
    known, set_before = trust(home), withdrawn(home)
    home.json("publish", at=text(AHEAD))
    assert home.fails("publish", at=text(NOW)) == "clock.behind", "locked until that day"
    assert judged(home, before[2], NOW).verdict == "indeterminate", "and so is who has the list"

    answer = put_right(home, NOW)
    assert answer == {"reissued": 0, "left": []}
    home.json("publish", at=text(NOW + HOUR))
    fresh = trust(home)
    home.issue("aima-diacritics.json", at="2026-07-12T08:32:13Z")
    lists = (json.loads(path.read_bytes()) for path in (home.path / "public" / "status").rglob("1"))
    assert all(parse(each["validFrom"]) < AHEAD for each in lists)
    for reader in (known, fresh, known + fresh):
        assert judged(home, before[2], NOW + 2 * HOUR, reader)
        assert code(judged(home, before[0], NOW + 2 * HOUR, fresh)) == "status.revoked"
    assert withdrawn(home) == set_before
    assert home.json("log", at="2026-07-12T09:00:00Z")["intact"]
    assert home.fails("clock", "put-right", *DECISION, "--yes", at="2026-07-12T09:00:00Z") == "clock.not-ahead"


def test_whoever_kept_the_list_beside_the_new_one_comes_back_as_well(home: Home, before: list[str]) -> None:
    """A reader's folder, or its memory, may hold both; a withdrawal that the list ahead shows still counts."""
    home.json("publish", at=text(AHEAD))
    kept = trust(home)
    revoke(home, before[1], AHEAD + HOUR)
    later = trust(home)
    remembered = Trust.read(
        memory.remember(Trust(), judged(home, before[2], AHEAD, kept), frozenset(kept.issuers), NOW)
    )
    assert remembered.status_lists, "its clock was ahead as well"
    put_right(home, NOW)
    for reader in (trust(home) + kept, trust(home) + remembered, trust(home) + later):
        assert judged(home, before[2], NOW + HOUR, reader), "the list that is dated ahead is passed over"
        assert code(judged(home, before[1], NOW + HOUR, reader)) == "status.revoked"


def test_everything_that_was_done_meanwhile_is_put_right(home: Home, before: list[str], tmp_path: Path) -> None:
    (path,) = records(tmp_path, range(7, 8))
    late = str(home.json("issue", str(path), at=text(AHEAD))["publicId"])
    home.json("supersede", before[2], "--name", "Ada Corrected", *DECISION, at=text(AHEAD + HOUR))
    revoke(home, before[1], AHEAD + 2 * HOUR)
    home.json("keys", "generate", at=text(AHEAD + 3 * HOUR))
    set_ahead, given = withdrawn(home), indices(home)
    old = newest(home, late)
    assert home.fails("issue", str(path), at=text(NOW)) == "clock.behind"

    dry = home.json("clock", "put-right", *DECISION, "--dry-run", at=text(NOW))
    assert (dry["keys"], dry["credentials"], dry["dryRun"]) == (["key-2026-2"], {"valid": 2}, True)
    assert home.fails("clock", "put-right", *DECISION, at=text(NOW)) == "act.unconfirmed"
    assert put_right(home, NOW) == {"reissued": 2, "left": []}

    for public_id in (late, before[2]):
        assert judged(home, public_id, NOW + HOUR)
        assert json.loads(newest(home, public_id))["validFrom"] == text(NOW)
        shown = home.json("show", public_id, at=text(NOW + HOUR))
        assert shown["revisions"][-1]["cause"] == "issuer-clock-ahead"
    assert code(verify(old, trust=trust(home), at=AHEAD + DAY)) == "status.revoked", "not two that are in force"
    assert code(judged(home, before[1], NOW + HOUR)) == "status.revoked", "not un-withdrawn"
    assert set_ahead <= withdrawn(home)
    assert set(given) <= set(indices(home))
    assert len(indices(home)) == len(set(indices(home)))
    home.json("keys", "activate", "key-2026-2", at=text(NOW + 25 * HOUR))
    log = home.json("log", at=text(NOW + 25 * HOUR))
    assert log["intact"]
    marks = [each for each in log["events"] if each["type"] == "clock-put-right"]
    ahead = [each["seq"] for each in log["events"] if parse(each["at"]) >= AHEAD]
    assert [each["subject"] for each in marks] == [f"events {ahead[0]}-{ahead[-1]}"]
    for table, column in (("award", "withdrawn_at"), ("result", "received_at"), ("status_index", "changed_at")):
        (latest,) = home.rows(f"SELECT max({column}) FROM {table}")[0]  # noqa: S608 - our own names
        assert str(latest) <= "2026-07-02T10:00:01"
    report = home.certify("doctor", "--json", at=text(NOW + 25 * HOUR)).json["checks"]
    red = [line["code"] for line in report if line["level"] == "red"]
    assert red == [], report


def test_what_was_asked_for_meanwhile_waits_from_now_on(home: Home) -> None:
    """Else an erasure would wait until long after the time that its holder was told."""
    home.issue()
    (person,) = home.rows("SELECT id FROM person")[0]
    with opened(home) as desk:
        key = servicekey.of(desk)
        with desk.writing(AHEAD) as connection:
            link = Link(links.current(connection, person, key, AHEAD), key)
        waiting.ask(desk, link, waiting.Kind.ERASE, AHEAD)
        put_right(home, NOW)
        (asked,), (notice,) = waiting.listed(desk), notices.listed(desk)
        assert [(each.at, each.due) for each in (asked, notice)] == [(NOW, NOW + desk.config.wait)] * 2
        assert due.carry_out(desk, NOW + desk.config.wait - HOUR) == []
        assert len(due.carry_out(desk, NOW + desk.config.wait)) == 1


def test_each_time_of_the_register_is_put_right_or_stays_for_a_reason() -> None:
    stays = {"event": "sealed", "status_list": "signed", "revision": "signed", "rendering": "signed"}
    chosen = {"suspension.due", "result.started_at", "result.completed_at", "award.awarded", "award.valid_until"}
    times = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Instant) and table.name not in stays
    }
    covered = {f"{column.table.name}.{column.name}" for column in recorded.COVERED}
    assert covered == times - chosen


def test_a_suspended_one_is_left_and_named_and_done_later(home: Home, tmp_path: Path) -> None:
    home.issue("aima-pass.json", at=AIMA_AT)
    caig = home.issue("caig-pass.json", at="2026-07-08T01:32:13Z")
    now, ahead = parse("2026-07-09T00:00:00Z"), parse("2026-07-29T00:00:00Z")
    home.json("supersede", caig, "--name", "Ada Corrected", *DECISION, at=text(ahead))
    due = ("--reason", "integrity-review", "--due", text(ahead + 9 * DAY))
    home.json("suspend", caig, *due, *DECISION, at=text(ahead + HOUR))
    assert put_right(home, now)["left"] == [{"publicId": caig, "state": "suspended"}]
    assert code(judged(home, caig, now + HOUR)) != "valid", "it stays suspended"
    home.json("reinstate", caig, *DECISION, at=text(now + HOUR))
    assert put_right(home, now + 2 * HOUR) == {"reissued": 1, "left": []}
    assert judged(home, caig, now + 3 * HOUR)


def test_what_was_planned_and_not_signed_begins_now(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise IssuerError("disk.full", "No room.")

    (path,) = records(tmp_path, range(1))
    with monkeypatch.context() as patch:
        patch.setattr(issue, "_sign", fail)
        home.fails("issue", str(path), at=text(AHEAD))
    assert put_right(home, NOW)["reissued"] == 1
    answer = home.json("issue", str(path), at=text(NOW + HOUR))
    assert answer["outcome"] == "replayed"
    assert judged(home, answer["publicId"], NOW + HOUR)
    assert home.rows("SELECT count(*) FROM revision") == [(1,)]


def test_it_goes_on_after_a_crash(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.json("issue", *map(str, records(tmp_path, range(5))), at=text(AHEAD))
    monkeypatch.setattr(issue, "AT_ONCE", 2)
    complete, calls = issue.complete_each, list[int]()

    def stopping(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return complete(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(issue, "complete_each", stopping)
        ran = home.certify("clock", "put-right", *DECISION, "--yes", at=text(NOW))
    assert ran.exit == 130
    assert "Of 5 credentials 2 are issued anew" in ran.err
    line = next(
        each
        for each in home.certify("doctor", "--json", at=text(NOW + HOUR)).json["checks"]
        if each["code"] == "doctor.ahead"
    )
    assert line["level"] == "red"
    home.json("resume", at=text(NOW + HOUR))
    assert put_right(home, NOW + 2 * HOUR)["left"] == []
    assert home.rows("SELECT number, count(*) FROM revision GROUP BY number ORDER BY number") == [(1, 5), (2, 5)]
    assert home.rows("SELECT count(*) FROM event WHERE type = 'clock-put-right'") == [(1,)]


def test_it_is_published_by_the_same_command_where_a_crash_kept_it_from_that(
    home: Home, before: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home.json("supersede", before[2], "--name", "Ada Corrected", *DECISION, at=text(AHEAD))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(clock, "publish", stop)
        assert home.certify("clock", "put-right", *DECISION, "--yes", at=text(NOW)).exit == 130
    assert home.fails("clock", "put-right", *DECISION, "--dry-run", at=text(NOW)) == "clock.not-ahead"
    assert put_right(home, NOW) == {"reissued": 0, "left": []}
    report = home.certify("doctor", "--json", at=text(NOW)).json["checks"]
    assert [line["code"] for line in report if line["level"] == "red"] == []
    assert home.fails("clock", "put-right", *DECISION, "--yes", at=text(NOW)) == "clock.not-ahead"


def test_a_second_time_is_put_right_as_the_first(home: Home, before: list[str]) -> None:
    home.json("publish", at=text(AHEAD))
    put_right(home, NOW)
    home.json("publish", at=text(AHEAD + DAY))
    put_right(home, NOW + HOUR)
    home.json("publish", at=text(NOW + 2 * HOUR))
    assert judged(home, before[2], NOW + 3 * HOUR)
    marks = [row[0] for row in home.rows("SELECT subject FROM event WHERE type = 'clock-put-right' ORDER BY seq")]
    assert len(marks) == 2


def test_a_clock_that_is_behind_puts_nothing_right(home: Home, before: list[str]) -> None:
    contents = home.everything()
    assert home.fails("clock", "put-right", *DECISION, "--yes", at="2026-06-01T00:00:00Z") == "clock.before-all"
    assert home.everything() == contents


def daily(home: Home, gaps: list[timedelta]) -> datetime:
    """Publications one after the other, by a clock that nobody vouches for; the time of the last one."""
    at = parse(AIMA_AT)
    home.json("publish", at=text(at))
    with opened(home) as desk:
        desk.clock_is_right = False
        for gap in gaps:
            at += gap
            publish.publish(desk, at)
    return at


def refused(home: Home, at: datetime) -> str | None:
    with opened(home) as desk:
        desk.clock_is_right = False
        try:
            publish.publish_due(desk, at)
        except IssuerError as error:
            return error.code
    return None


def test_where_lists_are_signed_daily_a_clock_is_believed_for_a_day(home: Home) -> None:
    last = daily(home, [DAY + timedelta(minutes=1)] * 8)
    assert refused(home, last + DAILY_PAUSE + timedelta(minutes=1)) == "clock.ahead"
    assert refused(home, last + 20 * DAY) == "clock.ahead"
    assert home.rows("SELECT max(at) FROM event") < [(text(last),)], "nothing was written"
    assert refused(home, last + DAILY_PAUSE) is None


def test_a_pause_that_somebody_confirms_is_a_pause(home: Home) -> None:
    last = daily(home, [DAY] * 8)
    assert refused(home, last + 4 * DAY) == "clock.ahead"
    home.json("publish", "--clock-is-right", at=text(last + 4 * DAY))
    assert refused(home, last + 5 * DAY) is None


def test_a_service_that_was_told_once_looks_at_its_clock_from_then_on(home: Home) -> None:
    last = daily(home, [DAY])
    with opened(home) as desk:
        desk.clock_is_right = True
        assert publish.keep_published(desk, last + 60 * DAY), "as serve --clock-is-right and the watch do"
        with pytest.raises(IssuerError, match="days after the last act"):
            publish.keep_published(desk, last + 120 * DAY)
        assert publish.keep_published(desk, last + 61 * DAY)


@pytest.mark.parametrize("days", [[1, 1, 1, 1, 3, 1, 1, 1, 1], [1, 1, 1], [2] * 6])
def test_who_takes_the_weekend_off_is_not_asked(home: Home, days: list[int]) -> None:
    last = daily(home, [each * DAY for each in days])
    assert refused(home, last + LONGEST_PAUSE + timedelta(minutes=1)) == "clock.ahead"
    assert refused(home, last + 3 * DAY) is None


@pytest.mark.slow
@pytest.mark.several_hosts
def test_beside_a_running_service(tmp_path: Path) -> None:
    """It is refused while everything is dated ahead, and goes on afterwards without a new start."""
    home, platform = Home(tmp_path / "home"), Platform()
    home.json("init", "--demo", *on_server())
    home.json("platforms", "allow", platform.name, platform.key_id, platform.key.multibase)
    with serving(home, 2) as server:
        first = server.send(platform, recent(1)).value["publicId"]
        ahead = text(datetime.now(UTC) + 20 * DAY)
        home.json("publish", at=ahead)
        assert server.send(platform, recent(2)).status == 503
        assert put_right(home, datetime.now(UTC))["left"] == []
        assert server.send(platform, recent(2)).status == 201
        answer = server.ask("GET", f"/api/certify/verify?id={first}")
        assert answer.value["state"] == "valid", answer
        listed = server.ask("GET", "/status/revocation/1").value["validFrom"]
        assert parse(listed) < parse(ahead)
    assert home.json("log")["intact"]
