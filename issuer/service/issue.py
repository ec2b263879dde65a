"""Issue: plan an award with everything that will be signed, then sign, verify, store and write it out.

The plan is committed before any signature exists. After a crash an index is unused for ever or belongs to exactly one
revision, and completing the same plan again gives the same credential.
"""

import json
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row

from keys import durable
from verifier import Policy, Trust, verify
from verifier.format import proof

from .. import publicid
from ..credential import Award, build
from ..errors import IssuerError
from ..register import awards, events, statuses
from ..register.awards import Rendering
from ..results import Judgement, Record
from ..signing import secure
from ..validity import valid_until
from .desk import Desk
from .publish import encode, ensure_published, trust

FILE: Final = "file"
COMPACT: Final = "compact"
_CRYPTOSUITES: Final = {FILE: proof.RDFC, COMPACT: proof.JCS}
_SUFFIXES: Final = {FILE: ".json", COMPACT: ".compact.json"}
_HOLDER_FILE: Final = 0o600
_FIRST_REVISION: Final = 1


def plan(
    desk: Desk, connection: Connection, record: Record, judgement: Judgement, *, person: str, seq: int, at: datetime
) -> str:
    """Store award, revision, status indices and the unsigned credential; the answer is the public id."""
    blueprint = desk.catalog.blueprints[record.blueprint]
    awarded = record.attempt.scored_at
    previous = awards.valid_until(connection, judgement.renews) if judgement.renews else None
    new = Award(
        id=f"urn:uuid:{uuid.uuid4()}",
        public_id=_free_public_id(connection, record.credential, awarded),
        awarded=awarded,
        valid_until=valid_until(awarded, blueprint.validity_years, desk.config.zone, previous),
    )
    valid_from = at.replace(microsecond=0)
    awards.add(connection, new, record, judgement, person=person, seq=seq)
    awards.plan(connection, new.id, _FIRST_REVISION, {}, valid_from)
    entries = tuple(
        statuses.allocate(connection, purpose, new.id, _FIRST_REVISION, length=desk.config.status_length)
        for purpose in blueprint.status_purposes
    )
    achievement = desk.catalog.achievement(blueprint, desk.config.base_url)
    credential = build(desk.config, blueprint, achievement, new, record, valid_from=valid_from, status=entries)
    awards.set_plan(connection, new.id, _FIRST_REVISION, credential)
    events.append(connection, "planned", at=at, actor_role="issuer", award_id=new.id, revision=_FIRST_REVISION)
    return new.public_id


def _free_public_id(connection: Connection, credential: str, awarded: datetime) -> str:
    while True:
        candidate = publicid.new(credential, awarded)
        if awards.find(connection, candidate) is None:
            return candidate


def complete(desk: Desk, public_id: str, at: datetime) -> tuple[Path, ...]:
    """Sign what is planned for an award and not yet issued, release every file, and answer where they lie."""
    ensure_published(desk, at)
    with desk.writing(at) as connection:
        award = awards.find(connection, public_id)
        if award is None:
            raise IssuerError("award.unknown", f"There is no award {public_id}.")
        for revision in awards.revisions(connection, award.id):
            if revision.issued_at is None:
                _sign(desk, connection, revision, at)
        released = [
            (revision.number, rendering)
            for revision in awards.revisions(connection, award.id)
            for rendering in awards.renderings(connection, award.id, revision.number)
        ]
    return tuple(_release(desk, public_id, number, rendering) for number, rendering in released)


def _sign(desk: Desk, connection: Connection, revision: Row[Any], at: datetime) -> None:
    key = desk.signing_key(at)
    credential = json.loads(revision.credential)
    accepted = Trust.read(encode(trust(desk, connection, at)))
    renderings = tuple(
        Rendering(name, key.record.id, encode(secure(credential, key.signer, key.method, suite, at)))
        for name, suite in _CRYPTOSUITES.items()
    )
    for each in renderings:
        _check(each, accepted, at)
    awards.finish(connection, revision.award_id, revision.number, renderings, at)
    events.append(
        connection, "issued", at=at, actor_role="issuer", award_id=revision.award_id, revision=revision.number
    )


def _check(rendering: Rendering, accepted: Trust, at: datetime) -> None:
    """What leaves the house has passed the verifier that everyone else will use, bytes for bytes."""
    report = verify(rendering.content, trust=accepted, at=at, policy=Policy(require_schema=True))
    if not report:
        decisive = report.decisive
        why = f"{decisive.code}: {decisive.detail}" if decisive else report.summary
        raise IssuerError("issue.not-valid", f"The signed credential did not pass its own check ({why}).")


def _release(desk: Desk, public_id: str, number: int, rendering: Rendering) -> Path:
    path = desk.config.issued / f"{public_id}.r{number}{_SUFFIXES[rendering.format]}"
    if not path.exists() or path.read_bytes() != rendering.content:
        durable.replace(path, rendering.content, mode=_HOLDER_FILE)
    return path
