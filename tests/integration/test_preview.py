"""The command `certify preview`: the credential that a record would become, and why nobody can take it for one."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from issuer import publicid
from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, Home, demo

HELD_AT = "2026-07-20T08:32:13Z"
CERTIFY_VERIFY = Path(sys.executable).with_name("certify-verify")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def preview(home: Home, name: str, at: str) -> Any:
    before = home.everything()
    ran = home.certify("preview", str(RESULTS / name), "--json", at=at)
    assert home.everything() == before
    assert ran.exit == (1 if ran.json["outcome"] == "refused" else 0)
    return ran.json


def test_a_preview_is_the_credential_but_for_its_marks(home: Home) -> None:
    shown = preview(home, "aima-pass.json", AIMA_AT)
    assert (shown["outcome"], shown["codes"]) == ("issued", [])
    credential = shown["credential"]
    public_id = home.issue("aima-pass.json")
    issued = json.loads(home.file(public_id).read_bytes())
    assert credential["name"] == f"PREVIEW, NOT A CREDENTIAL: {issued['name']}"
    assert credential["id"] == "urn:uuid:00000000-0000-0000-0000-000000000000"
    assert credential["credentialSubject"]["licenseNumber"] == "AIMA-PREVIEW"
    assert publicid.normalize("AIMA-PREVIEW") is None
    assert int(credential["credentialStatus"]["statusListIndex"]) == 131_072
    issued["credentialSubject"]["licenseNumber"] = "AIMA-PREVIEW"
    marked = {name: credential[name] for name in ("name", "id", "credentialStatus")}
    assert credential == {name: value for name, value in issued.items() if name != "proof"} | marked


def test_nobody_takes_a_preview_for_a_credential(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "preview.json"
    file.write_text(json.dumps(preview(home, "aima-pass.json", AIMA_AT)["credential"]), encoding="utf-8")
    trust = home.path / "public" / "trust.json"
    command = [str(CERTIFY_VERIFY), str(file), "--trust", str(trust), "--at", AIMA_AT, "--json"]
    ran = subprocess.run(command, capture_output=True, check=False)
    report = json.loads(ran.stdout)
    assert (ran.returncode, report["verdict"], report["genuine"]) == (1, "invalid", False)
    assert "credential" not in report


def test_a_held_record_is_shown_as_it_would_be_released(home: Home) -> None:
    home.issue("aima-pass.json")
    shown = preview(home, "held-integrity.json", HELD_AT)
    assert (shown["outcome"], shown["codes"]) == ("held", ["integrity.hold"])
    assert shown["credential"]["name"].startswith("PREVIEW")


def test_a_record_that_earns_nothing_shows_the_judgement_alone(home: Home) -> None:
    for name, at, outcome, code in (
        ("aima-fail.json", CAIG_AT, "refused", "time.future"),
        ("aima-fail.json", "2026-07-09T08:32:13Z", "failed", "outcome.fail"),
        ("caig-pass.json", CAIG_AT, "refused", "prerequisite.missing"),
        ("refused-unknown-field.json", HELD_AT, "refused", "json.strict"),
    ):
        shown = preview(home, name, at)
        assert (shown["outcome"], shown["credential"]) == (outcome, None)
        assert code in shown["codes"]


def test_a_record_that_was_answered_is_no_news(home: Home) -> None:
    home.issue("aima-pass.json")
    shown = preview(home, "aima-pass.json", AIMA_AT)
    assert (shown["outcome"], shown["codes"], shown["credential"]) == ("replayed", ["result.replay"], None)


def test_a_preview_for_people_says_first_that_it_is_none(home: Home) -> None:
    ran = home.certify("preview", str(RESULTS / "aima-pass.json"), at=AIMA_AT)
    first, *rest = ran.out.splitlines()
    assert first == "PREVIEW, nothing was issued or stored. Now this record would be issued."
    assert json.loads("\n".join(rest))["name"].startswith("PREVIEW, NOT A CREDENTIAL")
