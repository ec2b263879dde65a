"""What anyone may learn: of a public id from the register, of a document from the verifier."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from verifier import Report, State, Trust, verify
from verifier.format.timestamp import format_seconds

from .. import lifecycle
from ..errors import IssuerError
from ..register import awards
from .awarded import Awarded, find
from .desk import Desk
from .lists import encode
from .publish import trust
from .supersede import holder_name

_FILE: Final = "file"
_PUBLIC_STATES: Final = {
    lifecycle.State.VALID: State.VALID,
    lifecycle.State.SUSPENDED: State.SUSPENDED,
    lifecycle.State.EXPIRED: State.EXPIRED,
    lifecycle.State.WITHDRAWN: State.WITHDRAWN,
    lifecycle.State.ERASED: State.WITHDRAWN,
}
"""The public word for every revocation is the same, so that it never tells why."""


def by_public_id(desk: Desk, public_id: str, at: datetime) -> dict[str, Any] | None:
    """The public facts of an award, checked by the verifier; None for whatever was never issued."""
    with desk.reading() as connection:
        try:
            awarded = find(connection, public_id)
        except IssuerError:
            return None
        state = _PUBLIC_STATES.get(awarded.state(at))
        return None if state is None else _facts(desk, connection, awarded, state, at)


def _facts(desk: Desk, connection: Connection, awarded: Awarded, state: State, at: datetime) -> dict[str, Any]:
    award = awarded.row
    issued = [revision for revision in awarded.revisions if revision.issued_at]
    report = _checked(desk, connection, award.id, issued[-1].number, at) if issued else None
    name = holder_name(issued[-1]) if issued else ""
    return {
        "id": award.public_id,
        "checkedAt": format_seconds(at),
        "state": str(state),
        "credential": {
            "code": award.credential,
            "name": desk.catalog.achievements[award.blueprint]["name"],
            "blueprint": award.blueprint,
        },
        "holder": {"name": name} if name else None,
        "awarded": format_seconds(award.awarded),
        "validUntil": format_seconds(award.valid_until),
        "replaced": {"by": format_seconds(issued[-1].valid_from)} if len(issued) > 1 else None,
        "proof": {
            "signature": bool(report and report.genuine),
            "issuer": desk.config.did,
            "statusAsOf": format_seconds(report.status_as_of) if report and report.status_as_of else None,
        },
    }


def _checked(desk: Desk, connection: Connection, award_id: str, number: int, at: datetime) -> Report | None:
    contents = [each.content for each in awards.renderings(connection, award_id, number) if each.format == _FILE]
    return verify(contents[0], trust=_trust(desk, connection, at), at=at) if contents else None


def of_document(desk: Desk, data: bytes, at: datetime) -> Report:
    """The report on a document, by the issuer's own trust."""
    with desk.reading() as connection:
        return verify(data, trust=_trust(desk, connection, at), at=at)


def _trust(desk: Desk, connection: Connection, at: datetime) -> Trust:
    return Trust.read(encode(trust(desk, connection, at)))
