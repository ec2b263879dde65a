"""Bytes to a document, by their content."""

import pytest

from tests.kit.credentials import aima
from tests.kit.minting import HOLDER, ISSUER, encoded
from tests.kit.securing import enveloped, jwt
from tests.vectors.cases_qr import TEXT, safe_link
from tests.vectors.cases_reading import SECURED, TOKEN, WHOLE
from verifier.format.errors import FormatError
from verifier.format.types import JsonObject
from verifier.reading import Reading, dictionary_named_in, opened, read


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
    assert refused({**envelope, "id": f"data:application/vp+jwt,{jwt(aima()).decode()}"}) == "envelope.form"
    presented = jwt(HOLDER.presentation(), typ="vp+jwt")
    assert opened({**envelope, "id": f"data:application/vp+jwt,{presented.decode()}"}) == read(presented)


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


# --- Whatever stands around ----------------------------------------------------------------------------------

NAMED_TWICE = WHOLE.replace("{", '{"name": "x",', 1)


@pytest.mark.parametrize("text", [f"Dear all, {WHOLE}", f"{WHOLE}}}", f"\\{WHOLE} \\{{", f'5" wide: {WHOLE}'])
def test_one_object_between_other_text(text: str) -> None:
    assert read(text.encode()) == Reading(SECURED, around=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{{ {WHOLE}", "json.syntax"),  # one that is cut off holds the whole one, which may say the opposite
        (f"{{first}} {WHOLE}", "text.several"),
        (f"x {WHOLE} {WHOLE.replace('Ada', 'Eve')}", "text.several"),
        (f"x {NAMED_TWICE}", "json.duplicate-name"),
        (f"x {WHOLE[:-1]}", "json.syntax"),
        (f"x {TOKEN[:-9]}\n{TOKEN[-9:]}", "jwt.form"),
        (f"{TOKEN}~WyJ4Il0~", "json.syntax"),  # disclosures are no text around a token
        (f"x {TOKEN}~ y", "json.syntax"),
        (f"x {TOKEN}.a.b", "json.syntax"),
    ],
)
def test_what_cannot_be_told_from_what_is_around_it(text: str, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        read(text.encode())
    assert refused.value.code == code


def test_what_is_around_never_makes_anything_valid() -> None:
    """Nothing is put together of parts, and nothing within is mended."""
    place = WHOLE.index('"name"')
    for text in (f"{WHOLE[:place]}\n\n> {WHOLE[place:]}", f"x{WHOLE[:place]}  {WHOLE[place:]}y"):
        assert read(text.encode()).document == SECURED  # white space between members, as JSON has it
    broken = WHOLE.replace("Ada Example", "Ada \n> Example")
    assert broken != WHOLE
    with pytest.raises(FormatError, match=r"json\.syntax"):
        read(broken.encode())


def test_a_dictionary_is_named_in_whatever_form_a_link_has() -> None:
    link = "https://a.example/v#1100" + "0" * 17
    for text in (link, link.replace("#", "%23"), f"Here: {link}.", f"\ufeff{safe_link(link)}"):
        assert dictionary_named_in(text.encode()) == "https://a.example/qr/100.bin"
    for text in ("", "{}", TEXT, f"{link} {link}0", "https://a.example/v#1100x"):
        assert dictionary_named_in(text.encode()) is None


def test_utf_16_is_told() -> None:
    for coding in ("utf-16-le", "utf-16-be"):
        with pytest.raises(FormatError, match=r"json\.encoding.*UTF-16"):
            read(f"\ufeff{WHOLE}".encode(coding))
    with pytest.raises(FormatError, match=r"json\.encoding: Byte 0 is not UTF-8\.$"):
        read(b"\x80")
