"""The folder verifier/ alone: copied away, with only `cryptography` beside it, and no network."""

import json
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.conftest import ROOT, absent
from tests.kit.credentials import aima, caig
from tests.kit.minting import ISSUER, encoded
from verifier.format.proof import JCS, RDFC

DISTRIBUTIONS = ("cryptography", "cffi", "pycparser")
FORBIDDEN = {"flask", "requests", "sqlalchemy", "alembic", "pyld", "issuer", "keys", "tests"}
AT = "2026-08-01T12:00:00Z"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a copy of verifier/, and links to what it may import."""
    folder = tmp_path_factory.mktemp("alone")
    shutil.copytree(ROOT / "verifier", folder / "verifier", ignore=shutil.ignore_patterns("__pycache__"))
    for name in DISTRIBUTIONS:
        for file in distribution(name).files or []:
            top = Path(file.parts[0])
            if top.name not in ("..", "__pycache__") and not (folder / top).exists():
                (folder / top).symlink_to(Path(str(distribution(name).locate_file(top))))
    for suite in (RDFC, JCS):
        for kind, document in {"aima": aima(), "caig": caig()}.items():
            (folder / f"{kind}-{suite}.json").write_bytes(encoded(ISSUER.secured(document, suite)))
    (folder / "trust.json").write_bytes(encoded(ISSUER.trust_file()))
    return folder


def python(
    folder: Path, program: str, *arguments: str, tracer: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Isolated: no environment, no site-packages, nothing on the path but this folder."""
    start = f"import sys; sys.path.insert(0, {str(folder)!r}); "
    return subprocess.run(
        [*tracer, sys.executable, "-I", "-S", "-W", "error", "-c", start + program, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


COMMAND = "from verifier.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.mark.parametrize("suite", [RDFC, JCS])
@pytest.mark.parametrize("kind", ["aima", "caig"])
def test_it_verifies_both_renderings(alone: Path, kind: str, suite: str) -> None:
    run = python(alone, COMMAND, f"{kind}-{suite}.json", "--trust", "trust.json", "--at", AT)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("VALID: ")


def test_it_runs_as_a_module(alone: Path) -> None:
    program = "import runpy; runpy.run_module('verifier', run_name='__main__')"
    run = python(alone, program, f"aima-{JCS}.json", "--trust", "trust.json", "--at", AT)
    assert (run.returncode, run.stderr) == (0, "")


def test_it_answers_about_a_changed_file(alone: Path) -> None:
    (alone / "changed.json").write_bytes(encoded({**ISSUER.secured(aima(), JCS), "name": "Another"}))
    run = python(alone, COMMAND, "changed.json", "--trust", "trust.json", "--at", AT)
    assert (run.returncode, run.stderr) == (1, "")


def test_it_loads_nothing_else(alone: Path) -> None:
    program = (
        "import json, os, verifier; "
        f"data = open('caig-{RDFC}.json', 'rb').read(); "
        "trust = verifier.Trust.read(open('trust.json', 'rb').read()); "
        "from verifier.format.timestamp import parse; "
        f"assert verifier.verify(data, trust=trust, at=parse({AT!r})); "
        "print(json.dumps({name: getattr(module, '__file__', None) for name, module in sys.modules.items()}))"
    )
    run = python(alone, program)
    assert run.returncode == 0, run.stderr
    loaded: dict[str, str | None] = json.loads(run.stdout)
    tops = {name.partition(".")[0] for name in loaded}
    assert not tops & FORBIDDEN
    foreign = {name.partition(".")[0] for name, file in loaded.items() if file and str(alone) in file}
    assert foreign <= {"verifier", "cryptography", "cffi", "_cffi_backend", "pycparser"}


def test_importing_it_from_the_project_loads_nothing_heavy() -> None:
    program = "import json, sys, verifier, verifier.cli; print(json.dumps([*sys.modules]))"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    assert not {name.partition(".")[0] for name in json.loads(run.stdout)} & FORBIDDEN


@pytest.mark.parametrize("suite", [RDFC, JCS])
def test_it_opens_no_connection(alone: Path, strace: str, suite: str) -> None:
    log = alone / "strace.log"
    tracer = (strace, "-f", "-e", "trace=connect,sendto,sendmsg,bind", "-o", str(log))
    arguments = (f"caig-{suite}.json", "--trust", "trust.json", "--at", AT)
    run = python(alone, COMMAND, *arguments, tracer=tracer)
    if run.returncode and "ptrace" in run.stderr:
        absent("This machine lets no program be traced.")
    assert run.returncode == 0, run.stderr
    calls = [line for line in log.read_text(encoding="utf-8").splitlines() if "(" in line]
    assert calls == []


def test_the_watch_would_notice(alone: Path, strace: str) -> None:
    log = alone / "noticed.log"
    program = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    run = python(alone, program, tracer=(strace, "-f", "-e", "trace=connect", "-o", str(log)))
    if run.returncode and "ptrace" in run.stderr:
        absent("This machine lets no program be traced.")
    assert "connect(" in log.read_text(encoding="utf-8")
