"""SVG images that carry a credential in an element (Open Badges 3.0 section 5.3.2, XML 1.0).

A scanner of tags and not a parser of XML: nothing is expanded, fetched or nested, and a document type is refused.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..limits import MAX_SVG_PIECES
from .errors import FormatError

_NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
_NAME: Final = "openbadges:credential"
_BINDING: Final = "xmlns:openbadges"
_BOM: Final = b"\xef\xbb\xbf"
_SPACE: Final = " \t\r\n"
_CDATA: Final = "<![CDATA["
_OTHERS: Final = (("<!--", "-->"), (_CDATA, "]]>"), ("<?", "?>"))
_STOP: Final = re.compile("[>\"']")
_TAG: Final = re.compile(r"</?([^ \t\r\n</>]+)")
_ATTRIBUTE: Final = re.compile(r"""[ \t\r\n]([^ \t\r\n='"<>]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')""")
_ENTITY: Final = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class _Piece(NamedTuple):
    """A tag with its name, or text without one; `text` is as it stands in the file."""

    name: str
    text: str


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin as XML does, and hold an `svg` tag."""
    return data.removeprefix(_BOM).lstrip(_SPACE.encode()).startswith(b"<") and b"<svg" in data


def contents(data: bytes) -> list[bytes]:
    """What stands in each element for a credential; raises FormatError `svg.form`."""
    try:
        pieces = list(_pieces(data.removeprefix(_BOM).decode()))
    except UnicodeDecodeError:
        raise _form("The image is not UTF-8 text.") from None
    root = next((piece for piece in pieces if piece.name), None)
    if root is None or root.name != "svg":
        raise _form("The outermost element is not svg.")
    namespace = _attributes(root.text).get(_BINDING, "")
    found = (_held(pieces, place, namespace) for place, piece in enumerate(pieces) if _opens(piece))
    return [text.encode() for texts in found for text in texts if text.strip(_SPACE)]


def bake(image: bytes, credential: bytes) -> bytes:
    """The image with a credential (UTF-8 text) as its first element; raises FormatError `svg.form`."""
    if contents(image):
        raise _form("The image carries a credential already.")
    text = image.decode()
    begins = text.index("<svg") + len("<svg")
    ends = _end_of_tag(text, begins)
    body = credential.decode().replace("]]>", "]]]]><![CDATA[>")
    element = f"<{_NAME}>{_CDATA}{body}]]></{_NAME}>"
    return f'{text[:begins]} {_BINDING}="{_NAMESPACE}"{text[begins:ends]}\n  {element}{text[ends:]}'.encode()


def _pieces(text: str) -> Iterator[_Piece]:
    place = 0
    for _ in range(MAX_SVG_PIECES):
        if place == len(text):
            return
        end = _end_of_piece(text, place)
        piece = text[place:end]
        tag = None if piece.startswith(("<!", "<?")) else _TAG.match(piece)
        yield _Piece(tag[1] if tag else "", piece)
        place = end
    raise _form("The image has too many parts.")


def _end_of_piece(text: str, place: int) -> int:
    if text[place] != "<":
        following = text.find("<", place)
        return len(text) if following < 0 else following
    for begins, ends in _OTHERS:
        if text.startswith(begins, place):
            return _past(ends, text, place + len(begins))
    if not _TAG.match(text, place) or text.startswith("<!", place):
        raise _form("The image has a document type, or a tag without a name.")
    return _end_of_tag(text, place)


def _end_of_tag(text: str, place: int) -> int:
    while stop := _STOP.search(text, place):
        if stop[0] == ">":
            return stop.end()
        place = _past(stop[0], text, stop.end())
    raise _form("The image is cut off.")


def _past(mark: str, text: str, place: int) -> int:
    found = text.find(mark, place)
    if found < 0:
        raise _form("The image is cut off.")
    return found + len(mark)


def _opens(piece: _Piece) -> bool:
    return piece.name == _NAME and not piece.text.startswith("</")


def _attributes(tag: str) -> dict[str, str]:
    return {name: _unescaped(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}


def _held(pieces: list[_Piece], place: int, namespace: str) -> tuple[str, str]:
    """A token stands in the attribute `verify`, a document between the tags; `namespace`: as the root binds it."""
    tag = pieces[place].text
    attributes = _attributes(tag)
    if attributes.get(_BINDING, namespace) != _NAMESPACE:
        raise _form(f"The prefix openbadges does not stand for {_NAMESPACE}.")
    return attributes.get("verify", ""), "" if tag.endswith("/>") else _body(pieces, place + 1)


def _body(pieces: list[_Piece], place: int) -> str:
    texts: list[str] = []
    while place < len(pieces) and not pieces[place].name:
        texts.append(_characters(pieces[place].text))
        place += 1
    if place == len(pieces) or pieces[place].name != _NAME or _opens(pieces[place]):
        raise _form("The element of the credential holds other elements, or does not end.")
    return "".join(texts)


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
