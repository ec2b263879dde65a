"""What one person has here, for that person alone: credentials, results with their diagnostic, open requests."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from ..catalog import Domain
from ..deliver.qr import Code, Form
from ..errors import IssuerError
from ..lifecycle import REFUSED, Act, State
from ..register import access, awards, events, people, persons, records, requests
from ..register.eventtypes import EventType
from ..results import DomainScore, RecordState, read_record
from . import links, qr
from .access import LINK
from .awarded import Awarded, find
from .consents import is_listed, own, record_of, shows_score
from .desk import Desk
from .issue import file_name
from .persons import current
from .supersede import holder_name

_TOLD: Final = (RecordState.ACCEPTED, RecordState.FAILED)
"""Of a held record nothing is told but that it waits: it may turn out to be another person's."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision that was issued. `files`: (format, file name) of each rendering."""

    number: int
    valid_from: datetime
    cause: str | None
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """One credential. `title` is as it was signed; `revisions` are newest first; `reason` is for the holder alone.

    `qr`: what a QR code of it can hold; None where no file is.
    """

    public_id: str
    code: str
    title: str
    state: State
    awarded: datetime
    valid_until: datetime
    reason: str | None
    listed: bool
    score: bool
    score_may_change: bool
    revisions: tuple[Revision, ...]
    qr: Form | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How one domain went, and the catalogue's domain, which knows what to study next."""

    domain: Domain
    correct: int

    @property
    def is_full(self) -> bool:
        return self.correct == self.domain.questions


@dataclass(frozen=True, slots=True)
class Sitting:
    """One result; `diagnosis` is weakest first, and empty while it waits for a decision."""

    name: str
    state: RecordState
    taken: datetime
    score: int
    questions: int
    mark: int
    diagnosis: tuple[Diagnosis, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person; `wishes`: names as they have asked them to read, still open."""

    key: str
    name: str
    has_contact: bool
    holdings: tuple[Holding, ...]
    sittings: tuple[Sitting, ...]
    wishes: tuple[str, ...]


def of_link(desk: Desk, token: str, at: datetime) -> str | None:
    """The key of the person whose link this is; None for every other secret, and when the person was erased."""
    with desk.reading() as connection:
        row = access.find_secret(connection, token, LINK, at)
        if row is None:
            return None
        key = current(connection, row.subject)
        return key if persons.candidates(connection, key) else None


def renew_link(desk: Desk, person: str, token: str, key: bytes, at: datetime) -> str:
    """A new secret for the person; the one that was used, and every other of theirs, ends."""
    with desk.writing(at) as connection:
        access.end_secret(connection, token, at)
        new = links.renewed(connection, person, key, at)
        events.append(connection, EventType.LINK_RENEWED, at=at, subject=person)
    return new


def show(desk: Desk, person: str, at: datetime) -> Candidate:
    """All of it."""
    with desk.reading() as connection:
        found = [find(connection, row.public_id) for row in awards.of_person(connection, person)]
        results = [row for row in records.of_person(connection, person) if row.raw is not None]
        return Candidate(
            person,
            _name(found, results),
            bool(people.emails(connection, person)),
            tuple(_holding(desk, connection, each, at) for each in reversed(found)),
            tuple(_sitting(desk, row) for row in results),
            tuple(row.text for row in requests.of_person(connection, person)),
        )


def _name(found: list[Awarded], results: list[Row[Any]]) -> str:
    """As the newest credential bears it, which may have been corrected; else as the platform sent it."""
    signed = holder_name(found[-1].newest) if found else ""
    return signed or (read_record(results[0].raw).candidate.display_name if results else "")


def rendering(desk: Desk, person: str, public_id: str, name: str) -> tuple[str, bytes]:
    """The format and the bytes of one file, as stored.

    Raises IssuerError `award.unknown` for whatever is not this person's.
    """
    with desk.reading() as connection:
        awarded = own(connection, person, public_id)
        for number in (revision.number for revision in awarded.revisions):
            for each in awards.renderings(connection, awarded.row.id, number):
                if file_name(awarded.row.public_id, number, each.format) == name:
                    return each.format, each.content
    raise IssuerError("award.unknown", "There is no such file here.")


def qr_code(desk: Desk, person: str, public_id: str, *, number_only: bool) -> Code:
    """The QR code of one credential as it is now; raises IssuerError `award.unknown` for whatever is not there."""
    with desk.reading() as connection:
        found = qr.of_award(desk, connection, own(connection, person, public_id), number_only=number_only)
    if found is None:
        raise IssuerError("award.unknown", "There is no such file here.")
    return found


def _holding(desk: Desk, connection: Connection, awarded: Awarded, at: datetime) -> Holding:
    row, state = awarded.row, awarded.state(at)
    newest = json.loads(awarded.newest.credential)
    code = qr.of_award(desk, connection, awarded)
    return Holding(
        row.public_id,
        row.credential,
        newest.get("name") or desk.catalog.achievements[row.blueprint]["name"],
        state,
        row.awarded,
        row.valid_until,
        row.withdrawn_reason or (awarded.suspension.reason if awarded.suspension else None),
        listed=is_listed(connection, row),
        score=shows_score(awarded),
        score_may_change=state not in REFUSED[Act.SUPERSEDE] and record_of(connection, row) is not None,
        revisions=tuple(_revision(connection, awarded, each) for each in reversed(awarded.revisions) if each.issued_at),
        qr=code.form if code else None,
    )


def _revision(connection: Connection, awarded: Awarded, row: Row[Any]) -> Revision:
    formats = [each.format for each in awards.renderings(connection, row.award_id, row.number)]
    files = tuple((each, file_name(awarded.row.public_id, row.number, each)) for each in formats)
    return Revision(row.number, row.valid_from, row.cause, files)


def _sitting(desk: Desk, row: Row[Any]) -> Sitting:
    record = read_record(row.raw)
    blueprint = desk.catalog.blueprints[record.blueprint]
    state = RecordState(row.state)
    return Sitting(
        desk.catalog.achievements[blueprint.id]["name"],
        state,
        record.attempt.completed_at,
        record.overall.raw_score,
        blueprint.max_score,
        blueprint.pass_raw,
        _diagnosis(blueprint.domains, record.domains) if state in _TOLD else (),
    )


def _diagnosis(domains: tuple[Domain, ...], scores: tuple[DomainScore, ...]) -> tuple[Diagnosis, ...]:
    counts = {score.code: score.correct for score in scores}
    found = (Diagnosis(domain, counts[domain.code]) for domain in domains)
    return tuple(sorted(found, key=lambda each: each.correct / each.domain.questions))
