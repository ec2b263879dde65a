"""Commands on many records, or on none yet: batch, and the preview of a credential."""

import argparse
import gc
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from verifier import terminal

from ..results import MAX_RECORD_BYTES
from ..service import batch, outcomes, preview, rows
from ..service.accept import Answer
from ..service.batch import Preflight
from ..service.desk import Desk
from ..service.outcomes import Outcomes
from ..service.rows import Survey
from ..words import batch as words
from .common import EXIT_DONE, EXIT_REFUSED, Commands, UsageError, clock, in_steps, open_desk, read, say
from .progress import Bar


def add(commands: Commands) -> None:
    """Add these commands."""
    many = commands.add("batch", _batch, "answer the result records of a file, row by row; again to go on")
    many.add_argument("file", metavar="FILE", help="one record per line (.jsonl) or per row (.csv)")
    many.add_argument("--outcome", metavar="PATH", help="where the answers are kept (default FILE.outcome.jsonl)")
    many.add_argument("--dry-run", action="store_true", help="say what would become of the rows, and change nothing")
    previewing = commands.add("preview", _preview, "show the credential that a record would become, unsigned")
    previewing.add_argument("result", metavar="RESULT", help="a result record; - reads standard input")


def _batch(options: argparse.Namespace) -> int:
    path = Path(options.file)
    survey = _survey(path)
    desk, at = open_desk(options)
    gc.freeze()  # what is loaded by now stays: the collector need not go through it again for every few rows
    if options.dry_run:
        looked = _look(desk, path, survey, answered=0, at=at)
        say(options, words.batch_json(looked), words.preflight(looked))
        return EXIT_REFUSED if looked.counts[Answer.REFUSED] else EXIT_DONE
    with outcomes.opened(Path(options.outcome or f"{path}.outcome.jsonl"), survey) as kept:
        looked = _look(desk, path, survey, answered=kept.answered, at=at)
        if not options.json:
            terminal.emit(words.preflight(looked))
        _answer(desk, path, survey, kept, now=clock(options, desk))
        say(options, words.batch_json(looked, kept), words.answered(kept))
        return EXIT_REFUSED if kept.counts[Answer.REFUSED] else EXIT_DONE


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
        batch.run(desk, path, survey, kept, now=now, progress=bar.show)


def _preview(options: argparse.Namespace) -> int:
    data = read(options.result, MAX_RECORD_BYTES)
    desk, at = open_desk(options)
    shown = preview.preview(desk, data, at)
    say(options, words.preview_json(shown), words.preview(shown))
    return EXIT_REFUSED if shown.answer is Answer.REFUSED else EXIT_DONE
