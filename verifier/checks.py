"""The checks up to the signature: is the document genuine? One small function per check.

A check returns nothing when it passes and raises FormatError with a code of `codes.py` when it does not; the code
decides whether that fails the credential or leaves it open.
"""

from typing import Final

from . import related, wellformed
from .codes import CODES
from .did import resolve, verification_method
from .examination import AUTHENTICATION, Examination, Proof
from .format import proof as data_integrity
from .format.ed25519 import verifies
from .format.errors import FormatError
from .format.fromrdf import to_document
from .format.nquads import Quad
from .format.terms import to_quads
from .format.types import JsonObject, as_list
from .format.vocabulary import Vocabulary
from .model import Model, model_of
from .proofs import JOSE, read_proofs
from .reading import read

_STEPS_A_SIGNATURE: Final = 200


def readable(case: Examination) -> None:
    """RFC 8259 and RFC 7493, RFC 7515: one JSON object with one meaning, alone, in a JWS, a QR text or a file."""
    found = read(case.source, case.trust.qr_dictionaries)
    case.document, case.jws = found.document, found.jws
    if found.around:
        case.warn("text.around", "It stood between other text.")
    case.plain = data_integrity.unsecured(case.document)


def well_formed(case: Examination) -> None:
    """VCDM 2.0 section 4, or VCDM 1.1."""
    wellformed.check(case.document)
    case.signer = wellformed.issuer_id(case.document)
    if model_of(case.document) is Model.V1:
        case.warn("vc.older-model", "It follows version 1.1 of the data model.")


def presentation_well_formed(case: Examination) -> None:
    """VCDM 2.0 section 4.13."""
    wellformed.check_presentation(case.document)
    case.purpose = AUTHENTICATION
    case.signer = wellformed.holder_id(case.document)


def contexts_known(case: Examination) -> None:
    """VCDM 2.0 section 4.3: every context, nested ones too, is at hand and keeps to the rules; none is ever fetched."""
    # The document last, since it is what will be asked for next; its problems first.
    problems = [_walk(case, each) for each in reversed(_readings(case))]
    case.term_problems = [problem for problem in reversed(problems) if problem]
    for problem in case.term_problems:
        if _of_check("contexts-known", "", problem) is problem:
            raise _named(problem, case.document)
    for url in related.compare(case.document):
        case.warn("context.digest-unchecked", f"{url[:200]} is not at hand to compare.")


def _named(problem: FormatError, document: JsonObject) -> FormatError:
    """A kind whose vocabulary is not at hand, by its name."""
    is_record = problem.code == "context.unknown" and "ClrCredential" in as_list(document.get("type"))
    return FormatError("kind.clr-2", problem.detail) if is_record else problem


def terms_defined(case: Examination) -> None:
    """VCDM 2.0 section 5.13: nothing is shown that the signature does not cover."""
    for problem in case.term_problems:
        if not (_all_signed(case) and problem.code in ("terms.undefined", "terms.unsupported")):
            raise _of_check("terms-defined", "terms.unsupported", problem)
        case.warn("terms.undefined-signed", problem.detail)
    if not _all_signed(case):
        quads = _quads(case, case.plain)
        try:
            case.statements = to_document(quads, quads[0][0], Vocabulary(case.contexts))
        except FormatError as error:
            raise _of_check("terms-defined", "terms.unsupported", error) from None


def _quads(case: Examination, document: JsonObject) -> list[Quad]:
    return case.walked.answer(document, lambda it: to_quads(it, case.contexts))


def _walk(case: Examination, document: JsonObject) -> FormatError | None:
    """What one walk over the document, which is also how it is signed, takes exception to."""
    try:
        if _all_signed(case):
            to_quads(document, case.contexts, all_signed=True)
        else:
            _quads(case, document)
    except FormatError as error:
        return error
    return None


def _all_signed(case: Examination) -> bool:
    """Under eddsa-jcs-2022 and in a JWT every byte is signed: what no context defines is merely without meaning."""
    suites = {data_integrity.suite_of(entry) for entry in _proof_objects(case)}
    return case.jws is not None or suites == {data_integrity.JCS}


def _proof_objects(case: Examination) -> list[JsonObject]:
    """The proofs that are checked here; one of another suite is neither shown nor relied on, so it needs no meaning."""
    entries = [entry for entry in as_list(case.document.get("proof")) if isinstance(entry, dict)]
    return [entry for entry in entries if data_integrity.suite_of(entry)]


def _readings(case: Examination) -> list[JsonObject]:
    """The document under each @context that a proof fixes; where proofs are quads too, also each proof."""
    plain = case.plain
    context, proofs = plain["@context"], _proof_objects(case)
    if _all_signed(case):
        fixed = [entry.get("@context", context) for entry in proofs] or [context]
        return [{**plain, "@context": each} for n, each in enumerate(fixed) if each not in fixed[:n]]
    return [plain, *({**data_integrity.options_of(entry), "@context": context} for entry in proofs)]


def proof_shape(case: Examination) -> None:
    """VC Data Integrity 1.0 section 2.1, VC DI EdDSA 1.0 section 3, VC JOSE COSE 1.0 section 3.1."""
    read_proofs(case)


def issuer_resolved(case: Examination) -> None:
    """DID Core 1.0 section 7.1, from the trust at hand."""
    for did in dict.fromkeys([case.signer, *(proof.controller for proof in case.proofs)]):
        if did:
            case.did_documents[did] = resolve(did, case.trust)


def method_authorised(case: Examination) -> None:
    """Controlled Identifiers 1.0 section 3.3: each key stands under the purpose of its own controller, one of them
    the issuer, or the holder of a presentation.
    """
    for proof in case.proofs:
        if proof.method_id in case.trust.compromised:
            raise FormatError("method.compromised", f"{proof.method_id} is marked compromised.")
        document = case.did_documents[proof.controller]
        proof.method = verification_method(document, proof.method_id, case.purpose)
    if case.signer and all(proof.controller != case.signer for proof in case.proofs):
        if case.unsupported:
            raise FormatError("method.unchecked", "The issuer's own proof may be one that is not checked here.")
        raise FormatError("method.controller", "No proof was made with a key of the issuer.")


def key_state(case: Examination) -> None:
    """Each key was in use when it signed, by the windows of the trust file or else by its DID document."""
    for proof in case.proofs:
        _check_key_state(case, proof)


def _check_key_state(case: Examination, proof: Proof) -> None:
    issuer = case.trust.issuers.get(proof.controller)
    if issuer is None or not (issuer.keys or issuer.disputed):
        _check_method_dates(case, proof)
        return
    if issuer.disputed:
        raise FormatError("key.unlisted", f"What is at hand about the keys of {issuer.id} differs, and none is newer.")
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
    """VC DI EdDSA 1.0 sections 3.2.2 and 3.3.2, RFC 7515 section 5.2: every proof holds over the document as shown."""
    for proof in case.proofs:
        case.work.steps.take(_STEPS_A_SIGNATURE)
        data = _signed_bytes(case, proof)
        if proof.method is None or not verifies(proof.method.public_key, proof.signature, data):
            raise FormatError("signature.mismatch", f"The proof by {proof.method_id[:200]} does not fit the content.")
        case.work.steps.signed()
    own = [proof for proof in case.proofs if proof.controller == case.signer] or case.proofs
    only_statements = any(proof.suite not in (data_integrity.JCS, JOSE) for proof in own)
    shown = case.statements if only_statements else own[0].document
    # The credentials inside a presentation are verified, and shown, each by itself.
    case.shown = {name: value for name, value in shown.items() if name != "verifiableCredential"}
    case.authentic = True


def _signed_bytes(case: Examination, proof: Proof) -> bytes:
    if proof.signing_input is not None:
        return proof.signing_input
    covered: JsonObject = {**proof.document, "proof": list(proof.previous)} if proof.previous else proof.document
    try:
        return data_integrity.hash_data(covered, proof.options, case.contexts, case.work, case.walked)
    except FormatError as error:
        raise _of_check("signature", "signature.mismatch", error) from None


def _of_check(check: str, otherwise: str, error: FormatError) -> FormatError:
    """The error under a code that belongs to `check`, so that a row never carries another row's code."""
    code = CODES.get(error.code)
    return error if code and code.check == check else FormatError(otherwise, error.detail)
