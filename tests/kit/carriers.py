"""Images and PDF files that carry something, made by hand: a test can do to them what no library would."""

import struct
import zlib

from verifier.format import bakedpng, bakedsvg

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n  <rect width="1" height="1"/>\n</svg>\n'
BINDING = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def itxt(content: bytes, *, head: bytes = b"\0\0\0\0", keyword: bytes = b"openbadgecredential") -> bytes:
    return chunk(b"iTXt", keyword + b"\0" + head + content)


def png(*chunks: bytes) -> bytes:
    """An image of one pixel with these chunks before its end."""
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"".join((SIGNATURE, chunk(b"IHDR", HEADER), pixel, *chunks, chunk(b"IEND", b"")))


def baked_png(content: bytes) -> bytes:
    return bakedpng.bake(png(), content)


def baked_svg(content: bytes) -> bytes:
    return bakedsvg.bake(SVG, content)


def svg(inside: str, *, attributes: str = BINDING, before: str = "") -> bytes:
    """An image with this text as its content."""
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def element(content: bytes, attributes: str = "") -> str:
    """The element of a credential."""
    return f"<openbadges:credential{attributes}><![CDATA[{content.decode()}]]></openbadges:credential>"


def attached(content: bytes, entries: bytes | None = None, *, deflate: bool = True, length: bytes = b"") -> bytes:
    """The stream of an attached file; `entries`: more of its dictionary, `length`: another than the right one."""
    body = zlib.compress(content) if deflate else content
    more = (b"/Filter/FlateDecode" if deflate else b"") if entries is None else entries
    size = length or b"%d" % len(body)
    return b"<</Type/EmbeddedFile" + more + b"/Length " + size + b">>\nstream\n" + body + b"\nendstream"


def pdf(*objects: bytes, trailer: bytes = b"/Size 9/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1; without a table, which the reader does not go by."""
    parts = (b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + b"".join(parts) + b"trailer<<" + trailer + b">>\nstartxref\n0\n%%EOF\n"


def pdf_with(*contents: bytes) -> bytes:
    return pdf(b"<</Type/Catalog>>", *map(attached, contents))
