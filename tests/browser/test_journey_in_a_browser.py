"""What `make serve` starts, driven in a real browser: from the exam to a credential, and to its withdrawal."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser import chromium
from tests.conftest import ROOT
from tests.kit.home import SUFFIXES
from tests.kit.serving import free_port

pytestmark = [pytest.mark.node, pytest.mark.slow]

QUESTIONS = ROOT / "examples" / "exam_platform" / "questions.json"
NEWCOMERS_SECONDS = 120


@contextmanager
def everything(folder: Path) -> Iterator[dict[str, str]]:
    """Service and exam as `make serve` leaves them running, and what it prints."""
    ports = free_port(), free_port()
    where = ("--folder", str(folder), "--port", str(ports[0]), "--exam-port", str(ports[1]))
    command = [sys.executable, str(ROOT / "examples" / "serve.py"), *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            said = "".join(iter(process.stdout.readline, "  Ctrl-C stops it.\n"))
            (access,) = re.findall(r"\((\S+) / (\S+)\)", said)
            yield {
                "service": f"http://127.0.0.1:{ports[0]}",
                "exam": f"http://127.0.0.1:{ports[1]}",
                "staff": access[0],
                "password": access[1],
            }
        finally:
            process.send_signal(signal.SIGINT)
            try:
                assert process.wait(60) == 0
            finally:
                process.kill()  # or the end of the block would wait for ever


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    program = chromium.program()
    questions = json.loads(QUESTIONS.read_bytes())["questions"]
    with everything(tmp_path_factory.mktemp("journey")) as running:
        yield chromium.driven("journey.mjs", {**running, "chromium": program, "questions": questions})


def test_a_newcomer_holds_a_credential(seen: dict[str, Any]) -> None:
    assert (seen["heading"], seen["state"]) == ("Ada Example", "In force")
    assert seen["secondsToCredential"] < NEWCOMERS_SECONDS
    assert seen["foreign"] == []


def test_the_files_are_the_credential(seen: dict[str, Any]) -> None:
    name = f"{seen['publicId']}.r1.json"
    assert set(seen["downloads"]) == {f"{seen['publicId']}.r1{suffix}" for suffix in SUFFIXES}
    assert json.loads(seen["downloads"][name])["id"].startswith("urn:uuid:")


@pytest.mark.parametrize("way", ["id", "paste", "file"])
def test_anybody_verifies_it_until_it_is_withdrawn(seen: dict[str, Any], way: str) -> None:
    before, after = (seen["verdicts"][when][way] for when in ("before", "after"))
    assert before.startswith("Valid")
    assert not after.startswith("Valid")
    assert "No longer in force" in after
    assert "Withdrawn, and published" in seen["done"]
    assert seen["stateAfter"].startswith("Withdrawn")
