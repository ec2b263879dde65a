"""Commands against the loss of the register: backup, restore, repair."""

import argparse
import os
import sys
from pathlib import Path

from ..service import archive, backup, repair, restore
from ..words import backup as words
from .common import Commands, UsageError, clock, desk_on, home, open_desk, say, time_of_act
from .progress import Bar


def add(commands: Commands) -> None:
    """Add these commands."""
    saving = commands.add("backup", _backup, "write a backup: register, configuration, encrypted keys, no passphrase")
    saving.add_argument("file", metavar="FILE", help="a new file, such as issuer.zip")
    restoring = commands.add("restore", _restore, "put a backup in the place of a register that was lost")
    restoring.add_argument("file", metavar="FILE", help="what certify backup has written")
    restoring.add_argument(
        "--replace", action="store_true", help="also when a register is there, which is kept under another name"
    )
    restoring.add_argument(
        "--missing", action="store_true", help="put back what is missing beside the register, which stays as it is"
    )
    repairing = commands.add("repair", _repair, "tell a restored register what was published and issued since")
    repairing.add_argument(
        "--published", metavar="DIR", help="a copy of the web server's files, beside what the home has itself"
    )
    repairing.add_argument(
        "--issued", metavar="DIR", help="a folder of credentials that were given out, beside what the home has itself"
    )
    repairing.add_argument(
        "--nothing-published", action="store_true", help="go on without published lists that cannot be had"
    )


def _backup(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    done = backup.backup(desk, Path(options.file).absolute(), at)
    return say(options, words.backed_up_json(done), words.backed_up(done))


def _restore(options: argparse.Namespace) -> int:
    found = archive.read(Path(options.file).absolute())
    if options.missing and options.replace:
        raise UsageError("--missing leaves the register as it is: leave --replace out")
    config = restore.config_of(found, home(options), os.environ)
    if options.missing:
        names = restore.restore_missing(found, config)
        return say(options, {"restored": list(names)}, words.put_back(names))
    at = time_of_act(options, demo=config.demo)
    done = restore.restore(
        found, config, at, replace=options.replace, desk_on=lambda engine: desk_on(options, config, engine)
    )
    return say(options, words.restored_json(done), words.restored(done))


def _folder(name: str, given: str | None) -> list[Path]:
    """The folder, if one was named; a mistyped one must not pass for one that holds nothing."""
    if given is not None and not Path(given).is_dir():
        raise UsageError(f"{name} {given} is no folder")
    return [Path(given)] if given is not None else []


def _repair(options: argparse.Namespace) -> int:
    published, issued = _folder("--published", options.published), _folder("--issued", options.issued)
    desk, _ = open_desk(options)
    with Bar(sys.stderr, "Read") as bar:
        done = repair.repair(
            desk,
            published=published,
            issued=issued,
            nothing_published=options.nothing_published,
            now=clock(options, desk),
            progress=bar.show,
        )
    return say(options, words.repaired_json(done), words.repaired(done))
