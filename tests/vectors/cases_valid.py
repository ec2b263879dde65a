"""Vectors that are valid: every form of credential that must be accepted, without a word of warning."""

from typing import Any

from tests.kit.credentials import DID, HOST
from tests.kit.minting import HOLDER, ISSUER, Key, changed, encoded, sign
from tests.vectors.case import (
    OTHER,
    PLAIN,
    SMALL,
    URL,
    Build,
    Case,
    Given,
    context,
    deferred,
    given,
    signed,
    tampered,
    valid,
    windowed,
)
from tests.vectors.cases_key_state import under
from tests.vectors.cases_keys import did_document, jwk
from tests.vectors.cases_period import schema, seen
from tests.vectors.cases_proofs import ONE, TWO, others, proof, proofs
from tests.vectors.cases_terms import PUBLISHED, SHA256, multihash
from tests.vectors.cases_wellformed import OB, OB_HOST, SUITE_2020
from tests.vectors.presented import about
from verifier import Policy
from verifier.format.contexts import OB3, VCDM2
from verifier.format.multibase import encode_base64url
from verifier.format.proof import ED25519_2020, JCS
from verifier.format.timestamp import parse
from verifier.format.types import Json

# Of the context of VCDM 2.0 as the W3C publishes it, like SHA256.
STRONGER = {
    "sha384": "l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU",
    "sha512": "XVVFK9Lc+KKfWikEc+skKxxft31OaPGgqoe6pNuiaUhS1l7GPUisBKmdlW+fcVO5QG+E0tBMdIabAsI5odgTBQ==",
}
SHA3_256 = bytes.fromhex("2a8b5cf27989b744186ea1116444575f3a6b429294bc6fe42b72b2534e4c43a5")
PEOPLE: Json = [{"id": "did:web:a.example"}, {"id": "did:web:b.example"}]
CHAIN = (first := proof(id=ONE), second := others(id=TWO))


@deferred
def token(claims: dict[str, Json] | None = None, **header: Json) -> Given:
    return Given(ISSUER.token({**PLAIN, **(claims or {})}, **header).encode())


def own_key() -> Build:
    """An issuer with a did:key, accepted by the policy alone."""
    key = Key("self")
    document = changed(PLAIN, issuer=key.did_key)
    one = sign(document, key, f"{key.did_key}#{key.multibase}")
    policy = Policy(accept_issuers=frozenset({key.did_key}))
    return lambda: Given(encoded({**document, "proof": one}), policy=policy)


def relative(document: dict[str, Any]) -> None:
    document["verificationMethod"][0]["id"] = f"#{ISSUER.fragment}"
    document["assertionMethod"] = [f"#{ISSUER.fragment}"]


def subject(**members: Json) -> dict[str, Any]:
    base: Any = PLAIN["credentialSubject"]
    return {"credentialSubject": {**base, **members}}


def named(language: str, direction: str) -> dict[str, Any]:
    return {"name": {"@value": "شهادة", "@language": language, "@direction": direction}}


_SUITES: tuple[Case, ...] = (
    valid("valid-rdfc", "eddsa-rdfc-2022, as this project issues it.", signed()),
    valid("valid-jcs", "eddsa-jcs-2022.", signed(suite=JCS)),
    valid("valid-2020", "Ed25519Signature2020.", signed(suite=ED25519_2020, **context(OB3, SUITE_2020))),
    valid(
        "valid-jcs-appended",
        "eddsa-jcs-2022 under a context that was appended, which is dropped.",
        lambda: Given(encoded({**ISSUER.secured(PLAIN, JCS), **context(OB3, OB3)})),
    ),
    valid("valid-relative-method", "A DID document that names its key by the fragment alone.", did_document(relative)),
    valid("valid-one-proof", "A proof that stands alone, not in an array.", given({**PLAIN, "proof": proof()})),
    valid("valid-undated", "A proof without created, by a key that is in use.", under(windowed(), created=None)),
    valid(
        "valid-created-skew", "created within the skew of clocks.", under(windowed(), created="2026-08-01T12:01:00Z")
    ),
    valid("valid-expires", "A proof that expires later.", proofs(proof(expires="2026-08-01T12:00:01Z"))),
    valid(
        "valid-retired-key",
        "A key that was retired after it signed.",
        under(windowed(activeUntil="2026-07-20T10:00:00Z"), at=parse("2027-01-01T00:00:00Z")),
    ),
    valid("valid-jwk", "A key as a JWK.", jwk()),
    valid("valid-jwk-use", "A JWK that says what it is for.", jwk(use="sig", alg="EdDSA", key_ops=["verify"])),
    valid("valid-did-key", "An issuer with a did:key that the policy accepts.", own_key()),
    valid("valid-seen", "A memory of an earlier check.", seen("2026-08-01T12:01:00Z")),
)
_SETS: tuple[Case, ...] = (
    valid("valid-set", "The issuer twice, in two suites.", proofs(proof(), proof(JCS))),
    valid("valid-set-other", "The issuer, and another who is known.", proofs(others(), proof())),
    valid("valid-chain", "A proof that rests on another.", proofs(first, proof(previous=(first,)))),
    valid("valid-chain-two", "One that rests on two.", proofs(first, second, proof(previous=CHAIN))),
    valid(
        "valid-chain-text", "previousProof as a lone text.", proofs(first, proof(previous=(first,), previousProof=ONE))
    ),
    valid(
        "valid-chain-other",
        "Another countersigns what the issuer signed.",
        proofs(first, sign(PLAIN, OTHER.key, OTHER.method, previous=(first,))),
    ),
    valid(
        "valid-chain-jcs",
        "A chain under eddsa-jcs-2022.",
        proofs(compact := proof(JCS, id=ONE), proof(JCS, previous=(compact,))),
    ),
    valid(
        "valid-chain-three",
        "A chain of three.",
        proofs(first, link := proof(id=TWO, previous=(first,)), proof(previous=(link,))),
    ),
)
_JWT: tuple[Case, ...] = (
    valid("valid-jwt", "A vc+jwt.", token()),
    valid("valid-jwt-ed25519", "alg Ed25519, the newer name.", token(alg="Ed25519")),
    valid("valid-jwt-typ-long", "typ in full, as a media type.", token(typ="application/vc+jwt")),
    valid("valid-jwt-kid", "A kid that is a fragment of the issuer's DID.", token(kid="#key-2026-1")),
    valid(
        "valid-jwt-claims",
        "Claims that say what the credential says.",
        token({"iss": DID, "jti": PLAIN["id"], "iat": 1_784_541_600, "nbf": 1_784_541_600.5, "exp": 1_900_000_000}),
    ),
    valid(
        "valid-numeric-dates",
        "The dates of a token in a document, as the context of VCDM 2.0 defines them.",
        signed(nbf=1_785_585_000, exp=1_785_585_600),
    ),
    valid(
        "valid-jwt-header",
        "jwk, jku and unknown parameters are ignored.",
        token(jwk={"kty": "oct"}, jku=URL, x5u=URL, cty="vc", unknown=1),
    ),
    valid(
        "valid-jwt-newline", "A token with a newline behind it.", lambda: Given(ISSUER.token(PLAIN).encode() + b"\n")
    ),
    valid(
        "valid-jwt-sub",
        "sub, with the one subject in an array.",
        lambda: Given(
            ISSUER.token(
                {**PLAIN, "credentialSubject": [about(HOLDER.did)["credentialSubject"]], "sub": HOLDER.did}
            ).encode()
        ),
    ),
)
_FORMS: tuple[Case, ...] = (
    valid("valid-least", "The least that is a credential.", signed(SMALL)),
    valid("valid-no-id", "No id.", signed(id=None)),
    valid("valid-no-from", "No validFrom.", signed(validFrom=None)),
    valid("valid-milliseconds", "Milliseconds.", signed(validFrom="2026-07-01T09:32:00.123Z")),
    valid(
        "valid-offset",
        "Offsets.",
        signed(validFrom="2026-07-01T09:32:00+14:00", validUntil="2028-07-01T23:59:59-05:30"),
    ),
    valid("valid-until", "The last instant.", signed(validUntil="2026-08-01T12:00:00Z")),
    valid("valid-from-skew", "Within the skew before its start.", signed(validFrom="2026-08-01T12:01:00Z")),
    valid("valid-subjects", "Several subjects.", signed(SMALL, credentialSubject=PEOPLE)),
    valid("valid-issuer-text", "The issuer as a text.", signed(issuer=DID)),
    valid("valid-type-url", "A type as a URL.", signed(type=["VerifiableCredential", f"{URL}#Type"])),
    valid(
        "valid-schema-foreign", "A schema of a foreign type.", signed(credentialSchema={"id": URL, "type": f"{URL}#S"})
    ),
    valid(
        "valid-terms-of-use",
        "Terms of use with a did: id.",
        signed(termsOfUse={"id": "did:example:terms", "type": f"{URL}#Terms"}),
    ),
    valid(
        "valid-inline",
        "An inline context that defines a new word.",
        signed(**context(OB3, {"rank": f"{HOST}/words#rank"}), **subject(rank="admiral")),
    ),
    valid("valid-language", "A language and a direction.", signed(**named("ar", "rtl"))),
    valid(
        "valid-names",
        "A name in two languages.",
        signed(name=[{"@value": "a", "@language": "en"}, {"@value": "b", "@language": "de"}]),
    ),
    valid(
        "valid-resource",
        "A related resource whose digest is the published one.",
        signed(relatedResource=[PUBLISHED]),
    ),
    valid(
        "valid-resource-multibase",
        "The same as a multihash.",
        signed(relatedResource=[{"id": VCDM2, "digestMultibase": f"u{encode_base64url(SHA256)}"}]),
    ),
    *(
        valid(
            f"valid-resource-{algorithm}",
            f"The same under {algorithm}, with an option.",
            signed(relatedResource=[{"id": VCDM2, "digestSRI": f"{algorithm}-{digits}?type=application/ld+json"}]),
        )
        for algorithm, digits in STRONGER.items()
    ),
    valid(
        "valid-resource-several",
        "The same under two algorithms in one text, and as SHA3-256 in base58.",
        signed(
            relatedResource=[
                {
                    "id": VCDM2,
                    "digestSRI": " ".join(f"{name}-{digits}" for name, digits in STRONGER.items()),
                    "digestMultibase": multihash(0x16, SHA3_256),
                }
            ]
        ),
    ),
    valid(
        "valid-schema",
        "A schema at hand that it keeps to.",
        schema({f"{HOST}/schemas/aima-credential-1.json": {"required": ["issuer"]}}, required=True),
    ),
    valid(
        "valid-ob-3.0.2",
        "Under Open Badges 3.0.2.",
        signed(SMALL, **context(f"{OB}.2.json"), type=["VerifiableCredential", "OpenBadgeCredential"]),
    ),
    valid(
        "valid-ob-extensions",
        "Under the extensions of Open Badges.",
        signed(
            **context(OB3, f"{OB_HOST}/extensions.json"),
            credentialSchema=[{"id": f"{HOST}/schema.json", "type": "1EdTechJsonSchemaValidator2019"}],
        ),
    ),
    valid(
        "valid-repeated",
        "A value that stands twice after it was signed: under RDFC a set is a set.",
        tampered(name=[PLAIN["name"], PLAIN["name"]]),
    ),
    valid("valid-empty-array-jcs", "An empty array where every byte is signed.", signed(suite=JCS, evidence=[])),
    valid(
        "valid-self-issued",
        "An issuer who is the subject too, and is described alike at both places.",
        signed(
            SMALL,
            issuer={"id": DID, "name": "The Office"},
            credentialSubject={"id": DID, "name": "The Office"},
        ),
    ),
    valid(
        "valid-self-issued-reference",
        "An issuer who is the subject too, described there alone.",
        signed(SMALL, credentialSubject={"id": DID, "name": "The Office"}),
    ),
    valid(
        "valid-arrays",
        "Values in arrays after it was signed: under RDFC they say the same.",
        lambda: Given(encoded({**ISSUER.secured(PLAIN), "name": [PLAIN["name"]]})),
    ),
    valid(
        "valid-scripts",
        "Text in many scripts, and beyond the basic plane.",
        signed(name="Ада 李雷 \U0001f600 \u202e x"),
    ),
    valid(
        "valid-escapes",
        "Control characters, whose escape is a matter of canonical form.",
        signed(name="a\bb\fc\u0001d\u007f"),
    ),
)
CASES = (*_SUITES, *_SETS, *_JWT, *_FORMS)
