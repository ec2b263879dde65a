"""Back up an issuer: one file with all that cannot be made again, verified before it gets its name.

No passphrase is in it: whoever finds a backup cannot sign. `public/` and `issued/` are written again from the register.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import URL

import keys
from keys import durable

from ..errors import IssuerError
from ..register import copy, events, is_sound, open_register, snapshot, statuses
from . import archive
from .archive import Archive, Manifest
from .desk import REGISTRY_FILE, Desk

_OWNER_FILE: Final = 0o600
_PREFIX: Final = ".certify-backup-"
_FRESH_SECONDS: Final = 60
"""A folder so young may be another one's who has not taken it yet."""
_TRIES: Final = 3
"""Reading the keys anew when somebody changed one meanwhile, which happens some times a year."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was read again and found whole. `size` is in bytes."""

    path: Path
    size: int
    manifest: Manifest
    keys: int


def backup(desk: Desk, path: Path, at: datetime) -> BackedUp:
    """Write a new backup file, for its owner alone, beside any reader and writer of the register.

    Raises IssuerError `backup.exists`, `backup.busy`, `backup.chain`, `backup.damaged` or `config.other-issuer`,
    KeyFileError for a key file that is not kept as it should be, and OSError. There is no file of that name then.
    """
    _refuse_existing(path)
    desk.require_issuer()
    with _workplace(path.parent) as folder:
        copied, made, checked = folder / archive.REGISTER, folder / "backup", folder / "checked.db"
        files = _copy(desk, copied)
        number, newest, lists = _state(copied)
        archive.write(made, Manifest(at, desk.config.did, (number, newest), lists), files, copied)
        copied.unlink()  # before its second copy: a register may be large
        written = archive.read(made)
        written.extract_register(checked)
        refuse_other_register(written, checked)
        _synced(made)
        _refuse_existing(path)
        size = made.stat().st_size
        made.rename(path)
    durable.sync_folder(path.parent)
    return BackedUp(path, size, written.manifest, sum(name.endswith(".pem") for name in written.files))


@contextmanager
def _workplace(beside: Path) -> Iterator[Path]:
    """A folder that goes at the end; and those of killed ones go, too: a whole register that nobody knows of."""
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=beside) as name, _held(Path(name)):
        now = Path(name).stat().st_mtime
        for left in beside.glob(f"{_PREFIX}*"):
            with suppress(OSError), _held(left):
                if now - left.stat().st_mtime > _FRESH_SECONDS:
                    shutil.rmtree(left)
        yield Path(name)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The folder for ourselves, for as long as this process lives; raises OSError when another one has it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise IssuerError("backup.exists", f"{path} is there and was left as it is. Choose another name.")


def _copy(desk: Desk, target: Path) -> Mapping[str, bytes]:
    """The register to a file, and the small files of the same moment: no key was changed while it was copied."""
    before = _small_files(desk)
    for _ in range(_TRIES):
        target.unlink(missing_ok=True)
        copy(desk.engine, target)
        after = _small_files(desk)
        if after == before:
            return after
        before = after
    raise IssuerError("backup.busy", "Somebody is changing the keys. Nothing was written; try again.")


def _small_files(desk: Desk) -> dict[str, bytes]:
    folder = desk.config.keys
    desk.registry()  # a registry that cannot be read is named now, not when it is needed
    return {
        archive.CONFIG: (desk.config.home / archive.CONFIG).read_bytes(),
        archive.REGISTRY: (folder / REGISTRY_FILE).read_bytes(),
        **{f"keys/{path.name}": keys.sealed(path) for path in sorted(folder.glob("*.pem"))},
    }


def _state(path: Path) -> tuple[int, str, dict[str, datetime]]:
    """The number and hash of the newest event of a copied register, and its newest lists; it is migrated if need be.

    Raises IssuerError `backup.chain`, or as `open_register`.
    """
    engine = open_register(URL.create("sqlite", database=str(path)))
    try:
        with snapshot(engine) as connection:
            newest = events.newest(connection)
            lists = {f"{purpose}/{number}": at for (purpose, number), at in statuses.newest_lists(connection).items()}
    finally:
        engine.dispose()
    if newest is None:
        raise _broken()
    return newest.seq, newest.hash, lists


def _refuse_broken_chain(path: Path) -> None:
    engine = open_register(URL.create("sqlite", database=str(path)))
    try:
        with snapshot(engine) as connection:
            broken = events.broken_at(connection)
    finally:
        engine.dispose()
    if broken is not None:
        raise _broken()


def _broken() -> IssuerError:
    return IssuerError("backup.chain", "The event chain of this register is broken. See certify log.")


def refuse_other_register(written: Archive, register: Path) -> None:
    """Raise IssuerError unless the extracted register is whole, and the one that the manifest describes.

    That is `backup.damaged`, `backup.chain`, or as `open_register`.
    """
    if not is_sound(register):
        raise IssuerError("backup.damaged", f"The register in {written.path} is damaged. Take another backup.")
    _refuse_broken_chain(register)
    number, newest, lists = _state(register)
    if (number, newest) != written.manifest.events or lists != written.manifest.lists:
        raise IssuerError("backup.damaged", f"The register in {written.path} is not the one of its manifest.")


def _synced(path: Path) -> None:
    path.chmod(_OWNER_FILE)
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
