"""The event chain: append-only, each event sealed by the hash of the one before (docs/formats.md).

An event holds ids, codes and references only, never personal data: it outlives an erasure.
"""

import hashlib
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select

from verifier.format.jcs import canonicalize
from verifier.format.timestamp import format_seconds
from verifier.format.types import JsonObject

from .eventtypes import EventType
from .tables import event

_FIRST: Final = "0" * 64

# Asked in every transaction: a statement that is built once costs a fraction.
_NEWEST: Final = select(event).order_by(event.c.seq.desc()).limit(1)
_NEWEST_OF: Final = (
    select(event.c.type)
    .where(event.c.type.in_(bindparam("kinds", expanding=True)))
    .order_by(event.c.seq.desc())
    .limit(1)
)
_ADD: Final = event.insert()


def append(
    connection: Connection,
    kind: EventType,
    *,
    at: datetime,
    award_id: str | None = None,
    revision: int | None = None,
    decision_ref: str | None = None,
    effective_at: datetime | None = None,
    subject: str | None = None,
) -> None:
    """Add one event to the end of the chain; its role is that of its type.

    `subject`: the key or person it is about, where that is no award.
    """
    last = newest(connection)
    values = {
        "seq": last.seq + 1 if last else 1,
        "at": at,
        "type": kind.value,
        "award_id": award_id,
        "revision": revision,
        "actor_role": kind.role.value,
        "decision_ref": decision_ref,
        "effective_at": effective_at or at,
        "prev": last.hash if last else _FIRST,
        "subject": subject,
    }
    connection.execute(_ADD, {**values, "hash": seal(values)})


def newest(connection: Connection) -> Row[Any] | None:
    """The newest event."""
    return connection.execute(_NEWEST).first()


def history(connection: Connection, award_id: str | None = None) -> list[Row[Any]]:
    """The events, oldest first: all, or those of one award."""
    query = select(event).order_by(event.c.seq)
    return list(connection.execute(query if award_id is None else query.where(event.c.award_id == award_id)))


def last_of(connection: Connection, *kinds: EventType) -> str | None:
    """The kind of the newest event among these kinds."""
    return connection.execute(_NEWEST_OF, {"kinds": [kind.value for kind in kinds]}).scalar()


def ahead_of(connection: Connection, at: datetime, put_right: str) -> tuple[int, int, datetime] | None:
    """The first and the last number of the events dated later, and the latest of their dates; None when there is none.

    `put_right`: the kind of event after which earlier ones, whose dates can never be changed, no longer count.
    """
    done = select(func.coalesce(func.max(event.c.seq), 0)).where(event.c.type == put_right).scalar_subquery()
    query = select(func.min(event.c.seq), func.max(event.c.seq), func.max(event.c.at))
    first, last, latest = connection.execute(query.where(event.c.at > at, event.c.seq > done)).one()
    return None if first is None else (first, last, latest)


def first_at(connection: Connection) -> datetime | None:
    """When the oldest event was recorded."""
    return connection.execute(select(event.c.at).order_by(event.c.seq).limit(1)).scalar()


def last_at(connection: Connection) -> datetime | None:
    """When the newest event was recorded."""
    last = newest(connection)
    return last.at if last else None


def broken_at(connection: Connection) -> int | None:
    """The number of the first event that does not fit its seal or its place; None when the chain holds."""
    previous = _FIRST
    for expected, row in enumerate(connection.execute(select(event).order_by(event.c.seq)), 1):
        if row.seq != expected or row.prev != previous or seal(row._asdict()) != row.hash:
            return expected
        previous = row.hash
    return None


def seal(values: dict[str, Any]) -> str:
    """SHA-256, in hex, of the JCS bytes of the event, named as the register's columns."""
    return hashlib.sha256(canonicalize(sealed(values))).hexdigest()


def sealed(values: dict[str, Any]) -> JsonObject:
    """The event as it is sealed, which is also how it is shown and exported."""
    about: JsonObject = {} if values["subject"] is None else {"subject": values["subject"]}
    return {
        "seq": values["seq"],
        "at": format_seconds(values["at"]),
        "type": values["type"],
        "awardId": values["award_id"],
        "revision": values["revision"],
        "actorRole": values["actor_role"],
        "decisionRef": values["decision_ref"],
        "effectiveAt": format_seconds(values["effective_at"]),
        "prev": values["prev"],
        **about,
    }
