"""Documents under all the contexts at hand, and under contexts of their own, for both implementations."""

from typing import Any

from tests.peers.client import Json

VCDM1 = "https://www.w3.org/2018/credentials/v1"
VCDM2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.{}.json"
OB_UNVERSIONED = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
OB_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
STATUS_1 = "https://www.w3.org/ns/credentials/status/v1"
STATUS_2021 = "https://w3id.org/vc/status-list/2021/v1"
DI1 = "https://w3id.org/security/data-integrity/v1"
DI2 = "https://w3id.org/security/data-integrity/v2"
DID1 = "https://www.w3.org/ns/did/v1"
MULTIKEY = "https://w3id.org/security/multikey/v1"
ED2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
WORDS = "https://peer.example/words#"
DID = "did:web:peer.example"
TIME = "2026-07-01T09:32:00Z"
KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJyxyEAF2c3k"

SUBJECT: Json = {"id": "did:example:holder"}
BODY: Json = {"id": "urn:x:1", "type": ["VerifiableCredential"], "issuer": DID, "credentialSubject": SUBJECT}


def old(*more: Any, **members: Any) -> Json:
    """A credential of version 1.1."""
    return {"@context": [VCDM1, *more], **BODY, "issuanceDate": TIME, **members}


def new(*more: Any, **members: Any) -> Json:
    return {"@context": [VCDM2, *more], **BODY, "validFrom": TIME, **members}


def proof(**members: Any) -> Json:
    fixed = {"created": TIME, "verificationMethod": f"{DID}#key-1", "proofPurpose": "assertionMethod"}
    return {"type": "Ed25519Signature2020", **fixed, **members}


DATA_INTEGRITY = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z3"}
STATUS_OF_OLD = {"id": "https://peer.example/status/1#7", "type": "https://peer.example/OldStatus"}


def badge(**members: Any) -> Json:
    achievement = {
        "id": "https://peer.example/achievements/knots/1",
        "type": ["Achievement"],
        "name": "Knot Tying",
        "description": "Ties eleven knots.",
        "criteria": {"narrative": "Tied 11 of 15."},
        "creator": {"id": DID, "type": ["Profile"], "name": "Peer Example", "dateOfBirth": "1990-01-01"},
        "image": {"id": "https://peer.example/knots.png", "type": "Image", "caption": "A knot"},
        "tag": ["rope", "knot"],
    }
    subject = {"id": "did:example:holder", "type": ["AchievementSubject"], "achievement": achievement, **members}
    return {"type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Knots", "credentialSubject": subject}


EXTENDED = {
    "credentialSchema": [{"id": "https://peer.example/s", "type": "1EdTechJsonSchemaValidator2019"}],
    "refreshService": {"id": "https://peer.example/r", "type": "1EdTechCredentialRefresh"},
    "credentialStatus": {"id": "https://peer.example/status", "type": "1EdTechRevocationList"},
}
ENTRY = {
    "id": "https://peer.example/status/1#7",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://peer.example/status/1",
}

BADGES = {
    "OB 3.0.0": old(OB_UNVERSIONED, **badge()),
    "OB 3.0.0 and ed25519-2020": old(OB_UNVERSIONED, ED2020, **badge(), proof=proof()),
    "OB extensions under version 2": new(OB.format(3), OB_EXTENSIONS, **badge(), **EXTENDED),
    "OB extensions under version 1.1": old(OB.format(1), OB_EXTENSIONS, **badge(), **EXTENDED),
    **{f"OB 3.0.{n} under version 2": new(OB.format(n), **badge()) for n in (2, 3)},
    **{f"OB 3.0.{n} under version 1.1": old(OB.format(n), **badge()) for n in (1, 2, 3)},
    **{f"OB 3.0.{n} with a fraction": old(OB.format(n), **badge(creditsEarned=1.5)) for n in (1, 2, 3)},
    **{f"OB 3.0.{n} with a whole number": old(OB.format(n), **badge(creditsEarned=3)) for n in (1, 2, 3)},
    **{f"OB 3.0.{n} and ed25519-2020": old(OB.format(n), ED2020, **badge(), proof=proof()) for n in (1, 2, 3)},
}

OLD = {
    "version 1.1": old(),
    "version 1.1, all of it": old(
        DI2,
        type=["VerifiableCredential", "https://peer.example/Knot"],
        expirationDate="2028-07-01T23:59:59Z",
        credentialStatus=STATUS_OF_OLD,
        credentialSchema={"id": "https://peer.example/s", "type": "JsonSchemaValidator2018"},
        refreshService={"id": "https://peer.example/r", "type": "ManualRefreshService2018"},
        termsOfUse=[{"type": "https://peer.example/Terms", "id": "https://peer.example/terms"}],
        evidence=["https://peer.example/evidence/1", {"type": "https://peer.example/Evidence"}],
    ),
    "version 1.1 with a status": old(
        STATUS_1, credentialStatus={**ENTRY, "type": "BitstringStatusListEntry", "statusSize": 1}
    ),
    "version 1.1 with a status whose index is a number": old(
        STATUS_1, credentialStatus={**ENTRY, "type": "BitstringStatusListEntry", "statusListIndex": 7}
    ),
    "version 1.1 with a status of 2021": old(STATUS_2021, credentialStatus={**ENTRY, "type": "StatusList2021Entry"}),
    "version 1.1 with an Ed25519Signature2020": old(ED2020, proof=proof(proofValue="z3", nonce="n", challenge="c")),
    "version 1.1 with an Ed25519Signature2018": old(proof=proof(type="Ed25519Signature2018", jws="eyJ..x", domain="d")),
    "version 1.1 with a JWS of RSA": old(proof=proof(type="RsaSignature2018", jws="eyJ..x")),
    "version 1.1 with data-integrity v1": old(DI1, proof=proof(**DATA_INTEGRITY)),
    "version 1.1 with data-integrity v2": old(
        DI2, proof=[proof(**DATA_INTEGRITY, expires=TIME), proof(**DATA_INTEGRITY)]
    ),
    "a presentation of version 1.1": {
        "@context": [VCDM1, ED2020],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:holder",
        "verifiableCredential": [old(ED2020, proof=proof()), old(id="urn:x:2")],
        "proof": proof(proofPurpose="authentication", challenge="c", domain="d"),
    },
}

NEW = {
    "a status whose index is a number": new(
        credentialStatus={**ENTRY, "type": "BitstringStatusListEntry", "statusListIndex": 7}
    ),
    "version 2 with data-integrity v2": new(DI2, proof=proof(**DATA_INTEGRITY)),
    "version 2 with ed25519-2020": new(ED2020, proof=proof()),
    "a chain of proofs": new(
        proof=[proof(**DATA_INTEGRITY, id="urn:p:1"), proof(**DATA_INTEGRITY, previousProof="urn:p:1")]
    ),
    "a credential with its proof in a presentation": {
        "@context": [VCDM2],
        "type": ["VerifiablePresentation"],
        "holder": {"id": "did:example:holder"},
        "verifiableCredential": [
            new(proof=proof(**DATA_INTEGRITY)),
            new(OB.format(3), **{**badge(), "id": "urn:x:2"}),
        ],
        "proof": proof(**{**DATA_INTEGRITY, "proofPurpose": "authentication", "challenge": "c"}),
    },
    "a direction": new(name={"@value": "عقدة", "@language": "ar", "@direction": "rtl"}),
    "a direction alone": new(name={"@value": "عقدة", "@direction": "rtl"}),
    "a direction under upper case": new(name={"@value": "a", "@language": "AR-Eg", "@direction": "ltr"}),
    "several directions": new(
        description=[{"@value": text, "@language": "ar", "@direction": "rtl"} for text in ("one", "two")]
    ),
    **{
        f"the fraction {n}": new(name=n)
        for n in (0.1, -0.5, 1.5, 1e-6, -2.5e-7, 123456.789, 100.25, 9.5367431640625e-7)
    },
    "a JSON schema written out": new(
        credentialSubject={"id": "urn:s", "type": "JsonSchema", "jsonSchema": {"b": [1, 1.5, None], "a": {"@id": "x"}}}
    ),
}

METHOD = {"id": f"{DID}#key-1", "type": "Multikey", "controller": DID, "publicKeyMultibase": KEY}
KEYS = {
    "a DID document": {
        "@context": [DID1, MULTIKEY],
        "id": DID,
        "alsoKnownAs": ["did:example:other"],
        "verificationMethod": [METHOD, {**METHOD, "id": f"{DID}#key-2", "expires": TIME, "revoked": TIME}],
        "assertionMethod": [f"{DID}#key-1", {**METHOD, "id": f"{DID}#key-3"}],
        "authentication": f"{DID}#key-1",
        "service": [{"id": f"{DID}#s", "type": "https://peer.example/S", "serviceEndpoint": "https://peer.example/s"}],
    },
    "a DID document with a key of 2020": {
        "@context": [DID1, ED2020],
        "id": DID,
        "verificationMethod": [{**METHOD, "type": "Ed25519VerificationKey2020"}],
    },
    "a Multikey": {"@context": MULTIKEY, **METHOD},
    "proof options under ed25519-2020": {
        "@context": [ED2020],
        **proof(expires=TIME, nonce="n", challenge="c", domain="d"),
    },
    "proof options under data-integrity v1": {"@context": [DI1], **proof(**DATA_INTEGRITY)},
    "proof options under data-integrity v2": {"@context": [DI2], **proof(**DATA_INTEGRITY)},
}


def own(context: Any, **members: Any) -> Json:
    """A subject in words of the document's own."""
    return new(context, credentialSubject={**SUBJECT, **members})


INLINE = {
    "a word of its own": own({"rank": f"{WORDS}rank"}, rank="admiral"),
    "a vocabulary of its own": own({"@vocab": WORDS}, rank="admiral", fleet={"type": "Fleet", "ships": 5}),
    "a prefix": own(
        {"w": WORDS, "rank": "w:rank", "Fleet": "w:a/Fleet", "fleet": {"@id": "w:fleet"}}, fleet={"type": "Fleet"}
    ),
    "a reference": own({"fleet": {"@id": f"{WORDS}fleet", "@type": "@id"}}, fleet="urn:f:1"),
    "a word as a value": own(
        {"rank": {"@id": f"{WORDS}rank", "@type": "@vocab"}, "admiral": f"{WORDS}admiral"}, rank=["admiral", "urn:r:2"]
    ),
    "a list": own({"steps": {"@id": f"{WORDS}steps", "@container": "@list"}}, steps=["b", "a", {"id": "urn:s"}, 1.5]),
    "a set": own({"steps": {"@id": f"{WORDS}steps", "@container": ["@set"]}}, steps=["b", "a", "b"]),
    "a graph": own(
        {"claims": {"@id": f"{WORDS}claims", "@container": ["@graph", "@set"]}, "rank": f"{WORDS}rank"},
        claims=[{"rank": "a"}, {"id": "urn:c", "rank": "b"}],
    ),
    "JSON": own({"raw": {"@id": f"{WORDS}raw", "@type": "@json"}}, raw=[{"b": None, "a": 1.50}, "x"]),
    "a date": own(
        {"xsd": "http://www.w3.org/2001/XMLSchema#", "day": {"@id": f"{WORDS}day", "@type": "xsd:date"}}, day="x"
    ),
    "a type with words": own(
        {"Officer": {"@id": f"{WORDS}Officer", "@context": {"rank": f"{WORDS}rank", "fleet": f"{WORDS}fleet"}}},
        type="Officer",
        rank={"id": "urn:r"},
        fleet="first",
    ),
    "a member with words": own(
        {"fleet": {"@id": f"{WORDS}fleet", "@context": {"@protected": True, "flag": f"{WORDS}flag"}}},
        fleet={"flag": "red"},
    ),
    "a context further in": own(
        {"fleet": f"{WORDS}fleet"}, fleet={"@context": {"flag": f"{WORDS}flag"}, "flag": "red"}
    ),
    "a context in each of two places": own(
        {"fleet": f"{WORDS}fleet"}, fleet=[{"@context": {"flag": f"{WORDS}{n}/flag"}, "flag": "red"} for n in "ab"]
    ),
    "a context that forgets all others": own(
        {"fleet": {"@id": f"{WORDS}fleet", "@context": [None, {"flag": f"{WORDS}flag"}]}}, fleet={"flag": "red"}
    ),
    "a context alone": {"@context": {"@version": 1.1, "id": "@id", "rank": f"{WORDS}rank"}, "id": "urn:x", "rank": "a"},
    "words under version 1.1": old({"rank": f"{WORDS}rank"}, credentialSubject={**SUBJECT, "rank": "admiral"}),
}

BREADTH = {**BADGES, **OLD, **NEW, **KEYS, **INLINE}

ODD = {
    "OB 3.0.1 under version 2, which gives its words other types": new(OB.format(1), **badge()),
    "a protected word again": own({"issuer": f"{WORDS}issuer"}, issuer="x"),
    "words that rest on each other": own({"a": "b:x", "b": "a:x"}, a="x"),
    "a word that is not named as its IRI": own({"rank": f"{WORDS}grade"}, rank="x"),
    "a renamed end": new({"until": "https://www.w3.org/2018/credentials#validUntil"}, until="2028-07-01T23:59:59Z"),
    "a base": own({"@base": "https://peer.example/"}, id="x"),
    "a default language": own({"@language": "en", "rank": f"{WORDS}rank"}, rank="x"),
    "an index": own({"rank": {"@id": f"{WORDS}rank", "@container": "@index"}}, rank={"a": "x"}),
    "a member turned round": own({"rank": {"@reverse": f"{WORDS}rank"}}, rank={"id": "urn:x"}),
    "a text in two directions": new(name=["a", {"@value": "a", "@direction": "rtl"}]),
    "a small number of one digit": new(name=5e-7),
    "the smallest number": new(name=5e-324),
    "a number twice, in two forms": own(
        {"rank": {"@id": f"{WORDS}rank", "@type": "http://www.w3.org/2001/XMLSchema#integer"}}, rank=[5, "5"]
    ),
    "JSON twice": own(
        {"raw": {"@id": f"{WORDS}raw", "@type": "@json"}, "part": f"{WORDS}part"}, part=[{"id": "urn:p", "raw": {}}] * 2
    ),
    "a direction in an array": new(name={"@value": "a", "@direction": ["rtl"]}),
    "a sum": new(name=0.1 + 0.2),
    "a keyword as type": new(type=["VerifiableCredential", "id"]),
    "a reference where a graph is": new(proof={"id": "urn:p"}),
    "a word without meaning": own({"rank": None}, rank="x"),
    "an alias of id": own({"key": "@id"}, key="urn:x"),
    "version 2 under version 1.1": {**new(), "@context": [VCDM1, VCDM2]},
}
