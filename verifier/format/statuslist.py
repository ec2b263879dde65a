"""The bits of a status list: `encodedList` <-> bytes (Bitstring Status List 1.0 sections 3.3 and 3.4)."""

import gzip
import re
import zlib
from dataclasses import dataclass, field

from ..limits import MAX_DECODED_LISTS, MAX_STATUS_BITS, MIN_STATUS_BITS
from .errors import FormatError
from .multibase import decode_base64url, encode_base64url
from .steps import Steps

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_MAX_INDEX = 10**10 - 1  # as many digits; no list is that long
_GZIP_LEVEL = 6  # 9 costs twenty times more for an eighth less
_GZIP_WINDOW = 31
_STEPS_A_LIST = 2_000


def encode(bits: bytes) -> str:
    """The `encodedList` of a bitstring, most significant bit first."""
    return "u" + encode_base64url(gzip.compress(bits, _GZIP_LEVEL, mtime=0))


def decode(encoded: str) -> bytes:
    """The bitstring of an `encodedList`; raises FormatError `status.encoding` or `status.size`.

    Inflates at most MAX_STATUS_BITS, whatever the text claims.
    """
    if not encoded.startswith("u"):
        raise FormatError("status.encoding", "The list is not multibase base64url (u…).")
    inflate = zlib.decompressobj(_GZIP_WINDOW)
    try:
        bits = inflate.decompress(decode_base64url(encoded[1:]), MAX_STATUS_BITS // 8 + 1)
    except (FormatError, zlib.error):
        raise _not_gzip() from None
    if len(bits) > MAX_STATUS_BITS // 8:
        raise FormatError("status.size", f"The list inflates to more than {MAX_STATUS_BITS} entries.")
    if not inflate.eof or inflate.unused_data:
        raise _not_gzip()
    if len(bits) * 8 < MIN_STATUS_BITS:
        raise FormatError("status.size", f"The list has fewer than {MIN_STATUS_BITS} entries.")
    return bits


def _not_gzip() -> FormatError:
    return FormatError("status.encoding", "The list is not base64url of gzip, whole and alone.")


@dataclass(frozen=True, slots=True)
class Decoder:
    """Decodes as `decode` does, and remembers the last few answers, refusals too: many entries may share a list."""

    _kept: dict[str, bytes | FormatError] = field(default_factory=dict)

    def bits(self, encoded: str, steps: Steps | None = None) -> bytes:
        """The bitstring of an `encodedList`, counted in `steps` unless remembered; raises as `decode`."""
        found = self._kept.pop(encoded, None)
        if found is None:
            if steps:
                steps.take(_STEPS_A_LIST)
                steps.take_characters(len(encoded))
            try:
                found = decode(encoded)
            except FormatError as error:
                found = error
        self._kept[encoded] = found
        if len(self._kept) > MAX_DECODED_LISTS:
            del self._kept[next(iter(self._kept))]
        if isinstance(found, FormatError):
            raise FormatError(found.code, found.detail)
        return found


def parse_index(value: object) -> int:
    """The entry's position from its decimal text, or from the number that some issuers write; raises `status.index`."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_INDEX:
        return value
    if not isinstance(value, str) or not _INDEX.fullmatch(value):
        raise FormatError("status.index", "statusListIndex is not a decimal number without sign, fraction or zeros.")
    return int(value)


def bit(bits: bytes, index: int) -> bool:
    """The bit at `index`, most significant bit of the first byte first; raises FormatError `status.index`."""
    return bool(value(bits, index, 1))


def value(bits: bytes, position: int, size: int) -> int:
    """The number in the `size` bits from `position` on (`statusSize`); raises FormatError `status.index`."""
    if position + size > len(bits) * 8:
        raise FormatError("status.index", f"Bit {position} is beyond the {len(bits) * 8} bits of the list.")
    found = 0
    for place in range(position, position + size):
        found = found << 1 | (bits[place // 8] >> (7 - place % 8) & 1)
    return found


def with_bits(length: int, indices: frozenset[int]) -> bytes:
    """A bitstring of `length` entries in which exactly `indices` are set."""
    bits = bytearray(length // 8)
    for index in indices:
        bits[index // 8] |= 1 << (7 - index % 8)
    return bytes(bits)
