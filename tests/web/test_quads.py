"""The JSON-LD engine of the page against ours: the same bytes, and the same refusals in the same words."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.kit.credentials import aima, caig
from tests.kit.strategies import JSON, mutated
from tests.peers.documents import IRREGULAR, REGULAR
from tests.property.test_differential import bringing_their_own, made, with_given_contexts
from tests.unit.verifier.format.test_rdfc import HEAVY, document
from tests.vectors.cases import CASES
from tests.web.twin import Twin, agree, ours
from verifier.format import jose
from verifier.format.contexts import VCDM2
from verifier.format.errors import FormatError
from verifier.format.multibase import decode_base64url
from verifier.format.proof import options_of, unsecured
from verifier.format.strictjson import load_object
from verifier.format.types import Json, JsonObject, as_list

pytestmark = pytest.mark.node

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


# --- Documents at hand ----------------------------------------------------------------------------------------


def parts(document: JsonObject) -> Iterator[JsonObject]:
    """A document as it stands, without its proofs, and what each proof signs of itself; the same further in."""
    yield document
    yield unsecured(document)
    for proof in as_list(document.get("proof")):
        if isinstance(proof, dict):
            yield {**options_of(proof), "@context": document.get("@context")}
    for inner in as_list(document.get("verifiableCredential")):
        if isinstance(inner, dict):
            yield from parts(inner)


def texts(data: bytes) -> list[str]:
    """What is to be read of a file: itself, the payload of a token, and their parts."""
    if jose.looks_like(data):
        try:
            data = decode_base64url(data.decode().split(".")[1])
        except (FormatError, UnicodeDecodeError):
            return []
    try:
        return [data.decode(), *map(json.dumps, parts(load_object(data)))]
    except (FormatError, UnicodeDecodeError):
        return [data.decode(errors="replace")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_vector(twin: Twin, case: Any) -> None:
    given = case.build()
    contexts = {url: json.dumps(document) for url, document in given.trust.contexts.items()}
    for text in dict.fromkeys(texts(given.data)):
        agree(twin, text, contexts)


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.json")), ids=lambda path: path.name)
def test_every_example(twin: Twin, path: Path) -> None:
    for text in texts(path.read_bytes()):
        agree(twin, text)


@pytest.mark.parametrize("known", [*REGULAR.values(), *IRREGULAR.values()], ids=[*REGULAR, *IRREGULAR])
def test_what_other_implementations_are_asked(twin: Twin, known: Any) -> None:
    agree(twin, json.dumps(known))


@pytest.mark.parametrize("issuer", HEAVY.values(), ids=HEAVY)
def test_work_is_counted_alike(twin: Twin, issuer: Json) -> None:
    agree(twin, json.dumps(document(issuer)))


# --- Datasets -------------------------------------------------------------------------------------------------


def test_every_dataset_of_the_w3c(twin: Twin, vectors: Path, subtests: pytest.Subtests) -> None:
    folder = vectors / "rdf-canon" / "tests" / "rdfc10"
    for path in sorted(folder.glob("*-in.nq")):
        with subtests.test(path.name):
            for op in ("dataset", "names"):
                text = path.read_bytes().decode()
                assert twin.ask(op, text) == ours(op, text)


LINES = (
    r'<u:s> <u:p> "\u00e9\U0001F600\t\"\\" .',
    r'_:a <u:p> "x"@en-GB _:g . ',
    r'<u:s> <u:p> "\x" .',
    r'<u:s> <u:p> "\ud800" .',
    r"<u:s> <u:p> '\x' .",
    "<u:s> <u:p> \u2028 .",
    "\x1c # a comment",
    "\ufeff# no comment",
    "_:a\x85 <u:p> _:b .",
    "_:\ufeffa <u:p> _:b .\r",
    "<u:s> <u:p> <u:o>",
    '<u:s> <u:p> "\U0001f600" .\n<u:s> <u:p> "\ue000" .',
)


@pytest.mark.parametrize("text", LINES)
def test_awkward_lines(twin: Twin, text: str) -> None:
    assert twin.ask("dataset", text) == ours("dataset", text)


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])
def test_sha256(twin: Twin, length: int) -> None:
    text = ("aé\U0001f600" * length)[:length]
    assert twin.ask("digest", text) == {"digest": hashlib.sha256(text.encode()).hexdigest()}


# --- Documents drawn ------------------------------------------------------------------------------------------


Drawn: TypeAlias = st.SearchStrategy[Any]
KNOWN: list[Any] = [aima(), caig(), *REGULAR.values()]
CHANGED: Drawn = mutated(KNOWN, most=2).map(lambda pair: (pair[1], {}))
MADE: Drawn = made().map(lambda document: (document, {}))
INLINE: Drawn = bringing_their_own().map(lambda document: (document, {}))
OF_JSON: list[Json] = [VCDM2, {"j": {"@id": "u:j", "@type": "@json"}}]
ANY: Drawn = JSON.map(lambda value: ({"@context": OF_JSON, "id": "u:x", "j": value}, {}))
NUMBERS: Drawn = st.lists(st.floats() | st.floats(-1e3, 1e3) | st.decimals(-9, 9, places=7).map(float), min_size=1).map(
    lambda values: ({"@context": [VCDM2, {"v": "urn:x:v"}], "id": "urn:x", "v": values}, {})
)
KINDS: dict[str, tuple[Drawn, int]] = {
    "changed": (CHANGED, 200),
    "made": (MADE, 200),
    "inline": (INLINE, 300),
    "given": (with_given_contexts(), 150),
    "JSON literals": (ANY, 100),
    "numbers": (NUMBERS, 200),
}


def compare(twin: Twin, strategy: Drawn, count: int) -> None:
    @settings(max_examples=count, suppress_health_check=[HealthCheck.too_slow])
    @given(strategy)
    def both(drawn: tuple[JsonObject, dict[str, JsonObject]]) -> None:
        document, contexts = drawn
        event(
            agree(twin, json.dumps(document), {url: json.dumps(each) for url, each in contexts.items()}) or "accepted"
        )

    both()


@pytest.mark.parametrize(("strategy", "count"), KINDS.values(), ids=KINDS)
def test_drawn_documents(twin: Twin, strategy: Drawn, count: int) -> None:
    compare(twin, strategy, count)


@pytest.mark.slow
@pytest.mark.parametrize(("strategy", "count"), KINDS.values(), ids=KINDS)
def test_drawn_documents_at_length(twin: Twin, strategy: Drawn, count: int) -> None:
    compare(twin, strategy, 10 * count)
