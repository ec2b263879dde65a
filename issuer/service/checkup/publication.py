"""Checks of what readers see: the age of the lists, and whether all that is public is what the register says."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from keys import KeyRecord
from verifier import Trust, TrustError, did, verify
from verifier.format.errors import FormatError
from verifier.format.timestamp import format_seconds, parse

from ... import status
from ...diddoc import method_id
from ...register import statuses
from .. import lists, publish
from ..desk import Desk
from .advice import PUBLISH, on
from .check import Check, Finding, Scene, fine, red, some, warning

_TOO_LATE: Final = 2 * status.RESIGN_AFTER + status.LATE_AFTER
"""Three missed days: what takes a person a weekend to notice."""
_TRUST: Final = "trust.json"
_DID: Final = ".well-known/did.json"
_LISTS: Final = "status/"


@dataclass(frozen=True, slots=True)
class ListAge:
    """When the newest version of a list was signed, and until when it serves; None when it never was."""

    name: str
    valid_from: datetime | None
    valid_until: datetime | None


def _name(which: lists.Which) -> str:
    return f"{which[0]}/{which[1]}"


def _ages(scene: Scene) -> tuple[ListAge, ...]:
    with scene.desk.reading() as connection:
        rows = {each: statuses.latest_list(connection, *each) for each in lists.every(scene.desk, connection)}
    return tuple(
        ListAge(_name(each), row.valid_from if row else None, row.valid_until if row else None)
        for each, row in rows.items()
    )


def judge_ages(ages: tuple[ListAge, ...], at: datetime) -> Iterator[Finding]:
    """A list is signed again every day: some readers refuse an older one, and all of them an ended one."""
    for each in ages:
        if each.valid_from is None or each.valid_until is None:
            yield red(f"The list {each.name} was never signed. {PUBLISH}")
        elif each.valid_until < at:
            yield red(
                f"The list {each.name} ended on {format_seconds(each.valid_until)}: no credential can be shown to "
                f"be in force. {PUBLISH}"
            )
        elif at - each.valid_from > status.LATE_AFTER:
            since = f"The list {each.name} was last signed on {format_seconds(each.valid_from)}"
            advice = f"{since}. Run `certify publish`, and see why nothing does so daily."
            yield red(advice) if at - each.valid_from > _TOO_LATE else warning(advice)


@dataclass(frozen=True, slots=True)
class PublicFile:
    """One public file: what the register makes of it (None: it knows no such list), and what stands (None: nothing).

    `forged`: a list that this issuer never signed for that place.
    """

    name: str
    wanted: bytes | None
    found: bytes | None
    forged: bool = False
    path: Path = Path()


def _files(scene: Scene) -> tuple[PublicFile, ...]:
    with scene.desk.reading() as connection:
        scene.desk.require_identity(connection)
        wanted = dict(publish.files(scene.desk, connection, scene.at))
    public = scene.config.public
    beyond = {str(path.relative_to(public)): None for path in sorted(public.glob("status/*/*"))}
    return tuple(_file(scene, public / name, name, content) for name, content in {**beyond, **wanted}.items())


def _file(scene: Scene, path: Path, name: str, wanted: bytes | None) -> PublicFile:
    found = _read(path)
    forged = name.startswith(_LISTS) and found is not None and found != wanted and not _is_ours(scene, found, name)
    return PublicFile(name, wanted, found, forged, path)


def _is_ours(scene: Scene, content: bytes, name: str) -> bool:
    report = verify(content, trust=lists.own_trust(scene.desk, scene.at), at=scene.at)
    return report.genuine is True and json.loads(content).get("id") == f"{scene.config.base_url}/{name}"


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def judge_files(files: tuple[PublicFile, ...], _at: datetime) -> Iterator[Finding]:
    """What readers see and what the register says, file by file."""
    forged = [each for each in files if each.forged]
    if forged:
        yield red(
            f"Published as a list, and not signed by this issuer: {some([each.name for each in forged])}. Find out who "
            f"put it there, then run {on('rm', (each.path for each in forged))} and `certify publish`."
        )
    files = tuple(each for each in files if not each.forged)
    newer = [each.name for each in files if is_newer(each)]
    if newer:
        yield red(
            f"Published, and newer than the register knows: {some(newer)}. This register is an older copy: run "
            "`certify repair`."
        )
    missing = [each.name for each in files if each.found is None]
    if missing:
        yield red(f"Not published: {some(missing)}. {PUBLISH}")
    other = [each.name for each in files if each.found is not None and each.name not in newer and not _agrees(each)]
    if other:
        yield red(
            f"Published, and not what the register says: {some(other)}. Find out who changed it, then run "
            "`certify publish`."
        )


def is_newer(file: PublicFile) -> bool:
    """Whether a list that stands is dated later than the register's, or is one that it does not know."""
    if file.found is None or not file.name.startswith(_LISTS):
        return False
    if file.wanted is None:
        return True
    found, wanted = _dated(file.found), _dated(file.wanted)
    return found is not None and wanted is not None and found > wanted


def _dated(content: bytes) -> datetime | None:
    try:
        return parse(json.loads(content)["validFrom"])
    except (ValueError, KeyError, TypeError, AttributeError, FormatError):
        return None


def _agrees(file: PublicFile) -> bool:
    if file.name != _TRUST or file.found is None or file.wanted is None:
        return file.found == file.wanted
    return bool(_undated(file.found) == _undated(file.wanted))


def _undated(content: bytes) -> Any:
    try:
        value = json.loads(content)
    except ValueError:
        return None
    return {name: each for name, each in value.items() if name != "asOf"} if isinstance(value, dict) else None


def _changed(scene: Scene) -> tuple[str, ...]:
    desk = scene.desk
    with desk.reading() as connection:
        signed = (each for each in lists.every(desk, connection) if statuses.latest_list(connection, *each))
        return tuple(_name(each) for each in signed if lists.has_changed(desk, connection, each))


def judge_changed(names: tuple[str, ...], _at: datetime) -> Iterator[Finding]:
    """Withdrawals and suspensions that no reader can see."""
    if names:
        yield red(f"Changed and not yet signed: {some(names)}. Run `certify publish`, so that others see it.")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader has: the trust file, and each list by name; `folder`: where the lists are."""

    trust: bytes
    lists: Mapping[str, bytes]
    folder: Path = Path("status")


def _seen(scene: Scene) -> Seen:
    public = scene.config.public
    with scene.desk.reading() as connection:
        every = lists.every(scene.desk, connection)
    return Seen((public / _TRUST).read_bytes(), {_name(each): _list(public, each) for each in every}, public / _LISTS)


def _list(public: Path, which: lists.Which) -> bytes:
    return (public / lists.path_of(which)).read_bytes()


def judge_seen(seen: Seen, at: datetime) -> Iterator[Finding]:
    """Every list passes the verifier that everyone else uses, with the trust file that everyone else has."""
    try:
        trust = Trust.read(seen.trust)
    except TrustError as error:
        yield red(f"The published trust file cannot be used: {error.detail} {PUBLISH}")
        return
    for name, content in seen.lists.items():
        report = verify(content, trust=trust, at=at)
        if not report.is_sound_list:
            first = "" if report.genuine else f"{on('rm', [seen.folder / name])}, then "
            yield red(
                f"The published list {name} does not pass a check: {report.summary} Run {first}`certify publish`."
            )


@dataclass(frozen=True, slots=True)
class Served:
    """The published DID document, and the keys whose signatures must resolve by it."""

    did: str
    document: bytes
    active: tuple[KeyRecord, ...]


def _served(scene: Scene) -> Served:
    scene.desk.require_issuer()
    document = (scene.config.public / _DID).read_bytes()
    return Served(scene.config.did, document, scene.registry().active(scene.at))


def judge_served(served: Served, _at: datetime) -> Iterator[Finding]:
    """Whoever resolves the DID finds every active key, with the public half that the registry has."""
    lost = [key.id for key in served.active if not _resolves(served, key)]
    if lost:
        yield red(f"The published DID document does not give {some(lost)}. {PUBLISH}")


def _resolves(served: Served, key: KeyRecord) -> bool:
    try:
        document = did.resolve(served.did, Trust.read(served.document))
        method = did.verification_method(document, method_id(served.did, key), "assertionMethod")
    except (FormatError, TrustError):
        return False
    return method.public_key == key.public_key


def _fill(scene: Scene) -> tuple[tuple[str, int, int], ...]:
    desk = scene.desk
    with desk.reading() as connection:
        newest = dict(lists.every(desk, connection))
        return tuple(_filled(desk, connection, each) for each in newest.items())


def _filled(desk: Desk, connection: Connection, which: lists.Which) -> tuple[str, int, int]:
    return _name(which), statuses.used(connection, *which), desk.config.status_length


def judge_fill(found: tuple[tuple[str, int, int], ...], _at: datetime) -> Iterator[Finding]:
    """How many entries of the newest list of each purpose are given away: the next list begins by itself."""
    told = (f"{name} {used:,} of {length:,} ({used * 100 // length} %)" for name, used, length in found)
    yield fine(f"Entries given away: {', '.join(told)}. The next list begins by itself.")


CHECKS: Final = (
    Check("doctor.list-age", _ages, judge_ages, "Every list was signed within a day."),
    Check("doctor.published", _files, judge_files, "What is public is what the register says."),
    Check("doctor.changed", _changed, judge_changed, "Every withdrawal and suspension is signed."),
    Check("doctor.lists-genuine", _seen, judge_seen, "The published lists pass the verifier.", PUBLISH),
    Check("doctor.did", _served, judge_served, "The published DID document gives every active key.", PUBLISH),
    Check("doctor.list-fill", _fill, judge_fill, "The lists have room."),
)
