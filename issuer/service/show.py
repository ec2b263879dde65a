"""Everything the register knows about one award, for the operator who answers a question."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from verifier.format.timestamp import format_seconds

from ..register import events, records, statuses
from .awarded import find
from .desk import Desk


def show(desk: Desk, public_id: str, at: datetime) -> dict[str, Any]:
    """One award with its state, revisions, status indices, decisions and history, as a JSON object."""
    with desk.reading() as connection:
        return described(connection, public_id, at)


def described(connection: Connection, public_id: str, at: datetime) -> dict[str, Any]:
    """The same in a transaction that stands; raises IssuerError `award.unknown`."""
    awarded = find(connection, public_id)
    award = awarded.row
    return {
        "publicId": award.public_id,
        "id": award.id,
        "credential": award.credential,
        "blueprint": award.blueprint,
        "person": award.person_id,
        "state": str(awarded.state(at)),
        "awarded": format_seconds(award.awarded),
        "validUntil": format_seconds(award.valid_until),
        "renews": award.renews,
        "restsOn": award.rests_on,
        "suspended": _suspension(awarded.suspension),
        "withdrawn": _time(award.withdrawn_at),
        "reason": award.withdrawn_reason,
        "erased": _time(award.erased_at),
        "reviewDueSince": _time(award.review_since),
        "revisions": [_revision(row) for row in awarded.revisions],
        "status": [_entry(row) for row in statuses.entries(connection, award.id)],
        "decisions": [_decision(row) for row in records.decisions(connection, award.result_seq)],
        "history": [events.sealed(row._asdict()) for row in events.history(connection, award.id)],
    }


def _suspension(row: Row[Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"since": format_seconds(row.since), "due": format_seconds(row.due), "reason": row.reason}


def _decision(row: Row[Any]) -> dict[str, Any]:
    return {
        "at": format_seconds(row.at),
        "by": row.decided_by,
        "outcome": row.outcome,
        "setAside": json.loads(row.set_aside),
        "restsOn": row.rests_on,
        "reference": row.reference,
    }


def _revision(row: Row[Any]) -> dict[str, Any]:
    return {
        "number": row.number,
        "validFrom": format_seconds(row.valid_from),
        "issued": _time(row.issued_at),
        "cause": row.cause,
    }


def _entry(row: Row[Any]) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "purpose": row.purpose,
        "list": row.list_number,
        "index": row.list_index,
        "set": row.is_set,
    }


def _time(instant: datetime | None) -> str | None:
    return format_seconds(instant) if instant else None
