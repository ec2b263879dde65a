"""Persons: who a platform's candidate is, and what the register knows about them when a record arrives."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, or_, select

from ..results import EarlierAttempt, Holding, Known, Prior, Record, RecordState
from . import suspensions
from .records import STANDING_FIRST
from .tables import award, notice, person, person_candidate, person_email, result

_COUNTED = (RecordState.ACCEPTED, RecordState.FAILED, RecordState.HELD)

# Asked for each record: a statement that is built once costs a fraction.
_PERSON_OF = select(person_candidate.c.person_id).where(
    person_candidate.c.platform == bindparam("platform"), person_candidate.c.candidate_id == bindparam("candidate")
)
_SAME_RESULT = (
    select(result.c.digest, result.c.state)
    .where(result.c.platform == bindparam("platform"), result.c.result_id == bindparam("result"))
    .order_by(STANDING_FIRST, result.c.seq.desc())
)
_SAME_ATTEMPT = (
    select(result.c.digest, result.c.state)
    .where(
        result.c.platform == bindparam("platform"),
        result.c.attempt_id == bindparam("attempt"),
        result.c.result_id != bindparam("result"),
    )
    .order_by(STANDING_FIRST, result.c.seq)
)
_ADD_PERSON, _ADD_CANDIDATE, _ADD_EMAIL = person.insert(), person_candidate.insert(), person_email.insert()
_EMAILS = (
    select(person_email.c.email).where(person_email.c.person_id == bindparam("person")).order_by(person_email.c.email)
)


def person_of(connection: Connection, record: Record) -> str | None:
    """The key of the person that the record's platform and candidateId belong to."""
    whose = {"platform": record.platform, "candidate": record.candidate.candidate_id}
    return connection.execute(_PERSON_OF, whose).scalar()


def enrol(connection: Connection, record: Record, at: datetime) -> str:
    """The person of the record, made if new; a known person's e-mail addresses are left as they are."""
    known = person_of(connection, record)
    if known is not None:
        return known
    key = secrets.token_hex(16)
    connection.execute(_ADD_PERSON, {"id": key, "since": at})
    attach(connection, record, key)
    return key


def attach(connection: Connection, record: Record, key: str) -> None:
    """Note that a candidate whom nobody knew is this person."""
    candidate = {"platform": record.platform, "candidate_id": record.candidate.candidate_id, "person_id": key}
    connection.execute(_ADD_CANDIDATE, candidate)
    if record.candidate.email is not None:
        add_email(connection, key, record.candidate.email)


def add_email(connection: Connection, key: str, email: str) -> None:
    """Note one more address of a person."""
    if email.casefold() not in emails(connection, key):
        connection.execute(_ADD_EMAIL, {"person_id": key, "email": email.casefold()})


def emails(connection: Connection, key: str) -> tuple[str, ...]:
    """All addresses of a person, case-folded."""
    return tuple(connection.execute(_EMAILS, {"person": key}).scalars())


def forget_emails(connection: Connection, key: str) -> None:
    """Delete all addresses of a person, and what was to be sent there."""
    connection.execute(notice.delete().where(notice.c.person_id == key))
    connection.execute(person_email.delete().where(person_email.c.person_id == key))


def known_about(connection: Connection, record: Record) -> Known:
    """What the rules need to judge `record`."""
    key = person_of(connection, record)
    named = record.prerequisite.credential_id if record.prerequisite else None
    known = emails(connection, key) if key else ()
    email = record.candidate.email
    return Known(
        person=key,
        same_result=_same_result(connection, record),
        same_attempt=_same_attempt(connection, record),
        attempts=_attempts(connection, record, key) if key else (),
        email_differs=bool(known) and email is not None and email.casefold() not in known,
        holdings=_holdings(connection, award.c.person_id == key) if key else (),
        named_prerequisite=next(iter(_holdings(connection, award.c.public_id == named)), None) if named else None,
    )


def known_without_itself(connection: Connection, record: Record) -> Known:
    """As `known_about`, for a held record that is looked at again: neither it nor a later sitting is an earlier one."""
    known = known_about(connection, record)
    earlier = (attempt for attempt in known.attempts if attempt.started_at < record.attempt.started_at)
    return replace(known, same_result=None, attempts=tuple(earlier))


def _same_result(connection: Connection, record: Record) -> Prior | None:
    which = {"platform": record.platform, "result": record.result_id}
    return _prior(connection.execute(_SAME_RESULT, which).first())


def _same_attempt(connection: Connection, record: Record) -> Prior | None:
    which = {"platform": record.platform, "attempt": record.attempt.attempt_id, "result": record.result_id}
    return _prior(connection.execute(_SAME_ATTEMPT, which).first())


def _prior(row: Row[Any, Any] | None) -> Prior | None:
    return Prior(row.digest, RecordState(row.state)) if row else None


def _attempts(connection: Connection, record: Record, key: str) -> tuple[EarlierAttempt, ...]:
    query = select(result.c.number, result.c.started_at, result.c.completed_at).where(
        result.c.person_id == key,
        result.c.credential == record.credential,
        result.c.state.in_(_COUNTED),
        or_(result.c.platform != record.platform, result.c.result_id != record.result_id),
    )
    return tuple(EarlierAttempt(*row) for row in connection.execute(query))


def _holdings(connection: Connection, condition: ColumnElement[bool]) -> tuple[Holding, ...]:
    rows = connection.execute(select(award).where(condition)).all()
    return tuple(
        Holding(
            row.public_id,
            row.credential,
            row.awarded,
            row.valid_until,
            row.withdrawn_at,
            suspensions.of(connection, row.id),
        )
        for row in rows
    )
