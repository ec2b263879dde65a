"""What waits for a person: awards whose ground has fallen, and suspensions past their date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from ..errors import IssuerError
from ..reasons import reference as checked
from ..register import awards, events, suspensions
from ..register.eventtypes import EventType
from .awarded import find
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Due:
    """One award that somebody must decide on: `why` is `review` or `suspension`, `since` when that fell due."""

    public_id: str
    why: str
    since: datetime


def due(desk: Desk, at: datetime) -> tuple[Due, ...]:
    """Everything that waits, longest first."""
    with desk.reading() as connection:
        found = [Due(row.public_id, "review", row.review_since) for row in awards.under_review(connection)]
        found += [Due(row.public_id, "suspension", row.due) for row in suspensions.overdue(connection, at)]
    return tuple(sorted(found, key=lambda each: each.since))


def close(desk: Desk, public_id: str, *, reference: str, at: datetime) -> str:
    """Record the decision to keep an award that was under review. Raises IssuerError `review.none`."""
    checked(reference)
    with desk.writing(at) as connection:
        award = find(connection, public_id).row
        require_open(award)
        awards.put_under_review(connection, award.id, None)
        events.append(connection, EventType.REVIEW_CLOSED, at=at, award_id=award.id, decision_ref=reference)
    return str(award.public_id)


def require_open(award: Row[Any]) -> None:
    """Raise IssuerError `review.none` when there is no review of the award to close."""
    if award.review_since is None:
        raise IssuerError("review.none", f"{award.public_id} is not under review. See certify review list.")
