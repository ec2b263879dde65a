"""Multibase texts, the two alphabets in use here: base58btc (`z`) and base64url without padding (`u`).

Controlled Identifiers 1.0 section 2.4. Decoding is strict: what decodes, encodes to the same text.
"""

import base64
import binascii
import re

from ..limits import MAX_BASE58_CHARACTERS
from .errors import FormatError

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)


def encode_base58btc(data: bytes) -> str:
    """`z` and the base58btc digits of `data`."""
    number = int.from_bytes(data, "big")
    digits = ""
    while number:
        number, remainder = divmod(number, 58)
        digits = _ALPHABET[remainder] + digits
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + digits


def decode_base58btc(text: str) -> bytes:
    """The bytes of a `z…` text; raises FormatError `multibase.invalid`."""
    if not text.startswith("z") or len(text) > MAX_BASE58_CHARACTERS:
        raise FormatError("multibase.invalid", "A base58btc text starts with z and is short.")
    number = 0
    for character in text[1:]:
        if character not in _VALUE:
            raise FormatError("multibase.invalid", f"{character!r} is not a base58btc digit.")
        number = number * 58 + _VALUE[character]
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode_base64url(data: bytes) -> str:
    """base64url digits of `data`, without padding and without the multibase prefix (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode_base64url(text: str) -> bytes:
    """The bytes of canonical, unpadded base64url digits; raises FormatError `base64url.invalid`."""
    if not _BASE64URL.fullmatch(text):
        raise FormatError("base64url.invalid", "The text holds a character that base64url does not have.")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise FormatError("base64url.invalid", "The text has a length that base64url cannot have.") from None
    if encode_base64url(data) != text:
        raise FormatError("base64url.invalid", "The last character carries bits that no byte holds.")
    return data
