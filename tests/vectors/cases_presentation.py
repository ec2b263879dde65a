"""Vectors of presentations: each check that credentials have as well, on what a holder signs."""

from tests.kit.credentials import DID, aima
from tests.kit.minting import HOLDER, ISSUER, changed, encoded
from tests.vectors.case import PLAIN, Case, Given, Of, context, spliced, text
from tests.vectors.cases_proofs import UNSUPPORTED
from tests.vectors.cases_signature import nest
from tests.vectors.presented import (
    AUTHORISED,
    CONTEXTS,
    INNER,
    PROOF,
    READABLE,
    RESOLVED,
    SIGNATURE,
    STATE,
    STRANGER,
    TERMS,
    as_is,
    issuer_presents,
    later,
    organisation,
    presented,
    proof,
    proofs,
    removed,
    replayed,
    shape,
)
from verifier.format.contexts import OB3, VCDM2
from verifier.format.proof import JCS
from verifier.limits import MAX_CREDENTIALS, MAX_PROOFS

_FORM: tuple[Case, ...] = (
    READABLE.invalid(
        "vp-duplicate",
        "json.duplicate-name",
        "A presentation with a second holder before the signed one.",
        text(spliced(HOLDER.signed(HOLDER.presentation(INNER)), before=f'"holder": "{STRANGER.did}",')),
    ),
    shape("context", "context", "No context of the data model first.", "@context", [OB3, VCDM2]),
    shape("id", "id", "An id that is no URL.", "id", "presentation"),
    shape("type", "type", "A number among the types.", "type", ["VerifiablePresentation", 5]),
    shape(
        "both",
        "type",
        "A presentation that calls itself a credential too.",
        "type",
        ["VerifiablePresentation", "VerifiableCredential"],
    ),
    shape("holder-null", "holder", "A holder of null.", "holder", None),
    shape("holder-text", "holder", "A holder that is no URL.", "holder", "Ada Example"),
    shape("holder-no-id", "holder", "A holder without id.", "holder", {"name": "Ada Example"}),
    shape("holder-array", "holder", "An array of holders.", "holder", [HOLDER.did]),
    shape("inside-text", "contained", "A token as a bare text.", "verifiableCredential", [ISSUER.token(PLAIN)]),
    shape("inside-empty", "contained", "An empty object as credential.", "verifiableCredential", [INNER, {}]),
    shape("inside-null", "contained", "A null as credential.", "verifiableCredential", [None]),
    shape(
        "inside-many",
        "contained",
        "More credentials than are verified.",
        "verifiableCredential",
        [{"a": 1}] * (MAX_CREDENTIALS + 1),
    ),
    shape(
        "subject",
        "contained",
        "A presentation with a subject of its own, which no issuer vouches for.",
        "credentialSubject",
        aima()["credentialSubject"],
    ),
    shape("issuer", "contained", "A presentation that names an issuer.", "issuer", DID),
    shape("terms-of-use", "typed-object", "Terms of use without type.", "termsOfUse", [{"id": "urn:x:1"}]),
    CONTEXTS.undecided(
        "vp-context-unknown",
        "context.unknown",
        "A context that is not at hand.",
        later(**context("https://x.example")),
    ),
    CONTEXTS.invalid(
        "vp-context-protected",
        "context.protected",
        "A context that redefines a protected term.",
        as_is("@context", [VCDM2, {"VerifiablePresentation": "https://x.example/vp"}]),
    ),
    TERMS.invalid("vp-undefined", "terms.undefined", "A member that no context defines.", later(rank="admiral")),
    TERMS.invalid(
        "vp-null",
        "terms.null",
        "A null, where every byte is signed.",
        as_is("termsOfUse", [{"type": "urn:x:T", "name": None}]),
    ),
)
_PROOF: tuple[Case, ...] = (
    PROOF.undecided(
        "vp-unsigned", "presentation.unsigned", "Nobody signed it.", lambda: Given(encoded(HOLDER.presentation(INNER)))
    ),
    PROOF.undecided(
        "vp-empty-unsigned",
        "presentation.unsigned",
        "Nobody signed it, and it shows nothing.",
        lambda: Given(encoded(HOLDER.presentation())),
        beside=("credentials.none",),
        reason="It says as well that it shows nothing.",
    ),
    SIGNATURE.invalid(
        "vp-empty-removed",
        "signature.mismatch",
        "The only credential was taken away.",
        later(verifiableCredential=[]),
        beside=("credentials.none",),
        reason="It says as well that it shows nothing.",
    ),
    Of("readable").undecided(
        "vp-jwt-no-typ",
        "kind.jwt-vp",
        "A presentation in a JWT without typ.",
        lambda: Given(ISSUER.token(HOLDER.presentation(INNER), typ=None).encode()),
    ),
    PROOF.invalid(
        "vp-purpose", "proof.purpose", "A proof for assertion.", presented(proof={"proofPurpose": "assertionMethod"})
    ),
    PROOF.invalid(
        "vp-created-future",
        "proof.created",
        "A proof that is dated more than the skew ahead.",
        presented(proof={"created": "2026-08-01T12:01:01Z"}),
    ),
    PROOF.invalid("vp-count", "proof.count", "More proofs than are read.", proofs(*[proof()] * (MAX_PROOFS + 1))),
    PROOF.undecided(
        "vp-suite",
        "proof.cryptosuite",
        "A suite that is not checked here.",
        proofs({**UNSUPPORTED, "proofPurpose": "authentication"}),
    ),
    PROOF.undecided(
        "vp-jwt",
        "kind.vp-jwt",
        "A presentation in a JWT, which is not checked here.",
        lambda: Given(ISSUER.token(HOLDER.presentation(INNER), typ="vp+jwt").encode()),
    ),
    RESOLVED.undecided(
        "vp-holder-unknown",
        "did.unknown",
        "The holder's DID document is not at hand.",
        presented(holder="did:web:unknown.example"),
    ),
    RESOLVED.invalid(
        "vp-holder-other",
        "did.invalid",
        "The document at hand is another DID's.",
        organisation(lambda each: each.update(id=DID)),
    ),
    AUTHORISED.invalid(
        "vp-stranger", "method.controller", "Somebody else than the holder signs.", proofs(proof(STRANGER))
    ),
    AUTHORISED.invalid(
        "vp-assertion-key",
        "method.purpose",
        "A key of the holder that may not authenticate.",
        organisation(lambda each: each.pop("authentication")),
    ),
    AUTHORISED.invalid(
        "vp-issuer-key", "method.controller", "The issuer of the credential signs for the holder.", issuer_presents()
    ),
    STATE.invalid(
        "vp-key-revoked",
        "key.revoked",
        "The holder's key was revoked.",
        organisation(lambda each: each["verificationMethod"][0].update(revoked="2026-07-31T00:00:00Z")),
    ),
    SIGNATURE.invalid(
        "vp-holder-replaced",
        "signature.mismatch",
        "The proof of one holder under another's method.",
        proofs(proof(STRANGER, HOLDER.method)),
    ),
    SIGNATURE.invalid(
        "vp-credential-added",
        "signature.mismatch",
        "A credential that was added afterwards.",
        later(verifiableCredential=[INNER, ISSUER.secured(changed(PLAIN, id="urn:x:2"))]),
    ),
    SIGNATURE.invalid("vp-credential-removed", "signature.mismatch", "One that was taken away.", removed()),
    SIGNATURE.invalid(
        "vp-challenge-replaced", "signature.mismatch", "A presentation replayed under another challenge.", replayed()
    ),
    SIGNATURE.invalid(
        "vp-jcs-changed",
        "signature.mismatch",
        "An id set afterwards, where every byte is signed.",
        later(JCS, id="urn:x:3"),
    ),
    SIGNATURE.invalid(
        "vp-too-complex",
        "rdf.too-complex",
        "Nameless objects that all look alike.",
        later(**context(OB3), holder={**nest(3, 6), "id": HOLDER.did}),
    ),
)
CASES = (*_FORM, *_PROOF)
