"""The life of signing keys: announced, activated a day later, retired; or compromised, and everything issued anew.

What each act may do stands in `keys.rotation`. Every act publishes, so that readers learn of it at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import keys
from keys import KeyState, Registry

from ..errors import IssuerError
from ..lifecycle import Act, State
from ..reasons import reference as checked
from ..register import awards, events
from ..register.eventtypes import EventType
from . import issue, opening, plan
from .awarded import find
from .desk import REGISTRY_FILE, Desk
from .publish import publish, write
from .setup import add_key
from .supersede import resume

CAUSE: Final = "issuer-key-compromise"


@dataclass(frozen=True, slots=True)
class Affected:
    """A credential that a compromised key has signed, and where it stands: only a valid one can be issued anew."""

    public_id: str
    state: State


def generate(desk: Desk, at: datetime) -> str:
    """Generate and announce a key, and publish the DID document that names it; the answer is its id.

    Raises KeyFileError `key.passphrase` when the passphrase does not open the other keys, and nothing is announced.
    """
    passphrase = opening.proven(desk, desk.registry(), at)  # before the lock: a person may have to type it
    with desk.writing(at) as connection:
        registry = add_key(desk.config, desk.registry(), passphrase, at)
        key_id = registry.keys[-1].id
        events.append(connection, EventType.KEY_ANNOUNCED, at=at, subject=key_id)
        keys.save(desk.config.keys / REGISTRY_FILE, registry)
    write(desk, at)  # no list changes by it, and an announcement need not wait for a key that signs
    return key_id


def activate(desk: Desk, key_id: str, at: datetime) -> str:
    """Let an announced key sign from now on. Raises KeyStateError when its 24 hours are not over, and KeyFileError."""

    def activated(registry: Registry) -> Registry:
        return keys.activate(registry, key_id, at=at)

    opening.opened(desk, activated(desk.registry()).get(key_id))
    return _act(desk, key_id, EventType.KEY_ACTIVATED, activated, at)


def retire(desk: Desk, key_id: str, at: datetime) -> str:
    """Let a key sign no more; what it signed stays good. Raises IssuerError `key.last-active`, and KeyFileError."""

    def retired(registry: Registry) -> Registry:
        after = keys.retire(registry, key_id, at=at)
        if not after.active(at):
            raise IssuerError("key.last-active", f"{key_id} is the only key that signs. Activate another one first.")
        return after

    opening.opened(desk, retired(desk.registry()).active(at)[0])
    return _act(desk, key_id, EventType.KEY_RETIRED, retired, at)


def compromise(desk: Desk, key_id: str, *, reference: str, at: datetime) -> tuple[Affected, ...]:
    """Give a key up: nothing that it signed is accepted any more. The answer is what must be issued anew."""
    checked(reference)
    with desk.writing(at) as connection:
        registry = keys.compromise(desk.registry(), key_id, at=at)
        events.append(connection, EventType.KEY_COMPROMISED, at=at, subject=key_id, decision_ref=reference)
        keys.save(desk.config.keys / REGISTRY_FILE, registry)
    _make_known(desk, registry, at)
    return affected(desk, key_id, at)


def affected(desk: Desk, key_id: str, at: datetime) -> tuple[Affected, ...]:
    """The awards whose newest revision this key has signed, but for withdrawn ones."""
    with desk.reading() as connection:
        found = [find(connection, row.public_id) for row in awards.signed_by(connection, key_id)]
    return tuple(Affected(each.row.public_id, each.state(at)) for each in found)


def reissue(
    desk: Desk, key_id: str, *, reference: str, at: datetime, progress: Callable[[int, int], None]
) -> tuple[Affected, ...]:
    """Issue anew, under the active key, what a compromised key has signed; the answer is what is left, and why.

    Safe to repeat after a crash. `progress`: how many are done, of how many. Raises IssuerError `key.not-compromised`.
    """
    checked(reference)
    if desk.registry().get(key_id).state is not KeyState.COMPROMISED:
        raise IssuerError("key.not-compromised", f"{key_id} is not compromised: what it signed stays good.")
    resume(desk, at)
    due = [each.public_id for each in affected(desk, key_id, at) if each.state is State.VALID]
    for done, public_id in enumerate(due):
        progress(done, len(due))
        with desk.writing(at) as connection:
            awarded = find(connection, public_id)
            awarded.require(Act.REISSUE, at)  # somebody may have withdrawn it meanwhile
            plan.following(desk, connection, awarded, CAUSE, at=at, reference=reference)
        issue.complete(desk, public_id, at)
    progress(len(due), len(due))
    publish(desk, at)
    return affected(desk, key_id, at)


def _act(desk: Desk, key_id: str, kind: EventType, act: Callable[[Registry], Registry], at: datetime) -> str:
    with desk.writing(at) as connection:
        registry = act(desk.registry())
        events.append(connection, kind, at=at, subject=key_id)
        keys.save(desk.config.keys / REGISTRY_FILE, registry)
    _make_known(desk, registry, at)
    return key_id


def _make_known(desk: Desk, registry: Registry, at: datetime) -> None:
    """Keys first, which needs no signature and must not wait for one; then lists that an active key has signed."""
    write(desk, at)
    if registry.active(at):
        publish(desk, at)
