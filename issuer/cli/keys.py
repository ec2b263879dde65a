"""Commands on signing keys."""

import argparse
import sys

from verifier import terminal

from ..service import rotate
from ..words import keys as words
from .common import EXIT_DONE, EXIT_REFUSED, Commands, deciding, open_desk, say
from .progress import Bar


def add(commands: Commands) -> None:
    """Add these commands."""
    group = commands.group("keys", "signing keys")
    group.add("list", _list, "list all keys and their states")
    group.add("generate", _generate, "generate and announce a key")
    activating = group.add("activate", _activate, "let an announced key sign, 24 hours after its announcement")
    retiring = group.add("retire", _retire, "let a key sign no more; what it signed stays good")
    losing = deciding(group.add("compromise", _compromise, "give a key up: nothing it signed is accepted any more"))
    losing.add_argument("--reissue", action="store_true", help="issue anew what it signed, at once")
    again = deciding(group.add("reissue", _reissue, "issue anew what a compromised key has signed"))
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
    affected = rotate.compromise(desk, options.key_id, reference=options.decision, at=at)
    if not options.reissue:
        return say(options, words.affected_json(options.key_id, affected), words.affected(options.key_id, affected))
    if not options.json:
        terminal.emit(words.given_up(options.key_id, affected))
    return _reissue(options)


def _reissue(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    with Bar(sys.stderr, "Issuing anew") as bar:
        left = rotate.reissue(desk, options.key_id, reference=options.decision, at=at, progress=bar.show)
    say(options, words.reissued_json(options.key_id, bar.total, left), words.reissued(options.key_id, bar.total, left))
    return EXIT_REFUSED if any(each.state is words.State.VALID for each in left) else EXIT_DONE
