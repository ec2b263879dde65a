"""Show the unsigned credential that a record would become, marked so that nobody takes it for one. Writes nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from ..credential import StatusEntry
from ..register import people
from ..register.statuses import FIRST_LIST
from ..results import Finding, Judgement, Outcome, Record, RecordRefused, read_record
from . import plan
from .accept import ANSWERS, STATES, Answer, weigh
from .desk import Desk

MARK: Final = "PREVIEW, NOT A CREDENTIAL"
NO_AWARD: Final = "urn:uuid:00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Preview:
    """What the record would be answered now; `credential` only where one would be issued, or released from a hold."""

    answer: Answer
    result_id: str = ""
    findings: tuple[Finding, ...] = ()
    credential: dict[str, Any] | None = None


def preview(desk: Desk, data: bytes, at: datetime) -> Preview:
    """Judge one record as `accept` would, and render it without an award, an index or a proof.

    Raises IssuerError `config.other-issuer`.
    """
    try:
        record = read_record(data)
    except RecordRefused as refused:
        return Preview(Answer.REFUSED, refused.result_id, refused.findings)
    with desk.reading() as connection:
        desk.require_identity(connection)
        judgement = weigh(record, people.known_about(connection, record), desk.catalog, at)
        if judgement.outcome is Outcome.REPLAY:
            return Preview(Answer.REPLAYED, record.result_id, judgement.findings)
        answer = ANSWERS[STATES[judgement.outcome]]
        rendered = _render(desk, connection, record, judgement, at) if answer in {Answer.ISSUED, Answer.HELD} else None
        return Preview(answer, record.result_id, judgement.findings, rendered)


def _render(desk: Desk, connection: Connection, record: Record, judgement: Judgement, at: datetime) -> dict[str, Any]:
    """Neither its id nor its public id has the form of any that is given away, and its index is on no list."""
    nobody = f"{record.credential}-PREVIEW"
    award = plan.award(desk, connection, record, judgement, award_id=NO_AWARD, public_id=nobody)
    purposes = desk.catalog.blueprints[record.blueprint].status_purposes
    beyond = tuple(StatusEntry(purpose, FIRST_LIST, desk.config.status_length) for purpose in purposes)
    credential = plan.unsigned(desk, award, record, at.replace(microsecond=0), beyond)
    return {**credential, "name": f"{MARK}: {credential['name']}"}
