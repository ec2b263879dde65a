"""The tree that signed statements give back: one for equal datasets, whatever the file looked like."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.credentials import DID, HOST, aima, caig
from tests.kit.minting import changed
from verifier.format.contexts import OB3, VCDM1, VCDM2, contexts_for
from verifier.format.errors import FormatError
from verifier.format.fromrdf import to_document
from verifier.format.nquads import XSD, Literal, literal, literal_of
from verifier.format.rdfc import canonicalize
from verifier.format.terms import to_quads
from verifier.format.types import JsonObject
from verifier.format.vocabulary import Vocabulary
from verifier.limits import MAX_JSON_DEPTH, MAX_REPEATED_CHARACTERS

MINE = "https://mine.example/context"


def tree(document: JsonObject, given_contexts: JsonObject | None = None) -> Any:
    contexts = contexts_for({} if given_contexts is None else {MINE: given_contexts})
    quads = to_quads(document, contexts)
    return to_document(quads, quads[0][0], Vocabulary(contexts))


@pytest.mark.parametrize("document", [aima(), caig()], ids=["aima", "caig"])
def test_our_credentials_come_back_as_they_were(document: JsonObject) -> None:
    """But for the order inside sets, which nobody signs."""
    back = tree(document)
    assert canonicalize(back) == canonicalize(document)
    assert tree(back) == back
    assert {name: back[name] for name in back if name not in ("credentialSubject", "credentialStatus")} == {
        name: document[name] for name in back if name not in ("credentialSubject", "credentialStatus")
    }


def test_forms_that_say_the_same_come_back_alike() -> None:
    plain: Any = changed(aima(), name="a", description="b")
    others: list[Any] = [
        {**plain, "name": ["a"]},
        {**plain, "name": ["a", "a"]},
        {**plain, "name": {"@value": "a"}},
        {**plain, "issuer": [plain["issuer"]]},
        dict(reversed(plain.items())),
        {
            **plain,
            "@context": [VCDM2, OB3, "https://w3id.org/security/data-integrity/v2", {"x": "https://x.example/x"}],
        },
    ]
    for other in others:
        assert tree(other) == tree(plain)


def test_sets_are_ordered() -> None:
    document = changed(aima(), evidence=[{"type": ["Evidence"], "name": name} for name in "cab"])
    assert [each["name"] for each in tree(document)["evidence"]] == ["a", "b", "c"]


def test_a_node_is_described_wherever_it_is_named() -> None:
    document: Any = changed(aima())
    document["credentialSubject"]["achievement"]["creator"] = {"id": DID, "type": ["Profile"]}
    back = tree(document)
    assert back["credentialSubject"]["achievement"]["creator"] == back["issuer"] == document["issuer"]


def test_inside_its_own_description_a_reference_stands() -> None:
    document: Any = {**changed(aima()), "issuer": {"id": DID, "type": ["Profile"], "parentOrg": {"id": DID}}}
    assert tree(document)["issuer"]["parentOrg"] == {"id": DID}


def test_words_of_the_document_alone_are_shown_by_their_iri() -> None:
    own: JsonObject = {"grade": "https://office.example/terms#grade"}
    document: Any = {**changed(aima()), "@context": [VCDM2, OB3, own], "grade": "distinguished"}
    back = tree(document)
    assert back["https://office.example/terms#grade"] == "distinguished"
    assert "grade" not in back
    assert back["@context"] == [VCDM2, OB3]


def test_words_that_the_reader_brings_keep_their_names_unless_they_are_pinned() -> None:
    iri = "https://office.example/terms#"
    mine: JsonObject = {"@context": {"grade": f"{iri}grade"}}
    document: Any = {**changed(aima()), "@context": [VCDM2, OB3, MINE], "grade": "distinguished"}
    back = tree(document, mine)
    assert (back["grade"], back["@context"]) == ("distinguished", [VCDM2, MINE, OB3])


def test_what_is_version_1_says_so() -> None:
    document: JsonObject = {
        "@context": [VCDM1],
        "type": ["VerifiableCredential"],
        "issuer": DID,
        "issuanceDate": "2026-07-01T00:00:00Z",
        "credentialSubject": {"id": "urn:x:1"},
    }
    assert tree(document) == document


def test_values_keep_their_kind() -> None:
    document: Any = changed(aima())
    subject = document["credentialSubject"]
    subject["creditsEarned"] = 1.5
    subject["narrative"] = {"@value": "قصة", "@language": "AR", "@direction": "rtl"}
    back = tree(document)["credentialSubject"]
    assert back["creditsEarned"] == 1.5
    assert back["narrative"] == {"@value": "قصة", "@language": "ar", "@direction": "rtl"}
    assert back["identifier"][0]["hashed"] is False


def test_a_truth_and_its_text_are_one_statement() -> None:
    document: Any = changed(aima())
    document["credentialSubject"]["identifier"][0]["hashed"] = "false"
    assert tree(document) == tree(aima())


def test_credentials_inside_a_presentation_are_left_out() -> None:
    presented: JsonObject = {
        "@context": [VCDM2],
        "type": ["VerifiablePresentation"],
        "holder": "urn:x:holder",
        "verifiableCredential": [aima()],
    }
    assert tree(presented) == {name: value for name, value in presented.items() if name != "verifiableCredential"}


def test_a_credential_that_leads_back_to_the_document_is_refused() -> None:
    """Either of them could be held up as the one that was signed."""
    document: Any = changed(aima())
    document["credentialSubject"]["achievement"]["endorsement"] = [
        {
            "id": "urn:x:2",
            "type": ["VerifiableCredential"],
            "issuer": DID,
            "credentialSubject": {"id": document["id"]},
        }
    ]
    with pytest.raises(FormatError, match=r"^terms\.unsupported"):
        tree(document)


def test_references_that_multiply_are_refused() -> None:
    """Each of 30 names the next one twice: written out they would be a thousand million."""
    nodes = [f"urn:x:{number}" for number in range(31)]
    document: Any = {
        **changed(aima()),
        "@context": [VCDM2, OB3, {"one": f"{HOST}/#one", "other": f"{HOST}/#other"}],
        "evidence": [
            {"id": here, "type": ["Evidence"], "one": {"id": there}, "other": {"id": there}}
            for here, there in pairwise(nodes)
        ],
    }
    with pytest.raises(FormatError, match=r"^rdf\.too-complex"):
        tree(document)


def test_a_long_part_that_is_named_often_is_refused() -> None:
    document: Any = {
        **changed(aima()),
        "@context": [VCDM2, OB3, {"about": f"{HOST}/#about"}],
        "evidence": [
            {"type": ["Evidence"], "name": "x" * (MAX_REPEATED_CHARACTERS // 10), "id": "urn:x:long"},
            *({"type": ["Evidence"], "about": {"id": "urn:x:long"}} for _ in range(11)),
        ],
    }
    with pytest.raises(FormatError, match=r"^rdf\.too-complex"):
        tree(document)


def test_references_in_a_long_row_are_refused() -> None:
    nodes = [f"urn:x:{number}" for number in range(MAX_JSON_DEPTH + 10)]
    document: Any = {
        **changed(aima()),
        "@context": [VCDM2, OB3, {"next": f"{HOST}/#next"}],
        "evidence": [{"id": here, "type": ["Evidence"], "next": {"id": there}} for here, there in pairwise(nodes)],
    }
    with pytest.raises(FormatError, match=r"^rdf\.too-complex"):
        tree(document)


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from([("", ""), (f"{XSD}date", ""), ("", "en"), ("https://x.example/t", "")]),
)
def test_literals_are_read_back(text: str, kind: tuple[str, str]) -> None:
    assert literal_of(literal(text, *kind)) == Literal(text, *kind)
