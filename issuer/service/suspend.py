"""Suspend an award until a date by which a person must have decided, and lift the suspension again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from verifier.format.timestamp import format_seconds

from ..errors import IssuerError
from ..lifecycle import Act
from ..reasons import reference as checked
from ..reasons import require
from ..register import events, statuses, suspensions
from ..register.eventtypes import EventType
from .awarded import Awarded, find
from .desk import Desk
from .lists import SUSPENSION


@dataclass(frozen=True, slots=True)
class Suspended:
    """An award that was suspended (`due` is set), or whose suspension was lifted."""

    public_id: str
    reason: str
    due: datetime | None


def suspend(
    desk: Desk,
    public_id: str,
    *,
    reason: str,
    reference: str,
    due: datetime,
    at: datetime,
) -> Suspended:
    """Suspend an award. Past `due` staff are alarmed; it stays suspended until a person decides.

    Raises IssuerError `reason.unknown`, `decision.reference`, `suspension.due`, `award.not-suspendable`,
    `award.unknown`, or as the life cycle says.
    """
    require("suspension", reason)
    checked(reference)
    if due <= at:
        raise IssuerError("suspension.due", f"The due date must lie after {format_seconds(at)}.")
    with desk.writing(at) as connection:
        awarded = find(connection, public_id)
        require_possible(desk, awarded, at)
        suspensions.begin(connection, awarded.row.id, reason, since=at, due=due)
        statuses.set_bits(connection, awarded.row.id, SUSPENSION, at)
        _note(connection, EventType.SUSPENDED, awarded, reference, at)
    return Suspended(awarded.row.public_id, reason, due)


def reinstate(desk: Desk, public_id: str, *, reason: str, reference: str, at: datetime) -> Suspended:
    """Lift the suspension of an award, by a recorded decision; never by itself."""
    require("reinstatement", reason)
    checked(reference)
    with desk.writing(at) as connection:
        awarded = find(connection, public_id)
        awarded.require(Act.REINSTATE, at)
        suspensions.end(connection, awarded.row.id, at)
        statuses.clear_bits(connection, awarded.row.id, SUSPENSION, at)
        _note(connection, EventType.REINSTATED, awarded, reference, at)
    return Suspended(awarded.row.public_id, reason, None)


def require_possible(desk: Desk, awarded: Awarded, at: datetime) -> None:
    """Raise IssuerError when the award cannot be suspended now."""
    if SUSPENSION not in desk.catalog.blueprints[awarded.row.blueprint].status_purposes:
        raise IssuerError(
            "award.not-suspendable",
            f"{awarded.row.public_id} has no entry on a suspension list: a {awarded.row.credential} is in force or "
            "withdrawn.",
        )
    awarded.require(Act.SUSPEND, at)


def _note(connection: Connection, kind: EventType, awarded: Awarded, reference: str, at: datetime) -> None:
    events.append(connection, kind, at=at, award_id=awarded.row.id, decision_ref=reference)
