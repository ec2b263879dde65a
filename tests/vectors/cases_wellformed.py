"""Vectors of the check `well-formed` on credentials: what VCDM 2.0 section 4 refuses, properly signed all the same."""

from typing import Any

from tests.kit.credentials import DID, REVOCATION, entry
from tests.kit.minting import ISSUER, changed, sign
from tests.vectors.case import PLAIN, URL, Case, Of, as_is, given, member, tampered, text
from verifier.format.contexts import OB3, VCDM1, VCDM2
from verifier.format.proof import ED25519_2020, JCS, unsecured
from verifier.format.types import Json, JsonObject

WELL_FORMED = Of("well-formed")
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
OB_HOST = "https://purl.imsglobal.org/spec/ob/v3p0"
OB = f"{OB_HOST}/context-3.0"
STATUS: JsonObject = entry("revocation", f"{URL}/list", 1)
SRI = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
DIGEST: JsonObject = {"id": URL, "digestSRI": SRI}

UNREADABLE: tuple[tuple[str, str, JsonObject], ...] = (
    ("digits", "A digest of a length that no base64 has.", {"digestSRI": "sha256-AAAAA"}),
    ("short", "A SHA-256 of 31 bytes.", {"digestSRI": f"sha256-{'A' * 42}=="}),
    ("name", "A SHA-256 under the name of SHA-384.", {"digestSRI": SRI.replace("256", "384")}),
    ("bits", "base64 with bits that no byte holds.", {"digestSRI": f"sha256-{'A' * 42}B="}),
    ("second", "One that is a digest, and one that is none.", {"digestSRI": f"{SRI} sha512-AAAA"}),
    ("base58", "base58 with a letter that it does not have.", {"digestMultibase": "zO0l"}),
    ("base32", "A multibase that no digest is written in here.", {"digestMultibase": "bciqaaaaaaaaaaaaaaa"}),
    ("multihash", "A multihash that is shorter than it says.", {"digestMultibase": f"uEiA{'A' * 40}"}),
    ("multihash-size", "A multihash of SHA-256 with 33 bytes.", {"digestMultibase": f"uEiEA{'A' * 43}"}),
    ("multihash-none", "A digest without the head of a multihash.", {"digestMultibase": f"u{'_' * 42}8"}),
    ("multihash-empty", "A multihash of no bytes.", {"digestMultibase": "uEgA"}),
)
"""Digests that no resource can have."""


def bad(name: str, code: str, sentence: str, member: str, value: Json) -> Case:
    return WELL_FORMED.invalid(f"vc-{name}", f"vc.{code}", sentence, as_is(member, value))


def without(member: str, code: str) -> Case:
    document = {name: value for name, value in ISSUER.secured(PLAIN, JCS).items() if name != member}
    name = f"no-{member.strip('@')}"
    return WELL_FORMED.invalid(f"vc-{name}", f"vc.{code}", f"A credential without `{member}`.", given(document))


def subject(**members: Json) -> JsonObject:
    base = PLAIN["credentialSubject"]
    assert isinstance(base, dict)
    return {**base, **members}


def version_1(**members: Json) -> JsonObject:
    """A credential of VCDM 1.1 under Ed25519Signature2020, with members changed."""
    document: JsonObject = {
        "@context": [VCDM1, SUITE_2020],
        "type": ["VerifiableCredential"],
        "issuer": DID,
        "issuanceDate": "2026-07-01T09:32:00Z",
        "credentialSubject": {"id": "did:web:someone.example"},
    }
    document = changed(document, **members)
    return {**document, "proof": sign(document, ISSUER.key, ISSUER.method, cryptosuite=ED25519_2020)}


def language(**members: Json) -> JsonObject:
    return {"@value": "Name", "@language": "en", **members}


ISSUER_NAMED: Any = {"id": DID, "type": ["Profile"]}
_CONTEXT: tuple[Case, ...] = (
    without("@context", "context"),
    WELL_FORMED.invalid(
        "vc-context-text", "vc.context", "@context as a lone text.", tampered(JCS, **member("@context", VCDM2))
    ),
    bad("context-order", "context", "Another context first.", "@context", [OB3, VCDM2]),
    bad("context-number", "context", "A number as a context.", "@context", [VCDM2, 5]),
    bad("context-null", "context", "A null as a context, which would drop every term.", "@context", [VCDM2, None]),
    bad("context-no-url", "context", "A context that is no URL.", "@context", [VCDM2, "credentials v2"]),
    bad("context-nested", "context", "An array within the array of contexts.", "@context", [VCDM2, [OB3]]),
    bad("context-other", "context", "A context of no version of the data model.", "@context", ["https://w3.org/x"]),
)
_NAMES: tuple[Case, ...] = (
    bad("id-null", "id", "An id of null.", "id", None),
    bad("id-array", "id", "An array as id.", "id", [URL]),
    bad("id-space", "id", "An id with a space.", "id", "urn:uuid:5f0f3c0e 6a5f"),
    bad("id-no-url", "id", "An id that is no URL.", "id", "credential-1"),
    without("type", "type"),
    bad("type-other", "type", "A type, yet not VerifiableCredential.", "type", ["OpenBadgeCredential"]),
    bad("type-number", "type", "A number among the types.", "type", ["VerifiableCredential", 5]),
    bad("type-object", "type", "An object as type.", "type", {"id": "VerifiableCredential"}),
    without("issuer", "issuer"),
    bad("issuer-null", "issuer", "An issuer of null.", "issuer", None),
    bad("issuer-no-url", "issuer", "An issuer that is no URL.", "issuer", "Example Certification Body"),
    bad("issuer-id-null", "issuer", "An issuer whose id is null.", "issuer", {"id": None}),
    bad("issuer-no-id", "issuer", "An issuer with a name alone.", "issuer", {"name": "Example Certification Body"}),
    bad("issuer-array", "issuer", "An array of issuers.", "issuer", [DID]),
)
_SUBJECT: tuple[Case, ...] = (
    without("credentialSubject", "subject"),
    bad("subject-empty", "subject", "A subject about which nothing is said.", "credentialSubject", {}),
    bad("subject-holds-empty", "subject", "One empty subject beside another.", "credentialSubject", [subject(), {}]),
    bad("subject-none", "subject", "No subject in an array.", "credentialSubject", []),
    bad("subject-text", "subject", "A subject that is a text.", "credentialSubject", "did:web:someone.example"),
    bad("subject-id-array", "subject", "A subject with an array as id.", "credentialSubject", subject(id=[URL])),
    bad("subject-id-space", "subject", "A subject's id with a space.", "credentialSubject", subject(id="did:a:b c")),
    bad("subject-id-null", "subject", "A subject whose id is null.", "credentialSubject", subject(id=None)),
)
_PERIOD: tuple[Case, ...] = (
    bad("from-no-zone", "period", "validFrom without a zone.", "validFrom", "2026-07-01T09:32:00"),
    bad("from-date", "period", "validFrom as a date alone.", "validFrom", "2026-07-01"),
    bad("from-week", "period", "validFrom as an ISO week.", "validFrom", "2026-W27-3T09:32:00Z"),
    bad("from-digits", "period", "validFrom in full-width digits.", "validFrom", "２０２６-07-01T09:32:00Z"),
    bad("from-null", "period", "validFrom of null.", "validFrom", None),
    bad("from-number", "period", "validFrom as a number.", "validFrom", 1_782_898_320),
    bad("from-array", "period", "validFrom in an array.", "validFrom", ["2026-07-01T09:32:00Z"]),
    bad("from-no-day", "period", "validFrom on the 30th of February.", "validFrom", "2026-02-30T09:32:00Z"),
    bad("from-offset", "period", "validFrom at an offset that no zone has.", "validFrom", "2026-07-01T09:32:00+15:00"),
    bad("until-no-zone", "period", "validUntil without a zone.", "validUntil", "2028-07-01T23:59:59"),
    bad("until-empty", "period", "validUntil as an empty text.", "validUntil", ""),
    bad("reversed", "period", "validUntil before validFrom.", "validUntil", "2026-07-01T09:31:59Z"),
    WELL_FORMED.invalid(
        "vc-1.1-no-date", "vc.period", "VCDM 1.1 without its issuanceDate.", given(version_1(issuanceDate=None))
    ),
    WELL_FORMED.invalid(
        "vc-1.1-reversed",
        "vc.period",
        "VCDM 1.1 that ends before it begins.",
        given(version_1(expirationDate="2026-06-30T00:00:00Z")),
    ),
)
_ENTRIES: tuple[Case, ...] = (
    bad("status-null", "status", "A status of null.", "credentialStatus", None),
    bad("status-untyped", "status", "A status without type.", "credentialStatus", {"id": URL}),
    bad("status-type-number", "status", "A status whose type is a number.", "credentialStatus", {"type": 5}),
    bad("status-id-array", "status", "A status with an array as id.", "credentialStatus", {**STATUS, "id": [URL]}),
    bad("status-id-no-url", "status", "A status whose id is no URL.", "credentialStatus", {**STATUS, "id": "x"}),
    bad("status-text", "status", "A status that is a text.", "credentialStatus", URL),
    bad("schema-untyped", "schema", "A schema without type.", "credentialSchema", {"id": URL}),
    bad("schema-no-id", "schema", "A schema without id.", "credentialSchema", {"type": "JsonSchema"}),
    bad("schema-no-url", "schema", "A schema no URL.", "credentialSchema", {"id": "s", "type": "JsonSchema"}),
    bad("evidence-untyped", "typed-object", "Evidence without type.", "evidence", [{"name": "Untyped"}]),
    bad("terms-untyped", "typed-object", "Terms of use without type.", "termsOfUse", {"id": URL}),
    bad("refresh-untyped", "typed-object", "A refresh service without type.", "refreshService", [{"id": URL}]),
    bad("evidence-text", "typed-object", "Evidence that is a text.", "evidence", "seen"),
)
_TEXTS: tuple[Case, ...] = (
    bad("name-index", "language", "A name with a member beside @value.", "name", language(**{"@index": "a"})),
    bad("name-no-value", "language", "A name with a language alone.", "name", {"@language": "en"}),
    bad("description-type", "language", "A description with a type.", "description", language(type="Text")),
    bad("issuer-name", "language", "The same in the issuer's name.", "issuer", {**ISSUER_NAMED, "name": {"en": "x"}}),
    bad(
        "issuer-description",
        "language",
        "The same in the issuer's description.",
        "issuer",
        {**ISSUER_NAMED, "description": language(x="y")},
    ),
)
_RESOURCES: tuple[Case, ...] = (
    bad("resource-text", "related-resource", "A related resource as a text.", "relatedResource", [URL]),
    bad(
        "resource-no-id",
        "related-resource",
        "A related resource without id.",
        "relatedResource",
        [{"digestSRI": DIGEST["digestSRI"]}],
    ),
    bad("resource-twice", "related-resource", "One resource twice.", "relatedResource", [DIGEST, DIGEST]),
    bad("resource-no-digest", "related-resource", "A resource without digest.", "relatedResource", [{"id": URL}]),
    bad(
        "resource-md5",
        "related-resource",
        "A resource with a digest of another kind than SHA-2.",
        "relatedResource",
        {**DIGEST, "digestSRI": "md5-1B2M2Y8AsgTpgAmY7PhCfg=="},
    ),
    bad(
        "resource-multibase",
        "related-resource",
        "A resource whose digestMultibase is no multibase.",
        "relatedResource",
        {"id": URL, "digestMultibase": "sha256"},
    ),
    *(
        bad(f"resource-{name}", "related-resource", sentence, "relatedResource", {"id": URL, **digest})
        for name, sentence, digest in UNREADABLE
    ),
)
_VERSION_1: tuple[Case, ...] = (
    WELL_FORMED.warned("vc-1.1", "vc.older-model", "VCDM 1.1, valid and marked as such.", given(version_1())),
    WELL_FORMED.warned(
        "vc-1.1-dates",
        "vc.older-model",
        "VCDM 1.1 within its dates.",
        given(version_1(expirationDate="2026-08-01T12:00:00Z")),
    ),
    WELL_FORMED.warned(
        "vc-1.1-open-badge",
        "vc.older-model",
        "VCDM 1.1 with Open Badges 3.0.1.",
        given(
            version_1(
                **member("@context", [VCDM1, f"{OB}.1.json", SUITE_2020]),
                type=["VerifiableCredential", "OpenBadgeCredential"],
                issuer={"id": DID, "type": ["Profile"], "name": "Example Certification Body"},
            )
        ),
    ),
    WELL_FORMED.warned(
        "vc-1.1-open-badge-3.0.0",
        "vc.older-model",
        "VCDM 1.1 with Open Badges 3.0.0, whose context has no version in its name.",
        given(
            version_1(
                **member("@context", [VCDM1, f"{OB_HOST}/context.json", SUITE_2020]),
                type=["VerifiableCredential", "OpenBadgeCredential"],
            )
        ),
    ),
    WELL_FORMED.warned(
        "vc-1.1-status",
        "vc.older-model",
        "VCDM 1.1 with a status, whose context stands apart.",
        given(
            version_1(
                **member("@context", [VCDM1, "https://www.w3.org/ns/credentials/status/v1", SUITE_2020]),
                credentialStatus=entry("revocation", REVOCATION, 48_213),
            )
        ),
    ),
    WELL_FORMED.warned(
        "vc-1.1-jwt", "vc.older-model", "VCDM 1.1 in a vc+jwt.", text(ISSUER.token(unsecured(version_1())))
    ),
)
CASES = (*_CONTEXT, *_NAMES, *_SUBJECT, *_PERIOD, *_ENTRIES, *_TEXTS, *_RESOURCES, *_VERSION_1)
