"""QR texts in JavaScript against ours: the same bytes, or the same refusal in the same words."""

import json
import random
from base64 import b64decode
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.credentials import caig
from tests.kit.minting import ISSUER
from tests.kit.qrrules import LINKS, ROWS, Row
from tests.kit.strategies import mutated
from tests.vectors.case import PLAIN
from tests.vectors.cases_qr import BUILT_IN, COMPACT, OWN, OWN_HOST, PREFIX, TEXT, packed, safe_link
from tests.vectors.cases_reading import SECURED, TOKEN, WHOLE
from tests.web.reader import Reader, coded, ours
from tests.web.running import Answer
from verifier.format import digits, qrtext
from verifier.format.errors import FormatError
from verifier.format.jcs import canonicalize
from verifier.format.proof import JCS
from verifier.format.types import JsonObject
from verifier.limits import MAX_QR_CHARACTERS, MAX_QR_DICTIONARIES, MAX_QR_INFLATED_BYTES
from verifier.reading import read

pytestmark = pytest.mark.node

# All that a text of these pieces can be: what was signed, and the object that is nothing.
READABLE = {canonicalize(COMPACT), canonicalize(SECURED), canonicalize(PLAIN), b"{}"}

SEED = 20_260_801
KNOWN = {qrtext.address(OWN_HOST, 100): OWN}
BOTH = [(1, BUILT_IN), (100, OWN)]
SIGNED = [COMPACT, ISSUER.secured(caig(), JCS)]


# --- Digits --------------------------------------------------------------------------------------------------


def agree(reader: Reader, text: str) -> None:
    assert reader.digits(text) == ours(lambda: digits.decode(text))


@settings(max_examples=200)
@given(st.binary(max_size=40).map(digits.encode) | st.text(alphabet="0123456789", max_size=60))
def test_digits(reader: Reader, text: str) -> None:
    agree(reader, text)


@pytest.mark.parametrize("size", range(1, 8))
def test_the_largest_number_of_a_group(reader: Reader, size: int) -> None:
    largest = digits.encode(b"\xff" * size)
    for text in (largest, f"{int(largest) + 1}", "9" * len(largest), "1" * 17 + largest):
        agree(reader, text)


# --- Texts ---------------------------------------------------------------------------------------------------


def same(reader: Reader, data: bytes, dictionaries: Mapping[str, bytes] = KNOWN) -> Answer:
    expected = ours(lambda: qrtext.decode(data, dictionaries) if qrtext.looks_like(data) else b"")
    assert reader.decode(data, dictionaries) == expected
    return expected


@settings(max_examples=150)
@given(mutated(SIGNED), st.sampled_from(BOTH))
def test_any_compact_credential_comes_back(
    reader: Reader, documents: tuple[JsonObject, JsonObject], own: tuple[int, bytes]
) -> None:
    try:
        text = qrtext.encode(documents[1], OWN_HOST, *own)
    except FormatError:  # no longer compact
        return
    same(reader, text.encode())


@pytest.mark.parametrize("count", [600, pytest.param(20_000, marks=pytest.mark.slow)])
def test_texts_that_are_changed(reader: Reader, count: int) -> None:
    chance = random.Random(SEED)
    seeds = [qrtext.encode(document, OWN_HOST, *own).encode() for document in SIGNED for own in BOTH]
    codes = set()
    for _ in range(count):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.choice([1, 1, 2, 4])):
            place = chance.randrange(chance.choice([len(PREFIX) + 30, len(data)]))
            piece = chance.choice([b"", b"0", b"1", b"9", b"00", b" ", b"a", b"\n", b"\xa0", b"\xff", b":8443", b"."])
            data[place : place + chance.choice([0, 1, 1, 17])] = piece
        codes.add(same(reader, bytes(data)).get("code", ""))
    assert codes > {"qr.form", "qr.digits", "qr.deflate"}


@pytest.mark.parametrize(
    "size", [MAX_QR_INFLATED_BYTES - 1, MAX_QR_INFLATED_BYTES, MAX_QR_INFLATED_BYTES + 1, MAX_QR_INFLATED_BYTES * 9]
)
def test_what_inflates_to_the_bound(reader: Reader, size: int) -> None:
    assert same(reader, f"{PREFIX}1001{digits.encode(packed(bytes(size)))}".encode())["code"] == (
        "qr.size" if size > MAX_QR_INFLATED_BYTES else "qr.content"
    )


@pytest.mark.parametrize("space", [" ", "\t\n\v\f\r", "\x1c", "\x85", "\xa0", "\ufeff", "\0"])
def test_white_space_around(reader: Reader, space: str) -> None:
    for text in (f"{space}{TEXT}", f"{TEXT}{space}", f"{PREFIX}{space}1001"):
        same(reader, text.encode("latin-1" if space != "\ufeff" else "utf-8"))


@pytest.mark.parametrize("by", [-1, 0, 1])
@pytest.mark.parametrize("space", ["", " " * 9])
def test_the_longest_text(reader: Reader, by: int, space: str) -> None:
    text = PREFIX + "1" * (MAX_QR_CHARACTERS - len(PREFIX) + by)
    assert (same(reader, f"{space}{text}{space}".encode())["code"] == "qr.size") == (by > 0)


@pytest.mark.parametrize("place", [0, 1, MAX_QR_DICTIONARIES - 1, MAX_QR_DICTIONARIES])
def test_the_dictionaries_of_other_hosts(reader: Reader, place: int) -> None:
    names = [qrtext.address(f"h{number}.example", 100) for number in range(MAX_QR_DICTIONARIES + 1)]
    dictionaries = {name: b"x" * (number + 1) for number, name in enumerate(names)}
    dictionaries[qrtext.address("h0.example", 101)] = OWN
    text = qrtext.encode(COMPACT, "nowhere.example", 100, OWN).encode()
    assert same(reader, text, dictionaries)["code"] == "qr.dictionary"
    found = same(reader, text, {**dictionaries, names[place]: OWN})
    assert ("data" in found) == (place < MAX_QR_DICTIONARIES)


def test_a_built_in_dictionary_is_never_an_operators(reader: Reader) -> None:
    text = qrtext.encode(COMPACT, OWN_HOST, 99, OWN).encode()
    assert same(reader, text, {qrtext.address(OWN_HOST, 99): OWN})["code"] == "qr.dictionary"


# --- The rules of the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule} {row.about}")
def test_a_rule(reader: Reader, row: Row) -> None:
    found = same(reader, row.text, row.dictionaries)
    assert row.answer == found["code"] if "code" in found else b64decode(found["data"]) == (row.answer or b"")


@pytest.mark.parametrize("row", LINKS, ids=lambda row: f"{row.rule} {row.about}")
def test_a_link(reader: Reader, row: Row) -> None:
    agree_on_reading(reader, row.text)


# --- Whatever stands around ----------------------------------------------------------------------------------

PIECES = (
    *(TEXT, TEXT[:70], TEXT[70:], TEXT.replace("#", "%23"), safe_link(TEXT), TOKEN, TOKEN[:60], TOKEN[60:]),
    *(WHOLE, json.dumps(WHOLE), "{", "}", '"', "\\", "{}", "“", "\u00a0", "\ufeff", "<", ">", "> ", ".", ":", "=", "~"),
    *(
        " ",
        "\t",
        "\r\n",
        "\n",
        "\n> ",
        "\u2028",
        "\x1c",
        "\x85",
        "```json\n",
        "12345",
        "Dear all,",
        "é",
        "\U0001f600",
        "\0",
    ),
    *("https://", "HTTPS://x", "/v#", "/v%23", "eyJh.eyJh.", "url=", "[{", "}]", "null", "'"),
)


def agree_on_reading(reader: Reader, data: bytes) -> Answer:
    found = reader.read(data, {})
    try:
        reading = read(data)
    except FormatError as error:
        assert found == {"code": error.code, "detail": error.detail}
    else:
        assert found == {"data": coded(canonicalize(reading.document)), "around": reading.around}
    return found


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_pieces_in_any_order_are_read_alike(reader: Reader, text: str) -> None:
    found = agree_on_reading(reader, text.encode())
    assert "data" not in found or b64decode(found["data"]) in READABLE


@given(st.text() | st.text(alphabet='{}"\\> \n“eyJ.a\u00a0', max_size=30))
def test_any_text_is_read_alike(reader: Reader, text: str) -> None:
    agree_on_reading(reader, text.encode("utf-8", "surrogatepass"))
