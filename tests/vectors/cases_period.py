"""Vectors of the checks `validity-period`, `issuer-accepted` and `credential-schema`."""

from dataclasses import replace
from datetime import datetime

from tests.kit.credentials import HOST, aima
from tests.kit.minting import AT, ISSUER, changed, encoded, sign
from tests.vectors.case import OTHER, PLAIN, TRUST, Case, Given, Of, as_is, deferred, given, knowing, options, signed
from tests.vectors.cases_proofs import others, proof, proofs
from tests.vectors.cases_wellformed import version_1
from verifier import Policy
from verifier.format.proof import JCS
from verifier.format.timestamp import parse
from verifier.format.types import Json, JsonObject

PERIOD, ACCEPTED = Of("validity-period"), Of("issuer-accepted")
ADDRESSED, SCHEMA = Of("addressed"), Of("credential-schema")
SCHEMA_URL = f"{HOST}/schemas/aima-credential-1.json"
THEIRS = changed(PLAIN, issuer=OTHER.did)
REQUIRED: JsonObject = {SCHEMA_URL: {"required": ["noSuchMember"]}}


@deferred
def token(at: datetime = AT, **claims: Json) -> Given:
    return Given(ISSUER.token({**PLAIN, **claims}).encode(), TRUST, at)


@deferred
def addressed(audience: Json) -> Given:
    """A token for this audience, checked by somebody else."""
    return Given(ISSUER.token({**PLAIN, "aud": audience}).encode(), policy=Policy(domain="us.example"))


@deferred
def seen(at: str) -> Given:
    """A memory that was last written at this time."""
    return Given(encoded(ISSUER.secured(PLAIN)), replace(TRUST, seen_at=parse(at)))


@deferred
def schema(schemas: JsonObject, *, required: bool = False) -> Given:
    """A credential that names a schema, with these schemas at hand."""
    document = ISSUER.secured(changed(aima(), credentialStatus=None))
    return Given(encoded(document), ISSUER.trust(schemas=schemas), policy=Policy(require_schema=required))


CASES: tuple[Case, ...] = (
    PERIOD.invalid("early", "period.early", "More than the skew too early.", signed(validFrom="2026-08-01T12:01:01Z")),
    PERIOD.invalid(
        "early-milliseconds",
        "period.early",
        "A millisecond more than that.",
        signed(validFrom="2026-08-01T12:01:00.001Z"),
    ),
    PERIOD.invalid("early-offset", "period.early", "In another zone.", signed(validFrom="2026-08-01T10:01:01-02:00")),
    PERIOD.invalid("early-jwt", "period.early", "A token with a later nbf.", token(nbf=1_785_585_661)),
    PERIOD.invalid("expired", "period.expired", "A second past its end.", signed(validUntil="2026-08-01T11:59:59Z")),
    PERIOD.invalid(
        "expired-offset", "period.expired", "In another zone.", signed(validUntil="2026-08-01T13:59:59+02:00")
    ),
    PERIOD.invalid(
        "expired-1.1",
        "period.expired",
        "VCDM 1.1, past its expirationDate.",
        given(version_1(expirationDate="2026-08-01T11:59:59Z")),
        beside=("vc.older-model",),
        reason="The credential is of VCDM 1.1.",
    ),
    PERIOD.invalid(
        "proof-expired", "proof.expired", "Its proof expires at this instant.", options(expires="2026-08-01T12:00:00Z")
    ),
    PERIOD.invalid(
        "proof-expired-jcs",
        "proof.expired",
        "The same under eddsa-jcs-2022.",
        options(JCS, expires="2026-08-01T12:00:00Z"),
    ),
    PERIOD.invalid(
        "proof-expired-other",
        "proof.expired",
        "The proof of a second signer has expired.",
        proofs(proof(), others(expires="2026-07-31T00:00:00Z")),
    ),
    PERIOD.invalid("proof-expired-jwt", "proof.expired", "A token past its exp.", token(exp=1_785_585_600)),
    PERIOD.invalid("early-nbf", "period.early", "A later nbf in a document.", signed(nbf=1_785_585_661)),
    PERIOD.invalid("expired-exp", "period.expired", "A past exp in a document.", signed(exp=1_785_585_599)),
    PERIOD.invalid("expired-exp-jcs", "period.expired", "The same under eddsa-jcs-2022.", as_is("exp", 1_785_585_599)),
    PERIOD.undecided(
        "expires",
        "period.unread",
        "An end under a name of older badges, where every byte is signed.",
        as_is("expires", "2026-07-31T00:00:00Z"),
        beside=("terms.undefined-signed",),
        reason="No context defines it.",
    ),
    PERIOD.undecided(
        "expires-jwt",
        "period.unread",
        "The same in a token.",
        token(expires="2026-07-31T00:00:00Z"),
        beside=("terms.undefined-signed",),
        reason="No context defines it.",
    ),
    PERIOD.undecided(
        "clock", "clock.behind", "The clock is behind the time of an earlier check.", seen("2026-08-01T12:01:01Z")
    ),
    ACCEPTED.undecided(
        "issuer-none", "issuer.not-accepted", "No issuer is accepted.", signed(trust=ISSUER.trust(issuers=[]))
    ),
    ACCEPTED.undecided(
        "issuer-other",
        "issuer.not-accepted",
        "A genuine credential of an issuer that is known and not accepted.",
        given(OTHER.secured(THEIRS), knowing(OTHER)),
    ),
    ACCEPTED.undecided(
        "issuer-co-signed",
        "issuer.not-accepted",
        "The same, co-signed by one that is accepted.",
        given(
            {
                **THEIRS,
                "proof": [sign(THEIRS, OTHER.key, OTHER.method), sign(THEIRS, ISSUER.key, ISSUER.method)],
            },
            knowing(OTHER),
        ),
    ),
    ADDRESSED.invalid(
        "audience-other", "audience.other", "A token that is addressed to somebody else.", addressed("x.example")
    ),
    ADDRESSED.invalid(
        "audience-others", "audience.other", "One addressed to several others.", addressed(["x.example", "y.example"])
    ),
    ADDRESSED.invalid("audience-nobody", "audience.other", "One addressed to nobody.", addressed([])),
    ADDRESSED.invalid(
        "audience-part", "audience.other", "One whose audience has ours in it.", addressed("us.example.org")
    ),
    ADDRESSED.invalid(
        "audience-document",
        "audience.other",
        "A document that is addressed to somebody else.",
        lambda: Given(encoded(ISSUER.secured({**PLAIN, "aud": f"{HOST}/else"})), policy=Policy(domain="us.example")),
    ),
    ADDRESSED.warned(
        "audience-unasked", "audience.unasked", "A token for somebody, and nobody is named.", token(aud="x.example")
    ),
    SCHEMA.warned("schema-departs", "schema.mismatch", "A departure from the schema.", schema(REQUIRED)),
    SCHEMA.invalid(
        "schema-departs-required",
        "schema.required-mismatch",
        "The same where the policy requires the schema.",
        schema(REQUIRED, required=True),
    ),
    SCHEMA.undecided(
        "schema-missing", "schema.required-missing", "A required schema is not at hand.", schema({}, required=True)
    ),
    SCHEMA.undecided(
        "schema-broken",
        "schema.required-missing",
        "A required schema is none.",
        schema({SCHEMA_URL: {"type": 5}}, required=True),
    ),
)
