"""Do again what published lists and the ledger of erasures say was done: withdraw, suspend, reinstate, erase."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from ..credential import StatusEntry
from ..recovery import SUSPENSION as SUSPENSION_REASON
from ..recovery import WITHDRAWAL, Owner, weigh
from ..register import awards, events, persons, records, recovered, statuses, suspensions
from ..register.eventtypes import EventType
from .awarded import find
from .erase import Ledger, erase_rows, forget_person
from .lists import SUSPENSION
from .revoke import withdraw

REFERENCE: Final = "certify-repair"
"""Stands where the reference of a decision would: that one is lost with the register."""
DECIDE_WITHIN: Final = timedelta(days=14)
"""How long staff have to find out why an award was suspended; then it is listed as overdue."""


def withdrawals(connection: Connection, published: Iterable[StatusEntry], at: datetime) -> tuple[list[str], int, int]:
    """Set what published revocation lists set; the awards withdrawn by it, other bits set, bits of nobody known."""
    owners = recovered.owners(connection)
    told = weigh(published, owners)
    done = [public_id for award_id in told.ended if (public_id := _withdraw(connection, award_id, at))]
    for entry in told.bits:
        recovered.set_bit(connection, entry, at)
    return done, sum(not owners[entry].is_newest for entry in told.bits), _orphans(connection, told.orphans)


def _withdraw(connection: Connection, award_id: str, at: datetime) -> str | None:
    awarded = find(connection, awards.find_by_id(connection, award_id).public_id)
    if awarded.row.withdrawn_at is not None:
        return None
    withdraw(connection, awarded, reason=WITHDRAWAL, reference=REFERENCE, at=at)
    return str(awarded.row.public_id)


def suspended(connection: Connection, published: Iterable[StatusEntry], at: datetime) -> tuple[list[str], int]:
    """Set what published suspension lists set; the awards suspended by it until staff decide, bits of nobody known."""
    told = weigh(published, recovered.owners(connection))
    done = [public_id for award_id in told.ended if (public_id := _suspend(connection, award_id, at))]
    for entry in told.bits:
        recovered.set_bit(connection, entry, at)
    return done, _orphans(connection, told.orphans)


def _suspend(connection: Connection, award_id: str, at: datetime) -> str | None:
    awarded = find(connection, awards.find_by_id(connection, award_id).public_id)
    if awarded.row.withdrawn_at is not None or awarded.suspension is not None:
        return None
    suspensions.begin(connection, award_id, SUSPENSION_REASON, since=at, due=at + DECIDE_WITHIN)
    statuses.set_bits(connection, award_id, SUSPENSION, at)
    _note(connection, EventType.SUSPENDED, award_id, at)
    return str(awarded.row.public_id)


def lifted(connection: Connection, newer: Mapping[tuple[str, int], frozenset[StatusEntry]], at: datetime) -> list[str]:
    """End the suspensions that a list newer than the register's no longer shows; `newer`: its set entries by list."""
    done: list[str] = []
    for entry, owner in recovered.owners(connection).items():
        shown = newer.get((entry.purpose, entry.list_number))
        if shown is not None and entry not in shown and _is_suspended(connection, entry, owner):
            suspensions.end(connection, owner.award_id, at)
            statuses.clear_bits(connection, owner.award_id, SUSPENSION, at)
            _note(connection, EventType.REINSTATED, owner.award_id, at)
            done.append(str(awards.find_by_id(connection, owner.award_id).public_id))
    return done


def _is_suspended(connection: Connection, entry: StatusEntry, owner: Owner) -> bool:
    mine = entry.purpose == SUSPENSION and owner.is_set and owner.is_newest
    return mine and suspensions.standing(connection, owner.award_id) is not None


def erasures(connection: Connection, ledger: Ledger, at: datetime) -> list[str]:
    """Erase again every award and person that the ledger names and that is back; the public ids of awards."""
    rows = [row for award_id in ledger.awards if (row := awards.get(connection, award_id)) and row.erased_at is None]
    erase_rows(connection, rows, reference=REFERENCE, at=at)
    back = [key for key in ledger.persons if persons.candidates(connection, key)]
    for person in dict.fromkeys([*(row.person_id for row in rows), *back]):
        if all(row.erased_at is not None for row in awards.of_person(connection, person)):
            forget_person(connection, person, at)
            events.append(connection, EventType.PERSON_ERASED, at=at, subject=person, decision_ref=REFERENCE)
    for row in rows:
        records.erase_one(connection, row.result_seq)
    return [row.public_id for row in rows]


def _orphans(connection: Connection, entries: Iterable[StatusEntry]) -> int:
    return sum(recovered.add_orphan(connection, entry) for entry in entries)


def _note(connection: Connection, kind: EventType, award_id: str, at: datetime) -> None:
    events.append(connection, kind, at=at, award_id=award_id, decision_ref=REFERENCE)
