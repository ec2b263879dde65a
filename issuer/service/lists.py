"""Sign the status lists: rebuilt from rows, strictly newer than what stands, verified, and stored.

A list is never edited, and what readers see is read for one purpose only: to refuse what would take it back.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Row

from verifier import Trust, verify
from verifier.format import proof, statuslist
from verifier.format.errors import FormatError
from verifier.format.strictjson import load_object
from verifier.format.timestamp import parse
from verifier.limits import MAX_TRUST_BYTES

from .. import status
from ..credential import list_url
from ..diddoc import trust_file
from ..errors import IssuerError
from ..register import statuses
from ..register.statuses import FIRST_LIST
from ..signing import secure
from .desk import Desk

REVOCATION: Final = "revocation"
SUSPENSION: Final = "suspension"

Which: TypeAlias = tuple[str, int]
"""Purpose and number of a list."""


def every(desk: Desk, connection: Connection) -> tuple[Which, ...]:
    """All lists, of every purpose that some blueprint uses; the first of each is there from the beginning."""
    used = (purpose for blueprint in desk.catalog.blueprints.values() for purpose in blueprint.status_purposes)
    return tuple(
        (purpose, number)
        for purpose in dict.fromkeys(used)
        for number in range(FIRST_LIST, statuses.last_list(connection, purpose) + 1)
    )


def due(desk: Desk, connection: Connection, at: datetime, *, changed: bool = False) -> tuple[Which, ...]:
    """The lists that were never signed, or not for a day; `changed`: also those whose bits are others by now."""
    return tuple(
        each
        for each in every(desk, connection)
        if is_due(connection, each, at) or (changed and has_changed(desk, connection, each))
    )


def is_due(connection: Connection, which: Which, at: datetime) -> bool:
    """Whether a list was never signed, or not for a day."""
    dated = statuses.latest_date(connection, *which)
    return dated is None or dated <= at - status.RESIGN_AFTER


def has_changed(desk: Desk, connection: Connection, which: Which) -> bool:
    """Whether the bits of a list are others than those of its newest signed version."""
    subject = json.loads(latest(connection, which).content)["credentialSubject"]
    bits = statuslist.with_bits(desk.config.status_length, statuses.indices_set(connection, *which))
    return statuslist.decode(subject["encodedList"]) != bits


def sign(desk: Desk, connection: Connection, which: Iterable[Which], at: datetime) -> None:
    """Sign new versions of these lists and store them.

    Raises IssuerError `publish.newer-stands` or `status.unrevoked` when the register is older than what is published.
    """
    for each in which:
        _sign(desk, connection, each, at)


def _sign(desk: Desk, connection: Connection, which: Which, at: datetime) -> None:
    purpose, number = which
    url = list_url(desk.config, purpose, number)
    last = statuses.latest_list(connection, purpose, number)
    indices = statuses.indices_set(connection, purpose, number)
    published = standing(desk.config.public, which)
    if published is not None:
        if not _is_known(connection, published, last, which):
            raise _newer_stands(url)
        if purpose == REVOCATION:
            status.refuse_lost_bits(published["credentialSubject"]["encodedList"], indices, url)
    valid_from = status.next_valid_from(at, last.valid_from if last else None)
    unsigned = status.build(
        url, desk.config.did, purpose, length=desk.config.status_length, indices=indices, valid_from=valid_from
    )
    key = desk.signing_key(at)
    content = encode(secure(unsigned, key.signer, key.method, proof.RDFC, max(at, valid_from)))
    _check(desk, content, at)
    statuses.add_list(
        connection,
        purpose,
        number,
        valid_from=valid_from,
        valid_until=valid_from + status.VALIDITY,
        content=content,
    )


def _is_known(connection: Connection, published: dict[str, Any], last: Row[Any] | None, which: Which) -> bool:
    """Whether what readers see is no newer than what the register has, but for what it has set aside."""
    dated = parse(published["validFrom"])
    if last is not None and dated <= last.valid_from:
        return True
    aside = statuses.was_set_aside(connection, *which, dated)
    return aside is not None and bool(json.loads(aside) == published)


def _newer_stands(url: str) -> IssuerError:
    return IssuerError(
        "publish.newer-stands",
        f"What is published at {url} is newer than what the register knows. Nothing was published; this register is an "
        "older copy. Run certify repair.",
    )


def own_trust(desk: Desk, at: datetime) -> Trust:
    """What tells our own documents from others: this issuer and its keys, and no list."""
    bare = trust_file(desk.config.did, desk.config.name, desk.registry(), as_of=at, status_lists={}, schemas={})
    return Trust.read(encode(bare))


def _check(desk: Desk, content: bytes, at: datetime) -> None:
    report = verify(content, trust=own_trust(desk, at), at=at)
    if not report.is_sound_list:
        raise IssuerError("publish.list-invalid", f"A list did not pass its own check: {report.summary}")


def latest(connection: Connection, which: Which) -> Row[Any]:
    """The newest signed version; raises IssuerError `publish.no-list`."""
    row = statuses.latest_list(connection, *which)
    if row is None:
        raise IssuerError("publish.no-list", f"There is no {which[0]} list {which[1]}. Run certify publish.")
    return row


def path_of(which: Which) -> str:
    """Where a list lies below the public folder."""
    return f"status/{which[0]}/{which[1]}"


def standing(public: Path, which: Which) -> dict[str, Any] | None:
    """The list that readers see now; raises IssuerError `publish.damaged`."""
    path = public / path_of(which)
    if not path.exists():
        return None
    try:
        value: dict[str, Any] = load_object(path.read_bytes(), max_bytes=MAX_TRUST_BYTES)
        parse(value["validFrom"])
        statuslist.decode(value["credentialSubject"]["encodedList"])
    except (FormatError, KeyError, TypeError, AttributeError):
        raise IssuerError(
            "publish.damaged",
            f"What is published at {path} is no status list. Nothing was published; move that file away, then publish.",
        ) from None
    return value


def encode(value: dict[str, Any]) -> bytes:
    """The bytes in which a JSON document is published."""
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"
