"""The platform's Ed25519 key: a file for its owner alone, made once; and its public half as the issuer reads it."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

_OWNER: Final = 0o600
_MULTICODEC: Final = b"\xed\x01"  # ed25519-pub, as a varint
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class KeyFileError(Exception):
    """The key file cannot be used; the text says why."""


def platform_key(path: Path) -> Ed25519PrivateKey:
    """The key in `path`; made there when there is none. Not encrypted: a demonstration starts without questions."""
    pem = read_or_create(path, _new_pem)
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyFileError(f"{path} holds no private key that can be read.") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(f"{path} holds another kind of key than Ed25519.")
    return key


def cookie_secret(path: Path) -> bytes:
    """What the cookies are signed with; made at the first start."""
    return read_or_create(path, lambda: secrets.token_hex(32).encode())


def multikey(key: Ed25519PrivateKey) -> str:
    """The public half as a Multikey text, `z6Mk…`: multicodec and key in base58btc."""
    number = int.from_bytes(_MULTICODEC + key.public_key().public_bytes_raw())
    digits = ""
    while number:
        number, digit = divmod(number, len(_BASE58))
        digits = _BASE58[digit] + digits
    return f"z{digits}"


def read_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """What `path` holds; for its owner alone from its first moment (O_EXCL, 0600). Raises KeyFileError."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER), "wb") as file:
            file.write(make())
    except FileExistsError:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeyFileError(f"{path} can be read by others: set its mode to 0600.") from None
    return path.read_bytes()


def _new_pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
