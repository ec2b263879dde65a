"""Enter again what the register has lost: awards and revisions, byte for byte, from their signed credentials."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from ..credential import StatusEntry
from ..recovery import Found, is_in_force_again, number_for
from ..register import awards, events, recovered, statuses
from ..register.eventtypes import EventType
from .evidence import FoundRevision, Skipped
from .lists import REVOCATION

TAKEN: Final = "recovered.taken"
ORDER: Final = "recovered.order"
ERASED: Final = "recovered.erased"


@dataclass(frozen=True, slots=True)
class Entered:
    """One revision that the register has again."""

    public_id: str
    number: int
    entries: tuple[StatusEntry, ...]


def enter(
    connection: Connection, revisions: Iterable[FoundRevision], withdrawn: frozenset[StatusEntry], at: datetime
) -> tuple[list[Entered], list[Skipped], list[str]]:
    """Enter what is missing, oldest first; what was left out; and awards that a found revision puts in force again.

    `withdrawn`: the status entries that the published lists set.
    """
    entered: list[Entered] = []
    skipped: list[Skipped] = []
    again: list[str] = []
    for each in revisions:
        done = _enter(connection, each, at)
        if isinstance(done, str):
            skipped += [Skipped(str(path), done) for path in each.paths]
        elif done is not None:
            entered.append(done)
            if _restored(connection, each.found, withdrawn, at):
                again.append(done.public_id)
    return entered, skipped, again


def _enter(connection: Connection, each: FoundRevision, at: datetime) -> Entered | str | None:
    """What was entered; the code of why it cannot be; None when nothing was missing."""
    found = each.found
    standing = awards.find(connection, found.award.public_id)
    known = awards.revisions(connection, found.award.id)
    if standing is not None and standing.erased_at is not None:
        return ERASED
    if (standing is None) != (not known) or (standing is not None and standing.id != found.award.id):
        return TAKEN
    same = next((row for row in known if row.valid_from == found.valid_from), None)
    if same is not None:
        return _finish(connection, each, same, at)
    number = number_for({row.number: row.valid_from for row in known}, found.valid_from, each.hint)
    if number is None:
        return ORDER
    if any(recovered.owner_of(connection, entry) for entry in found.entries):
        return TAKEN
    if standing is None:
        recovered.add(connection, found, at)
    awards.plan(connection, found.award.id, number, found.credential, found.valid_from)
    for entry in found.entries:
        recovered.add_entry(connection, entry, found.award.id, number)
    return _store(connection, each, number, at)


def _finish(connection: Connection, each: FoundRevision, row: Row[Any], at: datetime) -> Entered | None:
    """A revision that was only planned when the backup was made: it takes the signature that the holder has."""
    return _store(connection, each, row.number, at) if row.issued_at is None else None


def _store(connection: Connection, each: FoundRevision, number: int, at: datetime) -> Entered:
    found, award_id = each.found, each.found.award.id
    awards.finish(connection, award_id, number, tuple(each.renderings.values()), found.valid_from)
    recovered.deliver(connection, award_id, number, found.valid_from)
    events.append(connection, EventType.RECOVERED, at=at, award_id=award_id, revision=number)
    # What is out of the house has replaced those before it, also when that was not published any more.
    statuses.set_bits_before(connection, award_id, number, REVOCATION, at)
    return Entered(found.award.public_id, number, found.entries)


def _restored(connection: Connection, found: Found, withdrawn: frozenset[StatusEntry], at: datetime) -> bool:
    """Take a withdrawal back that the newest revision of an award shows to be overturned, and say whether one was.

    Where none is to be taken back, a withdrawn award has the bits of all of its revisions set.
    """
    award = awards.find_by_id(connection, found.award.id)
    if awards.revisions(connection, award.id)[-1].valid_from != found.valid_from:
        return False
    is_set = any(entry in withdrawn for entry in found.entries if entry.purpose == REVOCATION)
    if is_in_force_again(
        found.valid_from, is_set=is_set, withdrawn_at=award.withdrawn_at, reason=award.withdrawn_reason
    ):
        awards.restore(connection, award.id)
        events.append(connection, EventType.IN_FORCE_AGAIN, at=at, award_id=award.id)
        return True
    if award.withdrawn_at is not None:
        statuses.set_bits(connection, award.id, REVOCATION, at)
    return False
