"""What is left of a document when the words that no context defines are taken out."""

import pytest

from tests.kit.credentials import aima
from verifier.format.contexts import OB3, VCDM2, contexts_for
from verifier.format.errors import FormatError
from verifier.format.meaning import defined_part
from verifier.format.types import Json, JsonObject


def part(document: JsonObject) -> JsonObject:
    return defined_part(document, contexts_for())


def under(*contexts: Json, **members: Json) -> JsonObject:
    return {"@context": [VCDM2, *contexts], "type": ["VerifiableCredential"], **members}


def test_what_is_defined_stays() -> None:
    assert part(aima()) == aima()


def test_an_undefined_member_goes_wherever_it_stands() -> None:
    document = {**aima(), "rank": "admiral"}
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    document["credentialSubject"] = {**subject, "rank": "admiral", "narrative": "x"}
    assert part(document) == {**aima(), "credentialSubject": {**subject, "narrative": "x"}}


def test_only_the_element_with_an_undefined_value_loses_it() -> None:
    one: JsonObject = {"type": ["Evidence"], "name": "a"}
    document = under(OB3, evidence=[one, {**one, "rank": {"x": 1}}, {**one, "name": "b"}])
    assert part(document)["evidence"] == [one, one, {**one, "name": "b"}]


def test_open_badges_without_their_context_say_nothing() -> None:
    document: JsonObject = {**aima(), "@context": [VCDM2]}
    subject = part(document)["credentialSubject"]
    assert isinstance(subject, dict)
    assert subject.keys() <= {"type", "identifier"}


def test_an_undefined_type_takes_nothing_else_away() -> None:
    document = under(OB3, evidence=[{"type": ["Evidence", "Admiral"], "name": "a"}])
    assert part(document) == document


def test_what_is_not_processed_here_is_not_guessed_at() -> None:
    with pytest.raises(FormatError, match=r"^terms\.unsupported"):
        part(under(OB3, evidence=[{"@index": "a", "type": ["Evidence"]}]))
