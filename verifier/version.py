"""The version of this program: that of the package which is installed, read in this one place."""

import argparse
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import Any

from . import terminal

DISTRIBUTION = "certify-vc"


def version() -> str:
    """Such as 0.1.0; a folder that was copied and never installed has none, and says so."""
    try:
        return installed(DISTRIBUTION)
    except PackageNotFoundError:
        return "of no installed package"


class Show(argparse.Action):
    """`--version`: say it, and stop. It is looked up when somebody asks."""

    def __init__(self, option_strings: list[str], dest: str, **_: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, help="say which version this is, and stop")

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        terminal.emit(f"{parser.prog} {version()}")
        parser.exit()
