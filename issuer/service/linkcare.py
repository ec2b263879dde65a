"""What staff do about a candidate's link: look, end it, make a new one; and all secrets that a restore has to end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ..errors import IssuerError
from ..reasons import reference as checked
from ..register import access, events, notices, pending, persons
from ..register.eventtypes import EventType
from . import handout, links, servicekey, waiting
from .access import LINK
from .desk import Desk
from .persons import current as person_now
from .waiting import Kind, Outcome, Waiting

ENDED_NOTICE: Final = "link-ended"
"""The kind of the notice that a link was ended, or a new one made, by staff."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """The link of one person. `since`: of the one in use, None without one; `ended`: how many were before it."""

    person: str
    since: datetime | None
    ended: int
    waits: tuple[Waiting, ...]

    @property
    def renewed_until(self) -> datetime | None:
        """Until when the link before this one can take its renewal back."""
        return next((each.due for each in self.waits if each.kind is Kind.RENEW), None)


def show(desk: Desk, name: str) -> LinkState:
    """That of the person with this key, or who holds this credential. Raises IssuerError `person.unknown`."""
    with desk.reading() as connection:
        person = person_now(connection, name)
        rows = access.secrets_for(connection, LINK, person)
        living = [row.since for row in rows if row.ended_at is None]
        ended = sum(row.ended_at is not None for row in rows)
        return LinkState(person, max(living, default=None), ended, waiting.of_person(connection, person))


def end(desk: Desk, name: str, *, reference: str, at: datetime) -> str:
    """End every link of a person at once, and take back all that was asked for through them; the person's key.

    Raises IssuerError `person.unknown`, `decision.reference`, or `link.none` when there is nothing to end.
    """
    checked(reference)
    with desk.writing(at) as connection:
        person = person_now(connection, name)
        if not any(row.ended_at is None for row in access.secrets_for(connection, LINK, person)):
            raise IssuerError("link.none", "This person has no link that is in use. certify link renew makes one.")
        _end(connection, person, EventType.LINK_ENDED, reference, at)
    return person


def renew(desk: Desk, name: str, *, reference: str, at: datetime) -> str:
    """The address of a new link, told this once; all else as `end`. Raises IssuerError `link.erased`, too."""
    checked(reference)
    key = servicekey.of(desk)
    with desk.writing(at) as connection:
        person = person_now(connection, name)
        if not persons.candidates(connection, person):
            raise IssuerError("link.erased", "This person was erased: there is nothing that a link could open.")
        _end(connection, person, EventType.LINK_REPLACED, reference, at)
        return handout.address(desk.config.base_url, links.further(connection, person, key, at))


def _end(connection: Connection, person: str, kind: EventType, reference: str, at: datetime) -> None:
    access.end_links(connection, person, at)
    for row in pending.of_person(connection, person):
        waiting.give_up(connection, row.seq, person, row.kind, Outcome.DROPPED, at)
    notices.add(connection, person, ENDED_NOTICE, at=at)
    events.append(connection, kind, at=at, subject=person, decision_ref=reference)


def end_everything(connection: Connection, at: datetime) -> None:
    """In a register that is older than the last acts: end every link, session and token, and take back what waits.

    Nobody knows which of them had ended since, or were taken back. Those whom it is about can ask again.
    """
    access.end_every_secret(connection, at)
    for row in pending.every(connection):
        waiting.give_up(connection, row.seq, row.person_id, row.kind, Outcome.DROPPED, at)
        notices.add(connection, row.person_id, waiting.DROPPED_NOTICE, at=at)
