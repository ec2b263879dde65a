"""Codecs come in pairs: what encodes decodes to the same, and what decodes encodes to the same text."""

import json
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.kit.strategies import JSON
from verifier.format import jcs, multibase, multikey, nquads, rdfc, statuslist, strictjson, timestamp
from verifier.format.errors import FormatError
from verifier.limits import MIN_STATUS_BITS

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def inverse(decode: Callable[[str], Any], encode: Callable[[Any], str], text: str) -> None:
    """What decodes, encodes to the same text; what does not is refused, and in no other way."""
    try:
        value = decode(text)
    except FormatError:
        return
    assert encode(value) == text


@given(st.binary(max_size=100))
def test_base58btc(data: bytes) -> None:
    assert multibase.decode_base58btc(multibase.encode_base58btc(data)) == data


@given(st.text(max_size=20).map("z".__add__) | st.text(alphabet=BASE58 + "0OIl", max_size=60).map("z".__add__))
def test_base58btc_text(text: str) -> None:
    inverse(multibase.decode_base58btc, multibase.encode_base58btc, text)


@given(st.binary(max_size=100))
def test_base64url(data: bytes) -> None:
    assert multibase.decode_base64url(multibase.encode_base64url(data)) == data


@given(st.text(max_size=20) | st.text(alphabet="AZaz09-_+/= \n", max_size=20))
def test_base64url_text(text: str) -> None:
    inverse(multibase.decode_base64url, multibase.encode_base64url, text)


@given(st.binary(min_size=32, max_size=32))
def test_multikey(seed: bytes) -> None:
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    assert multikey.decode(multikey.encode(public)) == public
    assert multikey.decode_jwk(multikey.encode_jwk(public)) == public


@given(st.binary(min_size=30, max_size=34).map(lambda data: multibase.encode_base58btc(b"\xed\x01" + data)))
def test_multikey_text(text: str) -> None:
    inverse(multikey.decode, multikey.encode, text)


@settings(max_examples=20)
@given(st.integers(0, 64), st.sets(st.integers(0, MIN_STATUS_BITS - 1), max_size=20))
def test_status_list(more: int, indices: set[int]) -> None:
    bits = statuslist.with_bits(MIN_STATUS_BITS + 8 * more, frozenset(indices))
    decoded = statuslist.decode(statuslist.encode(bits))
    assert decoded == bits
    assert all(statuslist.bit(decoded, index) for index in indices)
    assert sum(byte.bit_count() for byte in decoded) == len(indices)


@given(st.integers(0, 9_999_999_999) | st.text(max_size=12) | st.from_regex(r"[+-]?[ 0-9_]{1,12}"))
def test_index(text: object) -> None:
    inverse(statuslist.parse_index, str, str(text))


@given(st.datetimes(timezones=st.just(UTC)))
def test_timestamp(instant: datetime) -> None:
    whole = instant.replace(microsecond=0)
    assert timestamp.parse(timestamp.format_seconds(instant)) == whole
    milliseconds = timedelta(milliseconds=instant.microsecond // 1000)
    assert timestamp.parse(timestamp.format_milliseconds(instant)) == whole + milliseconds


@given(st.from_regex(r"\A[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z\Z"))
def test_timestamp_text(text: str) -> None:
    inverse(timestamp.parse, timestamp.format_seconds, text)


@given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
def test_timestamp_offset(local: datetime, minutes: int) -> None:
    sign = "-" if minutes < 0 else "+"
    offset = f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    try:
        expected = local.replace(tzinfo=UTC) - timedelta(minutes=minutes)
    except OverflowError:
        return
    assert timestamp.parse(local.isoformat(timespec="microseconds") + offset) == expected


# --- JCS ----------------------------------------------------------------------------------------------------


@given(JSON)
def test_jcs_is_json_with_the_same_meaning(value: Any) -> None:
    try:
        text = jcs.canonicalize(value)
    except FormatError:
        return
    # ECMAScript writes a large double like an integer, which is then beyond what the strict reader takes for one.
    assert json.loads(text, parse_int=float) == value
    try:
        reread = strictjson.loads(text)
    except FormatError as error:
        assert error.code == "json.number"
    else:
        assert jcs.canonicalize(reread) == text


@example(5e-324)
@example(1.7976931348623157e308)
@example(-0.0)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_jcs_numbers_are_shortest_and_exact(value: float) -> None:
    text = jcs.canonicalize(value).decode()
    assert float(text) == value
    assert len(text) <= len(repr(value)) or "e" not in text
    assert math.copysign(1, float(text)) == math.copysign(1, value) or value == 0


@given(st.dictionaries(st.text(), st.none()))
def test_jcs_orders_names_by_utf16(value: dict[str, None]) -> None:
    names = list(json.loads(jcs.canonicalize(dict(value))))
    assert names == sorted(value, key=lambda name: name.encode("utf-16-be"))


# --- N-Quads ------------------------------------------------------------------------------------------------

IRI = st.sampled_from(["urn:x:1", "https://a.example/é", "a:", "did:web:a.example#k"]).map(nquads.iri)
BLANK = st.from_regex(r"\A_:[A-Za-z][A-Za-z0-9]{0,5}\Z")
CONTROLS = st.text(alphabet=[*map(chr, range(0x100)), "\u2028", "\ufeff", "\U0010ffff"], max_size=20)
LITERAL = st.builds(
    nquads.literal, st.text(max_size=20) | CONTROLS, st.just("") | st.just(nquads.XSD + "date"), st.just("")
) | st.builds(nquads.literal, CONTROLS, st.just(""), st.sampled_from(["en", "de-at"]))
QUAD = st.tuples(IRI | BLANK, IRI, IRI | BLANK | LITERAL, st.just("") | IRI | BLANK)


@given(st.lists(QUAD, max_size=8))
def test_nquads(quads: list[nquads.Quad]) -> None:
    text = "".join(map(nquads.write, quads))
    assert nquads.read(text.encode()) == quads


@given(st.binary(max_size=60) | st.text(alphabet='<>_:ab"\\u0D8 .@^\n#', max_size=60).map(str.encode))
def test_nquads_text(data: bytes) -> None:
    try:
        quads = nquads.read(data)
    except FormatError as error:
        assert error.code == "nquads.syntax"
        return
    assert nquads.read("".join(map(nquads.write, quads)).encode()) == quads


@given(st.lists(QUAD, max_size=10), st.randoms())
def test_canonical_form_does_not_depend_on_names_or_order(quads: list[nquads.Quad], random: Any) -> None:
    blanks = sorted({term for quad in quads for term in quad if nquads.is_blank(term)})
    others = [f"_:r{number}" for number in range(len(blanks))]
    random.shuffle(others)
    renamed = dict(zip(blanks, others, strict=True))
    shuffled = [tuple(renamed.get(term, term) for term in quad) for quad in quads]
    random.shuffle(shuffled)
    try:
        canonical = rdfc.canonicalize_quads(quads)
    except FormatError as error:
        assert error.code == "rdf.too-complex"
        return
    assert rdfc.canonicalize_quads([(s, p, o, g) for s, p, o, g in shuffled]) == canonical
    assert rdfc.canonicalize(canonical) == canonical


@pytest.mark.parametrize("bits", [0, 8, MIN_STATUS_BITS - 8])
def test_short_status_lists_do_not_decode(bits: int) -> None:
    with pytest.raises(FormatError, match=r"^status\.size"):
        statuslist.decode(statuslist.encode(bytes(bits // 8)))
