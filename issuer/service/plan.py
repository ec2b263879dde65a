"""Plan a revision of an award: everything that will be signed, stored before any signature exists.

After a crash an index is unused for ever or belongs to exactly one revision, and completing the same plan again gives
the same credential (docs/adr/0004-plan-before-signature.md).
"""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from verifier.format.timestamp import format_seconds

from .. import publicid
from ..credential import Award, StatusEntry, build, revise
from ..register import awards, events, statuses
from ..register.eventtypes import EventType
from ..results import Judgement, Record
from ..validity import valid_until
from .awarded import Awarded
from .desk import CLOCK_TOLERANCE, Desk

_FIRST: Final = 1
_SECOND: Final = timedelta(seconds=1)


def first(
    desk: Desk, connection: Connection, record: Record, judgement: Judgement, *, person: str, seq: int, at: datetime
) -> str:
    """Store award, revision, status indices and the unsigned credential; the answer is the public id."""
    purposes = desk.catalog.blueprints[record.blueprint].status_purposes
    public_id = _free_public_id(connection, record.credential, record.attempt.scored_at)
    new = award(desk, connection, record, judgement, award_id=f"urn:uuid:{uuid.uuid4()}", public_id=public_id)
    valid_from = at.replace(microsecond=0)
    awards.add(connection, new, record, judgement, person=person, seq=seq)
    awards.plan(connection, new.id, _FIRST, {}, valid_from)
    entries = _entries(desk, connection, new.id, _FIRST, purposes)
    credential = unsigned(desk, new, record, valid_from, entries)
    awards.set_plan(connection, new.id, _FIRST, credential)
    events.append(connection, EventType.PLANNED, at=at, award_id=new.id, revision=_FIRST)
    return new.public_id


def award(
    desk: Desk, connection: Connection, record: Record, judgement: Judgement, *, award_id: str, public_id: str
) -> Award:
    """What an accepted record earns, and until when. Nothing is stored."""
    awarded, years = record.attempt.scored_at, desk.catalog.blueprints[record.blueprint].validity_years
    previous = awards.valid_until(connection, judgement.renews) if judgement.renews else None
    return Award(award_id, public_id, awarded, valid_until(awarded, years, desk.config.zone, previous))


def unsigned(
    desk: Desk, new: Award, record: Record, valid_from: datetime, entries: tuple[StatusEntry, ...]
) -> dict[str, Any]:
    """The credential to be signed for the first revision of an award."""
    blueprint = desk.catalog.blueprints[record.blueprint]
    achievement = desk.catalog.achievement(blueprint, desk.config.base_url)
    return build(desk.config, blueprint, achievement, new, record, valid_from=valid_from, status=entries)


def following(
    desk: Desk,
    connection: Connection,
    awarded: Awarded,
    cause: str,
    *,
    at: datetime,
    reference: str,
    name: str | None = None,
    changed: dict[str, Any] | None = None,
) -> int:
    """Store the next revision of an award, with indices of its own; the answer is its number.

    `changed`: members of the subject that are new, as `disclosed` gives them.
    """
    last, award_id = awarded.newest, awarded.row.id
    number = int(last.number) + 1
    valid_from = _begin(at, last.valid_from)
    purposes = desk.catalog.blueprints[awarded.row.blueprint].status_purposes
    awards.plan(connection, award_id, number, {}, valid_from, cause)
    entries = _entries(desk, connection, award_id, number, purposes)
    previous = json.loads(last.credential)
    credential = revise(desk.config, previous, valid_from=valid_from, status=entries, name=name, changed=changed)
    awards.set_plan(connection, award_id, number, credential)
    events.append(
        connection,
        EventType.PLANNED,
        at=at,
        award_id=award_id,
        revision=number,
        decision_ref=reference,
    )
    return number


def redate(connection: Connection, awarded: Awarded, at: datetime) -> None:
    """Let a revision that is planned and not signed begin now: it was planned while the clock was ahead."""
    planned, begins = awarded.newest, at.replace(microsecond=0)
    credential = json.loads(planned.credential) | {"validFrom": format_seconds(begins)}
    awards.redate(connection, awarded.row.id, planned.number, credential, begins)


def _begin(at: datetime, before: datetime) -> datetime:
    """Strictly later than the revision before, but for one that was dated while the clock was ahead."""
    now = at.replace(microsecond=0)
    return now if before > at + CLOCK_TOLERANCE else max(now, before + _SECOND)


def _entries(
    desk: Desk, connection: Connection, award_id: str, number: int, purposes: Sequence[str]
) -> tuple[StatusEntry, ...]:
    length = desk.config.status_length
    return tuple(statuses.allocate(connection, purpose, award_id, number, length=length) for purpose in purposes)


def _free_public_id(connection: Connection, credential: str, awarded: datetime) -> str:
    while True:
        candidate = publicid.new(credential, awarded)
        if awards.find(connection, candidate) is None:
            return candidate
