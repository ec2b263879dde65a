"""The walk through a document: each member becomes a quad or is refused, so that nothing is shown unsigned."""

from typing import Any

import pytest

from tests.kit import w3c
from tests.kit.credentials import DID, aima, caig
from tests.kit.minting import changed
from verifier.format.contexts import OB3, VCDM2
from verifier.format.errors import FormatError
from verifier.format.nquads import RDF, XSD, literal
from verifier.format.terms import to_quads
from verifier.format.types import Json, JsonObject

OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
BASE: JsonObject = {"@context": [VCDM2, OB3], "type": ["VerifiableCredential"]}


def objects(predicate: str, **members: Json) -> list[str]:
    """What stands as object of a predicate in a credential with these members."""
    return [quad[2] for quad in to_quads({**BASE, **members}) if quad[1] == f"<{predicate}>"]


def code_of(**members: Json) -> str:
    with pytest.raises(FormatError) as refused:
        to_quads({**BASE, **members})
    return refused.value.code


@pytest.mark.parametrize("document", [aima(), caig()], ids=["AIMA", "CAIG"])
def test_our_credentials_are_taken_whole(document: JsonObject) -> None:
    """As many quads as members, types and values: none is dropped."""
    assert len(to_quads(document)) == statements(document) - 1  # the root is nobody's value


def statements(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(statements(each) for name, each in value.items() if name not in ("id", "@context"))
    return sum(map(statements, value)) if isinstance(value, list) else 1


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"rank": "admiral"}, "terms.undefined"),
        ({"https://credentials.example/#rank": "admiral"}, "terms.undefined"),
        ({"urn:rank": "admiral"}, "terms.undefined"),
        ({"xsd:rank": "admiral"}, "terms.undefined"),
        ({"": "admiral"}, "terms.undefined"),
        ({"type": ["VerifiableCredential", "Admiral"]}, "terms.undefined"),
        ({"type": ["VerifiableCredential", ""]}, "terms.undefined"),
        ({"evidence": {"type": ["Evidence"], "rank": 1}}, "terms.undefined"),
        ({"evidence": {"type": ["Admiral"]}}, "terms.undefined"),
        ({"issuer": {"id": DID, "humanCode": []}}, "terms.undefined"),
        ({"name": None}, "terms.null"),
        ({"name": ["a", None]}, "terms.null"),
        ({"evidence": {"type": ["Evidence"], "name": None}}, "terms.null"),
        ({"id": "a"}, "terms.iri"),
        ({"id": ["urn:a"]}, "terms.iri"),
        ({"id": None}, "terms.iri"),
        ({"id": "_:b0"}, "terms.iri"),
        ({"id": "https://a.example/a b"}, "terms.iri"),
        ({"issuer": "issuers/1"}, "terms.iri"),
        ({"issuer": "name:x"}, "terms.iri"),
        ({"issuer": {"id": "#issuer"}}, "terms.iri"),
        ({"name": [["a"]]}, "terms.unsupported"),
        ({"type": ["VerifiableCredential", "id"]}, "terms.undefined"),
        ({"type": ["VerifiableCredential", "type"]}, "terms.undefined"),
        ({"proof": {"id": "urn:a"}}, "terms.unsupported"),
        ({"proof": "urn:a"}, "terms.unsupported"),
        ({"proof": {"@value": "a"}}, "terms.unsupported"),
        ({"name": {}}, "terms.unsupported"),
        ({"evidence": [{}]}, "terms.unsupported"),
        ({"type": [5]}, "terms.unsupported"),
        ({"type": [None]}, "terms.unsupported"),
        ({"type": [["VerifiableCredential"]]}, "terms.unsupported"),
        ({"@id": "urn:a"}, "terms.unsupported"),
        ({"@type": "VerifiableCredential"}, "terms.unsupported"),
        ({"@index": "a"}, "terms.unsupported"),
        ({"@graph": []}, "terms.unsupported"),
        ({"@included": []}, "terms.unsupported"),
        ({"@nest": {}}, "terms.unsupported"),
        ({"@reverse": {}}, "terms.unsupported"),
        ({"@foo": 1}, "terms.unsupported"),
        ({"name": {"@list": ["a"]}}, "terms.unsupported"),
        ({"name": {"@set": ["a"]}}, "terms.unsupported"),
        ({"name": {"@id": "urn:a"}}, "terms.unsupported"),
        ({"name": ["a", {"@value": "a", "@direction": "rtl"}]}, "terms.unsupported"),
        ({"validFrom": {"@value": "2026-07-01T09:32:00Z"}}, "terms.unsupported"),
    ],
)
def test_what_is_refused(members: JsonObject, code: str) -> None:
    assert code_of(**members) == code


@pytest.mark.parametrize(
    ("context", "code"),
    [
        ([[{"rank": f"{OB}rank"}]], "context.invalid"),
        ({"name": f"{OB}name"}, "context.protected"),
        ([None, {"rank": f"{OB}rank"}], "context.protected"),
        ({"rank": f"{OB}name"}, "terms.unsupported"),
        ("https://credentials.example/unknown", "context.unknown"),
        ([], "terms.undefined"),
        (VCDM2, "terms.undefined"),
    ],
)
def test_a_context_inside_that_is_refused(context: Json, code: str) -> None:
    assert code_of(evidence={"@context": context, "type": ["Evidence"], "rank": "admiral"}) == code


def test_a_context_inside() -> None:
    evidence: JsonObject = {"@context": {"rank": f"{OB}rank"}, "type": ["Evidence"], "rank": "admiral"}
    assert objects(f"{OB}rank", evidence=evidence) == ['"admiral"']
    assert code_of(evidence=evidence, rank="admiral") == "terms.undefined"


def test_a_credential_in_a_presentation_brings_its_own_context() -> None:
    presentation: JsonObject = {
        "@context": [VCDM2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [aima()],
    }
    inner = {quad[3] for quad in to_quads(presentation)}
    assert len(to_quads(presentation)) > len(to_quads(aima()))
    assert len(inner) == 2, "the default graph, and one for the credential"


@pytest.mark.parametrize("name", ["VerifiableCredential", "OpenBadgeCredential", "Profile"])
def test_a_type_is_not_written_out_where_it_has_a_name(name: str) -> None:
    (iri,) = {quad[2][1:-1] for quad in to_quads({**BASE, "type": [name]})}
    assert code_of(type=["VerifiableCredential", iri]) == "terms.unsupported"
    assert objects(RDF + "type", type=["VerifiableCredential", "https://a.example/Knot"])[1:] == [
        "<https://a.example/Knot>"
    ]


def test_only_the_top_speaks_about_the_document() -> None:
    """What is said at the top could otherwise be moved to where no check looks: a status, the end of validity."""
    document = changed(aima())
    identifier = document["id"]
    about: JsonObject = {"id": identifier, "validUntil": "2028-07-01T23:59:59Z"}
    with pytest.raises(FormatError, match=r"^terms\.unsupported"):
        to_quads({**document, "evidence": [about]})
    assert to_quads({**document, "evidence": [{"id": identifier}]})


def test_scalars() -> None:
    assert objects("https://schema.org/name", name="a") == ['"a"']
    assert objects("https://schema.org/name", name=["a", "a", "b"]) == ['"a"', '"b"']
    assert objects("https://schema.org/name", name=5) == [f'"5"^^<{XSD}integer>']
    assert objects("https://schema.org/name", name=True) == [f'"true"^^<{XSD}boolean>']


def test_a_document_that_says_nothing() -> None:
    with pytest.raises(FormatError, match=r"^terms\.unsupported"):
        to_quads({"@context": [VCDM2], "id": "urn:a"})


def test_a_language_is_written_in_lower_case() -> None:
    assert objects("https://schema.org/name", name={"@value": "a", "@language": "de-AT"}) == ['"a"@de-at']
    assert objects("https://schema.org/name", name={"@value": "a"}) == ['"a"']


def test_json_literals_are_canonical() -> None:
    subject: JsonObject = {"type": ["JsonSchema"], "jsonSchema": {"b": [1.50, None], "a": {"@context": 5}}}
    found = objects("https://www.w3.org/2018/credentials#jsonSchema", credentialSubject=subject)
    assert found == [literal('{"a":{"@context":5},"b":[1.5,null]}', RDF + "JSON")]


# --- Features that only other contexts use ------------------------------------------------------------------

URL = "https://credentials.example/context"


def under(terms: JsonObject, **members: Json) -> list[tuple[str, str, str, str]]:
    context: JsonObject = {"@context": terms}
    contexts = w3c.contexts(**{URL: context})
    return to_quads({"@context": [VCDM2, URL], "id": "urn:root", **members}, contexts)


def test_a_list_keeps_its_order() -> None:
    quads = under({"steps": {"@id": "urn:steps", "@container": "@list"}}, steps=["b", "a", "b"])
    first = [quad[2] for quad in quads if quad[1] == f"<{RDF}first>"]
    assert sorted(first) == ['"a"', '"b"', '"b"']
    assert under({"steps": {"@id": "urn:steps", "@container": "@list"}}, steps=[]) == [
        ("<urn:root>", "<urn:steps>", f"<{RDF}nil>", "")
    ]


def test_a_vocabulary_gives_every_word_a_meaning() -> None:
    quads = under({"@vocab": "https://v.example/#"}, rank="admiral")
    assert quads == [("<urn:root>", "<https://v.example/#rank>", '"admiral"', "")]
    with pytest.raises(FormatError, match=r"^terms\.undefined"):
        under({"@vocab": "https://v.example/#"}, **{"a b": "admiral"})


def test_values_that_are_words() -> None:
    terms: JsonObject = {"rank": {"@id": "urn:rank", "@type": "@vocab"}, "admiral": "urn:admiral"}
    assert under(terms, rank="admiral")[0][2] == "<urn:admiral>"
    assert under(terms, rank="urn:captain")[0][2] == "<urn:captain>"
    for value in ("captain", "urn:admiral"):
        with pytest.raises(FormatError):
            under(terms, rank=value)


@pytest.mark.parametrize("members", [{"key": "urn:other"}, {"kind": "https://a.example/T"}, {"type": "kind"}])
def test_the_identifier_and_the_type_have_one_name(members: JsonObject) -> None:
    """Under another name, those who look for `id` and `type` would not see them."""
    with pytest.raises(FormatError, match=r"^terms\.un"):
        under({"key": "@id", "kind": "@type"}, **members)


def test_containers_in_an_array() -> None:
    terms: JsonObject = {"a": {"@id": "urn:a", "@container": ["@set"]}, "b": {"@id": "urn:b", "@container": ["@list"]}}
    assert under(terms, a=["x", "y"])[1] == ("<urn:root>", "<urn:a>", '"y"', "")
    assert under(terms, b=[])[0][2] == f"<{RDF}nil>"
    graph: JsonObject = {"a": {"@id": "urn:a", "@container": ["@graph", "@set"]}, "b": "urn:b"}
    assert {quad[3] for quad in under(graph, a=[{"b": "x"}])} == {"", "_:b0"}
    for container in ("@list", "@graph"):
        with pytest.raises(FormatError, match=r"^terms\.unsupported"):
            under({"a": {"@id": "urn:a", "@type": "@json", "@container": container}}, a={"b": 1})


def test_a_word_without_meaning() -> None:
    for members in ({"a": "x"}, {"type": "a"}, {"b": "a"}):
        with pytest.raises(FormatError, match=r"^terms\.undefined"):
            under({"a": None, "b": {"@id": "urn:b", "@type": "@vocab"}}, **members)


def test_what_a_type_brings_ends_at_the_next_node() -> None:
    terms: JsonObject = {
        "T": {"@id": "urn:T", "@context": {"a": "urn:a", "b": {"@id": "urn:b", "@type": "@id"}}},
        "c": {"@id": "urn:c", "@context": {"d": "urn:d"}},
    }
    assert ("<urn:root>", "<urn:b>", "<urn:x>", "") in under(terms, type="T", b={"id": "urn:x"})
    assert ("<urn:x>", "<urn:d>", '"y"', "") in under(terms, c={"id": "urn:x", "d": "y"})
    for members in ({"c": {"a": "y"}}, {"b": {"a": "y"}}, {"d": "y"}):
        with pytest.raises(FormatError, match=r"^terms\.undefined"):
            under(terms, type="T", **members)


def test_a_scope_that_changes_its_own_term() -> None:
    """Processors disagree on which of the two definitions the value is read under."""
    terms: JsonObject = {"a": {"@id": "urn:a", "@context": {"a": "urn:b"}}, "c": {"@id": "urn:c", "@context": None}}
    for members in ({"a": "x"}, {"a": {"id": "urn:x"}}, {"c": "x"}):
        with pytest.raises(FormatError, match=r"^terms\.unsupported"):
            under(terms, **members)


def test_one_thing_said_twice() -> None:
    """The others compare values, not literals: of two forms of one literal they make two equal lines."""
    terms: JsonObject = {
        "count": {"@id": "urn:count", "@type": "http://www.w3.org/2001/XMLSchema#integer"},
        "word": {"@id": "urn:word", "@type": "http://www.w3.org/2001/XMLSchema#string"},
        "raw": {"@id": "urn:raw", "@type": "@json"},
        "part": "urn:part",
        "link": {"@id": "urn:link", "@type": "@id"},
    }
    twice: list[JsonObject] = [{"id": "urn:p", "raw": {"a": 1}}, {"id": "urn:p", "raw": {"a": 1}}]
    for members in ({"count": [5, "5"]}, {"word": ["a", {"@value": "a"}]}, {"part": [*twice]}):
        with pytest.raises(FormatError, match=r"^terms\.unsupported"):
            under(terms, **members)
    same: list[JsonObject] = [{"id": "urn:p", "raw": "a"}, {"id": "urn:p", "raw": "a"}]
    assert len(under(terms, part=[*same])) == 2
    assert len(under(terms, count=[5, 5], part=["a", {"@value": "a"}], link=["urn:a", {"id": "urn:a"}])) == 3
