"""Commands on many records, or on none yet: batch, and the preview of a credential."""

import argparse
import gc
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from keys import durable
from verifier import terminal

from ..errors import IssuerError
from ..results import MAX_RECORD_BYTES
from ..service import batch, outcomes, preview, rows, servicekey, template
from ..service.accept import Answer
from ..service.batch import Preflight
from ..service.desk import Desk
from ..service.outcomes import Outcomes
from ..service.rows import Survey
from ..words import batch as words
from .common import EXIT_DONE, EXIT_REFUSED, Commands, UsageError, clock, in_steps, open_desk, read, say
from .progress import Bar

_FOR_THE_OWNER: Final = 0o600
"""Of a template: what is filled in names people."""


def add(commands: Commands) -> None:
    """Add these commands."""
    many = commands.add("batch", _batch, "answer the result records of a file, row by row; again to go on")
    many.add_argument("file", metavar="FILE", nargs="?", help="one record per line (.jsonl) or per row (.csv)")
    more = "write a table to begin with for AIMA or CAIG to FILE (default aima.csv or caig.csv), and stop"
    many.add_argument("--template", metavar="KIND", help=more)
    many.add_argument("--separator", choices=[*template.SEPARATORS], default="comma", help="in the template")
    many.add_argument("--outcome", metavar="PATH", help="where the answers are kept (default FILE.outcome.jsonl)")
    many.add_argument("--dry-run", action="store_true", help="say what would become of the rows, and change nothing")
    previewing = commands.add("preview", _preview, "show the credential that a record would become, unsigned")
    previewing.add_argument("result", metavar="RESULT", help="a result record; - reads standard input")


def _batch(options: argparse.Namespace) -> int:
    if options.template:
        return _template(options)
    if options.file is None:
        raise UsageError("name the FILE of records, or give --template")
    path = Path(options.file)
    survey = _survey(path)
    desk, at = open_desk(options)
    gc.freeze()  # what is loaded by now stays: the collector need not go through it again for every few rows
    if options.dry_run:
        looked = _look(desk, path, survey, answered=0, at=at)
        say(options, words.batch_json(looked), words.preflight(looked))
        return EXIT_REFUSED if looked.counts[Answer.REFUSED] else EXIT_DONE
    kept_in = Path(options.outcome or f"{path}.outcome.jsonl")
    with outcomes.opened(kept_in, survey, site=desk.config.base_url) as kept:
        looked = _look(desk, path, survey, answered=kept.answered, at=at)
        if not options.json:
            terminal.emit(words.preflight(looked))
        _answer(desk, path, survey, kept, now=clock(options, desk))
        say(options, words.batch_json(looked, kept), words.answered(kept))
        return EXIT_REFUSED if kept.counts[Answer.REFUSED] else EXIT_DONE


def _template(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    kind = options.template.upper()
    path = Path(options.file or f"{kind.lower()}.csv").absolute()
    content = template.table(desk, kind, template.SEPARATORS[options.separator], at)
    try:
        durable.create(path, content, mode=_FOR_THE_OWNER)
    except FileExistsError:
        detail = f"{path} is there already: name another file. Nothing was written."
        raise IssuerError("batch.exists", detail) from None
    return say(options, {"template": str(path), "credential": kind}, words.template(path, kind))


def _survey(path: Path) -> Survey:
    try:
        return rows.survey(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None


def _look(desk: Desk, path: Path, survey: Survey, *, answered: int, at: datetime) -> Preflight:
    with Bar(sys.stderr, "Looked at") as bar:
        return batch.preflight(desk, path, survey, answered=answered, at=at, progress=bar.show)


def _answer(desk: Desk, path: Path, survey: Survey, kept: Outcomes, *, now: Callable[[], datetime]) -> None:
    """Whatever ends it early, the operator learns how far it came."""
    told = in_steps("batch.interrupted", lambda: words.so_far(kept, survey))
    with told, Bar(sys.stderr, "Answered") as bar:
        key = servicekey.of(desk)
        batch.run(desk, path, survey, kept, key=key, now=now, progress=bar.show)


def _preview(options: argparse.Namespace) -> int:
    data = read(options.result, MAX_RECORD_BYTES)
    desk, at = open_desk(options)
    shown = preview.preview(desk, data, at)
    say(options, words.preview_json(shown), words.preview(shown))
    return EXIT_REFUSED if shown.answer is Answer.REFUSED else EXIT_DONE
