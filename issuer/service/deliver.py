"""Certificate and badge of a credential: of its newest revision that was issued, unless it is no longer in force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from .. import lifecycle
from ..dates import day
from ..deliver import badge
from ..deliver.certificate import Page, Paper, Press
from ..lifecycle import State
from ..look import logo
from ..register import awards
from . import qr
from .awarded import Awarded, find
from .desk import Desk
from .issue import FILE, file_name
from .publish import ensure_published

REFUSED: Final = {
    State.ERASED: "award.erased",
    State.WITHDRAWN: "award.withdrawn",
    State.PLANNED: "award.planned",
    State.SUSPENDED: "award.suspended",
}
"""State -> the code of the refusal: nothing new is printed of what is not in force, but for what has run its time."""
Find = Callable[[Connection], Awarded]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file for a holder, and what to call it."""

    public_id: str
    revision: int
    name: str
    content: bytes

    @property
    def named(self) -> tuple[str, bytes]:
        """Name and content alone."""
        return self.name, self.content


def certificate(desk: Desk, public_id: str, at: datetime, paper: Paper = Paper.A4) -> Delivery:
    """The PDF. Raises IssuerError `award.…`, `certificate.glyph` or `certificate.logo`."""
    ensure_published(desk, at)
    return certificate_of(desk, partial(find, public_id=public_id), at, paper)


def certificate_of(desk: Desk, award: Find, at: datetime, paper: Paper) -> Delivery:
    """The same for an award that is found by the caller's own rule."""
    with desk.reading() as connection:
        awarded, number, credential = _newest(connection, award, at)
        code = qr.of_award(desk, connection, awarded)
    assert code is not None  # noqa: S101 - all renderings of a revision are stored together
    row, config = awarded.row, desk.config
    page = Page(
        credential,
        file_name(row.public_id, number, FILE),
        code,
        config.verify_link(row.public_id),
        (("Awarded", day(row.awarded, config.zone)), ("Valid until", day(row.valid_until, config.zone))),
        awarded.revisions[number - 1].valid_from,
        config.demo,
        config.look.accent,
        logo(config.look),
    )
    content = _press(config.look.fonts).pdf(page, paper)
    return Delivery(row.public_id, number, f"{row.public_id}.r{number}.pdf", content)


def in_force(desk: Desk, at: datetime) -> list[str]:
    """The public ids of every credential that is in force, oldest first."""
    with desk.reading() as connection:
        found = (find(connection, public_id) for public_id in awards.public_ids(connection))
        return [each.row.public_id for each in found if each.state(at) is State.VALID]


def baked(desk: Desk, award: Find, at: datetime, form: badge.Form) -> Delivery:
    """The badge. Raises IssuerError `award.…`."""
    with desk.reading() as connection:
        awarded, number, credential = _newest(connection, award, at)
    row, blueprint = awarded.row, desk.catalog.blueprints[awarded.row.blueprint]
    content = badge.bake(badge.image(desk.catalog, blueprint, form, demo=desk.config.demo), credential, form)
    return Delivery(row.public_id, number, f"{row.public_id}.r{number}.{form}", content)


def _newest(connection: Connection, award: Find, at: datetime) -> tuple[Awarded, int, bytes]:
    """Award, number of the revision, and its file as it was stored."""
    awarded = award(connection)
    refused = REFUSED.get(awarded.state(at))
    if refused:
        raise lifecycle.refusal(refused, awarded.row.public_id)
    number = max(revision.number for revision in awarded.revisions if revision.issued_at)
    found = awards.renderings(connection, awarded.row.id, number)
    return awarded, number, next(each.content for each in found if each.format == FILE)


@cache
def _press(folder: Path | None) -> Press:
    """Kept, since a press that has set one page sets the next one five times as fast."""
    return Press(folder)
