"""What a file is that cannot be checked here: the code of its kind (`kinds`), by its outline and its shape.

It is asked last, about what would be refused otherwise. What carries a signature of a kind that is checked here, or is
a credential of the data model that nobody has signed, is none of these, whatever else is wrong with it: so that a
credential that was tampered with is called invalid and not foreign.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from .format import jose
from .format.errors import FormatError
from .format.multibase import decode_base64url
from .format.proof import suite_of
from .format.strictjson import loads
from .format.types import Json, JsonObject, as_list
from .kinds import FOREIGN, KINDS
from .limits import MAX_CREDENTIAL_BYTES, MAX_PROOFS
from .model import is_presentation, model_of
from .outlines import binary, outline, prose
from .ownfiles import own_file

_BESIDE: Final = {
    *("kind.archive", "kind.jwt", "kind.link", "kind.mail", "kind.photo", "kind.signed-document"),
    *("kind.signed-pdf", "kind.wallet-link", "kind.wallet-pass"),
}
"""Kinds that are no credentials: beside a page they are no reason to name the whole after them."""
_BOM: Final = "\xef\xbb\xbf"
_SPACE: Final = " \t\r\n"
_BREAKS: Final = re.compile(r"[\r\n]+")
_WORDS: Final = re.compile(r"[^ \t\r\n]+")
_MOST_WORDS: Final = 1000
_DISCLOSED: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*~[A-Za-z0-9_.~-]*")
_PARTS: Final = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){2}(?:\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*)?")
_SD_JWT: Final = ("dc+sd-jwt", "vc+sd-jwt", "example+sd-jwt")
_ALGORITHM: Final = re.compile("(?:RS|PS|ES|ESP)(?:256|384|512)|ES256K|Ed448")
_EUROPASS: Final = ("data.europa.eu/snb", "europass")
_LEVELS: Final = 4
_SUITES: Final = (
    ("kind.blockcerts", re.compile("MerkleProof20[0-9]{2}|merkle-proof-20[0-9]{2}")),
    ("kind.bbs", re.compile("bbs-20[0-9]{2}|BbsBls[A-Za-z]*20[0-9]{2}")),
    ("kind.ecdsa", re.compile("ecdsa-(?:rdfc|jcs|sd)-20[0-9]{2}")),
    ("kind.anoncreds", re.compile("anoncreds[a-z]*-20[0-9]{2}|CLSignature20[0-9]{2}")),
    ("kind.older-signature", re.compile("(?!Ed25519Signature2020)[A-Za-z0-9]*Signature20[0-9]{2}")),
)


def recognised(code: str) -> FormatError:
    """The error that a check raises for a kind."""
    return FormatError(code, KINDS[code].sign)


def recognise(data: bytes) -> str | None:
    """The code of what these bytes are, None when nothing is known of them."""
    text = data[:MAX_CREDENTIAL_BYTES].decode("latin-1").removeprefix(_BOM).strip(_SPACE)
    joined = "".join(line.strip(" \t") for line in _BREAKS.split(text))
    token = _of_text(joined) if _outer(joined) else None
    other = token or outline(text) or binary(text)
    return other or (_of_json(text) if len(data) <= MAX_CREDENTIAL_BYTES else None)


def recognise_among(files: Iterable[bytes]) -> str | None:
    """The code of the one kind of credential among several files, None when there is none or more than one."""
    found = {recognise(each) for each in files} & FOREIGN.keys() - _BESIDE
    return found.pop() if len(found) == 1 else None


def recognise_token(header: JsonObject, payload: JsonObject) -> str | None:
    """The code of a signed token (JWS), None for one that is checked here or that is merely wrong."""
    typ, alg = jose.type_of(header), header.get("alg")
    ours, presented = typ == jose.TYPE, typ == jose.PRESENTATION_TYPE
    if alg == "none" or not isinstance(alg, str):
        return None
    if header.get("zip") == "DEF" and not ours:
        return "kind.health-card"
    if typ in _SD_JWT or (not ours and ("vct" in payload or "_sd_alg" in payload)):
        return "kind.sd-jwt"
    if _ALGORITHM.fullmatch(alg) and (ours or _is_credential(payload)):
        return "kind.jwt-signature"
    if ours or _is_credential(payload) or (presented and is_presentation(payload)):
        return None
    if "vc" in payload or "vp" in payload or is_presentation(payload):
        return "kind.jwt-vc" if "vc" in payload else "kind.jwt-vp"
    return _by_shape(payload) or (None if _calls_itself_credential(payload) else "kind.jwt")


def recognise_document(document: JsonObject) -> str | None:
    """The code of a JSON object, None for one that is checked here or that is merely wrong."""
    proofs = as_list(document.get("proof"))
    if any(not isinstance(each, dict) or suite_of(each) for each in proofs):
        return None
    if own := own_file(document):
        return own
    if is_presentation(document):
        tokens = (each for each in as_list(document.get("verifiableCredential")) if isinstance(each, str))
        return "kind.wrapped" if any(map(_is_text, tokens)) else None
    if _is_credential(document):
        return _by_suite([each for each in proofs if isinstance(each, dict)])
    if shape := _by_shape(document):
        return shape
    if _holds_credential(document):
        return "kind.wrapped"
    return None if proofs or not document or _calls_itself_credential(document) else "file.data"


def _is_credential(document: JsonObject) -> bool:
    """Whether it follows the data model, and is no presentation."""
    return model_of(document) is not None and not is_presentation(document)


def _calls_itself_credential(document: JsonObject) -> bool:
    types = as_list(document.get("type"))
    return "VerifiableCredential" in types or "VerifiablePresentation" in types or model_of(document) is not None


def _by_suite(proofs: list[JsonObject]) -> str | None:
    """By the first proof of a suite that has a name here; too many proofs are refused elsewhere."""
    if len(proofs) > MAX_PROOFS or not all(isinstance(each.get("type"), str) for each in proofs):
        return None
    names = [each.get("cryptosuite", each["type"]) for each in proofs]
    found = (code for name in names for code, form in _SUITES if isinstance(name, str) and form.fullmatch(name))
    return next(found, None)


def _by_shape(document: JsonObject) -> str | None:
    return next((code for code, fits in _SHAPES if fits(document)), None)


def _under(part: str) -> Callable[[JsonObject], bool]:
    """Whether a context has this in its address."""
    return lambda document: any(isinstance(each, str) and part in each for each in as_list(document.get("@context")))


def _having(*names: str) -> Callable[[JsonObject], bool]:
    return lambda document: all(name in document for name in names)


def _is_health_card(document: JsonObject) -> bool:
    held = document.get("verifiableCredential")
    return isinstance(held, list) and any(isinstance(each, str) and _header(each).get("zip") == "DEF" for each in held)


def _is_anchored(document: JsonObject) -> bool:
    signature = document.get("signature")
    kinds = as_list(signature.get("type")) if isinstance(signature, dict) else []
    return any(isinstance(each, str) and each.startswith("MerkleProof") for each in kinds)


def _is_jws(document: JsonObject) -> bool:
    return isinstance(document.get("payload"), str) and ("signatures" in document or "signature" in document)


def _is_sealed(document: JsonObject) -> bool:
    """What a seal covers stands as base64url, or as it is."""
    if not _is_jws(document):
        return False
    payload = str(document["payload"])
    return any(mark in text for mark in _EUROPASS for text in (payload, _plain(payload)))


def _is_disclosing(document: JsonObject) -> bool:
    header, protected = document.get("header"), document.get("protected")
    typ = jose.type_of(_header(protected)) if isinstance(protected, str) else ""
    return _is_jws(document) and (typ in _SD_JWT or (isinstance(header, dict) and "disclosures" in header))


# The first that fits.
_SHAPES: Final[tuple[tuple[str, Callable[[JsonObject], bool]], ...]] = (
    ("kind.europass", _is_sealed),
    ("kind.europass", _under("data.europa.eu/snb")),
    ("kind.sd-jwt", _is_disclosing),
    ("kind.jws-json", _is_jws),
    ("kind.jwe", _having("ciphertext", "iv")),
    ("kind.health-card", _is_health_card),
    ("kind.blockcerts", _under("blockcerts")),
    ("kind.blockcerts", _is_anchored),
    ("kind.blockcerts", _having("certificate", "assertion", "recipient")),
    ("kind.blockcerts", _having("document", "receipt")),
    ("kind.clr-1", _under("/clr/v1p0")),
    ("kind.open-badges-2", _under("openbadges/v2")),
    ("kind.open-badges-2", _under("/spec/ob/v2p")),
    ("kind.open-badges-1", _under("openbadges/v1")),
    ("kind.open-badges-1", _having("recipient", "badge")),
    ("kind.anoncreds", _having("schema_id", "cred_def_id")),
    ("kind.anoncreds", _having("requested_proof", "identifiers")),
)


def _of_json(text: str) -> str | None:
    try:
        value = loads(text.encode("latin-1"))
    except FormatError as error:
        return _disclosed_in(text) or prose(text) if error.code == "json.syntax" else None
    if isinstance(value, dict):
        return recognise_document(value)
    return "kind.wrapped" if _holds_credential(value) else None


def _disclosed_in(text: str) -> str | None:
    """The code of the one token with disclosures among words, as a mail has it."""
    words = (each[0] for each in islice(_WORDS.finditer(text), _MOST_WORDS))
    found = {each for each in words if "~" in each and _DISCLOSED.fullmatch(each)}
    return _of_text(found.pop()) if len(found) == 1 else None


def _holds_credential(value: Json) -> bool:
    """One rule for what stands around a credential: it is looked for a few levels deep, as object, token or text."""
    return any(
        _is_text(each) if isinstance(each, str) else isinstance(each, dict) and _is_secured(each)
        for each in _inside(value)
    )


def _inside(value: Json) -> Iterator[Json]:
    level: list[Json] = [value]
    for _ in range(_LEVELS + 1):
        yield from level
        level = [each for outer in level for each in _members(outer)]


def _members(value: Json) -> list[Json]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _is_secured(document: JsonObject) -> bool:
    return model_of(document) is not None and (is_presentation(document) or "credentialSubject" in document)


def _is_text(text: str) -> bool:
    """Whether a text is a token with a credential, or JSON of one that was quoted."""
    quoted = text.lstrip(_SPACE).startswith("{") and '"VerifiableCredential"' in text
    return quoted or (_outer(text) != "" and "alg" in _header(text))


def _outer(text: str) -> str:
    """The signed token in a text that is one, with or without disclosures; "" for any other."""
    whole = _DISCLOSED.fullmatch(text) or _PARTS.fullmatch(text)
    return text.partition("~")[0] if whole else ""


def _of_text(text: str) -> str | None:
    token = _outer(text)
    header = _header(token)
    if token.count(".") == 4:
        return "kind.jwe" if "enc" in header else None
    payload = _object(token.split(".")[1])
    if "~" in text:
        return "kind.sd-jwt" if "alg" in header and jose.type_of(header) != jose.TYPE else None
    return recognise_token(header, payload or {}) if payload is not None or _is_sure(header) else None


def _is_sure(header: JsonObject) -> bool:
    """Whether the header alone tells the kind, so that nobody needs to read what it heads."""
    return header.get("zip") == "DEF" or jose.type_of(header) in _SD_JWT


def _header(token: str) -> JsonObject:
    return _object(token.partition(".")[0]) or {}


def _object(part: str) -> JsonObject | None:
    """The JSON object behind base64url, None when there is none."""
    try:
        value = loads(decode_base64url(part))
    except FormatError:
        return None
    return value if isinstance(value, dict) else None


def _plain(text: str) -> str:
    """What stands behind base64url, as Latin-1; "" when it is not that."""
    try:
        return decode_base64url(text).decode("latin-1")
    except FormatError:
        return ""
