"""A signer whose private key is an encrypted PKCS#8 file (RFC 5958, RFC 8410) on this machine.

The passphrase goes through scrypt of 128 MiB (`pkcs8.COST`). Older files, under PBKDF2 of 2,048 rounds, are read as
well, and so is what `openssl pkcs8 -topk8` writes; `rewrap` brings them up to date.
"""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from . import durable, pkcs8, published
from .errors import KeyFileError

MIN_PASSPHRASE_BYTES = 12
MAX_FILE_BYTES = 4096  # an encrypted Ed25519 key takes about 300
_OWNER_ONLY = 0o600
_OTHERS = 0o077
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
    try:
        durable.create(path, _sealed(key, passphrase), mode=_OWNER_ONLY)
    except FileExistsError:
        detail = f"{path} exists and was left as it is. Choose another name; a key is never overwritten."
        raise KeyFileError("key.file-exists", detail) from None
    except OSError as error:
        raise KeyFileError("key.file-unwritable", f"{path} cannot be written: {error.strerror}.") from None
    return _signer(key)


def load(path: Path, passphrase: bytes, *, public_key: bytes) -> LocalSigner:
    """Open the file of the key whose public half (32 raw bytes) is known.

    Raises KeyFileError `key.file-missing`, `key.file-unreadable`, `key.file-mode`, `key.unencrypted`,
    `key.file-damaged`, `key.cost`, `key.passphrase`, `key.type`, `key.mismatch` or `key.published`.
    """
    return _signer(_opened(path, passphrase, public_key))


def rewrap(path: Path, passphrase: bytes, *, public_key: bytes) -> bool:
    """Write a key file anew as `generate` would; whether it was not so already. A reader sees the old or the new one.

    Raises KeyFileError as `load`, or `key.file-unwritable`.
    """
    if not is_worn(path):
        return False
    key = _opened(path, passphrase, public_key)
    pem = _sealed(key, passphrase)
    if _decrypt(path, pem, passphrase).private_bytes_raw() != key.private_bytes_raw():  # before the old one goes
        raise KeyFileError("key.mismatch", f"{path} was left as it is: what was made of it does not open again.")
    try:
        durable.replace(path, pem, mode=_OWNER_ONLY)
    except OSError as error:
        raise KeyFileError("key.file-unwritable", f"{path} cannot be written: {error.strerror}.") from None
    return True


def is_worn(path: Path) -> bool:
    """Whether a passphrase of this file costs less to guess than one of a new file. Raises as `inspect`."""
    data = _read(path)
    _refuse_open(path, data)
    cost = pkcs8.cost_of(data)
    return cost is None or not pkcs8.is_enough(cost)


def _sealed(key: Ed25519PrivateKey, passphrase: bytes) -> bytes:
    return pkcs8.seal(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), passphrase)


def _opened(path: Path, passphrase: bytes, public_key: bytes) -> Ed25519PrivateKey:
    key = _decrypt(path, _read(path), passphrase)
    # The file's encryption does not notice tampering: a changed byte can give another key that looks sound.
    if key.public_key().public_bytes_raw() != public_key:
        detail = f"{path} does not hold the private half of its key in the registry. Restore it from a backup."
        raise KeyFileError("key.mismatch", detail)
    return key


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
    if pkcs8.BEGIN in pem and len(pem) <= MAX_FILE_BYTES and pem.count(_BEGIN) == 1:
        return
    if b"PRIVATE KEY-----" in pem:
        detail = f"{path} is not an encrypted PKCS#8 file. Encrypt it with openssl pkcs8 -topk8."
        raise KeyFileError("key.unencrypted", detail)
    raise KeyFileError("key.file-damaged", f"{path} is not a PEM key file. Restore it from a backup.")


def _decrypt(path: Path, pem: bytes, passphrase: bytes) -> Ed25519PrivateKey:
    _refuse_open(path, pem)
    cost = pkcs8.cost_of(pem)
    if cost is not None and not pkcs8.is_bearable(cost):
        detail = f"{path} asks for more memory or time than any key file needs. Restore it from a backup."
        raise KeyFileError("key.cost", detail)
    try:
        key = load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError, InternalError, MemoryError):  # an empty passphrase; bytes that OpenSSL trips over
        detail = f"The passphrase does not open {path}, or the file is damaged. Try again, or restore a backup."
        raise KeyFileError("key.passphrase", detail) from None
    except UnsupportedAlgorithm:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError("key.type", f"{path} does not hold an Ed25519 key. Generate one with this program.")
    return key
