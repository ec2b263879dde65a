"""The life of signing keys: announced, activated a day later, retired; or compromised, and everything issued anew.

What each act may do stands in `keys.rotation`. Every act publishes, so that readers learn of it at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

import keys
from keys import KeyFileError, KeyRecord, KeyState, Registry, durable

from ..errors import IssuerError
from ..lifecycle import Act, State
from ..reasons import reference as checked
from ..register import awards, events
from ..register.eventtypes import EventType
from . import anew, opening, plan
from .awarded import Awarded, find
from .desk import REGISTRY_FILE, Desk
from .publish import publish, write
from .setup import add_key
from .supersede import resume

CAUSE: Final = "issuer-key-compromise"


@dataclass(frozen=True, slots=True)
class Reach:
    """What the end of a key concerns: every credential that is not withdrawn and that it has signed.

    `since`: when it signed the first of what is kept. `others`: the keys that may sign now, but for this one.
    """

    key_id: str
    since: datetime | None
    affected: tuple["Affected", ...]
    others: tuple[str, ...]


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

    desk.require_issuer()
    opening.opened(desk, activated(desk.registry()).get(key_id))
    return _act(desk, key_id, EventType.KEY_ACTIVATED, activated, at)


def retire(desk: Desk, key_id: str, at: datetime) -> str:
    """Let a key sign no more; what it signed stays good. Raises IssuerError `key.last-active`, and KeyFileError."""

    def retired(registry: Registry) -> Registry:
        after = keys.retire(registry, key_id, at=at)
        if not after.active(at):
            raise IssuerError("key.last-active", f"{key_id} is the only key that signs. Activate another one first.")
        return after

    desk.require_issuer()
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
    with desk.reading() as connection:  # one at a time: a key may have signed tens of thousands
        found = (find(connection, public_id) for public_id in awards.signed_by(connection, key_id))
        return tuple(Affected(each.row.public_id, each.state(at)) for each in found)


def reach(desk: Desk, key_id: str, at: datetime) -> Reach:
    """What `compromise` would void, or `reissue` issue anew (the valid ones). Nothing is changed."""
    registry = desk.registry()
    with desk.reading() as connection:
        since = awards.first_signed(connection, registry.get(key_id).id)
    others = tuple(key.id for key in registry.active(at) if key.id != key_id)
    return Reach(key_id, since, affected(desk, key_id, at), others)


def require_sound(desk: Desk, key_id: str, *, reference: str, at: datetime) -> None:
    """Raise KeyStateError `key.transition` for a key that cannot be given up."""
    checked(reference)
    keys.compromise(desk.registry(), key_id, at=at)


def require_compromised(desk: Desk, key_id: str, *, reference: str) -> None:
    """Raise IssuerError `key.not-compromised` for a key of which nothing has to be issued anew."""
    checked(reference)
    if desk.registry().get(key_id).state is not KeyState.COMPROMISED:
        raise IssuerError("key.not-compromised", f"{key_id} is not compromised: what it signed stays good.")


def reissue(
    desk: Desk, key_id: str, *, reference: str, now: Callable[[], datetime], progress: Callable[[int, int], None]
) -> tuple[Affected, ...]:
    """Issue anew, under the active key, what a compromised key has signed; the answer is what is left, and why.

    A few at a time, each few whole and dated by `now` when it is done: others go on meanwhile. Safe to repeat, and to
    run twice at once. `progress`: how many are done, of how many. Raises IssuerError `key.not-compromised`.
    """
    require_compromised(desk, key_id, reference=reference)
    desk.signing_key(now())  # before anything is planned: nothing can be issued without one
    resume(desk, now)
    due = [each.public_id for each in affected(desk, key_id, now()) if each.state is State.VALID]

    def plan_anew(connection: Connection, awarded: Awarded, at: datetime) -> bool:
        by_it = awards.is_signed_by(connection, awarded.row.id, awarded.newest.number, key_id)
        if awarded.state(at) is not State.VALID or not by_it:
            return False
        awarded.require(Act.REISSUE, at)
        plan.following(desk, connection, awarded, CAUSE, at=at, reference=reference)
        return True

    anew.issue_each(desk, due, plan_anew, now=now, progress=progress)
    publish(desk, now())
    return affected(desk, key_id, now())


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
                events.append(connection, EventType.KEY_REWRAPPED, at=at, subject=key.id)
    return tuple(done)


def _rewrapped(desk: Desk, key: KeyRecord, passphrase: bytes) -> bool:
    try:
        return keys.rewrap(key, desk.config.keys, passphrase)
    except KeyFileError as error:
        if error.code == "key.file-missing" and key.state not in (KeyState.ANNOUNCED, KeyState.ACTIVE):
            return False
        raise


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
