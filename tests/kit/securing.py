"""Shorthands for every way to secure a credential that the verifier reads."""

import operator
from functools import partial

from tests.kit.minting import HOLDER, ISSUER, Holder, Key, sign
from verifier.format import proof
from verifier.format.contexts import VCDM1, VCDM2, contexts_for
from verifier.format.types import Json, JsonObject

COSIGNER = Key("co-signer")
ED25519_2020_CONTEXT = "https://w3id.org/security/suites/ed25519-2020/v1"


def method_of(key: Key) -> str:
    """The verification method of a did:key."""
    return f"{key.did_key}#{key.multibase}"


def proof_set(document: JsonObject, count: int = 2, cryptosuite: str = proof.RDFC) -> JsonObject:
    """The issuer's proof and those of `count - 1` others, each over the document alone."""
    contexts = contexts_for()
    others = [COSIGNER, *(Key(f"co-signer {place}") for place in range(2, count))][: count - 1]
    proofs: list[Json] = [sign(document, ISSUER.key, ISSUER.method, cryptosuite=cryptosuite, contexts=contexts)]
    proofs += [sign(document, key, method_of(key), cryptosuite=cryptosuite, contexts=contexts) for key in others]
    return {**document, "proof": proofs}


def chain(document: JsonObject, count: int = 2, cryptosuite: str = proof.RDFC) -> JsonObject:
    """`count` proofs of the issuer, each over the one before as well."""
    proofs: list[JsonObject] = []
    sign_each = partial(sign, document, ISSUER.key, ISSUER.method, cryptosuite=cryptosuite, contexts=contexts_for())
    for place in range(count):
        name: JsonObject = {"id": f"urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0000000000{place:02}"}
        proofs.append(sign_each(previous=tuple(proofs[-1:]), adjust=partial(operator.or_, name)))
    return {**document, "proof": [*proofs]}


def ed25519_2020(document: JsonObject) -> JsonObject:
    """The document, with the suite's context appended, under one Ed25519Signature2020."""
    contexts = document["@context"]
    assert isinstance(contexts, list)
    plain: JsonObject = {**document, "@context": [*contexts, ED25519_2020_CONTEXT]}
    return {**plain, "proof": sign(plain, ISSUER.key, ISSUER.method, cryptosuite=proof.ED25519_2020)}


def version_1(document: JsonObject) -> JsonObject:
    """A credential of VCDM 1.1 that says what `document` says at its top level; without Open Badges terms."""
    return {
        "@context": [VCDM1, "https://w3id.org/security/data-integrity/v2"],
        "id": document["id"],
        "type": ["VerifiableCredential"],
        "issuer": ISSUER.did,
        "issuanceDate": document["validFrom"],
        "expirationDate": document["validUntil"],
        "credentialSubject": {"id": HOLDER.did},
    }


def jwt(document: JsonObject, **header: Json) -> bytes:
    """The document as `vc+jwt`; a header member that is None is left out."""
    return ISSUER.token(document, **header).encode()


def enveloped(token: bytes) -> JsonObject:
    """A `vc+jwt` as it stands inside a presentation (VCDM 2.0 section 4.13.1)."""
    return {
        "@context": [VCDM2],
        "id": f"data:application/vc+jwt,{token.decode()}",
        "type": "EnvelopedVerifiableCredential",
    }


def presentation(
    *credentials: Json, challenge: str = "", domain: str = "", holder: Holder | None = HOLDER
) -> JsonObject:
    """A presentation under the holder's proof; unsigned and of nobody without a holder."""
    if holder is None:
        return HOLDER.presentation(*credentials, holder=None)
    return holder.signed(holder.presentation(*credentials), challenge=challenge or None, domain=domain or None)
