"""The worked example of docs/qr-format.md is what this code reads."""

import zlib
from itertools import takewhile
from pathlib import Path

from tests.kit.minting import AT, ISSUER
from tests.vectors.case import TRUST
from verifier import verify
from verifier.format import digits, qrtext
from verifier.format.jcs import canonicalize
from verifier.format.strictjson import load_object

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "qr-format.md").read_text(encoding="utf-8")


def block(headline: str) -> str:
    """The one indented block under a headline of the example, with its lines joined."""
    lines = iter(PAGE.partition(f"### {headline}\n")[2].splitlines())
    first = next(line for line in lines if line.startswith("    "))
    return "".join(line[4:] for line in (first, *takewhile(lambda line: line.startswith("    "), lines)))


def test_each_step_leads_to_the_next() -> None:
    content, packed, text = block("Canonical bytes").encode(), bytes.fromhex(block("DEFLATE stream")), block("Text")
    assert canonicalize(load_object(content)) == content
    inflate = zlib.decompressobj(-15, zdict=qrtext.built_in(1) or b"")
    assert inflate.decompress(packed) == content
    assert inflate.eof
    assert text == f"https://credentials.example/v#1001{digits.encode(packed)}"
    assert qrtext.decode(text.encode()) == content


def test_the_sizes_and_groups_that_it_names() -> None:
    packed, text = bytes.fromhex(block("DEFLATE stream")), block("Text")
    rest = len(packed) % 7
    for said in (
        f"{len(block('Canonical bytes').encode())} bytes",
        f"{len(packed)} bytes in hexadecimal",
        f"{len(text)} characters",
        f"`{packed[:7].hex()}`",
        f"`{digits.encode(packed[:7])}`",
        f"`{packed[-rest:].hex()}`",
        f"`{digits.encode(packed[-rest:])}`",
    ):
        assert said in PAGE


def test_it_is_genuine() -> None:
    assert ISSUER.key.multibase in PAGE
    assert verify(block("Text").encode(), trust=TRUST, at=AT)
