"""The event chain: what was done, in order, and whether anybody has changed it since."""

from dataclasses import dataclass

from verifier.format.types import JsonObject

from ..register import events
from .awarded import find
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Log:
    """`events` as they are sealed, oldest first; `broken_at`: the first event of the whole chain that does not fit."""

    events: tuple[JsonObject, ...]
    broken_at: int | None


def read(desk: Desk, public_id: str | None = None) -> Log:
    """All events, or those of one award. The whole chain is verified either way. Raises IssuerError `award.unknown`."""
    with desk.reading() as connection:
        award_id = find(connection, public_id).row.id if public_id else None
        rows = events.history(connection, award_id)
        return Log(tuple(events.sealed(row._asdict()) for row in rows), events.broken_at(connection))
