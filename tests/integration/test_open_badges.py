"""What the command issues, held against the Open Badges 3.0 schema, our own, and a second JSON-LD processor."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, Draft202012Validator, FormatChecker

from issuer import secondopinion
from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, Home, demo
from verifier.format import proof, rdfc
from verifier.format.contexts import is_absolute
from verifier.format.errors import FormatError
from verifier.format.terms import to_quads
from verifier.format.timestamp import parse

Json = dict[str, Any]
CASES = ("aima", "aima-scores", "caig", "caig-scores")
BASE = "https://credentials.example"


def formats() -> FormatChecker:
    """jsonschema's own checks of these two do nothing unless other packages are there."""
    checker = FormatChecker(formats=())
    checker.checks("date-time", raises=FormatError)(lambda value: not isinstance(value, str) or bool(parse(value)))
    checker.checks("uri")(lambda value: not isinstance(value, str) or is_absolute(value))
    return checker


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return demo(tmp_path_factory.mktemp("badges") / "home")


@pytest.fixture(scope="module")
def issued(home: Home) -> dict[str, Json]:
    """AIMA and CAIG (with evidence), each without and with the scores that its holder agreed to show."""
    given = {}
    for name, who, scores in (("", "ada", False), ("-scores", "eve", True)):
        for code, at in (("aima", AIMA_AT), ("caig", CAIG_AT)):
            record = json.loads((RESULTS / f"{code}-pass.json").read_bytes())
            record["resultId"] += who
            record["attempt"]["attemptId"] += who
            record["candidate"] |= {"candidateId": f"cand_{who}", "email": f"{who}@candidate.example"}
            record["consents"]["discloseScore"] = scores
            given[code + name] = (at, json.dumps(record).encode())
    ids = {
        name: home.json("issue", "-", at=at, stdin=data)["publicId"]
        for name, (at, data) in sorted(given.items(), key=lambda item: item[1][0])
    }
    return {name: json.loads(home.file(public_id).read_bytes()) for name, public_id in ids.items()}


@pytest.fixture(scope="module")
def badge_schema(vectors: Path) -> Draft201909Validator:
    schema = json.loads((vectors / "open-badges" / "ob_v3p0_achievementcredential_schema.json").read_bytes())
    assert schema["$schema"] == "https://json-schema.org/draft/2019-09/schema#"
    return Draft201909Validator(schema, format_checker=formats())


def one_status_each(credential: Json) -> list[Json]:
    """The published schema takes one status object: a credential with two is judged once for each."""
    status = credential["credentialStatus"]
    return [{**credential, "credentialStatus": entry} for entry in (status if isinstance(status, list) else [status])]


@pytest.mark.parametrize("name", CASES)
def test_passes_the_published_open_badges_schema(
    name: str, issued: dict[str, Json], badge_schema: Draft201909Validator
) -> None:
    variants = one_status_each(issued[name])
    assert len(variants) == (2 if name.startswith("caig") else 1)
    for variant in variants:
        assert [f"{error.json_path}: {error.message}" for error in badge_schema.iter_errors(variant)] == []


def set_in(*path: Any) -> Callable[[Json], None]:
    *parents, last, value = path

    def act(credential: Json) -> None:
        target: Any = credential
        for part in parents:
            target = target[part]
        target[last] = value

    return act


@pytest.mark.parametrize(
    "damage",
    [
        set_in("validFrom", "2026-02-30T00:00:00Z"),
        set_in("validUntil", "2028-07-01"),
        set_in("awardedDate", "yesterday"),
        set_in("credentialSubject", "result", 0, "status", "Passed"),
        set_in("credentialSubject", "achievement", "achievementType", "Prize"),
        set_in("credentialSubject", "identifier", 0, "hashed", "no"),
        set_in("type", ["VerifiableCredential"]),
    ],
)
def test_the_schema_and_its_formats_would_notice(
    damage: Callable[[Json], None], issued: dict[str, Json], badge_schema: Draft201909Validator
) -> None:
    spoiled = copy.deepcopy(issued["aima"])
    damage(spoiled)
    assert list(badge_schema.iter_errors(spoiled))


@pytest.mark.parametrize("name", CASES)
def test_passes_the_schema_that_it_names_as_published(name: str, home: Home, issued: dict[str, Json]) -> None:
    (named,) = issued[name]["credentialSchema"]
    assert named["type"] == "JsonSchema"
    schema = json.loads((home.path / "public" / named["id"].removeprefix(f"{BASE}/")).read_bytes())
    validator = Draft202012Validator(schema, format_checker=formats())
    assert [error.message for error in validator.iter_errors(issued[name])] == []
    for missing in ("credentialStatus", "awardedDate", "issuer"):
        less = {member: value for member, value in issued[name].items() if member != missing}
        assert list(validator.iter_errors(less)), missing
    assert list(validator.iter_errors({**issued[name], "termsOfUse": []}))


@pytest.mark.parametrize("name", CASES)
def test_holds_no_undefined_term_and_a_second_processor_reads_the_same(name: str, issued: dict[str, Json]) -> None:
    unsigned = proof.unsecured(issued[name])
    assert to_quads(unsigned)
    secondopinion.agree(unsigned, rdfc.canonicalize(unsigned))


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
def test_so_do_the_lists(purpose: str, home: Home) -> None:
    published = json.loads((home.path / "public" / "status" / purpose / "1").read_bytes())
    unsigned = proof.unsecured(published)
    assert to_quads(unsigned)
    secondopinion.agree(unsigned, rdfc.canonicalize(unsigned))


@pytest.mark.parametrize("name", CASES)
def test_what_it_names_is_published(name: str, home: Home, issued: dict[str, Json]) -> None:
    """The achievement in full, with its picture and every result description, and each status list."""
    public, achievement = home.path / "public", issued[name]["credentialSubject"]["achievement"]
    full = json.loads((public / achievement["id"].removeprefix(f"{BASE}/")).read_bytes())
    assert {item["id"] for item in achievement["resultDescription"]} <= {
        item["id"] for item in full["resultDescription"]
    }
    assert {**full, "alignment": [], "resultDescription": []} == {
        **achievement,
        "alignment": [],
        "resultDescription": [],
    }
    assert (public / achievement["image"]["id"].removeprefix(f"{BASE}/")).read_bytes().startswith(b"\x89PNG")
    for variant in one_status_each(issued[name]):
        url = variant["credentialStatus"]["statusListCredential"]
        assert json.loads((public / url.removeprefix(f"{BASE}/")).read_bytes())["id"] == url


@pytest.mark.parametrize("name", CASES)
def test_scores_are_there_with_consent_alone(name: str, issued: dict[str, Json]) -> None:
    results = issued[name]["credentialSubject"]["result"]
    values = {item["resultDescription"].rpartition("#")[2]: item.get("value") for item in results}
    assert values.pop("outcome", "absent") is None
    expected = {
        "aima-scores": {"raw-score": "12", "AIMA-D1": "4", "AIMA-D2": "5", "AIMA-D3": "3"},
        "caig-scores": {"raw-score": "20", "CAIG-D1": "6", "CAIG-D2": "5", "CAIG-D3": "4", "CAIG-D4": "5"},
    }
    assert values == expected.get(name, {})
