"""Commands that keep an issuer going: init, publish, and the log."""

import argparse
import json
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from keys import KeysError
from verifier import terminal
from verifier.format.display import visible, whole

from .. import config as configuration
from ..errors import IssuerError
from ..register import reopen
from ..service import log, publish, setup, traces
from ..words import care as words
from .common import (
    EXIT_DONE,
    EXIT_REFUSED,
    Commands,
    UsageError,
    home,
    open_desk,
    passphrase,
    say,
    taken_back,
    time_of_act,
)

_DEMO: Final[dict[str, str]] = {
    "name": "DEMO Certification Body",
    "base_url": "https://credentials.example",
    "email": "complaints@credentials.example",
}
_WATCH_SECONDS: Final = 60.0
_SHORTEST_SECONDS: Final = 0.1
"""More often than that is a processor at full load, for nobody who would notice."""
_LONGEST_SECONDS: Final = 86_400.0
"""A list is to be signed again daily."""


def add(commands: Commands) -> None:
    """Add these commands."""
    init = commands.add("init", _init, "create an issuer's home: configuration, key, register, public files")
    init.add_argument("--demo", action="store_true", help="a demonstration issuer, marked as such in every credential")
    init.add_argument("--name", help="the issuer's name, as it is signed")
    init.add_argument("--base-url", metavar="URL", help="https://HOST where the public files will be served")
    init.add_argument("--email", help="the address for complaints, as it is signed")
    init.add_argument("--zone", default="UTC", help="the time zone in which days end (default UTC)")
    init.add_argument("--database", metavar="URL", help="a PostgreSQL register: postgresql://USER@HOST/NAME")
    init.add_argument("--database-password-file", metavar="FILE", help="where that user's password is read")
    init.add_argument("--passphrase-file", metavar="FILE", help="where the signing key's passphrase is read")
    publishing = commands.add("publish", _publish, "sign the status lists and write all public files")
    publishing.add_argument("--watch", action="store_true", help="stay, and publish whenever something is due")
    publishing.add_argument(
        "--every", type=float, default=_WATCH_SECONDS, metavar="SECONDS", help="how often to look (default 60)"
    )
    logging = commands.add("log", _log, "show the event chain, and verify it")
    logging.add_argument("public_id", metavar="ID", nargs="?", help="the events of one credential alone")


def _init(options: argparse.Namespace) -> int:
    given = {"name": options.name, "base_url": options.base_url, "email": options.email, "zone": options.zone}
    if options.demo:
        given = {key: value or _DEMO.get(key) for key, value in given.items()}
    missing = [f"--{key.replace('_', '-')}" for key in ("name", "base_url", "email") if not given[key]]
    if missing:
        raise UsageError(f"init needs {', '.join(missing)} (or --demo)")
    passphrase_file = str(Path(options.passphrase_file).absolute()) if options.passphrase_file else None
    given |= {"url": options.database, "password_file": options.database_password_file}
    config = configuration.build(home(options), demo=options.demo, passphrase_file=passphrase_file, **given)
    at = time_of_act(options, demo=options.demo)
    with taken_back():
        desk = setup.create(config, passphrase(options, config, confirm=True), at)
    return say(options, words.created_json(desk), words.created(desk))


def _publish(options: argparse.Namespace) -> int:
    if options.watch:
        return _watch(options)
    desk, at = open_desk(options)
    published = publish.publish(desk, at)
    traces.clear(desk)
    return say(options, words.published_json(published), words.published(published))


def _watch(options: argparse.Namespace) -> int:
    """Until it is told to stop. What cannot be done is said, and tried again."""
    if options.at is not None:
        raise UsageError("--watch goes by the clock: leave --at out")
    if not _SHORTEST_SECONDS <= options.every <= _LONGEST_SECONDS:
        raise UsageError(f"--every takes {_SHORTEST_SECONDS} to {_LONGEST_SECONDS:.0f} seconds")
    desk, _ = open_desk(options)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        try:
            reopen(desk.engine)
            published = publish.keep_published(desk, datetime.now(UTC))
            traces.clear(desk)
        except (IssuerError, KeysError) as error:
            print(f"certify: {whole(error.detail)} [{error.code}]", file=sys.stderr, flush=True)
        except OSError as error:
            print(f"certify: {visible(str(error.filename))}: {error.strerror} [disk]", file=sys.stderr, flush=True)
        else:
            if published:
                as_json = json.dumps(words.published_json(published))
                terminal.emit(as_json if options.json else words.published(published))
        stop.wait(options.every)
    return EXIT_DONE


def _log(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    found = log.read(desk, options.public_id)
    say(options, words.log_json(found), words.log(found))
    return EXIT_DONE if found.broken_at is None else EXIT_REFUSED
