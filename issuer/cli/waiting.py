"""Commands on candidates' links, on what waits behind them, and on what holders should be told."""

import argparse

from ..service import due, linkcare, notices, publish, waiting
from ..words import waiting as words
from .common import Commands, deciding, number, open_desk, say


def add(commands: Commands) -> None:
    """Add these commands."""
    links = commands.group("link", "the link of a candidate's page")
    showing = links.add("show", _show, "show whether a person has a link, and what waits behind it; never the link")
    ending = deciding(links.add("end", _end, "end a person's link at once, and take back what waits behind it"))
    renewing = deciding(links.add("renew", _renew, "the same, and make a new one; it is shown this once"))
    for parser in (showing, ending, renewing):
        parser.add_argument("person", metavar="WHO", help="a person's key, or the id of a credential of theirs")
    waits = commands.group("waiting", "what candidates have asked for and can take back")
    waits.add("list", _waiting, "list what waits, and when it will be done")
    taking = deciding(waits.add("take-back", _take_back, "take one back"))
    taking.add_argument("number", metavar="NUMBER", type=number)
    waits.add("carry-out", _carry_out, "do what is due; the service does that by itself")
    told = commands.group("notices", "what candidates should be told by mail")
    told.add("list", _notices, "list each with its address and text")
    telling = told.add("told", _told, "note that one was sent: it is deleted")
    telling.add_argument("number", metavar="NUMBER", type=number)


def _show(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    found = linkcare.show(desk, options.person)
    return say(options, words.link_json(found), words.link(found))


def _end(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    key = linkcare.end(desk, options.person, reference=options.decision, at=at)
    return say(options, {"person": key}, f"No link opens the page of {key} any more, and nothing waits behind it.")


def _renew(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    link = linkcare.renew(desk, options.person, reference=options.decision, at=at)
    return say(options, {"link": link}, f"{link}\nGive it to its holder alone: whoever has it can do what they can.")


def _waiting(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    found = waiting.listed(desk)
    return say(options, [words.waiting_json(each) for each in found], words.waiting(found))


def _take_back(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    found = waiting.drop(desk, options.number, reference=options.decision, at=at)
    return say(options, words.waiting_json(found), f"It will not happen: {words.what(found)}.")


def _carry_out(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    publish.publish_due(desk, at)  # what was done by one that was killed before it could
    done = due.carry_out(desk, at)
    return say(options, [words.ended_json(each) for each in done], words.ended(done))


def _notices(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    found = notices.listed(desk)
    return say(options, [words.notice_json(desk.config, each) for each in found], words.notices(desk.config, found))


def _told(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    key = notices.told(desk, options.number, at)
    return say(options, {"person": key}, f"Notice {options.number} was sent, and is deleted here.")
