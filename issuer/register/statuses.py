"""Status indices, their bits, and every signed version of each list."""

import secrets
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, select, union

from ..credential import StatusEntry
from ..errors import IssuerError
from .tables import status_index, status_list, status_orphan

_TRIES: Final = 1_000
FIRST_LIST: Final = 1
_FULL: Final = 0.9
"""The share of a list that is given away; then the next one begins, while a free index is still found at once."""


def allocate(
    connection: Connection, purpose: str, award_id: str, number: int, *, length: int, is_set: bool = False
) -> StatusEntry:
    """A random index that was never used: random, so that a list tells nothing about who came when.

    The primary key holds uniqueness; the write lock of the transaction makes the look and the insert one step.
    """
    which = last_list(connection, purpose)
    if _used(connection, purpose, which) >= length * _FULL:
        which += 1
    for _ in range(_TRIES):
        index = secrets.randbelow(length)
        if not _is_used(connection, purpose, which, index):
            values = {"award_id": award_id, "revision": number, "is_set": is_set}
            connection.execute(
                status_index.insert().values(purpose=purpose, list_number=which, list_index=index, **values)
            )
            return StatusEntry(purpose, which, index)
    raise IssuerError("status.full", f"The {purpose} list is full. Nothing was issued; set a larger status.length.")


def last_list(connection: Connection, purpose: str) -> int:
    """The number of the newest list that was signed or that an index was taken from; they count from 1 without gaps."""
    numbers = (
        connection.execute(select(func.max(each.c.list_number)).where(each.c.purpose == purpose)).scalar()
        for each in (status_index, status_list)
    )
    return max((number for number in numbers if number), default=FIRST_LIST)


def _used(connection: Connection, purpose: str, number: int) -> int:
    here = (status_index.c.purpose == purpose) & (status_index.c.list_number == number)
    return connection.execute(select(func.count()).select_from(status_index).where(here)).scalar_one()


def _is_used(connection: Connection, purpose: str, number: int, index: int) -> bool:
    for table in (status_index, status_orphan):
        here = (table.c.purpose == purpose) & (table.c.list_number == number) & (table.c.list_index == index)
        if connection.execute(select(table.c.list_index).where(here)).first():
            return True
    return False


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
    _write(connection, (status_index.c.award_id == award_id) & (status_index.c.purpose == purpose), at, is_set=True)


def clear_bits(connection: Connection, award_id: str, purpose: str, at: datetime) -> None:
    """Clear them again, of a purpose that may be lifted."""
    _write(connection, (status_index.c.award_id == award_id) & (status_index.c.purpose == purpose), at, is_set=False)


def set_bits_before(connection: Connection, award_id: str, number: int, purpose: str, at: datetime) -> None:
    """Set the bits of the revisions of an award that `number` has replaced."""
    replaced = (status_index.c.award_id == award_id) & (status_index.c.revision < number)
    _write(connection, replaced & (status_index.c.purpose == purpose), at, is_set=True)


def _write(connection: Connection, which: ColumnElement[bool], at: datetime, *, is_set: bool) -> None:
    changed = which & (status_index.c.is_set != is_set)
    connection.execute(status_index.update().where(changed).values(is_set=is_set, changed_at=at))


def indices_set(connection: Connection, purpose: str, list_number: int) -> frozenset[int]:
    """The indices whose bit is set on one list, those that nothing else is known of among them."""
    of_awards = select(status_index.c.list_index).where(
        status_index.c.purpose == purpose, status_index.c.list_number == list_number, status_index.c.is_set
    )
    of_none = select(status_orphan.c.list_index).where(
        status_orphan.c.purpose == purpose, status_orphan.c.list_number == list_number
    )
    return frozenset(connection.execute(union(of_awards, of_none)).scalars())


def latest_list(connection: Connection, purpose: str, list_number: int) -> Row[Any] | None:
    """The newest signed version of a list."""
    query = (
        select(status_list)
        .where(status_list.c.purpose == purpose, status_list.c.list_number == list_number)
        .order_by(status_list.c.valid_from.desc())
    )
    return connection.execute(query).first()


def newest_lists(connection: Connection) -> dict[tuple[str, int], datetime]:
    """When the newest version of every list was dated, by purpose and number."""
    columns = (status_list.c.purpose, status_list.c.list_number)
    query = select(*columns, func.max(status_list.c.valid_from).label("newest")).group_by(*columns).order_by(*columns)
    return {(row.purpose, row.list_number): row.newest for row in connection.execute(query)}


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
