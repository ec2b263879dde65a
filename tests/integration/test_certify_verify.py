"""The real command, as scripts call it: exit status, the JSON object, and never a traceback."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, absent
from tests.kit.credentials import REVOCATION, aima, caig
from tests.kit.minting import ISSUER, encoded
from verifier.format.proof import JCS, RDFC, unsecured
from verifier.limits import MAX_CREDENTIAL_BYTES

AT = ("--at", "2026-08-01T12:00:00Z")
MEMBERS = {"verdict", "genuine", "inForce", "state", "summary", "checkedAt", "checks", "warnings", "status"}
CHECKS = """
    readable well-formed contexts-known terms-defined proof-shape issuer-resolved method-authorised key-state signature
    validity-period status-list-authentic status-fresh not-revoked not-suspended issuer-accepted
""".split()  # noqa: SIM905 - reads as the contract is written


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Command:
    """The command in a folder of its own."""

    folder: Path

    def write(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)

    def __call__(self, *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
        run = subprocess.run(
            [sys.executable, "-m", "verifier", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )
        out, err = run.stdout.decode("utf-8", "replace"), run.stderr.decode("utf-8", "replace")
        assert "Traceback" not in err, err
        assert "Exception" not in err, err
        return Ran(run.returncode, out, err)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    found = Command(tmp_path)
    found.write("trust.json", encoded(ISSUER.trust_file()))
    found.write("withdrawn.json", encoded(ISSUER.trust_file(statusLists=ISSUER.lists(revoked=frozenset({48213})))))
    found.write("no-lists.json", encoded(ISSUER.trust_file(statusLists={})))
    found.write("aima.json", encoded(ISSUER.secured(aima())))
    found.write("aima-compact.json", encoded(ISSUER.secured(aima(), JCS)))
    found.write("caig.json", encoded(ISSUER.secured(caig())))
    found.write("changed.json", encoded({**ISSUER.secured(aima()), "name": "Another"}))
    return found


@pytest.mark.parametrize("name", ["aima.json", "aima-compact.json", "caig.json"])
def test_valid_is_0(command: Command, name: str) -> None:
    ran = command(name, "--trust", "trust.json", *AT)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("VALID: ")


def test_invalid_is_1(command: Command) -> None:
    for name, trust in [("changed.json", "trust.json"), ("aima.json", "withdrawn.json")]:
        ran = command(name, "--trust", trust, *AT)
        assert (ran.status, ran.err) == (1, "")
        assert ran.out.startswith("INVALID: ")


def test_a_wrong_command_line_is_2(command: Command) -> None:
    for arguments in (["missing.json"], ["aima.json", "--trust", "missing.json"], ["aima.json", "--at", "now"], []):
        ran = command(*arguments)
        assert (ran.status, ran.out) == (2, "")
        assert "certify-verify" in ran.err


def test_indeterminate_is_3(command: Command) -> None:
    for arguments in (["--trust", "no-lists.json"], []):
        ran = command("aima.json", *arguments, *AT)
        assert (ran.status, ran.err) == (3, "")
        assert ran.out.startswith("INDETERMINATE: ")


def test_the_installed_script_is_the_same_command(command: Command) -> None:
    script = Path(sys.executable).with_name("certify-verify")
    if not script.exists():
        absent("The project is not installed in this environment: run make dev.")
    run = subprocess.run(
        [script, "aima.json", "--trust", "trust.json", *AT], cwd=command.folder, capture_output=True, check=False
    )
    assert (run.returncode, run.stdout.decode()) == (0, command("aima.json", "--trust", "trust.json", *AT).out)


@pytest.mark.parametrize("suite", [RDFC, JCS])
def test_the_json_object(command: Command, suite: str) -> None:
    command.write("a.json", encoded(ISSUER.secured(caig(), suite)))
    ran = command("a.json", "--trust", "trust.json", "--json", *AT)
    report = ran.report
    assert ran.status == 0
    assert report.keys() >= MEMBERS
    assert (report["verdict"], report["genuine"], report["inForce"], report["state"]) == ("valid", True, True, "valid")
    assert report["checkedAt"] == "2026-08-01T12:00:00Z"
    assert report["credential"] == unsecured(ISSUER.secured(caig(), suite))
    assert [check["id"] for check in report["checks"]][: len(CHECKS)] == CHECKS
    assert report["status"]["asOf"] == "2026-07-31T10:00:00Z"
    assert report["status"]["ageSeconds"] == 26 * 3600
    assert [each["index"] for each in report["status"]["entries"]] == [48214, 90177]


@pytest.mark.parametrize(
    ("name", "trust", "verdict", "genuine", "in_force", "state", "code"),
    [
        ("changed.json", "trust.json", "invalid", False, None, "unknown", "signature.mismatch"),
        ("aima.json", "withdrawn.json", "invalid", True, False, "withdrawn", "status.revoked"),
        ("aima.json", "no-lists.json", "indeterminate", True, None, "unknown", "status.missing"),
    ],
)
def test_the_json_object_of_others(
    command: Command, name: str, trust: str, verdict: str, genuine: bool, in_force: bool | None, state: str, code: str
) -> None:
    report = command(name, "--trust", trust, "--json", *AT).report
    found = (report["verdict"], report["genuine"], report["inForce"], report["state"])
    assert found == (verdict, genuine, in_force, state)
    assert code in [check["code"] for check in report["checks"]]
    assert ("credential" in report) is genuine
    assert report["summary"]


def test_standard_input(command: Command) -> None:
    data = (command.folder / "aima.json").read_bytes()
    assert command("-", "--trust", "trust.json", *AT, stdin=data).status == 0
    assert command("-", *AT, stdin=b"").status == 1


def test_without_at_the_clock_decides(command: Command) -> None:
    report = command("aima.json", "--trust", "trust.json", "--json").report
    assert report["checkedAt"] > "2026"


def test_a_file_named_with_a_dash_or_in_chinese(command: Command) -> None:
    for name in ("-a.json", "李雷.json", "a b.json"):
        command.write(name, (command.folder / "aima.json").read_bytes())
        assert command("--trust", "trust.json", *AT, "--", name).status == 0


JUNK = {
    "nothing": b"",
    "binary": bytes(range(256)) * 40,
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "PDF": b"%PDF-1.7\n" + b"\xff" * 100,
    "zeros": bytes(10_000),
    "huge": b'{"a":"' + b"x" * (8 * MAX_CREDENTIAL_BYTES) + b'"}',
    "brackets": b"[" * 1_000_000,
    "objects": b'{"a":' * 150_000,
    "digits": b"1" * 100_000,
    "surrogate": b'{"a":"\\ud800"}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "JWT": b"eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e319.AAAA",
    "null": b"null",
    "proof of odd kinds": encoded({**aima(), "proof": [{"type": "DataIntegrityProof", "cryptosuite": ["x"]}]}),
}


@pytest.mark.parametrize("data", JUNK.values(), ids=JUNK)
def test_any_file_gets_an_answer(command: Command, data: bytes) -> None:
    command.write("junk", data)
    ran = command("junk", "--trust", "trust.json", *AT)
    assert ran.status in (1, 3)
    assert ran.out
    assert command("junk", "--json", *AT).report["genuine"] is not True


@pytest.mark.parametrize("data", [JUNK[name] for name in ("nothing", "binary", "huge", "brackets", "null")])
def test_any_trust_file_gets_an_answer(command: Command, data: bytes) -> None:
    command.write("junk", data)
    for option in ("--trust", "--did-doc", "--status-list"):
        ran = command("aima.json", option, "junk", *AT)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("certify-verify: ")


@pytest.mark.parametrize("name", [".", "missing/a.json", "aima.json/x", "/dev/null/x", "n" * 5_000])
def test_what_is_no_file(command: Command, name: str) -> None:
    assert command(name, *AT).status == 2
    if name != ".":
        assert command("aima.json", "--trust", name, *AT).status == 2


def test_a_folder_that_may_not_be_read(command: Command) -> None:
    closed = command.folder / "closed"
    closed.mkdir(mode=0)
    try:
        if os.access(closed, os.R_OK):
            pytest.skip("This user may read everything.")
        assert command("aima.json", "--trust", "closed", *AT).status == 2
        assert command("aima.json", "--trust", "closed/trust.json", *AT).status == 2
    finally:
        closed.chmod(0o700)


@pytest.mark.parametrize(
    "env",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}],
)
def test_names_outlive_any_locale(command: Command, env: dict[str, str]) -> None:
    named: Any = aima()
    named["credentialSubject"]["identifier"][0]["identityHash"] = "李雷 \U0001f600"
    command.write("named.json", encoded(ISSUER.secured(named)))
    plain = command("named.json", "--trust", "trust.json", *AT, env=env)
    assert plain.status == 0
    assert "Holder" in plain.out
    report = command("named.json", "--trust", "trust.json", "--json", *AT, env=env).report
    assert report["credential"] == named
    for name in ("李雷.json", "missing-李雷.json"):
        assert command(name, *AT, env=env).status == 2


def test_the_ends_of_time(command: Command) -> None:
    for at in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        ran = command("aima.json", "--trust", "trust.json", "--max-status-age", "99999d", "--json", "--at", at)
        assert ran.status == 1
        assert ran.report["checkedAt"] == at


@pytest.mark.parametrize("redirection", ["| true", ">&-", "2>&-", "<&-"])
def test_a_reader_that_goes_away_is_no_error(command: Command, redirection: str) -> None:
    line = f'{{ "$0" -m verifier - --trust trust.json {" ".join(AT)}; echo "status $?" >&3; }} {redirection}'
    run = subprocess.run(
        ["/bin/sh", "-c", f"exec 3>status; {line}", sys.executable],
        cwd=command.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=(command.folder / "aima.json").read_bytes(),
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in run.stderr
    assert b"Exception" not in run.stderr
    expected = {"<&-": "status 2\n"}.get(redirection, "status 0\n")
    assert (command.folder / "status").read_text(encoding="utf-8") == expected


def test_a_list_of_another_purpose(command: Command) -> None:
    command.write("list.json", encoded(ISSUER.secured(ISSUER.status_list("suspension", REVOCATION))))
    ran = command("aima.json", "--trust", "no-lists.json", "--status-list", "list.json", "--json", *AT)
    assert ran.status == 1
    assert "status.purpose" in [check["code"] for check in ran.report["checks"]]
