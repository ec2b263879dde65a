"""Commands from a result record to a credential: issue, and the records that are held."""

import argparse
import json
from collections.abc import Callable
from typing import Any

from verifier import terminal

from ..results import MAX_RECORD_BYTES
from ..service import accept, hold
from ..service.accept import Answer
from ..words import issuing as words
from .common import EXIT_DONE, EXIT_REFUSED, Commands, clock, deciding, open_desk, read, say


def add(commands: Commands) -> None:
    """Add these commands."""
    issue = commands.add("issue", _issue, "answer result records and issue what was earned")
    issue.add_argument("result", nargs="+", metavar="RESULT", help="a result record; - reads standard input")
    holding = commands.group("hold", "held result records")
    holding.add("list", _hold_list, "list the records that wait for a decision")
    for name, run, text in (
        ("release", _hold_release, "decide in the candidate's favour"),
        ("refuse", _hold_refuse, "decide against the candidate"),
    ):
        act = deciding(holding.add(name, run, text))
        act.add_argument("result_id", metavar="RESULT_ID")
        act.add_argument("--platform", metavar="NAME", help="whose record, where several platforms use the same id")
        act.add_argument("--by", required=True, metavar="WHO", help="the role or staff id that decided")


def _issue(options: argparse.Namespace) -> int:
    given = [(name, read(name, MAX_RECORD_BYTES)) for name in options.result]  # all of them before the first act
    desk, _ = open_desk(options)
    now = clock(options, desk)  # many records take longer than clocks may differ
    worst = EXIT_DONE
    answers: list[dict[str, Any]] = []
    try:
        for name, data in given:
            answer = accept.accept(desk, data, now())
            answers.append(words.answer_json(answer))
            if not options.json:
                terminal.emit(words.answer(answer, name))
            worst = max(worst, EXIT_REFUSED if answer.answer is Answer.REFUSED else EXIT_DONE)
    finally:
        # What was answered is told, also when a later record could not be.
        if options.json and answers:
            terminal.emit(json.dumps(answers if len(given) > 1 else answers[0], indent=2))
    return worst


def _hold_list(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    waiting = hold.waiting(desk)
    return say(options, [words.held_json(each) for each in waiting], words.held(waiting))


def _hold_release(options: argparse.Namespace) -> int:
    return _hold_decide(options, hold.release)


def _hold_refuse(options: argparse.Namespace) -> int:
    return _hold_decide(options, hold.refuse)


def _hold_decide(options: argparse.Namespace, act: Callable[..., accept.Accepted]) -> int:
    desk, at = open_desk(options)
    by, reference = options.by, options.decision
    answer = act(desk, options.result_id, decided_by=by, reference=reference, at=at, platform=options.platform)
    say(options, words.answer_json(answer), words.answer(answer, options.result_id))
    # A refusal that was asked for is done; one that nobody asked for is not.
    return EXIT_REFUSED if answer.answer is Answer.REFUSED and act is hold.release else EXIT_DONE
