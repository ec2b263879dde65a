"""Images and PDF files: what is put in comes out, and no bytes make a reader fail in any way of its own."""

import contextlib
import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.carriers import SVG, attached, baked_png, baked_svg, element, pdf, pdf_with, png, svg
from tests.kit.mutation import bytewise
from verifier.format import bakedpng, bakedsvg, pdfattached
from verifier.format.errors import FormatError
from verifier.limits import MAX_CARRIER_BYTES
from verifier.reading import unpacked

DOCUMENT = b'{"name": "An example, of no importance"}'
SEEDS = [baked_png(DOCUMENT), baked_svg(DOCUMENT), pdf_with(DOCUMENT), pdf(attached(DOCUMENT, deflate=False))]
READERS: list[Callable[[bytes], list[bytes]]] = [bakedpng.contents, bakedsvg.contents, pdfattached.contents]
BEGINS = [b"\x89PNG\r\n\x1a\n", b"<svg ", b"%PDF-1.7\n"]
SECONDS = 3.0
TEXTS = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: text.strip(" \t\r\n"))


def read(reader: Callable[[bytes], list[bytes]], data: bytes) -> None:
    try:
        reader(data)
    except FormatError as error:
        assert error.code in {"png.form", "svg.form", "pdf.form", "carrier.size", "carrier.unread"}


@given(TEXTS)
def test_what_is_put_in_comes_out(text: str) -> None:
    content = text.encode()
    assert bakedpng.contents(bakedpng.bake(png(), content)) == [content]
    assert bakedsvg.contents(bakedsvg.bake(SVG, content)) == [content]


@pytest.mark.parametrize(("bake", "image"), [(bakedpng.bake, SEEDS[0]), (bakedsvg.bake, SEEDS[1])])
def test_a_badge_is_baked_once(bake: Callable[[bytes, bytes], bytes], image: bytes) -> None:
    with pytest.raises(FormatError):
        bake(image, DOCUMENT)


@given(st.sampled_from(READERS), st.binary(max_size=300), st.sampled_from(BEGINS))
def test_made_up_bytes(reader: Callable[[bytes], list[bytes]], data: bytes, begin: bytes) -> None:
    read(reader, data)
    read(reader, begin + data)


@settings(max_examples=200)
@given(st.text(alphabet="<>/\"'=!-?[]& svgxopenbadgs:credential;#1", max_size=80).map(svg))
def test_made_up_tags(data: bytes) -> None:
    read(bakedsvg.contents, data)


@settings(max_examples=200)
@given(st.text(alphabet="<>/()[]\\%\n\r 01obj endstreamLgth", max_size=80).map(lambda text: pdf(text.encode())))
def test_made_up_objects(data: bytes) -> None:
    read(pdfattached.contents, data)


@pytest.mark.parametrize("seed", SEEDS)
def test_mutants_give_another_content_or_none(seed: bytes) -> None:
    chance = random.Random(len(seed))
    for _ in range(1_000):
        mutant = bytewise(seed, chance)
        try:
            unpacked(mutant)
        except FormatError as error:
            assert error.code.endswith((".form", ".none", ".several", ".size", ".unread"))


HALF, TENTH = MAX_CARRIER_BYTES // 2, MAX_CARRIER_BYTES // 10
ATTACHED = b"0 0 obj<</Type/EmbeddedFile"
REPEATED: dict[str, Callable[[], bytes]] = {
    "comments": lambda: b"%PDF-" + (ATTACHED + b">>%") * (TENTH // 3),
    "percent signs": lambda: b"%PDF-" + ATTACHED + b"%" * HALF + b">>stream\nendstream",
    "blanks": lambda: b"%PDF-" + ATTACHED + b" " * HALF + b">>stream\nendstream",
    "brackets": lambda: b"%PDF-" + (ATTACHED + b"[" * 16_000 + b">>stream\nendstream") * (HALF // 16_100),
    "texts": lambda: b"%PDF-" + (ATTACHED + b"(" * 16_000 + b">>stream\nendstream") * (HALF // 16_100),
    "lengths": lambda: b"%PDF-" + ATTACHED + b">>0 0 obj<</Length 9>>stream\nendstream" * (TENTH // 4) + b" " * HALF,
    "streams": lambda: b"%PDF-" + ATTACHED + b">>0 0 obj<<>>stream\nendstream" * (TENTH // 3),
    "streams without an end": lambda: b"%PDF-" + ATTACHED + b">>0 0 obj<<>>stream\n" * (TENTH // 2),
    "streams of nothing": lambda: b"%PDF-" + ATTACHED + b">>stream\n" * TENTH,
    "objects": lambda: b"%PDF-" + ATTACHED + b"0 0 obj<<" * TENTH,
    "digits": lambda: b"%PDF-" + ATTACHED + b"0" * HALF + b">>stream\nendstream",
    "headers": lambda: b"%PDF-" * TENTH,
    "quotes": lambda: b"<svg " + b"a='" * HALF,
    "attributes": lambda: b"<svg " + b" a=''" * (HALF // 3) + b">",
    "unended attributes": lambda: b"<svg " + b" a" * HALF + b">",
    "bindings": lambda: svg("<o:credential/>" * (TENTH // 4), attributes="xmlns:a='b' " * (TENTH // 4)),
    "brackets of tags": lambda: b"<svg>" + b"<" * HALF,
    "tags": lambda: b"<svg>" + b"<g/>" * (HALF // 2),
    "tags without an end": lambda: b"<svg>" + b"<g '" * (HALF // 2),
    "comments of tags": lambda: b"<svg>" + b"<!--" * TENTH,
    "document types": lambda: b"<!DOCTYPE x>" * (HALF // 6) + b"<svg>",
    "quotes of a document type": lambda: b"<!DOCTYPE" + b" ''" * (HALF // 2) + b"><svg>",
    "prefixes": lambda: b"<" + b"<aaaaaaaa" * TENTH + b"<svg>",
    "elements": lambda: svg(element(b"") * (TENTH // 8)),
    "opening elements": lambda: svg("<openbadges:credential>" * (TENTH // 3)),
    "references": lambda: svg(f"<openbadges:credential>{'&amp;' * (HALF // 5)}</openbadges:credential>"),
    "chunks": lambda: png(*[b"\0\0\0\0iTXt\xb8\xa1\x1e\x8d"] * TENTH),
}


@pytest.mark.parametrize("name", REPEATED)
def test_no_bytes_take_long(name: str) -> None:
    data = REPEATED[name]()[:MAX_CARRIER_BYTES]
    begun = time.perf_counter()
    with contextlib.suppress(FormatError):
        unpacked(data)
    assert time.perf_counter() - begun < SECONDS
