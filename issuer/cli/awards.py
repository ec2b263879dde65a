"""Commands on one credential: show it, withdraw it, suspend it, replace it, review it, erase it."""

import argparse
import sys

from ..reasons import reasons
from ..service import erase, review, revoke, show, supersede, suspend
from ..words import awards as words
from .common import Commands, clock, deciding, in_steps, instant, open_desk, publishing, say, then_publish
from .progress import Bar


def add(commands: Commands) -> None:
    """Add these commands."""
    commands.add("show", _show, "show one credential with its history").add_argument("public_id", metavar="ID")
    commands.add("resume", _resume, "finish every credential that a crash cut short")
    _on_one(commands)
    reviewing = commands.group("review", "what waits for a person")
    reviewing.add("list", _review_list, "credentials under review, and suspensions past their date")
    closing = deciding(reviewing.add("close", _review_close, "record the decision to keep a credential as it is"))
    closing.add_argument("public_id", metavar="ID")


def _on_one(commands: Commands) -> None:
    acts = {
        name: publishing(deciding(commands.add(name, run, text)))
        for name, run, text in (
            ("revoke", _revoke, "withdraw a credential, for ever"),
            ("appeal", _appeal, "restore a withdrawn credential by a new revision, after an appeal was upheld"),
            ("suspend", _suspend, "suspend a credential until a person has decided"),
            ("reinstate", _reinstate, "lift a suspension"),
            ("supersede", _supersede, "replace a credential by one with a corrected name"),
            ("erase", _erase, "withdraw all that a person holds and delete every personal data of theirs"),
        )
    }
    for parser in acts.values():
        parser.add_argument("public_id", metavar="ID")
    for name, act in (("revoke", "revocation"), ("suspend", "suspension")):
        acts[name].add_argument("--reason", required=True, choices=reasons(act))
    acts["suspend"].add_argument("--due", required=True, metavar="RFC3339", help="by when a person must have decided")
    acts["supersede"].add_argument("--name", required=True, help="the holder's name as it should read")
    acts["erase"].add_argument("--whole-person", action="store_true", help="also what else the same person holds")
    forgetting = deciding(
        commands.add("forget-contact", _forget_contact, "delete a person's e-mail addresses, and keep the credential")
    )
    forgetting.add_argument("public_id", metavar="ID")


def _show(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    shown = show.show(desk, options.public_id, at)
    return say(options, shown, words.shown(shown))


def _resume(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    bar = Bar(sys.stderr, "Finished")
    with in_steps("resume.interrupted", lambda: words.resumed_so_far(bar.done, bar.total)), bar:
        finished = supersede.resume(desk, clock(options, desk), bar.show)
    return say(options, [words.revised_json(each) for each in finished], words.resumed(finished))


def _revoke(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    done = revoke.revoke(desk, options.public_id, reason=options.reason, reference=options.decision, at=at)
    return then_publish(options, desk, at, lambda seen: (words.revoked_json(done, seen), words.revoked(done, seen)))


def _appeal(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    done = revoke.uphold_appeal(desk, options.public_id, reference=options.decision, at=at)
    return then_publish(options, desk, at, lambda seen: (words.revised_json(done, seen), words.revised(done, seen)))


def _supersede(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    done = supersede.supersede(desk, options.public_id, name=options.name, reference=options.decision, at=at)
    return then_publish(options, desk, at, lambda seen: (words.revised_json(done, seen), words.revised(done, seen)))


def _suspend(options: argparse.Namespace) -> int:
    due = instant("--due", options.due)
    desk, at = open_desk(options)
    done = suspend.suspend(desk, options.public_id, reason=options.reason, reference=options.decision, due=due, at=at)
    return then_publish(options, desk, at, lambda seen: (words.suspended_json(done, seen), words.suspended(done, seen)))


def _reinstate(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    reason = reasons("reinstatement")[0]
    done = suspend.reinstate(desk, options.public_id, reason=reason, reference=options.decision, at=at)
    return then_publish(options, desk, at, lambda seen: (words.suspended_json(done, seen), words.suspended(done, seen)))


def _erase(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    done = erase.erase(desk, options.public_id, reference=options.decision, whole_person=options.whole_person, at=at)
    return then_publish(options, desk, at, lambda seen: (words.erased_json(done, seen), words.erased(done, seen)))


def _forget_contact(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    done = erase.forget_contact(desk, options.public_id, reference=options.decision, at=at)
    return say(options, words.contact_deleted_json(done), words.contact_deleted(done))


def _review_list(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    waiting = review.due(desk, at)
    return say(options, [words.due_json(each) for each in waiting], words.due(waiting))


def _review_close(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    public_id = review.close(desk, options.public_id, reference=options.decision, at=at)
    return say(options, {"publicId": public_id}, f"Kept as it is: {public_id}")
