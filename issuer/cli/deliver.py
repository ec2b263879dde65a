"""Commands for what holders show: certificates as PDF, one or many, and badges."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from keys import durable

from ..deliver import badge
from ..deliver.certificate import PAPERS, Paper
from ..errors import IssuerError
from ..service import deliver
from ..service.awarded import find
from ..service.desk import Desk
from ..words import deliver as words
from ..words.deliver import Made
from .common import EXIT_DONE, EXIT_REFUSED, Commands, UsageError, open_desk, say
from .progress import Bar

_HOLDER_FILE: Final = 0o600


def add(commands: Commands) -> None:
    """Add these commands."""
    printing = commands.add("certificate", _certificate, "certificates as PDF, with the signed credential attached")
    printing.add_argument("public_ids", metavar="ID", nargs="*")
    printing.add_argument("--all", action="store_true", help="of every credential that is in force")
    printing.add_argument("--out", metavar="FILE|DIR", help="a file, or for several a folder (ID.rN.pdf here)")
    printing.add_argument("--paper", choices=tuple(PAPERS), default="a4", help="a4 unless told otherwise")
    baking = commands.add("badge", _badge, "a badge as image, with the signed credential inside")
    baking.add_argument("public_id", metavar="ID")
    baking.add_argument("--out", metavar="FILE", help="what to write (ID.rN.png or ID.rN.svg here)")
    baking.add_argument("--format", choices=tuple(badge.Form), help="by default as FILE ends, else png")


def _certificate(options: argparse.Namespace) -> int:
    if bool(options.public_ids) == options.all:
        raise UsageError("name the credentials by their ID, or give --all")
    desk, at = open_desk(options)
    paper = PAPERS[options.paper]
    if len(options.public_ids) == 1:
        made = deliver.certificate(desk, options.public_ids[0], at, paper)
        return _kept(options, made)
    wanted = options.public_ids or deliver.in_force(desk, at)
    results = _many(desk, wanted, at, paper, Path(options.out or ".").absolute())
    say(options, words.many_json(results), words.many(results))
    return EXIT_DONE if all(isinstance(each.result, Path) for each in results) else EXIT_REFUSED


def _many(desk: Desk, public_ids: Sequence[str], at: datetime, paper: Paper, folder: Path) -> list[Made]:
    """One that cannot be made does not keep the others from being made."""
    folder.mkdir(parents=True, exist_ok=True)
    results = []
    with Bar(sys.stderr, "Made") as bar:
        for public_id, found in deliver.certificates(desk, public_ids, at, paper):
            results.append(Made(public_id, found if isinstance(found, IssuerError) else _written(folder, found)))
            bar.show(len(results), len(public_ids))
    return results


def _written(folder: Path, made: deliver.Delivery) -> Path:
    path = folder / made.name
    durable.replace(path, made.content, mode=_HOLDER_FILE)
    return path


def _badge(options: argparse.Namespace) -> int:
    ending = Path(options.out or "").suffix.removeprefix(".").lower()
    form = badge.Form(options.format or (ending if ending in tuple(badge.Form) else badge.Form.PNG))
    desk, at = open_desk(options)
    return _kept(options, deliver.baked(desk, partial(find, public_id=options.public_id), at, form))


def _kept(options: argparse.Namespace, made: deliver.Delivery) -> int:
    path = Path(options.out or made.name).absolute()
    durable.replace(path, made.content, mode=_HOLDER_FILE)
    return say(options, words.one_json(made, path), words.one(made, path))
