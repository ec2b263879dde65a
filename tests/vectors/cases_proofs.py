"""Vectors of the check `proof-shape` on Data Integrity proofs: single, set and chain."""

from typing import Any

from tests.kit.credentials import DID
from tests.kit.minting import ISSUER, changed, encoded, sign
from tests.vectors.case import (
    OTHER,
    PLAIN,
    Case,
    Given,
    Of,
    context,
    deferred,
    given,
    knowing,
    member,
    options,
    proof_entry,
)
from verifier.format.contexts import OB3, VCDM2
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_PROOFS

SHAPE = Of("proof-shape")
UNDEFINED: Any = {"beside": ("terms.undefined-signed",), "reason": "The context that is fixed defines few words."}
ONE, TWO, THREE = (f"urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a1{digit}" for digit in "234")
UNSUPPORTED: JsonObject = {
    "type": "DataIntegrityProof",
    "cryptosuite": "example-rdfc-2030",
    "created": "2026-07-20T10:00:00Z",
    "verificationMethod": f"{OTHER.did}#p256",
    "proofPurpose": "assertionMethod",
    "proofValue": "z" + "3" * 88,
}


def proof(suite: str = RDFC, previous: tuple[JsonObject, ...] = (), **members: Json) -> JsonObject:
    """The issuer's proof on the plain credential, with options set before it was signed."""
    return sign(
        PLAIN,
        ISSUER.key,
        ISSUER.method,
        cryptosuite=suite,
        previous=previous,
        adjust=lambda usual: changed(usual, **members),
    )


def others(**members: Json) -> JsonObject:
    """The same by another."""
    return sign(PLAIN, OTHER.key, OTHER.method, adjust=lambda usual: changed(usual, **members))


@deferred
def proofs(*entries: Json) -> Given:
    """The plain credential under these proofs; the other signer is known."""
    return Given(encoded({**PLAIN, "proof": list(entries)}), knowing(OTHER))


def invalid(name: str, code: str, sentence: str, **members: Any) -> Case:
    """A proof with members set before it was signed."""
    return SHAPE.invalid(f"proof-{name}", f"proof.{code}", sentence, options(**members))


def after(name: str, code: str, sentence: str, **members: Any) -> Case:
    """A proof with members set after it was signed."""
    return SHAPE.invalid(f"proof-{name}", f"proof.{code}", sentence, proof_entry(**members))


_ONE: tuple[Case, ...] = (
    SHAPE.invalid("proof-missing", "proof.missing", "No proof.", given(PLAIN)),
    SHAPE.invalid("proof-null", "proof.missing", "A proof of null.", given({**PLAIN, "proof": None})),
    SHAPE.invalid("proof-none", "proof.missing", "No proof in an array.", given({**PLAIN, "proof": []})),
    SHAPE.invalid("proof-count", "proof.count", "More proofs than are read.", proofs(*[proof()] * (MAX_PROOFS + 1))),
    SHAPE.invalid("proof-text", "proof.type", "A text as proof.", proofs("none")),
    SHAPE.invalid("proof-null-beside", "proof.type", "A null beside a proof.", proofs(proof(), None)),
    SHAPE.invalid("proof-untyped", "proof.type", "A proof without type.", proof_entry(type=None)),
    after("type-array", "type", "An array of types.", type=["DataIntegrityProof"]),
    invalid("purpose", "purpose", "A proof for authentication.", proofPurpose="authentication"),
    invalid("no-purpose", "purpose", "A proof without purpose.", proofPurpose=None),
    after("purpose-array", "purpose", "An array of purposes.", proofPurpose=["assertionMethod", "authentication"]),
    invalid("method-no-fragment", "method", "A DID where a key is meant.", verificationMethod=DID),
    invalid("no-method", "method", "No verificationMethod.", verificationMethod=None),
    invalid("method-embedded", "method", "A key that the proof brings.", verificationMethod={"id": ISSUER.method}),
    invalid("created-future", "created", "created more than the skew ahead.", created="2026-08-01T12:01:01Z"),
    invalid("created-no-zone", "created", "created without a zone.", created="2026-07-20T10:00:00"),
    invalid("created-date", "created", "created as a date.", created="2026-07-20"),
    after("created-number", "created", "created as a number.", created=1_784_541_600),
    invalid("expires-no-zone", "created", "expires without a zone.", expires="2027-07-20T10:00:00"),
    after("expires-array", "created", "expires in an array.", expires=["2027-07-20T10:00:00Z"]),
    after("no-value", "value", "No proofValue.", proofValue=None),
    after("value-short", "value", "A proofValue of no bytes.", proofValue="z"),
    after("value-63", "value", "A proofValue of 63 bytes.", proofValue="z" + "1" * 63),
    after("value-65", "value", "A proofValue of 65 bytes.", proofValue="z" + "1" * 65),
    after("value-base", "value", "A proofValue in base64url.", proofValue="u" + "A" * 86),
    after("value-alphabet", "value", "A proofValue with a digit that base58btc lacks.", proofValue="z0OIl"),
    after("value-array", "value", "A proofValue in an array.", proofValue=[str(proof()["proofValue"])]),
    SHAPE.invalid(
        "proof-context",
        "proof.context",
        "A proof that fixes a context with which the document does not start.",
        options(JCS, **context(OB3, VCDM2)),
    ),
    SHAPE.invalid(
        "proof-context-text",
        "proof.context",
        "A proof that fixes a lone context, with which no credential starts.",
        options(JCS, **member("@context", VCDM2)),
        **UNDEFINED,
    ),
    SHAPE.invalid(
        "proof-context-none",
        "proof.context",
        "A proof that fixes no context.",
        options(JCS, **member("@context", [])),
        **UNDEFINED,
    ),
)
_UNSUPPORTED: tuple[Case, ...] = (
    SHAPE.undecided("proof-suite", "proof.cryptosuite", "A suite that is not checked here.", proofs(UNSUPPORTED)),
    SHAPE.undecided("proof-no-suite", "proof.cryptosuite", "No suite.", proof_entry(cryptosuite=None)),
    SHAPE.undecided(
        "proof-suite-case", "proof.cryptosuite", "A suite in capitals.", proof_entry(cryptosuite=RDFC.upper())
    ),
    SHAPE.undecided(
        "proof-kind",
        "proof.cryptosuite",
        "A kind of proof that is not checked here, and that no context at hand defines.",
        proofs({**UNSUPPORTED, "type": "JsonWebSignature2020"}),
    ),
    SHAPE.undecided("proof-unsupported-twice", "proof.cryptosuite", "Two of them.", proofs(UNSUPPORTED, UNSUPPORTED)),
    SHAPE.warned(
        "set-unsupported",
        "proof.unsupported-beside",
        "The issuer's proof, and one of another that is not checked here.",
        proofs(proof(), UNSUPPORTED),
    ),
    SHAPE.warned(
        "set-unsupported-first",
        "proof.unsupported-beside",
        "The same the other way round, and of a kind that no context defines.",
        proofs({**UNSUPPORTED, "type": "JsonWebSignature2020"}, proof()),
    ),
    SHAPE.warned(
        "set-unsupported-jcs",
        "proof.unsupported-beside",
        "The issuer's eddsa-jcs-2022 beside one that is not checked here.",
        proofs(UNSUPPORTED, proof(JCS)),
    ),
)
_CHAINS: tuple[Case, ...] = (
    SHAPE.invalid(
        "chain-missing", "proof.chain", "previousProof names a proof that is not there.", options(previousProof=ONE)
    ),
    SHAPE.invalid(
        "chain-missing-one",
        "proof.chain",
        "One of two that previousProof names is not there.",
        proofs(first := proof(id=ONE), proof(previous=(first,), previousProof=[ONE, TWO])),
    ),
    SHAPE.invalid("chain-empty", "proof.chain", "previousProof names nothing.", proofs(proof(JCS, previousProof=[]))),
    SHAPE.invalid(
        "chain-many",
        "proof.chain",
        "previousProof names one proof seventeen times.",
        proofs(first, proof(previous=(first,), previousProof=[ONE] * (MAX_PROOFS + 1))),
    ),
    SHAPE.invalid("chain-number", "proof.chain", "previousProof is a number.", proof_entry(previousProof=5)),
    SHAPE.invalid(
        "chain-duplicate",
        "proof.chain",
        "Two proofs share the id that a third one names.",
        proofs(first, others(id=ONE), proof(previous=(first,))),
    ),
    SHAPE.invalid(
        "chain-itself", "proof.chain", "A proof that rests on itself.", proofs(proof(id=ONE, previousProof=ONE))
    ),
    SHAPE.invalid(
        "chain-circle",
        "proof.chain",
        "Two proofs that rest on each other.",
        proofs(proof(id=ONE, previousProof=TWO), others(id=TWO, previousProof=ONE)),
    ),
    SHAPE.invalid(
        "chain-circle-of-three",
        "proof.chain",
        "Three that do, beside one that does not.",
        proofs(
            proof(),
            proof(id=ONE, previousProof=TWO),
            proof(id=TWO, previousProof=THREE),
            proof(id=THREE, previousProof=ONE),
        ),
    ),
    SHAPE.undecided(
        "chain-unsupported",
        "proof.chain-unsupported",
        "The issuer's proof rests on one that is not checked here.",
        proofs(unchecked := {**UNSUPPORTED, "id": ONE}, proof(previous=(unchecked,))),
    ),
)
CASES = (*_ONE, *_UNSUPPORTED, *_CHAINS)
