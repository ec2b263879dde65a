"""One credential for each code of the verifier: what to verify, under which trust, to get that code and no other."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.kit import credentials
from tests.kit.credentials import DID, REVOCATION, SUSPENSION, aima, caig, entry
from tests.kit.minting import AT, ISSUER, Issuer, Key, changed, encoded, sign
from verifier import Policy, Trust
from verifier.format import statuslist
from verifier.format.contexts import VCDM2
from verifier.format.multibase import encode_base58btc
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_CREDENTIAL_BYTES, MAX_JSON_MEMBERS, MAX_PROOFS, MIN_STATUS_BITS

TRUST = ISSUER.trust()
OTHER = Issuer(did="did:web:other.example", key=Key("other"), fragment="key-1")
PLAIN: JsonObject = changed(aima(), credentialStatus=None, credentialSchema=None)


@dataclass(frozen=True)
class Case:
    data: bytes
    trust: Trust = TRUST
    at: datetime = AT
    policy: Policy = field(default_factory=Policy)
    beside: str = ""  # a code of another check that cannot but come along


def case(document: JsonObject, trust: Trust = TRUST, **policy: Any) -> Case:
    return Case(encoded(document), trust, policy=Policy(**policy))


def signed(document: JsonObject | None = None, **members: Json) -> Case:
    """The credential, or one with members changed, properly signed."""
    return case(ISSUER.secured(changed(document or PLAIN, **members)))


def unsigned_change(**members: Json) -> Case:
    """Signed, and then members changed: the check under test comes before the signature's."""
    return case({**ISSUER.secured(PLAIN), **members})


def options(cryptosuite: str = RDFC, **members: Json) -> Case:
    """The credential under a proof with members set before it was signed; None takes one away."""
    return case(ISSUER.secured(PLAIN, cryptosuite, adjust=lambda given: changed(given, **members)))


def context(*entries: Json) -> dict[str, Json]:
    """The member @context: the base context, then the entries."""
    return {"@context": [VCDM2, *entries]}


def did_document(change: Callable[[Any], None], **trust: Json) -> Case:
    """The credential with the issuer's DID document changed; no key windows, so that the document decides."""
    document = copy.deepcopy(ISSUER.did_document())
    change(document)
    accepted: Json = [{"id": DID, "name": "", "keys": []}]
    given: dict[str, Json] = {"issuers": accepted, "didDocuments": {DID: document}, **trust}
    return case(ISSUER.secured(PLAIN), ISSUER.trust(**given))


def method(**members: Json) -> Case:
    """The credential with members of the issuer's verification method changed."""
    return did_document(lambda document: document["verificationMethod"][0].update(members))


def window(created: Json = "2026-07-20T10:00:00Z", **dates: Json) -> Case:
    """The credential under a trust file with this window of the signing key."""
    key: JsonObject = {"id": ISSUER.method, **dates}
    trust = ISSUER.trust(issuers=[{"id": DID, "name": "", "keys": [key]}])
    return Case(options(created=created).data, trust)


def status_list(encoded_list: str = "", **members: Json) -> Case:
    """An AIMA whose list has members, or its bits, changed before it was signed."""
    document: Any = changed(ISSUER.status_list("revocation", REVOCATION), **members)
    if encoded_list:
        document["credentialSubject"]["encodedList"] = encoded_list
    return listed(ISSUER.secured(document))


def listed(revocation: JsonObject | None) -> Case:
    """An AIMA, and what the trust has for its list."""
    lists: JsonObject = {} if revocation is None else {REVOCATION: revocation}
    return Case(encoded(ISSUER.secured(aima())), ISSUER.trust(statusLists=lists))


def bits_set(*, revoked: frozenset[int] = frozenset(), suspended: frozenset[int] = frozenset()) -> Case:
    """A CAIG and its two lists with bits set."""
    lists = ISSUER.lists(revoked=revoked, suspended=suspended)
    return Case(encoded(ISSUER.secured(caig())), ISSUER.trust(statusLists=lists))


def suspended_before() -> Case:
    """A CAIG that was suspended when its list was made; the list is too old, which is what leaves it open."""
    document = changed(
        ISSUER.status_list("suspension", SUSPENSION, frozenset({90177})), validUntil="2026-08-01T11:00:00Z"
    )
    lists: JsonObject = {**ISSUER.lists(), SUSPENSION: ISSUER.secured(document)}
    return Case(encoded(ISSUER.secured(caig())), ISSUER.trust(statusLists=lists), beside="status.stale")


def purpose(value: Json) -> Case:
    """An AIMA whose list has this statusPurpose."""
    return listed(ISSUER.secured(ISSUER.status_list(value, REVOCATION)))


def schema(schemas: JsonObject, **policy: bool) -> Case:
    """A credential that names a schema, with these schemas at hand."""
    return case(ISSUER.secured(changed(aima(), credentialStatus=None)), ISSUER.trust(schemas=schemas), **policy)


def foreign(issuer: str, trust: Trust = TRUST) -> Case:
    """A credential of an issuer whose key cannot be found: signed with any key under the issuer's name."""
    document = changed(PLAIN, issuer=issuer)
    return case({**document, "proof": sign(document, OTHER.key, f"{issuer}#key-1")}, trust)


def other_trust(**members: Json) -> Trust:
    """A trust that has the other issuer's documents, too, and accepts only ours."""
    documents: JsonObject = {DID: ISSUER.did_document(), OTHER.did: OTHER.did_document()}
    return ISSUER.trust(**{"didDocuments": documents, **members})


def nest(depth: int, width: int) -> JsonObject:
    """Nameless objects that all look alike: canonicalizing them takes more work than anybody waits for."""
    node: JsonObject = {"type": ["Profile"], "name": "a"}
    if depth:
        node["parentOrg"] = [nest(depth - 1, width) for _ in range(width)]
    return node


def text(value: str) -> Case:
    return Case(value.encode("utf-8", "surrogatepass"))


WEAK_KEY = encode_base58btc(b"\xed\x01\x01" + bytes(31))  # the point (0, 1), under which anyone can sign
PROFILE: JsonObject = {"id": DID, "type": ["Profile"]}
REQUIRED_SCHEMA: JsonObject = {f"{credentials.HOST}/schemas/aima-credential-1.json": {"required": ["noSuchMember"]}}


CASES: dict[str, Case] = {
    "json.size": Case(b'{"a":"' + b"x" * MAX_CREDENTIAL_BYTES + b'"}'),
    "json.encoding": Case('{"a":"é"}'.encode("latin-1")),
    "json.syntax": text('{"a":'),
    "json.not-object": text("[]"),
    "json.duplicate-name": text('{"a":1,"a":1}'),
    "json.number": text('{"a":1e400}'),
    "json.depth": text('{"a":' * 70 + "1" + "}" * 70),
    "json.members": text('{"a":[' + "0," * MAX_JSON_MEMBERS + "0]}"),
    "json.surrogate": text('{"a":"\\ud800"}'),
    "vc.context": unsigned_change(**{"@context": VCDM2}),
    "vc.id": unsigned_change(id="no URL"),
    "vc.type": unsigned_change(type=["OpenBadgeCredential"]),
    "vc.issuer": unsigned_change(issuer={"name": "Nobody"}),
    "vc.subject": unsigned_change(credentialSubject={}),
    "vc.period": unsigned_change(validFrom="2026-07-01T09:32:00"),
    "vc.status": unsigned_change(credentialStatus={"id": "https://credentials.example/s"}),
    "vc.schema": unsigned_change(credentialSchema={"type": "JsonSchema"}),
    "vc.typed-object": unsigned_change(evidence=[{"name": "Untyped"}]),
    "vc.language": unsigned_change(name={"@value": "Name", "@index": "a"}),
    "vc.related-resource": unsigned_change(relatedResource=[{"id": "https://credentials.example/r"}]),
    "context.invalid": unsigned_change(evidence=[{"@context": 5, "type": ["Evidence"]}]),
    "context.protected": unsigned_change(evidence=[{"@context": [VCDM2, None], "type": ["Evidence"]}]),
    "context.unknown": unsigned_change(**context("https://credentials.example/unknown")),
    "context.inline": unsigned_change(**context({"rank": "https://credentials.example/#rank"})),
    "terms.undefined": unsigned_change(rank="admiral"),
    "terms.null": unsigned_change(name=None),
    "terms.iri": unsigned_change(issuer={**PROFILE, "image": {"id": "logo.png", "type": "Image"}}),
    "terms.unsupported": unsigned_change(name={"@value": "a", "@language": "ar", "@direction": "rtl"}),
    "terms.undefined-signed": case(ISSUER.secured(changed(PLAIN, rank="admiral"), JCS)),
    "proof.missing": case(PLAIN),
    "proof.count": case({**PLAIN, "proof": [sign(PLAIN, ISSUER.key, ISSUER.method)] * (MAX_PROOFS + 1)}),
    "proof.type": case({**PLAIN, "proof": ["none"]}),
    "proof.purpose": options(proofPurpose="authentication"),
    "proof.method": options(verificationMethod=DID),
    "proof.created": options(created="2026-08-01T12:02:00Z"),
    "proof.value": case({**PLAIN, "proof": {**sign(PLAIN, ISSUER.key, ISSUER.method), "proofValue": "z1"}}),
    "proof.context": options(JCS, **context(VCDM2)),
    "proof.cryptosuite": case({**PLAIN, "proof": {**sign(PLAIN, ISSUER.key, ISSUER.method), "cryptosuite": "x"}}),
    "proof.chain": options(previousProof="urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a12"),
    "did.invalid": did_document(lambda document: document.update(id="did:web:else.example")),
    "did.unknown": foreign("did:web:unknown.example"),
    "did.method": foreign("https://credentials.example/issuer"),
    "method.unknown": method(id=f"{DID}#another"),
    "method.purpose": did_document(lambda document: document.update(assertionMethod=[])),
    "method.controller": method(controller=OTHER.did),
    "method.key": method(publicKeyMultibase=WEAK_KEY),
    "key.early": window(activeFrom="2026-07-21T00:00:00Z"),
    "key.late": window(activeFrom="2026-01-01T00:00:00Z", activeUntil="2026-07-20T09:59:59Z"),
    "key.revoked": method(revoked="2026-08-01T12:00:00Z"),
    "key.expired": method(expires="2026-08-01T12:00:00Z"),
    "key.undated": window(created=None, activeUntil="2027-01-01T00:00:00Z"),
    "key.unlisted": case(ISSUER.secured(PLAIN), ISSUER.trust(issuers=[{"id": DID, "keys": [{"id": f"{DID}#old"}]}])),
    "signature.mismatch": unsigned_change(name="Another name"),
    "rdf.too-complex": unsigned_change(issuer={**nest(3, 6), "id": DID}),
    "period.early": signed(validFrom="2026-08-01T12:01:01Z"),
    "period.expired": signed(validUntil="2026-08-01T11:59:59Z"),
    "proof.expired": options(expires="2026-08-01T12:00:00Z"),
    "status.index": signed(aima(), credentialStatus={**entry("revocation", REVOCATION, 0), "statusListIndex": "01"}),
    "status.purpose": purpose("suspension"),
    "status.issuer": Case(
        encoded(ISSUER.secured(aima())),
        other_trust(statusLists={REVOCATION: OTHER.secured(OTHER.status_list("revocation", REVOCATION))}),
    ),
    "status.missing": listed(None),
    "status.type": signed(credentialStatus={**entry("refresh", REVOCATION, 1)}),
    "status.not-genuine": listed({**ISSUER.secured(ISSUER.status_list("revocation", REVOCATION)), "name": "Changed"}),
    "status.encoding": status_list(encoded_list="uAAAA"),
    "status.size": status_list(encoded_list=statuslist.encode(bytes(MIN_STATUS_BITS // 8 - 1))),
    "status.stale": status_list(validUntil="2026-08-01T11:59:59Z"),
    "status.early": status_list(validFrom="2026-08-01T12:01:01Z"),
    "status.revoked": bits_set(revoked=frozenset({48214})),
    "status.suspended": bits_set(suspended=frozenset({90177})),
    "status.suspended-before": suspended_before(),
    "issuer.not-accepted": case(ISSUER.secured(PLAIN), ISSUER.trust(issuers=[])),
    "schema.mismatch": schema(REQUIRED_SCHEMA),
    "schema.required-mismatch": schema(REQUIRED_SCHEMA, require_schema=True),
    "schema.required-missing": schema({}, require_schema=True),
}
