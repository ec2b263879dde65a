"""The life of signing keys: announced, activated a day later, retired; or compromised, and everything issued anew.

What each act may do stands in `keys.rotation`. Every act publishes, so that readers learn of it at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import keys
from keys import KeyFileError, KeyRecord, KeyState, Registry, durable

from ..errors import IssuerError
from ..lifecycle import Act, State
from ..reasons import reference as checked
from ..register import awards, events
from . import issue, plan
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
    """Generate and announce a key, and publish the DID document that names it; the answer is its id."""
    passphrase = desk.passphrase()  # before the lock: a person may have to type it
    with desk.writing(at) as connection:
        registry = add_key(desk.config, desk.registry(), passphrase, at)
        key_id = registry.keys[-1].id
        events.append(connection, "key-announced", at=at, actor_role="operator", subject=key_id)
        keys.save(desk.config.keys / REGISTRY_FILE, registry)
    _make_known(desk, registry, at)
    return key_id


def activate(desk: Desk, key_id: str, at: datetime) -> str:
    """Let an announced key sign from now on. Raises KeyStateError when its 24 hours are not over."""
    return _act(desk, key_id, "key-activated", lambda registry: keys.activate(registry, key_id, at=at), at)


def retire(desk: Desk, key_id: str, at: datetime) -> str:
    """Let a key sign no more; what it signed stays good. Raises IssuerError `key.last-active`."""

    def retired(registry: Registry) -> Registry:
        after = keys.retire(registry, key_id, at=at)
        if not after.active(at):
            raise IssuerError("key.last-active", f"{key_id} is the only key that signs. Activate another one first.")
        return after

    return _act(desk, key_id, "key-retired", retired, at)


def compromise(desk: Desk, key_id: str, *, reference: str, at: datetime) -> tuple[Affected, ...]:
    """Give a key up: nothing that it signed is accepted any more. The answer is what must be issued anew."""
    checked(reference)
    with desk.writing(at) as connection:
        registry = keys.compromise(desk.registry(), key_id, at=at)
        events.append(
            connection, "key-compromised", at=at, actor_role="operator", subject=key_id, decision_ref=reference
        )
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


def rewrap(desk: Desk, at: datetime) -> tuple[str, ...]:
    """Write every key file in the form of today; the ids of those that were of another. Safe to repeat after a crash.

    Raises KeyFileError for the first that cannot be opened; one of a key that signs no more may be gone.
    """
    passphrase, done = desk.passphrase(), []
    with desk.writing(at) as connection:
        durable.sweep(desk.config.keys)
        for key in desk.registry().keys:
            if _rewrapped(desk, key, passphrase):
                done.append(key.id)
                events.append(connection, "key-rewrapped", at=at, actor_role="operator", subject=key.id)
    return tuple(done)


def _rewrapped(desk: Desk, key: KeyRecord, passphrase: bytes) -> bool:
    try:
        return keys.rewrap(key, desk.config.keys, passphrase)
    except KeyFileError as error:
        if error.code == "key.file-missing" and key.state not in (KeyState.ANNOUNCED, KeyState.ACTIVE):
            return False
        raise


def _act(desk: Desk, key_id: str, kind: str, act: Callable[[Registry], Registry], at: datetime) -> str:
    with desk.writing(at) as connection:
        registry = act(desk.registry())
        events.append(connection, kind, at=at, actor_role="operator", subject=key_id)
        keys.save(desk.config.keys / REGISTRY_FILE, registry)
    _make_known(desk, registry, at)
    return key_id


def _make_known(desk: Desk, registry: Registry, at: datetime) -> None:
    """Keys first, which needs no signature and must not wait for one; then lists that an active key has signed."""
    write(desk, at)
    if registry.active(at):
        publish(desk, at)
