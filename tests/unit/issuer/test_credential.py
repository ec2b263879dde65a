"""The unsigned credential: exactly the members of the domain, and nothing that was not decided or agreed to."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from issuer import config as configuration
from issuer.credential import Award, StatusEntry, build, list_url, narrative
from issuer.results import read_record
from tests.kit import credentials
from tests.unit.issuer.result_records import CATALOG, change, good
from verifier.format.terms import to_quads

CONFIG = configuration.build(
    Path("/home/of/issuer"),
    name="Example Certification Body",
    base_url=credentials.HOST,
    email="complaints@credentials.example",
)
AIMA = Award(
    id="urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a10",
    public_id="AIMA-2026-7K3Q9FW8",
    awarded=datetime(2026, 7, 1, 9, 31, 13, tzinfo=UTC),
    valid_until=datetime(2028, 7, 1, 23, 59, 59, tzinfo=UTC),
)
CAIG = Award(
    id="urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a11",
    public_id="CAIG-2026-4T8ZQ2MN",
    awarded=datetime(2026, 7, 10, 3, 38, 41, tzinfo=UTC),
    valid_until=datetime(2028, 7, 10, 13, 59, 59, tzinfo=UTC),
)
STATUS = {
    "aima": (StatusEntry("revocation", 1, 48213),),
    "caig": (StatusEntry("revocation", 1, 48214), StatusEntry("suspension", 1, 90177)),
}


def built(code: str, changes: dict[str, Any] | None = None, config: configuration.Config = CONFIG) -> dict[str, Any]:
    record = read_record(change(good(code), changes or {}))
    blueprint = CATALOG.blueprints[record.blueprint]
    return build(
        config,
        blueprint,
        CATALOG.achievement(blueprint, config.base_url),
        AIMA if code == "aima" else CAIG,
        record,
        valid_from=datetime(2026, 7, 1, 9, 32, tzinfo=UTC),
        status=STATUS[code],
    )


def subject(code: str, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    value: dict[str, Any] = built(code, changes)["credentialSubject"]
    return value


@pytest.mark.parametrize(("code", "shape"), [("aima", credentials.aima()), ("caig", credentials.caig())])
def test_the_members_are_those_that_the_verifiers_tests_take(code: str, shape: dict[str, Any]) -> None:
    credential = built(code)
    assert list(credential) == list(shape)
    for name in ("@context", "type", "issuer", "credentialSchema", "credentialStatus"):
        assert credential[name] == shape[name]
    assert credential["credentialSubject"].keys() == shape["credentialSubject"].keys()
    achievement, wanted = (each["credentialSubject"]["achievement"] for each in (credential, shape))
    assert achievement.keys() == wanted.keys()
    for name in ("id", "type", "achievementType", "humanCode", "version", "inLanguage", "image", "resultDescription"):
        assert achievement[name] == wanted[name]


def test_an_aima_in_full() -> None:
    credential = built("aima")
    achievement = credential["credentialSubject"].pop("achievement")
    assert credential == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a10",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "AI Manager Assessment (AIMA)",
        "issuer": {
            "id": "did:web:credentials.example",
            "type": ["Profile"],
            "name": "Example Certification Body",
            "url": "https://credentials.example",
            "email": "complaints@credentials.example",
        },
        "validFrom": "2026-07-01T09:32:00Z",
        "validUntil": "2028-07-01T23:59:59Z",
        "awardedDate": "2026-07-01T09:31:13Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": "Ada Example", "identityType": "name"}
            ],
            "licenseNumber": "AIMA-2026-7K3Q9FW8",
            "narrative": "Identity: account verified. Supervision: none.",
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": "https://credentials.example/achievements/aima/2026.1#outcome",
                    "status": "Completed",
                }
            ],
        },
        "credentialSchema": [
            {"id": "https://credentials.example/schemas/aima-credential-1.json", "type": "JsonSchema"}
        ],
        "credentialStatus": {
            "id": "https://credentials.example/status/revocation/1#48213",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "48213",
            "statusListCredential": "https://credentials.example/status/revocation/1",
        },
    }
    assert {item["targetCode"] for item in achievement["alignment"]} == set(
        CATALOG.blueprints["aima-2026.1"].slim_alignment
    )
    assert "type" not in achievement["criteria"]


def test_a_demo_says_so_in_the_signed_name() -> None:
    demo = replace(CONFIG, demo=True, name="DEMO Body")
    assert built("aima", config=demo)["name"] == "DEMO AI Manager Assessment (AIMA)"
    assert built("aima", config=demo)["issuer"]["name"].startswith("DEMO")


@pytest.mark.parametrize(
    ("identity", "proctoring", "said"),
    [
        (
            "self-asserted",
            "none",
            "Identity: name as given by the candidate, not checked. Supervision: none.",
        ),
        ("account-verified", "none", "Identity: account verified. Supervision: none."),
        ("document-verified", "recorded", "Identity: document verified. Supervision: recorded."),
        ("in-person", "in-person", "Identity: in person. Supervision: in person."),
    ],
)
def test_the_narrative_claims_no_more_than_was_done(identity: str, proctoring: str, said: str) -> None:
    assert narrative(identity, proctoring) == said


def test_evidence_is_named_by_its_digest() -> None:
    items = built("caig")["evidence"]
    assert [item["genre"] for item in items] == ["model-card", "risk-register"]
    assert items[0] == {
        "id": "ni:///sha-256;7fgwIEVMu2jtqQ2NUvWDuIc0rB5Axoyg6CqjiG7-lOc",  # RFC 6920: base64url, no padding
        "type": ["Evidence"],
        "name": "Model card, triage classifier",
        "genre": "model-card",
        "narrative": items[1]["narrative"],
    }
    assert "does not mean that the issuer scored it" in items[0]["narrative"]
    assert "evidence" not in built("caig", {"evidence": []})
    assert "evidence" not in built("aima")


@pytest.mark.parametrize("code", ["aima", "caig"])
def test_scores_stay_private_without_consent(code: str) -> None:
    (result,) = subject(code)["result"]
    assert result.keys() == {"type", "resultDescription", "status"}
    assert "value" not in json.dumps(subject(code)["achievement"])


@pytest.mark.parametrize(("code", "domains", "raw"), [("aima", 3, "12"), ("caig", 4, "20")])
def test_scores_are_texts_and_each_is_described(code: str, domains: int, raw: str) -> None:
    shown = subject(code, {"consents.discloseScore": True})
    outcome, total, *parts = shown["result"]
    assert outcome["status"] == "Completed"
    assert total["value"] == raw
    assert len(parts) == domains
    assert sum(int(part["value"]) for part in parts) == int(raw)
    described = [item["id"] for item in shown["achievement"]["resultDescription"]]
    assert described == [item["resultDescription"] for item in shown["result"]]
    assert all(isinstance(item.get("value", ""), str) for item in shown["result"])


def test_two_purposes_make_two_entries() -> None:
    entries = built("caig")["credentialStatus"]
    assert [entry["statusPurpose"] for entry in entries] == ["revocation", "suspension"]
    assert [entry["statusListIndex"] for entry in entries] == ["48214", "90177"]
    assert list_url(CONFIG, "suspension", 2) == "https://credentials.example/status/suspension/2"


@pytest.mark.parametrize("code", ["aima", "caig"])
def test_nothing_about_the_person_but_the_name(code: str) -> None:
    record = good(code)
    text = json.dumps(built(code), ensure_ascii=False)
    assert record["candidate"]["displayName"] in text
    for private in (
        record["candidate"]["email"],
        record["candidate"]["candidateId"],
        record["attempt"]["attemptId"],
        record["resultId"],
        record["platform"],
        "project manager",
        "exam-platform",
    ):
        assert private not in text


@pytest.mark.parametrize("code", ["aima", "caig"])
def test_every_term_is_defined_and_the_catalogue_is_left_as_it_was(code: str) -> None:
    before = json.dumps(CATALOG.achievements[f"{code}-2026.1"])
    assert to_quads(built(code, {"consents.discloseScore": True}))
    assert json.dumps(CATALOG.achievements[f"{code}-2026.1"]) == before
    assert built(code) == built(code)


def test_the_proof_of_a_did_is_not_the_platforms_to_give() -> None:
    assert "id" not in subject("aima", {"candidate.subjectId": "did:key:z6Mk"})
