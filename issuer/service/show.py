"""Everything the register knows about one award, for the operator who answers a question."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from verifier.format.timestamp import format_seconds

from .. import publicid
from ..errors import IssuerError
from ..register import awards, events, statuses
from .desk import Desk


def show(desk: Desk, public_id: str, at: datetime) -> dict[str, Any]:
    """One award with its state, revisions, status indices and history, as a JSON object."""
    with desk.writing(at) as connection:
        award = awards.find(connection, publicid.normalize(public_id) or public_id)
        if award is None:
            raise IssuerError("award.unknown", f"There is no award {public_id[:40]}. Check the number.")
        revisions = awards.revisions(connection, award.id)
        return {
            "publicId": award.public_id,
            "id": award.id,
            "credential": award.credential,
            "blueprint": award.blueprint,
            "state": _state(award, revisions, at),
            "awarded": format_seconds(award.awarded),
            "validUntil": format_seconds(award.valid_until),
            "renews": award.renews,
            "restsOn": award.rests_on,
            "withdrawn": _time(award.withdrawn_at),
            "reason": award.withdrawn_reason,
            "reviewDueSince": _time(award.review_since),
            "revisions": [_revision(row) for row in revisions],
            "status": [_entry(row) for row in statuses.entries(connection, award.id)],
            "history": [_event(row) for row in events.history(connection, award.id)],
        }


def _state(award: Row[Any], revisions: list[Row[Any]], at: datetime) -> str:
    if award.withdrawn_at is not None:
        return "withdrawn"
    if all(revision.issued_at is None for revision in revisions):
        return "planned"
    return "expired" if award.valid_until < at else "valid"


def _revision(row: Row[Any]) -> dict[str, Any]:
    return {"number": row.number, "validFrom": format_seconds(row.valid_from), "issued": _time(row.issued_at)}


def _entry(row: Row[Any]) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "purpose": row.purpose,
        "list": row.list_number,
        "index": row.list_index,
        "set": row.is_set,
    }


def _event(row: Row[Any]) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": format_seconds(row.at),
        "type": row.type,
        "role": row.actor_role,
        "decision": row.decision_ref,
    }


def _time(instant: datetime | None) -> str | None:
    return format_seconds(instant) if instant else None
