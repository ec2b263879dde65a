"""Every rule of docs/qr-format.md, kept and broken; and a reader that was written from that page alone."""

import math
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit import otherreader
from tests.kit.qrrules import ELSEWHERE, HERE, LINKS, ROWS, Row
from tests.kit.qrtexts import CONTENT, holding, of, own
from tests.kit.strategies import mutated
from tests.vectors.cases_qr import BUILT_IN, COMPACT, OWN, OWN_HOST, TEXT, packed
from verifier.format import qrtext
from verifier.format.errors import FormatError
from verifier.format.jcs import canonicalize
from verifier.format.types import JsonObject
from verifier.reading import read

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "qr-format.md").read_text(encoding="utf-8")
KNOWN = {HERE: OWN, ELSEWHERE: BUILT_IN}


def ours(data: bytes, known: Mapping[str, bytes]) -> bytes | str:
    if not qrtext.looks_like(data):
        return ""
    try:
        return qrtext.decode(data, known)
    except FormatError as error:
        return error.code


def test_every_rule_of_the_page_has_a_row() -> None:
    assert re.findall(r"^\| ([RL][0-9]+) \|", PAGE, re.MULTILINE) == list(
        dict.fromkeys(each.rule for each in (*ROWS, *LINKS))
    )


def test_every_code_that_the_page_names_is_met() -> None:
    met = {each.answer for each in ROWS if isinstance(each.answer, str)}
    assert met - {""} == set(re.findall(r"`(qr\.\w+)` \|$", PAGE, re.MULTILINE))


def test_there_are_spare_bits() -> None:
    assert [each.about for each in ROWS if each.about == "a spare bit is changed"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule} {row.about}")
def test_a_rule(row: Row) -> None:
    assert ours(row.text, row.dictionaries) == row.answer
    assert otherreader.read(row.text, row.dictionaries) == row.answer


@pytest.mark.parametrize("row", LINKS, ids=lambda row: f"{row.rule} {row.about}")
def test_a_link(row: Row) -> None:
    try:
        reading = read(row.text, row.dictionaries)
    except FormatError as error:
        assert error.code == row.answer
        return
    assert reading.document == COMPACT
    assert row.answer == ("text.around" if reading.around else CONTENT)


# --- The other reader ----------------------------------------------------------------------------------------


def agree(data: bytes) -> None:
    assert otherreader.read(data, KNOWN) == ours(data, KNOWN)


@given(mutated([COMPACT]), st.sampled_from([(1, BUILT_IN), (100, OWN)]))
def test_both_read_any_document(documents: tuple[JsonObject, JsonObject], own_one: tuple[int, bytes]) -> None:
    try:
        text = qrtext.encode(documents[1], OWN_HOST, *own_one)
    except FormatError:  # no longer compact
        return
    agree(text.encode())


def is_power_of_two(value: float) -> bool:
    """Of these, engines do not always write the digits that are nearest, as the other reader does."""
    return abs(math.frexp(value)[0]) == 0.5


FLOATS = st.floats(allow_nan=False, allow_infinity=False)
NUMBERS = FLOATS.filter(lambda each: not is_power_of_two(each)) | st.integers(-(2**54), 2**54)


@given(NUMBERS, st.text(max_size=9))
def test_both_read_any_number_and_name(value: float, name: str) -> None:
    written = "".join(chr(each) for each in map(ord, name) if not 0xD800 <= each < 0xE000)
    try:
        content = canonicalize({**COMPACT, f"z{written}": value})
    except FormatError:
        return
    agree(of(content).encode())
    agree(of(content.replace(b"e+", b"E+")).encode())


@settings(max_examples=300)
@given(
    st.sampled_from([TEXT, own()]).map(str.encode),
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 3), st.sampled_from([*b"01239 a#.:/-%V\n\xa0"])), max_size=3
    ),
)
def test_both_say_the_same_of_a_text_that_was_changed(text: bytes, changes: list[tuple[int, int, int]]) -> None:
    for place, size, byte in changes:
        text = text[:place] + bytes([byte]) * (size != 1) + text[place + size :]
    agree(text)


@settings(max_examples=300)
@given(
    st.binary(max_size=60) | st.binary(max_size=60).map(packed),
    st.sampled_from(["1001", "1100", "1099", "2001", "1000"]),
)
def test_both_say_the_same_of_any_stream(stream: bytes, head: str) -> None:
    agree(holding(stream, head).encode())


@given(st.integers(0, len(packed(CONTENT)) - 1), st.integers(0, 7))
def test_both_say_the_same_of_a_changed_bit(place: int, bit: int) -> None:
    stream = bytearray(packed(CONTENT))
    stream[place] ^= 1 << bit
    agree(holding(bytes(stream)).encode())


@given(st.binary(max_size=120), st.text(alphabet="0123456789", max_size=40))
def test_both_say_the_same_of_anything(data: bytes, text: str) -> None:
    agree(data)
    agree(b"https://a.example/v#" + data)
    agree(f"https://a.example/v#{text}".encode())
