"""Codes in pictures: one credential's text comes out, everything else is named, and no picture breaks anything."""

import random
from collections.abc import Iterator
from io import BytesIO

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from issuer.deliver import drawing
from issuer.deliver.qr import Code, Form, Text
from tests.kit.carriers import baked_png, baked_svg, pdf_with, png, svg
from tests.kit.minting import AT, ISSUER, encoded
from tests.kit.mutation import bytewise
from tests.vectors.case import PLAIN, TRUST
from verifier import Verdict, verify
from verifier.format import qrtext
from verifier.format.errors import FormatError
from verifier.format.proof import JCS
from verifier.limits import MAX_CARRIER_BYTES, MAX_PICTURE_CODES, MAX_PICTURE_PIXELS
from verifier.pictures import text_in
from verifier.report import unread

HEAD, DIGITS = qrtext.parts(ISSUER.secured(PLAIN, JCS), "issuer.example", 1, qrtext.built_in(1) or b"")
TEXT = f"{HEAD}{DIGITS}".encode()
NUMBER = "AIMA-2026-E6233ZWS"
CODE = Code(Form.CREDENTIAL, Text(HEAD, DIGITS), "issuer.example", NUMBER, None)


def shown(text: str) -> Image.Image:
    made = qrcode.QRCode(border=4)
    made.add_data(text)
    image: Image.Image = made.make_image().get_image()
    return image.convert("L")


def saved(image: Image.Image, kind: str = "PNG") -> bytes:
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def beside(*images: Image.Image) -> Image.Image:
    together = Image.new("L", (sum(each.width for each in images), max(each.height for each in images)), 255)
    place = 0
    for each in images:
        together.paste(each, (place, 0))
        place += each.width
    return together


def refused(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        text_in(data)
    return caught.value


def scaled(image: Image.Image) -> Image.Image:
    return image.resize((image.width * 12, image.height * 12))


def transparent() -> Image.Image:
    """A black code on nothing, which is black to whom forgets the paper."""
    code = Image.open(BytesIO(drawing.png(CODE))).convert("L")
    image = Image.new("RGBA", code.size, (0, 0, 0, 0))
    image.putalpha(code.point(lambda grey: 255 - grey))
    return image


PNG = drawing.png(CODE)
OPENED = Image.open(BytesIO(PNG)).convert("L")
PICTURES = {
    "own png": PNG,
    "own svg": drawing.svg(CODE),
    "own symbol": drawing.symbol(CODE),
    "jpeg": saved(OPENED, "JPEG"),
    "turned": saved(OPENED.rotate(90, expand=True), "JPEG"),
    "colour": saved(OPENED.convert("RGB")),
    "one bit": saved(OPENED.convert("1")),
    "palette": saved(OPENED.convert("P")),
    "transparent": saved(transparent()),
    "large": saved(beside(OPENED, Image.new("L", (8_000, 4_000), 255))),
    "twice": saved(beside(OPENED, OPENED)),
    "something behind the end": PNG + b"\n",
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_credential_is_read(name: str) -> None:
    text = text_in(PICTURES[name])
    assert text == TEXT
    assert verify(text, trust=TRUST, at=AT).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("picture", "code", "detail"),
    [
        (beside(OPENED, scaled(shown("https://else.example/"))), "picture.several", "shows 2 codes"),
        (shown(NUMBER), "picture.number", NUMBER),
        (shown(f"https://issuer.example/certify/verify?id={NUMBER}"), "picture.number", NUMBER),
        (shown("https://else.example/x"), "picture.other", "the link https://else.example/x"),
        (shown("WIFI:S:guest;P:secret;;"), "picture.other", "the text WIFI:S:guest"),
        (shown("12345"), "picture.other", "the text 12345"),
        (shown("a\u202eb"), "picture.other", "a⟨U+202E⟩b"),
    ],
)
def test_what_holds_no_credential_is_named(picture: Image.Image, code: str, detail: str) -> None:
    error = refused(saved(picture))
    assert error.code == code
    assert detail in error.detail
    assert unread(error, AT).verdict is Verdict.INDETERMINATE


def test_several_drawings_are_several_codes() -> None:
    text = Text(CODE.text.head.replace(CODE.host, "else.example"), CODE.text.digits)
    other = Code(CODE.form, text, "else.example", CODE.public_id, None)
    both = drawing.symbol(CODE).replace(b"</svg>", drawing.symbol(other)[drawing.symbol(other).index(b"<path") :])
    assert refused(both).code == "picture.several"
    assert text_in(drawing.symbol(CODE).replace(b"</svg>", b"<path d='M1 1'/></svg>")) == TEXT
    path = drawing.symbol(CODE)[drawing.symbol(CODE).index(b"<path") : -len(b"</svg>")]
    assert text_in(svg(path.decode() * 2 * MAX_PICTURE_CODES)) == TEXT


AS_THEY_ARE = {
    "json": encoded(PLAIN),
    "png badge": baked_png(encoded(PLAIN)),
    "svg badge": baked_svg(encoded(PLAIN)),
    "pdf": pdf_with(encoded(PLAIN)),
    "a badge that shows a code": drawing.symbol(CODE).replace(
        b"<path", b'<o:credential xmlns:o="http://openbadges.org">{}</o:credential><path', 1
    ),
    "a picture without a code": saved(Image.new("L", (300, 300), 200)),
    "one pixel": png(),
    "a drawing without a code": svg("<rect/>"),
    "cut off": PNG[:-900],
    "cut off at its begin": PNG[:20],
    "no jpeg": b"\xff\xd8\xff" + bytes(99),
    "telephone": b"\0\0\0\x18ftypheic" + bytes(99),
    "too much": PNG + bytes(MAX_CARRIER_BYTES),
    "nothing": b"",
}


@pytest.mark.parametrize("name", AS_THEY_ARE)
def test_everything_else_is_left_to_the_verifier(name: str) -> None:
    assert text_in(AS_THEY_ARE[name]) == AS_THEY_ARE[name]


def test_what_is_too_large_is_not_decoded() -> None:
    side = int(MAX_PICTURE_PIXELS**0.5) + 1
    for kind in ("PNG", "JPEG"):
        assert refused(saved(Image.new("L", (side, side)), kind)).code == "picture.size"


@pytest.fixture(params=["zxingcpp", "PIL"])
def without(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("verifier.pictures.find_spec", lambda name: None if name == request.param else object())
    return iter(())


@pytest.mark.usefixtures("without")
def test_without_the_reader_it_says_how_to_read_it() -> None:
    for name in ("own png", "own svg", "jpeg"):
        error = refused(PICTURES[name])
        assert error.code == "picture.reader"
        assert "certify-vc[qr]" in error.detail
        assert "/v" in unread(error, AT).summary
    assert text_in(AS_THEY_ARE["json"]) == AS_THEY_ARE["json"]
    assert text_in(AS_THEY_ARE["png badge"]) == AS_THEY_ARE["png badge"]


def survives(data: bytes) -> None:
    try:
        text_in(data)
    except FormatError as error:
        assert error.code.startswith("picture.")


@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"<svg ", b""]), st.binary(max_size=200))
def test_made_up_bytes(begin: bytes, data: bytes) -> None:
    survives(begin + data)


@pytest.mark.parametrize("name", ["own png", "own svg", "jpeg"])
def test_damaged_pictures(name: str) -> None:
    chance = random.Random(name)
    for _ in range(40):
        survives(bytewise(PICTURES[name], chance))
