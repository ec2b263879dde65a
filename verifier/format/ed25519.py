"""The signature primitive as this project calls it (RFC 8032, pure Ed25519)."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .multikey import check


def verifies(public_key: bytes, signature: bytes, data: bytes) -> bool:
    """Whether a signature fits the data under 32 key bytes; raises FormatError `key.weak` or `key.invalid`.

    OpenSSL refuses malleable signatures, yet accepts keys under which anyone can sign: those are refused here too.
    """
    key = Ed25519PublicKey.from_public_bytes(check(public_key))
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True
