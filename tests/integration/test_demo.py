"""`make demo` tells the whole story, with the exit status that each step promises."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from verifier import Trust, verify

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo, run in a folder of its own, over what an earlier run has left there."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "demo" / "issuer").mkdir(parents=True)
    (folder / "demo" / "made-by-make-demo").touch()
    (folder / "demo" / "issuer" / "leftover").touch()
    done = subprocess.run(
        [str(BIN / "python"), "examples/demo.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def test_each_step_ends_as_promised(story: tuple[Path, str]) -> None:
    _, text = story
    verified = [part for part in text.split("\n$ ") if part.startswith("certify-verify")]
    endings = [part.rpartition("(exit ")[2][0] for part in verified]
    assert endings == ["0", "0", "1", "3", "1"]
    words = [part.splitlines()[1].split()[0] for part in verified]
    assert words == ["VALID:", "VALID:", "INVALID:", "INDETERMINATE:", "INVALID:"]
    assert "No longer in force" in verified[-1]
    assert "Due for review: CAIG-2026-" in text
    assert "Review due:   2026-07-14T09:00:00Z" in text


def test_it_leaves_the_files_and_says_where(story: tuple[Path, str]) -> None:
    folder, text = story
    named = [line.strip() for line in text.split("== Done.")[1].splitlines() if line.strip().startswith("demo/")]
    assert len(named) == 4
    assert all((folder / name).exists() for name in named)
    assert not (folder / "demo" / "issuer" / "leftover").exists()


def test_a_candidate_without_hands_reaches_a_valid_credential(story: tuple[Path, str]) -> None:
    folder, text = story
    assert "A candidate sat the exam, passed, and was sent to:\n  http://127.0.0.1:" in text
    home = folder / "demo" / "service" / "issuer"
    trust = Trust.read((home / "public" / "trust.json").read_bytes())
    issued = sorted((home / "issued").glob("AIMA-*.json"))
    assert len(issued) == 2
    for path in issued:
        assert verify(path.read_bytes(), trust=trust, at=datetime.now(UTC))
    log = (folder / "demo" / "service" / "service.log").read_text(encoding="utf-8")
    assert '"route": "/api/results"' in log
    assert "Ada" not in log


def test_it_never_deletes_a_folder_that_it_did_not_make(story: tuple[Path, str]) -> None:
    folder, _ = story
    other = folder.parent / f"{folder.name}-other"
    shutil.copytree(folder / "examples", other / "examples")
    (other / "demo").mkdir()
    (other / "demo" / "mine.txt").write_text("keep", encoding="utf-8")
    done = subprocess.run(
        [str(BIN / "python"), "examples/demo.py"], cwd=other, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Move it away" in done.stderr
    assert (other / "demo" / "mine.txt").read_text(encoding="utf-8") == "keep"
