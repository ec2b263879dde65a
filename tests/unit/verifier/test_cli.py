"""The command's own parts: options, and what is printed. tests/integration runs the real program."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kit.credentials import REVOCATION, aima
from tests.kit.minting import ISSUER, Issuer, Key, encoded
from verifier import cli
from verifier.format.types import JsonObject

AT = ["--at", "2026-08-01T12:00:00Z"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A credential, and a trust folder that is all it needs."""
    (tmp_path / "a.json").write_bytes(encoded(ISSUER.secured(aima())))
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "trust.json").write_bytes(encoded(ISSUER.trust_file(statusLists={}, didDocuments={})))
    (tmp_path / "trust" / "did.json").write_bytes(encoded(ISSUER.did_document()))
    (tmp_path / "trust" / "list.json").write_bytes(encoded(ISSUER.lists()[REVOCATION]))
    (tmp_path / "trust" / "notes.txt").write_text("not read", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(folder)

    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            status = cli.main(arguments)
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else -1
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def test_a_folder_is_read_by_content(run: Run) -> None:
    status, out, _ = run("a.json", "--trust", "trust", *AT)
    assert status == 0
    assert out.startswith("VALID: ")
    assert "Ada Example" in out
    assert "revocation: not set, list of 2026-07-31T10:00:00Z" in out


@pytest.mark.parametrize(("old", "new"), [("a.json", "b.json"), ("b.json", "a.json"), ("trust.json", "trust-0.json")])
def test_an_old_trust_file_beside_a_new_one_brings_nothing_back(folder: Path, run: Run, old: str, new: str) -> None:
    """The new one has another key; a recruiter saves one file beside the other, under whatever name."""
    (folder / "both").mkdir()
    other = Issuer(key=Key("second"), fragment="key-2026-2")
    (folder / "both" / old).write_bytes(encoded(ISSUER.trust_file(asOf="2026-06-01T00:00:00Z")))
    (folder / "both" / new).write_bytes(encoded(other.trust_file(asOf="2026-07-31T00:00:00Z")))
    status, out, _ = run("a.json", "--trust", "both", *AT)
    assert (status, "[method.unknown]" in out) == (1, True)
    assert run("a.json", "--trust", f"both/{old}", "--trust", f"both/{new}", *AT)[1] == out
    assert run("a.json", "--trust", f"both/{new}", "--trust", f"both/{old}", *AT)[1] == out


def test_a_did_document_given_by_hand_counts_and_brings_no_compromised_key_back(folder: Path, run: Run) -> None:
    marked: JsonObject = {"id": ISSUER.method, "compromised": "2026-07-01T00:00:00Z"}
    gone: JsonObject = {"id": ISSUER.did, "verificationMethod": [], "assertionMethod": []}
    (folder / "gone.json").write_bytes(encoded(gone))
    (folder / "new.json").write_bytes(encoded(ISSUER.trust_file(didDocuments={ISSUER.did: gone})))
    (folder / "marked.json").write_bytes(encoded(ISSUER.trust_file(issuers=[{"id": ISSUER.did, "keys": [marked]}])))
    by_hand = ("--did-doc", "trust/did.json", *AT)
    assert run("a.json", "--trust", "new.json", *AT)[0] == 1
    assert run("a.json", "--trust", "new.json", "--trust", "trust/did.json", *AT)[0] == 1, "it has no date"
    assert run("a.json", "--trust", "new.json", *by_hand)[0] == 0
    assert run("a.json", "--trust", "marked.json", *by_hand)[0] == 1
    status, _, error = run("a.json", "--did-doc", "gone.json", *by_hand)
    assert (status, "another document of the same DID" in error) == (2, True)


def test_files_add_up(run: Run) -> None:
    parts = ["--trust", "trust/trust.json", "--did-doc", "trust/did.json", "--status-list", "trust/list.json"]
    assert run("a.json", *parts, *AT)[0] == 0
    assert run("a.json", *parts[:4], *AT)[0] == 3
    assert run("a.json", *parts[2:], *AT)[0] == 3, "a DID document resolves, it never accepts"
    assert run("a.json", *parts[2:], "--accept-issuer", ISSUER.did, *AT)[0] == 0


def test_the_age_of_lists(run: Run) -> None:
    for age, expected in [("26h", 0), ("1560m", 0), ("2d", 0), ("25h", 3), ("1559m", 3), ("1d", 3)]:
        assert run("a.json", "--trust", "trust", "--max-status-age", age, *AT)[0] == expected


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a.json", "b.json"],
        ["a.json", "--nonsense"],
        ["missing.json"],
        ["trust"],
        ["a.json", "--trust", "missing"],
        ["a.json", "--trust", "a.json"],
        ["a.json", "--trust", "empty"],
        ["a.json", "--status-list", "trust/did.json"],
        ["a.json", "--did-doc", "trust/list.json"],
        ["a.json", "--at", "yesterday"],
        ["a.json", "--at", "2026-08-01"],
        ["a.json", "--at", "2026-08-01T12:00:00"],
        ["a.json", "--max-status-age", "0h"],
        ["a.json", "--max-status-age", "-1h"],
        ["a.json", "--max-status-age", "１h"],
        ["a.json", "--max-status-age", "24"],
        ["a.json", "--max-status-age", "1w"],
        ["a\0b"],
        ["a.json", "--trust", "a\0b"],
        ["a.json", "--trust", "x" * 5000],
        ["x" * 5000],
    ],
)
def test_a_wrong_command_line_is_2(run: Run, folder: Path, arguments: list[str]) -> None:
    (folder / "empty").mkdir()
    status, out, err = run(*arguments)
    assert status == 2
    assert not out
    assert err


def test_the_message_names_the_file(run: Run, folder: Path) -> None:
    (folder / "trust" / "broken.json").write_text("{", encoding="utf-8")
    status, _, err = run("a.json", "--trust", "trust", *AT)
    assert status == 2
    assert "broken.json" in err


def test_help_says_what_the_exit_status_means(run: Run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    assert "Exit status" in out


def test_verbose_prints_every_check(run: Run) -> None:
    _, out, _ = run("a.json", "--trust", "trust", "--verbose", *AT)
    assert "ok       signature" in out
    assert "-        not-suspended" in out


def test_a_problem_is_explained(run: Run) -> None:
    status, out, _ = run("a.json", "--trust", "trust/trust.json", "--did-doc", "trust/did.json", *AT)
    assert status == 3
    assert out.startswith("INDETERMINATE: ")
    assert "[status.missing]" in out
    assert REVOCATION in out
    assert "In force:      could not tell" in out


def test_nothing_of_an_unverified_file_is_printed_as_a_claim(run: Run, folder: Path) -> None:
    changed: JsonObject = {**ISSUER.secured(aima()), "name": "Doctor of Everything"}
    (folder / "b.json").write_bytes(encoded(changed))
    status, out, _ = run("b.json", "--trust", "trust", *AT)
    assert status == 1
    assert "Doctor" not in out
    assert "Ada" not in out
    status, out, _ = run("b.json", "--trust", "trust", "--json", *AT)
    assert "credential" not in json.loads(out)
    assert "Doctor" not in out


def test_json_is_ascii(run: Run, folder: Path) -> None:
    (folder / "c.json").write_bytes(encoded(ISSUER.secured({**aima(), "name": "李雷 \U0001f600 \u202e"})))
    status, out, _ = run("c.json", "--trust", "trust", "--json", *AT)
    assert status == 0
    assert out.isascii()
    assert json.loads(out)["credential"]["name"] == "李雷 \U0001f600 \u202e"
