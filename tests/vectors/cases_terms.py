"""Vectors of the checks `contexts-known` and `terms-defined`: what is shown has a meaning, and is signed with it."""

import base64
from typing import Any

from tests.kit.credentials import DID, HOST
from tests.kit.minting import changed
from tests.vectors.case import PLAIN, SMALL, URL, Build, Case, Of, as_is, context, member, proof_entry, signed, tampered
from tests.vectors.cases_wellformed import DIGEST
from verifier.format.contexts import OB3, VCDM1, VCDM2
from verifier.format.multibase import encode_base58btc, encode_base64url
from verifier.format.proof import JCS
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_TERM_IRI_CHARACTERS

CONTEXTS = Of("contexts-known")
TERMS = Of("terms-defined")
PROFILE: JsonObject = {"id": DID, "type": ["Profile"]}
SHA256 = b"\x12\x20" + bytes.fromhex("59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734")
"""Of the context of VCDM 2.0 as the W3C publishes it, as a multihash."""
PUBLISHED: JsonObject = {"id": VCDM2, "digestSRI": f"sha256-{base64.b64encode(SHA256[2:]).decode()}"}
LONG = f"{HOST}/#" + "x" * MAX_TERM_IRI_CHARACTERS
UNKNOWN = "https://credentials.example/unknown"


def evidence(**members: Json) -> dict[str, Any]:
    return {"evidence": [{"type": ["Evidence"], **members}]}


def subject(**members: Json) -> dict[str, Any]:
    base = PLAIN["credentialSubject"]
    assert isinstance(base, dict)
    return {"credentialSubject": {**base, **members}}


def _achievement() -> JsonObject:
    subject_ = PLAIN["credentialSubject"]
    assert isinstance(subject_, dict)
    found = subject_["achievement"]
    assert isinstance(found, dict)
    return found


def divided() -> Json:
    """The achievement in two objects: one of them has its version alone."""
    whole = _achievement()
    first = {name: value for name, value in whole.items() if name != "version"}
    return [first, {"id": whole["id"], "type": whole["type"], "version": whole["version"]}]


def image(identifier: Json) -> dict[str, Any]:
    return {"issuer": {**PROFILE, "image": {"id": identifier, "type": "Image"}}}


def compact() -> Build:
    """`VerifiableCredential:x` would be an address below that term's, if the term were a prefix."""
    return tampered(**image("Achievement:x"))


def resource(**members: Json) -> Build:
    """The context of VCDM 2.0 as a related resource, with members changed; None takes one away."""
    return signed(relatedResource=[changed(PUBLISHED, **members)])


def sri(algorithm: str, digest: bytes) -> str:
    return f"{algorithm}-{base64.b64encode(digest).decode()}"


def multihash(number: int, digest: bytes) -> str:
    """base58btc of a multihash; the number is below 2^21."""
    groups = [number >> shift & 0x7F for shift in (0, 7, 14) if number >> shift or not shift]
    head = bytes(each | 0x80 for each in groups[:-1]) + bytes(groups[-1:])
    return encode_base58btc(head + bytes([len(digest)]) + digest)


_DIGESTS: tuple[Case, ...] = (
    CONTEXTS.invalid(
        "digest-other",
        "context.digest",
        "A context fixed by another digest than the published one.",
        resource(digestSRI=DIGEST["digestSRI"]),
    ),
    CONTEXTS.invalid(
        "digest-other-multibase",
        "context.digest",
        "Another digest as a multihash, beside the right one.",
        resource(digestMultibase=f"u{encode_base64url(SHA256[:-1] + b'x')}"),
    ),
    *(
        CONTEXTS.invalid(
            f"digest-other-{algorithm}",
            "context.digest",
            f"Another {algorithm} than that of the published bytes.",
            resource(digestSRI=sri(algorithm, bytes(size))),
        )
        for algorithm, size in (("sha384", 48), ("sha512", 64))
    ),
    CONTEXTS.invalid(
        "digest-beside",
        "context.digest",
        "A wrong digest beside the right one, in one text.",
        resource(digestSRI=f"{PUBLISHED['digestSRI']} {sri('sha512', bytes(64))}"),
    ),
    *(
        CONTEXTS.invalid(
            f"digest-multihash-{number:x}",
            "context.digest",
            f"Another digest as a multihash of the number {number:#x}.",
            resource(digestSRI=None, digestMultibase=multihash(number, bytes(size))),
        )
        for number, size in ((0x13, 64), (0x14, 64), (0x15, 48), (0x16, 32), (0x20, 48))
    ),
    CONTEXTS.invalid(
        "digest-other-older",
        "context.digest",
        "A context of the older model under another digest.",
        resource(id=VCDM1, digestSRI=sri("sha384", bytes(48))),
    ),
    CONTEXTS.warned(
        "digest-unknown",
        "context.digest-unchecked",
        "A resource that is not at hand, so that its digest is left to whoever opens it.",
        signed(relatedResource=[DIGEST]),
    ),
    CONTEXTS.warned(
        "digest-blake",
        "context.digest-unchecked",
        "A context under a hash of another kind, which is not known here.",
        resource(digestSRI=None, digestMultibase=multihash(0xB220, bytes(32))),
    ),
    CONTEXTS.warned(
        "digest-moved",
        "context.digest-unchecked",
        "A context that was published in more than one form.",
        resource(id=OB3, digestSRI=sri("sha384", bytes(48))),
    ),
)
_CONTEXTS: tuple[Case, ...] = (
    CONTEXTS.undecided(
        "context-unknown", "context.unknown", "A context that is not at hand.", tampered(**context(UNKNOWN))
    ),
    CONTEXTS.undecided(
        "context-unknown-inside",
        "context.unknown",
        "The same inside a part.",
        tampered(**evidence(**member("@context", UNKNOWN))),
    ),
    CONTEXTS.undecided(
        "context-unknown-jcs",
        "context.unknown",
        "The same where every byte is signed: what the words mean is not known all the same.",
        as_is("@context", [VCDM2, UNKNOWN]),
    ),
    CONTEXTS.invalid(
        "context-number-inside",
        "context.invalid",
        "A number as context inside a part.",
        tampered(**evidence(**member("@context", 5))),
    ),
    CONTEXTS.invalid(
        "context-circle",
        "context.invalid",
        "Two terms of an inline context that rest on each other.",
        tampered(**context({"a": "b:x", "b": "a:x"})),
    ),
    CONTEXTS.invalid(
        "context-protected",
        "context.protected",
        "An inline context that redefines a protected term.",
        tampered(**context(OB3, {"VerifiableCredential": f"{HOST}/#s"})),
    ),
    CONTEXTS.invalid(
        "context-protected-jcs",
        "context.protected",
        "The same, signed by the issuer where every byte is.",
        as_is("@context", [VCDM2, {"VerifiableCredential": f"{HOST}/#vc"}]),
    ),
    CONTEXTS.invalid(
        "context-null-inside",
        "context.protected",
        "A null that would drop protected terms inside a part.",
        tampered(**evidence(**member("@context", [VCDM2, None]))),
    ),
    CONTEXTS.undecided(
        "context-import",
        "context.inline",
        "An inline context that imports another one.",
        tampered(**context({"@version": 1.1, "@import": VCDM2})),
    ),
    CONTEXTS.undecided(
        "context-language", "context.inline", "An inline default language.", tampered(**context({"@language": "en"}))
    ),
    CONTEXTS.undecided(
        "context-reverse",
        "context.inline",
        "An inline term that turns statements round.",
        tampered(**context({"issued": {"@reverse": f"{HOST}/#issued"}})),
    ),
    CONTEXTS.undecided(
        "context-long-iri",
        "context.inline",
        "An inline term whose IRI is longer than what may be written again for every value.",
        tampered(**context({"issued": LONG})),
    ),
    CONTEXTS.undecided(
        "context-long-datatype",
        "context.inline",
        "The same as a datatype.",
        tampered(**context({"issued": {"@id": f"{HOST}/#issued", "@type": LONG}})),
    ),
    CONTEXTS.undecided(
        "context-long-vocab", "context.inline", "The same as an @vocab.", tampered(**context({"@vocab": LONG}))
    ),
    CONTEXTS.undecided(
        "context-long-name",
        "context.inline",
        "A name that together with @vocab is longer.",
        tampered(**context({"@vocab": f"{HOST}/#"}), **member("x" * MAX_TERM_IRI_CHARACTERS, "a")),
    ),
    CONTEXTS.undecided(
        "context-relative-vocab", "context.inline", "A relative @vocab.", tampered(**context({"@vocab": "#"}))
    ),
)
_TERMS: tuple[Case, ...] = (
    TERMS.invalid("term-undefined", "terms.undefined", "A member that no context defines.", tampered(rank="admiral")),
    TERMS.invalid(
        "term-undefined-inside",
        "terms.undefined",
        "A member that no context defines, in the subject.",
        tampered(**subject(rank="admiral")),
    ),
    TERMS.invalid(
        "type-undefined",
        "terms.undefined",
        "A type that no context defines.",
        tampered(type=["VerifiableCredential", "OpenBadgeCredential", "AdmiralCredential"]),
    ),
    TERMS.invalid(
        "type-undefined-status",
        "terms.undefined",
        "A status of a type that no context defines.",
        tampered(credentialStatus={"type": "RevocationList2020Status"}),
    ),
    TERMS.invalid(
        "type-undefined-schema",
        "terms.undefined",
        "A schema of a type that the context of Open Badges lacks.",
        tampered(credentialSchema={"id": URL, "type": "1EdTechJsonSchemaValidator9999"}),
    ),
    TERMS.invalid(
        "term-undefined-proof",
        "terms.undefined",
        "A member of the proof that no context defines.",
        proof_entry(rank="admiral"),
    ),
    TERMS.invalid(
        "term-undefined-vocabulary",
        "terms.undefined",
        "An Open Badges term under the base context alone.",
        tampered(document=SMALL, awardedDate="2026-07-01T09:31:13Z"),
    ),
    TERMS.invalid("term-null", "terms.null", "A name of null, which is shown and not signed.", tampered(name=None)),
    TERMS.invalid("term-null-jcs", "terms.null", "The same where every byte is signed.", as_is("name", None)),
    TERMS.invalid("term-null-inside", "terms.null", "A null in the subject.", tampered(**subject(narrative=None))),
    TERMS.invalid(
        "term-empty", "terms.empty", "An empty array, which was added after it was signed.", tampered(evidence=[])
    ),
    TERMS.invalid(
        "type-empty",
        "terms.empty",
        "An empty array of types in a part.",
        tampered(issuer={**PROFILE, "image": {"id": URL, "type": []}}),
    ),
    TERMS.invalid("term-empty-proof", "terms.empty", "An empty array in the proof.", proof_entry(nonce=[])),
    TERMS.invalid(
        "split-over-two",
        "terms.split",
        "One achievement in two objects, of which each says a part.",
        tampered(**subject(achievement=divided())),
    ),
    TERMS.invalid(
        "split-reference",
        "terms.split",
        "An achievement, and beside it a reference to it.",
        tampered(**subject(achievement=[_achievement(), {"id": _achievement()["id"]}])),
    ),
    TERMS.invalid(
        "moved-to-subject",
        "terms.split",
        "The issuer's name, moved to the subject, who is the issuer.",
        tampered(issuer={"id": DID}, credentialSubject={"id": DID, "name": "The Office", "description": "Member"}),
    ),
    TERMS.undecided(
        "shared-id",
        "terms.unsupported",
        "An issuer who is the subject too, and is described at both places, each in its own way.",
        tampered(
            issuer={"id": DID, "type": ["Profile"], "name": "The Office"},
            credentialSubject={"id": DID, "description": "Member"},
        ),
    ),
    TERMS.invalid("iri-relative", "terms.iri", "A relative address.", tampered(**image("logo.png"))),
    TERMS.invalid(
        "iri-relative-jcs", "terms.iri", "The same where every byte is signed.", signed(suite=JCS, **image("logo.png"))
    ),
    TERMS.invalid("iri-blank", "terms.iri", "A blank node by name.", tampered(**image("_:b0"))),
    TERMS.invalid("iri-number", "terms.iri", "A number as id.", tampered(**image(5))),
    TERMS.invalid("iri-compact", "terms.iri", "A compact IRI, which a context turns into another.", compact()),
    TERMS.undecided(
        "keyword-index",
        "terms.unsupported",
        "@index, which no signature covers.",
        tampered(**evidence(**member("@index", "a"))),
    ),
    TERMS.undecided(
        "keyword-graph",
        "terms.unsupported",
        "@graph in a part.",
        tampered(**evidence(**member("@graph", [{"id": URL}]))),
    ),
    TERMS.undecided(
        "keyword-included", "terms.unsupported", "@included in a part.", tampered(**evidence(**member("@included", {})))
    ),
    TERMS.undecided(
        "keyword-reverse", "terms.unsupported", "@reverse in a part.", tampered(**evidence(**member("@reverse", {})))
    ),
    TERMS.undecided(
        "keyword-nest", "terms.unsupported", "@nest in a part.", tampered(**evidence(**member("@nest", {})))
    ),
    TERMS.undecided(
        "keyword-id", "terms.unsupported", "@id where id is meant.", tampered(**evidence(**member("@id", URL)))
    ),
    TERMS.undecided(
        "keyword-list", "terms.unsupported", "@list as a value.", tampered(**evidence(name={"@list": ["a"]}))
    ),
    TERMS.undecided(
        "array-in-array", "terms.unsupported", "An array in an array.", tampered(**subject(narrative=[["a"]]))
    ),
    TERMS.undecided("empty-part", "terms.unsupported", "An empty object.", tampered(**subject(achievement={}))),
    TERMS.undecided(
        "number-point",
        "terms.unsupported",
        "A whole number with a point, which processors write differently.",
        tampered(**subject(creditsEarned=1.0)),
    ),
    TERMS.undecided(
        "number-digits",
        "terms.unsupported",
        "A number of 17 digits, which processors round.",
        tampered(**subject(creditsEarned=0.12345678901234568)),
    ),
    TERMS.undecided(
        "language-tag",
        "terms.unsupported",
        "A language that is none.",
        tampered(name={"@value": "a", "@language": "?"}),
    ),
    TERMS.undecided(
        "direction",
        "terms.unsupported",
        "A direction that is none.",
        tampered(name={"@value": "a", "@direction": "up"}),
    ),
    TERMS.undecided(
        "direction-array",
        "terms.unsupported",
        "An array as direction.",
        tampered(name={"@value": "a", "@direction": ["ltr"]}),
    ),
    TERMS.undecided(
        "type-written-out",
        "terms.unsupported",
        "A type written out that has a short name.",
        tampered(type=["VerifiableCredential", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"]),
    ),
    TERMS.undecided(
        "itself-inside",
        "terms.unsupported",
        "A part that speaks about the credential itself, where a status could be put out of sight.",
        tampered(image={"id": PLAIN["id"], "type": "Image"}),
    ),
    TERMS.undecided(
        "renamed-inline",
        "terms.unsupported",
        "An inline context that gives a standard statement a second name, under which nobody looks for it.",
        tampered(
            **context(OB3, {"until": "https://www.w3.org/2018/credentials#validUntil"}), until="2028-07-01T23:59:59Z"
        ),
    ),
    TERMS.undecided(
        "renamed-id",
        "terms.unsupported",
        "An inline context with a second name for the id.",
        tampered(**context(OB3, {"ref": "@id"}), **evidence(ref=URL)),
    ),
    TERMS.warned(
        "term-undefined-jcs",
        "terms.undefined-signed",
        "A member that no context defines, where every byte is signed.",
        signed(suite=JCS, rank="admiral"),
    ),
    TERMS.warned(
        "type-undefined-jcs",
        "terms.undefined-signed",
        "A type that no context defines, where every byte is signed.",
        signed(suite=JCS, type=["VerifiableCredential", "OpenBadgeCredential", "AdmiralCredential"]),
    ),
    TERMS.warned(
        "keyword-jcs",
        "terms.undefined-signed",
        "A keyword without support, where every byte is signed.",
        signed(suite=JCS, **evidence(**member("@index", "a"))),
    ),
)
CASES: tuple[Case, ...] = (*_CONTEXTS, *_DIGESTS, *_TERMS)
