"""What a holder lets others see of one credential: whether it is listed, and whether the score stands in it."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from ..credential import disclosed
from ..errors import IssuerError
from ..lifecycle import Act, State
from ..register import consents, events, records
from ..results import Record, read_record
from . import issue, plan, publish
from .awarded import Awarded, find
from .desk import Desk
from .supersede import CORRECTED

REGISTRY, SCORE = "registry", "score"
REFERENCE: Final = "candidate-page"
"""The decision reference of what a holder does on their own page."""


def given(connection: Connection, award: Row[Any], kind: str) -> bool:
    """What counts now: the holder's newest word, else what came with the result; nothing for what was erased."""
    said = consents.latest(connection, award.id, kind)
    record = record_of(connection, award)
    if said is not None or record is None:
        return bool(said and record)
    return record.consents.list_in_registry if kind == REGISTRY else record.consents.disclose_score


def record_of(connection: Connection, award: Row[Any]) -> Record | None:
    """The result record of an award, unless it was erased."""
    raw = records.raw(connection, award.result_seq)
    return None if raw is None else read_record(raw)


def set_listed(desk: Desk, person: str, public_id: str, *, listed: bool, at: datetime) -> None:
    """List a credential in the registry, or no longer. Raises IssuerError `award.unknown` for another person's."""
    with desk.writing(at) as connection:
        awarded = own(connection, person, public_id)
        if awarded.state(at) is not State.ERASED and given(connection, awarded.row, REGISTRY) is not listed:
            _note(connection, awarded, REGISTRY, given=listed, at=at)


def set_score(desk: Desk, person: str, public_id: str, *, shown: bool, at: datetime) -> None:
    """Put the score into a credential, or take it out: a further revision, and the one before is given up.

    Repeating it finishes what a crash cut short. Raises IssuerError `award.unknown` for another person's,
    `award.pending`, or as the life cycle says.
    """
    with desk.writing(at) as connection:
        awarded = own(connection, person, public_id)
        if given(connection, awarded.row, SCORE) is not shown:
            awarded.require(Act.SUPERSEDE, at)
            _plan(desk, connection, awarded, shown=shown, at=at)
        elif not awarded.is_pending:
            return
    issue.complete(desk, awarded.row.public_id, at)
    publish.publish_due(desk, at)


def _plan(desk: Desk, connection: Connection, awarded: Awarded, *, shown: bool, at: datetime) -> None:
    record = record_of(connection, awarded.row)
    if awarded.is_pending or record is None:
        raise IssuerError(
            "award.pending", f"{awarded.row.public_id} has a revision that is not delivered. Try again later."
        )
    _note(connection, awarded, SCORE, given=shown, at=at)
    blueprint = desk.catalog.blueprints[awarded.row.blueprint]
    achievement = desk.catalog.achievement(blueprint, desk.config.base_url)
    changed = disclosed(achievement, blueprint, record, score=shown)
    plan.following(desk, connection, awarded, CORRECTED, at=at, reference=REFERENCE, changed=changed)


def _note(connection: Connection, awarded: Awarded, kind: str, *, given: bool, at: datetime) -> None:
    consents.add(connection, awarded.row.id, kind, given=given, at=at)
    events.append(
        connection,
        f"consent-{kind}-{'given' if given else 'ended'}",
        at=at,
        actor_role="holder",
        award_id=awarded.row.id,
        decision_ref=REFERENCE,
    )


def own(connection: Connection, person: str, public_id: str) -> Awarded:
    """The award, if it is this person's; raises IssuerError `award.unknown`, as for one that never was."""
    awarded = find(connection, public_id)
    if awarded.row.person_id != person:
        raise IssuerError("award.unknown", "There is no such credential here.")
    return awarded
