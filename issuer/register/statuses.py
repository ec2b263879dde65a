"""Status indices, their bits, and every signed version of each list."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, select, union

from ..credential import StatusEntry
from ..errors import IssuerError
from .tables import status_index, status_list, status_orphan

_TRIES: Final = 1_000
FIRST_LIST: Final = 1
_FULL: Final = 0.9
"""The share of a list that is given away; then the next one begins, while a free index is still found at once."""
_NEARLY_FULL: Final = 0.8
_SAMPLE: Final = 2_048
"""Entries at the beginning of a list that tell whether it may be full: indices are random."""

# Asked for each record: a statement that is built once costs a fraction.
_LAST_LIST: Final = select(
    *(
        select(func.max(each.c.list_number)).where(each.c.purpose == bindparam("purpose")).scalar_subquery()
        for each in (status_index, status_list)
    )
)
_USED: Final = (
    select(func.count())
    .select_from(status_index)
    .where(
        status_index.c.purpose == bindparam("purpose"),
        status_index.c.list_number == bindparam("number"),
        status_index.c.list_index < bindparam("end"),
    )
)
_TAKEN: Final = union(
    *(
        select(each.c.list_index).where(
            each.c.purpose == bindparam("purpose"),
            each.c.list_number == bindparam("number"),
            each.c.list_index == bindparam("index"),
        )
        for each in (status_index, status_orphan)
    )
)
_DATE: Final = status_list.c.valid_from
_STANDS: Final = status_list.c.set_aside_at.is_(None)
_LATEST_DATE: Final = select(func.max(status_list.c.valid_from)).where(
    status_list.c.purpose == bindparam("purpose"), status_list.c.list_number == bindparam("number"), _STANDS
)

_LAST_SIGNED: Final = select(func.max(status_list.c.valid_from)).where(_STANDS)
_FIRST_CONTENT: Final = (
    select(status_list.c.content)
    .order_by(status_list.c.valid_from, status_list.c.purpose, status_list.c.list_number)
    .limit(1)
)
_ALLOCATE: Final = status_index.insert()


def allocate(
    connection: Connection, purpose: str, award_id: str, number: int, *, length: int, is_set: bool = False
) -> StatusEntry:
    """A random index that was never used: random, so that a list tells nothing about who came when.

    The primary key holds uniqueness; the write lock of the transaction makes the look and the insert one step.
    """
    which = last_list(connection, purpose)
    if _is_full(connection, purpose, which, length):
        which += 1
    for _ in range(_TRIES):
        index = secrets.randbelow(length)
        if not _is_used(connection, purpose, which, index):
            values = {"award_id": award_id, "revision": number, "is_set": is_set}
            connection.execute(_ALLOCATE, {"purpose": purpose, "list_number": which, "list_index": index, **values})
            return StatusEntry(purpose, which, index)
    raise IssuerError("status.full", f"The {purpose} list is full. Nothing was issued; set a larger status.length.")


def last_list(connection: Connection, purpose: str) -> int:
    """The number of the newest list that was signed or that an index was taken from; they count from 1 without gaps."""
    numbers = connection.execute(_LAST_LIST, {"purpose": purpose}).one()
    return max((number for number in numbers if number), default=FIRST_LIST)


def _is_full(connection: Connection, purpose: str, number: int, length: int) -> bool:
    """Counting all of a list costs more with every entry: only when a part of it, taken at random, is nearly full."""
    sample = min(length, _SAMPLE)
    nearly = _used_below(connection, purpose, number, sample) >= sample * _NEARLY_FULL
    return nearly and used(connection, purpose, number) >= length * _FULL


def _used_below(connection: Connection, purpose: str, number: int, end: int) -> int:
    return connection.execute(_USED, {"purpose": purpose, "number": number, "end": end}).scalar_one()


def used(connection: Connection, purpose: str, number: int) -> int:
    """How many indices of a list were given away."""
    here = (status_index.c.purpose == purpose) & (status_index.c.list_number == number)
    return connection.execute(select(func.count()).select_from(status_index).where(here)).scalar_one()


def _is_used(connection: Connection, purpose: str, number: int, index: int) -> bool:
    return connection.execute(_TAKEN, {"purpose": purpose, "number": number, "index": index}).first() is not None


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
        .where(status_list.c.purpose == purpose, status_list.c.list_number == list_number, _STANDS)
        .order_by(status_list.c.valid_from.desc())
    )
    return connection.execute(query).first()


def latest_date(connection: Connection, purpose: str, list_number: int) -> datetime | None:
    """When the newest signed version of a list was dated."""
    return connection.execute(_LATEST_DATE, {"purpose": purpose, "number": list_number}).scalar()


def versions(connection: Connection, purpose: str, list_number: int) -> Iterator[Row[Any]]:
    """Every signed version of a list that stands, oldest first, one at a time: one for each day of years."""
    query = (
        select(status_list)
        .where(status_list.c.purpose == purpose, status_list.c.list_number == list_number, _STANDS)
        .order_by(status_list.c.valid_from)
    )
    yield from connection.execute(query)


def newest_lists(connection: Connection) -> dict[tuple[str, int], datetime]:
    """When the newest version of every list was dated, by purpose and number."""
    columns = (status_list.c.purpose, status_list.c.list_number)
    newest = func.max(status_list.c.valid_from).label("newest")
    query = select(*columns, newest).where(_STANDS).group_by(*columns).order_by(*columns)
    return {(row.purpose, row.list_number): row.newest for row in connection.execute(query)}


def dates(connection: Connection, since: datetime) -> list[datetime]:
    """When lists were dated since then, oldest first, each time once."""
    mine = (status_list.c.valid_from >= since) & _STANDS
    return list(connection.execute(select(status_list.c.valid_from).where(mine).distinct().order_by(_DATE)).scalars())


def set_aside(connection: Connection, ahead_of: datetime, at: datetime) -> None:
    """Take the versions that are dated later out of the row of the newest ones; they are kept."""
    later = (status_list.c.valid_from > ahead_of) & _STANDS
    connection.execute(status_list.update().where(later).values(set_aside_at=at))


def was_set_aside(connection: Connection, purpose: str, list_number: int, valid_from: datetime) -> bytes | None:
    """The version of that date, if it is one that was set aside."""
    mine = (status_list.c.purpose == purpose) & (status_list.c.list_number == list_number)
    query = select(status_list.c.content).where(mine, status_list.c.valid_from == valid_from, ~_STANDS)
    return connection.execute(query).scalar()


def last_signed(connection: Connection) -> datetime | None:
    """When the newest version of any list was dated."""
    return connection.execute(_LAST_SIGNED).scalar()


def first_content(connection: Connection) -> bytes | None:
    """The list that was signed before all others."""
    content = connection.execute(_FIRST_CONTENT).scalar()
    return None if content is None else bytes(content)


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
