"""Vectors of the check `signature`: what was changed, or never signed, and what takes too long to tell."""

from typing import Any

from tests.kit.minting import ISSUER, changed, sign
from tests.vectors.case import OTHER, PLAIN, URL, Case, Given, Of, context, deferred, given, tampered, text
from tests.vectors.cases_proofs import ONE, TWO, others, proof, proofs
from tests.vectors.cases_wellformed import version_1
from verifier.format.contexts import OB3
from verifier.format.proof import JCS, decode_signature, encode_signature
from verifier.format.types import Json, JsonObject

SIGNATURE = Of("signature")
HEADER, PAYLOAD, SIGNED = ISSUER.token(PLAIN).split(".")
_, OTHER_PAYLOAD, OTHER_SIGNED = ISSUER.token({**PLAIN, "name": "Another"}).split(".")
# L, the order of the group: s + L is the same number there, and a second signature over the same text.
ORDER = 2**252 + 27742317777372353535851937790883648493


def nest(depth: int, width: int) -> JsonObject:
    """Nameless objects that all look alike: canonicalizing them takes more work than anybody waits for."""
    node: JsonObject = {"type": ["Profile"], "name": "a"}
    if depth:
        node["parentOrg"] = [nest(depth - 1, width) for _ in range(width)]
    return node


def broken(entry: JsonObject) -> JsonObject:
    """A proof with the value of another."""
    return {**entry, "proofValue": proof(created="2026-07-20T11:00:00Z")["proofValue"]}


def malleable(entry: JsonObject) -> JsonObject:
    """A second signature by the same key over the same text, which strict verifiers refuse (RFC 8032 section 5.1.7)."""
    value = decode_signature(entry["proofValue"])
    number = int.from_bytes(value[32:], "little") + ORDER
    return {**entry, "proofValue": encode_signature(value[:32] + number.to_bytes(32, "little"))}


def changed_case(name: str, sentence: str, /, **members: Any) -> Case:
    return SIGNATURE.invalid(f"signature-{name}", "signature.mismatch", sentence, tampered(**members))


def set_case(name: str, sentence: str, *entries: Json) -> Case:
    return SIGNATURE.invalid(f"{name}", "signature.mismatch", sentence, proofs(*entries))


@deferred
def after(changes: dict[str, Json], **entry: Json) -> Given:
    document = ISSUER.secured(PLAIN)
    return given({**document, **changes, "proof": {**proof(), **entry}})()


FIRST = proof(id=ONE)
SECOND = proof(id=TWO, previous=(FIRST,))
BAD = broken(FIRST)
RANKS: list[Json] = [f"{number}" for number in range(7_500)]
CASES: tuple[Case, ...] = (
    changed_case("name", "Another name.", name="Another name"),
    changed_case("until", "A later end.", validUntil="2038-07-01T23:59:59Z"),
    changed_case("subject", "Another subject.", credentialSubject={"id": "did:web:else.example"}),
    changed_case("id", "Another id.", id="urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a98"),
    changed_case("no-until", "An end under another name of the same kind.", validUntil="2028-07-01T23:59:58Z"),
    SIGNATURE.invalid(
        "signature-jcs", "signature.mismatch", "Another name, where every byte is signed.", tampered(JCS, name="Other")
    ),
    SIGNATURE.invalid(
        "signature-jcs-form",
        "signature.mismatch",
        "A value in an array, where every byte is signed.",
        tampered(JCS, name=[PLAIN["name"]]),
    ),
    SIGNATURE.invalid(
        "signature-created", "signature.mismatch", "Another created.", after({}, created="2026-07-19T10:00:00Z")
    ),
    SIGNATURE.invalid(
        "signature-expires",
        "signature.mismatch",
        "An expires that was not signed.",
        after({}, expires="2030-01-01T00:00:00Z"),
    ),
    SIGNATURE.invalid("signature-suite", "signature.mismatch", "Another suite.", after({}, cryptosuite=JCS)),
    SIGNATURE.invalid(
        "signature-other-key",
        "signature.mismatch",
        "Another key signs in the issuer's name.",
        given({**PLAIN, "proof": sign(PLAIN, OTHER.key, ISSUER.method)}),
    ),
    SIGNATURE.invalid(
        "signature-zero", "signature.mismatch", "64 bytes of zero.", after({}, proofValue="z" + "1" * 64)
    ),
    set_case("signature-malleable", "A second signature made from the first.", malleable(proof())),
    SIGNATURE.invalid(
        "signature-2020",
        "signature.mismatch",
        "Another subject under Ed25519Signature2020.",
        given({**version_1(), "credentialSubject": {"id": "did:web:else.example"}}),
        beside=("vc.older-model",),
        reason="The credential is of VCDM 1.1.",
    ),
    SIGNATURE.invalid(
        "signature-jwt-payload",
        "signature.mismatch",
        "A token's payload replaced.",
        text(f"{HEADER}.{OTHER_PAYLOAD}.{SIGNED}"),
    ),
    SIGNATURE.invalid(
        "signature-jwt-value",
        "signature.mismatch",
        "A token's signature replaced.",
        text(f"{HEADER}.{PAYLOAD}.{OTHER_SIGNED}"),
    ),
    SIGNATURE.invalid(
        "signature-jwt-jwk",
        "signature.mismatch",
        "A token that brings the key it was signed with.",
        text(
            OTHER.token(
                PLAIN,
                kid=ISSUER.method,
                jku=f"{URL}/keys",
                jwk={"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
            )
        ),
    ),
    set_case("set-one-bad", "A good proof, and a bad one of the issuer.", proof(), broken(proof())),
    set_case("set-bad-first", "The same the other way round.", broken(proof()), proof()),
    set_case(
        "set-other-bad",
        "A good proof, and a bad one of another.",
        proof(),
        {**others(), "proofValue": proof()["proofValue"]},
    ),
    set_case("set-own-bad", "A bad proof of the issuer, and a good one of another.", broken(proof()), others()),
    set_case("set-suites-bad", "Two suites, of which one does not fit.", proof(JCS), broken(proof())),
    set_case(
        "chain-cut",
        "A proof that others rest on was replaced by one as good.",
        proof(id=ONE, created="2026-07-20T11:00:00Z"),
        SECOND,
    ),
    set_case(
        "chain-on-bad",
        "A chain that rests on a failing proof.",
        BAD,
        proof(previous=(BAD,)),
    ),
    set_case(
        "chain-unlinked",
        "A chained proof that was not made over what it rests on.",
        FIRST,
        {**proof(id=TWO, previousProof=ONE), "proofValue": proof(id=TWO)["proofValue"]},
    ),
    set_case("chain-relinked", "A link that was added afterwards.", FIRST, {**proof(id=TWO), "previousProof": ONE}),
    set_case("chain-unlinked-afterwards", "A link that was taken away.", FIRST, changed(SECOND, previousProof=None)),
    SIGNATURE.invalid(
        "too-complex",
        "rdf.too-complex",
        "Nameless objects that all look alike.",
        tampered(issuer={**nest(3, 6), "id": ISSUER.did}),
    ),
    Of("readable").undecided(
        "too-much-work",
        "limit.work",
        "A datatype that stands once in the document, and again in each of thousands of statements.",
        tampered(**context(OB3, {"rank": {"@id": f"{URL}/rank", "@type": f"{URL}#{'x' * 2_000}"}}), rank=RANKS),
    ),
    SIGNATURE.invalid(
        "too-many-nameless",
        "rdf.too-complex",
        "More nameless objects than are canonicalized.",
        tampered(evidence=[{"type": ["Evidence"]}] * 2_001),
    ),
)
