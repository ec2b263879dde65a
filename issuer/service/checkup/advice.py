"""What to type: commands stand between backticks, complete for this home and hour; capitals are to be filled in."""

import re
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from keys import KeysError, RegistryError

from ... import config as configuration
from ...errors import IssuerError
from ..desk import REGISTRY_FILE

PUBLISH: Final = "Run `certify publish`."
RESTORE: Final = "`certify restore FILE --replace` (on a server with its own tools), then `certify repair`"
_COMMAND: Final = re.compile(r"`(certify [^`]*)`")
_AFTER: Final = {
    "config.missing": "If there was one, put its configuration back: `certify restore FILE --missing`; where the "
    "register is lost too, `certify restore FILE`, then `certify repair`. For a new one: "
    "`certify init --name NAME --base-url URL --email ADDRESS`.",
    "config.invalid": "Correct it; or run MOVE, then `certify restore FILE --missing`.",
    "register.missing": "Run `certify restore FILE`, then `certify repair`.",
    "register.unusable": "If another process holds it, wait; if there is no room on the disk, make some; if it is on a "
    f"server, see that this runs and can be reached. Only if it is damaged, run {RESTORE}.",
}
"""By the code of what stood in the way of a look."""


def complete(sentence: str, home: Path | None, *, paused: bool) -> str:
    """The sentence with what its commands need. `home`: where a bare command would look elsewhere; `paused`: when the
    last act is so long ago that the clock is not believed without a word.
    """
    more = (" --clock-is-right" if paused else "") + (f" --home {shlex.quote(str(home))}" if home else "")
    return _COMMAND.sub(lambda found: f"`{found[1]}{more}`", sentence)


def after(error: Exception, home: Path, otherwise: str) -> str:
    """What stood in the way of a look, without any value that may name a person, and what to do."""
    if isinstance(error, RegistryError):
        return f"{what(error)} [{error.code}] {_registry(error, home / 'keys' / REGISTRY_FILE)}"
    if isinstance(error, IssuerError | KeysError):
        known = _AFTER.get(error.code, "").replace("MOVE", moved(home / configuration.FILE))
        return f"{what(error)} [{error.code}] {known}" if known else f"{error.detail} [{error.code}]"
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'}: {error.strerror}. {otherwise}".rstrip()
    return f"Something there is not of the form that this program writes ({type(error).__name__}). {otherwise}".rstrip()


def what(error: IssuerError | KeysError) -> str:
    """The first sentence of an error: what is so. What to do follows here as a command."""
    return error.detail.partition(". ")[0].rstrip(".") + "."


def in_place_of(path: Path | str) -> str:
    """A damaged file, and the one of a backup in its place."""
    return f"Run {moved(path)}, then `certify restore FILE --missing`."


def moved(path: Path | str) -> str:
    """The command that keeps a file under another name."""
    return f"`mv {shlex.quote(str(path))} {shlex.quote(f'{path}.damaged')}`"


def on(command: str, paths: Iterable[Path | str]) -> str:
    """A command on these files."""
    return f"`{command} {shlex.join(map(str, paths))}`"


def _registry(error: RegistryError, path: Path) -> str:
    return "Run `certify restore FILE --missing`." if error.code == "key.registry-missing" else in_place_of(path)
