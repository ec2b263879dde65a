"""Compact JWS texts that secure a credential: `vc+jwt` with EdDSA (RFC 7515, VC JOSE COSE 1.0 section 3.1).

Strict: canonical base64url without padding, one JSON object in each part. What the header says about keys (`jwk`,
`jku`, `x5u`) is never believed: a key comes from the issuer's DID document alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from ..limits import MAX_CREDENTIAL_BYTES
from .errors import FormatError
from .jcs import canonicalize
from .multibase import decode_base64url, encode_base64url
from .strictjson import load_object
from .types import JsonObject

TYPE: Final = "vc+jwt"
UNTYPED: Final = "jwt"
"""Says no more than that it is a token, and stands for no `typ` at all."""
DRAFT_TYPES: Final = frozenset({"vc+ld+jwt", "vc+ld+json+jwt", "vp+ld+jwt", "vp+ld+json+jwt"})
"""What drafts of VC JOSE COSE 1.0 called credentials and presentations."""
ALGORITHMS: Final = ("EdDSA", "Ed25519")
"""RFC 8037, and its fully specified name of RFC 9864."""
PRESENTATION_TYPE: Final = "vp+jwt"
_IN_FULL: Final = "application/"
CLAIMS: Final = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti"})
"""The registered claims (RFC 7519 section 4.1): they speak about the token, and are no statements of a credential."""
SIGNATURE_BYTES: Final = 64
_SHAPE: Final = re.compile(rb"[A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]*\.[A-Za-z0-9_=-]*")
_YEAR_9999: Final = 253_402_300_799


@dataclass(frozen=True, slots=True)
class Jws:
    """A parsed text: nothing in it has been verified. `signing_input` is what the signature covers."""

    header: JsonObject
    payload: JsonObject
    signing_input: bytes
    signature: bytes


def looks_like(data: bytes) -> bool:
    """Whether the bytes have the outline of a compact JWS, and so cannot be JSON."""
    return _SHAPE.fullmatch(data.strip()) is not None


def parse(data: bytes) -> Jws:
    """The parts of a compact JWS; raises FormatError `jwt.form`, or a `json.…` code for its header or payload."""
    if len(data) > 2 * MAX_CREDENTIAL_BYTES:
        raise FormatError("json.size", "The text is too large.")
    header, payload, signature = data.strip().decode("ascii").split(".")
    try:
        parts = [decode_base64url(part) for part in (header, payload, signature)]
    except FormatError as error:
        raise FormatError("jwt.form", error.detail) from None
    return Jws(load_object(parts[0]), load_object(parts[1]), f"{header}.{payload}".encode(), parts[2])


def compose(header: JsonObject, payload: JsonObject, sign: Callable[[bytes], bytes]) -> bytes:
    """The compact JWS of a payload, both parts in their canonical form (RFC 8785); `sign` signs the signing input."""
    signing_input = ".".join(encode_base64url(canonicalize(part)) for part in (header, payload)).encode()
    return signing_input + b"." + encode_base64url(sign(signing_input)).encode()


def type_of(header: JsonObject) -> str:
    """Its `typ` as a media type, whose case says nothing and which may be written in full (RFC 7515 section 4.1.9, RFC
    2045 section 5.1). `UNTYPED` where there is none, "" for what is no text.
    """
    typ = header.get("typ", UNTYPED)
    return typ.lower().removeprefix(_IN_FULL) if isinstance(typ, str) else ""


def numeric_date(claims: JsonObject, name: str) -> datetime | None:
    """The instant of a NumericDate (RFC 7519 section 2), None when absent; raises FormatError `jwt.claims`."""
    if name not in claims:
        return None
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= _YEAR_9999:
        raise FormatError("jwt.claims", f"{name} is not a number of seconds.")
    return datetime.fromtimestamp(value, UTC)
