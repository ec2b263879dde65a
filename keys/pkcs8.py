"""Encrypted PKCS#8 files whose key comes from the passphrase by scrypt (RFC 5958, RFC 7914 section 7, RFC 8018).

The library writes PBKDF2 alone, of 2,048 rounds, and reads both. So the envelope is written here, and read as far as
its cost goes: before anything is derived, since a file says itself how much memory and time it takes.
"""

import os
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.padding import PKCS7

BEGIN: Final = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"
_END: Final = b"-----END ENCRYPTED PRIVATE KEY-----"
_SEQUENCE: Final = 0x30
_INTEGER: Final = 0x02
_OCTETS: Final = 0x04
_OID: Final = 0x06
_PBES2: Final = bytes.fromhex("2a864886f70d01050d")
_PBKDF2: Final = bytes.fromhex("2a864886f70d01050c")
_SCRYPT: Final = bytes.fromhex("2b06010401da47040b")
_AES256_CBC: Final = bytes.fromhex("60864801650304012a")
_SALT_BYTES: Final = 16
_BLOCK_BYTES: Final = 16
_KEY_BYTES: Final = 32
_COLUMNS: Final = 64


class Cost(NamedTuple):
    """What it takes to try one passphrase. scrypt: `n`, `r`, `p`; PBKDF2: `n` rounds, and no `r`."""

    n: int
    r: int
    p: int

    @property
    def memory(self) -> int:
        """Bytes."""
        return 128 * self.n * self.r

    @property
    def work(self) -> int:
        """Steps: blocks that scrypt mixes, or rounds of PBKDF2."""
        return self.n * max(self.r, 1) * self.p


COST: Final = Cost(1 << 17, 8, 1)
"""128 MiB and some tenths of a second for each passphrase that is tried."""
MAX_MEMORY: Final = 512 << 20
"""Bytes that a file may ask for; four times what is written here."""
MAX_WORK: Final = 1 << 24
"""Sixteen times what is written here, and many more rounds of PBKDF2 than anybody takes."""


def seal(plain: bytes, passphrase: bytes, cost: Cost | None = None) -> bytes:
    """The PEM of a PKCS#8 key (DER), at COST where no other is given."""
    cost = cost or COST
    salt, start = os.urandom(_SALT_BYTES), os.urandom(_BLOCK_BYTES)
    key = Scrypt(salt=salt, length=_KEY_BYTES, n=cost.n, r=cost.r, p=cost.p).derive(passphrase)
    padder, encryptor = PKCS7(AES256.block_size).padder(), Cipher(AES256(key), CBC(start)).encryptor()
    sealed = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    numbers = b"".join(_integer(number) for number in cost)  # the key's length is that of its cipher
    kdf = _sequence(_tlv(_OID, _SCRYPT), _sequence(_tlv(_OCTETS, salt), numbers))
    scheme = _sequence(_tlv(_OID, _AES256_CBC), _tlv(_OCTETS, start))
    algorithm = _sequence(_tlv(_OID, _PBES2), _sequence(kdf, scheme))
    text = b64encode(_sequence(algorithm, _tlv(_OCTETS, sealed)))
    lines = [text[place : place + _COLUMNS] for place in range(0, len(text), _COLUMNS)]
    return b"\n".join([BEGIN, *lines, _END, b""])


def cost_of(pem: bytes) -> Cost | None:
    """What a PEM file asks for; None where it is not of the form that is read here."""
    try:
        der = b64decode(b"".join(pem.partition(BEGIN)[2].partition(_END)[0].split()), validate=True)
        (whole,) = _parts(der)
        algorithm, _ = _parts(whole[1])
        scheme, parameters = _parts(algorithm[1])
        kdf, _ = _parts(parameters[1])
        name, values = _parts(kdf[1])
        given = [int.from_bytes(value) for tag, value in _parts(values[1]) if tag == _INTEGER]
    except (ValueError, IndexError, Error):
        return None
    if scheme != (_OID, _PBES2):
        return None
    if name == (_OID, _SCRYPT) and len(given) >= 3:
        return Cost(*given[:3])
    return Cost(given[0], 0, 1) if name == (_OID, _PBKDF2) and given else None


def is_bearable(cost: Cost) -> bool:
    """Whether a file may ask for so much."""
    return cost.memory <= MAX_MEMORY and cost.work <= MAX_WORK


def is_enough(cost: Cost) -> bool:
    """Whether it is at least what is written here."""
    return cost.r > 0 and cost.memory >= COST.memory and cost.work >= COST.work


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each element that stands in `data`; raises ValueError or IndexError where one is cut off."""
    place = 0
    while place < len(data):
        tag, length = data[place], data[place + 1]
        place += 2
        if length & 0x80:
            count = length & 0x7F
            length, place = int.from_bytes(data[place : place + count]), place + count
        if place + length > len(data):
            raise ValueError("cut off")
        yield tag, data[place : place + length]
        place += length


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def _sequence(*parts: bytes) -> bytes:
    return _tlv(_SEQUENCE, b"".join(parts))


def _integer(number: int) -> bytes:
    return _tlv(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1))
