"""Bytes as decimal digits, 7 bytes in 17, for the numeric mode of a QR code (docs/qr-format.md, "Digits").

Decoding is strict: what decodes, encodes to the same text.
"""

from typing import Final

from .errors import FormatError

_BYTES: Final = 7
_DIGITS: Final = (0, 3, 5, 8, 10, 13, 15, 17)
"""Decimal digits that a group of so many bytes takes: the fewest that hold every value."""
_SIZES: Final = {digits: size for size, digits in enumerate(_DIGITS)}


def encode(data: bytes) -> str:
    """The digits of `data`: groups of 7 bytes, each as one big-endian number, the last group shorter."""
    groups = (data[start : start + _BYTES] for start in range(0, len(data), _BYTES))
    return "".join(str(int.from_bytes(group, "big")).zfill(_DIGITS[len(group)]) for group in groups)


def decode(text: str) -> bytes:
    """The bytes of ASCII digits; raises FormatError `qr.digits`."""
    groups = (text[start : start + _DIGITS[_BYTES]] for start in range(0, len(text), _DIGITS[_BYTES]))
    return b"".join(map(_group, groups))


def _group(digits: str) -> bytes:
    size = _SIZES.get(len(digits))
    if size is None:
        raise FormatError("qr.digits", f"The last {len(digits)} digits stand for no whole number of bytes.")
    try:
        return int(digits).to_bytes(size, "big")
    except OverflowError:
        raise FormatError("qr.digits", f"{digits} is larger than {size} bytes hold.") from None
