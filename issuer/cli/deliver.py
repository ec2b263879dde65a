"""Commands for what holders show: certificates as PDF, and badges, of one credential or of many."""

import argparse
from functools import partial
from pathlib import Path

from keys import durable

from ..deliver import badge
from ..deliver.certificate import PAPERS
from ..service import deliver
from ..service.awarded import find
from ..words import deliver as words
from . import several
from .common import Commands, open_desk, say


def add(commands: Commands) -> None:
    """Add these commands."""
    printing = commands.add("certificate", _certificate, "certificates as PDF, with the signed credential attached")
    several.add(printing, "ID.rN.pdf")
    printing.add_argument("--paper", choices=tuple(PAPERS), default="a4", help="a4 unless told otherwise")
    baking = commands.add("badge", _badge, "badges as images, with the signed credential inside")
    several.add(baking, "ID.rN.png or ID.rN.svg")
    baking.add_argument("--format", choices=tuple(badge.Form), help="by default as FILE ends, else png")


def _certificate(options: argparse.Namespace) -> int:
    one = several.only(options)
    desk, at = open_desk(options)

    def made(public_id: str) -> deliver.Delivery:
        return deliver.certificate(desk, public_id, at, PAPERS[options.paper])

    return _kept(options, made(one)) if one else several.write(options, desk, at, lambda each: made(each).named)


def _badge(options: argparse.Namespace) -> int:
    one = several.only(options)
    ending = Path(options.out or "").suffix.removeprefix(".").lower() if one else ""
    form = badge.Form(options.format or (ending if ending in tuple(badge.Form) else badge.Form.PNG))
    desk, at = open_desk(options)

    def made(public_id: str) -> deliver.Delivery:
        return deliver.baked(desk, partial(find, public_id=public_id), at, form)

    return _kept(options, made(one)) if one else several.write(options, desk, at, lambda each: made(each).named)


def _kept(options: argparse.Namespace, made: deliver.Delivery) -> int:
    path = Path(options.out or made.name).absolute()
    durable.replace(path, made.content, mode=several.HOLDER_FILE)
    return say(options, words.one_json(made, path), words.one(made, path))
