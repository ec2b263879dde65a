"""The command `certify`: arguments in, one use case, words for people or JSON for programs out.

Exit status: 0 done, 1 refused or could not be done (with a stable code), 2 the command line is wrong, 130 stopped.
One file here for each kind of command; `issuer/words/` has what they say, in files of the same names.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from functools import cache

from keys import KeysError
from verifier import terminal, version
from verifier.format.display import whole

from ..errors import IssuerError
from ..extras import lacking
from . import access, audit, awards, backup, batch, care, clock, deliver, issuing, keys, people, qr, serve, waiting
from .common import DISK, EXIT_REFUSED, EXIT_STOPPED, EXIT_USAGE, INTERRUPTED, Commands, UsageError

__all__ = ["main", "parser"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the answer is its exit status."""
    options = parser().parse_args(arguments)
    terminal.prepare()
    try:
        return int(options.run(options))
    except UsageError as error:
        print(f"certify: {error}", file=sys.stderr)
        return EXIT_USAGE
    except UnicodeEncodeError:
        # File names may be of any bytes; the register, and what is signed, hold text.
        print("certify: an argument holds bytes that are no text in UTF-8", file=sys.stderr)
        return EXIT_USAGE
    except ModuleNotFoundError as error:
        missing = lacking(error)
        if missing is None:
            raise
        _fail(options, missing.code, missing.detail)
    except (IssuerError, KeysError) as error:
        _fail(options, error.code, error.detail)
        if error.code.endswith(INTERRUPTED):  # in steps, with how far it came
            return EXIT_STOPPED
    except OSError as error:
        _fail(options, DISK, f"{error.filename or 'A file'} could not be used: {error.strerror}. Try again.")
    except KeyboardInterrupt:
        _fail(options, INTERRUPTED, "Stopped. The step that was under way changed nothing; run it again to go on.")
        return EXIT_STOPPED
    return EXIT_REFUSED


def _fail(options: argparse.Namespace, code: str, detail: str) -> None:
    if options.json:
        terminal.emit(json.dumps({"error": {"code": code, "detail": detail}}, indent=2))
    print(f"certify: {whole(detail)} [{code}]", file=sys.stderr)


@cache
def parser() -> argparse.ArgumentParser:
    """Every command and its options; made once, since it takes a third of a short command's time."""
    made = argparse.ArgumentParser(prog="certify", description="Issue, correct and withdraw verifiable credentials.")
    made.add_argument("--version", action=version.Show)
    commands = Commands(made.add_subparsers(required=True, metavar="COMMAND"))
    for kind in (care, serve, backup, issuing, batch, awards, qr, deliver, people, keys, clock, access, waiting, audit):
        kind.add(commands)
    return made
