"""Builders of the vectors of presentations."""

import copy
from collections.abc import Callable
from typing import Any

from tests.kit.credentials import DID
from tests.kit.minting import HOLDER, ISSUER, Holder, Issuer, Key, changed, encoded, sign
from tests.vectors.case import PLAIN, TRUST, Build, Case, Given, Of, deferred, knowing
from verifier import Policy, Trust
from verifier.format.contexts import VCDM2
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject

READABLE, SHAPE, CONTEXTS, TERMS = Of("readable"), Of("well-formed"), Of("contexts-known"), Of("terms-defined")
PROOF, RESOLVED, AUTHORISED = Of("proof-shape"), Of("issuer-resolved"), Of("method-authorised")
STATE, SIGNATURE, BOUND, INSIDE = Of("key-state"), Of("signature"), Of("presentation-bound"), Of("credentials-inside")
PERIOD, ADDRESSED = Of("validity-period"), Of("addressed")
INNER = ISSUER.secured(PLAIN)
STRANGER = Holder(Key("stranger"))
ORGANISATION = Issuer(did="did:web:holder.example", key=HOLDER.key, fragment="key-1")
ENVELOPE = "data:application/vc+jwt,"


def about(subject: str) -> JsonObject:
    """The plain credential about somebody with a DID."""
    own: Any = PLAIN["credentialSubject"]
    return changed(PLAIN, credentialSubject={**own, "id": subject})


def enveloped(address: Json) -> JsonObject:
    return {"@context": [VCDM2], "type": ["EnvelopedVerifiableCredential"], "id": address}


@deferred
def presented(
    *inside: Json, suite: str = RDFC, trust: Trust = TRUST, proof: Any = None, policy: Any = None, **members: Json
) -> Given:
    """A presentation of the credentials, or of a plain one, with members changed and signed by the holder."""
    document = HOLDER.presentation(*(inside or (INNER,)), **members)
    return Given(encoded(HOLDER.signed(document, suite, **(proof or {}))), trust, policy=Policy(**(policy or {})))


@deferred
def as_is(name: str, value: Json) -> Given:
    """A presentation with one member set, also to null, and signed as it stands."""
    return Given(encoded(HOLDER.signed({**HOLDER.presentation(INNER), name: value}, JCS)))


@deferred
def later(suite: str = RDFC, **members: Json) -> Given:
    """A presentation with members set after it was signed."""
    return Given(encoded({**HOLDER.signed(HOLDER.presentation(INNER), suite), **members}))


@deferred
def proofs(*entries: Json) -> Given:
    """A presentation under these proofs."""
    return Given(encoded({**HOLDER.presentation(INNER), "proof": list(entries)}), knowing(ORGANISATION))


def proof(holder: Holder = HOLDER, method: str = "", **members: Json) -> JsonObject:
    """A proof on the presentation, with options set before it was signed."""
    given: JsonObject = {"proofPurpose": "authentication", **members}
    document = HOLDER.presentation(INNER)
    return sign(document, holder.key, method or holder.method, adjust=lambda usual: changed(usual, **given))


@deferred
def organisation(change: Callable[[Any], None], **document: Json) -> Given:
    """A presentation by a did:web holder whose DID document was changed."""
    described: Any = copy.deepcopy(ORGANISATION.did_document())
    described["authentication"] = described["assertionMethod"]
    change(described)
    presentation = HOLDER.presentation(INNER, holder=ORGANISATION.did)
    one = sign(
        presentation, HOLDER.key, ORGANISATION.method, adjust=lambda usual: {**usual, "proofPurpose": "authentication"}
    )
    documents: JsonObject = {DID: ISSUER.did_document(), ORGANISATION.did: described, **document}
    return Given(encoded({**presentation, "proof": [one]}), ISSUER.trust(didDocuments=documents))


def stranger_presents() -> Build:
    """Without a holder, a credential about the holder, signed by a stranger."""
    return deferred(
        lambda: Given(encoded(STRANGER.signed(HOLDER.presentation(ISSUER.secured(about(HOLDER.did)), holder=None))))
    )()


def issuer_presents() -> Build:
    """The issuer's key, under the purpose of presentations."""
    described: JsonObject = {**ISSUER.did_document(), "authentication": [ISSUER.method]}
    document = HOLDER.presentation(INNER)
    one = sign(document, ISSUER.key, ISSUER.method, adjust=lambda usual: {**usual, "proofPurpose": "authentication"})
    return lambda: Given(encoded({**document, "proof": one}), ISSUER.trust(didDocuments={DID: described}))


def removed() -> Build:
    second = ISSUER.secured(changed(PLAIN, id="urn:x:2"))
    whole = HOLDER.signed(HOLDER.presentation(INNER, second))
    return lambda: Given(encoded({**whole, "verifiableCredential": [INNER]}))


def replayed() -> Build:
    """What was made for one occasion, with the challenge of another written over it."""
    given = {**proof(challenge="old"), "challenge": "new"}
    document: JsonObject = {**HOLDER.presentation(INNER), "proof": given}
    return lambda: Given(encoded(document), policy=Policy(challenge="new"))


def replayed_beside() -> Build:
    """What the holder made for one occasion, with a stranger's proof for another beside it."""
    entries: list[Json] = [proof(challenge="old"), proof(STRANGER, challenge="new")]
    document: JsonObject = {**HOLDER.presentation(INNER), "proof": entries}
    return lambda: Given(encoded(document), policy=Policy(challenge="new"))


def swapped() -> str:
    """A token with the signature of another."""
    one, other = ISSUER.token(PLAIN), ISSUER.token({**PLAIN, "name": "Another"})
    return f"{one.rpartition('.')[0]}.{other.rpartition('.')[2]}"


def own_credential() -> JsonObject:
    """What the holder says of himself, in the form of a credential."""
    document = changed(about(HOLDER.did), issuer=HOLDER.did)
    return {**document, "proof": sign(document, HOLDER.key, HOLDER.method)}


def shape(name: str, code: str, sentence: str, member: str, value: Json) -> Case:
    return SHAPE.invalid(f"vp-{name}", f"vc.{code}", sentence, as_is(member, value))
