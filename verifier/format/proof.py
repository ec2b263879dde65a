"""Data Integrity proofs: what eddsa-rdfc-2022, eddsa-jcs-2022 and Ed25519Signature2020 hash and sign.

VC DI EdDSA 1.0 section 3; Data Integrity 1.0 section 4.

Signing and verifying share `hash_input`: one rule, so that what is signed is what is checked.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from ..limits import MAX_RECALLED
from .contexts import Contexts
from .errors import FormatError
from .jcs import canonicalize as canonicalize_jcs
from .multibase import decode_base58btc, encode_base58btc
from .nquads import Quad
from .rdfc import Work, canonicalize_quads
from .recall import Recall
from .terms import to_quads
from .types import Json, JsonObject

PROOF_TYPE: Final = "DataIntegrityProof"
RDFC: Final = "eddsa-rdfc-2022"
JCS: Final = "eddsa-jcs-2022"
ED25519_2020: Final = "Ed25519Signature2020"
SIGNATURE_BYTES: Final = 64


class Walked(Recall[list[Quad]]):
    """Quads of what was walked a moment ago, and their hashes, since each of several proofs is over the same ones.

    A hash and no text: that of a status list is long.
    """

    def __init__(self) -> None:
        super().__init__()
        self._hashed: list[tuple[list[Quad], bytes]] = []

    def hashed(self, quads: list[Quad], work: Work | None) -> bytes:
        """SHA-256 of their canonical form; a list is known again that is the very same object."""
        found = next((each for each in self._hashed if each[0] is quads), None)
        found = found or (quads, hashlib.sha256(canonicalize_quads(quads, work)).digest())
        self._hashed = [*(each for each in self._hashed if each is not found), found][-MAX_RECALLED:]
        return found[1]


"""The quads of the documents that were walked last."""


@dataclass(frozen=True, slots=True)
class HashInput:
    """The two canonical texts behind one signature."""

    proof: bytes
    document: bytes

    @property
    def data(self) -> bytes:
        """The 64 bytes that are signed: SHA-256 of the proof configuration, then of the document."""
        return hashlib.sha256(self.proof).digest() + hashlib.sha256(self.document).digest()


def suite_of(proof: JsonObject) -> str | None:
    """The suite that made a proof, or None when it is not one of those implemented here."""
    kind, cryptosuite = proof.get("type"), proof.get("cryptosuite")
    if kind == PROOF_TYPE and cryptosuite in (RDFC, JCS):
        return str(cryptosuite)
    return ED25519_2020 if kind == ED25519_2020 and cryptosuite is None else None


def hash_input(
    unsecured: JsonObject,
    options: JsonObject,
    contexts: Contexts | None = None,
    work: Work | None = None,
    walked: Walked | None = None,
) -> HashInput:
    """The canonical forms for a document without `proof` and a proof without `proofValue`.

    For eddsa-rdfc-2022 and Ed25519Signature2020 the proof is read under the document's `@context` (section 3.2.5);
    for eddsa-jcs-2022 the options are taken as they stand (section 3.3.5). In a chain, `unsecured` holds the proofs
    that this one rests on (Data Integrity 1.0 section 4.4). `work` bounds several calls together; `walked` has quads of
    what was walked under the same contexts a moment ago. Raises FormatError of the canonicalization.
    """
    if suite_of(options) == JCS:
        covered = HashInput(canonicalize_jcs(options), canonicalize_jcs(unsecured))
        if work:
            work.steps.take_characters(len(covered.proof) + len(covered.document))
        return covered
    proof, document = _quads(unsecured, options, contexts, walked)
    return HashInput(canonicalize_quads(proof, work), canonicalize_quads(document, work))


def hash_data(unsecured: JsonObject, options: JsonObject, contexts: Contexts, work: Work, walked: Walked) -> bytes:
    """`data` of the same, where several proofs may be on one document."""
    if suite_of(options) == JCS:
        return hash_input(unsecured, options, work=work).data
    return b"".join(walked.hashed(each, work) for each in _quads(unsecured, options, contexts, walked))


def _quads(
    unsecured: JsonObject, options: JsonObject, contexts: Contexts | None, walked: Walked | None
) -> tuple[list[Quad], list[Quad]]:
    if "@context" in unsecured:
        options = {**options, "@context": unsecured["@context"]}
    recall = walked or Walked()
    proof, document = (recall.answer(each, lambda it: to_quads(it, contexts)) for each in (options, unsecured))
    return proof, document


def unsecured(document: JsonObject) -> JsonObject:
    """`document` without its proofs: itself where it has none."""
    return {name: value for name, value in document.items() if name != "proof"} if "proof" in document else document


def options_of(proof: JsonObject) -> JsonObject:
    """The proof configuration: a proof without its `proofValue`."""
    return {name: value for name, value in proof.items() if name != "proofValue"}


def signed_document(document: JsonObject, proof: JsonObject) -> JsonObject:
    """The document this proof speaks about, which is the one to verify and to show.

    Under eddsa-jcs-2022 a proof that carries `@context` fixes the document's: the document may start with it and
    append more, yet what was appended is not signed and is dropped here (section 3.3.2). Raises FormatError
    `proof.context` when the document does not start with it.
    """
    plain = unsecured(document)
    if proof.get("cryptosuite") != JCS or "@context" not in proof:
        return plain
    fixed, present = _as_list(proof["@context"]), _as_list(plain.get("@context"))
    if present[: len(fixed)] != fixed:
        raise FormatError("proof.context", "The document does not start with the @context that its proof fixes.")
    return {**plain, "@context": proof["@context"]}


def new_options(document: JsonObject, cryptosuite: str, verification_method: str, created: str) -> JsonObject:
    """The proof configuration for a new proof on `document` (section 3.2.1 and 3.3.1)."""
    options: JsonObject = {
        "type": PROOF_TYPE,
        "cryptosuite": cryptosuite,
        "created": created,
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }
    return {"@context": document["@context"], **options} if cryptosuite == JCS else options


def encode_signature(signature: bytes) -> str:
    """The `proofValue` of 64 raw bytes."""
    return encode_base58btc(signature)


def decode_signature(value: Json) -> bytes:
    """The 64 raw bytes of a `proofValue`; raises FormatError `proof.value`."""
    try:
        signature = decode_base58btc(value) if isinstance(value, str) else b""
    except FormatError as error:
        raise FormatError("proof.value", error.detail) from None
    if len(signature) != SIGNATURE_BYTES:
        raise FormatError("proof.value", "proofValue is not the base58btc text of 64 bytes.")
    return signature


def _as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]
