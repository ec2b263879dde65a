"""Do what holders have asked for through their links and nobody has taken back, when its time is over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ..errors import IssuerError
from ..lifecycle import REFUSED, Act
from ..register import access, events, pending
from ..register.eventtypes import EventType
from . import consents, erase, publish, waiting
from .consents import REFERENCE
from .desk import Desk, First
from .waiting import Kind, Outcome, Waiting

_PAST: Final = {*REFUSED[Act.SUPERSEDE].values(), "award.unknown", "result.lost"}
"""What was asked for does not fit any more: the holder may ask again. After any other error it is tried again."""


@dataclass(frozen=True, slots=True)
class Ended:
    """One that waits no more."""

    waiting: Waiting
    outcome: Outcome


def carry_out(desk: Desk, at: datetime) -> list[Ended]:
    """Do all whose time is over. Any process may: each is done once, and what was taken back in between never.

    What cannot be done now stays for the next time; the first such error is raised when the others are done.
    """
    with desk.reading() as connection:
        desk.require_identity(connection)
        due = [waiting.read(row) for row in pending.every(connection, at)]
    ended, failed = list[Ended](), list[Exception]()
    for each in due:
        try:
            ended += _carried_out(desk, each, at)
        except Exception as error:  # noqa: BLE001 - one that fails must not keep the others from being done
            failed.append(error)
    if any(each.waiting.kind is Kind.ERASE for each in ended):
        publish.publish_due(desk, at)
    if failed:
        raise failed[0]
    return ended


def _carried_out(desk: Desk, each: Waiting, at: datetime) -> list[Ended]:
    def claim(connection: Connection) -> None:
        waiting.waits(connection, each.seq)
        pending.end(connection, each.seq, Outcome.DONE, at)

    try:
        _ACTS[each.kind](desk, each, claim, at)
    except IssuerError as error:
        if error.code == "waiting.unknown":
            return []  # another process did it, or it was taken back
        if error.code not in _PAST:
            raise
        return _given_up(desk, each, at)
    return [Ended(each, Outcome.DONE)]


def _given_up(desk: Desk, each: Waiting, at: datetime) -> list[Ended]:
    kind = waiting.ENDED[each.kind, Outcome.IMPOSSIBLE]
    with desk.writing(at) as connection:
        waiting.give_up(connection, each.seq, each.person, each.kind, Outcome.IMPOSSIBLE, at)
        events.append(connection, kind, at=at, subject=each.person, decision_ref=REFERENCE)
    return [Ended(each, Outcome.IMPOSSIBLE)]


def _erase(desk: Desk, each: Waiting, claim: First, at: datetime) -> None:
    erase.erase_person(desk, each.person, reference=REFERENCE, at=at, first=claim)


def _forget(desk: Desk, each: Waiting, claim: First, at: datetime) -> None:
    erase.forget_contact_of(desk, each.person, reference=REFERENCE, at=at, first=claim)


def _score(desk: Desk, each: Waiting, claim: First, at: datetime) -> None:
    consents.set_score(desk, each.person, each.public_id or "", shown=bool(each.given), at=at, first=claim)


def _renew(desk: Desk, each: Waiting, claim: First, at: datetime) -> None:
    """The link that was renewed ends."""
    with desk.writing(at) as connection:
        link = waiting.waits(connection, each.seq).link
        claim(connection)
        access.end_by_digest(connection, link, at)
        events.append(connection, EventType.LINK_RENEWED, at=at, subject=each.person)


_ACTS: Final[Mapping[Kind, Callable[[Desk, Waiting, First, datetime], None]]] = {
    Kind.ERASE: _erase,
    Kind.FORGET_CONTACT: _forget,
    Kind.SCORE: _score,
    Kind.RENEW: _renew,
}
