"""The backup file: a zip of the register, configuration, registry and encrypted keys, with a manifest of digests.

Written by `backup`, believed by `restore` only after every digest was compared (docs/formats.md, "Backup").
"""

import errno
import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import keys
from verifier.format.errors import FormatError
from verifier.format.strictjson import load_object
from verifier.format.timestamp import format_milliseconds, format_seconds, parse

from .. import config as configuration
from ..errors import IssuerError
from .desk import REGISTRY_FILE

FORMAT: Final = "certify-backup-1"
MANIFEST: Final = "manifest.json"
CONFIG: Final = configuration.FILE
REGISTER: Final = configuration.DATABASE
REGISTRY: Final = f"keys/{REGISTRY_FILE}"
_KEY: Final = re.compile(r"keys/[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.pem", re.ASCII)
_MAX_TEXT: Final = 1 << 20
"""Bytes of the manifest and of the configuration: each takes some hundred, and a registry of 3,000 keys as much."""
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_LATEST: Final = (2107, 12, 31, 23, 59, 58)
"""What the format of a zip file can say of a time."""
_CHUNK: Final = 1 << 20
_OWNER_FILE: Final = 0o600
# Whatever zipfile makes of bytes that are no whole zip file.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, LookupError)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `events`: number and hash of the newest; `lists`: `purpose/number` -> its date."""

    created: datetime
    did: str
    events: tuple[int, str]
    lists: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup whose every digest was compared. `files`: the small members by name; the register stays in the file."""

    path: Path
    manifest: Manifest
    files: Mapping[str, bytes]

    def extract_register(self, target: Path) -> None:
        """Write the register to an empty file."""
        with _opened(self.path) as file, file.open(REGISTER) as source, target.open("wb") as written:
            for chunk in iter(lambda: source.read(_CHUNK), b""):
                written.write(chunk)


def write(path: Path, manifest: Manifest, files: Mapping[str, bytes], register: Path) -> None:
    """Write a new backup file; `register` is the path of its copy. Raises OSError."""
    stamp = min(max(_EARLIEST, manifest.created.timetuple()[:6]), _LATEST)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        digests = {name: _Digest().of(data) for name, data in files.items()}
        with register.open("rb") as source, file.open(_member(REGISTER, stamp), "w", force_zip64=True) as target:
            digests[REGISTER] = _Digest()
            for chunk in iter(lambda: source.read(_CHUNK), b""):
                digests[REGISTER].of(chunk)
                target.write(chunk)
        for name, data in {**files, MANIFEST: _encode(manifest, digests)}.items():
            file.writestr(_member(name, stamp), data)


def read(path: Path) -> Archive:
    """A backup with every digest compared. Raises OSError, and IssuerError `backup.damaged` or `backup.format`."""
    with _opened(path) as file:
        names = file.namelist()
        value = load_object(_small(file, MANIFEST), max_bytes=_MAX_TEXT)
        if value["format"] != FORMAT:
            raise IssuerError("backup.format", f"{path} was made by another version of this program. Use that version.")
        members = _dict(value["members"])
        if sorted(names) != sorted((MANIFEST, *members)) or not {CONFIG, REGISTER, REGISTRY} <= members.keys():
            raise ValueError(MANIFEST)
        files = {name: _small(file, name) for name in members if name != REGISTER}
        found = {name: _Digest().of(data) for name, data in files.items()}
        with file.open(REGISTER) as source:
            found[REGISTER] = _Digest()
            for chunk in iter(lambda: source.read(_CHUNK), b""):
                found[REGISTER].of(chunk)
        if {name: digest.json() for name, digest in found.items()} != members:
            raise ValueError(MANIFEST)
        return Archive(path, _decode(value), files)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with path.open("rb") as raw, zipfile.ZipFile(raw) as file:
            if any(member.compress_type != zipfile.ZIP_DEFLATED for member in file.infolist()):
                raise ValueError(path)  # other ways to pack have errors of their own
            yield file
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place outside of the file, which no whole zip file names
            raise
        raise _damaged(path) from None
    except (*_BROKEN, FormatError, TypeError):
        raise _damaged(path) from None


def _damaged(path: Path) -> IssuerError:
    return IssuerError(
        "backup.damaged", f"{path} is no backup, or not all of it is as it was written. Take another one."
    )


def _small(file: zipfile.ZipFile, name: str) -> bytes:
    limits = {MANIFEST: _MAX_TEXT, CONFIG: _MAX_TEXT, REGISTRY: keys.MAX_REGISTRY_BYTES}
    limit = limits.get(name, keys.MAX_FILE_BYTES if _KEY.fullmatch(name) else -1)
    if file.getinfo(name).file_size > limit:
        raise ValueError(name)
    return file.read(name)


class _Digest:
    """Size and SHA-256 of what it is fed."""

    def __init__(self) -> None:
        self._size, self._hash = 0, hashlib.sha256()

    def of(self, data: bytes) -> "_Digest":
        self._size += len(data)
        self._hash.update(data)
        return self

    def json(self) -> dict[str, Any]:
        return {"size": self._size, "sha256": self._hash.hexdigest()}


def _member(name: str, stamp: tuple[int, ...]) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, stamp)  # type: ignore[arg-type]
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = _OWNER_FILE << 16
    return made


def _encode(manifest: Manifest, digests: Mapping[str, _Digest]) -> bytes:
    number, newest = manifest.events
    value = {
        "format": FORMAT,
        "created": format_seconds(manifest.created),
        "did": manifest.did,
        "events": {"last": number, "hash": newest},
        "lists": {name: format_milliseconds(at) for name, at in manifest.lists.items()},
        "members": {name: digest.json() for name, digest in digests.items()},
    }
    return json.dumps(value, indent=2).encode() + b"\n"


def _decode(value: dict[str, Any]) -> Manifest:
    events = value["events"]
    lists = {name: parse(date) for name, date in _dict(value["lists"]).items()}
    return Manifest(parse(value["created"]), str(value["did"]), (int(events["last"]), str(events["hash"])), lists)


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value
