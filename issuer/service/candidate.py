"""What one person has here, for that person alone: credentials, results with their diagnostic, open requests."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from ..catalog import Domain
from ..deliver.qr import Code, Form
from ..errors import IssuerError
from ..lifecycle import REFUSED, Act, State
from ..register import awards, people, records, requests
from ..results import WHOSE, DomainScore, RecordState, read_record
from . import links, qr, waiting
from .awarded import Awarded, find
from .consents import is_listed, own, record_of, shows_score
from .desk import Desk
from .issue import file_name
from .links import Bearer, Link
from .supersede import holder_name
from .waiting import Waiting

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
    """One person; `wishes`: names as they have asked them to read, still open; `waits`: what can be taken back."""

    key: str
    name: str
    has_contact: bool
    holdings: tuple[Holding, ...]
    sittings: tuple[Sitting, ...]
    wishes: tuple[str, ...]
    waits: tuple[Waiting, ...]


def of_link(desk: Desk, link: Link, at: datetime) -> Bearer | None:
    """Whose link this is; None for every secret that opens nothing."""
    with desk.reading() as connection:
        return links.bearer(connection, link, at)


def show(desk: Desk, link: Link, at: datetime) -> Candidate:
    """All of it. Raises IssuerError `link.ended`, as everything here."""
    with desk.reading() as connection:
        person = links.require(connection, link, at).person
        found = [find(connection, row.public_id) for row in awards.of_person(connection, person)]
        results = [row for row in records.of_person(connection, person) if row.raw is not None]
        return Candidate(
            person,
            _name(found, results),
            bool(people.emails(connection, person)),
            tuple(_holding(desk, connection, each, at) for each in reversed(found)),
            tuple(_sitting(desk, row) for row in results),
            tuple(row.text for row in requests.of_person(connection, person)),
            waiting.of_person(connection, person),
        )


def _name(found: list[Awarded], results: list[Row[Any]]) -> str:
    """As the newest credential bears it, which may have been corrected; else as a record that is surely theirs."""
    signed = holder_name(found[-1].newest) if found else ""
    theirs = (row.raw for row in results if not WHOSE & set(json.loads(row.codes)))
    return signed or next((read_record(raw).candidate.display_name for raw in theirs), "")


def held(link: Link, public_id: str, at: datetime) -> Callable[[Connection], Awarded]:
    """What finds a credential of whoever bears the link, asked when it is looked for."""
    return lambda connection: own(connection, links.require(connection, link, at).person, public_id)


def rendering(desk: Desk, link: Link, public_id: str, name: str, at: datetime) -> tuple[str, bytes]:
    """The format and the bytes of one file, as stored.

    Raises IssuerError `award.unknown` for whatever is not this person's.
    """
    with desk.reading() as connection:
        awarded = held(link, public_id, at)(connection)
        for number in (revision.number for revision in awarded.revisions):
            for each in awards.renderings(connection, awarded.row.id, number):
                if file_name(awarded.row.public_id, number, each.format) == name:
                    return each.format, each.content
    raise IssuerError("award.unknown", "There is no such file here.")


def qr_code(desk: Desk, link: Link, public_id: str, at: datetime, *, number_only: bool) -> Code:
    """The QR code of one credential as it is now; raises IssuerError `award.unknown` for whatever is not there."""
    with desk.reading() as connection:
        found = qr.of_award(desk, connection, held(link, public_id, at)(connection), number_only=number_only)
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
