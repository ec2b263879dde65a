"""The DID document and the trust file for keys in every state."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from issuer.diddoc import did_document, method_id, trust_file
from keys import Registry, activate, announce, compromise, retire
from verifier import Trust
from verifier.format import multikey

DID = "did:web:credentials.example"
T0 = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def life() -> Registry:
    """One key in each state: 1 retired, 2 compromised, 3 active, 4 announced."""
    registry = Registry()
    for number in range(1, 5):
        public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
        registry = announce(registry, f"key-2026-{number}", public, f"file:key-2026-{number}.pem", at=T0)
    for number in (1, 2, 3):
        registry = activate(registry, f"key-2026-{number}", at=T0 + number * DAY)
    registry = retire(registry, "key-2026-1", at=T0 + 10 * DAY)
    return compromise(registry, "key-2026-2", at=T0 + 11 * DAY)


REGISTRY = life()
DOCUMENT: dict[str, Any] = did_document(DID, REGISTRY)


def trust() -> dict[str, Any]:
    return trust_file(DID, "Example Body", REGISTRY, as_of=T0 + 12 * DAY, status_lists={}, schemas={})


def test_a_compromised_key_is_gone_and_every_other_one_may_assert() -> None:
    names = [method["id"].rpartition("#")[2] for method in DOCUMENT["verificationMethod"]]
    assert names == [f"key-2026-{number}{twin}" for number in (1, 3, 4) for twin in ("", "-jwk")]
    assert DOCUMENT["assertionMethod"] == [method["id"] for method in DOCUMENT["verificationMethod"]]
    lost = REGISTRY.get("key-2026-2").public_key_multibase
    assert lost not in json.dumps(DOCUMENT)
    assert "key-2026-2" not in json.dumps(DOCUMENT)


def test_it_says_nothing_else() -> None:
    """Above all no `expires` or `revoked`: other verifiers would refuse what a retired key has signed."""
    assert DOCUMENT.keys() == {"@context", "id", "verificationMethod", "assertionMethod"}
    assert DOCUMENT["id"] == DID
    for method in DOCUMENT["verificationMethod"]:
        assert method.keys() - {"publicKeyMultibase", "publicKeyJwk"} == {"id", "type", "controller"}
        assert method["controller"] == DID


def test_each_key_has_twins_with_one_key_material_each() -> None:
    methods = {method["id"]: method for method in DOCUMENT["verificationMethod"]}
    for number in (1, 3, 4):
        key = REGISTRY.get(f"key-2026-{number}")
        plain, twin = methods[method_id(DID, key)], methods[f"{method_id(DID, key)}-jwk"]
        assert (plain["type"], twin["type"]) == ("Multikey", "JsonWebKey")
        assert plain["publicKeyMultibase"] == key.public_key_multibase
        assert "publicKeyJwk" not in plain
        assert "publicKeyMultibase" not in twin
        assert twin["publicKeyJwk"] == {
            **multikey.encode_jwk(key.public_key),
            "kid": f"key-2026-{number}-jwk",
        }
        assert "d" not in twin["publicKeyJwk"]


def test_the_trust_file_holds_the_windows_of_the_keys_that_have_signed() -> None:
    (accepted,) = trust()["issuers"]
    assert (accepted["id"], accepted["name"]) == (DID, "Example Body")
    assert [key for key in accepted["keys"] if "compromised" not in key] == [
        {"id": f"{DID}#key-2026-1", "activeFrom": "2026-07-02T09:00:00Z", "activeUntil": "2026-07-11T09:00:00Z"},
        {"id": f"{DID}#key-2026-3", "activeFrom": "2026-07-04T09:00:00Z", "activeUntil": None},
    ]


def test_the_trust_file_marks_a_compromised_key_under_both_its_names() -> None:
    read = Trust.read(json.dumps(trust()).encode())
    assert read.compromised == {f"{DID}#key-2026-2", f"{DID}#key-2026-2-jwk"}
    assert not {method["id"] for method in DOCUMENT["verificationMethod"]} & read.compromised


def test_the_verifier_reads_the_trust_file() -> None:
    read = Trust.read(json.dumps(trust()).encode())
    assert read.as_of == T0 + 12 * DAY
    window = read.issuers[DID].window(f"{DID}#key-2026-1")
    assert window is not None
    assert (window.active_from, window.active_until) == (T0 + DAY, T0 + 10 * DAY)
    assert read.issuers[DID].window(f"{DID}#key-2026-2") is None


def test_an_empty_registry_makes_an_empty_document() -> None:
    document = did_document(DID, Registry())
    assert document["verificationMethod"] == document["assertionMethod"] == []
