"""No key that the world knows may sign for us."""

import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from keys import KeyFileError, Registry, announce, local, published
from tests.unit.keys.making import T0, public_key
from verifier.format import multikey

SEEDS = {
    "seed of 32 zero bytes": bytes(32),
    "seed of the number 1, big-endian": bytes(31) + b"\1",
    "seed of the number 2, big-endian": bytes(31) + b"\2",
    "seed of the bytes 0 to 31": bytes(range(32)),
    "seed of 32 bytes 01": b"\1" * 32,
    "seed of 32 bytes ff": b"\xff" * 32,
}

# RFC 8032 section 7.1: the secret keys, in the order of the RFC.
RFC_8032 = {
    "TEST 1": "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "TEST 2": "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "TEST 3": "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "TEST 1024": "f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5",
    "TEST SHA(abc)": "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
}


def public_half(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


@pytest.mark.parametrize(("origin", "seed"), SEEDS.items(), ids=SEEDS)
def test_simple_seeds_are_refused(origin: str, seed: bytes) -> None:
    with pytest.raises(KeyFileError, match=origin) as caught:
        published.refuse(public_half(seed))
    assert caught.value.code == "key.published"


@pytest.mark.parametrize(("name", "secret"), RFC_8032.items(), ids=RFC_8032)
def test_the_keys_of_the_rfcs_are_refused(name: str, secret: str) -> None:
    assert name in published.origins()[public_half(bytes.fromhex(secret))]


def test_every_key_of_the_w3c_vectors_is_refused(vectors: Path) -> None:
    files = [path.read_text() for path in (vectors / "w3c-di-eddsa").rglob("*") if path.is_file()]
    found = {key for text in files for key in re.findall(r"z6Mk[1-9A-HJ-NP-Za-km-z]{44}", text)}
    assert len(found) >= 5
    assert {multikey.decode(key) for key in found} <= published.origins().keys()


def test_every_key_of_wycheproof_is_refused(vectors: Path) -> None:
    groups = json.loads((vectors / "wycheproof" / "ed25519_test.json").read_bytes())["testGroups"]
    found = {bytes.fromhex(group["publicKey"]["pk"]) for group in groups}
    assert found <= published.origins().keys()


def test_a_key_of_our_own_passes() -> None:
    key = public_key()
    assert published.refuse(key) == key


def test_a_published_key_is_neither_loaded_nor_announced(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.from_private_bytes(SEEDS["seed of 32 zero bytes"])
    public = key.public_key().public_bytes_raw()
    encryption = BestAvailableEncryption(b"correct horse battery")
    path = tmp_path / "key.pem"
    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
    with pytest.raises(KeyFileError, match=r"key\.published"):
        local.load(path, b"correct horse battery", public_key=public)
    with pytest.raises(KeyFileError, match=r"key\.published"):
        announce(Registry(), "key-2026-1", public, "file:key.pem", at=T0)
