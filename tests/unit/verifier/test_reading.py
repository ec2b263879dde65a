"""Bytes to a document, by their content."""

import pytest

from tests.kit.credentials import aima
from tests.kit.minting import ISSUER, encoded
from tests.kit.securing import enveloped, jwt
from verifier.format.errors import FormatError
from verifier.format.types import JsonObject
from verifier.reading import Reading, opened, read


def test_json() -> None:
    assert read(b' {"a": 1}\n') == Reading({"a": 1})


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
        (b"", "json.syntax"),
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
    envelope = enveloped(jwt(aima()))
    assert opened(envelope) == read(encoded(envelope)) == read(envelope) == read(jwt(aima()))
    assert opened({**envelope, "type": ["EnvelopedVerifiableCredential"]}) == read(jwt(aima()))
    assert opened(ISSUER.secured(aima())) == Reading(ISSUER.secured(aima()))
    assert opened({}) == Reading({})


def test_what_an_envelope_holds_is_not_opened_again() -> None:
    inner = enveloped(jwt(aima()))
    assert read(enveloped(jwt(inner))).document == inner


def test_a_presentation_has_an_envelope_of_its_own() -> None:
    envelope = {**enveloped(jwt(aima())), "type": "EnvelopedVerifiablePresentation"}
    assert refused(envelope) == "envelope.kind"
    assert opened({**envelope, "id": f"data:application/vp+jwt,{jwt(aima()).decode()}"}) == read(jwt(aima()))


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"id": None}, "envelope.form"),
        ({"id": 5}, "envelope.form"),
        ({"id": ""}, "envelope.form"),
        ({"id": "DATA:application/vc+jwt,e30"}, "envelope.form"),
        ({"id": ["data:application/vc+jwt,e30"]}, "envelope.form"),
        ({"name": None}, "envelope.form"),
        ({"type": ["EnvelopedVerifiableCredential"] * 2}, "envelope.form"),
        ({"@context": None}, "envelope.form"),
        ({"id": "data:"}, "envelope.kind"),
        ({"id": "data:application/vc+jwt"}, "jwt.form"),
        ({"id": "data:application/vc+jwt,"}, "jwt.form"),
        ({"id": "data:application/vc+jwt,\ud800.a.b"}, "jwt.form"),
        ({"id": "data:application/vc+jwt,{}"}, "jwt.form"),
        ({"id": "data:application/vc+sd-jwt,e30"}, "envelope.kind"),
        ({"id": "data:application/vc+jwt;base64,e30"}, "envelope.kind"),
        ({"id": "data:application/vc+jwt,a.b.c"}, "jwt.form"),
    ],
)
def test_an_envelope_of_something_else(members: JsonObject, code: str) -> None:
    assert refused({**enveloped(jwt(aima())), **members}) == code


def refused(envelope: JsonObject) -> str:
    with pytest.raises(FormatError) as error:
        read(envelope)
    return error.value.code
