"""SVG images that carry a credential in an element (Open Badges 3.0 section 5.3.2, XML 1.0, Namespaces in XML 1.0).

A scanner of tags and not a parser of XML: nothing is expanded, fetched or nested. A document type is passed over when
it only names one, and refused when it defines anything.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from ..limits import MAX_CREDENTIAL_BYTES, MAX_SVG_ATTRIBUTES, MAX_SVG_ELEMENTS, MAX_SVG_PIECES
from .errors import FormatError

_NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
_NAMESPACES: Final = re.compile(r"https?://(?:purl\.imsglobal\.org/(?:spec/)?ob/v3p0|openbadges\.org)/?")
"""As Open Badges 3.0 has it, and as writers have it: from the address of its context, or still from Open Badges 2.0."""
_LOCAL: Final = "credential"
_PREFIX: Final = "openbadges"
_NAME: Final = f"{_PREFIX}:{_LOCAL}"
_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe<\0", b"\xfe\xff\0<")
_SPACE: Final = " \t\r\n"
_ROOT: Final = re.compile(rb"<(?:[^ \t\r\n</>:]{1,64}:)?svg[ \t\r\n/>]")
_ENCODING: Final = re.compile(
    rb"""<\?xml[^>]{0,99}?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["'](?!utf-8["'])""", re.IGNORECASE
)
_DECLARATION: Final = 256
"""Bytes in which it stands."""
_CDATA: Final = "<![CDATA["
_DOCUMENT_TYPE: Final = "<!DOCTYPE"
_REST: Final = r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>"""
_PIECE: Final = re.compile(
    r"[^<]++|<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rf"|{_DOCUMENT_TYPE}{_REST}|<(?![!?])/?([^ \t\r\n</>]++){_REST}",
    re.DOTALL,
)
_QUOTED: Final = re.compile("\"[^\"]*\"|'[^']*'")
_ATTRIBUTE: Final = re.compile(r"""[ \t\r\n]([^ \t\r\n='"<>]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')""")
_ENTITY: Final = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LONGEST_NAMESPACE: Final = 256
_LONGEST_DOCUMENT_TYPE: Final = 1_024
_MOST_ESCAPED: Final = 2
"""How much longer a document, or a token, may stand there than it is."""


class _Piece(NamedTuple):
    """A tag with its name, or text without one; `text` is as it stands in the file, `end` the place behind it."""

    name: str
    text: str
    end: int


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin as XML does, and hold an `svg` tag."""
    if data.startswith(_UTF_16):
        return b"s\0v\0g" in data
    return data.removeprefix(_BOM).lstrip(_SPACE.encode()).startswith(b"<") and _ROOT.search(data) is not None


def contents(data: bytes) -> list[bytes]:
    """What stands in each element for a credential; raises FormatError `svg.form` or `carrier.unread`."""
    pieces = _pieces(_decoded(data))
    around = _bindings(_root(pieces))
    found = (_held(piece, pieces) for piece in _elements(pieces) if _is_for_a_credential(piece, around))
    return [text.encode() for texts in found for text in texts if text.strip(_SPACE)]


def bake(image: bytes, credential: bytes) -> bytes:
    """The image with a credential (UTF-8 text) as its first element; raises FormatError as `contents`."""
    if contents(image):
        raise _form("The image carries a credential already.")
    text = image.decode()
    root = _root(_pieces(text))
    ends = root.end
    begins = ends - len(root.text) + 1 + len(root.name)
    body = credential.decode().replace("]]>", "]]]]><![CDATA[>")
    element = f"<{_NAME}>{_CDATA}{body}]]></{_NAME}>"
    return f'{text[:begins]} xmlns:{_PREFIX}="{_NAMESPACE}"{text[begins:ends]}\n  {element}{text[ends:]}'.encode()


def _decoded(data: bytes) -> str:
    if data.startswith(_UTF_16):
        raise FormatError("carrier.unread", "The image is UTF-16 text, and not UTF-8.")
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError:
        if _ENCODING.match(data[:_DECLARATION]):
            raise FormatError("carrier.unread", "The image is text in another encoding than UTF-8.") from None
        raise _form("The image is not UTF-8 text.") from None


def _pieces(text: str) -> Iterator[_Piece]:
    place = 0
    for _ in range(MAX_SVG_PIECES):
        if place == len(text):
            return
        found = _PIECE.match(text, place)
        if found is None:
            raise _form("The image is cut off, or a tag in it is not written as it should be.")
        place = found.end()
        yield _Piece(found[1] or "", found[0], place)
    raise _form("The image has too many parts.")


def _root(pieces: Iterator[_Piece]) -> _Piece:
    for piece in pieces:
        if piece.name:
            if _parts(piece.name)[1] != "svg":
                break
            return piece
        _check_document_type(piece.text)
    raise _form("The outermost element is not svg.")


def _check_document_type(text: str) -> None:
    """It may say where its definitions are, which nobody fetches, and not bring any: a reference could then be one."""
    if not text.startswith(_DOCUMENT_TYPE):
        return
    if len(text) > _LONGEST_DOCUMENT_TYPE or "[" in _QUOTED.sub("", text):
        raise _form("The image brings definitions in its document type.")


def _parts(name: str) -> tuple[str, str]:
    prefix, _, local = name.rpartition(":")
    return prefix, local


def _elements(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Those that a credential may stand in, by the name alone."""
    count = 0
    for piece in pieces:
        if piece.name.endswith(_LOCAL) and _parts(piece.name)[1] == _LOCAL and not piece.text.startswith("</"):
            count += 1
            if count > MAX_SVG_ELEMENTS:
                raise _form("The image has too many elements for a credential.")
            yield piece


def _is_for_a_credential(piece: _Piece, around: dict[str, str]) -> bool:
    """By the namespace of its prefix, as the element binds it or the outermost one (`around`)."""
    prefix = _parts(piece.name)[0]
    namespace = _bindings(piece).get(prefix, around.get(prefix))
    if namespace is None and prefix == _PREFIX:
        raise _form(f"The prefix {_PREFIX} does not stand for anything.")
    written = namespace or ""
    return len(written) <= _LONGEST_NAMESPACE and _NAMESPACES.fullmatch(_unescaped(written)) is not None


def _bindings(piece: _Piece) -> dict[str, str]:
    """Prefix -> namespace as it is written; the prefix is empty for elements without one."""
    found = _attributes(piece.text).items()
    return {name[6:]: value for name, value in found if name == "xmlns" or name.startswith("xmlns:")}


def _attributes(tag: str) -> dict[str, str]:
    """Name -> value as it is written."""
    found = list(islice(_ATTRIBUTE.finditer(tag), MAX_SVG_ATTRIBUTES + 1))
    if len(found) > MAX_SVG_ATTRIBUTES:
        raise _form("A tag of the image has too many attributes.")
    return {each[1]: each[2] or each[3] or "" for each in found}


def _held(piece: _Piece, following: Iterator[_Piece]) -> Iterator[str]:
    """A token stands in the attribute `verify`, a document between the tags."""
    texts = () if piece.text.endswith("/>") else tuple(_body(piece.name, following))
    token = _attributes(piece.text).get("verify", "")
    if len(token) + sum(map(len, texts)) > _MOST_ESCAPED * MAX_CREDENTIAL_BYTES:
        raise FormatError("carrier.size", "The credential in the image is too large.")
    yield _unescaped(token)
    yield "".join(map(_characters, texts))


def _body(name: str, following: Iterator[_Piece]) -> Iterator[str]:
    for piece in following:
        if piece.name == name and piece.text.startswith("</"):
            return
        if piece.name or piece.text.startswith(_DOCUMENT_TYPE):
            break
        yield piece.text
    raise _form("The element of the credential holds other elements, or does not end.")


def _characters(text: str) -> str:
    if text.startswith(_CDATA):
        return text[len(_CDATA) : -3]
    return "" if text.startswith("<") else _unescaped(text)


def _unescaped(text: str) -> str:
    return _ENTITY.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    number = int(decimal or hexadecimal or "110000", 10 if decimal else 16)
    if not name and (number > 0x10FFFF or 0xD800 <= number <= 0xDFFF):
        raise _form("The image refers to characters in a way that only a document type could explain.")
    return _NAMED[name] if name else chr(number)


def _form(detail: str) -> FormatError:
    return FormatError("svg.form", detail)
