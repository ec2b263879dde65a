"""What holders should be told, at which address, until somebody has told them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from .people import emails
from .tables import notice, pending


def add(connection: Connection, person: str, kind: str, *, at: datetime, due: datetime | None = None) -> None:
    """Note it for each address of the person, in the place of an earlier one of that kind: nothing piles up."""
    connection.execute(notice.delete().where(notice.c.person_id == person, notice.c.kind == kind))
    for email in emails(connection, person):
        connection.execute(notice.insert().values(person_id=person, email=email, kind=kind, at=at, due=due))


def withdraw(connection: Connection, person: str, kind: str) -> None:
    """What the letter said will not happen: delete it unsent, unless something else of its kind still waits."""
    mine = (pending.c.person_id == person) & (pending.c.kind == kind) & pending.c.ended_at.is_(None)
    told_of = (notice.c.person_id == person) & (notice.c.kind == kind)
    connection.execute(notice.delete().where(told_of, ~select(pending.c.seq).where(mine).exists()))


def waiting(connection: Connection) -> list[Row[Any]]:
    """All of them, oldest first."""
    return list(connection.execute(select(notice).order_by(notice.c.seq)))


def told(connection: Connection, seq: int) -> str | None:
    """Delete one; the key of the person it was for, None when there is no such notice."""
    row = connection.execute(select(notice).where(notice.c.seq == seq)).first()
    connection.execute(notice.delete().where(notice.c.seq == seq))
    return str(row.person_id) if row else None
