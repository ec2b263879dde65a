"""The catalogue: the data that ships is whole and agrees with the specification; bad data is named."""

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, Draft202012Validator

from issuer.catalog import SCHEMAS, Catalog, CatalogError, load_catalog, read_schema

ROOT = Path(__file__).parents[3]
VECTORS = Path(os.environ.get("CERTIFY_VECTORS", ROOT.parent / "shared" / "vectors"))
SAMPLES = VECTORS.parent / "samples"
CODES = ("aima", "caig")
DEMO = "aima-demo-2026.1"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def test_aima_is_as_specified(catalog: Catalog) -> None:
    aima = catalog.blueprints["aima-2026.1"]
    assert (aima.credential, aima.max_score, aima.pass_raw, aima.validity_years) == ("AIMA", 15, 11, 2)
    assert [(domain.code, domain.questions) for domain in aima.domains] == [
        ("AIMA-D1", 5),
        ("AIMA-D2", 5),
        ("AIMA-D3", 5),
    ]
    assert (aima.time_limit, aima.attempt_policy.max_starts) == (timedelta(minutes=45), 3)
    assert aima.attempt_policy.within == timedelta(hours=24)
    assert (aima.prerequisite, aima.evidence_types, aima.status_purposes) == (None, (), ("revocation",))
    assert aima.minimum_identity == "self-asserted"


def test_caig_is_as_specified(catalog: Catalog) -> None:
    caig = catalog.blueprints["caig-2026.1"]
    assert (caig.credential, caig.max_score, caig.pass_raw, caig.validity_years) == ("CAIG", 25, 18, 2)
    assert [domain.questions for domain in caig.domains] == [7, 6, 6, 6]
    assert (caig.attempt_policy.max_starts, caig.attempt_policy.retake_after) == (None, timedelta(hours=72))
    assert caig.prerequisite is not None
    assert caig.prerequisite.credential == "AIMA"
    assert caig.evidence_types == ("model-card", "risk-register", "bias-checklist")
    assert (caig.minimum_identity, caig.status_purposes) == ("account-verified", ("revocation", "suspension"))


def test_the_demonstration_is_aima_in_numbers_and_says_that_it_is_none(catalog: Catalog) -> None:
    demo, aima = catalog.blueprints[DEMO], catalog.blueprints["aima-2026.1"]
    assert replace(demo, id=aima.id, version=aima.version, demonstration=False) == aima
    achievement = catalog.achievement(demo, "https://credentials.example")
    assert achievement["id"] == "https://credentials.example/achievements/aima/demo-2026.1"
    assert achievement["image"]["id"] == f"{achievement['id']}.png"
    assert all(item["id"].startswith(f"{achievement['id']}#") for item in achievement["resultDescription"])
    for text in (achievement["name"], achievement["criteria"]["narrative"]):
        assert "demonstration, not the institute's exam" in text.lower()
    assert catalog.images[DEMO] != catalog.images[aima.id]


def test_what_is_no_demo_offers_no_demonstration(catalog: Catalog) -> None:
    real = catalog.without_demonstrations()
    assert set(catalog.blueprints) - set(real.blueprints) == {DEMO}
    assert real.credentials == catalog.credentials


def test_every_domain_says_what_to_study(catalog: Catalog) -> None:
    for blueprint in catalog.blueprints.values():
        assert all(domain.study and domain.title and domain.alignment for domain in blueprint.domains)


def test_a_blueprint_opens_and_never_closes_by_itself(catalog: Catalog) -> None:
    aima = catalog.blueprints["aima-2026.1"]
    assert aima.is_open(datetime(2026, 1, 1, tzinfo=UTC))
    assert not aima.is_open(datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC))


@pytest.mark.parametrize("code", CODES)
def test_the_achievement_carries_the_base_url_and_every_result(catalog: Catalog, code: str) -> None:
    blueprint = catalog.blueprints[f"{code}-2026.1"]
    achievement = catalog.achievement(blueprint, "https://credentials.example")
    assert achievement["id"] == f"https://credentials.example/achievements/{code}/2026.1"
    assert "{base}" not in json.dumps(achievement)
    fragments = [item["id"].partition("#")[2] for item in achievement["resultDescription"]]
    assert fragments == ["outcome", "raw-score", *(domain.code for domain in blueprint.domains)]
    targets = [item["targetCode"] for item in achievement["alignment"]]
    assert len(targets) == len(set(targets))
    assert all(re.search(r" v\d", item["targetFramework"]) for item in achievement["alignment"])


def test_each_answer_is_a_fresh_copy(catalog: Catalog) -> None:
    blueprint = catalog.blueprints["aima-2026.1"]
    catalog.achievement(blueprint, "https://a.example")["name"] = "changed"
    assert catalog.achievement(blueprint, "https://a.example")["name"] == "AI Manager Assessment (AIMA)"


def test_drawings_of_badges_need_no_font_and_nothing_from_elsewhere(catalog: Catalog) -> None:
    assert catalog.drawings.keys() == catalog.images.keys()
    for drawing in catalog.drawings.values():
        assert b"<text" not in drawing
        assert b"href" not in drawing


def test_badge_images_are_small_pngs(catalog: Catalog) -> None:
    for image in catalog.images.values():
        assert image.startswith(b"\x89PNG\r\n\x1a\n")
        assert image[16:24] == (512).to_bytes(4, "big") * 2
        assert len(image) < 40_000


def test_every_schema_is_a_schema(catalog: Catalog) -> None:
    for schema in catalog.schemas.values():
        Draft202012Validator.check_schema(schema)


def sample(name: str) -> dict[str, Any]:
    path = SAMPLES / f"credential_{name}.json"
    if not path.exists():
        pytest.skip(f"{path} is absent: set CERTIFY_VECTORS")
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


@pytest.mark.parametrize("code", CODES)
def test_the_credential_schema_takes_the_sample_and_not_much_else(code: str) -> None:
    validator = Draft202012Validator(read_schema(f"{code}-credential-1"))
    credential = sample(code)
    assert validator.is_valid(credential)
    for proof in ([{"type": "DataIntegrityProof"}], {"type": "DataIntegrityProof"}):
        assert validator.is_valid({**credential, "proof": proof})
    for name in credential:
        assert (
            not validator.is_valid({key: value for key, value in credential.items() if key != name})
            or name == "evidence"
        )
    assert not validator.is_valid({**credential, "termsOfUse": []})
    assert not validator.is_valid({**credential, "credentialStatus": []})


@pytest.mark.parametrize("code", CODES)
def test_the_schemas_take_the_full_achievement_with_disclosed_scores(catalog: Catalog, code: str) -> None:
    credential = sample(code)
    achievement = catalog.achievement(catalog.blueprints[f"{code}-2026.1"], "https://credentials.example")
    credential["credentialSubject"]["achievement"] = achievement
    credential["credentialSubject"]["result"] = [
        {"type": ["Result"], "resultDescription": item["id"], "value": "5"}
        for item in achievement["resultDescription"][1:]
    ]
    assert Draft202012Validator(read_schema(f"{code}-credential-1")).is_valid(credential)
    published = VECTORS / "open-badges" / "ob_v3p0_achievementcredential_schema.json"
    credential["credentialStatus"] = {"id": "https://a.example/#1", "type": "BitstringStatusListEntry"}
    assert Draft201909Validator(json.loads(published.read_text(encoding="utf-8"))).is_valid(credential)


def edit(folder: Path, name: str, changes: dict[str, Any]) -> None:
    path = folder / name
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


def drop_aima(folder: Path) -> None:
    for path in folder.glob("blueprints/aima-*.json"):
        path.unlink()


AIMA_FILE = "blueprints/aima-2026.1.json"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: edit(folder, AIMA_FILE, {"maxScore": 16}), "maxScore"),
        (lambda folder: edit(folder, AIMA_FILE, {"passRaw": 16}), "passRaw"),
        (lambda folder: edit(folder, AIMA_FILE, {"passRaw": "11"}), "passRaw"),
        (lambda folder: edit(folder, AIMA_FILE, {"surprise": 1}), "surprise"),
        (lambda folder: edit(folder, AIMA_FILE, {"version": "2026.2"}), "disagree"),
        (lambda folder: edit(folder, AIMA_FILE, {"opens": "2026-13-01T00:00:00Z"}), "aima-2026.1"),
        (lambda folder: edit(folder, AIMA_FILE, {"slimAlignment": ["PSF-7"]}), "slimAlignment"),
        (lambda folder: edit(folder, AIMA_FILE, {"credentialSchema": "none-1"}), "none-1"),
        (lambda folder: edit(folder, "achievements/aima-2026.1.json", {"alignment": []}), "alignment"),
        (lambda folder: (folder / "achievements/aima-2026.1.png").unlink(), "image"),
        (lambda folder: (folder / AIMA_FILE).write_text("{"), "aima-2026.1.json"),
        (drop_aima, "prerequisite"),
        (lambda folder: edit(folder, AIMA_FILE, {"demonstration": True}), "demonstration"),
        (lambda folder: (folder / "blueprint-1.json").unlink(), "blueprint-1.json"),
    ],
)
def test_bad_data_is_named(tmp_path: Path, spoil: Callable[[Path], object], says: str) -> None:
    folder = tmp_path / "schemas"
    shutil.copytree(SCHEMAS, folder)
    spoil(folder)
    with pytest.raises(CatalogError, match=re.escape(says)):
        load_catalog(folder)


def test_a_schema_that_is_not_there_is_named() -> None:
    with pytest.raises(CatalogError, match="nothing-1"):
        read_schema("nothing-1")
