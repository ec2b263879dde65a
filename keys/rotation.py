"""The life of a key, as pure acts on the registry: announced -> active -> retired, or compromised at any time.

Every act takes the time of the act (aware) and returns a new registry, or raises KeyStateError `key.transition`.
Times are kept in whole seconds; the end of use is rounded up, so that all that the key signed lies inside it.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from verifier.format import multikey

from . import published
from .errors import KeyStateError
from .record import KeyRecord, KeyState
from .registry import Registry

# A verifier may rest on yesterday's DID document: no signature before it can have seen the new key.
ANNOUNCEMENT = timedelta(hours=24)

_MAY_FOLLOW = {
    KeyState.ANNOUNCED: {KeyState.ACTIVE, KeyState.COMPROMISED},
    KeyState.ACTIVE: {KeyState.RETIRED, KeyState.COMPROMISED},
    KeyState.RETIRED: {KeyState.COMPROMISED},
    KeyState.COMPROMISED: set[KeyState](),
}


def announce(registry: Registry, key_id: str, public_key: bytes, signer: str, *, at: datetime) -> Registry:
    """Add a new key (32 raw bytes, and the URI of its signer) that does not sign yet.

    Raises RegistryError `key.duplicate` or `key.record`, KeyFileError `key.published`.
    """
    if any(key.id == key_id for key in registry.keys):
        raise KeyStateError("key.transition", f"Key {key_id} exists already. Take {registry.next_id(at.year)}.")
    text = multikey.encode(published.refuse(public_key))
    now = _second(at)
    return registry.with_key(KeyRecord(key_id, text, signer, KeyState.ANNOUNCED, created=now, announced=now))


def activate(registry: Registry, key_id: str, *, at: datetime) -> Registry:
    """Let an announced key sign, 24 hours after its announcement; at once where no other key may sign.

    Then nothing is issued meanwhile, and no list is signed: waiting would only make matters worse.
    """
    key = _follow(registry, key_id, KeyState.ACTIVE)
    alone = all(other.state is not KeyState.ACTIVE for other in registry.keys)
    earliest = key.announced if alone else key.announced + ANNOUNCEMENT
    now = _not_before(earliest, key, at)
    return registry.with_key(replace(key, state=KeyState.ACTIVE, active_from=now))


def retire(registry: Registry, key_id: str, *, at: datetime) -> Registry:
    """Let an active key sign no more. What it signed stays good."""
    key = _follow(registry, key_id, KeyState.RETIRED)
    _not_before(key.active_from or key.announced, key, at)
    return registry.with_key(replace(key, state=KeyState.RETIRED, active_until=_second_up(at)))


def compromise(registry: Registry, key_id: str, *, at: datetime) -> Registry:
    """Give a key up: from now on nothing that it signed is accepted, whatever date it carries."""
    key = _follow(registry, key_id, KeyState.COMPROMISED)
    now = _not_before(max(filter(None, key.times)), key, at)
    ended = _second_up(at) if key.state is KeyState.ACTIVE else key.active_until
    return registry.with_key(replace(key, state=KeyState.COMPROMISED, active_until=ended, compromised=now))


def put_right(registry: Registry, *, at: datetime) -> Registry:
    """After a clock was ahead: no key was made, announced, used or lost later than now; an end of use may be now."""
    now = _second(at)

    def past(time: datetime | None) -> datetime | None:
        return min(time, now) if time else None

    for key in registry.keys:
        registry = registry.with_key(
            replace(
                key,
                created=min(key.created, now),
                announced=min(key.announced, now),
                active_from=past(key.active_from),
                active_until=past(key.active_until),
                compromised=past(key.compromised),
            )
        )
    return registry


def _follow(registry: Registry, key_id: str, state: KeyState) -> KeyRecord:
    key = registry.get(key_id)
    if state in _MAY_FOLLOW[key.state]:
        return key
    allowed = " or ".join(sorted(_MAY_FOLLOW[key.state])) or "nothing else any more"
    detail = f"Key {key.id} is {key.state} and cannot become {state}; it can become {allowed}."
    raise KeyStateError("key.transition", detail)


def _not_before(earliest: datetime, key: KeyRecord, at: datetime) -> datetime:
    if at < earliest:
        detail = f"This is too early for key {key.id}. Wait until {earliest:%Y-%m-%d %H:%M:%S} UTC."
        raise KeyStateError("key.transition", detail)
    return _second(at)


def _second(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("the time of an act needs a zone")
    return at.astimezone(UTC).replace(microsecond=0)


def _second_up(at: datetime) -> datetime:
    return _second(at + timedelta(microseconds=999_999))
