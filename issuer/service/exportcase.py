"""One credential's whole file for an auditor: all that the register and the public folder hold of it, as a zip."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row

from keys import durable
from verifier.format import statuslist
from verifier.format.timestamp import format_milliseconds, format_seconds

from ..errors import IssuerError
from ..register import awards, events, records, statuses
from . import casefile, issue
from .awarded import Awarded, find
from .casefile import Told
from .desk import Desk
from .show import described

_OWNER_FILE: Final = 0o600
_PUBLIC: Final = {"trust.json": "trust.json", "did.json": ".well-known/did.json"}


@dataclass(frozen=True, slots=True)
class Exported:
    """The file that was written, and the names of its members."""

    public_id: str
    path: Path
    members: tuple[str, ...]


def export_case(desk: Desk, public_id: str, output: Path, *, version: str, at: datetime) -> Exported:
    """Write the case file of one award, for its owner alone. Reads the register and the public folder, changes neither.

    Raises IssuerError `export.exists`, `export.public` (a web server would hand it out), `export.unpublished`,
    `award.unknown`, `config.other-issuer`.
    """
    _refuse(desk, output)
    with desk.reading() as connection:
        desk.require_identity(connection)
        shown = described(connection, public_id, at)
        awarded = find(connection, public_id)
        record = records.find(connection, awarded.row.result_seq)
        members = dict(_members(desk, connection, awarded, record))
    members["award.json"] = casefile.encode(shown)
    members["decisions.json"] = casefile.encode(_record(record) | {"decisions": shown["decisions"]})
    told = _told(desk, awarded, record, members, version, at)
    members[casefile.README] = casefile.explain(told)
    members[casefile.MANIFEST] = casefile.manifest(members, told)
    durable.replace(output, casefile.pack(members), mode=_OWNER_FILE)
    return Exported(awarded.row.public_id, output, tuple(sorted(members)))


def _refuse(desk: Desk, output: Path) -> None:
    if os.path.lexists(output):
        raise IssuerError("export.exists", f"{output} is there already and was left as it is. Choose another name.")
    if output.resolve().is_relative_to(desk.config.public.resolve()):
        raise IssuerError("export.public", f"{output} would be served to everybody. Choose a name elsewhere.")


def _members(desk: Desk, connection: Connection, awarded: Awarded, record: Row[Any]) -> Iterator[tuple[str, bytes]]:
    award = awarded.row
    yield from _published(desk)
    yield "person.json", casefile.encode({"person": award.person_id})
    if record.raw is not None:
        yield "result.json", record.raw
    yield "events.json", casefile.encode(_events(connection, award.id))
    for revision in awarded.revisions:
        for each in awards.renderings(connection, award.id, revision.number):
            yield f"renderings/{issue.file_name(award.public_id, revision.number, each.format)}", each.content
    yield from _lists(connection, award.id)


def _published(desk: Desk) -> Iterator[tuple[str, bytes]]:
    for name, path in _PUBLIC.items():
        try:
            yield name, (desk.config.public / path).read_bytes()
        except FileNotFoundError:
            raise IssuerError("export.unpublished", f"There is no public {path}. Run certify publish first.") from None


def _events(connection: Connection, award_id: str) -> dict[str, Any]:
    broken_at = events.broken_at(connection)
    sealed = [{**events.sealed(row._asdict()), "hash": row.hash} for row in events.history(connection, award_id)]
    return {"chainHolds": broken_at is None, "brokenAt": broken_at, "events": sealed}


def _record(record: Row[Any]) -> dict[str, Any]:
    return {
        "resultId": record.result_id,
        "receivedAt": format_seconds(record.received_at),
        "sha256": record.digest,
        "answer": record.state,
        "codes": json.loads(record.codes),
    }


def _lists(connection: Connection, award_id: str) -> Iterator[tuple[str, bytes]]:
    entries = statuses.entries(connection, award_id)
    for purpose, number in dict.fromkeys((entry.purpose, entry.list_number) for entry in entries):
        mine = [entry.list_index for entry in entries if (entry.purpose, entry.list_number) == (purpose, number)]
        for row in telling(statuses.versions(connection, purpose, number), mine):
            when = format_milliseconds(row.valid_from).replace(":", "")  # a colon is no part of a name on Windows
            yield f"status/{purpose}-{number}-{when}.json", row.content


def telling(versions: Iterable[Row[Any]], indices: list[int]) -> Iterator[Row[Any]]:
    """Of all versions of a list, oldest first: both sides of each change of one of these bits, and the newest."""
    last: Row[Any] | None = None
    last_bits: list[bool] = []
    told = False
    for row in versions:
        bits = _bits(row.content, indices)
        changed = last is not None and bits != last_bits
        if changed and not told and last is not None:
            yield last
        if changed:
            yield row
        last, last_bits, told = row, bits, changed
    if last is not None and not told:
        yield last


def _bits(content: bytes, indices: list[int]) -> list[bool]:
    bits = statuslist.decode(json.loads(content)["credentialSubject"]["encodedList"])
    return [bool(bits[index // 8] >> (7 - index % 8) & 1) for index in indices]


def _told(
    desk: Desk, awarded: Awarded, record: Row[Any], members: dict[str, bytes], version: str, at: datetime
) -> Told:
    names = (issue.file_name(awarded.row.public_id, each.number, issue.FILE) for each in awarded.revisions)
    files = [f"renderings/{name}" for name in names if f"renderings/{name}" in members]
    return Told(
        public_id=awarded.row.public_id,
        did=desk.config.did,
        erased=awarded.row.erased_at is not None,
        contact_deleted=record.raw is not None and hashlib.sha256(record.raw).hexdigest() != record.digest,
        rendering=files[-1] if files else None,
        version=version,
        at=at,
    )
