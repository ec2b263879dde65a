"""QR texts in JavaScript against ours: the same bytes, or the same refusal in the same words."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.credentials import caig
from tests.kit.minting import ISSUER
from tests.kit.strategies import mutated
from tests.vectors.cases_qr import BUILT_IN, COMPACT, OWN, OWN_HOST, PREFIX, TEXT, packed
from tests.web.reader import Reader, ours
from tests.web.running import Answer
from verifier.format import digits, qrtext
from verifier.format.errors import FormatError
from verifier.format.proof import JCS
from verifier.format.types import JsonObject
from verifier.limits import MAX_QR_CHARACTERS, MAX_QR_DICTIONARIES, MAX_QR_INFLATED_BYTES

pytestmark = pytest.mark.node

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
    expected = ours(lambda: qrtext.decode(data, dictionaries))
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
