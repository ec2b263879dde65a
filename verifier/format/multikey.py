"""Ed25519 public keys as Multikey texts and as JWKs, and the keys that nobody may accept.

Controlled Identifiers 1.0 section 2.2.2 (codec 0xed01), RFC 8037 section 2.
"""

from .errors import FormatError
from .multibase import decode_base58btc, decode_base64url, encode_base58btc, encode_base64url
from .types import Json, JsonObject

_CODEC = b"\xed\x01"
_LENGTH = 32
_JWK_ALGORITHMS = ("EdDSA", "Ed25519")
_FIELD_PRIME = 2**255 - 19
_SIGN_BIT = 1 << 255
# The y coordinates of the eight points of small order. A signature under such a key can be made by anyone, and
# OpenSSL accepts them. Their non-canonical twins (y + p) are refused by the range check below.
_ORDER_EIGHT_Y = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
SMALL_ORDER_Y = frozenset({0, 1, _FIELD_PRIME - 1, _ORDER_EIGHT_Y, _FIELD_PRIME - _ORDER_EIGHT_Y})


def encode(public_key: bytes) -> str:
    """The `z6Mk…` text of 32 raw bytes."""
    return encode_base58btc(_CODEC + check(public_key))


def decode(text: str) -> bytes:
    """The 32 raw bytes of a Multikey; raises FormatError `key.invalid`, `key.weak` or `multibase.invalid`."""
    data = decode_base58btc(text)
    if data[:2] != _CODEC:
        raise FormatError("key.invalid", "The key is not an Ed25519 Multikey (codec 0xed01).")
    return check(data[2:])


def decode_base58(text: str) -> bytes:
    """The 32 raw bytes of the digits in an `Ed25519VerificationKey2018`, which name neither their base nor a codec."""
    return check(decode_base58btc(f"z{text}"))


def encode_jwk(public_key: bytes) -> JsonObject:
    """The public JWK (RFC 8037) of 32 raw bytes."""
    return {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(check(public_key))}


def decode_jwk(jwk: Json) -> bytes:
    """The 32 raw bytes of an Ed25519 JWK that holds no private part."""
    if not isinstance(jwk, dict) or jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519" or "d" in jwk:
        raise FormatError("key.invalid", "The key is not a public Ed25519 JWK (kty OKP, crv Ed25519).")
    _check_use(jwk)
    x = jwk.get("x")
    if not isinstance(x, str):
        raise FormatError("key.invalid", "The JWK has no text x.")
    return check(decode_base64url(x))


def _check_use(jwk: JsonObject) -> None:
    """What a JWK says that it may be used for, if it says so, is verifying EdDSA (RFC 7517 sections 4.2 to 4.4)."""
    operations = jwk.get("key_ops", ["verify"])
    verifies = isinstance(operations, list) and "verify" in operations
    if jwk.get("use", "sig") != "sig" or not verifies or jwk.get("alg", "EdDSA") not in _JWK_ALGORITHMS:
        raise FormatError("key.invalid", "The JWK says that it is for another use or algorithm.")


def check(public_key: bytes) -> bytes:
    """The same 32 bytes, if they are the canonical encoding of a point that is not of small order."""
    if len(public_key) != _LENGTH:
        raise FormatError("key.invalid", f"An Ed25519 public key has {_LENGTH} bytes, not {len(public_key)}.")
    y = int.from_bytes(public_key, "little") & ~_SIGN_BIT
    if y >= _FIELD_PRIME:
        raise FormatError("key.weak", "The key is not in its canonical encoding (RFC 8032 section 5.1.3).")
    if y in SMALL_ORDER_Y:
        raise FormatError("key.weak", "The key is one of the small-order points, under which anyone can sign.")
    return public_key
