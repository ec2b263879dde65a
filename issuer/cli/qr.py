"""The command `certify qr`: a credential as a QR code, to print or to show."""

import argparse
from pathlib import Path

from keys import durable

from ..deliver import drawing
from ..service import qr
from ..words import codes as words
from .common import Commands, open_desk, say

_DRAW = {"png": drawing.png, "svg": drawing.svg}
_HOLDER_FILE = 0o600


def add(commands: Commands) -> None:
    """Add this command."""
    drawing_one = commands.add("qr", _qr, "a credential as a QR code, to print or to show")
    drawing_one.add_argument("public_id", metavar="ID")
    drawing_one.add_argument("--out", metavar="FILE", help="what to write (ID.qr.png or ID.qr.svg here)")
    drawing_one.add_argument(
        "--size", type=float, metavar="MM", default=drawing.DEFAULT_MM, help="side of the code (46)"
    )
    drawing_one.add_argument("--link", action="store_true", help="its number only, to be looked up online")
    drawing_one.add_argument("--format", choices=tuple(_DRAW), help="by default as FILE ends, else png")


def _qr(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    code = qr.code(desk, options.public_id, at, number_only=options.link)
    form = options.format or _form_of(options.out)
    path = Path(options.out or f"{code.public_id}.qr.{form}").absolute()
    durable.replace(path, _DRAW[form](code, options.size), mode=_HOLDER_FILE)
    return say(options, words.drawn_json(code, path, options.size), words.drawn(code, path, wished=options.link))


def _form_of(name: str | None) -> str:
    ending = Path(name or "").suffix.removeprefix(".").lower()
    return ending if ending in _DRAW else "png"
