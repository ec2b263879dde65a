"""Withdraw an award, for ever; and restore one whose withdrawal an appeal has overturned, by a new revision."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row

from .. import lifecycle
from ..lifecycle import Act
from ..reasons import reference as checked
from ..reasons import require
from ..register import awards, events, statuses, suspensions
from ..register.eventtypes import EventType
from . import issue, plan
from .awarded import Awarded, find
from .desk import Desk
from .lists import REVOCATION

UPHELD: Final = "appeal-upheld"
"""The cause of the new revision."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """What was withdrawn, and the awards that rest on it and are now due for review, not withdrawn."""

    public_id: str
    reason: str
    due_for_review: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """A further revision of an award, and the files that its holder gets."""

    public_id: str
    number: int
    files: tuple[Path, ...]


def revoke(desk: Desk, public_id: str, *, reason: str, reference: str, at: datetime) -> Revoked:
    """Withdraw an award. It shows to others once it is published.

    Raises IssuerError `reason.unknown`, `decision.reference`, `award.unknown`, or as the life cycle says; nothing has
    changed then.
    """
    require("revocation", reason)
    checked(reference)
    with desk.writing(at) as connection:
        awarded = find(connection, public_id)
        awarded.require(Act.REVOKE, at)
        resting = withdraw(connection, awarded, reason=reason, reference=reference, at=at)
    return Revoked(awarded.row.public_id, reason, tuple(dependent.public_id for dependent in resting))


def withdraw(connection: Connection, awarded: Awarded, *, reason: str, reference: str, at: datetime) -> list[Row[Any]]:
    """The withdrawal inside of a transaction; the answer is the awards that rest on it and are now under review."""
    award = awarded.row
    awards.withdraw(connection, award.id, reason, at)
    suspensions.end(connection, award.id, at)
    statuses.set_bits(connection, award.id, REVOCATION, at)
    events.append(connection, EventType.REVOKED, at=at, award_id=award.id, decision_ref=reference)
    resting = awards.resting_on(connection, award.public_id)
    for dependent in resting:
        awards.put_under_review(connection, dependent.id, at)
        events.append(connection, EventType.REVIEW_DUE, at=at, award_id=dependent.id, decision_ref=reference)
    return resting


def uphold_appeal(desk: Desk, public_id: str, *, reference: str, at: datetime) -> Revised:
    """A new revision of a withdrawn award, with its original dates. The old revision stays withdrawn for ever.

    Raises IssuerError as `revoke`; `award.expired` when the award would have ended by now.
    """
    checked(reference)
    with desk.writing(at) as connection:
        awarded = find(connection, public_id)
        require_appealable(awarded, at)
        awards.restore(connection, awarded.row.id)
        number = plan.following(desk, connection, awarded, UPHELD, at=at, reference=reference)
        events.append(connection, EventType.APPEAL_UPHELD, at=at, award_id=awarded.row.id, decision_ref=reference)
    return Revised(awarded.row.public_id, number, issue.complete(desk, awarded.row.public_id, at))


def require_appealable(awarded: Awarded, at: datetime) -> None:
    """Raise IssuerError when no appeal can restore the award now."""
    awarded.require(Act.APPEAL, at)
    if awarded.row.valid_until < at:
        raise lifecycle.refusal("award.expired", awarded.row.public_id)
