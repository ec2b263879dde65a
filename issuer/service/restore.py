"""Restore an issuer from a backup file: everything is compared before anything is changed, and nothing is overwritten.

The register comes back with the event `register-restored` in it, from before it gets its name: until `certify repair`
has told it what was published since, nobody can issue or publish with it.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine

from keys import durable

from .. import config as configuration
from ..config import Config
from ..errors import IssuerError
from ..register import events, open_register
from ..register.copies import SIDE_FILES
from . import archive, linkcare, samehome
from .archive import Archive
from .backup import refuse_other_register
from .desk import RESTORED, Desk
from .erase import LEDGER

_HOME_FOLDER: Final = 0o711
_OWNER_FOLDER: Final = 0o700
_OWNER_FILE: Final = 0o600
_PUBLIC_FILE: Final = 0o644
_LEFT_OVER: Final = {"keys", "issued", "public", LEDGER}
"""What may stand in a home without configuration: parts that were saved, or that a crash of this act left."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands now. `aside`: where the old register lies; `kept`: files that were there and stay as they are.

    `has_passphrase`: whether the file that the configuration names for it is there.
    """

    config: Config
    created: datetime
    aside: Path | None
    kept: tuple[str, ...]
    has_passphrase: bool


def config_of(found: Archive, home: Path, environment: Mapping[str, str]) -> Config:
    """The configuration of the home, else the one in the backup.

    Raises IssuerError `restore.foreign` when the backup is of another issuer, and `restore.server` when the register
    of this one is no file: what was restored would be read by nobody.
    """
    if (home / configuration.FILE).exists():
        config = configuration.load(home, environment)
    else:
        config = configuration.read(home, found.files[archive.CONFIG], environment)
    if config.did != found.manifest.did:
        raise IssuerError(
            "restore.foreign",
            f"{found.path} is a backup of {found.manifest.did}, and this home is of {config.did}. Nothing was changed.",
        )
    if config.server is not None:
        raise IssuerError(
            "restore.server",
            "The register of this issuer is on a database server. Restore it with the server's own tools. Nothing was "
            "changed.",
        )
    return config


def restore(
    found: Archive, config: Config, at: datetime, *, replace: bool, desk_on: Callable[[Engine], Desk]
) -> Restored:
    """Put the register in its place, and whatever else is missing. `desk_on`: the desk for an opened register.

    Safe to repeat after a crash. Raises IssuerError `restore.stands` when a register is there and `replace` is not
    set, `restore.not-empty`, `backup.damaged`, `backup.chain`, and as `samehome.refuse_another`, `open_register` and
    `Desk.writing`.
    """
    home, register = config.home, config.home / configuration.DATABASE
    samehome.refuse_another(found, config)
    _refuse_what_stands(home, register, replace=replace)
    with _made(config):
        for path in home.glob(f".{configuration.DATABASE}.*"):
            path.unlink()  # what a crash of this act has left
        temporary = home / f".{configuration.DATABASE}.{secrets.token_hex(8)}"
        try:
            _prepare(found, temporary, desk_on, at)
            kept = tuple(name for name, data in _beside(found) if not _add(home / name, data))
            aside = _set_aside(register, at)
            temporary.rename(register)
        finally:
            for path in (temporary, *(_side(temporary, end) for end in SIDE_FILES)):
                path.unlink(missing_ok=True)
        durable.sync_folder(home)
    # Last, so that a home which was restored halfway is recognised as none.
    _add(home / configuration.FILE, found.files[archive.CONFIG], mode=_OWNER_FILE)
    expected = config.passphrase_file
    return Restored(config, found.manifest.created, aside, kept, expected is not None and expected.exists())


def _refuse_what_stands(home: Path, register: Path, *, replace: bool) -> None:
    if register.exists() and not replace:
        raise IssuerError(
            "restore.stands",
            f"There is a register {register}. If it is damaged, stop everything that uses it and run the command again "
            "with --replace, which keeps it beside the restored one. Nothing was changed.",
        )
    if (home / configuration.FILE).exists() or not home.exists():
        return
    others = [path.name for path in home.iterdir() if path.name not in _LEFT_OVER]
    foreign = sorted(name for name in others if not name.lstrip(".").startswith(configuration.DATABASE))
    if foreign:
        raise IssuerError(
            "restore.not-empty", f"{home} is no issuer's home: it holds {foreign[0]}. Choose a new folder."
        )


def restore_missing(found: Archive, config: Config) -> tuple[str, ...]:
    """Put key files, registry and certify.toml back where they are not there, beside a register that stays as it is.

    The answer names what was put back. Raises IssuerError `register.missing`, and as `samehome.refuse_another`.
    """
    register = config.home / configuration.DATABASE
    if not register.exists():
        raise IssuerError("register.missing", f"There is no register {register}. Restore it too: leave --missing out.")
    samehome.refuse_another(found, config)
    config.keys.mkdir(mode=_OWNER_FOLDER, exist_ok=True)
    files = (*_beside(found), (archive.CONFIG, found.files[archive.CONFIG]))
    return tuple(name for name, data in files if _add(config.home / name, data))


@contextmanager
def _made(config: Config) -> Iterator[None]:
    """The folders of a home; those that were made for a restore that failed are taken away again."""
    new = [path for path in (config.home, config.keys, config.issued, config.public) if not path.exists()]
    modes = {config.home: _HOME_FOLDER, config.keys: _OWNER_FOLDER, config.issued: _OWNER_FOLDER}
    for path in new:
        path.mkdir(mode=modes.get(path, 0o777), parents=path == config.home)
    try:
        yield
    except BaseException:
        for path in reversed(new):
            if not any(path.iterdir()):
                path.rmdir()
        raise


def _prepare(found: Archive, temporary: Path, desk_on: Callable[[Engine], Desk], at: datetime) -> None:
    """Extract the register, examine it, and mark it as restored while it is still nobody's."""
    durable.create(temporary, b"", mode=_OWNER_FILE)
    found.extract_register(temporary)
    refuse_other_register(found, temporary)
    engine = open_register(URL.create("sqlite", database=str(temporary)))
    try:
        with desk_on(engine).writing(at, repairing=True) as connection:
            linkcare.end_everything(connection, at)
            events.append(connection, RESTORED, at=at)
    finally:
        engine.dispose()
    descriptor = os.open(temporary, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(found: Archive) -> list[tuple[str, bytes]]:
    """The keys, then the registry that names them."""
    names = sorted((name for name in found.files if name != archive.CONFIG), key=lambda name: name == archive.REGISTRY)
    return [(name, found.files[name]) for name in names]


def _add(path: Path, data: bytes, *, mode: int | None = None) -> bool:
    """Write a file that is not there; one that is stays as it is."""
    if path.exists():
        return False
    durable.replace(
        path, data, mode=mode or (_PUBLIC_FILE if path.name == Path(archive.REGISTRY).name else _OWNER_FILE)
    )
    return True


def _set_aside(register: Path, at: datetime) -> Path | None:
    """Keep the old register under another name, with what SQLite holds beside it, then take its own names away.

    By second names first: whenever this is cut short, a whole set of the old files is there, and what was left of
    them is never read together with the new register.
    """
    standing = [path for path in (register, *(_side(register, end) for end in SIDE_FILES)) if path.exists()]
    if not standing:
        return None
    stem = f"{register.name}.before-restore-{at.strftime('%Y%m%dT%H%M%SZ')}"
    names = (register.with_name(stem if number == 1 else f"{stem}-{number}") for number in count(1))
    aside = next(path for path in names if not any(_side(path, end).exists() for end in ("", *SIDE_FILES)))
    for path in standing:
        _side(aside, path.name.removeprefix(register.name)).hardlink_to(path)
    durable.sync_folder(register.parent)
    for path in standing:
        path.unlink()
    durable.sync_folder(register.parent)
    return aside if aside.exists() else None


def _side(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
