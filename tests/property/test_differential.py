"""Our walk through a document against PyLD's: where we do not refuse, both state the same, byte for byte."""

import copy
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from tests.kit import linked
from tests.kit.credentials import REVOCATION, aima, caig
from tests.kit.linked import STACKS, Vocabulary, local_contexts
from tests.kit.minting import ISSUER
from tests.kit.pyld_peer import PeerError, canonicalize
from tests.kit.strategies import mutated
from tests.peers.documents import IRREGULAR, REGULAR
from verifier.format import rdfc
from verifier.format.contexts import OB3, VCDM1, VCDM2, contexts_for, pinned
from verifier.format.errors import FormatError
from verifier.format.types import JsonObject

NOTHING: Mapping[str, JsonObject] = MappingProxyType({})
OURS = {"AIMA": aima(), "CAIG": caig(), "status list": ISSUER.status_list("revocation", REVOCATION)}
KNOWN: dict[str, Any] = OURS | REGULAR
MINE = "https://credentials.example/context"


def ours(document: JsonObject, more: Mapping[str, JsonObject] = NOTHING) -> bytes | None:
    """The canonical bytes, or nothing when we refuse the document."""
    try:
        return rdfc.canonicalize(document, contexts_for(more))
    except FormatError:
        return None


def agree(document: JsonObject, more: Mapping[str, JsonObject] = NOTHING) -> bool:
    """Whether we took it at all; if we did, PyLD must have come to the same."""
    found = ours(document, more)
    if found is not None:
        try:
            assert canonicalize(document, more) == found
        except PeerError as error:
            # What the relying party gives is read where it is used; PyLD reads all of it.
            if not (more and "scoped context" in str(error)):
                pytest.fail(f"we accept what PyLD refuses: {error}")
    return found is not None


# --- The kinds of documents -----------------------------------------------------------------------------------

VOCABULARIES = [Vocabulary(stack) for stack in STACKS]


def made() -> st.SearchStrategy[Any]:
    return st.sampled_from(VOCABULARIES).flatmap(Vocabulary.documents)


@st.composite
def bringing_their_own(draw: st.DrawFn) -> JsonObject:
    """Documents with contexts written out, at the top or further in."""
    start: list[Any] = draw(st.sampled_from([[VCDM2], [VCDM1], [VCDM2, OB3], [], [linked.DID1]]))
    stack = [*start, *draw(st.lists(local_contexts(), min_size=1, max_size=2))]
    document: JsonObject = draw(under(stack))
    if draw(st.booleans()):
        holder: Any = draw(st.sampled_from([document, *(v for v in document.values() if isinstance(v, dict))]))
        holder[draw(st.sampled_from(linked.WORDS))] = draw(under([draw(local_contexts())]))
    return document


def under(stack: list[Any]) -> st.SearchStrategy[Any]:
    try:
        return Vocabulary(stack).documents(2)
    except FormatError:
        return st.just({"@context": stack, "id": "urn:x:1"})


@st.composite
def with_given_contexts(draw: st.DrawFn) -> tuple[JsonObject, Mapping[str, JsonObject]]:
    """Documents under a pinned context with something changed in it."""
    url = draw(st.sampled_from([*pinned().urls]))
    _, changed = draw(mutated([copy.deepcopy(pinned().document(url))], most=2))
    assume("@context" in changed)
    more = {MINE: changed}
    first: list[Any] = draw(st.sampled_from([[], [VCDM2], [VCDM1]]))
    try:
        vocabulary = Vocabulary([*first, MINE], contexts_for(more))
    except FormatError:
        return {"@context": [*first, MINE], "id": "urn:x:1", "type": "VerifiableCredential"}, more
    return draw(vocabulary.documents(2)), more


def changed_documents_agree(pair: tuple[JsonObject, JsonObject]) -> None:
    event("accepted" if agree(pair[1]) else "refused")


def given_contexts_agree(pair: tuple[JsonObject, Mapping[str, JsonObject]]) -> None:
    event("accepted" if agree(*pair) else "refused")


def made_documents_agree(document: JsonObject) -> None:
    event("accepted" if agree(document) else "refused")


def inline_contexts_agree(document: JsonObject) -> None:
    event("accepted" if agree(document) else "refused")


BODIES: list[tuple[Callable[[Any], None], st.SearchStrategy[Any], int]] = [
    (changed_documents_agree, mutated([*KNOWN.values()], most=2), 200),
    (made_documents_agree, made(), 250),
    (inline_contexts_agree, bringing_their_own(), 300),
    (given_contexts_agree, with_given_contexts(), 150),
]


@pytest.mark.parametrize("document", KNOWN.values(), ids=KNOWN)
def test_what_we_take_and_agree_on(document: JsonObject) -> None:
    assert agree(document)


@pytest.mark.parametrize("document", IRREGULAR.values(), ids=IRREGULAR)
def test_what_we_refuse_or_agree_on(document: JsonObject) -> None:
    agree(document)


@pytest.mark.parametrize(("body", "strategy", "count"), BODIES, ids=lambda value: getattr(value, "__name__", ""))
def test_we_refuse_or_agree(body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int) -> None:
    settings(max_examples=count)(given(strategy)(body))()


@pytest.mark.slow
@pytest.mark.parametrize(("body", "strategy", "count"), BODIES, ids=lambda value: getattr(value, "__name__", ""))
def test_we_refuse_or_agree_at_length(
    body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int
) -> None:
    settings(max_examples=10 * count)(given(strategy)(body))()


@pytest.mark.parametrize("strategy", [made(), bringing_their_own()], ids=["made", "inline"])
def test_the_made_documents_are_often_accepted(strategy: st.SearchStrategy[Any]) -> None:
    """A differential test over refused documents would show nothing."""
    accepted: list[bool] = []
    settings(max_examples=100)(given(strategy)(lambda document: accepted.append(ours(document) is not None)))()
    assert accepted.count(True) > len(accepted) / 5
