"""Issue what is planned: sign, verify, store, write out, and only then give up what it replaces."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row

from keys import durable
from verifier import Policy, Report, Trust, verify_each
from verifier.format import proof

from ..errors import IssuerError
from ..register import awards, events, statuses
from ..register.awards import Rendering
from ..signing import secure
from .awarded import find
from .desk import Desk
from .lists import REVOCATION, encode
from .publish import accepted, ensure_published

FILE: Final = "file"
COMPACT: Final = "compact"
_CRYPTOSUITES: Final = {FILE: proof.RDFC, COMPACT: proof.JCS}
_SUFFIXES: Final = {FILE: ".json", COMPACT: ".compact.json"}
_HOLDER_FILE: Final = 0o600


def complete(desk: Desk, public_id: str, at: datetime) -> tuple[Path, ...]:
    """Sign what is planned for an award, release every file, and answer where they lie.

    Safe to repeat: what was signed before is released as it was. Of a withdrawn award nothing more is signed. When a
    later revision has reached its holder the bits of those before it are set; the caller publishes them.
    """
    ensure_published(desk, at)
    with desk.writing(at) as connection:
        awarded = find(connection, public_id)
        award = awarded.row
        # One that was planned before the newest, and withdrawn with it, is never signed: its bit is set.
        if awarded.newest.issued_at is None and award.withdrawn_at is None:
            _sign(desk, connection, awarded.newest, at)
        numbers = [revision.number for revision in awards.revisions(connection, award.id)]
        signed = [(number, each) for number in numbers for each in awards.renderings(connection, award.id, number)]
    files = tuple(_release(desk, award.public_id, number, rendering) for number, rendering in signed)
    with desk.writing(at) as connection:
        _settle(connection, award.id, at)
    return files


def _settle(connection: Connection, award_id: str, at: datetime) -> None:
    """Set the bits of what a newly delivered revision has replaced: not before, or the holder would have nothing."""
    delivered = awards.deliver(connection, award_id, at)
    for number in (each for each in delivered if each > 1):
        statuses.set_bits_before(connection, award_id, number, REVOCATION, at)
        events.append(connection, "superseded", at=at, actor_role="issuer", award_id=award_id, revision=number - 1)


def _sign(desk: Desk, connection: Connection, revision: Row[Any], at: datetime) -> None:
    key = desk.signing_key(at)
    credential = json.loads(revision.credential)
    renderings = tuple(
        Rendering(name, key.record.id, encode(secure(credential, key.signer, key.method, suite, at)))
        for name, suite in _CRYPTOSUITES.items()
    )
    _check(renderings, accepted(desk, connection, at), at)
    awards.finish(connection, revision.award_id, revision.number, renderings, at)
    events.append(
        connection, "issued", at=at, actor_role="issuer", award_id=revision.award_id, revision=revision.number
    )


def _check(renderings: tuple[Rendering, ...], trust: Trust, at: datetime) -> None:
    """What leaves the house has passed the verifier that everyone else will use, bytes for bytes."""
    contents = (rendering.content for rendering in renderings)
    for report in verify_each(contents, trust=trust, at=at, policy=Policy(require_schema=True)):
        _refuse_unless_valid(report)


def _refuse_unless_valid(report: Report) -> None:
    if not report:
        decisive = report.decisive
        why = f"{decisive.code}: {decisive.detail}" if decisive else report.summary
        raise IssuerError("issue.not-valid", f"The signed credential did not pass its own check ({why}).")


def file_name(public_id: str, number: int, form: str) -> str:
    """What the file of one rendering is called."""
    return f"{public_id}.r{number}{_SUFFIXES[form]}"


def _release(desk: Desk, public_id: str, number: int, rendering: Rendering) -> Path:
    path = desk.config.issued / file_name(public_id, number, rendering.format)
    if not path.exists() or path.read_bytes() != rendering.content:
        durable.replace(path, rendering.content, mode=_HOLDER_FILE)
    return path
