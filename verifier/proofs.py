"""Reading proofs: from what a document carries to `Proof` objects, before any of them is believed.

VC Data Integrity 1.0 sections 2.1 and 4.4 (sets and chains), VC DI EdDSA 1.0 section 3, VC JOSE COSE 1.0 section 3.1.
"""

from datetime import datetime, timedelta
from typing import Final

from . import wellformed
from .did import method_url
from .examination import ASSERTION, AUTHENTICATION, Examination, Proof
from .format import jose
from .format import proof as data_integrity
from .format.errors import FormatError
from .format.timestamp import format_seconds, parse
from .format.types import Json, JsonObject, as_list
from .limits import CLOCK_SKEW_SECONDS, MAX_PROOFS

SKEW: Final = timedelta(seconds=CLOCK_SKEW_SECONDS)
JOSE: Final = "vc+jwt"
_KEYS_SENT_ALONG: Final = ("jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256")


def read_proofs(case: Examination) -> None:
    """Fill `case.proofs`, and `case.unsupported` with what another verifier might check."""
    entries = as_list(case.document.get("proof"))
    if case.jws is not None:
        if entries:
            raise FormatError("jwt.claims", "A credential in a JWT carries a proof of its own as well.")
        case.proofs = [_read_jws(case, case.jws)]
        return
    if not entries:
        unsigned = "proof.missing" if case.purpose == ASSERTION else "presentation.unsigned"
        raise FormatError(unsigned, "There is no proof.")
    if len(entries) > MAX_PROOFS:
        raise FormatError("proof.count", f"There are {len(entries)} proofs; at most {MAX_PROOFS} are read.")
    for entry in entries:
        _read_entry(case, entry, entries)
    if not case.proofs:
        raise FormatError("proof.cryptosuite", f"Only proofs that are not checked here: {case.unsupported[0]}.")
    if any(data_integrity.suite_of(each) is None for proof in case.proofs for each in proof.previous):
        raise FormatError("proof.chain-unsupported", "A proof rests on one that is not checked here.")
    for name in case.unsupported:
        case.warn("proof.unsupported-beside", f"A further proof was not checked: {name}.")


def _read_entry(case: Examination, entry: Json, entries: list[Json]) -> None:
    if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
        raise FormatError("proof.type", "A proof is not an object with one type.")
    suite = data_integrity.suite_of(entry)
    if suite is None:
        case.unsupported.append(f"{str(entry['type'])[:60]} {str(entry.get('cryptosuite', ''))[:60]}".strip())
        return
    if entry.get("proofPurpose") != case.purpose:
        raise FormatError("proof.purpose", f"proofPurpose is not {case.purpose}.")
    created, expires = _time(entry, "created"), _time(entry, "expires")
    _refuse_future(case, created)
    case.proofs.append(
        Proof(
            suite,
            _method_id(case, entry.get("verificationMethod")),
            created,
            expires,
            data_integrity.decode_signature(entry.get("proofValue")),
            _signed_document(case, entry),
            data_integrity.options_of(entry),
            _previous(entry, entries),
        )
    )


def _signed_document(case: Examination, entry: JsonObject) -> JsonObject:
    """What a proof fixes as @context is what will be shown, so it is held to the same rules."""
    rules = wellformed.check if case.purpose == ASSERTION else wellformed.check_presentation
    document = data_integrity.signed_document(case.plain, entry)
    if document["@context"] == case.document["@context"]:
        return document  # held to them already
    try:
        rules(document)
    except FormatError as error:
        raise FormatError("proof.context", error.detail) from None
    return document


def _previous(entry: JsonObject, entries: list[Json]) -> list[JsonObject]:
    """The proofs that this one rests on: each must be there once, and no chain may lead back to itself."""
    if "previousProof" not in entry:
        return []
    by_id = {str(each["id"]): each for each in entries if isinstance(each, dict) and "id" in each}
    names, found = as_list(entry["previousProof"]), []
    if len(names) > MAX_PROOFS:
        raise FormatError("proof.chain", "previousProof names more proofs than are read.")
    for name in names:
        if not isinstance(name, str) or name not in by_id:
            raise FormatError("proof.chain", "previousProof names a proof that is not there.")
        found.append(by_id[name])
    if not found or len(by_id) != sum(isinstance(each, dict) and "id" in each for each in entries):
        raise FormatError("proof.chain", "previousProof names no proof, or two proofs share an id.")
    _refuse_circle(entry, by_id)
    return found


def _refuse_circle(entry: JsonObject, by_id: dict[str, JsonObject]) -> None:
    level, steps = [entry], 0
    while level:
        steps += 1
        if steps > MAX_PROOFS:
            raise FormatError("proof.chain", "The proofs rest on each other in a circle.")
        names = {str(name) for each in level for name in as_list(each.get("previousProof"))[:MAX_PROOFS]}
        level = [by_id[name] for name in sorted(names) if name in by_id]


def _read_jws(case: Examination, jws: jose.Jws) -> Proof:
    header, claims = jws.header, jws.payload
    kind = jose.type_of(header)
    if kind in jose.DRAFT_TYPES:
        raise FormatError("proof.cryptosuite", f"typ {kind} is that of a draft, and is not checked here.")
    if case.purpose == AUTHENTICATION and kind in (jose.PRESENTATION_TYPE, jose.UNTYPED):
        raise FormatError("kind.vp-jwt", "A presentation in a JWT is not checked here.")
    if case.purpose != ASSERTION or kind not in (jose.TYPE, jose.UNTYPED):
        raise FormatError("jwt.type", f"typ is not {jose.TYPE}, or what it holds is no credential.")
    if header.get("alg") == "none":
        raise FormatError("jwt.algorithm", "alg is none: nobody has signed this.")
    if header.get("alg") not in jose.ALGORITHMS:
        raise FormatError("proof.cryptosuite", f"alg {str(header.get('alg'))[:40]} is not checked here.")
    if "crit" in header or header.get("b64") is False:
        raise FormatError("jwt.critical", "The header demands extensions that are not known here.")
    created, _, expires = (jose.numeric_date(claims, name) for name in ("iat", "nbf", "exp"))
    if created and created - case.at > SKEW:
        # RFC 7519 section 4.1.6: iat tells the age of a token; from when on it counts, nbf says.
        case.warn("jwt.future", f"It is dated {format_seconds(created)}.")
    _check_claims(case, claims)
    if len(jws.signature) != jose.SIGNATURE_BYTES:
        raise FormatError("proof.value", f"The signature has {len(jws.signature)} bytes.")
    _leave_other_keys_open(header)
    method_id = _method_id(case, header.get("kid"))
    if kind == jose.UNTYPED:
        case.warn("jwt.untyped", f"typ is not {jose.TYPE}.")
    return Proof(JOSE, method_id, created, expires, jws.signature, case.document, signing_input=jws.signing_input)


def _leave_other_keys_open(header: JsonObject) -> None:
    """Other issuers name their key by an address or within a set of keys, or send it along (RFC 7515 section 4.1, Open
    Badges 3.0 section 8.2). None of that says whose key it is.
    """
    kid = header.get("kid")
    other = isinstance(kid, str) and kid and "#" not in kid and not kid.startswith("did:")
    if other or (kid is None and any(name in header for name in _KEYS_SENT_ALONG)):
        raise FormatError("proof.cryptosuite", "The token does not name its key by a method of a DID document.")


def _check_claims(case: Examination, claims: JsonObject) -> None:
    """What a JWT says twice, it says alike (VC JOSE COSE 1.0 section 3.1.3)."""
    if "vc" in claims or "vp" in claims:
        raise FormatError("jwt.claims", "The payload wraps the credential in a vc claim, as an older draft did.")
    subjects = as_list(case.document.get("credentialSubject"))
    subject_id = subjects[0].get("id") if len(subjects) == 1 and isinstance(subjects[0], dict) else None
    twins = {"iss": case.signer, "jti": case.document.get("id"), "sub": subject_id}
    for name, expected in twins.items():
        if name in claims and claims[name] != expected:
            raise FormatError("jwt.claims", f"The claim {name} differs from what the credential says.")


def _refuse_future(case: Examination, created: datetime | None) -> None:
    if created and created - case.at > SKEW:
        raise FormatError("proof.created", "The proof is dated in the future.")


def _method_id(case: Examination, value: Json) -> str:
    url = method_url(value, case.signer) if isinstance(value, str) else ""
    if not all(url.partition("#")):
        raise FormatError("proof.method", "The proof does not name its key by a URL with a fragment.")
    return url


def _time(entry: JsonObject, name: str) -> datetime | None:
    if name not in entry:
        return None
    value = entry[name]
    try:
        return parse(value if isinstance(value, str) else "")
    except FormatError as error:
        raise FormatError("proof.created", f"{name}: {error.detail}") from None
