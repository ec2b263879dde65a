"""Issue what is planned: sign, verify, store, write out, and only then give up what it replaces."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row

from keys import durable
from verifier import Policy, Report, Trust, verify_each
from verifier.format import proof
from verifier.format.proof import Walked

from ..errors import IssuerError
from ..register import awards, events, statuses
from ..register.awards import Rendering
from ..register.eventtypes import EventType
from ..signing import secure, token
from .awarded import Awarded, find
from .desk import Desk, SigningKey
from .lists import REVOCATION, encode
from .publish import accepted, ensure_published

FILE, COMPACT, JWT = awards.FORMATS
_CRYPTOSUITES: Final = {FILE: proof.RDFC, COMPACT: proof.JCS}
_SUFFIXES: Final = {FILE: ".json", COMPACT: ".compact.json", JWT: ".jwt"}
MEDIA_TYPES: Final = {FILE: "application/vc", COMPACT: "application/vc", JWT: "application/vc+jwt"}
"""VCDM 2.0 section 6.2, VC JOSE COSE 1.0 section 6.1."""
_HOLDER_FILE: Final = 0o600
AT_ONCE: Final = 8
"""Awards that share transactions and syncs: the write lock is held for a tenth of a second, and others come between."""


def complete(desk: Desk, public_id: str, at: datetime) -> tuple[Path, ...]:
    """Sign what is planned for an award, release every file, and answer where they lie.

    Safe to repeat: what was signed before is released as it was. Of a withdrawn award nothing more is signed. When a
    later revision has reached its holder the bits of those before it are set; the caller publishes them.
    """
    return complete_each(desk, (public_id,), at)[0]


def complete_each(desk: Desk, public_ids: Sequence[str], at: datetime) -> list[tuple[Path, ...]]:
    """The same for several awards at once, which costs less: all are signed, then all released, or none is."""
    ensure_published(desk, at)
    with desk.writing(at) as connection:
        found = {public_id: find(connection, public_id) for public_id in public_ids}
        _sign(desk, connection, [each.newest for each in found.values() if _lacks_signature(each)], at)
        signed = {public_id: _signed(connection, awarded) for public_id, awarded in found.items()}
    _release(desk, {name: content for files in signed.values() for name, content in files.items()})
    with desk.writing(at) as connection:
        for awarded in found.values():
            _settle(connection, awarded.row.id, at)
    return [tuple(desk.config.issued / name for name in signed[public_id]) for public_id in public_ids]


def _lacks_signature(awarded: Awarded) -> bool:
    """One that was planned before the newest, and withdrawn with it, is never signed: its bit is set."""
    return awarded.newest.issued_at is None and awarded.row.withdrawn_at is None


def _signed(connection: Connection, awarded: Awarded) -> dict[str, bytes]:
    """Every file of an award, by name, as it is stored."""
    return {
        file_name(awarded.row.public_id, revision.number, each.format): each.content
        for revision in awarded.revisions
        for each in awards.renderings(connection, awarded.row.id, revision.number)
    }


def _settle(connection: Connection, award_id: str, at: datetime) -> None:
    """Set the bits of what a newly delivered revision has replaced: not before, or the holder would have nothing."""
    delivered = awards.deliver(connection, award_id, at)
    for number in (each for each in delivered if each > 1):
        statuses.set_bits_before(connection, award_id, number, REVOCATION, at)
        events.append(connection, EventType.SUPERSEDED, at=at, award_id=award_id, revision=number - 1)


def _sign(desk: Desk, connection: Connection, revisions: Sequence[Row[Any]], at: datetime) -> None:
    if not revisions:
        return
    key = desk.signing_key(at)
    signed = [_renderings(json.loads(revision.credential), key, at) for revision in revisions]
    _check([each.content for renderings in signed for each in renderings], accepted(desk, connection, at), at)
    for revision, renderings in zip(revisions, signed, strict=True):
        award_id, number = revision.award_id, revision.number
        awards.finish(connection, award_id, number, renderings, at)
        events.append(connection, EventType.ISSUED, at=at, award_id=award_id, revision=number)


def _renderings(credential: dict[str, Any], key: SigningKey, at: datetime) -> tuple[Rendering, ...]:
    walked, content = Walked(), {}
    for name, suite in _CRYPTOSUITES.items():
        content[name] = encode(secure(credential, key.signer, key.method, suite, at, walked))
    content[JWT] = token(credential, key.signer, key.method, at, walked)
    return tuple(Rendering(name, key.record.id, each) for name, each in content.items())


def _check(contents: Sequence[bytes], trust: Trust, at: datetime) -> None:
    """What leaves the house has passed the verifier that everyone else will use, bytes for bytes."""
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


def _release(desk: Desk, files: dict[str, bytes]) -> None:
    folder = desk.config.issued
    missing = {name: content for name, content in files.items() if not _holds(folder / name, content)}
    # Those that are there may have been written by a process that was killed before their names were sure to last.
    durable.replace_all(folder, missing, mode=_HOLDER_FILE)


def _holds(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content
