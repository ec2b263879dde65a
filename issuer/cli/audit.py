"""Commands for whoever looks an issuer over: the doctor, and one credential's whole file for an auditor."""

import argparse
import os
from datetime import datetime
from pathlib import Path

from verifier.version import version

from ..catalog import load_catalog
from ..errors import IssuerError
from ..service import doctor, exportcase
from ..service.doctor import Level
from ..words import audit as words
from .common import EXIT_DONE, EXIT_REFUSED, Commands, home, load_config, open_desk, passphrase_from, say, time_of_act


def add(commands: Commands) -> None:
    """Add these commands."""
    commands.add("doctor", _doctor, "look the issuer over, and say what to do; changes nothing")
    exporting = commands.add("export-case", _export_case, "one credential's whole file for an auditor, as a zip")
    exporting.add_argument("public_id", metavar="ID")
    exporting.add_argument("output", metavar="OUTPUT.zip", help="must not be there yet")


def _doctor(options: argparse.Namespace) -> int:
    at = _time_of_look(options)
    given = passphrase_from(options.passphrase_fd) if options.passphrase_fd is not None else None
    lines = doctor.examine(
        home(options), os.environ, load_catalog, at, passphrase=given, named=options.home is not None
    )
    say(options, words.report_json(lines, at), words.report(lines))
    return EXIT_REFUSED if any(each.level is Level.RED for each in lines) else EXIT_DONE


def _export_case(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    output = Path(options.output).absolute()
    done = exportcase.export_case(desk, options.public_id, output, version=version(), at=at)
    return say(options, words.exported_json(done), words.exported(done))


def _time_of_look(options: argparse.Namespace) -> datetime:
    """As for an act; a home whose configuration cannot be read may be looked at as of any time."""
    try:
        demo = load_config(options).demo
    except IssuerError:
        demo = True
    return time_of_act(options, demo=demo)
