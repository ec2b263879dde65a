"""The few queries of the register that answer more than they are asked: persons, indices, lists."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from issuer.errors import IssuerError
from issuer.register import open_register, people, records, statuses, transaction
from issuer.results import Record, RecordState, read_record
from tests.kit import databases
from tests.unit.issuer.result_records import change, good

AT = datetime(2026, 7, 1, 9, 32, tzinfo=UTC)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = open_register(databases.register(tmp_path))
    with transaction(engine) as connection:
        yield connection
    engine.dispose()


def record(**changes: str | int | None) -> Record:
    return read_record(change(good("aima"), {name.replace("__", "."): value for name, value in changes.items()}))


def keep(connection: Connection, given: Record, state: RecordState) -> int:
    person = people.enrol(connection, given, AT) if state is not RecordState.REFUSED else None
    return records.store(connection, given, state, (), person=person, at=AT)


def test_a_person_is_a_platforms_candidate(connection: Connection) -> None:
    key = people.enrol(connection, record(), AT)
    assert people.enrol(connection, record(), AT) == people.person_of(connection, record()) == key
    assert people.enrol(connection, record(platform="another-platform"), AT) != key
    assert people.enrol(connection, record(candidate__candidateId="cand_eve"), AT) != key


def test_an_address_is_the_same_in_any_case_and_none_is_none(connection: Connection) -> None:
    people.enrol(connection, record(), AT)
    assert not people.known_about(connection, record(candidate__email="ADA@Candidate.Example")).email_differs
    assert not people.known_about(connection, record(candidate__email=None)).email_differs
    assert people.known_about(connection, record(candidate__email="eve@candidate.example")).email_differs
    people.add_email(connection, str(people.person_of(connection, record())), "EVE@candidate.example")
    assert not people.known_about(connection, record(candidate__email="eve@candidate.example")).email_differs


def test_a_refused_record_never_hides_one_that_stands(connection: Connection) -> None:
    keep(connection, record(), RecordState.ACCEPTED)
    other = record(candidate__displayName="Ada Other")
    keep(connection, other, RecordState.REFUSED)
    prior = people.known_about(connection, other).same_result
    assert prior is not None
    assert (prior.state, prior.digest) == (RecordState.ACCEPTED, record().digest)
    row = records.standing(connection, record().platform, record().result_id)
    assert row is not None
    assert row.state == RecordState.ACCEPTED


def test_the_last_refused_record_is_the_prior_one_when_none_stands(connection: Connection) -> None:
    keep(connection, record(), RecordState.REFUSED)
    corrected = record(candidate__displayName="Ada Corrected")
    keep(connection, corrected, RecordState.REFUSED)
    prior = people.known_about(connection, corrected).same_result
    assert prior is not None
    assert prior.digest == corrected.digest


def test_an_attempt_under_another_result_id_is_known(connection: Connection) -> None:
    keep(connection, record(), RecordState.FAILED)
    known = people.known_about(connection, record(resultId="res_other"))
    assert known.same_result is None
    assert known.same_attempt is not None
    assert people.known_about(connection, record(resultId="x", platform="another-platform")).same_attempt is None
    assert people.known_about(connection, record()).same_attempt is None


def test_refused_records_are_no_attempts(connection: Connection) -> None:
    keep(connection, record(), RecordState.FAILED)
    second = record(resultId="res_2", attempt__attemptId="att_2", attempt__number=2)
    person = people.person_of(connection, record())
    records.store(connection, second, RecordState.REFUSED, (), person=person, at=AT)
    third = record(resultId="res_3", attempt__attemptId="att_3", attempt__number=3)
    assert [attempt.number for attempt in people.known_about(connection, third).attempts] == [1]
    assert people.known_about(connection, record()).attempts == ()


def test_a_refused_record_is_kept_without_its_bytes(connection: Connection) -> None:
    keep(connection, record(), RecordState.REFUSED)
    row = records.standing(connection, record().platform, record().result_id)
    assert row is not None
    assert row.raw is None
    keep(connection, record(resultId="res_2"), RecordState.HELD)
    (held,) = records.held(connection)
    assert held.raw == record(resultId="res_2").raw


def test_times_of_any_year_can_be_read_again(connection: Connection) -> None:
    """A record from the year 999 is refused, and must not make the register unreadable."""
    ancient = record()
    ancient = replace(ancient, attempt=replace(ancient.attempt, started_at=datetime(999, 1, 1, tzinfo=UTC)))
    keep(connection, ancient, RecordState.REFUSED)
    row = records.standing(connection, ancient.platform, ancient.result_id)
    assert row is not None
    assert row.started_at == datetime(999, 1, 1, tzinfo=UTC)


def test_an_index_is_never_given_twice(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([5, 5, 5, 9])
    monkeypatch.setattr("secrets.randbelow", lambda length: next(drawn))
    databases.forget_references(connection)
    first = statuses.allocate(connection, "revocation", "a", 1, length=131_072)
    other_list = statuses.allocate(connection, "suspension", "a", 1, length=131_072)
    second = statuses.allocate(connection, "revocation", "b", 1, length=131_072)
    assert (first.index, other_list.index, second.index) == (5, 5, 9)
    connection.rollback()


def test_a_list_without_a_free_index_says_so(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda length: 5)
    databases.forget_references(connection)
    statuses.allocate(connection, "revocation", "a", 1, length=131_072)
    with pytest.raises(IssuerError) as raised:
        statuses.allocate(connection, "revocation", "b", 1, length=131_072)
    assert raised.value.code == "status.full"
    connection.rollback()


def test_bits_are_set_for_one_award_and_one_purpose_and_keep_their_time(connection: Connection) -> None:
    databases.forget_references(connection)
    mine = statuses.allocate(connection, "revocation", "a", 1, length=131_072)
    for award_id, purpose in (("b", "revocation"), ("a", "suspension")):
        statuses.allocate(connection, purpose, award_id, 1, length=131_072)
    statuses.set_bits(connection, "a", "revocation", AT)
    statuses.set_bits(connection, "a", "revocation", AT + timedelta(days=1))
    assert statuses.indices_set(connection, "revocation", 1) == {mine.index}
    assert statuses.indices_set(connection, "suspension", 1) == frozenset()
    changed = {row.purpose: row.changed_at for row in statuses.entries(connection, "a")}
    assert changed == {"revocation": AT, "suspension": None}
    connection.rollback()


def test_the_newest_list_is_the_one_dated_last(connection: Connection) -> None:
    for purpose, minute in (("revocation", 2), ("revocation", 1), ("suspension", 3)):
        valid_from = AT + timedelta(minutes=minute)
        statuses.add_list(
            connection, purpose, 1, valid_from=valid_from, valid_until=AT, content=f"{purpose} {minute}".encode()
        )
    latest = statuses.latest_list(connection, "revocation", 1)
    assert latest is not None
    assert latest.content == b"revocation 2"
    assert statuses.latest_list(connection, "revocation", 2) is None
    assert statuses.last_signed(connection) == AT + timedelta(minutes=3)


def allocated(connection: Connection, count: int, length: int) -> list[tuple[int, int]]:
    """(list, index) of that many new entries."""
    given = (statuses.allocate(connection, "revocation", f"a{number}", 1, length=length) for number in range(count))
    return [(entry.list_number, entry.index) for entry in given]


def test_a_new_list_begins_when_nine_tenths_of_the_last_are_given_away(connection: Connection) -> None:
    databases.forget_references(connection)
    taken = allocated(connection, 20, 10)
    assert [number for number, _ in taken] == [1] * 9 + [2] * 9 + [3] * 2
    assert len(set(taken)) == 20
    assert all(0 <= index < 10 for _, index in taken)
    assert [statuses.used(connection, "revocation", number) for number in (1, 2, 3, 4)] == [9, 9, 2, 0]
    assert statuses.last_list(connection, "revocation") == 3
    assert statuses.last_list(connection, "suspension") == 1
    connection.rollback()
