"""Checks of the home itself: configuration, permissions, passphrase file, pinned data, disk space."""

import hashlib
import json
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import verifier

from ... import config as configuration
from ...config import Config
from ..desk import REGISTRY_FILE
from ..erase import LEDGER
from .advice import PUBLISH, on
from .check import NAMED, Check, Finding, Scene, red, some, warning

_OTHERS: Final = 0o077
_OTHERS_WRITE: Final = 0o022
_PASS: Final = 0o001
_READ: Final = 0o004
_LOW_DISK_BYTES: Final = 1 << 30
"""A register of 100,000 credentials takes about as much; under it a publication may fail halfway through its files."""
_DATA: Final = Path(verifier.__file__).parent / "data"
_PINNED: Final = {"contexts": "contexts", "dictionaries": "qr"}
"""Member of the manifest -> its folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder: its path below the home (the home's own: where it is), permission bits with kind, and owner.

    A mode of 0 says that it is not there, which it should be.
    """

    name: str
    mode: int
    owner: int


def _entry(home: Path, path: Path) -> Entry:
    found = path.stat()
    return Entry(str(home if path == home else path.relative_to(home)), found.st_mode, found.st_uid)


def _on(command: str, home: Entry, entries: Sequence[Entry]) -> str:
    """A command on a few files; of many on all that lies where they lie."""
    if len(entries) <= NAMED:
        return on(command, (f"{home.name}/{each.name}" for each in entries))
    places = sorted({each.name.partition("/")[0] for each in entries})
    return on(command.replace(" ", " -R ", 1), (f"{home.name}/{place}" for place in places))


def _secrets(scene: Scene) -> tuple[Entry, tuple[Entry, ...]]:
    home = scene.home
    names = [configuration.FILE, *(configuration.DATABASE + suffix for suffix in ("", "-wal", "-shm")), LEDGER]
    folders = [home / "keys", home / "issued"]
    there = [folder for folder in folders if folder.exists()]
    inside = [path for folder in there for path in sorted(folder.iterdir()) if path.name != REGISTRY_FILE]
    paths = [path for path in (*(home / name for name in names), *there, *inside) if path.exists()]
    missing = [Entry(folder.name, 0, 0) for folder in folders if folder not in there]
    return _entry(home, home), (*missing, *(_entry(home, path) for path in paths))


def judge_secrets(facts: tuple[Entry, tuple[Entry, ...]], _at: datetime) -> Iterator[Finding]:
    """Keys, register and issued files are for the owner alone, who owns the home as well."""
    home, entries = facts
    missing = [each for each in entries if not each.mode]
    if missing:
        yield red(f"Not there: {_named(missing)}. Run {_on('mkdir -m 700', home, missing)}.")
    loose = [each for each in entries if each.mode & _OTHERS]
    if loose:
        command = _on("chmod go-rwx", home, loose)
        yield red(f"Others than the owner may use {_named(loose)}. Run {command}, and ask yourself who has read it.")
    foreign = [each for each in entries if each.mode and each.owner != home.owner]
    if foreign:
        command = _on(f"chown {home.owner}", home, foreign)
        yield red(f"{_named(foreign)} belongs to another user than the home does. As root run {command}.")
    if home.mode & _OTHERS_WRITE:
        command = on("chmod go-w", [home.name])
        yield red(f"Others may put files into the home and take files out of it. Run {command}.")


def _named(entries: Sequence[Entry]) -> str:
    return some([each.name for each in entries])


def _public(scene: Scene) -> tuple[Entry, tuple[Entry, ...]]:
    public = scene.home / "public"
    paths = [public, *sorted(public.rglob("*"))]
    return _entry(scene.home, scene.home), tuple(_entry(scene.home, path) for path in paths)


def judge_public(facts: tuple[Entry, tuple[Entry, ...]], _at: datetime) -> Iterator[Finding]:
    """A web server that runs as another user can reach what is public, and write nothing there."""
    home, entries = facts
    shut = [] if home.mode & _PASS else ["the home"]
    for each in entries:
        wanted = _READ | _PASS if stat.S_ISDIR(each.mode) else _READ
        shut += [] if each.mode & wanted == wanted else [each.name]
    if shut:
        yield warning(
            f"A web server that runs as another user cannot read {some(shut)}. Run {on('chmod o+x', [home.name])} and "
            f"{on('chmod -R o+rX', [f'{home.name}/public'])}, unless the server is you."
        )
    open_ = [each for each in entries if each.mode & _OTHERS_WRITE]
    if open_:
        command = _on("chmod go-w", home, open_)
        yield red(f"Others may change what is public: {_named(open_)}. Run {command}, then `certify publish`.")


@dataclass(frozen=True, slots=True)
class PassphraseFile:
    """The configured file; `mode` is None when it cannot be found."""

    path: Path
    mode: int | None
    is_public: bool
    home: Path = Path()


def _passphrase(scene: Scene) -> PassphraseFile | None:
    path = scene.config.passphrase_file
    if path is None:
        return None
    public = scene.config.public.resolve()
    mode = path.stat().st_mode if path.exists() else None
    return PassphraseFile(path, mode, path.resolve().is_relative_to(public), scene.home)


def judge_passphrase(file: PassphraseFile | None, _at: datetime) -> Iterator[Finding]:
    """Whoever reads it and the key file signs in the issuer's name."""
    if file is None:
        return
    if file.is_public:
        away = file.home / "passphrase"
        yield red(
            f"{file.path} lies in the public folder. Run {on('mv', [file.path, away])}, set keys.passphrase_file = "
            f'"{away}" in certify.toml, and give up each key that it opens: '
            "`certify keys compromise KEY --decision REF`."
        )
    if file.mode is None or not stat.S_ISREG(file.mode):
        yield red(
            f"{file.path}, the configured passphrase file, is no file. Write the passphrase into its first line again "
            f"and run {on('chmod 600', [file.path])}; without it nothing can be signed."
        )
    elif file.mode & _OTHERS:
        command = on("chmod 600", [file.path])
        yield red(f"Others than its owner may read {file.path}. Run {command}, and ask yourself who has read it.")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A file of the verifier's data, the digest it must have and the one it has (None: not there)."""

    name: str
    wanted: str
    found: str | None


def pinned_in(folder: Path) -> tuple[Pinned, ...]:
    """Everything that the manifest of a data folder lists; members that it does not have are none."""
    manifest = json.loads((folder / "MANIFEST.json").read_bytes())
    return tuple(
        Pinned(f"{place}/{entry['file']}", entry["sha256"], _digest(folder / place / entry["file"]))
        for kind, place in _PINNED.items()
        for entry in manifest.get(kind, ())
    )


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def judge_pinned(files: tuple[Pinned, ...], _at: datetime) -> Iterator[Finding]:
    """The contexts decide what is signed: one changed byte, and other verifiers read something else."""
    wrong = [each.name for each in files if each.found != each.wanted]
    if wrong:
        yield red(
            f"{some(wrong)} of the verifier's data is not what was pinned. Install this program again: "
            "`pip install --force-reinstall certify-vc`."
        )


def _configuration(scene: Scene) -> Config:
    return scene.config


def judge_disk(free: int, _at: datetime) -> Iterator[Finding]:
    """`free` in bytes."""
    if free < _LOW_DISK_BYTES:
        yield red(f"Only {free >> 20} MiB are free where the home lies. Make room: a publication or an act may fail.")


CHECKS: Final = (
    Check(
        "doctor.configuration", _configuration, lambda _facts, _at: (), "The configuration can be read and is valid."
    ),
    Check("doctor.secrets", _secrets, judge_secrets, "Keys, register and issued files are for their owner alone."),
    Check(
        "doctor.public",
        _public,
        judge_public,
        "A web server can read what is public, and others can change nothing.",
        PUBLISH,
    ),
    Check("doctor.passphrase", _passphrase, judge_passphrase, "The passphrase is for its owner alone."),
    Check("doctor.pinned", lambda _scene: pinned_in(_DATA), judge_pinned, "The verifier's data is what was pinned."),
    Check(
        "doctor.disk",
        lambda scene: shutil.disk_usage(scene.home).free,
        judge_disk,
        "There is enough room on the disk.",
    ),
)
