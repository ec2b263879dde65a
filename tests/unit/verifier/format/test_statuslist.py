"""Status lists: bits, indices, and compressed texts that want to do harm."""

import gzip
import zlib

import pytest

from verifier.format.errors import FormatError
from verifier.format.multibase import encode_base64url
from verifier.format.statuslist import bit, decode, encode, parse_index, with_bits
from verifier.limits import MAX_STATUS_BITS, MIN_STATUS_BITS

LEAST = MIN_STATUS_BITS // 8
PACKED = gzip.compress(bytes(LEAST), mtime=0)


def as_list(data: bytes) -> str:
    return "u" + encode_base64url(data)


def test_the_most_significant_bit_comes_first() -> None:
    bits = decode(encode(with_bits(MIN_STATUS_BITS, frozenset({0, 9, 23}))))
    assert bits[:3] == b"\x80\x40\x01"
    assert [index for index in range(24) if bit(bits, index)] == [0, 9, 23]


def test_the_published_example_of_an_empty_list() -> None:
    """Bitstring Status List 1.0, example 3 (16 KiB of zeros, compressed by another library)."""
    assert decode(as_list(zlib.compress(bytes(LEAST), wbits=31))) == bytes(LEAST)


def test_encoding_is_the_same_every_time() -> None:
    assert encode(bytes(LEAST)) == encode(bytes(LEAST))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "status.encoding"),
        ("u", "status.encoding"),
        (encode_base64url(PACKED), "status.encoding"),
        ("z" + encode_base64url(PACKED), "status.encoding"),
        (as_list(PACKED) + "=", "status.encoding"),
        (as_list(PACKED) + "\n", "status.encoding"),
        (as_list(PACKED[:-1]), "status.encoding"),
        (as_list(PACKED[:-8]), "status.encoding"),
        (as_list(PACKED[:-8] + bytes(8)), "status.encoding"),
        (as_list(PACKED + b"\0"), "status.encoding"),
        (as_list(PACKED + PACKED), "status.encoding"),
        (as_list(zlib.compress(bytes(LEAST))), "status.encoding"),
        (as_list(bytes(LEAST)), "status.encoding"),
        (as_list(gzip.compress(bytes(LEAST - 1), mtime=0)), "status.size"),
        (as_list(gzip.compress(b"", mtime=0)), "status.size"),
        (as_list(gzip.compress(bytes(MAX_STATUS_BITS // 8 + 1), mtime=0)), "status.size"),
        (as_list(gzip.compress(bytes(MAX_STATUS_BITS), mtime=0)), "status.size"),
    ],
)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        decode(text)
    assert refused.value.code == code


@pytest.mark.parametrize("size", [LEAST, LEAST + 1, MAX_STATUS_BITS // 8])
def test_sizes_that_are_read(size: int) -> None:
    assert len(decode(as_list(gzip.compress(bytes(size), mtime=0)))) == size


def test_a_file_name_in_the_gzip_header_does_no_harm() -> None:
    named = PACKED[:3] + b"\x08" + PACKED[4:10] + b"name\0" + PACKED[10:]
    assert decode(as_list(named)) == bytes(LEAST)


@pytest.mark.parametrize("index", [0, 7, 48213, 9_999_999_999])
def test_indices(index: int) -> None:
    assert parse_index(str(index)) == index
    assert parse_index(index) == index


@pytest.mark.parametrize(
    "text",
    ["", "１２", "+5", "-0", "-1", "1_0", "01", "00", " 5", "5 ", "5\n", "0x10", "1e3", "1.0", "٣", "99999999999"],
)
def test_indices_that_are_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r"^status\.index"):
        parse_index(text)


@pytest.mark.parametrize("value", [None, 5.0, 5.5, -1, 10**10, True, False, ["5"], {"@value": "5"}])
def test_an_index_is_a_text_or_a_whole_number(value: object) -> None:
    with pytest.raises(FormatError, match=r"^status\.index"):
        parse_index(value)


@pytest.mark.parametrize("index", [MIN_STATUS_BITS, 9_999_999_999])
def test_an_index_beyond_the_list(index: int) -> None:
    assert not bit(bytes(LEAST), MIN_STATUS_BITS - 1)
    with pytest.raises(FormatError, match=r"^status\.index"):
        bit(bytes(LEAST), index)
