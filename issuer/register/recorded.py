"""Times at which something was recorded, put right after the clock was ahead: what happened is no later than now.

Not here: events, which are sealed, and what was signed, which bears its own dates.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import Column, Connection, select

from .tables import (
    award,
    consent,
    decision,
    person,
    platform_key,
    request,
    result,
    secret,
    staff,
    status_index,
    suspension,
    trace,
)

_PAST: Final[tuple[Column[datetime], ...]] = (
    person.c.since,
    result.c.received_at,
    decision.c.at,
    award.c.withdrawn_at,
    award.c.review_since,
    award.c.erased_at,
    suspension.c.since,
    suspension.c.ended_at,
    status_index.c.changed_at,
    platform_key.c.since,
    platform_key.c.ended_at,
    staff.c.since,
    staff.c.ended_at,
    staff.c.failed_at,
    consent.c.at,
    request.c.at,
    request.c.closed_at,
    secret.c.ended_at,
    trace.c.since,
)


def put_right(connection: Connection, at: datetime) -> None:
    """Every such time that is later than `at` becomes `at`; what was to end so long after its beginning, still does."""
    _shorten(connection, at)
    for column in _PAST:
        connection.execute(column.table.update().where(column > at).values({column.name: at}))


def _shorten(connection: Connection, at: datetime) -> None:
    """Links, sessions and tokens that were made meanwhile."""
    for row in connection.execute(select(secret).where(secret.c.since > at)).all():
        expires = row.expires and at + (row.expires - row.since)
        mine = secret.c.digest == row.digest
        connection.execute(secret.update().where(mine).values(since=at, expires=expires))
