"""Contexts at hand: what they give, who may bring one, what may not be done to them, and what is remembered."""

import json
from contextlib import suppress
from itertools import product

import pytest

from verifier.format import contexts as contexts_module
from verifier.format.contexts import EMPTY, OB3, VCDM1, VCDM2, Contexts, contexts_for, is_absolute, pinned
from verifier.format.definitions import ActiveContext, Origin
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject
from verifier.limits import (
    MAX_CONTEXT_TERMS,
    MAX_DERIVED_CONTEXTS,
    MAX_INLINE_CONTEXT_CHARACTERS,
    MAX_TERM_CHAIN,
)

ACTIVE = pinned().apply(EMPTY, [VCDM2, OB3])
MINE = "https://credentials.example/context"


def applied(*local: Json, given: JsonObject | None = None) -> ActiveContext:
    documents: dict[str, JsonObject] = {} if given is None else {MINE: given}
    return contexts_for(documents).apply(EMPTY, list(local))


def code_of(*local: Json, given: JsonObject | None = None) -> str:
    with pytest.raises(FormatError) as refused:
        applied(*local, given=given)
    return refused.value.code


def test_the_pinned_contexts() -> None:
    urls = list(pinned().urls)
    assert len(urls) == 14
    assert {VCDM2, VCDM1, OB3} < set(urls)
    assert "https://credentials.example/unknown" not in pinned()
    assert "@context" in pinned().document(OB3)


@pytest.mark.parametrize("url", list(pinned().urls))
def test_all_of_a_pinned_context_is_understood(url: str) -> None:
    """Also its scoped contexts, which are otherwise met only where they are used."""
    walk(pinned().apply(EMPTY, url), pinned().document(url)["@context"])


def walk(active: ActiveContext, local: Json) -> None:
    for entry in local if isinstance(local, list) else [local]:
        for name in entry if isinstance(entry, dict) else ():
            term = active.terms.get(name)
            if term and term.scope:
                assert "://" not in json.dumps([each for each in [json.loads(term.scope)] if isinstance(each, str)])
                walk(pinned().property_scoped(active, term), json.loads(term.scope))


def test_terms_of_the_pinned_contexts() -> None:
    credential = pinned().type_scoped(ACTIVE, ACTIVE.terms["VerifiableCredential"])
    assert credential.terms["validFrom"].type == "http://www.w3.org/2001/XMLSchema#dateTime"
    assert credential.terms["issuer"].type == "@id"
    assert ACTIVE.terms["id"].iri == "@id"
    assert "humanCode" not in ACTIVE.terms, "a term of Achievement alone"
    scoped = pinned().type_scoped(ACTIVE, ACTIVE.terms["Achievement"])
    assert scoped.terms["humanCode"].iri == "https://purl.imsglobal.org/spec/vc/ob/vocab.html#humanCode"
    assert scoped.previous is ACTIVE


def test_compact_iris_of_version_1() -> None:
    credential = pinned().type_scoped(active := pinned().apply(EMPTY, VCDM1), active.terms["VerifiableCredential"])
    assert credential.terms["expirationDate"].iri == "https://www.w3.org/2018/credentials#expirationDate"
    assert credential.terms["expirationDate"].type == "http://www.w3.org/2001/XMLSchema#dateTime"


@pytest.mark.parametrize(
    ("local", "code"),
    [
        (["https://credentials.example/unknown"], "context.unknown"),
        ([VCDM2, "https://credentials.example/unknown"], "context.unknown"),
        ([VCDM2, None], "context.protected"),
        ([VCDM2, VCDM1], "context.protected"),
        ([VCDM2, {"name": "https://credentials.example/#name"}], "context.protected"),
        ([VCDM2, {"name": None}], "context.protected"),
        ([VCDM2, {"name": {"@id": "https://schema.org/name", "@type": "@id"}}], "context.protected"),
        ([VCDM2, {"name": {"@id": "https://schema.org/name", "@container": "@set"}}], "context.protected"),
        ([VCDM2, {"id": "https://credentials.example/#id"}], "context.inline"),
        ([5], "context.invalid"),
        ([VCDM2, True], "context.invalid"),
        ([[VCDM2]], "context.invalid"),
        ([{"@base": "https://credentials.example/"}], "context.inline"),
        ([{"@import": VCDM2}], "context.inline"),
        ([{"@language": "de"}], "context.inline"),
        ([{"@direction": "rtl"}], "context.inline"),
        ([{"@propagate": False}], "context.inline"),
        ([{"@context": {"a": "urn:a"}}], "context.inline"),
        ([{"@version": 1.0}], "context.inline"),
        ([{"@version": "1.1"}], "context.inline"),
        ([{"@vocab": ""}], "context.inline"),
        ([{"@vocab": "words#"}], "context.inline"),
        ([{"@vocab": 5}], "context.inline"),
        ([{"ex": "https://ex.example/#"}, {"@vocab": "ex:words#"}], "context.inline"),
        ([{"@protected": "yes"}], "context.inline"),
        ([{"name": 5}], "context.inline"),
        ([{"name": ["urn:x"]}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@reverse": "urn:y"}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@language": "en"}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@nest": "a"}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@container": "@index"}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@container": []}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@container": ["@list", "@set"]}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@container": ["@set", 5]}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@container": ""}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@protected": 1}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@prefix": "yes"}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@type": "relative"}}], "context.inline"),
        ([{"name": {"@id": "urn:x", "@type": 5}}], "context.inline"),
        ([{"id": "@id", "name": {"@id": "urn:x", "@type": "id"}}], "context.inline"),
        ([{"name": {"@id": 5}}], "context.inline"),
        ([{"name": {}}], "context.inline"),
        ([{"name": "@graph"}], "context.inline"),
        ([{"name": "@future"}], "context.inline"),
        ([{"name": "relative"}], "context.inline"),
        ([{"name": "urn:a b"}], "context.inline"),
        ([{"name": "_:b0"}], "context.inline"),
        ([{"a": None, "b": "a"}], "context.inline"),
        ([{"": "urn:x"}], "context.inline"),
        ([{"@future": "urn:x"}], "context.inline"),
        ([{"a:b": "urn:x"}], "context.inline"),
        ([{"a/b": "urn:x"}], "context.inline"),
        ([{"type": "urn:x"}], "context.inline"),
        ([{"type": {"@id": "@type", "@type": "@id"}}], "context.inline"),
        ([{"type": {"@id": "@type", "@prefix": False}}], "context.inline"),
        ([{"@protected": False}], "context.inline"),
        ([{"@vocab": None}], "context.inline"),
        ([{"a": "b:x", "b": "a:x"}], "context.invalid"),
        ([{"a": "b:x", "b": "c:x", "c": "b:y"}], "context.invalid"),
        ([{"a": "a:x"}], "context.invalid"),
        ([{"a": {"@id": "urn:a", "@type": "a"}}], "context.invalid"),
        ([{"a": {"@id": "urn:a", "@context": {"b": "relative"}}}], "context.inline"),
        ([{"@protected": True, "a": "urn:a"}, {"a": "urn:b"}], "context.protected"),
    ],
)
def test_what_is_refused(local: list[Json], code: str) -> None:
    assert code_of(*local) == code


def test_what_the_document_writes_out_is_not_taken_into_what_lives_on() -> None:
    with pytest.raises(FormatError, match=r"^context\.inline"):
        pinned().apply(EMPTY, {"name": "urn:x"})


def test_a_protected_term_may_be_said_again() -> None:
    assert pinned().apply(ACTIVE, [VCDM2, OB3, OB3]) is ACTIVE
    again: JsonObject = {"name": {"@id": "https://schema.org/name", "@protected": False}}
    assert applied(VCDM2, OB3, again).terms["name"] == ACTIVE.terms["name"]


def test_a_property_scope_may_override() -> None:
    contexts = contexts_for()
    scope: JsonObject = {"name": "https://credentials.example/#name"}
    outer = contexts.apply(ACTIVE, {"ours": {"@id": "https://credentials.example/#ours", "@context": scope}})
    assert contexts.property_scoped(outer, outer.terms["ours"]).terms["name"].iri.endswith("example/#name")
    typed: JsonObject = {"Ours": {"@id": "https://credentials.example/#Ours", "@context": scope}}
    outer = contexts.apply(ACTIVE, typed)
    with pytest.raises(FormatError, match=r"^context\.protected"):
        contexts.type_scoped(outer, outer.terms["Ours"])


def test_prefixes_and_vocabulary() -> None:
    terms = applied(
        {"b": {"@id": "ex:b", "@type": "ex:T"}, "a": "ex:a", "ex": "https://ex.example/#", "c": "a", "no": None}
    ).terms
    assert (terms["a"].iri, terms["c"].iri, terms["no"].iri) == ("https://ex.example/#a", "https://ex.example/#a", "")
    assert (terms["b"].iri, terms["b"].type) == ("https://ex.example/#b", "https://ex.example/#T")
    later = applied(
        {"ex": "https://ex.example/#"}, {"c": "ex:c", "@vocab": "https://v.example/", "d": {"@type": "@id"}}
    )
    assert later.terms["c"].iri == "https://ex.example/#c"
    assert later.terms["d"].iri == "https://v.example/d"
    assert applied({"@vocab": "https://v.example/"}, {"@vocab": None}).vocab == ""


def test_not_every_term_is_a_prefix() -> None:
    """Section 4.2.2, step 14.2.5: only a plain text that ends in a delimiter."""
    assert applied({"ex": {"@id": "https://ex.example/#"}, "a": "ex:a"}).terms["a"].iri == "ex:a"
    assert applied({"ex": "https://ex.example", "a": "ex:a"}).terms["a"].iri == "ex:a"
    marked: JsonObject = {"ex": {"@id": "https://ex.example/x", "@prefix": True}, "a": "ex:a"}
    assert applied(marked).terms["a"].iri == "https://ex.example/xa"


# --- Contexts that the relying party gives ------------------------------------------------------------------


def test_a_given_context() -> None:
    given: JsonObject = {"@context": {"rank": "https://credentials.example/#rank"}}
    assert applied(VCDM2, MINE, given=given).terms["rank"].origin is Origin.GIVEN
    assert MINE in contexts_for({MINE: given})
    assert list(contexts_for({MINE: given}).urls) == [*pinned().urls, MINE]
    assert contexts_for({MINE: given}).document(MINE) is given


def test_a_pinned_context_is_never_replaced() -> None:
    contexts = contexts_for({VCDM2: {"@context": {"name": "https://credentials.example/#name"}}})
    assert contexts.document(VCDM2) is pinned().document(VCDM2)
    assert contexts.apply(EMPTY, [VCDM2, OB3]) is ACTIVE


@pytest.mark.parametrize("given", [{}, {"@context": MINE}, {"@context": [VCDM2, MINE]}])
def test_a_given_context_that_is_none(given: JsonObject) -> None:
    assert code_of(VCDM2, MINE, given=given) == "context.invalid"


# --- Bounds -------------------------------------------------------------------------------------------------


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts_module, "MAX_REMEMBERED_CONTEXTS", 20)
    fresh = pinned.__wrapped__()
    start = fresh.apply(EMPTY, [VCDM2, OB3])
    for chosen in product([name for name, term in sorted(start.terms.items()) if term.scope], repeat=2):
        with suppress(FormatError):  # types that do not go together
            fresh.type_scoped(fresh.type_scoped(start, start.terms[chosen[0]]), start.terms[chosen[1]])
        assert len(fresh._known) <= 20
        assert len(fresh._interned) <= 20


def test_what_a_document_writes_out_goes_with_it() -> None:
    applied(VCDM2)
    before = len(pinned()._known), len(pinned()._interned)
    for number in range(20):
        applied(VCDM2, {f"t{number}": "urn:x"})
    assert (len(pinned()._known), len(pinned()._interned)) == before


def test_a_context_named_a_thousand_times_costs_little() -> None:
    assert applied(*[VCDM2, OB3] * 5_000) is ACTIVE


@pytest.mark.parametrize(
    "local",
    [
        [{f"t{n}": "urn:x"} for n in range(MAX_DERIVED_CONTEXTS + 1)],
        [{f"t{n}": {"@id": "urn:x", "@context": {}} for n in range(MAX_DERIVED_CONTEXTS + 1)}],
        [{f"t{n}-{m}": "urn:x" for n in range(1_000)} for m in range(1 + MAX_CONTEXT_TERMS // 1_000)],
        [{f"t{n}": f"t{n + 1}" for n in range(MAX_TERM_CHAIN + 1)} | {f"t{MAX_TERM_CHAIN + 1}": "urn:x"}],
        [{"name": "urn:" + "x" * MAX_INLINE_CONTEXT_CHARACTERS}],
    ],
)
def test_too_much_is_refused(local: list[Json]) -> None:
    assert code_of(*local) == "context.inline"


def test_a_set_of_contexts_alone() -> None:
    alone = Contexts({MINE: {"@context": {"rank": "urn:rank"}}})
    assert alone.apply(EMPTY, MINE).terms["rank"].iri == "urn:rank"
    assert VCDM2 not in alone


# --- IRIs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("iri", ["urn:x", "did:web:a.example#k", "https://a.example/é?q#f", "a+b-c.d:", "x:%20"])
def test_absolute(iri: str) -> None:
    assert is_absolute(iri)


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "a",
        "/a",
        "#a",
        "_:b0",
        "1a:b",
        "é:b",
        ":a",
        "a b:c",
        "\na:b",
        "a:b\n",
        *(f"a:{c}" for c in ' <>"{}|^`\\\n\0\ud800'),
    ],
)
def test_not_absolute(iri: str) -> None:
    assert not is_absolute(iri)
