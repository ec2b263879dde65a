"""The text of a QR code."""

import pytest

from tests.kit.minting import ISSUER, changed
from tests.vectors.case import PLAIN
from tests.vectors.cases_qr import BUILT_IN, COMPACT, OWN, OWN_HOST, TEXT
from verifier.format import qrtext
from verifier.format.errors import FormatError
from verifier.format.jcs import canonicalize
from verifier.format.proof import RDFC
from verifier.format.types import JsonObject
from verifier.limits import MAX_QR_INFLATED_BYTES


def test_it_gives_back_exactly_the_canonical_bytes() -> None:
    assert qrtext.decode(TEXT.encode()) == canonicalize(COMPACT)


def test_one_text_for_each_credential_and_dictionary() -> None:
    again = dict(reversed(COMPACT.items()))
    assert qrtext.encode(again, OWN_HOST, 1, BUILT_IN) == TEXT


def test_it_is_short() -> None:
    assert len(TEXT) < 900


def test_an_own_dictionary_is_found_by_its_address() -> None:
    text = qrtext.encode(COMPACT, OWN_HOST, 100, OWN).encode()
    here, elsewhere = qrtext.address(OWN_HOST, 100), qrtext.address("other.example", 100)
    assert qrtext.decode(text, {here: OWN}) == canonicalize(COMPACT)
    assert qrtext.decode(text, {elsewhere: OWN, f"{elsewhere}x": b"x"}) == canonicalize(COMPACT)
    for known in ({}, {qrtext.address(OWN_HOST, 101): OWN}, {elsewhere: BUILT_IN}):
        with pytest.raises(FormatError, match=r"qr\.dictionary.*https://credentials\.example/qr/100\.bin"):
            qrtext.decode(text, known)
    with pytest.raises(FormatError, match=r"qr\.(deflate|content)"):
        qrtext.decode(text, {here: b"another", elsewhere: OWN})


@pytest.mark.parametrize("host", ["a.example", "localhost:8443", "xn--bcher-kva.example"])
def test_addresses(host: str) -> None:
    assert qrtext.is_address(qrtext.address(host, 100))
    assert not qrtext.is_address(qrtext.address(host, 1))
    assert not qrtext.is_address(qrtext.address(host.upper(), 100))
    assert not qrtext.is_address(f"{qrtext.address(host, 100)}\n")


@pytest.mark.parametrize(
    "document",
    [
        PLAIN,
        ISSUER.secured(PLAIN, RDFC),
        changed(COMPACT, proof=[]),
        changed(COMPACT, proof=["z"]),
        changed(COMPACT, name="\ud800"),
        changed(COMPACT, number=1 << 60),
    ],
)
def test_only_a_compact_credential_is_encoded(document: JsonObject) -> None:
    with pytest.raises(FormatError, match=r"qr\.content"):
        qrtext.encode(document, OWN_HOST, 1, BUILT_IN)


def test_nothing_is_encoded_that_no_reader_would_inflate() -> None:
    with pytest.raises(FormatError, match=r"qr\.size"):
        qrtext.encode(changed(COMPACT, name="x" * MAX_QR_INFLATED_BYTES), OWN_HOST, 1, BUILT_IN)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"https://a.example/certify/verify?id=AIMA", b"a.b.c", b"http://a/v#1001"]
)
def test_what_does_not_look_like_one(data: bytes) -> None:
    assert not qrtext.looks_like(data)
