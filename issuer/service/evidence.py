"""What a repair goes by: published lists and issued credentials, believed when we signed them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from verifier import Level, Report, Trust, reading, verify
from verifier.format import proof, statuslist
from verifier.format.errors import FormatError
from verifier.format.timestamp import parse
from verifier.format.types import as_list
from verifier.kinds import KINDS
from verifier.limits import MAX_CREDENTIAL_BYTES, MAX_TRUST_BYTES

from ..credential import StatusEntry, list_url
from ..errors import IssuerError
from ..recovery import Found, read
from ..register.awards import Rendering
from ..status import indices_set
from . import lists
from .desk import Desk
from .issue import COMPACT, FILE, JWT
from .lists import Which

_SUFFIXES: Final = frozenset({".json", ".jwt"})
_FORMATS: Final = {proof.RDFC: FILE, proof.JCS: COMPACT}
NOT_GENUINE: Final = "recovered.not-genuine"
FOREIGN: Final = "recovered.foreign"
UNKNOWN: Final = "recovered.unknown"


@dataclass(frozen=True, slots=True)
class PublishedList:
    """One genuine version of a list, and the entries that it sets."""

    which: Which
    valid_from: datetime
    valid_until: datetime
    entries: frozenset[StatusEntry] = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, and the code that says why."""

    file: str
    code: str


@dataclass(slots=True)
class FoundRevision:
    """One revision, and what was found of its renderings, by format. `hint`: the number in a file's name, else 0."""

    found: Found
    paths: list[Path]
    hint: int = 0
    renderings: dict[str, Rendering] = field(default_factory=dict)


def published(desk: Desk, folders: Iterable[Path], at: datetime) -> list[PublishedList]:
    """Every version of every list below `status/` of these folders, the newest last.

    Raises IssuerError `repair.list-not-genuine` for a file there that is not a list of ours, and OSError.
    """
    trust = lists.own_trust(desk, at)
    paths = (path for folder in folders for path in sorted((folder / "status").glob("*/*")))
    found = [_list(desk, trust, path, at) for path in dict.fromkeys(paths) if path.name.isdigit()]
    return sorted(found, key=lambda each: each.valid_from)


def _list(desk: Desk, trust: Trust, path: Path, at: datetime) -> PublishedList:
    content = _bounded(path, MAX_TRUST_BYTES)
    report = verify(content, trust=trust, at=at)
    if not report.genuine:
        raise _not_genuine(path, report.summary)
    document: Any = report.require(Level.AUTHENTIC).document
    try:
        which = (path.parent.name, int(path.name))
        if (document["issuer"], document["id"]) != (desk.config.did, list_url(desk.config, *which)):
            raise _not_genuine(path, "It is the list of another address.")
        places = indices_set(statuslist.decode(document["credentialSubject"]["encodedList"]))
        entries = frozenset(StatusEntry(*which, place) for place in places)
        return PublishedList(which, parse(document["validFrom"]), parse(document["validUntil"]), entries, content)
    except (KeyError, TypeError, ValueError, FormatError):
        raise _not_genuine(path, "It is no status list.") from None


def _not_genuine(path: Path, why: str) -> IssuerError:
    return IssuerError(
        "repair.list-not-genuine",
        f"{path} is no list that this issuer has signed ({why}) Nothing was changed. Fetch it anew from the web "
        "server, or move it away.",
    )


def issued(
    desk: Desk,
    folders: Sequence[Path],
    at: datetime,
    *,
    known: frozenset[str],
    erased: Mapping[str, datetime],
    progress: Callable[[int, int], None],
) -> tuple[list[FoundRevision], list[Skipped], list[Path]]:
    """The revisions that the credentials in these folders show, oldest first; files left out; files of erased awards.

    `known`: digests of what the register has already, which needs no look. `progress`: how many files were read, of how
    many. Raises OSError.
    """
    trust = lists.own_trust(desk, at)
    revisions: dict[tuple[str, datetime], FoundRevision] = {}
    skipped: list[Skipped] = []
    forgotten: list[Path] = []
    paths = list(_files(folders))
    for number, path in enumerate(paths, 1):
        progress(number, len(paths))
        content = _bounded(path, MAX_CREDENTIAL_BYTES)
        if hashlib.sha256(content).hexdigest() in known:
            continue
        seen = _credential(desk, trust, content, at)
        if isinstance(seen, str):
            skipped.append(Skipped(str(path), seen))
        elif seen.award.id in erased:
            forgotten.append(path)
        else:
            revision = revisions.setdefault((seen.award.id, seen.valid_from), FoundRevision(seen, []))
            rendering = _rendering(content)
            revision.renderings.setdefault(rendering.format, rendering)
            revision.paths.append(path)
            revision.hint = revision.hint or _hint(path, seen)
    return sorted(revisions.values(), key=lambda each: each.found.valid_from), skipped, forgotten


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.glob("*")) if path.suffix in _SUFFIXES and path.is_file())


def _credential(desk: Desk, trust: Trust, content: bytes, at: datetime) -> Found | str:
    """What a genuine credential of ours shows, or the code for what it is instead."""
    report = verify(content, trust=trust, at=at)
    if not report.genuine:
        return FOREIGN if _is_foreign(report, content, desk.config.did) else NOT_GENUINE
    verified = report.require(Level.AUTHENTIC)
    document: Any = verified.document
    if verified.issuer != desk.config.did:
        return FOREIGN
    return read(document, desk.config, desk.catalog) or UNKNOWN


def _is_foreign(report: Report, content: bytes, did: str) -> bool:
    """Whether it claims another issuer: whose keys we do not have, so that we cannot tell."""
    if report.genuine is False:
        return False
    try:
        issuer: Any = reading.read(content).document.get("issuer")
    except FormatError as error:
        return error.code in KINDS
    return (issuer.get("id") if isinstance(issuer, dict) else issuer) != did


def _rendering(content: bytes) -> Rendering:
    found = reading.read(content)  # genuine: so it was read before, and has a proof
    if found.jws:
        form, method = JWT, found.jws.header["kid"]
    else:
        made: Any = as_list(found.document["proof"])[0]
        form, method = _FORMATS.get(made.get("cryptosuite"), FILE), made["verificationMethod"]
    return Rendering(form, str(method).rpartition("#")[2], content)


def _hint(path: Path, found: Found) -> int:
    """N of `<public id>.rN.json`."""
    end = path.name.removeprefix(f"{found.award.public_id}.r").partition(".")[0]
    return int(end) if end.isascii() and end.isdigit() and len(end) < 6 else 0


def _bounded(path: Path, limit: int) -> bytes:
    """One byte more than the limit at most: then its reader says that it is too large."""
    with path.open("rb") as file:
        return file.read(limit + 1)
