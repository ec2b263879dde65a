"""The command that puts right what was dated while the clock was ahead."""

import argparse
import sys

from ..reasons import reference
from ..service import clock as putting
from ..words import clock as words
from .common import EXIT_DONE, Commands, clock, confirm, deciding, destructive, in_steps, open_desk, say
from .progress import Bar


def add(commands: Commands) -> None:
    """Add this command."""
    group = commands.group("clock", "a clock that was ahead")
    destructive(deciding(group.add("put-right", _put_right, "put right what was dated while the clock was ahead")))


def _put_right(options: argparse.Namespace) -> int:
    reference(options.decision)
    desk, at = open_desk(options)
    if not options.dry_run and putting.finish(desk, at):
        return say(options, words.put_right_json(0, ()), words.FINISHED)
    found = putting.to_put_right(desk, at)
    if options.dry_run:
        return say(options, words.ahead_json(found), words.ahead(found))
    confirm(options, words.ahead(found))
    bar, now = Bar(sys.stderr, "Issuing anew"), clock(options, desk)
    with in_steps("clock.interrupted", lambda: words.so_far(bar.done, bar.total)), bar:
        left = putting.put_right(desk, reference=options.decision, now=now, progress=bar.show)
    say(options, words.put_right_json(bar.total, left), words.put_right(bar.total, left))
    return EXIT_DONE
