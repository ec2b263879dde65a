"""Put right what was dated while the clock was ahead (docs/operations.md, "A clock that was ahead").

What was sealed or signed keeps its dates: events stay as they are, and an event says from which number to which they
were dated ahead; lists of that time are set aside, and signed again now from the same rows; credentials get a revision
that begins now. Whatever was withdrawn stays withdrawn, and no index is used twice: rows are never taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

import keys
from verifier.format.timestamp import format_seconds

from ..errors import IssuerError
from ..lifecycle import State
from ..reasons import reference as checked
from ..register import awards, events, recorded, statuses
from ..register.eventtypes import EventType
from . import anew, lists, plan
from .awarded import Awarded, find
from .desk import CLOCK_TOLERANCE, REGISTRY_FILE, Desk
from .lists import Which
from .publish import publish, publish_due, write
from .rotate import Affected

PUT_RIGHT: Final = EventType.CLOCK_PUT_RIGHT
CAUSE: Final = "issuer-clock-ahead"
_IN_FORCE: Final = (State.VALID, State.PLANNED)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is dated later than `at`. `events`: first and last number; `until`: the latest of all dates.

    `credentials`: those that are not withdrawn; only what is valid, or planned, can be issued anew.
    """

    at: datetime
    events: tuple[int, int] | None
    until: datetime | None
    lists: tuple[Which, ...]
    keys: tuple[str, ...]
    credentials: tuple[Affected, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to put right."""
        return not (self.until or self.keys or self.due)

    @property
    def due(self) -> tuple[str, ...]:
        """The public ids of what is to be issued anew."""
        return tuple(each.public_id for each in self.credentials if each.state in _IN_FORCE)


def ahead(desk: Desk, at: datetime) -> Ahead:
    """What is dated later than this clock says. Changes nothing.

    Raises IssuerError `clock.before-all` when that is everything: then the clock is behind now, and was not ahead.
    """
    latest = at + CLOCK_TOLERANCE
    registry = desk.registry()
    later = tuple(key.id for key in registry.keys if any(time and time > latest for time in key.times))
    with desk.reading() as connection:
        _refuse_clock_behind(events.first_at(connection), at)
        newest = {each: date for each, date in statuses.newest_lists(connection).items() if date > latest}
        marked = events.ahead_of(connection, latest, PUT_RIGHT)
        found = (find(connection, public_id) for public_id in awards.dated_later(connection, latest))
        credentials = tuple(Affected(each.row.public_id, each.state(at)) for each in found)
    dates = [*newest.values(), *([marked[2]] if marked else [])]
    return Ahead(at, marked[:2] if marked else None, max(dates, default=None), tuple(newest), later, credentials)


def _refuse_clock_behind(first: datetime | None, at: datetime) -> None:
    if first is not None and first > at + CLOCK_TOLERANCE:
        raise IssuerError(
            "clock.before-all",
            f"The clock says {format_seconds(at)}, and the register begins on {format_seconds(first)}. Set the clock; "
            "nothing was changed.",
        )


def put_right(
    desk: Desk, *, reference: str, now: Callable[[], datetime], progress: Callable[[int, int], None]
) -> tuple[Affected, ...]:
    """Put everything right; the answer is what could not be issued anew, and where it stands.

    Safe to repeat after a crash. Raises IssuerError `clock.not-ahead` when nothing is dated later than now.
    """
    checked(reference)
    found = to_put_right(desk, now())
    if found.until or found.keys:
        _turn_back(desk, reference, now())
        write(desk, now())  # readers come back before all credentials are done

    def plan_anew(connection: Connection, awarded: Awarded, at: datetime) -> bool:
        if awarded.state(at) not in _IN_FORCE or not _is_ahead(awarded, at):
            return False
        if awarded.newest.issued_at is None:
            plan.redate(connection, awarded, at)
        else:
            plan.following(desk, connection, awarded, CAUSE, at=at, reference=reference)
        return True

    anew.issue_each(desk, found.due, plan_anew, now=now, progress=progress)
    publish(desk, now())
    return ahead(desk, now()).credentials


def to_put_right(desk: Desk, at: datetime) -> Ahead:
    """The same, where there is something. Raises IssuerError `clock.not-ahead`, and as `Desk.require_issuer`."""
    desk.require_issuer()
    found = ahead(desk, at)
    if found.is_nothing:
        raise IssuerError(
            "clock.not-ahead", f"Nothing is dated later than {format_seconds(at)}, which the clock says. Nothing to do."
        )
    return found


def finish(desk: Desk, at: datetime) -> bool:
    """Publish what was put right by one that was killed before it could; whether that was all there was to do."""
    desk.require_issuer()
    if not ahead(desk, at).is_nothing:
        return False
    with desk.reading() as connection:
        if events.last_of(connection, PUT_RIGHT) is None:
            return False
    return publish_due(desk, at) is not None


def _is_ahead(awarded: Awarded, at: datetime) -> bool:
    newest, latest = awarded.newest, at + CLOCK_TOLERANCE
    return bool(newest.valid_from > latest or (newest.issued_at and newest.issued_at > latest))


def _turn_back(desk: Desk, reference: str, at: datetime) -> None:
    """One transaction: what was recorded, the keys, and every list as of now."""
    desk.passphrase()  # before the lock: a person may have to type it
    with desk.writing(at, back=True) as connection:
        marked = events.ahead_of(connection, at, PUT_RIGHT)
        recorded.put_right(connection, at)
        statuses.set_aside(connection, at, at)
        keys.save(desk.config.keys / REGISTRY_FILE, keys.put_right(desk.registry(), at=at))
        events.append(
            connection,
            PUT_RIGHT,
            at=at,
            decision_ref=reference,
            subject=f"events {marked[0]}-{marked[1]}" if marked else None,
        )
        lists.sign(desk, connection, lists.every(desk, connection), at)
