"""Commands for whoever looks an issuer over: the doctor, and one credential's whole file for an auditor."""

import argparse
import os
from datetime import datetime

from ..catalog import load_catalog
from ..errors import IssuerError
from ..service import doctor
from ..service.doctor import Level
from ..words import audit as words
from .common import EXIT_DONE, EXIT_REFUSED, Commands, home, load_config, say, time_of_act


def add(commands: Commands) -> None:
    """Add these commands."""
    commands.add("doctor", _doctor, "look the issuer over, and say what to do; changes nothing")


def _doctor(options: argparse.Namespace) -> int:
    at = _time_of_look(options)
    lines = doctor.examine(home(options), os.environ, load_catalog, at)
    say(options, words.report_json(lines, at), words.report(lines))
    return EXIT_REFUSED if any(each.level is Level.RED for each in lines) else EXIT_DONE


def _time_of_look(options: argparse.Namespace) -> datetime:
    """As for an act; a home whose configuration cannot be read may be looked at as of any time."""
    try:
        demo = load_config(options).demo
    except IssuerError:
        demo = True
    return time_of_act(options, demo=demo)
