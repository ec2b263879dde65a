"""Vectors of keys as other issuers write them: the sound forms, and beside each those that are not."""

from typing import Any

from tests.kit.minting import ISSUER, Issuer, Key, changed, encoded, sign
from tests.vectors.case import OTHER, PLAIN, Build, Case, Given, Of, deferred, valid
from tests.vectors.cases_keys import AUTHORISED, IDENTITY, did_document, method
from verifier import Policy
from verifier.format.multibase import encode_base58btc
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject

TERMS, SIGNATURE = Of("terms-defined"), Of("signature")
SELF = Key("self")
ACCEPTED = Policy(accept_issuers=frozenset({SELF.did_key}))
OWN = changed(PLAIN, issuer=SELF.did_key)
SHORT: JsonObject = {**sign(OWN, SELF, SELF.did_key), "verificationMethod": f"#{SELF.multibase}"}


def embedded(**members: Json) -> Build:
    """The issuer's method listed, and embedded under its purpose with members changed; None takes one away."""

    def change(document: Any) -> None:
        document["assertionMethod"] = [changed(document["verificationMethod"][0], **members)]

    return did_document(change)


def base58(key: bytes, kind: str = "Ed25519VerificationKey2018", **members: Json) -> Build:
    """The issuer's key in base58, in a method of this type."""
    return method(type=kind, **{"publicKeyMultibase": None, "publicKeyBase58": encode_base58btc(key)[1:], **members})


@deferred
def self_issued(named: str, suite: str = RDFC, key: Key = SELF) -> Given:
    """A credential of an accepted did:key, under a proof by `key` that names its method like this."""
    return Given(encoded({**OWN, "proof": sign(OWN, key, named, cryptosuite=suite)}), policy=ACCEPTED)


_LISTED: tuple[Case, ...] = (
    valid("valid-key-embedded", "A key that is listed, and embedded alike.", embedded()),
    valid("valid-key-embedded-relative", "The same, once under its fragment alone.", embedded(id="#key-2026-1")),
    AUTHORISED.invalid(
        "key-embedded-other",
        "method.key",
        "A key that is listed, and embedded under the same id as another.",
        embedded(publicKeyMultibase=OTHER.key.multibase),
    ),
    AUTHORISED.invalid(
        "key-embedded-revoked",
        "method.key",
        "A key that is listed as good, and embedded as revoked.",
        embedded(revoked="2027-01-01T00:00:00Z"),
    ),
)
_OF_OLD: tuple[Case, ...] = (
    valid("valid-key-2018", "Ed25519VerificationKey2018, with its key in base58.", base58(ISSUER.key.public)),
    valid("valid-key-2020", "Ed25519VerificationKey2020.", method(type="Ed25519VerificationKey2020")),
    AUTHORISED.invalid("key-2018-weak", "method.key", "The first under which anyone can sign.", base58(IDENTITY)),
    AUTHORISED.invalid("key-2018-short", "method.key", "The same of 31 bytes.", base58(ISSUER.key.public[:31])),
    AUTHORISED.invalid(
        "key-2018-codec", "method.key", "The same with a codec.", base58(b"\xed\x01" + ISSUER.key.public)
    ),
    AUTHORISED.invalid(
        "key-2018-array", "method.key", "The same in an array.", base58(b"", publicKeyBase58=[ISSUER.key.multibase])
    ),
    AUTHORISED.invalid(
        "key-2018-beside",
        "method.key",
        "The same beside a Multikey.",
        base58(ISSUER.key.public, publicKeyMultibase=ISSUER.key.multibase),
    ),
    AUTHORISED.invalid(
        "key-base58-type",
        "method.key",
        "A key in base58, of a type for key agreement.",
        base58(ISSUER.key.public, "X25519KeyAgreementKey2019"),
    ),
)
_DID_KEY: tuple[Case, ...] = (
    valid("valid-did-key-alone", "A did:key that stands for its key.", self_issued(SELF.did_key)),
    valid("valid-did-key-alone-jcs", "The same under eddsa-jcs-2022.", self_issued(SELF.did_key, JCS)),
    valid("valid-did-key-fragment", "The fragment of a did:key alone.", self_issued(f"#{SELF.multibase}", JCS)),
    valid(
        "valid-did-key-kid",
        "A token whose kid is a did:key.",
        lambda: Given(Issuer(did=SELF.did_key, key=SELF).token(OWN, kid=SELF.did_key).encode(), policy=ACCEPTED),
    ),
    TERMS.invalid(
        "did-key-fragment-rdfc",
        "terms.iri",
        "The fragment alone where IRIs are signed, which a fragment is not.",
        lambda: Given(encoded({**OWN, "proof": SHORT}), policy=ACCEPTED),
    ),
    SIGNATURE.invalid(
        "did-key-alone-other",
        "signature.mismatch",
        "A did:key that stands for its key, signed with another.",
        self_issued(SELF.did_key, key=OTHER.key),
    ),
    AUTHORISED.invalid(
        "did-key-other-fragment",
        "method.unknown",
        "A did:key with the fragment of another.",
        self_issued(f"{SELF.did_key}#{OTHER.key.multibase}"),
    ),
    AUTHORISED.invalid(
        "did-key-other", "method.controller", "Another did:key alone.", self_issued(OTHER.key.did_key, key=OTHER.key)
    ),
)
CASES = (*_LISTED, *_OF_OLD, *_DID_KEY)
