"""Accept one result record: read, judge, record the decision, and issue what was earned. Idempotent by result id."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection

from ..catalog import Blueprint, Catalog
from ..errors import IssuerError
from ..register import events, people, records
from ..register.eventtypes import EventType
from ..results import (
    REPLAYED,
    Finding,
    Judgement,
    Known,
    Outcome,
    Record,
    RecordRefused,
    RecordState,
    judge,
    read_record,
)
from . import adopt, issue, plan
from .desk import Desk


class Answer(StrEnum):
    """What became of a record, as an operator says it."""

    ISSUED = "issued"
    FAILED = "failed"
    HELD = "held"
    REFUSED = "refused"
    REPLAYED = "replayed"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer on one record. `first`: for a replay, what the record was answered the first time.

    `platform`: whose record it is; empty of one that could not be read.
    """

    answer: Answer
    result_id: str = ""
    findings: tuple[Finding, ...] = ()
    public_id: str | None = None
    files: tuple[Path, ...] = ()
    first: RecordState | None = None
    platform: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Each code once, in the order of the rules."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings))


STATES = {
    Outcome.ACCEPTED: RecordState.ACCEPTED,
    Outcome.FAILED: RecordState.FAILED,
    Outcome.HELD: RecordState.HELD,
    Outcome.REFUSED: RecordState.REFUSED,
}
ANSWERS = {
    RecordState.ACCEPTED: Answer.ISSUED,
    RecordState.FAILED: Answer.FAILED,
    RecordState.HELD: Answer.HELD,
    RecordState.REFUSED: Answer.REFUSED,
}


def accept(desk: Desk, data: bytes, at: datetime) -> Accepted:
    """Answer one record. The same bytes again get the first answer again, finished if a crash had cut it short."""
    return accept_each(desk, (data,), at)[0]


def accept_each(desk: Desk, documents: Sequence[bytes], at: datetime) -> list[Accepted]:
    """Answer several records in their order, each as `accept` does, which costs less: all of them or, raising, none.

    Every one is decided on and planned in one transaction, so that each sees what those before it have changed.
    """
    read = [_read(data) for data in documents]
    if not any(isinstance(each, Record) for each in read):
        return [each for each in read if isinstance(each, Accepted)]
    with desk.writing(at) as connection:
        answers = [_answered(desk, connection, each, at) for each in read]
    return _released(desk, answers, at)


def _read(data: bytes) -> Record | Accepted:
    try:
        return read_record(data)
    except RecordRefused as refused:
        return Accepted(Answer.REFUSED, refused.result_id, refused.findings)


def _answered(desk: Desk, connection: Connection, read: Record | Accepted, at: datetime) -> Accepted:
    if isinstance(read, Accepted):
        return read
    return replace(_decided(desk, connection, read, at), platform=read.platform)


def _decided(desk: Desk, connection: Connection, record: Record, at: datetime) -> Accepted:
    known = people.known_about(connection, record)
    judgement = weigh(record, known, desk.catalog, at)
    if judgement.outcome is Outcome.REPLAY:
        return _first_answer(connection, record, judgement)
    if public_id := adopt.adopt(connection, record, known, judgement, at):
        return Accepted(Answer.REPLAYED, record.result_id, (REPLAYED,), public_id, first=RecordState.ACCEPTED)
    return _answer(desk, connection, record, judgement, at)


def weigh(record: Record, known: Known, catalog: Catalog, at: datetime) -> Judgement:
    """The answer by every rule, and held where the blueprint wants a person to decide. Nothing is written."""
    judgement = judge(record, known, catalog, at)
    if judgement.outcome is Outcome.ACCEPTED and catalog.blueprints[record.blueprint].decided_by.kind != "rule":
        return _for_a_person(judgement)
    return judgement


def _released(desk: Desk, answers: list[Accepted], at: datetime) -> list[Accepted]:
    """The answers with the files of what was awarded, which are there then."""
    public_ids = [each.public_id for each in answers if each.public_id is not None]
    files = dict(zip(public_ids, issue.complete_each(desk, public_ids, at), strict=True)) if public_ids else {}
    return [replace(each, files=files[each.public_id]) if each.public_id else each for each in answers]


def _first_answer(connection: Connection, record: Record, judgement: Judgement) -> Accepted:
    row = records.standing(connection, record.platform, record.result_id)
    if row is None:
        raise IssuerError(
            "result.lost", "The register has lost the record that was sent before. Restore it from a backup."
        )
    findings = judgement.findings + tuple(Finding(code, "As answered before.") for code in json.loads(row.codes))
    state = RecordState(row.state)
    return Accepted(Answer.REPLAYED, record.result_id, findings, row.public_id, first=state)


def _answer(desk: Desk, connection: Connection, record: Record, judgement: Judgement, at: datetime) -> Accepted:
    state = STATES[judgement.outcome]
    if state is RecordState.REFUSED:
        known = people.person_of(connection, record)
        records.store(connection, record, state, judgement.codes, person=known, at=at)
        return Accepted(Answer.REFUSED, record.result_id, judgement.findings)
    blueprint = desk.catalog.blueprints[record.blueprint]
    person = people.enrol(connection, record, at)
    seq = records.store(connection, record, state, judgement.codes, person=person, at=at)
    public_id = None
    if state is RecordState.HELD:
        events.append(connection, EventType.HELD, at=at, decision_ref=record.result_id)
    else:
        records.decide(connection, seq, judgement, by=_rule(blueprint), at=at)
    if state is RecordState.ACCEPTED:
        public_id = plan.first(desk, connection, record, judgement, person=person, seq=seq, at=at)
    return Accepted(ANSWERS[state], record.result_id, judgement.findings, public_id)


def _for_a_person(judgement: Judgement) -> Judgement:
    finding = Finding(
        "decision.person", "A person who is not the examiner must decide: certify hold release or refuse."
    )
    return Judgement(Outcome.HELD, (*judgement.findings, finding), judgement.prerequisite, judgement.renews)


def _rule(blueprint: Blueprint) -> str:
    return f"rule:{blueprint.decided_by.rule}"
