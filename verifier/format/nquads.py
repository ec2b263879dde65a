"""RDF quads as text: N-Quads lines, written the one way RDFC-1.0 asks for (RDF 1.1 N-Quads, RDFC-1.0 section 5).

A term is kept as it will be written: `<iri>`, `_:label` or `"text"^^<datatype>`. A quad is (subject, predicate,
object, graph), with "" for the default graph.
"""

import re
import sys
from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias

from .errors import FormatError

Quad: TypeAlias = tuple[str, str, str, str]

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CREDENTIALS: Final = "https://www.w3.org/2018/credentials#"
CONTAINED_CREDENTIAL: Final = f"{CREDENTIALS}verifiableCredential"
"""The member of a presentation whose values are verified, and shown, each by itself."""

_ESCAPES = {chr(character): f"\\u{character:04X}" for character in [*range(0x20), 0x7F]}
_ESCAPES |= {raw: "\\" + letter for raw, letter in zip('\b\t\n\f\r"', 'btnfr"', strict=True)}
_TO_ESCAPE = re.compile('[\\x00-\\x1f"\\\\\\x7f]')
_BACKSLASH, _NUL = "\\", "\0"
_UNESCAPES = dict(zip("btnfr\"'\\", "\b\t\n\f\r\"'\\", strict=True))
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_IRI = r"<((?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)>"
_BLANK = r"(_:[^\s<>\"]+)"
_LITERAL = r'"((?:[^"\\\n\r]|\\.)*)"(?:\^\^' + _IRI + r"|@([A-Za-z]+(?:-[A-Za-z0-9]+)*))?"
_LINE = re.compile(
    rf"[ \t]*(?:{_IRI}|{_BLANK})[ \t]*{_IRI}[ \t]*(?:{_IRI}|{_BLANK}|{_LITERAL})"
    rf"[ \t]*(?:{_IRI}|{_BLANK})?[ \t]*\.[ \t]*"
)


def iri(text: str) -> str:
    """An IRI as a term; the caller has checked its characters."""
    return f"<{text}>"


def literal(text: str, datatype: str = "", language: str = "") -> str:
    """A literal as a term, escaped as canonical N-Quads (RDFC-1.0 section 5.2).

    Raises FormatError `nquads.text` for half of a surrogate pair, which UTF-8 cannot carry.
    """
    if _SURROGATE.search(text):
        raise FormatError("nquads.text", "A text holds half of a surrogate pair.")
    quoted = f'"{_escape(text)}"'
    if language:
        return f"{quoted}@{language}"
    if datatype and datatype != XSD + "string":
        return f"{quoted}^^<{datatype}>"
    return quoted


def _escape(text: str) -> str:
    """One kind of character after the other: a megabyte may consist of what has to be escaped."""
    if _TO_ESCAPE.search(text) is None:
        return text
    text = text.replace(_BACKSLASH, 2 * _BACKSLASH)
    for raw, written in _ESCAPES.items():
        if raw in text:
            text = text.replace(raw, written)
    return text


def _raw(text: str) -> str:
    """What `_escape` made this of. NUL, which is never written as it is, keeps the place of backslashes meanwhile."""
    if _BACKSLASH not in text:
        return text
    text = text.replace(2 * _BACKSLASH, _NUL)
    for raw, written in _ESCAPES.items():
        if raw != _NUL and written in text:
            text = text.replace(written, raw)
    return _NUL.join(part.replace(_NUL, _BACKSLASH) for part in text.split(_ESCAPES[_NUL]))


class Literal(NamedTuple):
    """The parts of a literal; `datatype` is "" for a plain text and for one with a language."""

    text: str
    datatype: str
    language: str


def literal_of(term: str) -> Literal:
    """The parts of a term that `literal` wrote."""
    end = term.rindex('"')
    text, rest = _raw(term[1:end]), term[end + 1 :]
    return Literal(text, rest[3:-1] if rest.startswith("^") else "", rest[1:] if rest.startswith("@") else "")


def is_blank(term: str) -> bool:
    """Whether the term is a blank node."""
    return term.startswith("_:")


def write(quad: Quad) -> str:
    """The line of one quad, with its line feed."""
    subject, predicate, value, graph = quad
    return f"{subject} {predicate} {value} {graph} .\n" if graph else f"{subject} {predicate} {value} .\n"


def read(data: bytes) -> list[Quad]:
    """The quads of an N-Quads document; raises FormatError `nquads.syntax`."""
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError:
        raise FormatError("nquads.syntax", "The text is not UTF-8.") from None
    return [_read_line(line) for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _read_line(line: str) -> Quad:
    match = _LINE.fullmatch(line.rstrip("\r"))
    if match is None:
        raise FormatError("nquads.syntax", f"Not a line of N-Quads: {line[:80]!r}.")
    s_iri, s_blank, predicate, o_iri, o_blank, text, datatype, language, g_iri, g_blank = match.groups()
    if text is not None:
        value = literal(_unescape(text), _unescape(datatype or ""), language or "")
    else:
        value = _node(o_iri, o_blank)
    graph = _node(g_iri, g_blank) if g_iri is not None or g_blank else ""
    return _node(s_iri, s_blank), iri(_unescape(predicate)), value, graph


def _node(iri_text: str | None, blank: str | None) -> str:
    return blank if blank is not None else iri(_unescape(iri_text or ""))


def _unescape(text: str) -> str:
    return _ESCAPED.sub(_unescape_one, text) if "\\" in text else text


def _unescape_one(match: re.Match[str]) -> str:
    short, long, letter = match.groups()
    if letter is None:
        number = int(short or long, 16)
        if number > sys.maxunicode or 0xD800 <= number <= 0xDFFF:
            raise FormatError("nquads.syntax", "An escape stands for no character.")
        return chr(number)
    if letter not in _UNESCAPES:
        raise FormatError("nquads.syntax", f"Unknown escape \\{letter}.")
    return _UNESCAPES[letter]


def distinct(quads: Iterable[Quad]) -> list[Quad]:
    """The quads as a set, in first-seen order: a dataset holds each quad once."""
    return list(dict.fromkeys(quads))
