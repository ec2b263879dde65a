"""Texts of QR codes: whatever the credential, it comes back; whatever the text, it decodes or is refused."""

import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.strategies import mutated
from tests.vectors.cases_qr import BUILT_IN, COMPACT, OWN, OWN_HOST, TEXT
from verifier.codes import CODES
from verifier.format import digits, qrtext
from verifier.format.errors import FormatError
from verifier.format.jcs import canonicalize
from verifier.format.strictjson import load_object
from verifier.format.types import JsonObject
from verifier.limits import MAX_QR_INFLATED_BYTES

KNOWN = {qrtext.address(OWN_HOST, 100): OWN}
DECIMAL = st.text(alphabet="0123456789", max_size=60)


@given(st.binary(max_size=40))
def test_digits(data: bytes) -> None:
    assert digits.decode(digits.encode(data)) == data


@given(DECIMAL)
def test_digits_are_canonical(text: str) -> None:
    try:
        data = digits.decode(text)
    except FormatError:
        return
    assert digits.encode(data) == text


@given(mutated([COMPACT]), st.sampled_from([(1, BUILT_IN), (100, OWN)]))
def test_any_compact_credential_comes_back(documents: tuple[JsonObject, JsonObject], own: tuple[int, bytes]) -> None:
    document = documents[1]
    number, dictionary = own
    try:
        text = qrtext.encode(document, OWN_HOST, number, dictionary)
    except FormatError as refused:
        assert refused.code in ("qr.content", "qr.size")
        return
    assert qrtext.encode(document, OWN_HOST, number, dictionary) == text
    try:
        content = qrtext.decode(text.encode(), KNOWN)
    except FormatError as refused:  # JSON that the strict reader refuses: a number too long, a nesting too deep
        assert refused.code == "qr.content"
        return
    assert content == canonicalize(document)
    assert qrtext.encode(load_object(content), OWN_HOST, number, dictionary) == text


def refused_or_bounded(data: bytes) -> None:
    try:
        content = qrtext.decode(data, KNOWN)
    except FormatError as refused:
        assert refused.code in CODES
        assert refused.code.startswith("qr.")
        return
    assert len(content) <= MAX_QR_INFLATED_BYTES
    assert canonicalize(load_object(content)) == content


@given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: f"https://a.example/v#{text}".encode()))
def test_any_bytes(data: bytes) -> None:
    refused_or_bounded(data)


@given(st.sampled_from(["1001", "1100", "1099", "2001"]), DECIMAL | st.binary(max_size=99).map(digits.encode))
def test_any_digits(head: str, payload: str) -> None:
    refused_or_bounded(f"https://{OWN_HOST}/v#{head}{payload}".encode())


@given(st.integers(len(TEXT) - 600, len(TEXT) - 1), st.sampled_from("0123456789x"))
def test_one_changed_character(place: int, other: str) -> None:
    refused_or_bounded(f"{TEXT[:place]}{other}{TEXT[place + 1 :]}".encode())


@settings(max_examples=20)
@given(st.integers(MAX_QR_INFLATED_BYTES - 2, MAX_QR_INFLATED_BYTES * 40))
def test_what_inflates_too_far_is_not_inflated(size: int) -> None:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=BUILT_IN)
    packed = deflate.compress(bytes(size)) + deflate.flush()
    refused_or_bounded(f"https://{OWN_HOST}/v#1001{digits.encode(packed)}".encode())
