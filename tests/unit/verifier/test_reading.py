"""Bytes to a document, by their content."""

import pytest

from tests.kit.credentials import aima
from tests.kit.minting import ISSUER, encoded
from tests.kit.securing import enveloped, jwt
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject
from verifier.reading import Reading, opened, read


def test_json() -> None:
    assert read(b' {"type": "VerifiableCredential", "a": 1}\n') == Reading({"type": "VerifiableCredential", "a": 1})


def test_a_compact_jws() -> None:
    token = jwt(aima())
    found = read(b"\n" + token + b"\n")
    assert found.document == aima()
    assert found.jws is not None
    assert found.jws.header == {"alg": "EdDSA", "typ": "vc+jwt", "kid": ISSUER.method}
    assert found.jws.signing_input == token.rpartition(b".")[0]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"b", "json.syntax"),
        (b"a.b", "json.syntax"),
        (b"a.b.c.d", "json.syntax"),
        (b"..", "json.syntax"),
        (b"a.b.c", "jwt.form"),
        (b"a..", "jwt.form"),
        (b"1.2.3", "jwt.form"),
        ("é.b.c".encode(), "json.syntax"),
        (b"[]", "json.not-object"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        read(data)
    assert refused.value.code == code


def test_an_envelope_is_opened() -> None:
    assert opened(enveloped(jwt(aima()))) == jwt(aima())
    assert opened({**enveloped(b"x"), "type": ["EnvelopedVerifiableCredential"]}) == b"x"
    assert opened(ISSUER.secured(aima())) is None
    assert opened({}) is None


@pytest.mark.parametrize(
    "address",
    [None, 5, "", "data:application/vc+sd-jwt,e30", "DATA:application/vc+jwt,e30", ["data:application/vc+jwt,e30"]],
)
def test_an_envelope_of_something_else_is_unreadable(address: Json) -> None:
    envelope: JsonObject = {"type": "EnvelopedVerifiableCredential", "id": address}
    assert opened(envelope) == b""
    with pytest.raises(FormatError):
        read(b"")


def test_half_a_surrogate_in_an_envelope_does_no_harm() -> None:
    envelope: JsonObject = {"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,\ud800"}
    assert opened(envelope) == b"?"
    assert encoded(envelope)
