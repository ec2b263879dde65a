"""Create an issuer's home, once: configuration, first key, register, and a first publication."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

import keys
from keys import Registry, durable

from .. import config as configuration
from ..catalog import load_catalog
from ..config import Config
from ..errors import IssuerError
from ..register import events, open_register, transaction
from .desk import REGISTRY_FILE, Desk
from .publish import publish

_OWNER_FOLDER: Final = 0o700
# Others may pass through to `public`, which a web server serves, and list nothing.
_HOME_FOLDER: Final = 0o711
_OWNER_FILE: Final = 0o600
_PASSPHRASE_FILE: Final = "passphrase"  # noqa: S105 - a file name
_PASSPHRASE_BYTES: Final = 32


def create(config: Config, passphrase: Callable[[], bytes], at: datetime) -> Desk:
    """A new home with its first key active and everything published; raises IssuerError `init.exists`.

    A demo keeps a random passphrase beside its key, which protects nothing: demo keys sign nothing that counts.
    """
    home = config.home
    made = not home.exists()
    if not made and any(home.iterdir()):
        raise IssuerError("init.exists", f"{home} is not empty and was left as it is. Choose a new folder.")
    home.mkdir(mode=_HOME_FOLDER, parents=True, exist_ok=True)
    for folder in (config.keys, config.issued):
        folder.mkdir(mode=_OWNER_FOLDER)
    config.public.mkdir(exist_ok=True)
    if config.demo and config.passphrase_file is None:
        config = replace(config, passphrase_file=_demo_passphrase(config.keys))
        passphrase = file_passphrase(config.passphrase_file)
    try:
        _first_key(config, passphrase(), at)
    except BaseException:
        # A passphrase that cannot be read or is too weak, or a person who gave up: nothing stands in the way of another
        # try. What is not empty by then is left, and is no reason to hide why.
        for folder in (config.keys, config.issued, config.public, *([home] if made else [])):
            with suppress(OSError):
                folder.rmdir()
        raise
    # The database makes its own file readable by everyone; one that is there keeps its mode.
    if config.server is None:
        durable.create(home / configuration.DATABASE, b"", mode=_OWNER_FILE)
    desk = Desk(config, load_catalog(), open_register(config.database), passphrase)
    with transaction(desk.engine) as connection:
        if events.last_at(connection):
            raise IssuerError("init.exists", "That database holds an issuer already. Choose an empty one.")
        events.append(connection, "issuer-created", at=at, actor_role="operator")
    publish(desk, at)
    # Last, so that a home which was created halfway is recognised as none.
    durable.create(home / configuration.FILE, configuration.write(config), mode=_OWNER_FILE)
    return desk


def file_passphrase(path: Path | None) -> Callable[[], bytes]:
    """A reader of a passphrase file: its first line. It raises IssuerError `key.passphrase-file`."""

    def read() -> bytes:
        if path is None:
            raise IssuerError("key.passphrase-file", "No passphrase file is set: give keys.passphrase_file.")
        try:
            passphrase = path.read_bytes().split(b"\n")[0].rstrip(b"\r")
        except OSError as error:
            raise IssuerError("key.passphrase-file", f"{path} cannot be read: {error.strerror}.") from None
        if not passphrase:
            raise IssuerError("key.passphrase-file", f"{path} holds no passphrase in its first line.")
        return passphrase

    return read


def _demo_passphrase(folder: Path) -> Path:
    path = folder / _PASSPHRASE_FILE
    durable.create(path, secrets.token_urlsafe(_PASSPHRASE_BYTES).encode() + b"\n", mode=_OWNER_FILE)
    return path.absolute()


def _first_key(config: Config, passphrase: bytes, at: datetime) -> None:
    registry = add_key(config, Registry(), passphrase, at)
    keys.save(config.keys / REGISTRY_FILE, keys.activate(registry, registry.keys[0].id, at=at))


def _free_id(config: Config, registry: Registry, year: int) -> str:
    """The next id without a file: a crash can leave the file of a key that was never announced."""
    name, _, number = registry.next_id(year).rpartition("-")
    ids = (f"{name}-{place}" for place in count(int(number)))
    return next(key_id for key_id in ids if not (config.keys / f"{key_id}.pem").exists())


def add_key(config: Config, registry: Registry, passphrase: bytes, at: datetime) -> Registry:
    """Generate a key file and announce it; the registry file is the caller's to save."""
    key_id = _free_id(config, registry, at.year)
    signer = keys.generate(config.keys / f"{key_id}.pem", passphrase)
    return keys.announce(registry, key_id, signer.public_key, f"file:{key_id}.pem", at=at)
