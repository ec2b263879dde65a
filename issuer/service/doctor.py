"""Look an issuer over: one table of small checks, each a line that says what to do. It changes nothing, ever."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ..catalog import Catalog
from .checkup import house, ledger, publication, signing
from .checkup.advice import after, complete
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
    home: Path,
    environment: Mapping[str, str],
    load_catalog: Callable[[], Catalog],
    at: datetime,
    *,
    passphrase: bytes | None = None,
    named: bool = True,
) -> tuple[Line, ...]:
    """Every check of the table, in its order, at least a line each. Raises nothing, whatever the home is like.

    `passphrase`: one that somebody gave for this look; `named`: whether a command has to name the home to find it.
    """
    scene = Scene(home, environment, at, load_catalog, passphrase)
    try:
        found = [(check.code, each) for check in TABLE for each in _findings(check, scene)]
        paused = _is_paused(scene)
    finally:
        scene.close()
    where = home if named else None
    return tuple(Line(code, each.level, complete(each.sentence, where, paused=paused)) for code, each in found)


def _is_paused(scene: Scene) -> bool:
    try:
        return scene.paused
    except Exception:  # noqa: BLE001 - a line above says what is wrong with the register
        return False


def _findings(check: Check[Any], scene: Scene) -> Iterator[Finding]:
    try:
        found = tuple(check.judge(check.gather(scene), scene.at))
    except Exception as error:  # noqa: BLE001 - a doctor who falls over a broken home is of no use
        found = (red(f"This could not be looked at. {after(error, scene.home, check.otherwise)}"),)
    yield from found or (fine(check.well),)
