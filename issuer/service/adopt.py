"""A result record that comes again after a repair: it is joined to the award that it once led to, not issued twice."""

import json
from datetime import datetime

from sqlalchemy import Connection

from ..catalog import Catalog
from ..recovery import Candidate, match
from ..register import awards, events, people, records, recovered
from ..register.eventtypes import EventType
from ..results import Judgement, Known, Record, RecordState, judge, read_record

ADOPTED = EventType.ADOPTED


def adopt(connection: Connection, record: Record, known: Known, judgement: Judgement, at: datetime) -> str | None:
    """The public id of the recovered award that is this record's; None when it must be answered as usual."""
    standing = (known.same_result, known.same_attempt)
    if any(prior and prior.state is not RecordState.REFUSED for prior in standing):
        return None
    candidate = match(record, recovered.candidates(connection, record))
    if candidate is None:
        return None
    if known.person is None:
        people.attach(connection, record, str(awards.find_by_id(connection, candidate.award_id).person_id))
    return _join(connection, record, judgement, candidate, received_at=at, at=at)


def adopt_held(connection: Connection, catalog: Catalog, at: datetime) -> list[str]:
    """Join the records that were held when the backup was made and released afterwards; the public ids."""
    joined: list[str] = []
    for row in records.held(connection):
        record = read_record(row.raw)
        candidate = match(record, recovered.candidates(connection, record))
        if candidate is not None:
            decided = frozenset(json.loads(row.codes))
            known = people.known_without_itself(connection, record)
            judgement = judge(record, known, catalog, row.received_at, decided=decided)
            recovered.drop_held(connection, row.seq)
            joined.append(_join(connection, record, judgement, candidate, received_at=row.received_at, at=at))
    return joined


def _join(
    connection: Connection,
    record: Record,
    judgement: Judgement,
    candidate: Candidate,
    *,
    received_at: datetime,
    at: datetime,
) -> str:
    rests_on = judgement.prerequisite if isinstance(judgement.prerequisite, str) else None
    recovered.fill(
        connection,
        candidate.award_id,
        record,
        person_id=people.enrol(connection, record, at),
        received_at=received_at,
        rests_on=rests_on,
        renews=judgement.renews,
    )
    events.append(
        connection,
        ADOPTED,
        at=at,
        award_id=candidate.award_id,
        decision_ref=record.result_id,
    )
    return str(awards.find_by_id(connection, candidate.award_id).public_id)
