"""One check of `certify doctor`: how its facts are gathered, how they are judged, and what is said when all is well."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final, Generic, TypeVar

from keys import Registry

from ... import config as configuration
from ...catalog import Catalog
from ...config import Config
from ...errors import IssuerError
from ...register.examine import open_unchanged
from ..desk import Desk, last_act, longest_pause
from ..setup import file_passphrase

NAMED: Final = 5
"""Of many files or credentials the first few are named, and how many more there are."""


class Level(StrEnum):
    """How bad it is. Red: act now; warning: soon."""

    OK = "ok"
    WARNING = "warning"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a sentence that says what to do."""

    level: Level
    sentence: str


def fine(sentence: str) -> Finding:
    """Nothing to do."""
    return Finding(Level.OK, sentence)


def warning(sentence: str) -> Finding:
    """Something to do soon."""
    return Finding(Level.WARNING, sentence)


def red(sentence: str) -> Finding:
    """Something to do now."""
    return Finding(Level.RED, sentence)


def some(names: Sequence[str]) -> str:
    """The first few names, and how many more."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


@dataclass
class Scene:
    """Where the facts are gathered. What cannot be had raises, each time that it is asked for."""

    home: Path
    environment: Mapping[str, str]
    at: datetime
    load_catalog: Callable[[], Catalog]
    given: bytes | None = None
    """A passphrase that somebody gave for this look."""

    @cached_property
    def config(self) -> Config:
        """The configuration; raises IssuerError."""
        return configuration.load(self.home, self.environment)

    @cached_property
    def desk(self) -> Desk:
        """What the use cases work with, on a register that cannot be written; raises IssuerError."""
        config = self.config
        engine = open_unchanged(config.database)
        return Desk(config, self.load_catalog(), engine, _no_passphrase)

    @cached_property
    def passphrase(self) -> bytes | None:
        """The one that is at hand without asking anybody."""
        if self.given is not None:
            return self.given
        try:
            return file_passphrase(self.config.passphrase_file)()
        except IssuerError:
            return None

    @cached_property
    def paused(self) -> bool:
        """Whether the last act is so long ago that the next one has to say that the clock is right."""
        with self.desk.reading() as connection:
            last = last_act(connection)
            return last is not None and self.at > last + longest_pause(connection, last)

    def registry(self) -> Registry:
        """The public key registry; raises KeysError."""
        return self.desk.registry()

    def close(self) -> None:
        """Let go of the register."""
        with suppress(KeyError):
            self.__dict__["desk"].engine.dispose()


def _no_passphrase() -> bytes:
    raise RuntimeError("a doctor signs nothing")


Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class Check(Generic[Facts]):
    """`gather` may raise whatever a broken home makes it raise; `judge` is pure, and silent when all is well."""

    code: str
    gather: Callable[[Scene], Facts]
    judge: Callable[[Facts, datetime], Iterable[Finding]]
    well: str
    otherwise: str = ""
    """What to do where the facts cannot be had, and the error does not say it."""
