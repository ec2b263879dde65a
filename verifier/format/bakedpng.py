"""PNG images that carry a credential in an iTXt chunk (Open Badges 3.0 section 5.3.1, PNG Third Edition section 5)."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from ..limits import MAX_PNG_CHUNKS
from .errors import FormatError

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_KEYWORD: Final = b"openbadgecredential\0"
_PLAIN: Final = b"\0\0"
_LAST: Final = b"IEND"
_FRAME: Final = 12
"""Bytes around the data of a chunk: its length, its type, its checksum."""


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin as every PNG does."""
    return data.startswith(_SIGNATURE)


def contents(data: bytes) -> list[bytes]:
    """What stands in each chunk for a credential; raises FormatError `png.form`."""
    return [_text(body) for kind, body in list(_chunks(data)) if kind == b"iTXt" and body.startswith(_KEYWORD)]


def bake(image: bytes, credential: bytes) -> bytes:
    """The image with a credential (UTF-8) in it; raises FormatError `png.form` when it is none, or carries one."""
    if contents(image):
        raise FormatError("png.form", "The image carries a credential already.")
    kind_and_body = b"iTXt" + _KEYWORD + _PLAIN + b"\0\0" + credential
    chunk = struct.pack(">I", len(kind_and_body) - 4) + kind_and_body + struct.pack(">I", zlib.crc32(kind_and_body))
    end = len(_SIGNATURE) + sum(_FRAME + len(body) for _, body in _chunks(image)) - _FRAME
    return image[:end] + chunk + image[end:]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and data of every chunk, up to the end of the image. What stands behind it, no reader of images looks at."""
    place, kind = len(_SIGNATURE), b""
    for _ in range(MAX_PNG_CHUNKS):
        end = place + _FRAME + int.from_bytes(data[place : place + 4])
        if end > len(data):
            raise FormatError("png.form", "The image is cut off.")
        if zlib.crc32(data[place + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise FormatError("png.form", "A part of the image is damaged: its checksum is wrong.")
        kind = data[place + 4 : place + 8]
        yield kind, data[place + 8 : end - 4]
        place = end
        if kind == _LAST:
            break
    if kind != _LAST:
        raise FormatError("png.form", "The image has too many parts.")


def _text(body: bytes) -> bytes:
    """Behind the keyword: not compressed, then a language and a translated keyword, each ended by a zero."""
    parts = body[len(_KEYWORD) + 2 :].split(b"\0", 2)
    if not body.startswith(_PLAIN, len(_KEYWORD)) or len(parts) != 3:
        raise FormatError("png.form", "The credential in the image is compressed, or not written as it should be.")
    return parts[2]
