"""What every use case works with: configuration, catalogue, register, keys and the opened signer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from sqlalchemy import Connection, Engine

import keys
from keys import KeyRecord, Registry, Signer
from verifier import Trust
from verifier.format.timestamp import format_seconds
from verifier.limits import CLOCK_SKEW_SECONDS

from .. import status
from ..catalog import Catalog
from ..config import Config
from ..diddoc import method_id
from ..errors import IssuerError
from ..register import events, snapshot, statuses, transaction
from ..register.eventtypes import EventType
from . import identity

REGISTRY_FILE: Final = "registry.json"
CLOCK_TOLERANCE: Final = timedelta(seconds=CLOCK_SKEW_SECONDS // 2)
"""By which the clocks of two hosts of one issuer may differ; less than what a verifier takes, and we verify first."""

LONGEST_PAUSE: Final = timedelta(days=35)
"""Between two acts of an issuer who acts now and then: by then the last lists have run out."""
DAILY_PAUSE: Final = status.LATE_AFTER
"""The same of one whose lists are signed daily: who is away for longer says that the clock is right."""
RESTORED: Final = EventType.REGISTER_RESTORED
REPAIRED: Final = EventType.REGISTER_REPAIRED

First = Callable[[Connection], None]
"""What an act does at the start of its transaction: raising, it keeps the act from happening."""


def nothing_first(_: Connection) -> None:
    """Nothing stands in the way."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An opened key, its record, and the verification method that proofs name."""

    record: KeyRecord
    method: str
    signer: Signer


@dataclass(slots=True)
class Desk:
    """`passphrase` is asked for once, when something is signed for the first time."""

    config: Config
    catalog: Catalog
    engine: Engine
    passphrase: Callable[[], bytes]
    clock_is_right: bool = False
    """Somebody says so: otherwise a clock far ahead of the last act is not believed."""
    trusted: tuple[object, Trust] | None = field(default=None, repr=False)
    """The trust file as it was last read, and what it was made of (`publish.accepted`)."""
    _opened: dict[str, SigningKey] = field(default_factory=dict, repr=False)
    _founded: str | None = field(default=None, repr=False)
    """The issuer's DID since it was made; it never changes."""
    _opening: Lock = field(default_factory=Lock, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.config.demo:
            self.catalog = self.catalog.without_demonstrations()

    def registry(self) -> Registry:
        """The public key registry as it stands now: another process may have changed it."""
        return keys.load(self.config.keys / REGISTRY_FILE)

    def signing_key(self, at: datetime) -> SigningKey:
        """The newest active key, opened; raises IssuerError `key.none-active` or a KeysError."""
        active = self.registry().active(at)
        if not active:
            raise IssuerError(
                "key.none-active",
                "No key may sign at this time. See certify keys list, and let one sign: certify keys activate KEY.",
            )
        record = active[0]
        with self._opening:  # one at a time: it takes 128 MiB on purpose
            if record.id in self._opened:
                return self._opened[record.id]
            signer = keys.open_signer(record, self.config.keys, self.passphrase())
            self._opened[record.id] = SigningKey(record, method_id(self.config.did, record), signer)
            return self._opened[record.id]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the register to look at; nothing can be written."""
        with snapshot(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self, at: datetime, *, repairing: bool = False, back: bool = False) -> Iterator[Connection]:
        """One transaction of an act at `at`.

        Raises IssuerError before anything is written: `config.other-issuer`, `clock.behind` (unless `back`: this act
        puts right what was dated ahead), `clock.ahead`, or `register.restored` when the register came from a backup
        that is not repaired yet (unless this is the repair).
        """
        with transaction(self.engine) as connection:
            self.require_identity(connection)
            if not back:
                self._refuse_wrong_clock(connection, at)
            if not repairing and events.last_of(connection, RESTORED, REPAIRED) == RESTORED:
                raise IssuerError(
                    "register.restored",
                    "This register was restored from a backup and does not know what came after it. Run certify repair "
                    "first; this step changed nothing.",
                )
            yield connection

    def require_identity(self, connection: Connection) -> None:
        """Raise IssuerError `config.other-issuer` where the configuration is of another issuer than the register."""
        self._founded = self._founded or identity.founded(connection)
        identity.refuse_other(self.config, self._founded)

    def require_issuer(self) -> None:
        """The same before an act that looks, or makes a file, first."""
        with self.reading() as connection:
            self.require_identity(connection)

    def _refuse_wrong_clock(self, connection: Connection, at: datetime) -> None:
        """Times that run backwards would make a history that no auditor can follow, and lists that are never newer.

        What is dated far ahead stands in the way of all that comes after, for as long as the clock was wrong.
        """
        last = last_act(connection) or at
        if at < last - CLOCK_TOLERANCE:
            raise IssuerError(
                "clock.behind",
                f"The clock says {format_seconds(at)}, yet the register holds an act of {format_seconds(last)}. "
                "Set the clock; if it is right, and was ahead then, run certify clock put-right. This step changed "
                "nothing.",
            )
        if not self.clock_is_right and at > last + DAILY_PAUSE and at > last + longest_pause(connection, last):
            raise IssuerError(
                "clock.ahead",
                f"The clock says {format_seconds(at)}, {said(at - last)} after the last act. If that is right, run the "
                "command again with --clock-is-right; this step changed nothing.",
            )


def longest_pause(connection: Connection, last: datetime) -> timedelta:
    """How long after the `last` act a clock is believed without a word: by whether something signs the lists daily."""
    dates = statuses.dates(connection, last - status.HABIT - DAILY_PAUSE)
    return DAILY_PAUSE if status.is_daily(dates) else LONGEST_PAUSE


def said(length: timedelta) -> str:
    """A time as long as days or hours, in words."""
    return f"{length.days} days" if length >= timedelta(days=3) else f"{length // timedelta(hours=1)} hours"


def last_act(connection: Connection) -> datetime | None:
    """When the newest event was recorded or the newest list dated, whichever is later."""
    known = (events.last_at(connection), statuses.last_signed(connection))
    return max((instant for instant in known if instant), default=None)
