"""base58btc and base64url: published examples, and what a strict decoder refuses."""

import pytest

from verifier.format.errors import FormatError
from verifier.format.multibase import decode_base58btc, decode_base64url, encode_base58btc, encode_base64url
from verifier.limits import MAX_BASE58_CHARACTERS

# draft-msporny-base58, section 5, with the multibase prefix.
BASE58 = {
    b"Hello World!": "z2NEpo7TZRRrLZSi2U",
    b"The quick brown fox jumps over the lazy dog.": "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
    b"\0\0\x28\x7f\xb4\xcd": "z11233QC4",
    b"": "z",
    b"\0": "z1",
}


@pytest.mark.parametrize(("data", "text"), BASE58.items())
def test_base58btc(data: bytes, text: str) -> None:
    assert encode_base58btc(data) == text
    assert decode_base58btc(text) == data


@pytest.mark.parametrize("text", ["", "2NEpo7", "Z2", "z0", "zO", "zI", "zl", "z 2", "z2 ", "z2\n", "z２", "u2", "zé"])
def test_base58btc_refuses(text: str) -> None:
    with pytest.raises(FormatError, match=r"^multibase\.invalid"):
        decode_base58btc(text)


def test_base58btc_is_bounded() -> None:
    decode_base58btc("z" + "2" * (MAX_BASE58_CHARACTERS - 1))
    with pytest.raises(FormatError, match=r"^multibase\.invalid"):
        decode_base58btc("z" + "2" * MAX_BASE58_CHARACTERS)


@pytest.mark.parametrize(
    ("data", "text"), [(b"", ""), (b"f", "Zg"), (b"fo", "Zm8"), (b"foo", "Zm9v"), (b"\xfb\xff", "-_8")]
)
def test_base64url(data: bytes, text: str) -> None:
    assert encode_base64url(data) == text
    assert decode_base64url(text) == data


@pytest.mark.parametrize(
    "text", ["Zg==", "Zg=", "Zm9v\n", " Zm9v", "Zm+v", "Zm/v", "Zm9vZ", "Zh", "Zm9", "Zm9vé", "Ｚg"]
)
def test_base64url_refuses(text: str) -> None:
    with pytest.raises(FormatError, match=r"^base64url\.invalid"):
        decode_base64url(text)
