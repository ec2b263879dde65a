"""The tables of our own tests, and what stands at a bound, read by the JSON-LD engine of the page."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.verifier.format import test_contexts, test_literals, test_terms
from tests.web.twin import Twin, agree
from verifier.format.contexts import VCDM2
from verifier.limits import (
    MAX_CONTEXT_TERMS,
    MAX_DERIVED_CONTEXTS,
    MAX_INLINE_CONTEXT_CHARACTERS,
    MAX_TERM_CHAIN,
    MAX_TERM_IRI_CHARACTERS,
)

pytestmark = pytest.mark.node

SMALL = {"id": "urn:x:1", "type": "VerifiableCredential"}
MINE = test_contexts.MINE


def table(test: Any) -> Iterator[Any]:
    """The rows that a test is parametrized with."""
    for mark in test.pytestmark:
        yield from mark.args[1]


def under(*contexts: Any, **members: Any) -> dict[str, Any]:
    return {"@context": [VCDM2, *contexts], **SMALL, **members}


@pytest.mark.parametrize(
    "local",
    [
        *(local for local, _ in table(test_contexts.test_what_is_refused)),
        *table(test_contexts.test_too_much_is_refused),
    ],
)
def test_contexts_that_are_refused(twin: Twin, local: list[Any]) -> None:
    assert agree(twin, json.dumps({"@context": local, **SMALL})).startswith("context.")


@pytest.mark.parametrize(
    "given", [*table(test_contexts.test_a_given_context_that_is_none), {"@context": {"v": "urn:v"}}]
)
def test_given_contexts(twin: Twin, given: Any) -> None:
    agree(twin, json.dumps(under(MINE, v="a")), {MINE: json.dumps(given)})


@pytest.mark.parametrize("members", [members for members, _ in table(test_terms.test_what_is_refused)])
def test_members_that_are_refused(twin: Twin, members: Any) -> None:
    assert agree(twin, json.dumps({**test_terms.BASE, **members}))


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        *((value, datatype) for value, datatype, _ in table(test_literals.test_scalars)),
        *table(test_literals.test_numbers_that_processors_write_differently),
        *((value, "") for value, _ in table(test_literals.test_value_objects)),
        *((value, "") for value in table(test_literals.test_value_objects_that_are_refused)),
    ],
)
def test_values(twin: Twin, value: Any, datatype: str) -> None:
    agree(twin, json.dumps(under({"v": {"@id": "urn:x:v", "@type": datatype or "@none"}}, v=value)))
    agree(twin, json.dumps(under({"v": {"@id": "urn:x:v", "@type": "@json"}}, v=[value])))


@pytest.mark.parametrize(
    "text", ["[1, 1.0]", "[1.0, 1.00]", "[1.5, 15e-1]", "[0, -0]", "[-0.0]", "[1e3]", "[true, 1]", '["1", 1]']
)
def test_one_number_in_several_forms(twin: Twin, text: str) -> None:
    for kind in ("@none", "urn:t", "@json"):
        document = json.dumps(under({"v": {"@id": "urn:x:v", "@type": kind}}, v="HERE"))
        agree(twin, document.replace('"HERE"', text))


@pytest.mark.parametrize(
    "beginning", ["", "\uffee", "\U0001f600", "x" * 5_000, "\U0001f600" * 5_000 + "\uffee"], ids=len
)
def test_the_order_of_characters(twin: Twin, beginning: str) -> None:
    """Statements are ordered by code points; surrogates stand elsewhere among the units of JavaScript."""
    ends = ["", "x", "\ud7ff", "\ue000", "\uffee", "\uffff", "\U00010000", "\U0010ffff"]
    values = [beginning + end + more for end in ends for more in ("", "a", "\U0001f600")]
    agree(twin, json.dumps(under({"v": "urn:x:v"}, v=values, id="urn:x")))


@given(st.text(st.sampled_from('\\"\x00\b\t\n\r\x1f\x7fu007FbtU\U00010000\U0001f600'), max_size=30))
@settings(max_examples=200)
def test_what_is_escaped(twin: Twin, text: str) -> None:
    agree(twin, json.dumps(under({"v": "urn:x:v"}, v=text)))


def chain(length: int) -> dict[str, str]:
    return {f"t{number}": f"t{number + 1}" for number in range(length)} | {f"t{length}": "urn:x"}


def long(length: int) -> dict[str, str]:
    """A context of this many characters: some of them are escaped, and count as six."""
    context = {"v": "urn:x:v", "w": "urn:\u00e9\U0001f600\x7f"}
    context |= {f"w{n}": "urn:" + "x" * 1_000 for n in range(length // 1_030)}
    context["last"] = "urn:"
    return context | {"last": "urn:" + "x" * (length - len(json.dumps(context)))}


AT_A_BOUND: dict[str, list[list[Any]]] = {
    "chain": [[chain(MAX_TERM_CHAIN + by)] for by in (-2, -1, 0)],
    "terms": [
        [{f"t{n}-{m}": "urn:x" for n in range(64)} for m in range(MAX_CONTEXT_TERMS // 64 + by)] for by in (-1, 0)
    ],
    "length": [[long(MAX_INLINE_CONTEXT_CHARACTERS + by)] for by in (0, 1)],
    "derived": [[{f"t{n}": "urn:x"} for n in range(MAX_DERIVED_CONTEXTS + by)] for by in (-2, -1, 0)],
    "iri": [[{"v": "urn:\U0001f600" + "x" * (MAX_TERM_IRI_CHARACTERS - 5 + by)}] for by in (0, 1)],
    "vocabulary": [[{"@vocab": "urn:" + "x" * (MAX_TERM_IRI_CHARACTERS - 4 + by)}] for by in (0, 1)],
    "datatype": [
        [{"v": {"@id": "urn:v", "@type": "urn:" + "x" * (MAX_TERM_IRI_CHARACTERS - 4 + by)}}] for by in (0, 1)
    ],
    "joined": [[{"@vocab": "urn:" + "x" * (MAX_TERM_IRI_CHARACTERS - 5 + by), "v": {}}] for by in (0, 1)],
    "again": [[{"t": "urn:x"}] * (MAX_DERIVED_CONTEXTS + 1)],
}


@pytest.mark.parametrize("name", AT_A_BOUND)
def test_at_a_bound(twin: Twin, name: str) -> None:
    codes = {agree(twin, json.dumps(under(*contexts))) for contexts in AT_A_BOUND[name]}
    assert codes == ({"", "context.inline"} if len(AT_A_BOUND[name]) > 1 else {""}), "both sides of the bound are met"
