"""Public keys: the forms that are read, and those that nobody may accept."""

import pytest

from tests.kit.minting import Key
from verifier.format import multikey
from verifier.format.errors import FormatError
from verifier.format.multibase import encode_base58btc, encode_base64url
from verifier.format.types import Json, JsonObject

KEY = Key("multikey")
JWK: JsonObject = multikey.encode_jwk(KEY.public)


def test_a_multikey() -> None:
    assert KEY.multibase.startswith("z6Mk")
    assert multikey.decode(KEY.multibase) == KEY.public


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xed\x01" + KEY.public[:-1], "key.invalid"),
        (b"\xed\x01" + KEY.public + b"\0", "key.invalid"),
        (b"\xed\x01", "key.invalid"),
        (b"\xec\x01" + KEY.public, "key.invalid"),
        (b"\x80\x26" + KEY.public, "key.invalid"),
        (KEY.public, "key.invalid"),
        (b"", "key.invalid"),
        (b"\xed\x01\x01" + bytes(31), "key.weak"),
        (b"\xed\x01" + bytes(32), "key.weak"),
        (b"\xed\x01" + b"\xff" * 32, "key.weak"),
    ],
)
def test_a_multikey_that_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        multikey.decode(encode_base58btc(data))
    assert refused.value.code == code


def test_a_jwk() -> None:
    assert multikey.encode_jwk(KEY.public) == {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(KEY.public)}
    assert multikey.decode_jwk(JWK) == KEY.public
    assert multikey.decode_jwk({**JWK, "kid": "1", "alg": "EdDSA"}) == KEY.public


@pytest.mark.parametrize(
    "jwk",
    [
        None,
        [],
        "z6Mk",
        {**JWK, "kty": "EC"},
        {**JWK, "crv": "X25519"},
        {**JWK, "d": "AAAA"},
        {**JWK, "x": None},
        {**JWK, "x": ["AAAA"]},
        {**JWK, "x": f"{JWK['x']}="},
        {**JWK, "x": encode_base64url(KEY.public[:31])},
        {**JWK, "x": encode_base64url(b"\x01" + bytes(31))},
    ],
)
def test_a_jwk_that_is_refused(jwk: Json) -> None:
    with pytest.raises(FormatError):
        multikey.decode_jwk(jwk)


@pytest.mark.parametrize("encode", [multikey.encode, multikey.encode_jwk])
def test_a_weak_key_is_not_written_either(encode: object) -> None:
    with pytest.raises(FormatError, match=r"^key\.weak"):
        encode(b"\x01" + bytes(31))  # type: ignore[operator]
