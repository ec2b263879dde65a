"""Commands on signing keys."""

import argparse
import sys

from verifier import terminal

from ..service import rotate
from ..service.desk import Desk
from ..words import keys as words
from .common import (
    EXIT_DONE,
    EXIT_REFUSED,
    Commands,
    clock,
    confirm,
    deciding,
    destructive,
    in_steps,
    open_desk,
    say,
    time_of_act,
)
from .progress import Bar


def add(commands: Commands) -> None:
    """Add these commands."""
    group = commands.group("keys", "signing keys")
    group.add("list", _list, "list all keys and their states")
    group.add("generate", _generate, "generate and announce a key")
    activating = group.add("activate", _activate, "let an announced key sign, 24 hours after its announcement")
    retiring = group.add("retire", _retire, "let a key sign no more; what it signed stays good")
    losing = deciding(group.add("compromise", _compromise, "give a key up: nothing it signed is accepted any more"))
    destructive(losing).add_argument("--reissue", action="store_true", help="issue anew what it signed, at once")
    again = group.add("reissue", _reissue, "issue anew what a compromised key has signed")
    destructive(deciding(again))
    group.add("rewrap", _rewrap, "write older key files anew, so that their passphrase is dearer to guess")
    for parser in (activating, retiring, losing, again):
        parser.add_argument("key_id", metavar="KEY")


def _list(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    registry = desk.registry()
    return say(options, words.keys_json(registry), words.keys(registry))


def _generate(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    key_id = rotate.generate(desk, at)
    text = f"Announced {key_id}: it stands in did.json from now on, and does not sign yet."
    return say(options, {"announced": key_id}, text)


def _rewrap(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    done = rotate.rewrap(desk, at)
    text = f"Written anew: {', '.join(done)}. Make a backup, and delete older ones."
    return say(options, {"rewrapped": list(done)}, text if done else "All key files are as they should be.")


def _activate(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    key_id = rotate.activate(desk, options.key_id, at)
    return say(options, {"activated": key_id}, f"{key_id} signs from now on.")


def _retire(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    key_id = rotate.retire(desk, options.key_id, at)
    return say(options, {"retired": key_id}, f"{key_id} signs no more. What it signed stays good.")


def _compromise(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    rotate.require_sound(desk, options.key_id, reference=options.decision, at=at)
    reach = rotate.reach(desk, options.key_id, at)
    if options.dry_run:
        return say(options, words.reach_json(reach), words.would_give_up(reach))
    confirm(options, words.would_give_up(reach))
    at = time_of_act(options, demo=desk.config.demo)  # somebody has thought about it meanwhile
    affected = rotate.compromise(desk, options.key_id, reference=options.decision, at=at)
    if not options.reissue:
        return say(options, words.affected_json(options.key_id, affected), words.affected(options.key_id, affected))
    if not options.json:
        terminal.emit(words.given_up(options.key_id, affected))
    return _issue_anew(options, desk)


def _reissue(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    rotate.require_compromised(desk, options.key_id, reference=options.decision)
    reach = rotate.reach(desk, options.key_id, at)
    if options.dry_run:
        return say(options, words.reach_json(reach), words.would_reissue(reach))
    confirm(options, words.would_reissue(reach))
    return _issue_anew(options, desk)


def _issue_anew(options: argparse.Namespace, desk: Desk) -> int:
    bar, now = Bar(sys.stderr, "Issuing anew"), clock(options, desk)
    with in_steps("keys.interrupted", lambda: words.so_far(options.key_id, bar.done, bar.total)), bar:
        left = rotate.reissue(desk, options.key_id, reference=options.decision, now=now, progress=bar.show)
    say(options, words.reissued_json(options.key_id, bar.total, left), words.reissued(options.key_id, bar.total, left))
    return EXIT_REFUSED if any(each.state is words.State.VALID for each in left) else EXIT_DONE
