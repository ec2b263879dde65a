"""What is said of candidates' links, of what waits behind them, and to holders about both."""

from collections.abc import Sequence
from typing import Any, Final

from verifier.format.display import visible
from verifier.format.timestamp import format_seconds

from ..config import Config
from ..dates import instant
from ..service.due import Ended
from ..service.linkcare import LinkState
from ..service.notices import Notice
from ..service.waiting import Waiting

_WHAT: Final = {
    "erase": "withdraw and erase everything",
    "forget-contact": "delete the contact data",
    "renew": "end the link that was renewed",
}
_NEWS: Final = {
    "erase": "Somebody who has the link to your page has asked us to withdraw your credentials and to erase everything "
    "that we have of you.",
    "forget-contact": "Somebody who has the link to your page has asked us to delete your addresses.",
    "score": "Somebody who has the link to your page has asked for a change of whether your score stands in your "
    "credential. You will get a new file, and the one that you have will no longer be in force.",
    "renew": "Somebody who has the link to your page has renewed it. The old one shows nothing any more, and ends.",
    "taken-back": "We have taken back what was asked for through the link to your page and had not been done yet. If "
    "it was you, ask for it again.",
    "link-ended": "We have ended the link to your page, and taken back what was asked for through it and had not been "
    "done yet. You get a new link where you took the exam, or from us.",
}


def what(each: Waiting) -> str:
    """What will happen."""
    if each.kind in _WHAT:
        return _WHAT[each.kind]
    return f"{'put the score into' if each.given else 'take the score out of'} {each.public_id}"


def waiting(found: Sequence[Waiting]) -> str:
    """A line each."""
    return "\n".join(map(_line, found)) or "Nothing waits."


def _line(each: Waiting) -> str:
    return f"{each.seq:>5}  due {format_seconds(each.due)}  {each.person}  {what(each)}"


def waiting_json(each: Waiting) -> dict[str, Any]:
    """One of them."""
    return {
        "number": each.seq,
        "person": each.person,
        "kind": str(each.kind),
        "publicId": each.public_id,
        "given": each.given,
        "at": format_seconds(each.at),
        "due": format_seconds(each.due),
    }


def ended(done: Sequence[Ended]) -> str:
    """What became of those that were due."""
    return "\n".join(f"{_line(each.waiting)}: {each.outcome}" for each in done) or "Nothing was due."


def ended_json(each: Ended) -> dict[str, Any]:
    """One of them."""
    return {**waiting_json(each.waiting), "outcome": str(each.outcome)}


def link(found: LinkState) -> str:
    """The state of a link, without the link."""
    lines = [f"Person {found.person}"]
    lines.append(f"  Link:    since {format_seconds(found.since)}" if found.since else "  Link:    none in use")
    lines.append(f"  Before:  {found.ended} that ended")
    if found.renewed_until:
        lines.append(f"  Renewed: the link before it can take that back until {format_seconds(found.renewed_until)}")
    return "\n".join([*lines, *(f"  Waits: {_line(each)}" for each in found.waits)])


def link_json(found: LinkState) -> dict[str, Any]:
    """As `link`."""
    return {
        "person": found.person,
        "since": format_seconds(found.since) if found.since else None,
        "ended": found.ended,
        "renewedUntil": format_seconds(found.renewed_until) if found.renewed_until else None,
        "waits": [waiting_json(each) for each in found.waits],
    }


def text(config: Config, each: Notice) -> str:
    """The letter itself. It names nobody, and holds no link: whoever reads the mailbox gets no further by it."""
    lines = [_NEWS[each.kind]]
    if each.due:
        lines.append(f"This will happen on {instant(each.due)}.")
        lines.append(f"If it was not you, take it back on your page by then, and write to {config.email}.")
    else:
        lines.append(f"If you have a question, write to {config.email}.")
    return " ".join(lines)


def notices(config: Config, found: Sequence[Notice]) -> str:
    """Each with its address."""
    heads = (f"{each.seq:>5}  {format_seconds(each.at)}  {visible(each.email)}" for each in found)
    letters = (f"       {text(config, each)}" for each in found)
    both = zip(heads, letters, strict=True)
    return "\n".join(f"{head}\n{letter}" for head, letter in both) or "Nobody has to be told anything."


def notice_json(config: Config, each: Notice) -> dict[str, Any]:
    """One of them."""
    return {
        "number": each.seq,
        "person": each.person,
        "email": each.email,
        "kind": each.kind,
        "at": format_seconds(each.at),
        "due": format_seconds(each.due) if each.due else None,
        "subject": f"Your page at {config.name}",
        "text": text(config, each),
    }
