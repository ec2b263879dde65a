"""DIDs and their verification methods, from the trust alone."""

from typing import Any

import pytest

from tests.kit.minting import ISSUER, Key
from verifier import Trust
from verifier.did import method_url, resolve, verification_method
from verifier.format import multikey
from verifier.format.errors import FormatError
from verifier.format.multibase import encode_base58btc
from verifier.format.types import Json, JsonObject

KEY = Key("did")
JWK: JsonObject = {
    "id": f"{ISSUER.did}#jwk",
    "type": "JsonWebKey",
    "controller": ISSUER.did,
    "publicKeyJwk": multikey.encode_jwk(KEY.public),
}


def document(**members: Json) -> JsonObject:
    return {**ISSUER.did_document(), **members}


def method(**members: Json) -> JsonObject:
    return {**ISSUER.verification_method, **members}


def code_of(given: JsonObject, method_id: str = ISSUER.method) -> str:
    with pytest.raises(FormatError) as refused:
        verification_method(given, method_id, "assertionMethod")
    return refused.value.code


# --- Resolution ---------------------------------------------------------------------------------------------


def test_did_web_comes_from_the_trust() -> None:
    assert resolve(ISSUER.did, ISSUER.trust()) == ISSUER.did_document()


def test_did_key_comes_from_itself() -> None:
    found = resolve(KEY.did_key, Trust())
    method = verification_method(found, f"{KEY.did_key}#{KEY.multibase}", "assertionMethod")
    assert (method.public_key, method.controller) == (KEY.public, KEY.did_key)


def test_the_trust_has_no_say_about_did_key() -> None:
    planted: dict[str, JsonObject] = {KEY.did_key: {"id": KEY.did_key, "verificationMethod": []}}
    assert resolve(KEY.did_key, Trust(did_documents=planted)) == resolve(KEY.did_key, Trust())


@pytest.mark.parametrize(
    ("did", "code"),
    [
        ("did:web:unknown.example", "did.unknown"),
        ("did:ion:abc", "did.method"),
        ("https://a.example", "did.method"),
        ("did:key:", "did.invalid"),
        ("did:key:z6Mk", "did.invalid"),
        ("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", "did.invalid"),
        (f"{KEY.did_key}#{KEY.multibase}", "did.invalid"),
        (f"{KEY.did_key}?x=1", "did.invalid"),
        (f"did:key:1.1:{KEY.multibase}", "did.invalid"),
        (f"{ISSUER.did}#key-2026-1", "did.unknown"),
        (f"{ISSUER.did.upper()}", "did.method"),
    ],
)
def test_unresolved(did: str, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        resolve(did, ISSUER.trust())
    assert refused.value.code == code


def test_a_document_of_another_did() -> None:
    with pytest.raises(FormatError, match=r"^did\.invalid"):
        resolve("did:web:other.example", Trust(did_documents={"did:web:other.example": ISSUER.did_document()}))


# --- Methods ------------------------------------------------------------------------------------------------


def test_a_multikey_and_its_jwk_twin() -> None:
    given = document(verificationMethod=[method(), JWK], assertionMethod=[ISSUER.method, JWK["id"]])
    assert verification_method(given, ISSUER.method, "assertionMethod").public_key == ISSUER.key.public
    assert verification_method(given, str(JWK["id"]), "assertionMethod").public_key == KEY.public


def test_a_method_embedded_under_its_purpose() -> None:
    given = document(verificationMethod=[], assertionMethod=[method()])
    assert verification_method(given, ISSUER.method, "assertionMethod").public_key == ISSUER.key.public


@pytest.mark.parametrize("listed", ["#key-2026-1", ISSUER.method])
def test_a_method_named_by_its_fragment(listed: str) -> None:
    given = document(verificationMethod=[method(id="#key-2026-1")], assertionMethod=[listed])
    found = verification_method(given, ISSUER.method, "assertionMethod")
    assert (found.id, found.public_key) == (ISSUER.method, ISSUER.key.public)


@pytest.mark.parametrize(
    "members",
    [
        {"verificationMethod": [method(), method()]},
        {"verificationMethod": [method(), method(id="#key-2026-1")]},
        {"assertionMethod": [method()]},
        {"assertionMethod": [method(id="#key-2026-1")]},
        {"verificationMethod": [method(id="#key-2026-1")], "assertionMethod": [method()]},
    ],
)
def test_the_same_entry_in_two_places_is_one_key(members: Any) -> None:
    given = document(**{"verificationMethod": [method()], **members})
    assert verification_method(given, ISSUER.method, "assertionMethod").public_key == ISSUER.key.public


def test_a_key_in_base58() -> None:
    digits = encode_base58btc(ISSUER.key.public)[1:]
    given = method(type="Ed25519VerificationKey2018", publicKeyBase58=digits)
    del given["publicKeyMultibase"]
    found = verification_method(document(verificationMethod=[given]), ISSUER.method, "assertionMethod")
    assert found.public_key == ISSUER.key.public


@pytest.mark.parametrize(
    ("value", "url"),
    [
        (KEY.did_key, f"{KEY.did_key}#{KEY.multibase}"),
        (f"#{KEY.multibase}", f"{ISSUER.did}#{KEY.multibase}"),
        (ISSUER.method, ISSUER.method),
        (ISSUER.did, ISSUER.did),
        (f"{KEY.did_key}#", f"{KEY.did_key}#"),
        ("", ""),
    ],
)
def test_a_method_that_is_named_in_short(value: str, url: str) -> None:
    assert method_url(value, ISSUER.did) == url


def test_dates() -> None:
    found = verification_method(
        document(verificationMethod=[method(revoked="2026-01-01T00:00:00Z")]), ISSUER.method, "assertionMethod"
    )
    assert found.revoked is not None
    assert found.expires is None


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"verificationMethod": None}, "method.unknown"),
        ({"verificationMethod": []}, "method.unknown"),
        ({"verificationMethod": "x"}, "method.unknown"),
        ({"verificationMethod": [ISSUER.method]}, "method.unknown"),
        ({"verificationMethod": [method(id="#key-2026-2")]}, "method.unknown"),
        ({"verificationMethod": [method(id="key-2026-1")]}, "method.unknown"),
        ({"verificationMethod": [method(), method(id="#key-2026-1", type="JsonWebKey")]}, "method.key"),
        ({"verificationMethod": [method(), method(publicKeyMultibase=KEY.multibase)]}, "method.key"),
        ({"verificationMethod": [method()], "assertionMethod": [method(revoked="2027-01-01T00:00:00Z")]}, "method.key"),
        ({"assertionMethod": None}, "method.purpose"),
        ({"assertionMethod": []}, "method.purpose"),
        ({"assertionMethod": [f"{ISSUER.method}0"]}, "method.purpose"),
        ({"assertionMethod": [["x"]]}, "method.purpose"),
        ({"assertionMethod": [], "authentication": [ISSUER.method]}, "method.purpose"),
        ({"id": "did:web:other.example"}, "method.controller"),
        ({"verificationMethod": [method(controller=None)]}, "method.controller"),
        ({"verificationMethod": [method(controller=[ISSUER.did])]}, "method.controller"),
        ({"verificationMethod": [method(controller="did:web:other.example")]}, "method.controller"),
    ],
)
def test_methods_that_may_not_assert(members: Any, code: str) -> None:
    assert code_of(document(**members)) == code


@pytest.mark.parametrize(
    "members",
    [
        {"publicKeyMultibase": None},
        {"publicKeyMultibase": ["z6Mk"]},
        {"publicKeyMultibase": "z6Mk"},
        {"publicKeyJwk": JWK["publicKeyJwk"]},
        {"publicKeyPem": "-----BEGIN PUBLIC KEY-----"},
        {"publicKeyHex": ISSUER.key.public.hex()},
        {"revoked": "yesterday"},
        {"expires": 5},
    ],
)
def test_key_material_that_is_refused(members: Any) -> None:
    assert code_of(document(verificationMethod=[method(**members)])) == "method.key"
