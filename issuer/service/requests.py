"""What candidates ask staff for: noted, listed, and closed when it is answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..errors import IssuerError
from ..reasons import reference as checked
from ..register import awards, events, requests
from ..register.eventtypes import EventType
from ..results import name_fault, tidy
from . import links
from .desk import Desk
from .links import Link

NAME: Final = "name"
MAX_OPEN: Final = 3
"""Open requests of one person: enough to correct oneself, too few to fill the register."""


@dataclass(frozen=True, slots=True)
class Request:
    """One that is open. `public_ids`: what the person holds. `text` is theirs, as they typed it."""

    seq: int
    person: str
    public_ids: tuple[str, ...]
    kind: str
    text: str
    at: datetime


def ask_for_name(desk: Desk, link: Link, name: str, at: datetime) -> None:
    """Note the name as it should read. Raises IssuerError `candidate.name` or `request.many`, or as `links.acting`."""
    wanted = tidy(name)
    if unfit := name_fault(wanted):
        raise IssuerError(unfit.code, unfit.detail)
    with links.acting(desk, link, at) as (connection, holder):
        if len(requests.of_person(connection, holder.person)) >= MAX_OPEN:
            raise IssuerError("request.many", f"{MAX_OPEN} requests are open already. Wait until they are answered.")
        requests.add(connection, holder.person, NAME, wanted, at)
        events.append(connection, EventType.REQUESTED, at=at, subject=holder.person)


def waiting(desk: Desk) -> list[Request]:
    """Every open request, oldest first."""
    with desk.reading() as connection:
        return [
            Request(
                row.seq,
                row.person_id,
                tuple(award.public_id for award in awards.of_person(connection, row.person_id)),
                row.kind,
                row.text,
                row.at,
            )
            for row in requests.waiting(connection)
        ]


def close(desk: Desk, seq: int, *, reference: str, at: datetime) -> str:
    """A request is answered, in whichever way; the answer is the person's key. Raises IssuerError `request.unknown`."""
    checked(reference)
    with desk.writing(at) as connection:
        row = requests.find(connection, seq)
        if row is None:
            raise IssuerError("request.unknown", f"There is no open request {seq}. See certify person requests.")
        requests.close(connection, seq, at)
        events.append(connection, EventType.REQUEST_CLOSED, at=at, subject=row.person_id, decision_ref=reference)
    return str(row.person_id)
