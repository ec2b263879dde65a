"""Status indices, their bits, and every signed version of each list."""

import secrets
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from ..credential import StatusEntry
from ..errors import IssuerError
from .tables import status_index, status_list

_TRIES: Final = 1_000
LIST_NUMBER: Final = 1


def allocate(connection: Connection, purpose: str, award_id: str, number: int, *, length: int) -> StatusEntry:
    """A random index that was never used: random, so that a list tells nothing about who came when.

    The primary key holds uniqueness; the write lock of the transaction makes the look and the insert one step.
    Raises IssuerError `status.full` when a free one cannot be found.
    """
    for _ in range(_TRIES):
        index = secrets.randbelow(length)
        used = select(status_index.c.list_index).where(
            status_index.c.purpose == purpose,
            status_index.c.list_number == LIST_NUMBER,
            status_index.c.list_index == index,
        )
        if connection.execute(used).first() is None:
            values = {"award_id": award_id, "revision": number, "is_set": False}
            connection.execute(
                status_index.insert().values(purpose=purpose, list_number=LIST_NUMBER, list_index=index, **values)
            )
            return StatusEntry(purpose, LIST_NUMBER, index)
    raise IssuerError("status.full", f"The {purpose} list is full. Nothing was issued; set a larger status.length.")


def entries(connection: Connection, award_id: str) -> list[Row[Any]]:
    """Every status index of an award."""
    query = (
        select(status_index)
        .where(status_index.c.award_id == award_id)
        .order_by(status_index.c.revision, status_index.c.purpose)
    )
    return list(connection.execute(query))


def set_bits(connection: Connection, award_id: str, purpose: str, at: datetime) -> None:
    """Set the bits of all revisions of an award on the lists of one purpose."""
    mine = (status_index.c.award_id == award_id) & (status_index.c.purpose == purpose) & ~status_index.c.is_set
    connection.execute(status_index.update().where(mine).values(is_set=True, changed_at=at))


def indices_set(connection: Connection, purpose: str, list_number: int) -> frozenset[int]:
    """The indices whose bit is set on one list."""
    query = select(status_index.c.list_index).where(
        status_index.c.purpose == purpose, status_index.c.list_number == list_number, status_index.c.is_set
    )
    return frozenset(connection.execute(query).scalars())


def latest_list(connection: Connection, purpose: str, list_number: int) -> Row[Any] | None:
    """The newest signed version of a list."""
    query = (
        select(status_list)
        .where(status_list.c.purpose == purpose, status_list.c.list_number == list_number)
        .order_by(status_list.c.valid_from.desc())
    )
    return connection.execute(query).first()


def last_signed(connection: Connection) -> datetime | None:
    """When the newest version of any list was dated."""
    return connection.execute(select(status_list.c.valid_from).order_by(status_list.c.valid_from.desc())).scalar()


def add_list(
    connection: Connection,
    purpose: str,
    list_number: int,
    *,
    valid_from: datetime,
    valid_until: datetime,
    content: bytes,
) -> None:
    """Keep a newly signed version of a list."""
    connection.execute(
        status_list.insert().values(
            purpose=purpose, list_number=list_number, valid_from=valid_from, valid_until=valid_until, content=content
        )
    )
