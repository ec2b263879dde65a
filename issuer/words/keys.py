"""What is said of signing keys."""

from collections.abc import Sequence
from typing import Any

from keys import Registry
from keys.record import to_json

from ..lifecycle import State
from ..service.rotate import Affected

__all__ = [
    "State",
    "affected",
    "affected_json",
    "given_up",
    "keys",
    "keys_json",
    "reissued",
    "reissued_json",
]


def keys(registry: Registry) -> str:
    """All keys, a line each."""
    return "\n".join(f"{key.id:<14} {key.state:<12} {key.public_key_multibase}" for key in registry.keys)


def keys_json(registry: Registry) -> dict[str, Any]:
    """As `keys`."""
    return {"keys": [to_json(key) for key in registry.keys]}


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
