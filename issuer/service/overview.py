"""What waits for staff, and how the issuer is: for the first page of the day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from ..register import awards, statuses
from . import hold, lists, notices, requests, review, waiting
from .desk import Desk
from .hold import Held
from .lists import Which
from .requests import Request
from .review import Due
from .waiting import Waiting


@dataclass(frozen=True, slots=True)
class ListHealth:
    """One status list: when it was signed last, how long ago, whether it is due, and whether readers can get it."""

    name: str
    valid_from: datetime | None
    age: timedelta | None
    is_due: bool
    is_published: bool

    @property
    def is_well(self) -> bool:
        """Nothing is to be done."""
        return self.is_published and not self.is_due


@dataclass(frozen=True, slots=True)
class Overview:
    """`asked`: what candidates wait for. `waits`: what they can take back. `notices`: how many are to be sent.

    `unfinished`: public ids that a crash kept from their holder.

    `may_sign`: a key is active.
    """

    due: tuple[Due, ...]
    held: tuple[Held, ...]
    asked: tuple[Request, ...]
    waits: tuple[Waiting, ...]
    notices: int
    unfinished: tuple[str, ...]
    lists: tuple[ListHealth, ...]
    may_sign: bool


def overview(desk: Desk, at: datetime) -> Overview:
    """All of it at `at`."""
    return Overview(
        review.due(desk, at),
        tuple(hold.waiting(desk)),
        tuple(requests.waiting(desk)),
        tuple(waiting.listed(desk)),
        len(notices.listed(desk)),
        unfinished(desk),
        list_health(desk, at),
        bool(desk.registry().active(at)),
    )


def unfinished(desk: Desk) -> tuple[str, ...]:
    """The credentials that `certify resume` would finish."""
    with desk.reading() as connection:
        return tuple(awards.unfinished(connection))


def list_health(desk: Desk, at: datetime) -> tuple[ListHealth, ...]:
    """Every list."""
    with desk.reading() as connection:
        due = lists.due(desk, connection, at, changed=True)
        return tuple(_health(desk, connection, each, at, is_due=each in due) for each in lists.every(desk, connection))


def _health(desk: Desk, connection: Connection, which: Which, at: datetime, *, is_due: bool) -> ListHealth:
    row = statuses.latest_list(connection, *which)
    signed = row.valid_from if row else None
    path = desk.config.public / lists.path_of(which)
    return ListHealth(
        lists.path_of(which).removeprefix("status/"), signed, at - signed if signed else None, is_due, path.exists()
    )
