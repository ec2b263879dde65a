"""Suspensions of awards: since when, for how long at most, why, and when each ended."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from .tables import award, suspension

# Asked for each record: a statement that is built once costs a fraction.
_STANDING = select(suspension).where(suspension.c.award_id == bindparam("award"), suspension.c.ended_at.is_(None))


def begin(connection: Connection, award_id: str, reason: str, *, since: datetime, due: datetime) -> None:
    """Note that an award is suspended, and by when somebody must have decided."""
    connection.execute(suspension.insert().values(award_id=award_id, since=since, due=due, reason=reason))


def standing(connection: Connection, award_id: str) -> Row[Any] | None:
    """The suspension that has not ended."""
    return connection.execute(_STANDING, {"award": award_id}).first()


def end(connection: Connection, award_id: str, at: datetime) -> None:
    """End the suspension that stands, if one does."""
    mine = (suspension.c.award_id == award_id) & suspension.c.ended_at.is_(None)
    connection.execute(suspension.update().where(mine).values(ended_at=at))


def of(connection: Connection, award_id: str) -> tuple[tuple[datetime, datetime | None], ...]:
    """Every suspension of an award, as (since, until)."""
    query = select(suspension.c.since, suspension.c.ended_at).where(suspension.c.award_id == award_id)
    return tuple((row.since, row.ended_at) for row in connection.execute(query.order_by(suspension.c.seq)))


def overdue(connection: Connection, at: datetime) -> list[Row[Any]]:
    """Suspensions past their due date, with the public id of each award: a person must decide."""
    late = suspension.c.ended_at.is_(None) & (suspension.c.due < at)
    query = select(suspension, award.c.public_id).join(award, award.c.id == suspension.c.award_id).where(late)
    return list(connection.execute(query.order_by(suspension.c.due)))
