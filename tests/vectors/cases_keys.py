"""Vectors of the checks `issuer-resolved` and `method-authorised`: whose key it was, and of what kind."""

import copy
from collections.abc import Callable
from typing import Any

from tests.kit.credentials import DID
from tests.kit.minting import ISSUER, Key, changed, encoded, sign
from tests.vectors.case import OTHER, PLAIN, TRUST, Case, Given, Of, deferred, given, knowing
from tests.vectors.cases_proofs import UNSUPPORTED, others, proof, proofs
from verifier import Trust
from verifier.format.multibase import encode_base58btc, encode_base64url
from verifier.format.types import Json, JsonObject

RESOLVED, AUTHORISED = Of("issuer-resolved"), Of("method-authorised")
ACCEPTED: Json = [{"id": DID, "name": "", "keys": []}]
JWK: JsonObject = {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(ISSUER.key.public)}
COMPROMISED = ISSUER.trust(
    issuers=[{"id": DID, "keys": [{"id": ISSUER.method, "compromised": "2026-07-30T00:00:00Z"}]}]
)
# The points (0, 1) and (0, -1), one of order eight, and y = p + 1, which is (0, 1) in another encoding.
IDENTITY = b"\x01" + bytes(31)
ORDER_TWO = b"\xec" + b"\xff" * 30 + b"\x7f"
ORDER_EIGHT = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
NON_CANONICAL = b"\xee" + b"\xff" * 30 + b"\x7f"


def multikey(key: bytes, codec: bytes = b"\xed\x01") -> str:
    return encode_base58btc(codec + key)


@deferred
def did_document(change: Callable[[Any], None], document: JsonObject = PLAIN) -> Given:
    """The credential with the issuer's DID document changed; no key windows, so that the document decides."""
    described = copy.deepcopy(ISSUER.did_document())
    change(described)
    trust = ISSUER.trust(issuers=ACCEPTED, didDocuments={DID: described})
    return Given(encoded(ISSUER.secured(document)), trust)


def method(**members: Json) -> Callable[[], Given]:
    """The credential with members of the issuer's verification method changed; None takes one away."""

    def change(document: Any) -> None:
        document["verificationMethod"] = [changed(document["verificationMethod"][0], **members)]

    return did_document(change)


def jwk(**members: Json) -> Callable[[], Given]:
    """The same with the key as a JWK with members changed."""
    return method(publicKeyMultibase=None, type="JsonWebKey", publicKeyJwk=changed(JWK, **members))


@deferred
def foreign(issuer: str, key: Key = OTHER.key, trust: Trust = TRUST) -> Given:
    """A credential of an issuer whose key cannot be found: signed with any key under the issuer's name."""
    document = changed(PLAIN, issuer=issuer)
    return Given(encoded({**document, "proof": sign(document, key, f"{issuer}#key-1")}), trust)


def weak(name: str, sentence: str, key: bytes) -> Case:
    return AUTHORISED.invalid(f"key-{name}", "method.key", sentence, method(publicKeyMultibase=multikey(key)))


PERSON = Key("anybody")
_RESOLVED: tuple[Case, ...] = (
    RESOLVED.undecided(
        "did-unknown", "did.unknown", "The issuer's DID document is not at hand.", foreign("did:web:x.example")
    ),
    RESOLVED.undecided(
        "did-unknown-beside",
        "did.unknown",
        "That of a second signer is not at hand.",
        given({**PLAIN, "proof": [proof(), others()]}),
    ),
    RESOLVED.undecided(
        "did-disputed",
        "did.unknown",
        "Two equally new trust files hold different documents of it.",
        given(ISSUER.secured(PLAIN), TRUST + ISSUER.trust(didDocuments={DID: {"id": DID}})),
    ),
    RESOLVED.undecided(
        "did-https", "did.method", "An issuer with an https address.", foreign("https://credentials.example/i")
    ),
    RESOLVED.undecided("did-ion", "did.method", "A DID of a method that is not resolved here.", foreign("did:ion:EiA")),
    RESOLVED.invalid(
        "did-other",
        "did.invalid",
        "The document at hand is another DID's.",
        did_document(lambda each: each.update(id="did:web:else.example")),
    ),
    RESOLVED.invalid(
        "did-no-id", "did.invalid", "The document at hand names no DID.", did_document(lambda each: each.pop("id"))
    ),
    RESOLVED.invalid(
        "did-key-p256",
        "did.invalid",
        "A did:key of another kind of key.",
        foreign(f"did:key:{multikey(bytes(33), bytes.fromhex('8024'))}"),
    ),
    RESOLVED.invalid(
        "did-key-weak",
        "did.invalid",
        "A did:key under which anyone can sign.",
        foreign(f"did:key:{multikey(IDENTITY)}"),
    ),
    RESOLVED.invalid("did-key-text", "did.invalid", "A did:key that is no key.", foreign("did:key:z6Mk0")),
)
_AUTHORISED: tuple[Case, ...] = (
    AUTHORISED.invalid(
        "key-compromised",
        "method.compromised",
        "A key that the trust file marks compromised, though its DID document still has it.",
        given(ISSUER.secured(PLAIN), COMPROMISED),
    ),
    AUTHORISED.invalid(
        "key-compromised-newer",
        "method.compromised",
        "The same, and a newer trust file that has forgotten it.",
        given(ISSUER.secured(PLAIN), COMPROMISED + ISSUER.trust(asOf="2026-08-01T00:00:00Z")),
    ),
    AUTHORISED.invalid(
        "method-unknown", "method.unknown", "A key that the issuer does not have.", method(id=f"{DID}#another")
    ),
    AUTHORISED.invalid(
        "method-withdrawn",
        "method.unknown",
        "A key that was taken out of the DID document.",
        did_document(lambda each: each.update(verificationMethod=[], assertionMethod=[])),
    ),
    AUTHORISED.invalid(
        "method-purpose",
        "method.purpose",
        "A key that may assert nothing.",
        did_document(lambda each: each.update(assertionMethod=[])),
    ),
    AUTHORISED.invalid(
        "method-authentication",
        "method.purpose",
        "A key for authentication alone.",
        did_document(lambda each: each.update(authentication=each.pop("assertionMethod"))),
    ),
    AUTHORISED.invalid(
        "method-controller",
        "method.controller",
        "A key in the issuer's document that another controls.",
        method(controller=OTHER.did),
    ),
    AUTHORISED.invalid(
        "method-no-controller", "method.controller", "A key without controller.", method(controller=None)
    ),
    AUTHORISED.invalid(
        "method-stranger",
        "method.controller",
        "Another signs in his own name, and the issuer not at all.",
        proofs(others()),
    ),
    AUTHORISED.invalid(
        "method-stranger-key",
        "method.controller",
        "Somebody signs with a did:key.",
        given({**PLAIN, "proof": sign(PLAIN, PERSON, f"{PERSON.did_key}#{PERSON.multibase}")}),
    ),
    AUTHORISED.undecided(
        "method-unchecked",
        "method.unchecked",
        "The issuer's proof is not checked here, a stranger's is.",
        proofs({**UNSUPPORTED, "verificationMethod": f"{DID}#p256"}, others()),
        beside=("proof.unsupported-beside",),
        reason="It says which proof was not checked.",
    ),
    weak("identity", "The point under which any text has a signature.", IDENTITY),
    weak("order-two", "A point of order two.", ORDER_TWO),
    weak("order-eight", "A point of order eight.", ORDER_EIGHT),
    weak("non-canonical", "A point in a second encoding.", NON_CANONICAL),
    AUTHORISED.invalid(
        "key-31-bytes", "method.key", "A key of 31 bytes.", method(publicKeyMultibase=multikey(ISSUER.key.public[:31]))
    ),
    AUTHORISED.invalid(
        "key-x25519",
        "method.key",
        "A key for key agreement.",
        method(publicKeyMultibase=multikey(ISSUER.key.public, b"\xec\x01")),
    ),
    AUTHORISED.invalid(
        "key-raw",
        "method.key",
        "A key without its codec.",
        method(publicKeyMultibase=encode_base58btc(ISSUER.key.public)),
    ),
    AUTHORISED.invalid("key-two", "method.key", "Two keys in one method.", method(publicKeyJwk=JWK)),
    AUTHORISED.invalid("key-none", "method.key", "No key.", method(publicKeyMultibase=None)),
    AUTHORISED.invalid(
        "key-base58", "method.key", "A key in a form of old.", method(publicKeyMultibase=None, publicKeyBase58="x")
    ),
    AUTHORISED.invalid(
        "key-same-id",
        "method.key",
        "Two methods of one id.",
        did_document(
            lambda each: each["verificationMethod"].append(
                {**each["verificationMethod"][0], "publicKeyMultibase": OTHER.key.multibase}
            )
        ),
    ),
    AUTHORISED.invalid("key-jwk-p256", "method.key", "A JWK of another curve.", jwk(kty="EC", crv="P-256", y="AA")),
    AUTHORISED.invalid("key-jwk-private", "method.key", "A JWK with its private part.", jwk(d="AA")),
    AUTHORISED.invalid("key-jwk-alg", "method.key", "A JWK for another algorithm.", jwk(alg="ES256")),
    AUTHORISED.invalid("key-jwk-use", "method.key", "A JWK for encryption.", jwk(use="enc")),
    AUTHORISED.invalid("key-jwk-operations", "method.key", "A JWK that may sign only.", jwk(key_ops=["sign"])),
    AUTHORISED.invalid("key-jwk-padding", "method.key", "A JWK with padding.", jwk(x=f"{JWK['x']}=")),
    AUTHORISED.invalid("key-revoked-format", "method.key", "A `revoked` that is no time.", method(revoked="yesterday")),
    AUTHORISED.invalid(
        "key-jwt-kid",
        "method.controller",
        "A token with the kid of another DID.",
        lambda: Given(ISSUER.token(PLAIN, kid=OTHER.method).encode(), knowing(OTHER)),
    ),
)
CASES = (*_RESOLVED, *_AUTHORISED)
