"""The lines that a person reads: the same for every form that one signature covers, and safe on a terminal."""

from typing import Any

import pytest

from tests.kit.credentials import DID, aima, caig
from verifier import VerifiedCredential
from verifier.format.types import JsonObject
from verifier.summary import lines


def read(document: JsonObject) -> dict[str, str]:
    return dict(lines(VerifiedCredential(document, document, DID, "Name in the trust file")))


def test_an_aima() -> None:
    assert read(aima()) == {
        "Holder": "Ada Example",
        "Credential": "The AIMA, version 2026.1",
        "Number": "AIMA-2026-7K3Q9FW8",
        "How checked": "Identity: account verified. Supervision: none.",
        "Title": "AI Manager Assessment (AIMA)",
        "Issuer": f"Example Certification Body ({DID})",
        "Awarded": "2026-07-01T09:31:13Z",
        "Valid from": "2026-07-01T09:32:00Z",
        "Valid until": "2028-07-01T23:59:59Z",
    }


def test_names_in_other_scripts() -> None:
    assert read(caig())["Holder"] == "عائشة O’Example"


def test_the_issuers_address_stands_beside_its_name() -> None:
    assert read({**aima(), "issuer": DID})["Issuer"] == DID


def reshaped(document: Any) -> Any:
    """Every value in an array of one, every truth value as text: eddsa-rdfc-2022 signs the same for it."""
    if isinstance(document, dict):
        return {name: value if name == "id" else [reshaped(value)] for name, value in document.items()}
    if isinstance(document, list):
        return [reshaped(each) for each in document]
    return str(document).lower() if isinstance(document, bool) else document


def flat(value: Any) -> Any:
    """Without the arrays inside arrays that `reshaped` made of arrays."""
    if isinstance(value, list):
        return [each for one in value for each in (flat(one) if isinstance(one, list) else [flat(one)])]
    return {name: flat(each) for name, each in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("document", [aima(), caig()], ids=["AIMA", "CAIG"])
def test_another_form_reads_the_same(document: JsonObject) -> None:
    other = {**flat(reshaped(document)), "issuer": document["issuer"]}  # an issuer in an array is not well-formed
    assert read(other) == read(document)
    assert read({**document, "name": {"@value": document["name"]}}) == read(document)


def test_a_hashed_name_is_not_shown() -> None:
    document: Any = aima()
    values: list[Any] = [True, "true", None, []]
    for value in values:
        document["credentialSubject"]["identifier"][0]["hashed"] = value
        assert "Holder" not in read(document)


def test_what_would_move_the_text_about_is_written_out() -> None:
    document: Any = aima()
    document["credentialSubject"]["identifier"][0]["identityHash"] = "Ada\u202e\x1b[2J\nHolder: Eve"
    assert read(document)["Holder"] == "Ada⟨U+202E⟩⟨U+001B⟩[2J⟨U+000A⟩Holder: Eve"


@pytest.mark.parametrize("value", [None, 5, [], {}, [5], {"@value": 5}, [[]], {"a": "b"}])
def test_odd_values_are_left_out(value: Any) -> None:
    document: Any = {"issuer": value, "name": value, "validFrom": value, "credentialSubject": value}
    assert lines(VerifiedCredential(document, document, DID, "")) == [("Issuer", DID)]
    document = {"credentialSubject": {"id": value, "identifier": value, "achievement": value, "narrative": value}}
    assert "Number" not in read(document)


def test_several_subjects() -> None:
    document: JsonObject = {"credentialSubject": [{"id": "did:a:b", "name": "A"}, {"id": "did:a:c", "name": "B"}]}
    found = lines(VerifiedCredential(document, document, DID, ""))
    assert [text for label, text in found if label == "Holder"] == ["A", "B"]
