"""Commands on persons: who is who, and mistakes about that put right."""

import argparse

from ..service import persons, requests
from ..words import people as words
from .common import Commands, deciding, number, open_desk, say


def add(commands: Commands) -> None:
    """Add these commands."""
    group = commands.group("person", "who is who")
    showing = group.add("show", _show, "show a person: addresses, candidate ids, credentials")
    adding = deciding(group.add("add-email", _add_email, "note a further address that was found to be theirs"))
    merging = deciding(group.add("merge", _merge, "two that are one: all of OTHER becomes the first one's"))
    splitting = deciding(group.add("split", _split, "one that is two: a candidate id becomes a person of its own"))
    for parser in (showing, adding, merging, splitting):
        parser.add_argument("person", metavar="PERSON", help="a person's key, or the id of a credential of theirs")
    adding.add_argument("email", metavar="ADDRESS")
    merging.add_argument("other", metavar="OTHER")
    splitting.add_argument("--platform", required=True)
    splitting.add_argument("--candidate", required=True, metavar="CANDIDATE_ID")
    group.add("requests", _requests, "list what candidates have asked for on their pages")
    closing = deciding(group.add("close-request", _close_request, "note that a request is answered"))
    closing.add_argument("number", metavar="NUMBER", type=number)


def _show(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    found = persons.show(desk, options.person)
    return say(options, words.person_json(found), words.person(found))


def _add_email(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    key = persons.add_email(desk, options.person, options.email, reference=options.decision, at=at)
    return say(options, {"person": key}, f"Noted for {key}.")


def _merge(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    key = persons.merge(desk, options.person, options.other, reference=options.decision, at=at)
    return say(options, {"person": key}, f"One person now: {key}")


def _split(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    key = persons.split(
        desk,
        options.person,
        platform=options.platform,
        candidate_id=options.candidate,
        reference=options.decision,
        at=at,
    )
    return say(options, {"person": key}, f"A person of its own now: {key}")


def _requests(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    found = requests.waiting(desk)
    return say(options, [words.request_json(each) for each in found], words.requests(found))


def _close_request(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    key = requests.close(desk, options.number, reference=options.decision, at=at)
    return say(options, {"person": key}, f"Request {options.number} is closed.")
