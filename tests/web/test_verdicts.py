"""The verifier in JavaScript against ours: for every vector and every mutant the same report, to the last sentence."""

import contextlib
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from tests.kit.amplified import SHAPES, UNSIGNED, Shape, Sizes, datatype, scopes, towers
from tests.kit.amplified import SIGNED as SIGNED_WAYS
from tests.kit.credentials import aima, caig
from tests.kit.minting import ISSUER, changed, encoded
from tests.kit.mutation import bytewise, structural
from tests.kit.strategies import JSON, mutated
from tests.vectors.case import Given
from tests.vectors.cases import CASES
from tests.web.judge import Judge, trusted, verified
from verifier import Policy
from verifier.format.errors import FormatError
from verifier.format.multibase import encode_base64url
from verifier.format.proof import JCS, RDFC, unsecured
from verifier.format.types import Json, JsonObject

pytestmark = pytest.mark.node

SEED = 20_260_801
LONGEST_SEED = 20_000
LISTS = [each for each in ISSUER.lists().values() if isinstance(each, dict)]
SIGNED = [ISSUER.secured(document, suite) for document in (aima(), caig()) for suite in (RDFC, JCS)]
OURS: JsonObject = {
    "asOf": "2026-08-01T10:00:00Z",
    "issuers": [
        {"id": ISSUER.did, "name": "x", "keys": [{"id": ISSUER.method, "activeUntil": "2027-01-01T00:00:00Z"}]}
    ],
    "didDocuments": {ISSUER.did: ISSUER.did_document()},
    "statusLists": ISSUER.lists(),
    "contexts": {"https://else.example/context": {"@context": {}}},
    "qrDictionaries": {f"https://issuer.example/qr/{number}.bin": encode_base64url(b"x") for number in (100, 101)},
}
MEMORY: JsonObject = {
    "seenAt": "2026-07-31T10:00:00.123456Z",
    "statusLists": ISSUER.lists(),
    "olderLists": {"x": [*LISTS]},
    "compromised": [ISSUER.method],
}
MARKED: JsonObject = {
    **OURS,
    "issuers": [
        {"id": ISSUER.did, "keys": [{"id": f"{ISSUER.did}#z"}, {"id": ISSUER.method, "compromised": OURS["asOf"]}]}
    ],
    "didDocuments": {ISSUER.did: {"id": ISSUER.did}},
    "qrDictionaries": {"https://issuer.example/qr/100.bin": encode_base64url(b"y")},
}
AMPLIFIED = [
    pytest.param(shape, way, Sizes(300, 1_900, 12, letter), id=f"{shape.__name__}, {way}")
    for shape, way, letter in zip(SHAPES, cycle([*UNSIGNED, "JCS, sixteen", "token"]), cycle("x\x7f\u00e9\U0001f600"))
] + [
    pytest.param(datatype, "sixteen of another", Sizes(7_500, 1_900, 1), id="a long datatype"),
    pytest.param(scopes, "bare", Sizes(1_500, 1, 60), id="many scopes"),
    pytest.param(towers, "presented", Sizes(1_741, 1, 12), id="towers"),
]
FILES = [
    OURS,
    MARKED,
    {**MARKED, "asOf": "2026-07-01T00:00:00Z"},
    {**OURS, "asOf": None},
    MEMORY,
    ISSUER.did_document(),
    *LISTS,
]


@pytest.fixture(autouse=True, scope="module")
def no_validator() -> Iterator[None]:
    """The page has no validator of JSON Schema, which Python can do without as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("verifier.schema.find_spec", lambda _: None)
        yield


@pytest.fixture(scope="module")
def judge(node: Path) -> Iterator[Judge]:
    with Judge() as running:
        yield running


def agree(judge: Judge, given: Given) -> None:
    assert judge.verify(given) == verified(given)


# --- Documents -----------------------------------------------------------------------------------------------


def test_every_vector_has_the_same_report(judge: Judge) -> None:
    """One test, so that the vectors are signed and asked once, however many processes share the work."""
    for case in CASES:
        given = case.build()
        assert (case.name, judge.verify(given)) == (case.name, verified(given))


@pytest.mark.parametrize("count", [500, pytest.param(20_000, marks=pytest.mark.slow)])
def test_every_mutant_of_a_vector_has_the_same_report(judge: Judge, count: int) -> None:
    chance = random.Random(SEED + count)
    seeds = [given for given in (case.build() for case in CASES) if len(given.data) <= LONGEST_SEED]
    for _ in range(count):
        given = chance.choice(seeds)
        agree(judge, replace(given, data=mutant(given.data, chance)))


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Other bytes, or another document, which the issuer may have signed as it is."""
    try:
        document = structural(data, chance)
    except (ValueError, AttributeError, TypeError):  # nothing that can be taken apart
        return bytewise(data, chance)
    return chance.choice([bytewise, signed_again])(document, chance)


def signed_again(data: bytes, chance: random.Random) -> bytes:
    try:
        return encoded(ISSUER.secured(unsecured(json.loads(data)), chance.choice([RDFC, JCS])))
    except (ValueError, AttributeError, KeyError, TypeError):  # a token, or what no suite can sign
        return data


@settings(max_examples=60)
@drawn(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_made_up_bytes_have_the_same_report(judge: Judge, data: bytes) -> None:
    agree(judge, Given(data))


@settings(max_examples=60)
@drawn(JSON)
def test_made_up_values_have_the_same_report(judge: Judge, value: object) -> None:
    agree(judge, Given(json.dumps(value).encode()))


@settings(max_examples=60)
@drawn(mutated([*SIGNED, *map(unsecured, SIGNED)]), st.booleans())
def test_documents_with_made_up_values_have_the_same_report(
    judge: Judge, change: tuple[JsonObject, JsonObject], signed: bool
) -> None:
    """Signed as they are under eddsa-jcs-2022, which takes any value, as often as not."""
    document = change[1]
    with contextlib.suppress(FormatError, KeyError):  # what no suite can sign stays unsigned
        document = ISSUER.secured(unsecured(document), JCS) if signed else document
    agree(judge, Given(json.dumps(document).encode(), policy=Policy(challenge="c", require_schema=True)))


# --- Trust ---------------------------------------------------------------------------------------------------


def indexed(name: str, fault: Json) -> bytes:
    """Two faults in one object: one under this name, behind another one of another kind."""
    evidence: JsonObject = {"type": [["Evidence"]], "x": [], name: fault}
    document = changed(aima(), evidence=[evidence])
    return json.dumps({**document, "proof": ISSUER.secured(aima())["proof"]}).encode()


@pytest.mark.parametrize("name", ["0", "1", "01", "-1", "1e1", "4294967294", "4294967295", "9" * 11, "\u0661"])
@pytest.mark.parametrize("fault", [None, [], {"@context": {"5": "x", "a": 1, "1": 2}}])
def test_names_of_array_indices_have_the_same_report(judge: Judge, name: str, fault: Json) -> None:
    """JavaScript reads them in another order than they are written in."""
    agree(judge, Given(indexed(name, fault)))
    names = encoded({**aima(), "b": 1, name: fault, "10": None, "9": []})
    agree(judge, Given(names))
    agree(judge, Given(json.dumps(ISSUER.secured(json.loads(names), JCS)).encode()))


@settings(max_examples=40)
@drawn(st.text(st.sampled_from('\\"\x00\x01\b\t\n\r\x1f\x7fu007FbtU\U00010000\U0001f600'), max_size=30))
def test_texts_of_what_is_escaped_have_the_same_report(judge: Judge, text: str) -> None:
    given = Given(encoded(ISSUER.secured(changed(aima(), description=text, name=[text, "a"]), RDFC)))
    agree(judge, given)


@pytest.mark.parametrize(("shape", "way", "sizes"), AMPLIFIED)
def test_what_is_made_much_of_has_the_same_report(judge: Judge, shape: Shape, way: str, sizes: Sizes) -> None:
    """Also where the work is given up: both count it alike."""
    data = (UNSIGNED | SIGNED_WAYS)[way](shape(sizes))
    agree(judge, Given(data, ISSUER.trust(statusLists={})))


@settings(max_examples=40)
@drawn(st.lists(mutated(FILES, most=2), min_size=1, max_size=3))
def test_trust_files_are_read_alike(judge: Judge, changes: list[tuple[JsonObject, JsonObject]]) -> None:
    files = [json.dumps(changed).encode() for _, changed in changes]
    assert judge.trust(files) == trusted(files)


def test_trust_files_that_are_right_add_up_alike(judge: Judge) -> None:
    files = [json.dumps(each).encode() for each in (*FILES, OURS)]
    assert "trust" in trusted(files)
    assert judge.trust(files) == trusted(files)
    for odd in (b"{}", b"\xef\xbb\xbf" + files[0], b"\xef\xbb\xbf" * 2 + files[0], b"\xff\xfe{\0}\0"):
        assert judge.trust([odd]) == trusted([odd])
