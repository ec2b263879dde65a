"""What is said of a clock that was ahead."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from verifier.format.timestamp import format_seconds

from ..service.clock import Ahead
from ..service.rotate import Affected

FINISHED = "What was put right before is published now."


def ahead(found: Ahead) -> str:
    """What would be put right, before it is done."""
    until = f", up to {format_seconds(found.until)}" if found.until else ""
    parts = [
        f"events {found.events[0]} to {found.events[1]}" if found.events else "no event",
        f"{len(found.lists)} lists",
        f"keys: {', '.join(found.keys)}" if found.keys else "no key",
        f"{len(found.credentials):,} credentials, of which {len(found.due):,} are issued anew",
    ]
    return (
        f"The clock says {format_seconds(found.at)}: set it first if that is wrong. Dated later{until}: "
        f"{'; '.join(parts)}. Lists are signed again as of now, each such credential gets a revision that begins now, "
        "and events keep their dates, with one more that says so."
    )


def ahead_json(found: Ahead) -> dict[str, Any]:
    """As `ahead`."""
    return {
        "dryRun": True,
        "clock": format_seconds(found.at),
        "until": format_seconds(found.until) if found.until else None,
        "events": list(found.events) if found.events else None,
        "lists": [f"{purpose}/{number}" for purpose, number in found.lists],
        "keys": list(found.keys),
        "credentials": dict(sorted(Counter(str(each.state) for each in found.credentials).items())),
    }


def put_right(done: int, left: Sequence[Affected]) -> str:
    """What was done, and what could not be."""
    lines = [f"  Left: {each.public_id}, which is {each.state}" for each in left]
    sent = (
        f"Issued anew: {done:,} credentials. Send the holders the new files."
        if done
        else "No credential was dated ahead."
    )
    return "\n".join(("The dates are right again, and published.", sent, *lines))


def put_right_json(done: int, left: Sequence[Affected]) -> dict[str, Any]:
    """As `put_right`."""
    return {"reissued": done, "left": [{"publicId": each.public_id, "state": str(each.state)} for each in left]}


def so_far(done: int, total: int) -> str:
    """How far it came before something ended it."""
    return f"Of {total:,} credentials {done:,} are issued anew; run certify clock put-right again to go on."
