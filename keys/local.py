"""A signer whose private key is an encrypted PKCS#8 file (RFC 5958, RFC 8410) on this machine.

The library encrypts with AES-256 under PBKDF2 of 2,048 rounds, so the passphrase must carry the weight: take a
random one. A file that `openssl pkcs8 -topk8 -scrypt` wrote is read as well.
"""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from . import durable, published
from .errors import KeyFileError

MIN_PASSPHRASE_BYTES = 12
MAX_FILE_BYTES = 4096  # an encrypted Ed25519 key takes about 300
_OWNER_ONLY = 0o600
_OTHERS = 0o077
_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"
_BEGIN = b"-----BEGIN "
_OPEN = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe in the place of the file must not make us wait


@dataclass(frozen=True, slots=True)
class LocalSigner:
    """A loaded key. Hold on to it: loading costs as much as signing."""

    public_key: bytes
    _key: Ed25519PrivateKey = field(repr=False, compare=False)

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


def generate(path: Path, passphrase: bytes) -> LocalSigner:
    """Make a key and its file, which only its owner can read.

    Raises KeyFileError `key.passphrase-weak` (under 12 bytes), `key.file-exists` or `key.file-unwritable`.
    """
    if len(passphrase) < MIN_PASSPHRASE_BYTES:
        detail = f"The passphrase is too short: take a random one of at least {MIN_PASSPHRASE_BYTES} characters."
        raise KeyFileError("key.passphrase-weak", detail)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))
    try:
        durable.create(path, pem, mode=_OWNER_ONLY)
    except FileExistsError:
        detail = f"{path} exists and was left as it is. Choose another name; a key is never overwritten."
        raise KeyFileError("key.file-exists", detail) from None
    except OSError as error:
        raise KeyFileError("key.file-unwritable", f"{path} cannot be written: {error.strerror}.") from None
    return _signer(key)


def load(path: Path, passphrase: bytes, *, public_key: bytes) -> LocalSigner:
    """Open the file of the key whose public half (32 raw bytes) is known.

    Raises KeyFileError `key.file-missing`, `key.file-unreadable`, `key.file-mode`, `key.unencrypted`,
    `key.file-damaged`, `key.passphrase`, `key.type`, `key.mismatch` or `key.published`.
    """
    signer = _signer(_decrypt(path, _read(path), passphrase))
    # The file's encryption does not notice tampering: a changed byte can give another key that looks sound.
    if signer.public_key != public_key:
        detail = f"{path} does not hold the private half of its key in the registry. Restore it from a backup."
        raise KeyFileError("key.mismatch", detail)
    return signer


def inspect(path: Path) -> None:
    """Whether a key file could be opened by whoever knows its passphrase; raises as `load`, as far as that shows."""
    _refuse_open(path, _read(path))


def sealed(path: Path) -> bytes:
    """The bytes of a key file as they are, to be kept elsewhere: encrypted, and for its owner alone.

    Raises KeyFileError `key.file-missing`, `key.file-unreadable`, `key.file-mode`, `key.unencrypted` or
    `key.file-damaged`.
    """
    data = _read(path)
    _refuse_open(path, data)
    return data


def _signer(key: Ed25519PrivateKey) -> LocalSigner:
    return LocalSigner(published.refuse(key.public_key().public_bytes_raw()), key)


def _read(path: Path) -> bytes:
    """The bytes of a file that nobody else may touch; the mode is that of what was opened."""
    try:
        with os.fdopen(os.open(path, _OPEN), "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(MAX_FILE_BYTES + 1) if stat.S_ISREG(mode) else b""
    except FileNotFoundError:
        detail = f"There is no key file {path}. Restore it from a backup, or generate a new key."
        raise KeyFileError("key.file-missing", detail) from None
    except OSError as error:
        raise KeyFileError("key.file-unreadable", f"{path} cannot be read: {error.strerror}.") from None
    if mode & _OTHERS:
        detail = f"Others than its owner may use {path}. Run chmod 600 on it, and ask yourself who has read it."
        raise KeyFileError("key.file-mode", detail)
    return data


def _refuse_open(path: Path, pem: bytes) -> None:
    """Refuse whatever is not an encrypted key alone: no other private key may stand beside it."""
    if _ENCRYPTED in pem and len(pem) <= MAX_FILE_BYTES and pem.count(_BEGIN) == 1:
        return
    if b"PRIVATE KEY-----" in pem:
        detail = f"{path} is not an encrypted PKCS#8 file. Encrypt it with openssl pkcs8 -topk8."
        raise KeyFileError("key.unencrypted", detail)
    raise KeyFileError("key.file-damaged", f"{path} is not a PEM key file. Restore it from a backup.")


def _decrypt(path: Path, pem: bytes, passphrase: bytes) -> Ed25519PrivateKey:
    _refuse_open(path, pem)
    try:
        key = load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError, InternalError):  # an empty passphrase; bytes that OpenSSL trips over
        detail = f"The passphrase does not open {path}, or the file is damaged. Try again, or restore a backup."
        raise KeyFileError("key.passphrase", detail) from None
    except UnsupportedAlgorithm:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError("key.type", f"{path} does not hold an Ed25519 key. Generate one with this program.")
    return key
