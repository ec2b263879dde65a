"""What holders have asked for and can still take back. It names persons by their keys alone."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from .tables import pending

DROPPED: Final = "dropped"
"""The outcome of a request that staff or a restore took back; the holder can ask again."""
_OPEN: Final = pending.c.ended_at.is_(None)


def add(
    connection: Connection,
    person: str,
    kind: str,
    *,
    link: str,
    at: datetime,
    due: datetime,
    public_id: str | None = None,
    given: bool | None = None,
) -> None:
    """Note what was asked for through the link of this digest."""
    values = {"person_id": person, "kind": kind, "link": link, "at": at, "due": due}
    connection.execute(pending.insert().values(**values, public_id=public_id, given=given))


def find(connection: Connection, seq: int) -> Row[Any] | None:
    """One that waits."""
    return connection.execute(select(pending).where(pending.c.seq == seq, _OPEN)).first()


def of_person(connection: Connection, person: str) -> list[Row[Any]]:
    """All that waits for a person, in the order in which it is due."""
    mine = pending.c.person_id == person
    return list(connection.execute(select(pending).where(mine, _OPEN).order_by(pending.c.due, pending.c.seq)))


def every(connection: Connection, due_by: datetime | None = None) -> list[Row[Any]]:
    """All that waits, or what is due by a time, in the order in which it is due."""
    wanted = _OPEN if due_by is None else _OPEN & (pending.c.due <= due_by)
    return list(connection.execute(select(pending).where(wanted).order_by(pending.c.due, pending.c.seq)))


def through(connection: Connection, link: str, kind: str) -> Row[Any] | None:
    """What waits of a kind and was asked for through the link of this digest."""
    return connection.execute(select(pending).where(pending.c.link == link, pending.c.kind == kind, _OPEN)).first()


def end(connection: Connection, seq: int, outcome: str, at: datetime) -> None:
    """It waits no more."""
    connection.execute(pending.update().where(pending.c.seq == seq, _OPEN).values(ended_at=at, outcome=outcome))


def end_of_person(connection: Connection, person: str, outcome: str, at: datetime) -> int:
    """Nothing waits for the person any more; how much it was."""
    mine = (pending.c.person_id == person) & _OPEN
    return int(connection.execute(pending.update().where(mine).values(ended_at=at, outcome=outcome)).rowcount)
