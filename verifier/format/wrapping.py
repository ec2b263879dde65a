"""Texts as people have them: the one credential, token or link in a file or a mail, whatever stands around it.

What can be read as it stands is left as it stands. Elsewhere one outermost object in curly brackets, one token or one
link to `/v#` is what was meant, and several are refused. What stands inside of it is never mended: nothing becomes
valid that its issuer did not sign. Linear in the length of the text.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from ..limits import MAX_JSON_DEPTH, MAX_TEXT_OBJECTS
from . import links
from .errors import FormatError
from .strictjson import loads, without_mark

UNREADABLE: Final = ("json.syntax", "qr.form")
"""Codes of texts that may have something around them."""
_TOKEN: Final = re.compile(r"eyJ[A-Za-z0-9_=-]*\.[A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]*")
_DIGITS: Final = re.compile(r"[0-9]+")
_LONE_LINK: Final = re.compile(r"https://[^#]*#[0-9]*")
_BREAK: Final = re.compile(r"[\r\n]+")
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
"""Ends a token: no program breaks one so, and the word behind it may be a greeting."""
_QUOTED: Final = re.compile(r"(?<![^\n])(?:> ?)+")
"""What mail programs put before each line of what is answered: no line of JSON begins so."""
_WORD: Final = re.compile(r"[^\s\"'`“”„‟‘’‚«»‹›<>()\[\]]+")
_RETYPED: Final = "“”„‟«»\u00a0"
_SIGN: Final = re.compile(rf'\\.|["{{}}{_RETYPED}]', re.DOTALL)


class _Object(NamedTuple):
    """Where an outermost object stands, and whether marks of typography stand in the place of those of JSON."""

    begin: int
    end: int
    retyped: bool


def bare(data: bytes) -> bytes:
    """Without a byte order mark; out of a JSON string; a lone token or link without marks and line breaks about it.

    All else as it is.
    """
    data = without_mark(data)
    try:
        text = data.decode().strip()
    except UnicodeDecodeError:
        return data
    if text.startswith("{"):
        return data
    inner = _out_of_string(text)
    lone = _lone(inner)
    if lone is not None:
        return lone.encode()
    return data if inner == text else inner.encode()


def inside(data: bytes) -> bytes | None:
    """The one object, token or link in UTF-8 text that is something else as a whole; None where there is none.

    Raises FormatError `text.several`, or `text.marks` for an object that was not copied as it was.
    """
    whole = data.decode(errors="replace").strip()
    text = _QUOTED.sub("", whole)
    objects = list(islice(_objects(text), MAX_TEXT_OBJECTS + 1))
    if len(objects) > MAX_TEXT_OBJECTS:
        raise FormatError("text.several", f"The text holds more than {MAX_TEXT_OBJECTS} objects; one is checked.")
    found = {text[each.begin : each.end]: each.retyped for each in objects}
    found |= dict.fromkeys(_words(_beside(text, objects)), False)
    if len(found) > 1:
        raise FormatError("text.several", f"The text holds {len(found)} objects, tokens or links; one is checked.")
    for content, retyped in found.items():
        if retyped:
            raise FormatError("text.marks", "Curly quotation marks or fixed spaces stand where JSON has plain ones.")
        return None if content == whole else content.encode()
    return None


def _out_of_string(text: str) -> str:
    """A program that writes a text into JSON puts it between quotation marks, and a backslash before those within."""
    try:
        value = loads(text.encode()) if text.startswith('"') else None
    except FormatError:
        return text
    return value.strip() if isinstance(value, str) else text


def _lone(text: str) -> str | None:
    text = _QUOTED.sub("", text)
    joined = "".join(line.strip(" \t") for line in _BREAK.split(text))
    token = next((each for each in (joined, joined.strip(links.MARKS)) if _TOKEN.fullmatch(each)), None)
    if token is not None:
        return None if _BLANK_LINE.search(text) else token
    link = links.straight(joined)
    return link if link is not None and _LONE_LINK.fullmatch(link) else None


def _objects(text: str) -> Iterator[_Object]:
    """Outermost pairs of curly brackets; one that is never closed, or too deep, holds all that follows, and is none."""
    depth = begin = 0
    in_string = retyped = False
    for match in _SIGN.finditer(text):
        sign = match[0] if in_string else match[0][-1]  # nothing is escaped outside of strings
        if in_string:
            in_string = sign != '"'
        elif sign == "{":
            begin, retyped = (begin, retyped) if depth else (match.end() - 1, False)
            depth += 1
            if depth > MAX_JSON_DEPTH:
                return
        elif depth and sign == "}":
            depth -= 1
            if not depth:
                yield _Object(begin, match.end(), retyped)
        elif depth and sign == '"':
            in_string = True
        elif depth and sign in _RETYPED:
            retyped = True


def _beside(text: str, objects: list[_Object]) -> str:
    ends = [0, *(each.end for each in objects)]
    begins = [*(each.begin for each in objects), len(text)]
    return " ".join(text[end:begin] for end, begin in zip(ends, begins, strict=True))


def _words(text: str) -> list[str]:
    """The tokens and links of a prose. Digits behind a link belong to it, so that it is not taken for a whole one."""
    found: list[str] = []
    in_link = False
    for word in _WORD.findall(text):
        stripped = word.strip(links.MARKS)
        link = links.straight(stripped)
        if in_link and _DIGITS.fullmatch(stripped):
            found[-1] += f" {stripped}"
            continue
        in_link = link is not None
        if link is not None or _TOKEN.fullmatch(stripped):
            found.append(link or stripped)
    return found
