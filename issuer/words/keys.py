"""What is said of signing keys."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from keys import Registry
from keys.record import to_json
from verifier.format.timestamp import format_seconds

from ..lifecycle import State
from ..service.rotate import Affected, Reach

__all__ = [
    "State",
    "affected",
    "affected_json",
    "given_up",
    "keys",
    "keys_json",
    "reach_json",
    "reissued",
    "reissued_json",
    "so_far",
    "would_give_up",
    "would_reissue",
]


def keys(registry: Registry) -> str:
    """All keys, a line each."""
    return "\n".join(f"{key.id:<14} {key.state:<12} {key.public_key_multibase}" for key in registry.keys)


def keys_json(registry: Registry) -> dict[str, Any]:
    """As `keys`."""
    return {"keys": [to_json(key) for key in registry.keys]}


def would_give_up(reach: Reach) -> str:
    """What the end of a key would void, before it is done."""
    then = (
        f"{', '.join(reach.others)} can sign them anew: certify keys reissue."
        if reach.others
        else "No other key may sign: until one is activated, nothing can be issued or published."
    )
    return (
        f"Giving {reach.key_id} up voids {_counted(reach)}, for ever: nothing that it signed is accepted any more, "
        f"and the holders stand there with nothing until they are issued anew. {then}"
    )


def would_reissue(reach: Reach) -> str:
    """What would be issued anew, before it is done."""
    valid = sum(each.state is State.VALID for each in reach.affected)
    signer = f"under {reach.others[0]}" if reach.others else "once another key is active"
    return (
        f"{valid:,} credentials would be issued anew {signer}, of {_counted(reach)}. Each gets a new revision and new "
        "files, and the old one is withdrawn."
    )


def _counted(reach: Reach) -> str:
    since = f" since {format_seconds(reach.since)}" if reach.since else ""
    states = Counter(each.state for each in reach.affected)
    told = ", ".join(f"{states[state]:,} {state}" for state in State if states[state])
    return f"{len(reach.affected):,} credentials that it signed{since}" + (f" ({told})" if told else "")


def reach_json(reach: Reach) -> dict[str, Any]:
    """As `would_give_up` and `would_reissue`."""
    states = Counter(str(each.state) for each in reach.affected)
    return {
        "key": reach.key_id,
        "dryRun": True,
        "since": format_seconds(reach.since) if reach.since else None,
        "affected": len(reach.affected),
        "states": dict(sorted(states.items())),
        "otherActiveKeys": list(reach.others),
    }


def so_far(key_id: str, done: int, total: int) -> str:
    """How far the new issue came before something ended it."""
    if not total:
        return f"Nothing was issued anew by this; run certify keys reissue {key_id} again."
    return (
        f"Of {total:,} credentials {done:,} are issued anew and {total - done:,} are left; run certify keys reissue "
        f"{key_id} again to go on."
    )


def given_up(key_id: str, found: Sequence[Affected]) -> str:
    """A compromised key, and how much rests on it."""
    return f"Given up: {key_id}. Nothing that it signed is accepted any more; that concerns {len(found)} credentials."


def affected(key_id: str, found: Sequence[Affected]) -> str:
    """What must be issued anew, a line each."""
    lines = [f"  {each.public_id}  {each.state}" for each in found]
    then = [f"Issue the valid ones anew: certify keys reissue {key_id} --decision REF"] if found else []
    return "\n".join((given_up(key_id, found), *lines, *then))


def affected_json(key_id: str, found: Sequence[Affected]) -> dict[str, Any]:
    """As `affected`."""
    return {"key": key_id, "affected": [_affected(each) for each in found]}


def reissued(key_id: str, done: int, left: Sequence[Affected]) -> str:
    """What was issued anew, and what could not be."""
    lines = [f"  Left: {each.public_id}, which is {each.state}" for each in left]
    return "\n".join(
        (f"Issued anew: {done} credentials that {key_id} had signed. Send the holders the new files.", *lines)
    )


def reissued_json(key_id: str, done: int, left: Sequence[Affected]) -> dict[str, Any]:
    """As `reissued`."""
    return {"key": key_id, "reissued": done, "left": [_affected(each) for each in left]}


def _affected(each: Affected) -> dict[str, str]:
    return {"publicId": each.public_id, "state": str(each.state)}
