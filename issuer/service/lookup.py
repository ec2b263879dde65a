"""What anyone may learn: of a public id from the register, of a document from the verifier."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from verifier import Report, State, Trust, Verdict, pictures, verify
from verifier.codes import CODES
from verifier.format.errors import FormatError
from verifier.format.steps import Stopwatch
from verifier.format.timestamp import format_seconds
from verifier.report import unread

from .. import lifecycle
from ..errors import IssuerError
from ..register import awards
from .awarded import Awarded, find
from .desk import Desk
from .publish import accepted
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


_NOTHING: Final = "There is no file to check."
_SENTENCES: Final = {
    State.SUSPENDED: CODES["status.suspended"].sentence,
    State.EXPIRED: CODES["period.expired"].sentence,
    State.WITHDRAWN: CODES["status.revoked"].sentence,
}


@dataclass(frozen=True, slots=True)
class Found:
    """What there is under a public id. `report`: on the newest file; None when that was erased.

    The register knows of a withdrawal before the lists do, and the report of what the register does not look at: so
    it is in force only if both say so.
    """

    facts: dict[str, Any]
    state: State
    report: Report | None

    @property
    def genuine(self) -> bool | None:
        """Whether the newest file is what the issuer signed."""
        return None if self.report is None else self.report.genuine

    @property
    def in_force(self) -> bool | None:
        """Whether it holds now."""
        if self.state is not State.VALID:
            return False
        return None if self.report is None else self.report.in_force

    @property
    def verdict(self) -> Verdict:
        """Never better than either of the two."""
        if self.state is not State.VALID:
            return Verdict.INVALID
        return Verdict.INDETERMINATE if self.report is None else self.report.verdict

    @property
    def summary(self) -> str:
        """One sentence, in the report's own words."""
        return _SENTENCES.get(self.state) or (_NOTHING if self.report is None else self.report.summary)


def by_public_id(desk: Desk, public_id: str, at: datetime) -> dict[str, Any] | None:
    """The public facts of an award, checked by the verifier; None for whatever was never issued."""
    found = find_public(desk, public_id, at)
    return found.facts if found else None


def find_public(desk: Desk, public_id: str, at: datetime) -> Found | None:
    """The same with the report that they rest on."""
    with desk.reading() as connection:
        try:
            awarded = find(connection, public_id)
        except IssuerError:
            return None
        issued = [revision for revision in awarded.revisions if revision.issued_at]
        content = _file(connection, awarded.row.id, issued[-1].number) if issued else None
        trust = _trust(desk, connection, at) if content else None
    state = _PUBLIC_STATES.get(awarded.state(at))
    if state is None:
        return None
    # Behind the transaction: whoever asks decides how often this is done.
    report = verify(content, trust=trust, at=at) if content and trust else None
    return Found(_facts(desk, awarded, issued, report, state, at), state, report)


def _facts(
    desk: Desk, awarded: Awarded, issued: list[Row[Any]], report: Report | None, state: State, at: datetime
) -> dict[str, Any]:
    award = awarded.row
    name = holder_name(issued[-1]) if issued else ""
    as_of = None if report is None else report.status_as_of
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
            "signature": report is not None and report.genuine is True,
            "issuer": desk.config.did,
            "statusAsOf": format_seconds(as_of) if as_of else None,
        },
    }


def _file(connection: Connection, award_id: str, number: int) -> bytes | None:
    contents = [each.content for each in awards.renderings(connection, award_id, number) if each.format == _FILE]
    return contents[0] if contents else None


def of_document(desk: Desk, data: bytes, at: datetime, stopwatch: Stopwatch | None = None) -> Report:
    """The report on a document, or on what the code in a picture says, by the issuer's own trust.

    `stopwatch` as `verify` takes it. No transaction is open meanwhile: a stranger chose what is verified, and how long
    that takes.
    """
    try:
        data = pictures.text_in(data)
    except FormatError as error:
        return unread(error, at)
    with desk.reading() as connection:
        trust = _trust(desk, connection, at)
    return verify(data, trust=trust, at=at, stopwatch=stopwatch)


def _trust(desk: Desk, connection: Connection, at: datetime) -> Trust:
    """What is published, which was put together again just now, whenever it was read."""
    return replace(accepted(desk, connection, at), as_of=at)
