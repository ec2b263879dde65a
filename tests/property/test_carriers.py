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
from verifier.limits import MAX_CREDENTIAL_BYTES
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
        assert error.code in {"png.form", "svg.form", "pdf.form", "carrier.size"}


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
            assert error.code.endswith((".form", ".none", ".several", ".size"))


HALF, TENTH = MAX_CREDENTIAL_BYTES // 2, MAX_CREDENTIAL_BYTES // 10
REPEATED: dict[str, bytes] = {
    "comments": b"%PDF-" + b"0 0 obj<<>>%" * TENTH,
    "percent signs": b"%PDF-0 0 obj<<" + b"%" * HALF + b"{",
    "blanks": b"%PDF-0 0 obj<<" + b" " * HALF,
    "brackets": b"%PDF-0 0 obj<<" + b"[" * HALF,
    "texts": b"%PDF-" + b"0 0 obj<<(" * TENTH,
    "lengths": b"%PDF-" + b"0 0 obj<</Length 9>>stream\nendstream" * (TENTH // 4) + b" " * HALF,
    "streams": b"%PDF-" + b"0 0 obj<<>>stream\n" * (TENTH // 2),
    "quotes": b"<svg " + b"a='" * HALF,
    "attributes": b"<svg " + b" a=''" * (HALF // 3) + b">",
    "unended attributes": b"<svg " + b" a" * HALF + b">",
    "brackets of tags": b"<svg>" + b"<" * HALF,
    "comments of tags": b"<svg>" + b"<!--" * TENTH,
    "elements": svg(element(b"") * (TENTH // 8)),
    "opening elements": svg("<openbadges:credential>" * (TENTH // 3)),
    "references": svg(f"<openbadges:credential>{'&amp;' * (HALF // 5)}</openbadges:credential>"),
    "chunks": png(*[b"\0\0\0\0iTXt\xb8\xa1\x1e\x8d"] * TENTH),
}


@pytest.mark.parametrize("name", REPEATED)
def test_no_bytes_take_long(name: str) -> None:
    begun = time.perf_counter()
    with contextlib.suppress(FormatError):
        unpacked(REPEATED[name][:MAX_CREDENTIAL_BYTES])
    assert time.perf_counter() - begun < SECONDS
