"""The inflater in JavaScript against zlib: the same bytes, the same end, and the same refusals at the same place."""

import random
import zlib
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vectors.cases_qr import BUILT_IN, TEXT
from tests.web.reader import Reader, coded
from tests.web.running import Answer
from verifier.format import qrtext

pytestmark = pytest.mark.node

SEED = 20_260_801
NOT_ONE = {"code": "qr.deflate", "detail": "The digits are no DEFLATE stream under this dictionary."}


def inflated(data: bytes, dictionary: bytes, most: int) -> Answer:
    inflate = zlib.decompressobj(-15, zdict=dictionary)
    try:
        content = inflate.decompress(data, most)
    except zlib.error:
        return NOT_ONE
    return {"content": coded(content), "ended": inflate.eof, "unused": len(inflate.unused_data)}


def agree(reader: Reader, data: bytes, dictionary: bytes = b"", most: int = 1 << 16) -> Answer:
    expected = inflated(data, dictionary, most)
    assert reader.inflate(data, dictionary, most) == expected
    return expected


def packed(content: bytes, dictionary: bytes, level: int = 9, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    """In two blocks or more, with an empty stored one between them."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy, dictionary)
    half = len(content) // 2
    return b"".join(
        [
            deflate.compress(content[:half]),
            deflate.flush(zlib.Z_SYNC_FLUSH),
            deflate.compress(content[half:]),
            deflate.flush(),
        ]
    )


STRATEGIES = [zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.Z_FIXED]


@st.composite
def streams(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """(content, dictionary, stream): texts that repeat, and bytes that do not."""
    words = draw(st.lists(st.binary(min_size=1, max_size=12), min_size=1, max_size=12))
    content = b"".join(draw(st.lists(st.sampled_from(words), max_size=200)))
    dictionary = draw(st.sampled_from([b"", b"".join(words), BUILT_IN, bytes(1 << 15)]))
    stream = packed(content, dictionary, draw(st.integers(0, 9)), draw(st.sampled_from(STRATEGIES)))
    return content, dictionary, stream


@settings(max_examples=200)
@given(streams(), st.binary(max_size=3))
def test_streams_that_are_right(reader: Reader, drawn: tuple[bytes, bytes, bytes], behind: bytes) -> None:
    content, dictionary, stream = drawn
    answer = agree(reader, stream + behind, dictionary)
    assert answer == {"content": coded(content), "ended": True, "unused": len(behind)}


@settings(max_examples=200)
@given(streams(), st.integers(-3, 3), st.data())
def test_streams_at_the_bound_and_cut_short(
    reader: Reader, drawn: tuple[bytes, bytes, bytes], by: int, data: st.DataObject
) -> None:
    content, dictionary, stream = drawn
    agree(reader, stream, dictionary, max(1, len(content) + by))
    agree(reader, stream[: data.draw(st.integers(0, len(stream)))], dictionary)


def flipped(stream: bytes, chance: random.Random) -> bytes:
    """Some bits turned over, most often among the first ones, which give the codes of a block."""
    changed = bytearray(stream)
    for _ in range(chance.choice([1, 1, 2, 5])):
        place = chance.randrange(min(len(stream), chance.choice([20, 80, len(stream)])))
        changed[place] ^= 1 << chance.randrange(8)
    return bytes(changed[: chance.choice([len(changed), chance.randint(0, len(changed))])])


@pytest.mark.parametrize("count", [1_500, pytest.param(100_000, marks=pytest.mark.slow)])
def test_streams_that_are_damaged(reader: Reader, count: int) -> None:
    chance = random.Random(SEED)
    text = qrtext.decode(TEXT.encode())
    seeds = [
        (packed(content, dictionary, level, strategy), dictionary)
        for content, dictionary, level, strategy in product(
            (text, text[:60], bytes(300)), (b"", BUILT_IN), (0, 1, 9), STRATEGIES
        )
    ]
    refused = 0
    for _ in range(count):
        stream, dictionary = chance.choice(seeds)
        refused += "code" in agree(
            reader, flipped(stream, chance), dictionary, chance.choice([1, 40, 300, len(text), 1 << 16])
        )
    assert count // 10 < refused < count, "either is met often"


@pytest.mark.parametrize("count", [1_500, pytest.param(100_000, marks=pytest.mark.slow)])
def test_bytes_that_are_no_stream(reader: Reader, count: int) -> None:
    chance = random.Random(SEED)
    for _ in range(count):
        agree(reader, chance.randbytes(chance.randint(0, 80)), BUILT_IN, chance.choice([1, 5, 1 << 16]))


class Bits:
    """Bits on their way into bytes, as DEFLATE orders them."""

    def __init__(self) -> None:
        self.value = self.count = 0

    def number(self, value: int, width: int) -> None:
        self.value |= value << self.count
        self.count += width

    def code(self, value: int, width: int) -> None:
        """Huffman codes stand the other way round."""
        self.number(int(f"{value:0{width}b}"[::-1], 2), width)

    def __bytes__(self) -> bytes:
        return self.value.to_bytes((self.count + 7) // 8, "little")


ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
WIDTHS = {symbol: 4 if symbol < 13 else 5 for symbol in range(19)}
"""A code for lengths that is whole: 13 symbols of four bits, 6 of five."""
CODES = {symbol: symbol if symbol < 13 else 13 * 2 + symbol - 13 for symbol in range(19)}


def block(literals: Mapping[int, int], distances: Mapping[int, int], sizes: tuple[int, int] = (286, 30)) -> Bits:
    """The head of a last block that brings its codes: symbol -> length."""
    bits = Bits()
    for value, width in ((1, 1), (2, 2), (sizes[0] - 257, 5), (sizes[1] - 1, 5), (19 - 4, 4)):
        bits.number(value, width)
    for symbol in ORDER:
        bits.number(WIDTHS[symbol], 3)
    for lengths, size in zip((literals, distances), sizes, strict=True):
        for symbol in range(size):
            length = lengths.get(symbol, 0)
            bits.code(CODES[length], WIDTHS[length])
    return bits


LITERALS: list[dict[int, int]] = [
    {},
    {256: 1},
    {256: 2},
    {97: 1},
    {97: 1, 256: 1},
    {97: 1, 98: 1, 256: 1},
    {97: 1, 256: 2, 257: 2},
    {97: 1, 256: 2, 285: 2},
    {97: 1, 256: 2, 284: 3, 257: 3},
    {97: 2, 98: 2, 256: 2},
    {97: 15, 256: 1},
    dict.fromkeys(range(1, 257), 8),
]
DISTANCE: list[dict[int, int]] = [{}, {0: 1}, {29: 1}, {0: 2}, {0: 1, 29: 1}, {0: 1, 1: 1, 2: 1}, {0: 1, 1: 2}]


@pytest.mark.parametrize("sizes", [(286, 30), (288, 30), (286, 32), (257, 1)], ids=str)
def test_blocks_that_bring_unusual_codes(reader: Reader, sizes: tuple[int, int]) -> None:
    chance = random.Random(SEED)
    for literals, distances in product(LITERALS, DISTANCE):
        head = bytes(block(literals, distances, sizes))
        for _ in range(4):
            stream = head + chance.randbytes(chance.randint(0, 12))
            for most in (1, 4, 1 << 16):
                agree(reader, stream, chance.choice([b"", b"ab", BUILT_IN]), most)


@pytest.mark.parametrize("symbols", [[16], [0, 16], [18] * 2, [18] * 3, [17] * 40, [1] + [18] * 3, [8, 16] * 60])
def test_lengths_that_are_repeated(reader: Reader, symbols: list[int]) -> None:
    for further, cut in product((0, 1, -1), range(40)):
        bits = block({}, {}, (0 + 257, 1))
        bits.count -= 258 * WIDTHS[0]
        bits.value &= (1 << bits.count) - 1
        for symbol in symbols:
            bits.code(CODES[symbol], WIDTHS[symbol])
            width = {16: 2, 17: 3, 18: 7}.get(symbol, 0)
            bits.number(further & ((1 << width) - 1), width)
        agree(reader, bytes(bits)[: len(bytes(bits)) - cut])


def test_lengths_in_a_code_without_codes(reader: Reader) -> None:
    for bytes_behind in range(50):
        agree(reader, bytes([0b101, *bytes(1 + bytes_behind)]))
        agree(reader, bytes([0b101, 0, 0b10, *bytes(bytes_behind)]))
