"""What a holder asks for through their link and nobody could bring back: it waits, and can be taken back until then.

Whoever has a link may not be its holder. So an erasure, the deletion of addresses, a change of what the credential
says and a renewal of the link itself wait for the time that the configuration names; `due` does them then.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row

from ..errors import IssuerError
from ..reasons import reference as checked
from ..register import access, events, notices, pending
from ..register.eventtypes import EventType
from . import consents, links
from .consents import REFERENCE
from .desk import Desk
from .links import Link

DROPPED_NOTICE: Final = "taken-back"
"""The kind of the notice that staff have taken something back."""


class Kind(StrEnum):
    """What waits."""

    ERASE = "erase"
    FORGET_CONTACT = "forget-contact"
    SCORE = "score"
    RENEW = links.RENEW


class Outcome(StrEnum):
    """What became of it. `impossible`: what it was about had changed meanwhile."""

    DONE = "done"
    TAKEN_BACK = "taken-back"
    DROPPED = pending.DROPPED
    IMPOSSIBLE = "impossible"


_ASKED: Final = {
    Kind.ERASE: EventType.ERASE_ASKED,
    Kind.FORGET_CONTACT: EventType.FORGET_CONTACT_ASKED,
    Kind.SCORE: EventType.SCORE_ASKED,
    Kind.RENEW: EventType.RENEW_ASKED,
}
ENDED: Final = {
    (Kind.ERASE, Outcome.TAKEN_BACK): EventType.ERASE_TAKEN_BACK,
    (Kind.ERASE, Outcome.DROPPED): EventType.ERASE_DROPPED,
    (Kind.ERASE, Outcome.IMPOSSIBLE): EventType.ERASE_IMPOSSIBLE,
    (Kind.FORGET_CONTACT, Outcome.TAKEN_BACK): EventType.FORGET_CONTACT_TAKEN_BACK,
    (Kind.FORGET_CONTACT, Outcome.DROPPED): EventType.FORGET_CONTACT_DROPPED,
    (Kind.FORGET_CONTACT, Outcome.IMPOSSIBLE): EventType.FORGET_CONTACT_IMPOSSIBLE,
    (Kind.SCORE, Outcome.TAKEN_BACK): EventType.SCORE_TAKEN_BACK,
    (Kind.SCORE, Outcome.DROPPED): EventType.SCORE_DROPPED,
    (Kind.SCORE, Outcome.IMPOSSIBLE): EventType.SCORE_IMPOSSIBLE,
    (Kind.RENEW, Outcome.TAKEN_BACK): EventType.RENEW_TAKEN_BACK,
    (Kind.RENEW, Outcome.DROPPED): EventType.RENEW_DROPPED,
    (Kind.RENEW, Outcome.IMPOSSIBLE): EventType.RENEW_IMPOSSIBLE,
}
"""What is logged of one that was not done; what was done has the event of its act."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One that waits. `public_id` and `given` are of a score that shall stand in a credential, or no longer."""

    seq: int
    person: str
    kind: Kind
    public_id: str | None
    given: bool | None
    at: datetime
    due: datetime


def ask(desk: Desk, link: Link, kind: Kind, at: datetime) -> None:
    """Ask for an erasure or the deletion of the addresses; asked for twice it waits once. As `links.acting`."""
    with links.acting(desk, link, at) as (connection, holder):
        _note(desk, connection, holder, kind, at)


def ask_for_score(desk: Desk, link: Link, public_id: str, *, shown: bool, at: datetime) -> None:
    """Ask for the score in a credential, or for its removal. Raises as `consents.set_score` and `links.acting`."""
    with links.acting(desk, link, at) as (connection, holder):
        if consents.changes_score(connection, holder.person, public_id, shown=shown, at=at):
            _note(desk, connection, holder, Kind.SCORE, at, public_id=public_id, given=shown)


def renew(desk: Desk, link: Link, at: datetime) -> str:
    """A new secret for the person. The one that was used opens nothing from now on but the way back, and then ends.

    Raises IssuerError `link.renewed` while an earlier renewal can be taken back, and as `links.acting`.
    """
    with links.acting(desk, link, at) as (connection, holder):
        earlier = [row for row in pending.of_person(connection, holder.person) if row.kind == Kind.RENEW]
        if earlier:
            raise IssuerError(
                "link.renewed",
                "Your link was renewed a short time ago, and the old one can still take that back. Wait until it has "
                "ended; if somebody else has your link now, write to us: we can end it at once.",
            )
        _note(desk, connection, holder, Kind.RENEW, at)
        return links.further(connection, holder.person, link.key, at)


def _note(
    desk: Desk,
    connection: Connection,
    holder: links.Bearer,
    kind: Kind,
    at: datetime,
    *,
    public_id: str | None = None,
    given: bool | None = None,
) -> None:
    asked = {(row.kind, row.public_id) for row in pending.of_person(connection, holder.person)}
    if (kind, public_id) in asked:
        return
    due = at + desk.config.wait
    pending.add(connection, holder.person, kind, link=holder.digest, at=at, due=due, public_id=public_id, given=given)
    notices.add(connection, holder.person, kind, at=at, due=due)
    events.append(
        connection,
        _ASKED[kind],
        at=at,
        subject=holder.person,
        decision_ref=REFERENCE,
        effective_at=due,
    )


def take_back(desk: Desk, link: Link, seq: int, at: datetime) -> None:
    """Take one back. Raises IssuerError `waiting.unknown` when it does not wait, and as `links.acting`."""
    with links.acting(desk, link, at) as (connection, holder):
        row = waits(connection, seq)
        if row.person_id != holder.person or row.kind == Kind.RENEW:
            raise _unknown(seq)
        _take_back(connection, row, Outcome.TAKEN_BACK, at, reference=REFERENCE)


def take_all_back(desk: Desk, link: Link, at: datetime) -> None:
    """Through a link that was renewed: it is the link again, every newer one ends, and nothing waits any more.

    Raises IssuerError `link.ended` for any other link.
    """
    with desk.writing(at) as connection:
        holder = links.bearer(connection, link, at)
        if holder is None or holder.until is None:
            raise links.ended()
        for row in pending.of_person(connection, holder.person):
            _take_back(connection, row, Outcome.TAKEN_BACK, at, reference=REFERENCE)


def drop(desk: Desk, seq: int, *, reference: str, at: datetime) -> Waiting:
    """Staff take one back, and its holder is told. Raises IssuerError `waiting.unknown` or `decision.reference`."""
    checked(reference)
    with desk.writing(at) as connection:
        row = waits(connection, seq)
        _take_back(connection, row, Outcome.DROPPED, at, reference=reference)
        notices.add(connection, row.person_id, DROPPED_NOTICE, at=at)
    return read(row)


def _take_back(connection: Connection, row: Row[Any], outcome: Outcome, at: datetime, *, reference: str) -> None:
    """Whoever renewed the link loses the new one, and everything else stays as it is."""
    give_up(connection, row.seq, row.person_id, row.kind, outcome, at)
    if row.kind == Kind.RENEW:
        access.end_links(connection, row.person_id, at, but=row.link)
    kind = ENDED[Kind(row.kind), outcome]
    events.append(connection, kind, at=at, subject=row.person_id, decision_ref=reference)


def give_up(connection: Connection, seq: int, person: str, kind: str, outcome: Outcome, at: datetime) -> None:
    """It will not happen, and no letter says so any more."""
    pending.end(connection, seq, outcome, at)
    notices.withdraw(connection, person, kind)


def listed(desk: Desk) -> list[Waiting]:
    """All that waits, in the order in which it is due."""
    with desk.reading() as connection:
        return [read(row) for row in pending.every(connection)]


def of_person(connection: Connection, person: str) -> tuple[Waiting, ...]:
    """All that waits for one person."""
    return tuple(read(row) for row in pending.of_person(connection, person))


def waits(connection: Connection, seq: int) -> Row[Any]:
    """One that waits still. Raises IssuerError `waiting.unknown`."""
    row = pending.find(connection, seq)
    if row is None:
        raise _unknown(seq)
    return row


def _unknown(seq: int) -> IssuerError:
    return IssuerError("waiting.unknown", f"Nothing waits under the number {seq}: it was done, or taken back before.")


def read(row: Row[Any]) -> Waiting:
    """As the register has it."""
    return Waiting(row.seq, row.person_id, Kind(row.kind), row.public_id, row.given, row.at, row.due)
