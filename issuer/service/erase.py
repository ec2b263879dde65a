"""The two acts of a holder on personal data: withdraw and erase everything, or delete the contact data alone.

Both concern a person, whichever of its awards is named. Events, decisions and tombstones hold ids, codes, references
and times alone, so the history stays whole.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row

from keys import durable
from verifier.format.errors import FormatError
from verifier.format.strictjson import load_object
from verifier.format.timestamp import format_seconds, parse

from ..errors import IssuerError
from ..lifecycle import Act, State
from ..reasons import reference as checked
from ..register import access, awards, events, pending, people, persons, records, requests
from ..register.eventtypes import EventType
from . import traces
from .awarded import find
from .desk import Desk, First, nothing_first
from .revoke import withdraw

REASON: Final = "holder-request"
LEDGER: Final = "erasures.jsonl"
"""Beside the register, so that a restored backup can be told again what must not come back."""
_AWARD, _PERSON = "awardId", "personId"
_OWNER_FILE: Final = 0o600


@dataclass(frozen=True, slots=True)
class Erased:
    """The awards that are tombstones now, and whether traces of what was deleted are left in the database's files."""

    public_ids: tuple[str, ...]
    traces_left: bool


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The award whose holder's contact data was deleted, and whether traces are left, as above."""

    public_id: str
    traces_left: bool


def erase(
    desk: Desk,
    public_id: str,
    *,
    reference: str,
    whole_person: bool,
    at: datetime,
    seconds: float | None = None,
) -> Erased:
    """Withdraw every award of the person who holds this one, and delete all that names them.

    `seconds`: for the files of the database, at most, as `traces.clear` has it.
    Raises IssuerError `erase.others` when the person has further awards and `whole_person` is not set.
    """
    checked(reference)
    with desk.writing(at) as connection:
        named = find(connection, public_id)
        named.require(Act.ERASE, at)
        rows = awards.of_person(connection, named.row.person_id)
        others = [row.public_id for row in rows if row.id != named.row.id and row.erased_at is None]
        if others and not whole_person:
            raise IssuerError(
                "erase.others",
                f"The same person also holds {', '.join(others)}, which would be withdrawn and erased too. If that is "
                "what they ask for, run it again with --whole-person.",
            )
        _note(desk, connection, named.row.person_id, rows, at)
        erase_rows(connection, rows, reference=reference, at=at)
        forget_person(connection, named.row.person_id, at)
    return Erased(tuple(row.public_id for row in rows), not traces.clear(desk, seconds))


def erase_person(
    desk: Desk,
    person: str,
    *,
    reference: str,
    at: datetime,
    seconds: float | None = None,
    first: First = nothing_first,
) -> Erased:
    """The same for a person by key, who may hold nothing but results. `first` is asked in the same transaction."""
    checked(reference)
    with desk.writing(at) as connection:
        first(connection)
        rows = awards.of_person(connection, person)
        _note(desk, connection, person, rows, at)
        erase_rows(connection, rows, reference=reference, at=at)
        forget_person(connection, person, at)
        events.append(connection, EventType.PERSON_ERASED, at=at, subject=person, decision_ref=reference)
    return Erased(tuple(row.public_id for row in rows), not traces.clear(desk, seconds))


def forget_person(connection: Connection, person: str, at: datetime) -> None:
    """Who the person is, what their records say, what they asked for; their link opens nothing from now on."""
    persons.erase(connection, person)
    records.erase_of_person(connection, person)
    requests.erase_of_person(connection, person)
    pending.end_of_person(connection, person, pending.DROPPED, at)
    access.end_links(connection, person, at)
    traces.note(connection, at)


def erase_rows(connection: Connection, rows: Iterable[Row[Any]], *, reference: str, at: datetime) -> None:
    """Withdraw and erase these awards inside of a transaction; what was erased before is left as it is."""
    for row in rows:
        awarded = find(connection, row.public_id)
        if awarded.state(at) is State.ERASED:
            continue
        if awarded.row.withdrawn_at is None:
            withdraw(connection, awarded, reason=REASON, reference=reference, at=at)
        awards.erase(connection, awarded.row.id, at)
        events.append(connection, EventType.ERASED, at=at, award_id=row.id, decision_ref=reference)


def _note(desk: Desk, connection: Connection, person: str, rows: list[Row[Any]], at: datetime) -> None:
    """Before the act: what is in the ledger and was not done is done by the next repair, never the other way."""
    path = desk.config.home / LEDGER
    who = [{_AWARD: row.id} for row in rows]
    who += [{_PERSON: key} for key in persons.all_keys(connection, person)]
    lines = [json.dumps({**each, "at": format_seconds(at)}) + "\n" for each in who]
    before = path.read_bytes() if path.exists() else b""
    durable.replace(path, before + "".join(lines).encode(), mode=_OWNER_FILE)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was erased, or is to be, and when: awards and persons by their ids. None of them is ever given again."""

    awards: Mapping[str, datetime]
    persons: Mapping[str, datetime]


def ledger(home: Path) -> Ledger:
    """What the file says; raises IssuerError `repair.ledger`."""
    path = home / LEDGER
    found: dict[str, dict[str, datetime]] = {_AWARD: {}, _PERSON: {}}
    try:
        for line in path.read_bytes().splitlines() if path.exists() else []:
            value = load_object(line)
            kind = _PERSON if _PERSON in value else _AWARD
            found[kind][str(value[kind])] = parse(str(value["at"]))
        return Ledger(found[_AWARD], found[_PERSON])
    except (FormatError, KeyError):
        raise IssuerError(
            "repair.ledger", f"{path} is damaged: what was erased could come back. Restore it. Nothing was changed."
        ) from None


def forget_contact(
    desk: Desk, public_id: str, *, reference: str, at: datetime, seconds: float | None = None
) -> Forgotten:
    """Delete the e-mail addresses of the person who holds this award; the credential stays as it is."""
    checked(reference)
    with desk.writing(at) as connection:
        awarded = find(connection, public_id)
        awarded.require(Act.FORGET_CONTACT, at)
        people.forget_emails(connection, awarded.row.person_id)
        records.forget_emails(connection, awarded.row.person_id)
        traces.note(connection, at)
        events.append(
            connection,
            EventType.CONTACT_DELETED,
            at=at,
            award_id=awarded.row.id,
            decision_ref=reference,
        )
    return Forgotten(str(awarded.row.public_id), not traces.clear(desk, seconds))


def forget_contact_of(
    desk: Desk,
    person: str,
    *,
    reference: str,
    at: datetime,
    seconds: float | None = None,
    first: First = nothing_first,
) -> bool:
    """The same for a person by key, who may hold nothing but results; whether traces are left. `first`: as above."""
    checked(reference)
    with desk.writing(at) as connection:
        first(connection)
        people.forget_emails(connection, person)
        records.forget_emails(connection, person)
        traces.note(connection, at)
        events.append(connection, EventType.CONTACT_DELETED, at=at, subject=person, decision_ref=reference)
    return not traces.clear(desk, seconds)
