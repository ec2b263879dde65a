"""Find people and credentials by a public id, a person's key, a candidate id, an address, or a part of a name."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from verifier.format.timestamp import format_seconds

from .. import publicid
from ..register import awards, people, persons, search
from .awarded import find
from .desk import Desk
from .supersede import holder_name

SCANNED: Final = 5_000
"""Credentials, and records, that are read for a name, newest first: names have no column, and this takes a second."""
MIN_NAME: Final = 2
"""Characters: a single one is in nearly every name."""
MAX_FOUND: Final = 100
"""Persons of one answer: whoever finds more has to ask more closely."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A credential of somebody who was found."""

    public_id: str
    credential: str
    state: str
    awarded: str


@dataclass(frozen=True, slots=True)
class Match:
    """A person who was found: every name that was given for them, and what they have; `records`: (id, state)."""

    person: str
    names: tuple[str, ...]
    emails: tuple[str, ...]
    holdings: tuple[Holding, ...]
    records: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer. `partial`: there is more than what was read for names; `cut`: more persons than are told."""

    matches: tuple[Match, ...]
    partial: bool
    cut: bool


def search_for(desk: Desk, term: str, at: datetime) -> Found:
    """Whoever fits `term`. Nobody fits an empty one."""
    wanted = unicodedata.normalize("NFC", term.strip())
    if not wanted:
        return Found((), partial=False, cut=False)
    with desk.reading() as connection:
        named = _named(connection, wanted) if len(wanted) >= MIN_NAME else []
        keys = dict.fromkeys([*_exactly(connection, wanted), *named])
        told = list(keys)[:MAX_FOUND]
        matches = tuple(_match(connection, key, at) for key in told)
        return Found(matches, partial=search.size(connection) > SCANNED, cut=len(keys) > len(told))


def _exactly(connection: Connection, term: str) -> list[str]:
    award = awards.find(connection, publicid.normalize(term) or term)
    person = persons.find(connection, term.lower())
    found = [award.person_id] if award else []
    found += [person.merged_into or person.id] if person else []
    return [*found, *search.persons_by_candidate(connection, term), *search.persons_by_email(connection, term)]


def _named(connection: Connection, term: str) -> list[str]:
    """The persons with a name that holds the term, in capitals or not."""
    wanted = term.casefold()
    credentials = search.newest_credentials(connection, SCANNED)
    records = search.newest_records(connection, SCANNED)
    names = [(row.person_id, holder_name(row)) for row in credentials] + [
        (row.person_id, _given(row)) for row in records
    ]
    return [key for key, name in names if key and wanted in name.casefold()]


def _given(record: Row[Any]) -> str:
    """The name in a record that is kept."""
    return str(json.loads(record.raw)["candidate"]["displayName"])


def _match(connection: Connection, key: str, at: datetime) -> Match:
    rows = awards.of_person(connection, key)
    every = [find(connection, row.public_id) for row in rows]
    records = search.records_of(connection, key)
    names = [holder_name(each.newest) for each in every] + [_given(row) for row in records if row.raw]
    holdings = tuple(
        Holding(each.row.public_id, each.row.credential, str(each.state(at)), format_seconds(each.row.awarded))
        for each in every
    )
    return Match(
        key,
        tuple(dict.fromkeys(name for name in names if name)),
        people.emails(connection, key),
        holdings,
        tuple((row.result_id, row.state) for row in records),
    )
