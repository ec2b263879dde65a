"""The shape of a credential (VCDM 2.0 section 4): what must be refused, and what must not."""

from typing import Any

import pytest

from tests.kit.credentials import DID, aima, caig
from verifier import wellformed
from verifier.format.contexts import OB3, VCDM2
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject

URL = "https://a.example/x"
DIGEST: JsonObject = {"id": URL, "digestSRI": f"sha256-{'A' * 43}="}


def code_of(document: JsonObject) -> str:
    try:
        wellformed.check(document)
    except FormatError as error:
        return error.code
    return ""


REFUSED: list[tuple[str, str, list[Any]]] = [
    ("vc.context", "@context", [None, VCDM2, [], [OB3], [OB3, VCDM2], [VCDM2, 5], [VCDM2, "a b"], {"@vocab": URL}]),
    ("vc.context", "@context", [[VCDM2, [OB3]], [VCDM2, None], [[VCDM2]]]),
    ("vc.id", "id", [None, "", "x", [URL], {"id": URL}, "urn:a b", 5]),
    ("vc.type", "type", [None, [], "OpenBadgeCredential", ["VerifiableCredential", 5], 5, {}]),
    ("vc.issuer", "issuer", [None, "", "x", 5, [DID], {}, {"id": None}, {"id": [DID]}]),
    ("vc.subject", "credentialSubject", [None, {}, [], [{}], "did:a:b", [{"id": URL}, {}], 5]),
    ("vc.subject", "credentialSubject", [{"id": None}, {"id": [URL]}, {"id": "x"}, {"id": 5}]),
    ("vc.period", "validFrom", [None, "", "2026-07-01", "2026-07-01T09:32:00", 5, ["a"], {}]),
    ("vc.period", "validUntil", ["2026-01-01T00:00:00Z", "2026-07-01T11:31:59+02:00", []]),
    ("vc.status", "credentialStatus", [None, "x", {}, [None], {"type": 5}, {"type": []}, [5]]),
    (
        "vc.status",
        "credentialStatus",
        [{"type": "T", "id": None}, {"type": "T", "id": "x"}, {"type": "T", "id": [URL]}],
    ),
    ("vc.schema", "credentialSchema", [None, URL, {"id": URL}, {"type": "T"}, {"id": "x", "type": "T"}]),
    ("vc.typed-object", "evidence", [None, "x", [{}], {"id": URL}, {"type": []}, {"type": 5}]),
    ("vc.typed-object", "termsOfUse", [{"id": URL}]),
    ("vc.typed-object", "refreshService", [[{"type": "T"}, {"id": URL}]]),
    ("vc.language", "name", [{}, {"@language": "en"}, {"@value": "a", "x": 1}, ["a", {"a": 1}]]),
    ("vc.language", "description", [{"@value": "a", "@type": "T"}]),
    ("vc.language", "issuer", [{"id": DID, "name": {"x": "y"}}]),
    ("vc.related-resource", "relatedResource", [None, URL, {"id": URL}, {"digestSRI": "x"}, [DIGEST, DIGEST]]),
    ("vc.related-resource", "relatedResource", [{**DIGEST, "id": "x"}]),
]


@pytest.mark.parametrize(
    ("code", "name", "value"), [(code, name, value) for code, name, values in REFUSED for value in values]
)
def test_refused(code: str, name: str, value: Json) -> None:
    assert code_of({**aima(), name: value}) == code


@pytest.mark.parametrize("name", ["@context", "type", "issuer", "credentialSubject"])
def test_what_may_not_be_missing(name: str) -> None:
    document = aima()
    del document[name]
    assert code_of(document).startswith("vc.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("@context", [VCDM2, {"rank": URL}]),
        ("type", "VerifiableCredential"),
        ("type", ["VerifiableCredential", "https://a.example/T"]),
        ("issuer", "https://a.example/issuer"),
        ("credentialSubject", [{"id": "did:a:b"}, {"id": "did:a:c"}]),
        ("validFrom", "2026-07-01T11:32:00.123+02:00"),
        ("validUntil", "2026-07-01T09:32:00Z"),
        ("credentialStatus", {"type": "ForeignStatus2026"}),
        ("credentialStatus", {"type": ["ForeignStatus2026"], "id": "urn:x"}),
        ("credentialSchema", {"id": "urn:s", "type": ["JsonSchema"]}),
        ("evidence", {"type": "Evidence"}),
        ("evidence", []),
        ("termsOfUse", [{"type": ["Policy"], "id": "did:a:b"}]),
        ("name", {"@value": "a", "@language": "ar", "@direction": "rtl"}),
        ("name", ["a", {"@value": "b"}]),
        ("relatedResource", [DIGEST, {"id": "urn:y", "digestMultibase": "uAAEA"}]),
    ],
)
def test_accepted(name: str, value: Json) -> None:
    assert code_of({**aima(), name: value}) == ""


@pytest.mark.parametrize("name", ["id", "validFrom", "validUntil", "credentialStatus", "credentialSchema"])
def test_what_may_be_missing(name: str) -> None:
    document = aima()
    del document[name]
    assert code_of(document) == ""


@pytest.mark.parametrize("document", [aima(), caig()], ids=["AIMA", "CAIG"])
def test_our_own(document: JsonObject) -> None:
    assert code_of(document) == ""
    assert wellformed.issuer_id(document) == DID
