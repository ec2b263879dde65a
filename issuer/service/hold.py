"""Held records: list them, release one or refuse one, each with a decision that is kept."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from verifier.format.types import JsonObject

from ..errors import IssuerError
from ..reasons import reference as checked
from ..register import events, people, records
from ..register.eventtypes import EventType
from ..results import HOLDING, Finding, Judgement, Outcome, RecordState, judge, read_record
from . import issue, plan, sent
from .accept import ANSWERS, Accepted, Answer
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Held:
    """One record that waits for a decision."""

    platform: str
    result_id: str
    credential: str
    received_at: datetime
    codes: tuple[str, ...]


def waiting(desk: Desk) -> list[Held]:
    """The held records, oldest first."""
    with desk.reading() as connection:
        return [
            Held(row.platform, row.result_id, row.credential, row.received_at, tuple(json.loads(row.codes)))
            for row in records.held(connection)
        ]


@dataclass(frozen=True, slots=True)
class Case:
    """A held record as somebody who decides on it has to see it, and the key of the person it belongs to."""

    platform: str
    result_id: str
    person: str
    codes: tuple[str, ...]
    record: JsonObject


def case(desk: Desk, result_id: str, platform: str | None = None) -> Case:
    """One held record. Raises IssuerError `hold.unknown` or `result.ambiguous`."""
    with desk.reading() as connection:
        row = _held(connection, result_id, platform)
        return Case(row.platform, row.result_id, row.person_id, tuple(json.loads(row.codes)), json.loads(row.raw))


def release(
    desk: Desk, result_id: str, *, decided_by: str, reference: str, at: datetime, platform: str | None = None
) -> Accepted:
    """Decide in the candidate's favour: the record is judged again as of its intake, without what held it."""
    checked(decided_by)
    checked(reference)
    with desk.writing(at) as connection:
        row = _held(connection, result_id, platform)
        record = read_record(row.raw)
        set_aside = tuple(json.loads(row.codes))
        known = people.known_without_itself(connection, record)
        judgement = judge(record, known, desk.catalog, row.received_at, decided=frozenset(set_aside) & HOLDING)
        state = _state(judgement)
        records.answer(connection, row.seq, state, judgement.codes)
        records.decide(connection, row.seq, judgement, by=decided_by, at=at, set_aside=set_aside, reference=reference)
        if record.candidate.email and state is not RecordState.REFUSED:
            people.add_email(connection, row.person_id, record.candidate.email)
        events.append(connection, EventType.RELEASED, at=at, decision_ref=reference)
        public_id = None
        if state is RecordState.ACCEPTED:
            public_id = plan.first(desk, connection, record, judgement, person=row.person_id, seq=row.seq, at=at)
    files = issue.complete(desk, public_id, at) if public_id else ()
    return Accepted(ANSWERS[state], result_id, judgement.findings, public_id, files)


def refuse(
    desk: Desk, result_id: str, *, decided_by: str, reference: str, at: datetime, platform: str | None = None
) -> Accepted:
    """Decide against the candidate: nothing is issued. The platform may correct the record and send it again."""
    checked(decided_by)
    checked(reference)
    with desk.writing(at) as connection:
        row = _held(connection, result_id, platform)
        codes = tuple(json.loads(row.codes))
        findings = tuple(Finding(code, "Refused by a recorded decision.") for code in codes)
        records.answer(connection, row.seq, RecordState.REFUSED, codes)
        judgement = Judgement(Outcome.REFUSED, findings)
        records.decide(connection, row.seq, judgement, by=decided_by, at=at, reference=reference)
        events.append(connection, EventType.REFUSED, at=at, decision_ref=reference)
    return Accepted(Answer.REFUSED, result_id, findings)


def _held(connection: Connection, result_id: str, platform: str | None) -> Row[Any]:
    named = sent.named(connection, result_id, platform)
    row = sent.only([each for each in named if each.state == RecordState.HELD])
    if row is None:
        raise IssuerError("hold.unknown", f"No record {result_id[:80]} is held. See certify hold list.")
    return row


def _state(judgement: Judgement) -> RecordState:
    states = {
        Outcome.ACCEPTED: RecordState.ACCEPTED,
        Outcome.FAILED: RecordState.FAILED,
        Outcome.REFUSED: RecordState.REFUSED,
    }
    if judgement.outcome not in states:
        raise IssuerError("hold.still-held", "Something else still holds this record. Nothing was changed.")
    return states[judgement.outcome]
