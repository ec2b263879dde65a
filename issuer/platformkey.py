"""An exam platform's public key in the forms in which programs write one: Multikey, JWK (RFC 8037), PEM (RFC 8410).

No refusal repeats what was given: it may be the private half.
"""

import base64
import binascii
import re
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.dsa import DSAPublicKey
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from verifier.format import multikey
from verifier.format.errors import FormatError
from verifier.format.multibase import decode_base58btc
from verifier.format.strictjson import load_object
from verifier.format.types import JsonObject

from .errors import IssuerError

MAX_BYTES: Final = 16_384
"""Of a file: more than any key takes, an RSA key with its certificate among them."""
_FORMS: Final = "as Multikey (z6Mk…), as JWK (kty OKP, crv Ed25519), or as PEM (BEGIN PUBLIC KEY)"
_PRIVATE_MEMBERS: Final = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}
_PRIVATE_CODECS: Final = {b"\x80\x26", b"\x81\x26", b"\x82\x26", b"\x86\x26", b"\x87\x26", b"\x88\x26", b"\x89\x26"}
"""ed25519, secp256k1, x25519 and the NIST curves, each private (multicodec table)."""
_PEM: Final = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \1-----", re.DOTALL)
_MULTIBASE: Final = re.compile(r"z[1-9A-HJ-NP-Za-km-z]{1,200}", re.ASCII)
_NAMES: Final = {
    RSAPublicKey: "an RSA key",
    EllipticCurvePublicKey: "a key of a NIST or similar curve",
    DSAPublicKey: "a DSA key",
}


def read(data: bytes) -> str:
    """The Multikey text of the one Ed25519 public key in this.

    Raises IssuerError `access.private-key` for a private key, `access.key-type` for one of another algorithm, and
    `access.key` for anything else.
    """
    try:
        text = data.decode().strip().removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise _no_key("It is no text.") from None
    if len(data) > MAX_BYTES:
        raise _no_key(f"It is larger than {MAX_BYTES:,} bytes.")
    if "PRIVATE KEY" in text:
        raise _private()
    try:
        return multikey.encode(_raw(text))
    except FormatError as error:
        raise _no_key(error.detail) from None


def _raw(text: str) -> bytes:
    if text.startswith("{"):
        return _of_jwk(load_object(text.encode(), max_bytes=MAX_BYTES))
    if "-----BEGIN" in text:
        return _of_pem(text)
    if text.startswith("ssh-"):
        raise _no_key("It is a key of SSH: ssh-keygen -e -m PKCS8 -f FILE writes it as PEM.")
    if not _MULTIBASE.fullmatch(text):
        raise _no_key("It has none of these forms, nor is it a file that is there.")
    return _of_multikey(text)


def _of_multikey(text: str) -> bytes:
    codec = decode_base58btc(text)[:2]
    if codec in _PRIVATE_CODECS:
        raise _private()
    if codec != b"\xed\x01":
        raise _other_type("a key of another kind")
    return multikey.decode(text)


def _of_jwk(jwk: JsonObject) -> bytes:
    if _PRIVATE_MEMBERS & set(jwk):
        raise _private()
    if "keys" in jwk:
        raise _no_key("It is a set of keys: give one of them.")
    if isinstance(jwk.get("kty"), str) and (jwk["kty"], jwk.get("crv")) != ("OKP", "Ed25519"):
        raise _other_type("a JWK of another kind")
    return multikey.decode_jwk(jwk)


def _of_pem(text: str) -> bytes:
    blocks = _PEM.findall(text)
    if len(blocks) != 1 or blocks[0][0] != "PUBLIC KEY":
        raise _no_key("As PEM it has one block, BEGIN PUBLIC KEY, and no other.")
    try:
        key = load_der_public_key(base64.b64decode("".join(blocks[0][1].split()), validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        raise _no_key("What stands in the PEM block is no public key that is known here.") from None
    if not isinstance(key, Ed25519PublicKey):
        raise _other_type(next((name for kind, name in _NAMES.items() if isinstance(key, kind)), "of another kind"))
    return key.public_bytes_raw()


def _private() -> IssuerError:
    return IssuerError(
        "access.private-key",
        "That is a private key. Nobody but the platform may have it: if it was sent to you, it must be replaced. Give "
        "the public key of a new pair.",
    )


def _other_type(what: str) -> IssuerError:
    return IssuerError("access.key-type", f"That is {what}. Records are signed with Ed25519: give such a public key.")


def _no_key(why: str) -> IssuerError:
    return IssuerError("access.key", f"That is no Ed25519 public key {_FORMS}. {why}")
