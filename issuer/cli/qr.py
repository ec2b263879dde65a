"""The command `certify qr`: credentials as QR codes, to print or to show."""

import argparse
from pathlib import Path

from keys import durable

from ..deliver import drawing
from ..service import qr
from ..words import codes as words
from . import several
from .common import Commands, open_desk, say

_DRAW = {"png": drawing.png, "svg": drawing.svg}


def add(commands: Commands) -> None:
    """Add this command."""
    parser = commands.add("qr", _qr, "credentials as QR codes, to print or to show")
    several.add(parser, "ID.qr.png or ID.qr.svg")
    parser.add_argument("--size", type=float, metavar="MM", default=drawing.DEFAULT_MM, help="side of the code (46)")
    parser.add_argument("--link", action="store_true", help="its number only, to be looked up online")
    parser.add_argument("--format", choices=tuple(_DRAW), help="by default as FILE ends, else png")


def _qr(options: argparse.Namespace) -> int:
    one = several.only(options)
    form = options.format or _form_of(options.out if one else None)
    desk, at = open_desk(options)

    def drawn(public_id: str) -> tuple[str, bytes]:
        code = qr.code(desk, public_id, at, number_only=options.link)
        return f"{code.public_id}.qr.{form}", _DRAW[form](code, options.size)

    if one is None:
        return several.write(options, desk, at, drawn)
    code = qr.code(desk, one, at, number_only=options.link)
    path = Path(options.out or f"{code.public_id}.qr.{form}").absolute()
    durable.replace(path, _DRAW[form](code, options.size), mode=several.HOLDER_FILE)
    return say(options, words.drawn_json(code, path, options.size), words.drawn(code, path, wished=options.link))


def _form_of(name: str | None) -> str:
    ending = Path(name or "").suffix.removeprefix(".").lower()
    return ending if ending in _DRAW else "png"
