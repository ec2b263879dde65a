"""The table to begin a batch with: it goes through the look as it is and as Excel saves it, and is issued by no one."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from issuer.service.access import Role
from tests.kit.home import Home, demo, real
from tests.kit.staff import employ, logged_in
from tests.kit.web import service

AT = "2026-07-24T00:00:00Z"
KINDS = ("AIMA", "CAIG")
PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def template(home: Home, kind: str, *options: str, at: str | None = AT) -> Path:
    path = home.path.parent / f"{kind}.csv"
    said = home.json("batch", "--template", kind, str(path), *options, at=at)
    assert said == {"template": str(path), "credential": kind.upper()}
    return path


@pytest.mark.parametrize("separator", ["comma", "semicolon", "tab"])
@pytest.mark.parametrize("kind", [*KINDS, "aima"])
def test_a_template_goes_through_the_look(home: Home, kind: str, separator: str) -> None:
    path = template(home, kind, "--separator", separator)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "by which Excel knows UTF-8"
    assert path.stat().st_mode & 0o777 == 0o600
    said = home.json("batch", str(path), "--dry-run", at=AT)
    assert (said["rows"], said["preflight"]["issued"], said["preflight"]["tidied"]) == (1, 1, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_comes_back_from_a_spreadsheet(home: Home, kind: str) -> None:
    """As a German Excel saves it; what looks like a day is a text for it, because of the apostrophe."""
    path = template(home, kind, "--separator", "semicolon")
    rows = [*csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";")]
    days = [cell for cell in rows[1] if cell.startswith("'")]
    assert len(days) == {"AIMA": 1, "CAIG": 4}[kind]
    words = {"true": "WAHR", "false": "FALSCH"}
    saved = [[words.get(cell, cell) for cell in row] + ["", ""] for row in [*rows, [""] * len(rows[0])]]
    path.write_bytes("".join(";".join(row) + "\r\n" for row in saved).encode("utf-16"))
    assert home.json("batch", str(path), "--dry-run", at=AT)["preflight"]["issued"] == 1


def test_a_demo_answers_the_example(home: Home) -> None:
    assert home.json("batch", str(template(home, "AIMA")), at=AT)["answers"]["issued"] == 1


def test_nobody_else_does(tmp_path: Path) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    secret.chmod(0o600)
    home = real(tmp_path / "home", secret)
    path = template(home, "AIMA", at=None)
    for options in (("--dry-run",), ()):
        ran = home.certify("batch", str(path), *options, "--json")
        assert ran.exit == 1
        (problem,) = ran.json["preflight"]["problems"]
        assert problem["findings"][0]["code"] == "batch.row-example"
        assert problem["resultId"].startswith("EXAMPLE-AIMA-")
    assert home.rows("SELECT * FROM award") == []


def test_what_cannot_be_written_is_refused(home: Home, tmp_path: Path) -> None:
    assert home.fails("batch", "--template", "AIMX", str(tmp_path / "x.csv"), at=AT) == "batch.template"
    path = template(home, "AIMA")
    before = path.read_bytes()
    assert home.fails("batch", "--template", "AIMA", str(path), at=AT) == "batch.exists"
    assert path.read_bytes() == before
    assert home.certify("batch", at=AT).exit == 2


def test_the_console_has_it_for_whom_may_send_rows(home: Home) -> None:
    employ(home, AT)
    with service(home, AT) as served:
        browser = logged_in(served, Role.ISSUER)
        page = browser.get("/console/batches").text
        for kind in KINDS:
            for separator in ("comma", "semicolon"):
                where = f"/console/batches/template-{kind}-{separator}.csv"
                assert f'href="{where}"' in page
                answer = browser.get(where)
                assert answer.mimetype == "text/csv"
                named = "semicolon" if separator == "semicolon" else "comma"
                assert answer.data == template(home, kind, "--separator", named).read_bytes()
                (home.path.parent / f"{kind}.csv").unlink()
        assert browser.get("/console/batches/template-AIMX-comma.csv").status_code == 422
        assert browser.get("/console/batches/template-AIMA-dots.csv").status_code == 404
        assert logged_in(served, Role.AUDITOR).get("/console/batches/template-AIMA-comma.csv").status_code == 403


def test_the_example_is_of_the_day_before(home: Home) -> None:
    text = template(home, "AIMA").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert datetime.fromisoformat(row["attempt.startedAt"]) == datetime(2026, 7, 23, tzinfo=UTC)
    assert json.loads(json.dumps(row))["candidate.displayName"] == "Zoë Example"
