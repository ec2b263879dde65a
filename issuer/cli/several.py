"""A file for each of several credentials, by one command: those that are named, or all that are in force."""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from keys import durable

from ..errors import IssuerError
from ..service import deliver
from ..service.desk import Desk
from ..words import several as words
from ..words.several import Made
from .common import EXIT_DONE, EXIT_REFUSED, UsageError, in_steps, say
from .progress import Bar

HOLDER_FILE: Final = 0o600
Make = Callable[[str], tuple[str, bytes]]
"""From a public id to the name of a file and its content; raises IssuerError."""


def add(parser: argparse.ArgumentParser, name: str) -> None:
    """Which credentials, and where to. `name`: how a file is called that is not given a name."""
    parser.add_argument("public_ids", metavar="ID", nargs="*")
    parser.add_argument("--all", action="store_true", help="of every credential that is in force")
    parser.add_argument("--out", metavar="FILE|DIR", help=f"a file, or for several a folder ({name} here)")


def only(options: argparse.Namespace) -> str | None:
    """The credential, where one alone is named; raises UsageError for none, and for some beside `--all`."""
    if bool(options.public_ids) == options.all:
        raise UsageError("name the credentials by their ID, or give --all")
    return options.public_ids[0] if len(options.public_ids) == 1 else None


def write(options: argparse.Namespace, desk: Desk, at: datetime, make: Make) -> int:
    """One that cannot be made does not keep the others from being made."""
    folder = Path(options.out or ".").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    public_ids = options.public_ids or deliver.in_force(desk, at)
    results: list[Made] = []
    told = in_steps("several.interrupted", lambda: words.so_far(len(results), len(public_ids), folder))
    with told, Bar(sys.stderr, "Made") as bar:
        for public_id in public_ids:
            results.append(Made(public_id, _written(folder, public_id, make)))
            bar.show(len(results), len(public_ids))
    say(options, words.made_json(results), words.made(results))
    return EXIT_DONE if all(isinstance(each.result, Path) for each in results) else EXIT_REFUSED


def _written(folder: Path, public_id: str, make: Make) -> Path | IssuerError:
    try:
        name, content = make(public_id)
    except IssuerError as error:
        return error
    durable.replace(folder / name, content, mode=HOLDER_FILE)
    return folder / name
