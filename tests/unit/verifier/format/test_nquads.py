"""N-Quads: written one way, read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.format import nquads
from verifier.format.errors import FormatError
from verifier.format.nquads import Literal, literal, literal_of

ESCAPES = {
    "\b\t\n\f\r": r"\b\t\n\f\r",
    '"\\': r"\"\\",
    "\x00\x01\x0b\x1f\x7f": r"\u0000\u0001\u000B\u001F\u007F",
    "'\x80\u2028\U0001f600": "'\x80\u2028\U0001f600",
}


@pytest.mark.parametrize(("text", "written"), ESCAPES.items())
def test_literals(text: str, written: str) -> None:
    assert nquads.literal(text) == f'"{written}"'
    assert nquads.read(f'<a:s> <a:p> "{written}" .\n'.encode()) == [("<a:s>", "<a:p>", f'"{written}"', "")]


def test_datatypes_and_languages() -> None:
    assert nquads.literal("1", nquads.XSD + "integer") == f'"1"^^<{nquads.XSD}integer>'
    assert nquads.literal("1", nquads.XSD + "string") == '"1"'
    assert nquads.literal("a", "", "de-at") == '"a"@de-at'


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(FormatError, match=r"^nquads\.text"):
        nquads.literal("a\ud800")


def test_lines() -> None:
    assert nquads.write(("<a:s>", "<a:p>", "_:b", "")) == "<a:s> <a:p> _:b .\n"
    assert nquads.write(("<a:s>", "<a:p>", "_:b", "_:g")) == "<a:s> <a:p> _:b _:g .\n"


def test_read() -> None:
    text = b"""# a comment
<a:s> <a:p> <a:o> .

  _:b0\t<a:p>\t_:b1 _:g.\r
<a:s><a:p>"x"@en-GB<a:g>.
<a:\\u00e9> <a:p> "\\u00E9\\U0001F600\\'"^^<a:t> ."""
    assert nquads.read(text) == [
        ("<a:s>", "<a:p>", "<a:o>", ""),
        ("_:b0", "<a:p>", "_:b1", "_:g"),
        ("<a:s>", "<a:p>", '"x"@en-GB', "<a:g>"),
        ("<a:é>", "<a:p>", '"é\U0001f600\'"^^<a:t>', ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        b"<a:s> <a:p> <a:o>",
        b"<a:s> <a:p> .",
        b'"s" <a:p> <a:o> .',
        b"<a:s> _:p <a:o> .",
        b'<a:s> <a:p> "o .',
        b'<a:s> <a:p> "o\rp" .',
        b'<a:s> <a:p> "\\x" .',
        b'<a:s> <a:p> "\\uD800" .',
        b'<a:s> <a:p> "\\UFFFFFFFF" .',
        b"<a:s b> <a:p> <a:o> .",
        b'<a:s> <a:p> "o"@1 .',
        b'<a:s> <a:p> <a:o> "g" .',
        b"<a:s> <a:p> <a:o> <a:g> <a:h> .",
        b"<a:s> <a:p> <a:o> . <a:s>",
        b"\xff",
    ],
)
def test_refused(text: bytes) -> None:
    with pytest.raises(FormatError, match=r"^nquads\.syntax"):
        nquads.read(text)


def test_a_quad_stands_once() -> None:
    quad = ("<a:s>", "<a:p>", "<a:o>", "")
    assert nquads.distinct([quad, quad]) == [quad]


@given(st.text(st.sampled_from('\\"\x00\b\t\n\f\r\x1f\x7fu007FbtnfrUé\U0001f600 '), max_size=30))
def test_a_literal_is_read_as_it_was_written(text: str) -> None:
    assert literal_of(literal(text)) == Literal(text, "", "")
    assert literal(text, "urn:t") == f'"{"".join(map(one_escaped, text))}"^^<urn:t>'


def one_escaped(character: str) -> str:
    """RDFC-1.0 section 5.2, character by character."""
    short = {"\b": "b", "\t": "t", "\n": "n", "\f": "f", "\r": "r", '"': '"', "\\": "\\"}
    if character in short:
        return "\\" + short[character]
    return f"\\u{ord(character):04X}" if character < " " or character == "\x7f" else character
