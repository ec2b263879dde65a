"""Names are as good as signed: a changed @context must not call a thing what it is not, nor hide it from a check."""

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.credentials import REVOCATION, aima
from tests.kit.minting import ISSUER
from verifier.format import rdfc
from verifier.format.contexts import EMPTY, OB3, VCDM1, VCDM2, contexts_for, pinned
from verifier.format.definitions import Origin, Term
from verifier.format.errors import FormatError
from verifier.format.naming import Use, _ends_with, _pinned_names, says_what_is_signed
from verifier.format.terms import to_quads
from verifier.format.types import JsonObject

CREDENTIALS = "https://www.w3.org/2018/credentials#"
DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"
MINE = "https://credentials.example/context"


def refused(document: JsonObject, **given: JsonObject) -> str:
    with pytest.raises(FormatError) as error:
        to_quads(document, contexts_for(given))
    return error.value.code


def renamed(document: JsonObject, old: str, new: str, definition: Any) -> JsonObject:
    """What a forger does: the same statements, one of them under a name of his own."""
    result = copy.deepcopy(document)
    result[new] = result.pop(old)
    contexts = result["@context"]
    assert isinstance(contexts, list)
    result["@context"] = [*contexts, {new: definition}]
    return result


@pytest.mark.parametrize(
    ("old", "new", "definition"),
    [
        ("validUntil", "neverMind", {"@id": f"{CREDENTIALS}validUntil", "@type": DATE_TIME}),
        ("validUntil", "expirationDate", {"@id": f"{CREDENTIALS}validUntil", "@type": DATE_TIME}),
        ("credentialStatus", "hint", {"@id": f"{CREDENTIALS}credentialStatus", "@type": "@id"}),
        ("id", "key", "@id"),
        ("type", "kind", "@type"),
        ("type", "kind", {"@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "@type": "@id"}),
    ],
)
def test_a_member_cannot_be_hidden_under_another_name(old: str, new: str, definition: Any) -> None:
    assert refused(renamed(aima(), old, new, definition)).startswith("terms.")


def test_one_version_of_the_data_model_cannot_be_dressed_as_the_other() -> None:
    """A credential of version 1.1 that has expired would never expire under 2.0, which has no expirationDate."""
    old: JsonObject = {
        "@context": [VCDM1],
        "id": "urn:x",
        "type": ["VerifiableCredential"],
        "issuer": "did:example:a",
        "expirationDate": "2020-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:b"},
    }
    definition: JsonObject = {"expirationDate": {"@id": f"{CREDENTIALS}expirationDate", "@type": DATE_TIME}}
    assert rdfc.canonicalize(old)
    vocabulary: JsonObject = {"@vocab": CREDENTIALS}
    for more in (definition, vocabulary):
        assert refused({**old, "@context": [VCDM2, more]}) == "terms.unsupported"
    assert refused({**old, "@context": [VCDM2, VCDM1]}) == "context.protected"


def test_a_word_of_the_document_itself_is_called_what_its_iri_ends_in() -> None:
    def document(name: str, iri: str) -> JsonObject:
        return {"@context": [VCDM2, {name: iri}], "type": "VerifiableCredential", name: "admiral"}

    for iri in ("https://a.example/#rank", "https://a.example/rank", "urn:a:rank"):
        assert to_quads(document("rank", iri))
    for name, iri in (
        ("fullName", "https://a.example/#rank"),
        ("ank", "https://a.example/#rank"),
        ("rank", "urn:rank#"),
    ):
        assert refused(document(name, iri)) == "terms.unsupported"


def test_a_vocabulary_cannot_cut_a_word_in_two() -> None:
    def document(vocab: str, name: str) -> JsonObject:
        return {"@context": [VCDM2, {"@vocab": vocab}], "type": "VerifiableCredential", name: "admiral"}

    assert to_quads(document("https://a.example/#", "fullName"))
    assert refused(document("https://a.example/#full", "Name")) == "terms.unsupported"
    assert refused(document(CREDENTIALS, "expirationDate")) == "terms.unsupported"


def test_the_relying_party_may_name_its_own_words_but_not_ours() -> None:
    given: JsonObject = {"@context": {"grade": "https://a.example/#rank", "end": f"{CREDENTIALS}validUntil"}}
    document: JsonObject = {"@context": [VCDM2, MINE], "type": "VerifiableCredential"}
    assert to_quads({**document, "grade": "admiral"}, contexts_for({MINE: given}))
    assert refused({**document, "end": "2030-01-01T00:00:00Z"}, **{MINE: given}) == "terms.unsupported"


@pytest.mark.parametrize(
    ("member", "value"),
    [("Criteria", {"id": "urn:y"}), ("Image", {"id": "urn:y"}), ("type", ["Achievement", "criteria"])],
)
def test_a_class_and_a_member_of_one_iri(member: str, value: Any) -> None:
    achievement = {"type": ["Achievement"], member: value}
    subject: Any = {"type": ["AchievementSubject"], "achievement": achievement}
    document: JsonObject = {"@context": [VCDM2, OB3], "type": "VerifiableCredential", "credentialSubject": subject}
    assert refused(document) in ("terms.unsupported", "terms.undefined")


def test_a_type_of_another_context_is_not_written_out() -> None:
    document: JsonObject = {"@context": [VCDM2], "type": ["VerifiableCredential", "https://a.example/Knot"]}
    assert to_quads(document)
    document["type"] = ["VerifiableCredential", "https://w3id.org/security#Ed25519Signature2018"]
    assert refused(document) == "terms.unsupported"


def test_pinned_contexts_never_name_one_thing_twice() -> None:
    """Else a document could be put under another pinned context and say the same in other words."""
    several = {iri: names for iri, names in _pinned_names().items() if len(names) > 1}
    vocabulary = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
    assert several == {
        # A class and a member: `says_what_is_signed` tells them apart by their first letter.
        f"{vocabulary}Criteria": {"Criteria", "criteria"},
        f"{vocabulary}GeoCoordinates": {"GeoCoordinates", "geo"},
        f"{vocabulary}Image": {"Image", "image"},
        # Open Badges 3.0.0 has more of them.
        f"{vocabulary}Achievement": {"Achievement", "achievement"},
        f"{vocabulary}Address": {"Address", "address"},
        f"{vocabulary}Profile": {"Profile", "creator"},
        # Two names that Open Badges gives to the same class.
        f"{vocabulary}OpenBadgeCredential": {"AchievementCredential", "OpenBadgeCredential"},
    }


def test_names_by_use() -> None:
    status = Term("https://www.w3.org/ns/credentials/status#BitstringStatusListEntry")
    assert says_what_is_signed("BitstringStatusListEntry", status, Use.TYPE)
    assert not says_what_is_signed("BitstringStatusListEntry", status, Use.MEMBER)
    ours = Term("https://a.example/#Rank", origin=Origin.INLINE)
    assert says_what_is_signed("Rank", ours, Use.MEMBER)
    assert says_what_is_signed("Rank", ours, Use.VALUE)


def test_all_our_own_documents_pass() -> None:
    for document in (aima(), ISSUER.status_list("revocation", REVOCATION)):
        assert to_quads(document)
    assert pinned().apply(EMPTY, VCDM2).terms


@given(st.text("a/#:?=\u00e9", max_size=8), st.text("a/#:?=\u00e9", max_size=6))
def test_a_name_is_what_stands_behind_the_last_delimiter(iri: str, name: str) -> None:
    assert _ends_with(f"urn:{iri}", name) == (re.split("[/#:?=]", f"urn:{iri}")[-1] == name)
    assert _ends_with(f"urn:{iri}/{name}", name) == (not set(name) & set("/#:?="))
