"""PDF dictionaries (ISO 32000-1 sections 7.2 and 7.3), as far as a reader of attached files needs them."""

import re
from collections.abc import Iterator
from typing import Final

from .errors import FormatError

_SPACE: Final = re.compile(rb"[\0\t\n\f\r ]*")
_COMMENT: Final = re.compile(rb"%[^\r\n]*")
_TOKEN: Final = re.compile(
    rb"<<|>>|[\[\]()]|<[0-9A-Fa-f\0\t\n\f\r ]*>|/[^\0\t\n\f\r ()<>\[\]{}/%]*|[^\0\t\n\f\r ()<>\[\]{}/%]+"
)
_IN_TEXT: Final = re.compile(rb"[()\\]")


def dictionary(data: bytes) -> dict[bytes, bytes]:
    """Name, with its slash -> the tokens of its value, joined by blanks, any text as `(`; of a repeated name the first.

    `data`: what stands behind the `<<`, to the `>>` that ends it. Raises FormatError `pdf.form`.
    """
    entries: dict[bytes, bytes] = {}
    name, depth = b"", 0
    value: list[bytes] = []
    for token in _tokens(data):
        ends = depth == 0 and token == b">>"
        if ends or (depth == 0 and token.startswith(b"/") and (value or not name)):
            entries.setdefault(name, b" ".join(value))
            if ends:
                return entries
            name, value = token, []
        else:
            depth += (token in (b"<<", b"[")) - (token in (b">>", b"]"))
            value.append(token)
    raise FormatError("pdf.form", "The PDF is cut off, or a part of it is damaged.")


def _tokens(data: bytes) -> Iterator[bytes]:
    """Each token, as far as there are any."""
    place = 0
    while found := _TOKEN.match(data, _past_space(data, place)):
        place = found.end() if found[0] != b"(" else _end_of_text(data, found.end())
        yield found[0]


def _past_space(data: bytes, place: int) -> int:
    """Behind blanks and comments, in steps that leave a pattern nothing to try again."""
    pattern = _SPACE
    while found := pattern.match(data, place):
        place, pattern = found.end(), _COMMENT if pattern is _SPACE else _SPACE
    return place


def _end_of_text(data: bytes, place: int) -> int:
    depth = 1
    while depth:
        found = _IN_TEXT.search(data, place)
        if found is None:
            return len(data)
        depth += (found[0] == b"(") - (found[0] == b")")
        place = found.end() + (found[0] == b"\\")
    return place
