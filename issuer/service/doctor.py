"""Look an issuer over: one table of small checks, each a line that says what to do. It changes nothing, ever."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from keys import KeysError

from ..catalog import Catalog
from ..errors import IssuerError
from .checkup import house, ledger, publication, signing
from .checkup.check import Check, Finding, Level, Scene, fine, red

__all__ = ["TABLE", "Level", "Line", "examine"]

TABLE: Final[tuple[Check[Any], ...]] = (*house.CHECKS, *ledger.CHECKS, *publication.CHECKS, *signing.CHECKS)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: the check's stable code, how bad it is, and what to do."""

    code: str
    level: Level
    sentence: str


def examine(
    home: Path, environment: Mapping[str, str], load_catalog: Callable[[], Catalog], at: datetime
) -> tuple[Line, ...]:
    """Every check of the table, in its order, at least a line each. Raises nothing, whatever the home is like."""
    scene = Scene(home, environment, at, load_catalog)
    try:
        return tuple(Line(check.code, each.level, each.sentence) for check in TABLE for each in _findings(check, scene))
    finally:
        scene.close()


def _findings(check: Check[Any], scene: Scene) -> Iterator[Finding]:
    try:
        found = tuple(check.judge(check.gather(scene), scene.at))
    except Exception as error:  # noqa: BLE001 - a doctor who falls over a broken home is of no use
        found = (red(f"This could not be looked at. {_why(error)}"),)
    yield from found or (fine(check.well),)


def _why(error: Exception) -> str:
    """What stood in the way, without any value that may name a person."""
    if isinstance(error, IssuerError | KeysError):
        return f"{error.detail} [{error.code}]"
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'}: {error.strerror}."
    return f"Something there is not of the form that this program writes ({type(error).__name__})."
