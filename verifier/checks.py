"""The checks up to the signature: is the document genuine? One small function per check.

A check returns nothing when it passes and raises FormatError with a code of `codes.py` when it does not; the code
decides whether that fails the credential or leaves it open.
"""

from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import wellformed
from .codes import CODES
from .did import assertion_method, resolve
from .examination import Examination, Proof
from .format import proof as data_integrity
from .format.contexts import EMPTY, pinned
from .format.errors import FormatError
from .format.strictjson import load_object
from .format.terms import to_quads
from .format.timestamp import parse
from .format.types import Json, JsonObject
from .limits import CLOCK_SKEW_SECONDS, MAX_PROOFS
from .wellformed import as_list

SKEW = timedelta(seconds=CLOCK_SKEW_SECONDS)


def readable(case: Examination) -> None:
    """RFC 8259, RFC 7493: one JSON object with one meaning."""
    case.document = load_object(case.source) if isinstance(case.source, bytes) else case.source


def well_formed(case: Examination) -> None:
    """VCDM 2.0 section 4."""
    wellformed.check(case.document)
    case.issuer = wellformed.issuer_id(case.document)


def contexts_known(case: Examination) -> None:
    """VCDM 2.0 section 4.3: every context, also nested ones, is pinned here; none is ever fetched."""
    for context in _contexts_in(case.document):
        if any(isinstance(entry, dict) for entry in as_list(context)):
            raise FormatError("context.inline", "An @context is written out inside the credential.")
        pinned().apply(EMPTY, context)


def terms_defined(case: Examination) -> None:
    """VCDM 2.0 section 5.13: nothing is shown that the signature does not cover."""
    proofs = [entry for entry in as_list(case.document.get("proof")) if isinstance(entry, dict)]
    jcs_only = bool(proofs) and all(entry.get("cryptosuite") == data_integrity.JCS for entry in proofs)
    plain = data_integrity.unsecured(case.document)
    context = plain["@context"]
    if jcs_only:
        fixed = [entry.get("@context", context) for entry in proofs]
        documents = [{**plain, "@context": each} for n, each in enumerate(fixed) if each not in fixed[:n]]
    else:
        documents = [plain, *({**data_integrity.options_of(entry), "@context": context} for entry in proofs)]
    for document in documents:
        try:
            to_quads(document)
        except FormatError as error:
            if not (jcs_only and error.code in ("terms.undefined", "terms.unsupported")):
                raise _of_check("terms-defined", "terms.unsupported", error) from None
            # Under eddsa-jcs-2022 every byte is signed: what no context defines is merely without meaning.
            case.warn("terms.undefined-signed", error.detail)


def proof_shape(case: Examination) -> None:
    """VC Data Integrity 1.0 section 2.1, VC DI EdDSA 1.0 section 3."""
    entries = as_list(case.document.get("proof"))
    if not entries:
        raise FormatError("proof.missing", "The credential has no proof.")
    if len(entries) > MAX_PROOFS:
        raise FormatError("proof.count", f"The credential has {len(entries)} proofs; at most {MAX_PROOFS} are read.")
    case.proofs = [_read_proof(case, entry) for entry in entries]


def _read_proof(case: Examination, entry: Json) -> Proof:
    if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
        raise FormatError("proof.type", "A proof is not an object with one type.")
    cryptosuite = entry.get("cryptosuite")
    if entry["type"] != data_integrity.PROOF_TYPE or cryptosuite not in (data_integrity.RDFC, data_integrity.JCS):
        raise FormatError("proof.cryptosuite", f"{entry['type']} with {str(cryptosuite)[:80]} is not checked here.")
    if "previousProof" in entry:
        raise FormatError("proof.chain", "A proof rests on another proof.")
    if entry.get("proofPurpose") != "assertionMethod":
        raise FormatError("proof.purpose", "proofPurpose is not assertionMethod.")
    method_id = entry.get("verificationMethod")
    if not isinstance(method_id, str) or not all(method_id.partition("#")):
        raise FormatError("proof.method", "verificationMethod is not a URL with a fragment.")
    created, expires = _proof_time(entry, "created"), _proof_time(entry, "expires")
    if created and created - case.at > SKEW:
        raise FormatError("proof.created", "created lies in the future.")
    signature = data_integrity.decode_signature(entry.get("proofValue"))
    _check_signed_context(case, entry)
    return Proof(entry, str(cryptosuite), method_id, created, expires, signature)


def _check_signed_context(case: Examination, entry: JsonObject) -> None:
    """What a proof fixes as @context is what will be shown, so it is held to the same rules."""
    try:
        wellformed.check(data_integrity.signed_document(case.document, entry))
    except FormatError as error:
        raise FormatError("proof.context", error.detail) from None


def _proof_time(entry: JsonObject, name: str) -> datetime | None:
    if name not in entry:
        return None
    value = entry[name]
    try:
        return parse(value if isinstance(value, str) else "")
    except FormatError as error:
        raise FormatError("proof.created", f"{name}: {error.detail}") from None


def issuer_resolved(case: Examination) -> None:
    """DID Core 1.0 section 7.1, from the trust at hand."""
    for did in dict.fromkeys([case.issuer, *(proof.controller for proof in case.proofs)]):
        case.did_documents[did] = resolve(did, case.trust)


def method_authorised(case: Examination) -> None:
    """Controlled Identifiers 1.0 section 3.3: each key stands under assertionMethod of its own controller, one of
    them the issuer.
    """
    for proof in case.proofs:
        proof.method = assertion_method(case.did_documents[proof.controller], proof.method_id)
    if all(proof.controller != case.issuer for proof in case.proofs):
        raise FormatError("method.controller", "No proof was made with a key of the issuer.")


def key_state(case: Examination) -> None:
    """Each key was in use when it signed, by the windows of the trust file or else by its DID document."""
    for proof in case.proofs:
        _check_key_state(case, proof)


def _check_key_state(case: Examination, proof: Proof) -> None:
    issuer = case.trust.issuers.get(proof.controller)
    if issuer is None or not issuer.keys:
        _check_method_dates(case, proof)
        return
    window = issuer.window(proof.method_id)
    if window is None:
        raise FormatError("key.unlisted", f"The trust file does not list {proof.method_id}.")
    if proof.created is None:
        if window.active_until is not None:
            raise FormatError("key.undated", f"{proof.method_id} is retired and the proof has no created.")
        return
    if window.active_from and proof.created < window.active_from:
        raise FormatError("key.early", f"{proof.method_id} was not in use before {window.active_from}.")
    if window.active_until and proof.created > window.active_until:
        raise FormatError("key.late", f"{proof.method_id} was not in use after {window.active_until}.")


def _check_method_dates(case: Examination, proof: Proof) -> None:
    """Controlled Identifiers 1.0 section 2.2: `revoked` and `expires` count from their instant on."""
    method = proof.method
    if method and method.revoked and method.revoked <= case.at:
        raise FormatError("key.revoked", f"{method.id} was revoked at {method.revoked}.")
    if method and method.expires and method.expires <= case.at:
        raise FormatError("key.expired", f"{method.id} expired at {method.expires}.")


def signature(case: Examination) -> None:
    """VC DI EdDSA 1.0 sections 3.2.2 and 3.3.2: every proof holds over the document as it is shown."""
    for proof in case.proofs:
        document = data_integrity.signed_document(case.document, proof.entry)
        try:
            data = data_integrity.hash_input(document, data_integrity.options_of(proof.entry)).data
        except FormatError as error:
            raise _of_check("signature", "signature.mismatch", error) from None
        _verify(proof, data)
        if proof.controller == case.issuer and not case.shown:
            case.shown = document
    case.authentic = True


def _verify(proof: Proof, data: bytes) -> None:
    if proof.method is None:
        raise FormatError("signature.mismatch", "The key of a proof was not established.")
    try:
        Ed25519PublicKey.from_public_bytes(proof.method.public_key).verify(proof.signature, data)
    except (InvalidSignature, ValueError):
        raise FormatError("signature.mismatch", f"The proof by {proof.method_id} does not fit the content.") from None


def _contexts_in(value: Json) -> list[Json]:
    """Every @context of the document, the outermost first."""
    found: list[Json] = []
    level: list[Json] = [value]
    while level:
        objects = [item for item in level if isinstance(item, dict)]
        found += [item["@context"] for item in objects if "@context" in item]
        level = [inner for item in objects for name, inner in item.items() if name != "@context"] + [
            inner for item in level if isinstance(item, list) for inner in item
        ]
    return found


def _of_check(check: str, otherwise: str, error: FormatError) -> FormatError:
    """The error under a code that belongs to `check`, so that a row never carries another row's code."""
    code = CODES.get(error.code)
    return error if code and code.check == check else FormatError(otherwise, error.detail)
