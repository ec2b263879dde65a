"""Pinned contexts and term definitions: what they give, and what may not be done to them."""

import json

import pytest

from verifier.format.contexts import EMPTY, OB3, VCDM2, ActiveContext, Contexts, is_absolute, pinned
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_REMEMBERED_CONTEXTS

ACTIVE = pinned().apply(EMPTY, [VCDM2, OB3])


def defined(context: JsonObject, active: ActiveContext = EMPTY) -> ActiveContext:
    return Contexts({}).apply(active, context)


def test_the_pinned_contexts() -> None:
    assert list(pinned().urls) == [VCDM2, OB3]
    assert VCDM2 in pinned()
    assert "https://credentials.example/unknown" not in pinned()
    assert "@context" in pinned().document(OB3)


def test_terms_of_the_pinned_contexts() -> None:
    credential = pinned().apply_text(ACTIVE, ACTIVE.terms["VerifiableCredential"].scope, propagates=False)
    assert credential.terms["validFrom"].type == "http://www.w3.org/2001/XMLSchema#dateTime"
    assert credential.terms["issuer"].type == "@id"
    assert ACTIVE.terms["id"].iri == "@id"
    assert ACTIVE.terms["Achievement"].scope
    assert "humanCode" not in ACTIVE.terms, "a term of Achievement alone"
    scoped = pinned().apply_text(ACTIVE, ACTIVE.terms["Achievement"].scope, propagates=False)
    assert scoped.terms["humanCode"].iri == "https://purl.imsglobal.org/spec/vc/ob/vocab.html#humanCode"
    assert scoped.previous is ACTIVE


@pytest.mark.parametrize(
    ("local", "code"),
    [
        ("https://credentials.example/unknown", "context.unknown"),
        ([VCDM2, "https://credentials.example/unknown"], "context.unknown"),
        ([VCDM2, None], "context.protected"),
        ([VCDM2, {"name": "https://credentials.example/#name"}], "context.protected"),
        ([VCDM2, {"id": "https://credentials.example/#id"}], "context.protected"),
        ([VCDM2, {"name": {"@id": "https://schema.org/name", "@type": "@id"}}], "context.protected"),
        (5, "context.invalid"),
        ([VCDM2, True], "context.invalid"),
        ([[VCDM2]], "context.invalid"),
        ({"@base": "https://credentials.example/"}, "terms.unsupported"),
        ({"@import": VCDM2}, "terms.unsupported"),
        ({"@language": "de"}, "terms.unsupported"),
        ({"@propagate": False}, "terms.unsupported"),
        ({"@vocab": None}, "terms.unsupported"),
        ({"@protected": "yes"}, "terms.unsupported"),
        ({"name": None}, "terms.unsupported"),
        ({"name": 5}, "terms.unsupported"),
        ({"name": {"@id": "urn:x", "@reverse": "urn:y"}}, "terms.unsupported"),
        ({"name": {"@id": "urn:x", "@container": "@index"}}, "terms.unsupported"),
        ({"name": {"@id": "urn:x", "@container": ["@set"]}}, "terms.unsupported"),
        ({"name": {"@id": "urn:x", "@protected": 1}}, "terms.unsupported"),
        ({"name": {"@id": None}}, "terms.unsupported"),
        ({"name": {"@id": 5}}, "terms.unsupported"),
        ({"name": "@graph"}, "terms.unsupported"),
        ({"name": "relative"}, "terms.unsupported"),
        ({"a": "b:x", "b": "a:x"}, "terms.unsupported"),
        ({"a": "b:x", "b": "c:x", "c": "b:y"}, "terms.unsupported"),
    ],
)
def test_what_is_refused(local: Json, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        pinned().apply(EMPTY, local)
    assert refused.value.code == code


def test_a_protected_term_may_be_said_again() -> None:
    assert pinned().apply(ACTIVE, [VCDM2, OB3, OB3]) is ACTIVE


def test_a_property_scope_may_override() -> None:
    redefined = pinned().apply(ACTIVE, {"name": "https://credentials.example/#name"}, overrides=True)
    assert redefined.terms["name"].iri == "https://credentials.example/#name"


def test_prefixes_and_vocabulary() -> None:
    context: JsonObject = {"ex": "https://ex.example/#", "a": "ex:a", "b": {"@id": "ex:b", "@type": "ex:T"}}
    terms = defined(context).terms
    assert terms["a"].iri == "https://ex.example/#a"
    assert (terms["b"].iri, terms["b"].type) == ("https://ex.example/#b", "https://ex.example/#T")
    later = defined({"c": "ex:c", "@vocab": "https://v.example/", "d": {"@id": "d"}}, defined(context))
    assert later.terms["c"].iri == "https://ex.example/#c"
    assert later.vocab == "https://v.example/"


def test_what_is_remembered_is_bounded() -> None:
    contexts = Contexts({})
    for number in range(MAX_REMEMBERED_CONTEXTS + 10):
        contexts.apply(EMPTY, {f"t{number}": "urn:x"})
    assert len(contexts._interned) <= MAX_REMEMBERED_CONTEXTS


def test_a_context_named_a_thousand_times_costs_little() -> None:
    assert pinned().apply(EMPTY, [VCDM2, OB3] * 5_000) is ACTIVE


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


def test_contexts_are_json_with_one_meaning() -> None:
    for url in pinned().urls:
        assert json.loads(json.dumps(pinned().document(url))) == pinned().document(url)
