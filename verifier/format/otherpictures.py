"""Pictures of the formats that carry no credential, whatever they show: known, so that nobody takes them for text."""

import re
from typing import Final

_BEGINS: Final = re.compile(
    rb"\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|\0\0..ftyp(?:heic|heix|mif1|msf1|avif)",
    re.DOTALL,
)
"""JPEG, GIF, BMP, TIFF, WebP, HEIF and AVIF."""


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin as one of them does."""
    return _BEGINS.match(data) is not None


def contents(_: bytes) -> list[bytes]:
    """Nothing."""
    return []
