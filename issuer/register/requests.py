"""What persons have asked staff for. Their words are personal data, and go when the person is erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from .tables import request


def add(connection: Connection, person: str, kind: str, text: str, at: datetime) -> None:
    """Note a request."""
    connection.execute(request.insert().values(person_id=person, kind=kind, text=text, at=at))


def of_person(connection: Connection, person: str) -> list[Row[Any]]:
    """The open requests of a person, oldest first."""
    mine = (request.c.person_id == person) & request.c.closed_at.is_(None)
    return list(connection.execute(select(request).where(mine).order_by(request.c.seq)))


def waiting(connection: Connection) -> list[Row[Any]]:
    """Every open request, oldest first."""
    return list(connection.execute(select(request).where(request.c.closed_at.is_(None)).order_by(request.c.seq)))


def find(connection: Connection, seq: int) -> Row[Any] | None:
    """An open request."""
    return connection.execute(select(request).where(request.c.seq == seq, request.c.closed_at.is_(None))).first()


def close(connection: Connection, seq: int, at: datetime) -> None:
    """It is answered."""
    connection.execute(request.update().where(request.c.seq == seq).values(closed_at=at))


def erase_of_person(connection: Connection, person: str) -> None:
    """Delete all that a person has asked for."""
    connection.execute(request.delete().where(request.c.person_id == person))
