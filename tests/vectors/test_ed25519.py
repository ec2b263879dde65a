"""Public edge cases of Ed25519: keys that must not be loaded, and signatures as the verifier checks them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kit.minting import Key
from verifier.format import multikey
from verifier.format.ed25519 import verifies
from verifier.format.errors import FormatError
from verifier.format.proof import decode_signature, encode_signature

REFUSED_KEYS = {"low_order_A", "non_canonical_A"}


def edge_cases(vectors: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((vectors / "cctv-ed25519" / "ed25519vectors.json").read_bytes())
    assert len(found) == 914
    return found


def accepts(public_key: bytes, signature: bytes, data: bytes) -> bool:
    """The answer of the check `signature`, from the encoded proofValue and key on."""
    try:
        value = decode_signature(encode_signature(signature))
        key = multikey.decode(multikey.encode(public_key))
        return verifies(key, value, data)
    except FormatError as error:
        assert error.code in {"proof.value", "key.weak"}
        return False


def test_weak_keys_are_refused_and_only_those(vectors: Path) -> None:
    flags: dict[bytes, set[str]] = {}
    for case in edge_cases(vectors):
        flags.setdefault(bytes.fromhex(case["key"]), set()).update(case["flags"] or ())
    refused = {key for key, found in flags.items() if found & REFUSED_KEYS}
    assert len(refused) == 14
    for key in refused:
        with pytest.raises(FormatError, match=r"^key\.weak"):
            multikey.check(key)
    for key in flags.keys() - refused:
        assert multikey.decode(multikey.encode(key)) == key


def test_nothing_is_valid_under_a_weak_key(vectors: Path) -> None:
    for case in edge_cases(vectors):
        if REFUSED_KEYS & set(case["flags"] or ()):
            key, signature = bytes.fromhex(case["key"]), bytes.fromhex(case["sig"])
            assert not accepts(key, signature, case["msg"].encode())


def test_wycheproof(vectors: Path) -> None:
    groups = json.loads((vectors / "wycheproof" / "ed25519_test.json").read_bytes())["testGroups"]
    answers = []
    for group in groups:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for test in group["tests"]:
            answer = accepts(key, bytes.fromhex(test["sig"]), bytes.fromhex(test["msg"]))
            assert answer == (test["result"] == "valid"), test
            answers.append(answer)
    assert (answers.count(True), answers.count(False)) == (88, 63)


def test_a_signature_cut_to_any_length_is_refused() -> None:
    key = Key("cut")
    signature = key.private.sign(b"data")
    assert accepts(key.public, signature, b"data")
    for length in range(64):
        assert not accepts(key.public, signature[:length], b"data")
    assert not accepts(key.public, signature + b"\0", b"data")
