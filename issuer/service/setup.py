"""Create an issuer's home, once: configuration, first key, register, and a first publication."""

import secrets
from collections.abc import Callable
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
from ..register.eventtypes import EventType
from .desk import REGISTRY_FILE, Desk
from .newhome import OWNER_FILE, becoming
from .publish import publish_first

_PASSPHRASE_FILE: Final = "passphrase"  # noqa: S105 - a file name
_PASSPHRASE_BYTES: Final = 32


def create(config: Config, passphrase: Callable[[], bytes], at: datetime) -> Desk:
    """A new home with its first key active and everything published, or nothing at all.

    Raises IssuerError `init.exists`, `init.running` or `register.unusable`, KeyFileError, and OSError. A demo keeps a
    random passphrase beside its key, which protects nothing: demo keys sign nothing that counts.
    """
    makes_passphrase = config.demo and config.passphrase_file is None
    if makes_passphrase:
        config = replace(config, passphrase_file=(config.keys / _PASSPHRASE_FILE).absolute())
        passphrase = file_passphrase(config.passphrase_file)
    with becoming(config):
        if makes_passphrase:
            secret = secrets.token_urlsafe(_PASSPHRASE_BYTES).encode()
            durable.create(config.keys / _PASSPHRASE_FILE, secret + b"\n", mode=OWNER_FILE)
        # The database makes its own file readable by everyone; one that is there keeps its mode.
        if config.server is None:
            durable.create(config.home / configuration.DATABASE, b"", mode=OWNER_FILE)
        desk = Desk(config, load_catalog(), open_register(config.database), passphrase)
        try:
            _begin(desk, at)
        except BaseException:
            desk.engine.dispose()
            raise
    return desk


def _begin(desk: Desk, at: datetime) -> None:
    """Key, first event, first lists: one transaction, since nobody may take a database on a server away again."""
    passphrase = desk.passphrase()  # before the lock: a person may have to type it
    with transaction(desk.engine) as connection:
        if events.last_at(connection):
            raise IssuerError("init.exists", "That database holds an issuer already. Choose an empty one.")
        _first_key(desk.config, passphrase, at)
        events.append(connection, EventType.ISSUER_CREATED, at=at)
        publish_first(desk, connection, at)


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
