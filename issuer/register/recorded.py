"""Times at which something was recorded, put right after the clock was ahead: what happened is no later than now.

Not here: events, which are sealed, and what was signed, which bears its own dates.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import Column, Connection, and_, select

from .tables import (
    award,
    consent,
    decision,
    login_try,
    notice,
    pending,
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
    pending.c.ended_at,
    login_try.c.last_at,
    trace.c.since,
)
_SPANS: Final[tuple[tuple[Column[datetime], Column[datetime]], ...]] = (
    (secret.c.since, secret.c.expires),
    (pending.c.at, pending.c.due),
    (notice.c.at, notice.c.due),
)
"""Beginning and end of what lasts for a time: links, sessions and tokens, what waits, and what is told of that."""
COVERED: Final = frozenset({*_PAST, *(column for span in _SPANS for column in span)})
"""All that is put right here."""


def put_right(connection: Connection, at: datetime) -> None:
    """Every such time that is later than `at` becomes `at`; what was to end so long after its beginning, still does."""
    for begun, ends in _SPANS:
        _shorten(connection, begun, ends, at)
    for column in _PAST:
        connection.execute(column.table.update().where(column > at).values({column.name: at}))


def _shorten(connection: Connection, begun: Column[datetime], ends: Column[datetime], at: datetime) -> None:
    table = begun.table
    for row in connection.execute(select(table).where(begun > at)).mappings().all():
        end = row[ends.name] and at + (row[ends.name] - row[begun.name])
        mine = and_(*(column == row[column.name] for column in table.primary_key))
        connection.execute(table.update().where(mine).values({begun.name: at, ends.name: end}))
