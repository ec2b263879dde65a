"""The documents that both implementations are asked about."""

import copy
from typing import Any

from tests.peers.breadth import BREADTH, ODD
from tests.peers.client import Json
from verifier.format import statuslist

CREATED = "2026-07-01T09:32:00Z"
DID_WEB = "did:web:peer.example"
CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


def alignment(code: str, name: str) -> Json:
    return {
        "type": ["Alignment"],
        "targetCode": code,
        "targetName": name,
        "targetFramework": "Safe Kitchen Framework v2",
        "targetUrl": "https://peer.example/framework",
    }


def achievement() -> Json:
    return {
        "id": "https://peer.example/achievements/knots/1",
        "type": ["Achievement"],
        "achievementType": "Assessment",
        "humanCode": "KNOT",
        "version": "1",
        "inLanguage": "en",
        "name": "Knot Tying",
        "description": "Ties eleven knots: bowline, clove hitch and nine more.",
        "criteria": {"id": "https://peer.example/knots", "narrative": "Tied 11 of 15 in one sitting."},
        "image": {"id": "https://peer.example/knots.png", "type": "Image"},
        "alignment": [alignment("SK-2", "Grip"), alignment("SK-4", "Release")],
        "resultDescription": [
            {
                "id": "https://peer.example/achievements/knots/1#outcome",
                "type": ["ResultDescription"],
                "name": "Outcome",
                "resultType": "Status",
            }
        ],
    }


def unsigned(issuer: str = DID_WEB) -> Json:
    """An Open Badge with every kind of member that our own credentials have, except a status."""
    return {
        "@context": CONTEXTS,
        "id": "urn:uuid:0b5f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a77",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Knot Tying",
        "issuer": {
            "id": issuer,
            "type": ["Profile"],
            "name": "Peer Example",
            "url": "https://peer.example",
            "email": "complaints@peer.example",
        },
        "validFrom": CREATED,
        "validUntil": "2028-07-01T23:59:59Z",
        "awardedDate": "2026-07-01T09:31:13Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": "Łucja O’Example",
                    "identityType": "name",
                }
            ],
            "licenseNumber": "KNOT-2026-7K3Q9FW8",
            "narrative": "Identity: account verified. Supervision: none.",
            "achievement": achievement(),
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": "https://peer.example/achievements/knots/1#outcome",
                    "status": "Completed",
                }
            ],
        },
        "evidence": [
            {
                "id": "ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
                "type": ["Evidence"],
                "genre": "model-card",
                "name": "Model card",
            }
        ],
        "credentialSchema": [{"id": "https://peer.example/schemas/knots-1.json", "type": "JsonSchema"}],
    }


LIST_URL = "https://peer.example/status/revocation/1"
STATUS = {
    "id": f"{LIST_URL}#77",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "77",
    "statusListCredential": LIST_URL,
}


def status_list(*revoked: int) -> Json:
    bits = statuslist.with_bits(131_072, frozenset(revoked))
    return {
        "@context": CONTEXTS[:1],
        "id": LIST_URL,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": DID_WEB,
        "validFrom": CREATED,
        "validUntil": "2026-08-05T09:32:00Z",
        "credentialSubject": {
            "id": f"{LIST_URL}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": statuslist.encode(bits),
        },
    }


def changed(document: Json, path: str, value: object) -> Json:
    """A copy of the document with one member set; steps through arrays are numbers."""
    result = copy.deepcopy(document)
    *parents, last = path.split("/")
    place: Any = result
    for step in parents:
        place = place[int(step) if isinstance(place, list) else step]
    place[int(last) if isinstance(place, list) else last] = value
    return result


# Each of them touches another kind of member: a literal, a reference, a nested node, an element of a set.
TAMPERINGS = {
    "a name": ("credentialSubject/identifier/0/identityHash", "Mallory"),
    "an expiry": ("validUntil", "2038-07-01T23:59:59Z"),
    "the id": ("id", "urn:uuid:0b5f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a78"),
    "an achievement": ("credentialSubject/achievement/name", "Rocket Science"),
    "a further type": ("credentialSubject/type", ["AchievementSubject", "Profile"]),
    "a proof's time": ("proof/0/created", "2026-07-01T09:32:01Z"),
}

AWKWARD_TEXT = {
    "empty": "",
    "spaces": "  two before, one after ",
    "quotes and backslashes": "\"double\" 'single' \\ \\\\ \\n \\u0041",
    "escapes with a letter": "\b\t\n\f\r",
    "control characters": "".join(map(chr, range(1, 0x20))) + "\x7f",
    "C1 controls": "".join(map(chr, range(0x80, 0xA0))),
    "NUL": "a\0b",
    "line separators": "a\u2028b\u2029c\u0085d\ve",
    "noncharacters and BOM": "\ufeff\ufffe\uffff\U0001fffe\U0010ffff",
    "emoji": "👩🏽‍🚀 🏳️‍🌈 \U0001f600",
    "Arabic and bidi marks": "\u202eعربي\u202c \u2067שלום\u2069",
    "Chinese beyond the BMP": "李雷 𠮷野家",
    "composed and decomposed": "é e\u0301 ﬁ Å",
    "what looks like N-Quads": '"a"@en .\n_:c14n0 <urn:p> "b"^^<urn:t> .',
    "what looks like a term": "@type",
    "what looks like an IRI": 'https://peer.example/?a=<b>&c="d"#{e}',
    "what looks like a number": "1.0E0",
    "long": "Now is the time. " * 2_000,
}

LIST = "credentialSubject/achievement/alignment"
TWIN = alignment("SK-2", "Grip")
PERSON = {"type": ["AchievementSubject"], "licenseNumber": "KNOT-1"}

# A path into `unsigned()` and what to put there. Under RDFC both sides must see the same statements in each.
STRUCTURES: dict[str, tuple[str, object]] = {
    "language": ("name", {"@value": "Knoten", "@language": "de"}),
    "language in upper case": ("name", {"@value": "Knoten", "@language": "de-AT"}),
    "value object without language": ("name", {"@value": "Knots"}),
    "several languages": ("name", ["Knots", {"@value": "Knoten", "@language": "de"}]),
    "repeated value": ("name", ["Knots", "Knots"]),
    "type as a string": ("type", "VerifiableCredential"),
    "an absolute type": ("type", ["VerifiableCredential", "https://peer.example/Knot"]),
    "an issuer as a string": ("issuer", DID_WEB),
    "several subjects": ("credentialSubject", [PERSON, {**PERSON, "licenseNumber": "KNOT-2"}]),
    "equal subjects": ("credentialSubject", [PERSON, PERSON]),
    "a subject with an id": ("credentialSubject/id", "did:example:holder"),
    "several evidences": ("evidence", [{"type": ["Evidence"], "name": name} for name in "abc"]),
    "equal evidences": ("evidence", [{"type": ["Evidence"], "name": "a"}] * 3),
    "evidence as one object": ("evidence", {"type": ["Evidence"], "name": "a"}),
    "equal nodes": (LIST, [TWIN, TWIN]),
    "equal and different nodes": (LIST, [TWIN, alignment("SK-9", "Load"), TWIN, TWIN]),
    "many nodes": (LIST, [alignment(f"SK-{n}", f"Name {n % 7}") for n in range(60)]),
    "one node without array": (LIST, TWIN),
    "a node with a type alone": (LIST, [{"type": ["Alignment"]}]),
    "a node that is only an id": ("credentialSubject/achievement/creator", {"id": "did:example:someone"}),
    "nested profiles": (
        "credentialSubject/achievement/creator",
        {"type": ["Profile"], "name": "A", "parentOrg": {"type": ["Profile"], "name": "A"}},
    ),
    "true": ("credentialSubject/identifier/0/hashed", True),
    "a whole number": ("credentialSubject/creditsEarned", 3),
    "an offset and milliseconds": ("validFrom", "2026-07-01T11:32:00.120+02:00"),
    "a status": ("credentialStatus", STATUS),
    "several statuses": (
        "credentialStatus",
        [STATUS, {**STATUS, "id": "urn:x:2", "statusPurpose": "suspension"}],
    ),
    "a schema as one object": ("credentialSchema", {"id": "urn:schema:1", "type": "JsonSchema"}),
    "a related resource": (
        "relatedResource",
        [{"id": "https://peer.example/r", "digestMultibase": "uEiAAAA", "mediaType": "text/html"}],
    ),
    "a proof inside": (
        "proof",
        {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": CREATED,
            "verificationMethod": f"{DID_WEB}#key-1",
            "proofPurpose": "assertionMethod",
        },
    ),
    "an international IRI": ("credentialSubject/achievement/id", "https://peer.example/узлы?q=é"),
}

# What one side drops, repairs or lets through, and what ours does not support: we may refuse, never differ.
TREACHEROUS: dict[str, tuple[str, object]] = {
    "direction": ("name", {"@value": "عقدة", "@language": "ar", "@direction": "rtl"}),
    "direction alone": ("name", {"@value": "عقدة", "@direction": "rtl"}),
    "a fraction": ("credentialSubject/creditsEarned", 0.1),
    "a large number": ("credentialSubject/creditsEarned", 1e21),
    "a negative fraction": ("credentialSubject/creditsEarned", -2.5e-7),
    "undefined term": ("credentialSubject/rank", "admiral"),
    "undefined type": ("credentialSubject/type", ["AchievementSubject", "Admiral"]),
    "null": ("name", None),
    "null in an array": ("name", ["Knots", None]),
    "@index": ("evidence/0/@index", "first"),
    "@nest": ("credentialSubject/@nest", {"licenseNumber": "KNOT-2"}),
    "@reverse": ("credentialSubject/@reverse", {"evidence": {"id": "urn:x"}}),
    "@included": ("@included", [{"id": "urn:x", "type": "Profile"}]),
    "@graph": ("@graph", [{"id": "urn:x", "type": "Profile"}]),
    "a list": ("name", {"@list": ["a", "b"]}),
    "relative id": ("credentialSubject/achievement/id", "achievements/1"),
    "relative reference": ("credentialSubject/achievement/criteria/id", "#here"),
    "id with a space": ("credentialSubject/achievement/id", "https://peer.example/a b"),
    "id with angle brackets": ("credentialSubject/achievement/id", "https://peer.example/<a>"),
    "id with a quote": ("credentialSubject/achievement/id", 'https://peer.example/"a"'),
    "blank node label": ("credentialSubject/id", "_:b0"),
    "compact id": ("credentialSubject/id", "xsd:dateTime"),
    "language with a space": ("name", {"@value": "Knots", "@language": "e n"}),
    "direction unknown": ("name", {"@value": "Knots", "@direction": "up"}),
    "inline vocabulary": ("@context", [*CONTEXTS, {"@vocab": "https://peer.example/#"}]),
    "nested context": ("credentialSubject/@context", {"licenseNumber": "https://peer.example/#rank"}),
    "lone surrogate": ("name", "a\ud800b"),
    "negative zero": ("credentialSubject/creditsEarned", -0.0),
    "a number where a text is": ("name", 7),
    "a truth where a date is": ("validFrom", True),
}

PRESENTATION = {
    "@context": CONTEXTS[:1],
    "type": ["VerifiablePresentation"],
    "holder": "did:example:holder",
    "verifiableCredential": [unsigned(), changed(unsigned(), "id", "urn:x:2")],
}

REGULAR = {
    "as it is": unsigned(),
    "a status list": status_list(1, 2, 3),
    "a presentation": PRESENTATION,
    **{f"text: {label}": changed(unsigned(), "name", text) for label, text in AWKWARD_TEXT.items()},
    **{label: changed(unsigned(), *change) for label, change in STRUCTURES.items()},
    **BREADTH,
}
IRREGULAR = {**{label: changed(unsigned(), *change) for label, change in TREACHEROUS.items()}, **ODD}
