"""What a holder lets others see of one credential: whether it is listed, and whether the score stands in it."""

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from ..credential import disclosed
from ..errors import IssuerError
from ..lifecycle import Act
from ..register import consents, events, records
from ..register.eventtypes import EventType
from ..results import Record, read_record
from . import issue, links, plan, publish
from .awarded import Awarded, find
from .desk import Desk, First, nothing_first
from .links import Link
from .supersede import corrected

REGISTRY, SCORE = "registry", "score"
_EVENTS: Final = {
    (REGISTRY, True): EventType.CONSENT_REGISTRY_GIVEN,
    (REGISTRY, False): EventType.CONSENT_REGISTRY_ENDED,
    (SCORE, True): EventType.CONSENT_SCORE_GIVEN,
    (SCORE, False): EventType.CONSENT_SCORE_ENDED,
}
REFERENCE: Final = "candidate-page"
"""The decision reference of what a holder does on their own page."""


def is_listed(connection: Connection, award: Row[Any]) -> bool:
    """The holder's newest word, else what came with the result; never what was erased."""
    if award.erased_at is not None:
        return False
    said, record = consents.latest(connection, award.id, REGISTRY), record_of(connection, award)
    return said if said is not None else record is not None and record.consents.list_in_registry


def shows_score(awarded: Awarded) -> bool:
    """What the newest revision itself says: a result with a value stands in it."""
    results = json.loads(awarded.newest.credential).get("credentialSubject", {}).get("result", [])
    return any("value" in each for each in results)


def record_of(connection: Connection, award: Row[Any]) -> Record | None:
    """The result record of an award, unless it was erased, or the award was recovered without it."""
    raw = records.find(connection, award.result_seq).raw
    return None if raw is None else read_record(raw)


def set_listed(desk: Desk, link: Link, public_id: str, *, listed: bool, at: datetime) -> None:
    """List a credential in the registry, or no longer.

    Raises IssuerError `award.unknown` for another person's, and as `links.acting`.
    """
    with links.acting(desk, link, at) as (connection, holder):
        awarded = own(connection, holder.person, public_id)
        if awarded.row.erased_at is None and is_listed(connection, awarded.row) is not listed:
            _note(connection, awarded, REGISTRY, given=listed, at=at)


def changes_score(connection: Connection, person: str, public_id: str, *, shown: bool, at: datetime) -> bool:
    """Whether the score would be put in or taken out. Raises IssuerError as `set_score` when it cannot be."""
    awarded = own(connection, person, public_id)
    if shows_score(awarded) is shown:
        return False
    awarded.require(Act.SUPERSEDE, at)
    if awarded.is_pending:
        raise IssuerError(
            "award.pending", f"{awarded.row.public_id} has a revision that is not delivered. Try again later."
        )
    if record_of(connection, awarded.row) is None:
        raise IssuerError("result.lost", "The result that this credential rests on was lost, and its score with it.")
    return True


def set_score(
    desk: Desk, person: str, public_id: str, *, shown: bool, at: datetime, first: First = nothing_first
) -> None:
    """Put the score into a credential, or take it out: a further revision, and the one before is given up.

    `first` is asked in the same transaction. Raises IssuerError `award.unknown` for another person's, `award.pending`,
    `result.lost`, or as the life cycle says.
    """
    with desk.writing(at) as connection:
        first(connection)
        awarded = own(connection, person, public_id)
        if not changes_score(connection, person, public_id, shown=shown, at=at):
            return
        _plan(desk, connection, awarded, shown=shown, at=at)
    issue.complete(desk, awarded.row.public_id, at)
    publish.publish_due(desk, at)


def _plan(desk: Desk, connection: Connection, awarded: Awarded, *, shown: bool, at: datetime) -> None:
    record = record_of(connection, awarded.row)
    if record is None:
        raise IssuerError("result.lost", "The result that this credential rests on was lost, and its score with it.")
    _note(connection, awarded, SCORE, given=shown, at=at)
    blueprint = desk.catalog.blueprints[awarded.row.blueprint]
    achievement = desk.catalog.achievement(blueprint, desk.config.base_url)
    changed = disclosed(achievement, blueprint, record, score=shown)
    plan.following(desk, connection, awarded, corrected(), at=at, reference=REFERENCE, changed=changed)


def _note(connection: Connection, awarded: Awarded, kind: str, *, given: bool, at: datetime) -> None:
    consents.add(connection, awarded.row.id, kind, given=given, at=at)
    events.append(
        connection,
        _EVENTS[kind, given],
        at=at,
        award_id=awarded.row.id,
        decision_ref=REFERENCE,
    )


def own(connection: Connection, person: str, public_id: str) -> Awarded:
    """The award, if it is this person's; raises IssuerError `award.unknown`, as for one that never was."""
    awarded = find(connection, public_id)
    if awarded.row.person_id != person:
        raise IssuerError("award.unknown", "There is no such credential here.")
    return awarded
