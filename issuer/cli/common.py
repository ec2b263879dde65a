"""What all commands share: options, the home, the clock, the passphrase, and how something is said."""

import argparse
import getpass
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from keys import KeysError
from verifier import terminal
from verifier.format.display import whole
from verifier.format.errors import FormatError
from verifier.format.timestamp import parse

from .. import config as configuration
from ..catalog import load_catalog
from ..config import Config
from ..errors import IssuerError
from ..register import LAST_NUMBER, open_register
from ..service import publish, setup
from ..service.desk import Desk
from ..service.publish import Published

EXIT_DONE: Final = 0
EXIT_REFUSED: Final = 1
EXIT_USAGE: Final = 2
INTERRUPTED: Final = "interrupted"
"""How the code of what somebody stopped ends."""
DISK: Final = "disk"
"""The code of a file that could not be used."""
EXIT_STOPPED: Final = 130
"""As shells have it for Ctrl-C."""
_DEFAULT_HOME: Final = "certify-home"
_MAX_PASSPHRASE_BYTES: Final = 4_096


class UsageError(Exception):
    """Something about the command line."""


class Commands:
    """Adds commands with the common options to one level of the command line."""

    def __init__(self, group: Any) -> None:
        self._group = group

    def add(self, name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        """A command, and the function that runs it."""
        made: argparse.ArgumentParser = self._group.add_parser(
            name, parents=[_common()], help=text, description=text, allow_abbrev=False
        )
        made.set_defaults(run=run)
        return made

    def group(self, name: str, text: str) -> "Commands":
        """A word that several commands begin with."""
        parser = self._group.add_parser(name, help=text, description=text)
        return Commands(parser.add_subparsers(required=True, metavar="ACT"))


@cache
def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", metavar="DIR", help=f"the issuer's home (else CERTIFY_HOME, else {_DEFAULT_HOME})")
    common.add_argument("--at", metavar="RFC3339", help="act at this time (demo homes only)")
    common.add_argument("--clock-is-right", action="store_true", help="nothing was done for long, and that is so")
    common.add_argument("--passphrase-fd", metavar="N", type=int, help="read the passphrase from this descriptor")
    common.add_argument("--json", action="store_true", help="print JSON for programs")
    return common


def deciding(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The option of every act that rests on a decision."""
    parser.add_argument("--decision", required=True, metavar="REF", help="the reference of the decision")
    return parser


def destructive(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The options of an act that concerns many at once: look first, and mean it."""
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask: a program has no terminal to answer at")
    return parser


def confirm(options: argparse.Namespace, what: str) -> None:
    """Say what is about to be done, and go on only if somebody wants it; raises IssuerError `act.unconfirmed`."""
    if options.yes:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise IssuerError("act.unconfirmed", f"{what} Nothing was changed. If that is wanted, run it again with --yes.")
    print(f"{whole(what)}\nType yes to go on: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() != "yes":
        raise IssuerError("act.unconfirmed", "That was no yes. Nothing was changed.")


def publishing(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The option of every act that others see once it is published."""
    parser.add_argument("--no-publish", action="store_true", help="leave the publication to certify publish")
    return parser


def home(options: argparse.Namespace) -> Path:
    """The issuer's home."""
    return Path(options.home or os.environ.get("CERTIFY_HOME") or _DEFAULT_HOME).absolute()


def load_config(options: argparse.Namespace) -> Config:
    """Its configuration, as the environment overrides it."""
    return configuration.load(home(options), os.environ)


def open_desk(options: argparse.Namespace) -> tuple[Desk, datetime]:
    """What a use case works with, and the time of the act."""
    config = load_config(options)
    at = time_of_act(options, demo=config.demo)
    return desk_on(options, config, open_register(config.database)), at


def desk_on(options: argparse.Namespace, config: Config, engine: Engine) -> Desk:
    """The same for a register that is open already."""
    desk = Desk(config, load_catalog(), engine, passphrase(options, config))
    desk.clock_is_right = options.clock_is_right or options.at is not None
    return desk


@contextmanager
def taken_back() -> Iterator[None]:
    """SIGTERM and SIGHUP end the block as Ctrl-C does: what was begun is taken back on the way out."""
    numbers = (signal.SIGTERM, signal.SIGHUP) if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def time_of_act(options: argparse.Namespace, *, demo: bool) -> datetime:
    """The clock's, or in a demo the one that was chosen."""
    if options.at is None:
        return datetime.now(UTC)
    if not demo:
        raise UsageError("--at works only in a home made by certify init --demo")
    return instant("--at", options.at)


def clock(options: argparse.Namespace, desk: Desk) -> Callable[[], datetime]:
    """The same for work that takes long: each step of it is dated when it is done, as others' acts are meanwhile."""
    return lambda: time_of_act(options, demo=desk.config.demo)


@contextmanager
def in_steps(stopped: str, so_far: Callable[[], str]) -> Iterator[None]:
    """For work in steps: whatever ends it early, the operator learns how far it came, and how it goes on.

    `stopped`: the code of an end that the operator asked for.
    """
    try:
        yield
    except (IssuerError, KeysError) as error:
        raise IssuerError(error.code, f"{error.detail} {so_far()}") from None
    except OSError as error:
        raise IssuerError(DISK, f"{error.filename or 'A file'}: {error.strerror}. {so_far()}") from None
    except KeyboardInterrupt:
        raise IssuerError(stopped, f"Stopped. {so_far()}") from None


def number(text: str) -> int:
    """For argparse: the number of a row. Raises ArgumentTypeError for what can be none."""
    if not text.isdecimal() or not text.isascii() or len(text) > len(str(LAST_NUMBER)) or int(text) > LAST_NUMBER:
        raise argparse.ArgumentTypeError("that is no number of a row")
    return int(text)


def instant(name: str, text: str) -> datetime:
    """An RFC 3339 time from the command line."""
    try:
        return parse(text)
    except FormatError as error:
        raise UsageError(f"{name}: {error.detail}") from None


def passphrase(options: argparse.Namespace, config: Config, *, confirm: bool = False) -> Callable[[], bytes]:
    """From a descriptor, else the configured file, else a terminal; asked for when it is first needed.

    A descriptor gives it once, and a person should not have to type it twice: what they gave is kept. A file is read
    again each time, since somebody may have put it right.
    """
    if options.passphrase_fd is not None:
        return cache(lambda: passphrase_from(options.passphrase_fd))
    if config.passphrase_file is not None:
        return setup.file_passphrase(config.passphrase_file)
    return cache(lambda: _ask(confirm=confirm))


def passphrase_from(descriptor: int) -> bytes:
    """The first line of what a descriptor gives."""
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            line = file.readline(_MAX_PASSPHRASE_BYTES).rstrip(b"\r\n")
    except OSError as error:
        raise UsageError(f"--passphrase-fd {descriptor} cannot be read: {error.strerror}") from None
    if not line:
        raise UsageError(f"--passphrase-fd {descriptor} gave no passphrase")
    return line


def _ask(*, confirm: bool) -> bytes:
    if sys.stdin is None or not sys.stdin.isatty():
        raise IssuerError(
            "key.passphrase-file", "There is no terminal to ask for the passphrase: set a passphrase file."
        )
    return asked("passphrase", "Passphrase of the signing key: ", confirm=confirm).encode()


def asked(what: str, prompt: str, *, confirm: bool) -> str:
    """A secret that somebody types at the terminal, twice where nothing tells whether they mistyped it."""
    try:
        given = getpass.getpass(prompt)
        if confirm and getpass.getpass("The same again: ") != given:
            raise UsageError(f"the two {what}s differ")
    except (EOFError, UnicodeError):
        given = ""
    if not given:
        raise UsageError(f"no {what} was given")
    return given


def read(name: str, limit: int) -> bytes:
    """A file, or standard input for `-`; one byte more than `limit` at most: then its reader says it is too large."""
    try:
        if name == "-" and sys.stdin is not None:
            return sys.stdin.buffer.read(limit + 1)
        with Path(name).open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise UsageError(f"{name} cannot be read: {reason}") from None


def say(options: argparse.Namespace, value: Any, text: str) -> int:
    """Print the answer, for a program or a person; what was asked for is done."""
    terminal.emit(json.dumps(value, indent=2) if options.json else text)
    return EXIT_DONE


def then_publish(
    options: argparse.Namespace, desk: Desk, at: datetime, answer: Callable[[Published | None], tuple[Any, str]]
) -> int:
    """Publish unless that was left for later, and say what was done also when it could not be published."""
    published = None
    try:
        published = None if options.no_publish else publish.publish(desk, at)
    finally:
        value, text = answer(published)
        say(options, value, text)
    return EXIT_DONE
