"""Bytes as decimal digits."""

import pytest

from verifier.format import digits
from verifier.format.errors import FormatError


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"\0", "000"),
        (b"\xff", "255"),
        (b"\1\0", "00256"),
        (b"\xff" * 6, "281474976710655"),
        (bytes(7), "0" * 17),
        (b"\xff" * 7, "72057594037927935"),
        (b"\xff" * 8, "72057594037927935255"),
    ],
)
def test_both_ways(data: bytes, text: str) -> None:
    assert digits.encode(data) == text
    assert digits.decode(text) == data


@pytest.mark.parametrize("length", [1, 2, 4, 6, 7, 9, 11, 12, 14, 16, 18])
def test_a_length_that_no_bytes_have(length: int) -> None:
    with pytest.raises(FormatError, match=r"qr\.digits"):
        digits.decode("0" * length)


@pytest.mark.parametrize("text", ["256", "65536", "72057594037927936", "9" * 17 + "000"])
def test_a_value_that_the_bytes_do_not_hold(text: str) -> None:
    with pytest.raises(FormatError, match=r"qr\.digits"):
        digits.decode(text)
