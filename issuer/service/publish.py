"""Publish everything static: sign the lists, check them, and write what a plain web server then serves.

Two steps, each under the register's write lock. First new versions of the lists are signed, verified and stored;
then the newest stored ones are written to disk. Whoever writes last, writes the newest: a reader never sees a list
get older, and a crash between the steps is repaired by the next publication.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from keys import durable
from verifier import Trust, verify
from verifier.format import proof, statuslist
from verifier.format.errors import FormatError
from verifier.format.strictjson import load_object
from verifier.format.timestamp import parse
from verifier.limits import MAX_TRUST_BYTES

from .. import status
from ..credential import list_url
from ..diddoc import did_document, trust_file
from ..errors import IssuerError
from ..register import statuses
from ..register.statuses import LIST_NUMBER
from ..signing import secure
from .desk import Desk

REVOCATION: Final = "revocation"
_PUBLIC_FILE: Final = 0o644


@dataclass(frozen=True, slots=True)
class Published:
    """What stands now: the folder, and when each list was dated."""

    folder: Path
    lists: dict[str, datetime]


def publish(desk: Desk, at: datetime) -> Published:
    """Sign every list anew and write all static files. Raises IssuerError; what stood before then still stands."""
    with desk.writing(at) as connection:
        for purpose in purposes(desk):
            _sign_list(desk, connection, purpose, at)
    with desk.writing(at) as connection:
        _write(desk, connection, at)
        return Published(
            desk.config.public, {purpose: _latest(connection, purpose).valid_from for purpose in purposes(desk)}
        )


def ensure_published(desk: Desk, at: datetime) -> None:
    """Publish if a list is missing or a day old, so that what a credential names is public before it is released."""
    with desk.writing(at) as connection:
        latest = [statuses.latest_list(connection, purpose, LIST_NUMBER) for purpose in purposes(desk)]
    due = any(row is None or row.valid_from <= at - status.RESIGN_AFTER for row in latest)
    if due or not (desk.config.public / "trust.json").exists():
        publish(desk, at)


def purposes(desk: Desk) -> tuple[str, ...]:
    """Every status purpose that some blueprint uses."""
    used = (purpose for blueprint in desk.catalog.blueprints.values() for purpose in blueprint.status_purposes)
    return tuple(dict.fromkeys(used))


def trust(desk: Desk, connection: Connection, at: datetime) -> dict[str, Any]:
    """The trust file for the newest stored lists."""
    rows = {purpose: statuses.latest_list(connection, purpose, LIST_NUMBER) for purpose in purposes(desk)}
    lists = {
        list_url(desk.config, purpose, LIST_NUMBER): json.loads(row.content) for purpose, row in rows.items() if row
    }
    base = desk.config.base_url
    return trust_file(
        desk.config.did,
        desk.config.name,
        desk.registry(),
        as_of=at,
        status_lists=lists,
        schemas={
            f"{base}/schemas/{blueprint.credential_schema}.json": desk.catalog.schemas[blueprint.credential_schema]
            for blueprint in desk.catalog.blueprints.values()
        },
    )


def _sign_list(desk: Desk, connection: Connection, purpose: str, at: datetime) -> None:
    url = list_url(desk.config, purpose, LIST_NUMBER)
    last = statuses.latest_list(connection, purpose, LIST_NUMBER)
    indices = statuses.indices_set(connection, purpose, LIST_NUMBER)
    standing = _standing(desk, purpose)
    if standing and (last is None or parse(standing["validFrom"]) > last.valid_from):
        raise IssuerError(
            "publish.newer-stands",
            f"What is published at {url} is newer than what the register knows. Nothing was published; this register "
            "is an older copy.",
        )
    if standing and purpose == REVOCATION:
        status.refuse_lost_bits(standing["credentialSubject"]["encodedList"], indices, url)
    valid_from = status.next_valid_from(at, last.valid_from if last else None)
    unsigned = status.build(
        url, desk.config.did, purpose, length=desk.config.status_length, indices=indices, valid_from=valid_from
    )
    key = desk.signing_key(at)
    content = encode(secure(unsigned, key.signer, key.method, proof.RDFC, max(at, valid_from)))
    _check_list(desk, content, at)
    statuses.add_list(
        connection,
        purpose,
        LIST_NUMBER,
        valid_from=valid_from,
        valid_until=valid_from + status.VALIDITY,
        content=content,
    )


def _check_list(desk: Desk, content: bytes, at: datetime) -> None:
    registry = desk.registry()
    bare = trust_file(desk.config.did, desk.config.name, registry, as_of=at, status_lists={}, schemas={})
    report = verify(content, trust=Trust.read(encode(bare)), at=at)
    if not report:
        raise IssuerError("publish.list-invalid", f"A list did not pass its own check: {report.summary}")


def _standing(desk: Desk, purpose: str) -> dict[str, Any] | None:
    """The list that readers see now."""
    path = desk.config.public / _list_path(purpose)
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


def _latest(connection: Connection, purpose: str) -> Any:
    row = statuses.latest_list(connection, purpose, LIST_NUMBER)
    if row is None:
        raise IssuerError("publish.no-list", f"There is no {purpose} list. Run certify publish.")
    return row


def _write(desk: Desk, connection: Connection, at: datetime) -> None:
    """What a document refers to is written before it: lists and keys first, the trust file last."""
    for name, content in _files(desk, connection, at):
        path = desk.config.public / name
        if path.exists() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(path, content, mode=_PUBLIC_FILE)


def _files(desk: Desk, connection: Connection, at: datetime) -> Iterator[tuple[str, bytes]]:
    yield ".well-known/did.json", encode(did_document(desk.config.did, desk.registry()))
    for name, schema in desk.catalog.schemas.items():
        yield f"schemas/{name}.json", encode(schema)
    for blueprint in desk.catalog.blueprints.values():
        address = f"achievements/{blueprint.credential.lower()}/{blueprint.version}"
        yield address, encode(desk.catalog.achievement(blueprint, desk.config.base_url))
        yield f"{address}.png", desk.catalog.images[blueprint.id]
    for purpose in purposes(desk):
        yield _list_path(purpose), _latest(connection, purpose).content
    yield "trust.json", encode(trust(desk, connection, at))


def _list_path(purpose: str) -> str:
    return f"status/{purpose}/{LIST_NUMBER}"


def encode(value: dict[str, Any]) -> bytes:
    """The bytes in which a JSON document is published."""
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"
