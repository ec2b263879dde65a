"""Texts of QR codes, made by hand: streams that no writer makes, and documents at the bounds."""

import zlib

from tests.kit.minting import changed
from tests.vectors.cases_qr import BUILT_IN, COMPACT, OWN, OWN_HOST, PREFIX, TEXT, packed
from verifier.format import digits, qrtext
from verifier.format.jcs import canonicalize
from verifier.format.types import JsonObject

CONTENT = canonicalize(COMPACT)


def own(dictionary: bytes = OWN) -> str:
    """The credential under a dictionary of the operator's own."""
    return qrtext.encode(COMPACT, OWN_HOST, 100, dictionary)


def holding(content: bytes, head: str = "1001") -> str:
    """The text of a stream, whatever it is."""
    return f"{PREFIX}{head}{digits.encode(content)}"


def of(content: bytes) -> str:
    """The text of a document, whatever it is."""
    return holding(packed(content))


def bits_behind(stream: bytes) -> list[bytes]:
    """The stream with each of the bits changed that are left of its last byte."""
    return [each for bit in range(8) if is_whole(each := bytes([*stream[:-1], stream[-1] ^ 1 << bit]))]


def is_whole(stream: bytes) -> bool:
    inflate = zlib.decompressobj(-15, zdict=BUILT_IN)
    try:
        return inflate.decompress(stream) == CONTENT and inflate.eof
    except zlib.error:
        return False


def stored(content: bytes, padding: int) -> bytes:
    """One stored block; `padding` are the bits that DEFLATE skips before its length."""
    size = len(content)
    return bytes([1 | padding << 3]) + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + content


def nested(depth: int) -> bytes:
    """The credential with objects so deep, itself one of them."""
    value: JsonObject = {}
    for _ in range(depth - 2):
        value = {"a": value}
    return canonicalize(changed(COMPACT, z=value))


def members(count: int) -> bytes:
    """The credential with so many members and elements."""
    return canonicalize(changed(COMPACT, z=[0] * (count - counted(COMPACT) - 1)))


def counted(value: object) -> int:
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return len(inside) + sum(map(counted, inside))


def with_text(name: str, text: str) -> bytes:
    """The canonical credential with one more member last, written out by hand."""
    return CONTENT[:-1] + f',"{name}":{text}}}'.encode()


def hosted(host: str) -> str:
    return TEXT.replace(OWN_HOST, host)
