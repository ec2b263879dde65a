"""Compact JWS texts: one way to write each, and dates that every reader understands alike."""

from datetime import UTC, datetime

import pytest

from tests.kit.credentials import aima
from tests.kit.securing import jwt
from verifier.format.errors import FormatError
from verifier.format.jose import looks_like, numeric_date, parse
from verifier.format.multibase import encode_base64url
from verifier.format.types import Json
from verifier.limits import MAX_CREDENTIAL_BYTES

TOKEN = jwt(aima())
HEADER, PAYLOAD, SIGNATURE = TOKEN.split(b".")
OBJECT = b"e30"


def b64(data: bytes) -> bytes:
    return encode_base64url(data).encode()


def joined(*parts: bytes) -> bytes:
    return b".".join(parts)


def test_the_parts() -> None:
    found = parse(TOKEN)
    assert found.header["alg"] == "EdDSA"
    assert found.payload == aima()
    assert found.signing_input == joined(HEADER, PAYLOAD)
    assert len(found.signature) == 64


@pytest.mark.parametrize("data", [TOKEN, b" \n" + TOKEN + b"\r\n", b"a.b.c", b"a..", b"=.="[:2] + b"."])
def test_what_looks_like_one(data: bytes) -> None:
    assert looks_like(data)


@pytest.mark.parametrize(
    "data",
    [b"", b".", b"..", b".a.b", b"a.b", b"a.b.c.d", b"{}", b'"a.b.c"', b"a.b.\xff", b"a b.c.d", b"a+b.c.d", b"a.b.c\0"],
)
def test_what_does_not(data: bytes) -> None:
    assert not looks_like(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (joined(HEADER + b"=", PAYLOAD, SIGNATURE), "jwt.form"),
        (joined(HEADER, PAYLOAD, SIGNATURE + b"=="), "jwt.form"),
        (joined(HEADER, PAYLOAD, SIGNATURE[:-1]), "jwt.form"),
        (joined(HEADER, PAYLOAD, SIGNATURE[:-1] + b"h"), "jwt.form"),
        (joined(b"e", PAYLOAD, SIGNATURE), "jwt.form"),
        (joined(OBJECT, b"", SIGNATURE), "json.syntax"),
        (joined(b64(b"[]"), PAYLOAD, SIGNATURE), "json.not-object"),
        (joined(OBJECT, b64(b'{"a":1,"a":2}'), SIGNATURE), "json.duplicate-name"),
        (joined(b64(b'{"alg":"EdDSA","alg":"none"}'), OBJECT, SIGNATURE), "json.duplicate-name"),
        (joined(OBJECT, b64(b"\xff"), SIGNATURE), "json.encoding"),
        (joined(OBJECT, b64(b"\xef\xbb\xbf{}"), SIGNATURE), "json.syntax"),
        (joined(OBJECT, b64(b"[" * 100_000), SIGNATURE), "json.depth"),
        (joined(OBJECT, b64(b'{"a":"%s"}' % (b"x" * MAX_CREDENTIAL_BYTES)), SIGNATURE), "json.size"),
        (b"a." * 2 + b"x" * (2 * MAX_CREDENTIAL_BYTES), "json.size"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    assert looks_like(data)
    with pytest.raises(FormatError) as refused:
        parse(data)
    assert refused.value.code == code


def test_the_last_character_of_a_part_has_one_form() -> None:
    """Two bits of it are not used; a reader that ignores them takes four texts for one signature."""
    last = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    accepted = 0
    for place in range(64):
        try:
            accepted += parse(joined(HEADER, PAYLOAD, SIGNATURE[:-1] + last[place : place + 1])).signature is not None
        except FormatError:
            continue
    assert accepted == 4, "64 bytes leave 2 bits to the last of 86 characters"


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (1.5, datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)),
        (253_402_300_799, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_dates(value: Json, instant: datetime) -> None:
    assert numeric_date({}, "exp") is None
    assert numeric_date({"exp": value}, "exp") == instant


@pytest.mark.parametrize("value", [None, True, False, "0", -1, -0.5, 253_402_300_800, 253_402_300_799.5, 1e300, [], {}])
def test_dates_that_are_refused(value: Json) -> None:
    with pytest.raises(FormatError, match=r"^jwt\.claims"):
        numeric_date({"exp": value}, "exp")
