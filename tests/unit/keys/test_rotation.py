"""The life of a key as a table: every act in every state, the waiting time, and which key signs."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from keys import KeyState, KeyStateError, Registry, activate, announce, compromise, retire
from keys.errors import RegistryError
from tests.unit.keys.making import DAY, SECOND, T0, announced, public_key

KEY = "key-2026-2"  # beside one that signs, so that it has to wait
T1, T2, T3 = T0 + DAY, T0 + 2 * DAY, T0 + 3 * DAY

Act = Callable[..., Registry]


def beside_an_active_one() -> Registry:
    return activate(announced("key-2026-1", KEY), "key-2026-1", at=T0)


def in_state(state: KeyState) -> Registry:
    registry = beside_an_active_one()
    if state in {KeyState.ACTIVE, KeyState.RETIRED}:
        registry = activate(registry, KEY, at=T1)
    if state is KeyState.RETIRED:
        registry = retire(registry, KEY, at=T2)
    if state is KeyState.COMPROMISED:
        registry = compromise(registry, KEY, at=T2)
    assert registry.get(KEY).state is state
    return registry


# state, act, the state that follows or None for a refusal
TABLE = [
    (KeyState.ANNOUNCED, activate, KeyState.ACTIVE),
    (KeyState.ANNOUNCED, retire, None),
    (KeyState.ANNOUNCED, compromise, KeyState.COMPROMISED),
    (KeyState.ACTIVE, activate, None),
    (KeyState.ACTIVE, retire, KeyState.RETIRED),
    (KeyState.ACTIVE, compromise, KeyState.COMPROMISED),
    (KeyState.RETIRED, activate, None),
    (KeyState.RETIRED, retire, None),
    (KeyState.RETIRED, compromise, KeyState.COMPROMISED),
    (KeyState.COMPROMISED, activate, None),
    (KeyState.COMPROMISED, retire, None),
    (KeyState.COMPROMISED, compromise, None),
]


@pytest.mark.parametrize(("state", "act", "expected"), TABLE)
def test_every_act_in_every_state(state: KeyState, act: Act, expected: KeyState | None) -> None:
    before = in_state(state)
    if expected is None:
        with pytest.raises(KeyStateError) as caught:
            act(before, KEY, at=T3)
        assert caught.value.code == "key.transition"
        assert before == Registry(before.keys)
    else:
        after = act(before, KEY, at=T3)
        assert after.get(KEY).state is expected
        assert after.get("key-2026-1") == before.get("key-2026-1")
        assert before.get(KEY).state is state, "the registry that was given is as it was"


def test_the_times_of_a_whole_life() -> None:
    registry = compromise(in_state(KeyState.RETIRED), KEY, at=T3)
    assert registry.get(KEY).times == (T0, T0, T1, T2, T3)


def test_a_compromised_active_key_ends_there() -> None:
    key = compromise(in_state(KeyState.ACTIVE), KEY, at=T2).get(KEY)
    assert (key.active_from, key.active_until, key.compromised) == (T1, T2, T2)


def test_a_key_that_never_signed_has_no_active_time() -> None:
    key = in_state(KeyState.COMPROMISED).get(KEY)
    assert (key.active_from, key.active_until, key.compromised) == (None, None, T2)


def test_a_key_waits_a_day_after_its_announcement() -> None:
    registry = beside_an_active_one()
    with pytest.raises(KeyStateError, match="2026-07-02 09:00:00 UTC"):
        activate(registry, KEY, at=T1 - SECOND)
    assert activate(registry, KEY, at=T1).get(KEY).active_from == T1


def test_no_key_waits_while_none_signs() -> None:
    """Then nothing is issued and no list is signed: an announcement that nobody has seen is the lesser evil."""
    registry = compromise(beside_an_active_one(), "key-2026-1", at=T0 + SECOND)
    assert activate(registry, KEY, at=T0 + SECOND).active(T1)[0].id == KEY


def test_the_first_key_of_all_need_not_wait() -> None:
    assert activate(announced("key-2026-1"), "key-2026-1", at=T0).active(T0)[0].id == "key-2026-1"
    with pytest.raises(KeyStateError):
        activate(announced("key-2026-1"), "key-2026-1", at=T0 - SECOND)


@pytest.mark.parametrize("act", [retire, compromise])
def test_no_act_lies_before_the_last_one(act: Act) -> None:
    with pytest.raises(KeyStateError):
        act(in_state(KeyState.ACTIVE), KEY, at=T1 - SECOND)


def test_the_newest_active_key_signs() -> None:
    registry = activate(announced("key-2026-1", KEY), "key-2026-1", at=T0)
    registry = activate(registry, KEY, at=T2)
    assert [key.id for key in registry.active(T2)] == [KEY, "key-2026-1"]
    assert [key.id for key in registry.active(T2 - SECOND)] == ["key-2026-1"]
    assert registry.active(T0 - SECOND) == ()
    assert [key.id for key in retire(registry, "key-2026-1", at=T3).active(T3)] == [KEY]
    assert [key.id for key in compromise(registry, KEY, at=T3).active(T3)] == ["key-2026-1"]


def test_of_two_that_became_active_together_the_later_signs() -> None:
    registry = activate(announced("key-2026-1", KEY), "key-2026-1", at=T1)
    assert [key.id for key in activate(registry, KEY, at=T1).active(T1)] == [KEY, "key-2026-1"]


def test_times_are_whole_seconds_and_the_end_is_rounded_up() -> None:
    part = timedelta(milliseconds=300)
    key = retire(
        activate(announced("key-2026-1", at=T0 + part), "key-2026-1", at=T1 + part), "key-2026-1", at=T2 + part
    )
    assert key.get("key-2026-1").times == (T0, T0, T1, T2 + SECOND, None)


def test_a_first_key_made_and_used_within_a_second() -> None:
    at = T0 + timedelta(milliseconds=300)
    assert activate(announced("key-2026-1", at=at), "key-2026-1", at=at).active(at)


def test_an_id_or_a_key_is_announced_once() -> None:
    registry = announced("key-2026-1")
    with pytest.raises(KeyStateError, match="key-2026-2"):
        announce(registry, "key-2026-1", public_key(), "file:other.pem", at=T0)
    with pytest.raises(RegistryError) as caught:
        announce(registry, KEY, registry.keys[0].public_key, "file:other.pem", at=T0)
    assert caught.value.code == "key.duplicate"


def test_an_unknown_key_and_a_time_without_zone() -> None:
    with pytest.raises(RegistryError) as caught:
        activate(announced("key-2026-1"), "key-2026-9", at=T0)
    assert caught.value.code == "key.unknown"
    with pytest.raises(ValueError, match="zone"):
        announced("key-2026-1", at=datetime(2026, 7, 1))  # noqa: DTZ001 - the point of the test
