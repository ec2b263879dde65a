"""The digests of related resources, and the table of what was published."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from verifier import related
from verifier.format.contexts import VCDM2, published_digests
from verifier.format.errors import FormatError
from verifier.format.multibase import encode_base58btc, encode_base64url
from verifier.format.types import JsonObject

DATA = Path(related.__file__).with_name("data")
NUMBERS = {"sha256": 0x12, "sha384": 0x20, "sha512": 0x13, "sha3-256": 0x16, "sha3-384": 0x15, "sha3-512": 0x14}


def digest(algorithm: str, data: bytes) -> bytes:
    return hashlib.new(algorithm.replace("sha3-", "sha3_"), data).digest()


def test_the_table_holds_every_algorithm_for_every_context_that_it_names() -> None:
    assert {frozenset(known) for known in published_digests().values()} == {frozenset(NUMBERS)}


def test_a_context_that_is_pinned_as_it_was_published_has_the_digests_of_the_table() -> None:
    entries = json.loads((DATA / "MANIFEST.json").read_bytes())["contexts"]
    contents = {entry["url"]: (DATA / "contexts" / entry["file"]).read_bytes() for entry in entries}
    alike = {
        url: known
        for url, known in published_digests().items()
        if digest("sha256", contents[url]).hex() == known["sha256"]
    }
    assert len(alike) >= 3
    for url, known in alike.items():
        assert {name: digest(name, contents[url]).hex() for name in NUMBERS} == dict(known)


@pytest.mark.parametrize("algorithm", NUMBERS)
@pytest.mark.parametrize("right", [True, False])
def test_every_algorithm_is_compared_in_both_multibases(algorithm: str, *, right: bool) -> None:
    value = bytes.fromhex(published_digests()[VCDM2][algorithm])
    value = value if right else value[:-1] + bytes([value[-1] ^ 1])
    multihash = bytes([NUMBERS[algorithm], len(value)]) + value
    for text in (encode_base58btc(multihash), "u" + encode_base64url(multihash)):
        entry: JsonObject = {"id": VCDM2, "digestMultibase": text}
        assert related.digests(entry) == [(algorithm, value)]
        if right:
            assert related.compare({"relatedResource": entry}) == ()
        else:
            with pytest.raises(FormatError) as caught:
                related.compare({"relatedResource": entry})
            assert caught.value.code == "context.digest"


def test_several_digests_in_one_text_are_all_read() -> None:
    stated = {name: digest(name, b"x") for name in ("sha512", "sha256", "sha384")}
    text = "  ".join(f"{name}-{base64.b64encode(value).decode()}?a" for name, value in stated.items())
    assert related.digests({"id": VCDM2, "digestSRI": text}) == list(stated.items())
