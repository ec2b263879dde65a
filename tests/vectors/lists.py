"""Builders of the vectors of status: lists, and credentials that point at them."""

import gzip
from typing import Any

from tests.kit.credentials import DID, REVOCATION, SUSPENSION, aima, caig, entry
from tests.kit.minting import ISSUER, LIST_FROM, Issuer, Key, changed, encoded, read_trust, sign
from tests.vectors.case import OTHER, Build, Case, Given, Of, deferred, knowing
from tests.vectors.cases_proofs import UNSUPPORTED
from verifier import Policy, Trust
from verifier.format import statuslist
from verifier.format.multibase import encode_base64url
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_STATUS_SIZE, MIN_STATUS_BITS

AUTHENTIC, FRESH = Of("status-list-authentic"), Of("status-fresh")
REVOKED, SUSPENDED = Of("not-revoked"), Of("not-suspended")
INDEX = 48_213
SET = frozenset({INDEX})
BITS = statuslist.with_bits(MIN_STATUS_BITS, frozenset())


def listing(purpose: Json = "revocation", indices: frozenset[int] = frozenset(), **members: Json) -> JsonObject:
    """The unsigned revocation list with members changed; those of its subject may be named, too."""
    document: Any = ISSUER.status_list(purpose, REVOCATION, indices)
    names = [name for name in ("statusPurpose", "encodedList", "type_of_subject") if name in members]
    own: JsonObject = {name: members.pop(name) for name in names}
    if "type_of_subject" in own:
        own["type"] = own.pop("type_of_subject")
    return changed({**document, "credentialSubject": changed(document["credentialSubject"], **own)}, **members)


@deferred
def listed(document: JsonObject | None, trust: Trust | None = None, **policy: Any) -> Given:
    """An AIMA, and what the trust has for its list."""
    lists: JsonObject = {} if document is None else {REVOCATION: document}
    given = ISSUER.trust(statusLists=lists) if trust is None else trust
    return Given(encoded(ISSUER.secured(aima())), given, policy=Policy(**policy))


@deferred
def list_with(suite: str = RDFC, **members: Any) -> Given:
    """An AIMA whose list has members changed before it was signed."""
    return listed(ISSUER.secured(listing(**members), suite))()


@deferred
def pointing(status: Json, *lists: JsonObject, trust: Trust | None = None, suite: str = RDFC, **members: Json) -> Given:
    """A credential with this status and members changed, and our lists or those given."""
    known: JsonObject = {str(each["id"]): each for each in lists} or ISSUER.lists()
    document = ISSUER.secured(changed(aima(), credentialStatus=status, **members), suite)
    return Given(encoded(document), trust or ISSUER.trust(statusLists=known))


def index(name: str, sentence: str, value: Json) -> Case:
    """An entry with this index; eddsa-jcs-2022 signs whatever stands there."""
    status = {**entry("revocation", REVOCATION, 0), "statusListIndex": value}
    document = ISSUER.secured(changed(aima(), credentialStatus=status), JCS)
    return AUTHENTIC.invalid(
        f"index-{name}", "status.index", sentence, lambda: Given(encoded(document), ISSUER.trust())
    )


def by_other(*copies: JsonObject, document: JsonObject | None = None, accepted: bool = True) -> Build:
    """A credential under these copies of its list, where a second issuer is known, and accepted or not."""

    def build() -> Given:
        issuers: Json = [{"id": each} for each in (DID, *([OTHER.did] if accepted else []))]
        trust = knowing(OTHER, statusLists={}, issuers=issuers)
        for each in copies:
            trust += read_trust(each)
        return Given(encoded(ISSUER.secured(document or aima())), trust)

    return build


def others_list(indices: frozenset[int] = frozenset(), start: str = LIST_FROM, **members: Json) -> JsonObject:
    """The revocation list, or that with members changed, by a second issuer."""
    return OTHER.secured(listing(indices=indices, validFrom=start, issuer=OTHER.did, **members))


def sized(size: Json, index: int = 1, purpose: str = "revocation") -> JsonObject:
    """An entry of this size, with a message for each of its values."""
    values = range(1 << size) if isinstance(size, int) and 0 < size <= MAX_STATUS_SIZE else ()
    messages: Json = [{"status": f"{value:#x}", "message": f"message {value}"} for value in values]
    said: JsonObject = {"statusMessage": messages} if messages else {}
    return {**entry(purpose, REVOCATION, index), "statusSize": size, **said}


def size(name: str, sentence: str, value: Json) -> Case:
    """A credential whose entry has this statusSize, and a list in which nothing is set."""
    document = ISSUER.secured(changed(aima(), credentialStatus=sized(value)), JCS)
    return AUTHENTIC.undecided(
        f"size-{name}", "status.type", sentence, lambda: Given(encoded(document), ISSUER.trust())
    )


@deferred
def copies(*documents: JsonObject, document: JsonObject | None = None) -> Given:
    """A credential under several copies of its list."""
    trust = ISSUER.trust(statusLists={})
    for each in documents:
        trust += read_trust(each)
    return Given(encoded(ISSUER.secured(document or aima())), trust)


def dated(start: str, indices: frozenset[int] = frozenset(), **members: Json) -> JsonObject:
    return ISSUER.secured(listing(indices=indices, validFrom=start, **members))


@deferred
def bits_set(*, revoked: frozenset[int] = frozenset(), suspended: frozenset[int] = frozenset()) -> Given:
    """A CAIG and its two lists with bits set."""
    lists = ISSUER.lists(revoked=revoked, suspended=suspended)
    return Given(encoded(ISSUER.secured(caig())), ISSUER.trust(statusLists=lists))


@deferred
def suspension(indices: frozenset[int] = frozenset(), **members: Json) -> Given:
    """A CAIG whose suspension list has members changed."""
    document = changed(ISSUER.status_list("suspension", SUSPENSION, indices), **members)
    lists: JsonObject = {**ISSUER.lists(), SUSPENSION: ISSUER.secured(document)}
    return Given(encoded(ISSUER.secured(caig())), ISSUER.trust(statusLists=lists))


def gzipped(data: bytes) -> str:
    return "u" + encode_base64url(data)


def not_genuine(name: str, sentence: str, build: Build) -> Case:
    return AUTHENTIC.undecided(f"list-{name}", "status.not-genuine", sentence, build)


def chained_list() -> JsonObject:
    """The proof rests on one of a suite that is not checked here; it would hold."""
    unchecked: JsonObject = {**UNSUPPORTED, "id": "urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a15"}
    document = listing()
    return {**document, "proof": [unchecked, sign(document, ISSUER.key, ISSUER.method, previous=(unchecked,))]}


def late_list() -> Build:
    """The credential's key was good for long enough, that of the list was not."""
    second = Issuer(key=Key("second"), fragment="key-2026-2")
    document = listing()
    described: JsonObject = {
        **ISSUER.did_document(),
        "verificationMethod": [ISSUER.verification_method, second.verification_method],
        "assertionMethod": [ISSUER.method, second.method],
    }
    keys: Json = [{"id": ISSUER.method}, {"id": second.method, "activeUntil": "2026-07-01T00:00:00Z"}]
    trust = ISSUER.trust(
        issuers=[{"id": DID, "keys": keys}],
        didDocuments={DID: described},
        statusLists={REVOCATION: second.secured(document)},
    )
    return listed(None, trust)


PACKED = gzip.compress(BITS, mtime=0)
GOOD, NEWER, OLDER = dated("2026-07-31T10:00:00Z"), dated("2026-07-31T11:00:00Z"), dated("2026-07-30T10:00:00Z")
TAMPERED: JsonObject = {**ISSUER.secured(listing()), "name": "Changed"}
FORGED = {**(fake := listing(validFrom="2026-08-01T10:00:00Z")), "proof": sign(fake, OTHER.key, ISSUER.method)}
