"""Vectors of files that are no certificate: an issuer's own, and status lists as the document itself."""

import gzip
import json
from pathlib import Path
from typing import Any

from tests.kit.credentials import DID, REVOCATION, aima
from tests.kit.minting import ISSUER, encoded
from tests.vectors.case import Build, Case, Given, Of, deferred, given, text
from tests.vectors.lists import BITS, dated, gzipped, listing
from verifier.format.contexts import VCDM2
from verifier.format.proof import JCS
from verifier.format.types import Json, JsonObject

READ, CERTIFICATE, CONTENT = Of("readable"), Of("certificate"), Of("list-content")
SCHEMA = Path(__file__).parents[2] / "schemas" / "result-record-1.json"
WORDS = b"words that shorten"
DICTIONARY = ISSUER.trust(qrDictionaries={"https://credentials.example/qr/100.bin": "d29yZHMgdGhhdCBzaG9ydGVu"})
NAMED = {"beside": ("kind.status-list",), "reason": "It is a list, whatever is wrong with it."}
SUBJECT: Any = aima()["credentialSubject"]


def file(name: str, code: str, sentence: str, value: JsonObject) -> Case:
    return READ.undecided(f"own-{name}", f"kind.{code}", sentence, text(encoded(value)))


def content(name: str, code: str, sentence: str, **members: Any) -> Case:
    document = ISSUER.secured(listing(**members), JCS)
    return CONTENT.invalid(f"list-alone-{name}", f"list.{code}", sentence, given(document), **NAMED)


def alone(name: str, sentence: str, build: Build, **beside: Any) -> Case:
    return CERTIFICATE.undecided(f"list-alone-{name}", "kind.status-list", sentence, build, **beside)


@deferred
def dictionary() -> Given:
    return Given(WORDS, DICTIONARY)


def older(kind: str, suite: str = JCS, **subject: Json) -> JsonObject:
    """A list of a kind that is not read here."""
    types: Json = ["VerifiableCredential", f"{kind}Credential"]
    return ISSUER.secured({**listing(), "type": types, "credentialSubject": {"id": REVOCATION, **subject}}, suite)


FULL = "https://www.w3.org/ns/credentials/status#BitstringStatusList"
_FILES: tuple[Case, ...] = (
    file("trust", "trust-file", "A trust file.", ISSUER.trust_file()),
    file("memory", "memory", "The memory of a trust folder.", {"seenAt": "2026-08-01T00:00:00Z", "statusLists": {}}),
    file("did", "did-document", "A DID document.", ISSUER.did_document()),
    file("did-no-keys", "did-document", "One without any key.", {"id": DID, "service": []}),
    file("achievement", "achievement", "An achievement, as an issuer publishes it.", SUBJECT["achievement"]),
    file("profile", "profile", "A profile of Open Badges.", {"id": DID, "type": ["Profile"], "name": "Example"}),
    file("record", "result-record", "A record of a result.", {"resultId": "r", "candidate": {}, "outcome": "pass"}),
    file("report", "report", "A report that says valid.", {"verdict": "valid", "genuine": True, "checks": []}),
    file("schema", "schema", "A JSON Schema.", json.loads(SCHEMA.read_bytes())),
    file("schema-plain", "schema", "One that does not say so.", {"type": "object", "properties": {}}),
    file("context", "context", "A vocabulary.", {"@context": {"a": "https://a.example/a"}}),
    file("contexts", "context", "One that builds on another.", {"@context": [VCDM2, {"a": "https://a.example/a"}]}),
    file("keys", "key-set", "A set of keys.", {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AA"}]}),
    file("key", "key-set", "A key.", {"kty": "OKP", "crv": "Ed25519", "x": "AA"}),
    READ.undecided("own-dictionary", "kind.qr-dictionary", "A dictionary of QR codes.", dictionary()),
)
_ALONE: tuple[Case, ...] = (
    alone("genuine", "A genuine list, with nothing wrong.", given(ISSUER.secured(listing()))),
    alone("jcs", "The same under eddsa-jcs-2022.", given(ISSUER.secured(listing(), JCS))),
    alone("jwt", "The same as a token.", lambda: Given(ISSUER.token(listing()).encode())),
    alone("message", "A list that decides nothing.", given(ISSUER.secured(listing("message")))),
    alone("set", "A list in which a place is set.", given(dated("2026-07-31T10:00:00Z", frozenset({1})))),
    alone(
        "type-in-full",
        "One whose types are written in full, as JSON-LD allows: not read here, and no certificate either.",
        given(ISSUER.secured(listing(type=["VerifiableCredential", f"{FULL}Credential"], type_of_subject=FULL), JCS)),
        beside=("terms.undefined-signed",),
        reason="The words of a list have a meaning under its short type alone.",
    ),
    alone(
        "of-2021",
        "One of the kind before, which is not read here.",
        given(older("StatusList2021", type="StatusList2021", encodedList="u")),
        beside=("terms.undefined-signed",),
        reason="Its words have no meaning under the contexts at hand.",
    ),
    alone(
        "untyped",
        "What has the bits of a list, and does not call itself one.",
        given(ISSUER.secured(listing(type=["VerifiableCredential"], type_of_subject=None), JCS)),
        beside=("terms.undefined-signed",),
        reason="Without its type the words of a list have no meaning.",
    ),
    alone(
        "stale",
        "One that is too old to rely on.",
        given(dated("2026-06-01T00:00:00Z")),
        beside=("status.stale",),
        reason="What it says is old as well.",
    ),
    alone(
        "unaccepted",
        "One of an issuer that is not accepted.",
        given(ISSUER.secured(listing()), ISSUER.trust(issuers=[])),
        beside=("issuer.not-accepted",),
        reason="Nobody has said that its issuer counts.",
    ),
    alone(
        "unknown",
        "One whose issuer's keys are not at hand: it is named first.",
        given(ISSUER.secured(listing()), ISSUER.trust(didDocuments={})),
        beside=("did.unknown",),
        reason="Its signature cannot be checked.",
    ),
)
_CONTENT: tuple[Case, ...] = (
    content("form", "form", "A list without a purpose.", statusPurpose=None),
    content("number", "form", "One for the purpose 5.", statusPurpose=5),
    CONTENT.invalid(
        "list-alone-subject",
        "list.form",
        "One whose subject is no list.",
        given(ISSUER.secured(listing(type_of_subject=None), JCS)),
        beside=("kind.status-list", "terms.undefined-signed"),
        reason="It is a list, and its words have no meaning without their type.",
    ),
    content("type", "form", "One that only its subject calls so.", type=["VerifiableCredential"]),
    content("none", "encoding", "One without bits.", encodedList=None),
    content("cut", "encoding", "One that was cut off.", encodedList=gzipped(gzip.compress(BITS)[:-9])),
    content("short", "size", "One shorter than 131,072 entries.", encodedList=gzipped(gzip.compress(BITS[1:]))),
    CONTENT.invalid(
        "list-alone-several",
        "list.form",
        "Two lists in one.",
        given(ISSUER.secured({**listing(), "credentialSubject": [listing()["credentialSubject"]] * 2}, JCS)),
        **NAMED,
    ),
)
CASES = (*_FILES, *_ALONE, *_CONTENT)
