"""What to do stands at the end of a sentence: none of the program's own is cut short, however long the home's path."""

import re
from pathlib import Path

import pytest

from tests.kit.home import AIMA_AT, Home, demo
from tests.kit.measured import ROOT
from verifier.format.display import visible, whole

NOW = "2026-07-02T00:00:00Z"
CUT = re.compile(r"visible\((?:\w+\.)*(?:detail|sentence)\b|visible\((?:what|detail|unpublished)\)|detail ?\| ?visible")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    folder = tmp_path / ("a-long-name-of-a-folder-" * 8) / ("and-another-one-" * 8)
    folder.mkdir(parents=True)
    home = demo(folder / "home")
    home.issue(at=AIMA_AT)
    return home


def test_doctor_says_the_whole_of_each_command(home: Home) -> None:
    (home.path / "public/status/revocation/1").write_bytes(b"{}")
    (home.path / "public/trust.json").unlink()
    (home.path / "keys/passphrase").write_text("wrong\n")
    checks = home.certify("doctor", "--json", at=NOW).json["checks"]
    assert max(len(each["detail"]) for each in checks) > 600
    said = home.certify("doctor", at=NOW).out.splitlines()
    assert [line.split(maxsplit=2)[2] for line in said[:-1]] == [each["detail"] for each in checks]


def test_a_refusal_says_the_whole_of_what_to_do(home: Home) -> None:
    config = home.path / "certify.toml"
    config.write_text(config.read_text().replace("https://credentials.example", "https://other.example"))
    told = home.certify("publish", "--json", at=NOW).json["error"]
    assert len(told["detail"]) > 600
    assert home.certify("publish", at=NOW).err == f"certify: {told['detail']} [config.other-issuer]\n"


def test_who_is_asked_to_give_up_a_key_is_told_how_to_say_yes(home: Home) -> None:
    ran = home.certify("keys", "compromise", "key-2026-1", "--decision", "DEC-1", at=NOW)
    assert ran.err.endswith("If that is wanted, run it again with --yes. [act.unconfirmed]\n")


def test_no_page_and_no_command_cuts_a_sentence_of_the_program() -> None:
    """Texts from elsewhere are cut by `visible`; sentences that the program has made are shown by `whole`."""
    sources = [path for kind in ("*.py", "*.html") for path in (ROOT / "issuer").rglob(kind)]
    assert len(sources) > 100
    quoting = ["verdicts.py"]  # what a check found in somebody's file; the sentence of its code is beside it, whole
    assert [path.name for path in sources if CUT.search(path.read_text(encoding="utf-8"))] == quoting
    letters = (ROOT / "issuer/web/templates/console/requests.html").read_text(encoding="utf-8")
    assert "whole(each.text)" in letters


def test_what_is_whole_still_hides_nothing_and_has_an_end() -> None:
    assert whole("a\u202eb") == visible("a\u202eb") == "a⟨U+202E⟩b"
    assert len(whole("x" * 100_000)) < 10_000
