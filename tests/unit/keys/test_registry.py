"""The registry file: what is written reads back, and what nobody wrote is refused."""

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import KeyRecord, KeyState, Registry, RegistryError, activate, compromise, load, retire, save
from keys.errors import KeysError
from keys.registry import parse
from tests.unit.keys.making import DAY, T0, announced, public_key
from verifier.format import multibase, multikey

IDS = [f"key-{year}-{number}" for year in (2026, 2027) for number in (1, 2, 3)]
ACTS = [activate, retire, compromise]


@cache
def fresh() -> Registry:
    return announced(*IDS)


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """Whatever a series of acts, legal or not, leaves behind."""
    registry = fresh()
    acts = st.tuples(st.sampled_from(ACTS), st.sampled_from(IDS), st.integers(0, 10**12))
    for act, key_id, microseconds in draw(st.lists(acts, max_size=20)):
        try:
            registry = act(registry, key_id, at=T0 + timedelta(microseconds=microseconds))
        except KeysError:
            continue
    return registry


@given(registries())
def test_what_is_dumped_parses_to_the_same(registry: Registry) -> None:
    assert parse(registry.dump()) == registry
    assert parse(registry.dump()).dump() == registry.dump()


@given(
    st.binary()
    | st.recursive(
        st.none() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["keys", "id", "publicKeyMultibase", "signer", "state", "created", "announced"]), inner
            )
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        parse(data)
    except RegistryError as error:
        assert error.code
        assert error.detail


def test_a_file_is_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "registry.json"
    save(path, Registry())
    assert load(path) == Registry()
    save(path, fresh())
    assert load(path) == fresh()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [*tmp_path.iterdir()] == [path]


def test_the_form_of_the_file() -> None:
    registry = activate(announced("key-2026-1"), "key-2026-1", at=T0 + DAY)
    assert json.loads(registry.dump()) == {
        "keys": [
            {
                "id": "key-2026-1",
                "publicKeyMultibase": registry.keys[0].public_key_multibase,
                "signer": "file:key-2026-1.pem",
                "state": "active",
                "created": "2026-07-01T09:00:00Z",
                "announced": "2026-07-01T09:00:00Z",
                "activeFrom": "2026-07-02T09:00:00Z",
            }
        ]
    }


def test_a_file_that_is_not_there_or_not_readable(tmp_path: Path) -> None:
    for path, code in [(tmp_path / "none", "key.registry-missing"), (tmp_path, "key.registry-unreadable")]:
        with pytest.raises(RegistryError) as caught:
            load(path)
        assert caught.value.code == code


GOOD: dict[str, Any] = json.loads(announced("key-2026-1").dump())["keys"][0]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([GOOD | {"colour": "red"}], "key.registry"),
        ([{name: GOOD[name] for name in GOOD if name != "signer"}], "key.registry"),
        ([GOOD | {"state": "lost"}], "key.registry"),
        ([GOOD | {"created": 1}], "key.registry"),
        ([GOOD | {"created": "2026-07-01"}], "time.invalid"),
        ([GOOD | {"activeFrom": None}], "key.registry"),
        ([GOOD | {"id": "key-2026-01"}], "key.record"),
        ([GOOD | {"id": "key-２０２６-1"}], "key.record"),
        ([GOOD | {"signer": "key.pem"}], "key.record"),
        ([GOOD | {"publicKeyMultibase": "z6Mk"}], "key.record"),
        ([GOOD | {"state": "active"}], "key.record"),
        ([GOOD | {"activeFrom": "2026-07-02T09:00:00Z"}], "key.record"),
        ([GOOD | {"announced": "2026-06-30T09:00:00Z"}], "key.record"),
        ([GOOD, GOOD], "key.duplicate"),
        ("none", "key.registry"),
        ([[]], "key.registry"),
    ],
)
def test_a_file_that_nobody_wrote(entries: object, code: str) -> None:
    with pytest.raises(RegistryError) as caught:
        parse(json.dumps({"keys": entries}).encode())
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "json.syntax"),
        (b"[]", "json.not-object"),
        (b"{}", "key.registry"),
        (b'{"keys":[],"more":[]}', "key.registry"),
        (b'{"keys":[],"keys":[]}', "json.duplicate-name"),
    ],
)
def test_a_text_that_is_no_registry(text: bytes, code: str) -> None:
    with pytest.raises(RegistryError) as caught:
        parse(text)
    assert caught.value.code == code


# The identity point, under which anyone can sign.
WEAK = multibase.encode_base58btc(b"\xed\x01\x01" + bytes(31))


@pytest.mark.parametrize(
    "change",
    [
        {"created": T0.replace(microsecond=1)},
        {"created": T0.replace(tzinfo=None)},
        {"created": T0.astimezone(timezone(timedelta(hours=2)))},
        {"public_key_multibase": WEAK},
        {"state": KeyState.RETIRED, "active_until": T0},
        {"state": KeyState.RETIRED, "active_from": T0 + DAY, "active_until": T0},
        {"state": KeyState.COMPROMISED},
        {"state": KeyState.COMPROMISED, "compromised": T0, "active_until": T0},
        {"state": KeyState.COMPROMISED, "compromised": T0 - DAY},
    ],
)
def test_a_record_that_contradicts_itself(change: dict[str, Any]) -> None:
    with pytest.raises(RegistryError) as caught:
        replace(fresh().keys[0], **change)
    assert caught.value.code == "key.record"


def test_ids_count_up_within_a_year() -> None:
    assert Registry().next_id(2026) == "key-2026-1"
    assert announced("key-2026-1", "key-2026-10", "key-2027-3").next_id(2026) == "key-2026-11"
    assert announced("key-2026-1").next_id(2028) == "key-2028-1"


def test_with_key_adds_or_replaces_in_place() -> None:
    registry = announced("key-2026-1", "key-2026-2")
    changed = replace(registry.keys[0], signer="file:moved.pem")
    assert registry.with_key(changed).keys == (changed, registry.keys[1])
    new = KeyRecord(
        "key-2026-3",
        multikey.encode(public_key()),
        "file:3.pem",
        KeyState.ANNOUNCED,
        datetime(2027, 1, 1, tzinfo=UTC),
        datetime(2027, 1, 1, tzinfo=UTC),
    )
    assert registry.with_key(new).keys == (*registry.keys, new)
    with pytest.raises(RegistryError) as caught:
        registry.get("key-2026-3")
    assert caught.value.code == "key.unknown"
