"""Our walk through a document against PyLD's: where we do not refuse, both state the same, byte for byte."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.kit.credentials import REVOCATION, aima, caig
from tests.kit.minting import ISSUER
from tests.kit.pyld_peer import PeerError, canonicalize
from tests.kit.strategies import JSON, TEXT, mutated
from verifier.format import rdfc
from verifier.format.contexts import EMPTY, OB3, VCDM2, ActiveContext, pinned
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject

DOCUMENTS = [aima(), caig(), ISSUER.status_list("revocation", REVOCATION)]


def ours(document: JsonObject) -> bytes | None:
    """The canonical bytes, or nothing when we refuse the document."""
    try:
        return rdfc.canonicalize(document)
    except FormatError:
        return None


def agree(document: JsonObject) -> bool:
    """Whether we took it at all; if we did, PyLD must have come to the same."""
    found = ours(document)
    if found is not None:
        try:
            assert canonicalize(document) == found
        except PeerError as error:
            pytest.fail(f"we accept what PyLD refuses: {error}")
    return found is not None


# --- Documents that use the vocabulary as it is meant -------------------------------------------------------

ACTIVE = pinned().apply(EMPTY, [VCDM2, OB3])
TYPES = sorted(name for name, term in ACTIVE.terms.items() if name[:1].isupper() and not term.iri.startswith("@"))
IRIS = st.sampled_from(["urn:x:1", "did:web:a.example", "https://a.example/é?q=1#f", "ni:///sha-256;-_x", "a:b", "x:"])
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans()
LANGUAGES = st.sampled_from(["en", "de-AT", "ZH-hans", "x", "12", "en_GB", "é", ""])
TEXTS = TEXT.filter(lambda text: "\ud800" not in text)
TAGGED = st.fixed_dictionaries({"@value": TEXTS}, optional={"@language": LANGUAGES})


def nodes(active: ActiveContext, depth: int) -> st.SearchStrategy[Json]:
    """Nodes of some types, with members that are defined for them."""
    chosen = st.lists(st.sampled_from(TYPES), max_size=2, unique=True)
    return chosen.flatmap(lambda types: node(active, types, depth))


def node(active: ActiveContext, types: list[str], depth: int) -> st.SearchStrategy[Json]:
    for name in sorted(types):
        scope = active.terms[name].scope if name in active.terms else ""
        try:
            active = pinned().apply_text(active, scope, propagates=False) if scope else active
        except FormatError:
            return IRIS.map(lambda iri: {"id": iri})  # types that do not go together
    names = sorted(name for name, term in active.terms.items() if not term.iri.startswith("@"))
    drawn_names = st.lists(st.sampled_from(names), max_size=4, unique=True) if names else st.just([])
    members = drawn_names.flatmap(
        lambda drawn: st.fixed_dictionaries({name: value(active, name, depth) for name in drawn})
    )
    fixed: JsonObject = {"type": [*types]} if types else {}
    identified = st.one_of(st.just(fixed), IRIS.map(lambda iri: {"id": iri, **fixed}))
    return st.builds(lambda start, rest: {**start, **rest}, identified, members)


def value(active: ActiveContext, name: str, depth: int) -> st.SearchStrategy[Json]:
    term = active.terms[name]
    one: st.SearchStrategy[Any] = IRIS if term.type == "@id" else TEXTS | NUMBERS | TAGGED | IRIS
    if term.type == "@json":
        one = JSON
    if depth:
        inner = active.previous or active
        try:
            inner = pinned().apply_text(inner, term.scope, overrides=True) if term.scope else inner
            one |= st.deferred(lambda: nodes(inner, depth - 1))
        except FormatError:
            pass  # a scope that this place does not allow
    return one | st.lists(one, max_size=3)


def documents() -> st.SearchStrategy[Json]:
    return nodes(ACTIVE, 3).map(lambda found: {"@context": [VCDM2, OB3], **found} if isinstance(found, dict) else found)


# --- The comparison -----------------------------------------------------------------------------------------


def changed_documents_agree(pair: tuple[JsonObject, JsonObject]) -> None:
    event("accepted" if agree(pair[1]) else "refused")


def made_documents_agree(document: JsonObject) -> None:
    event("accepted" if agree(document) else "refused")


BODIES: list[tuple[Callable[[Any], None], st.SearchStrategy[Any], int]] = [
    (changed_documents_agree, mutated(DOCUMENTS, most=2), 150),
    (made_documents_agree, documents(), 250),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=["AIMA", "CAIG", "status list"])
def test_our_documents_are_accepted_and_agree(document: JsonObject) -> None:
    assert agree(document)


@pytest.mark.parametrize(("body", "strategy", "count"), BODIES, ids=lambda value: getattr(value, "__name__", ""))
def test_we_refuse_or_agree(body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int) -> None:
    settings(max_examples=count)(given(strategy)(body))()


@pytest.mark.slow
@pytest.mark.parametrize(("body", "strategy", "count"), BODIES, ids=lambda value: getattr(value, "__name__", ""))
def test_we_refuse_or_agree_at_length(
    body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int
) -> None:
    settings(max_examples=10 * count)(given(strategy)(body))()


def test_the_made_documents_are_mostly_accepted() -> None:
    """A differential test over refused documents would show nothing."""
    accepted: list[bool] = []
    settings(max_examples=100)(given(documents())(lambda document: accepted.append(ours(document) is not None)))()
    assert accepted.count(True) > len(accepted) / 4
