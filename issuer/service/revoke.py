"""Withdraw an award: for ever, with a reason and the reference of a decision."""

from dataclasses import dataclass
from datetime import datetime

from .. import publicid
from ..errors import IssuerError
from ..reasons import reference as checked
from ..reasons import require
from ..register import awards, events, statuses
from .desk import Desk
from .publish import REVOCATION


@dataclass(frozen=True, slots=True)
class Revoked:
    """What was withdrawn, and the awards that rest on it and are now due for review, not withdrawn."""

    public_id: str
    reason: str
    due_for_review: tuple[str, ...]


def revoke(desk: Desk, public_id: str, *, reason: str, reference: str, at: datetime) -> Revoked:
    """Withdraw an award. It shows to others once it is published.

    Raises IssuerError `reason.unknown`, `decision.reference`, `award.unknown` or `award.withdrawn`; nothing has
    changed then.
    """
    require("revocation", reason)
    checked(reference)
    with desk.writing(at) as connection:
        award = awards.find(connection, publicid.normalize(public_id) or public_id)
        if award is None:
            raise IssuerError("award.unknown", f"There is no award {public_id[:40]}. Check the number.")
        if award.withdrawn_at is not None:
            raise IssuerError(
                "award.withdrawn", f"{award.public_id} was withdrawn before; certify publish shows it to others."
            )
        awards.withdraw(connection, award.id, reason, at)
        statuses.set_bits(connection, award.id, REVOCATION, at)
        events.append(connection, "revoked", at=at, actor_role="issuer", award_id=award.id, decision_ref=reference)
        resting = awards.resting_on(connection, award.public_id)
        for dependent in resting:
            awards.put_under_review(connection, dependent.id, at)
            events.append(
                connection, "review-due", at=at, actor_role="issuer", award_id=dependent.id, decision_ref=reference
            )
    return Revoked(award.public_id, reason, tuple(dependent.public_id for dependent in resting))
