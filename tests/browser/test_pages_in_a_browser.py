"""The pages in a real browser: no accessibility fault in light or dark, nothing foreign loaded, usable by keyboard."""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.scenes import scenes
from tests.conftest import ROOT, absent
from tests.kit.home import AIMA_AT, CAIG_AT, LATER, Home, demo
from tests.kit.web import Service, service

pytestmark = [pytest.mark.node, pytest.mark.slow]

FOLDER = ROOT / "tests" / "browser"
CHROMIUM = "/usr/bin/chromium"
PATIENCE_SECONDS = 600


class Quiet(WSGIRequestHandler):
    """Its own log would hold whole addresses, and with them the secret of a link."""

    def log(self, *arguments: object) -> None: ...


@pytest.fixture(scope="module")
def chromium() -> str:
    program = os.environ.get("CERTIFY_CHROMIUM") or CHROMIUM
    if not Path(program).exists():
        absent(f"No browser at {program}: install chromium, or set CERTIFY_CHROMIUM.")
    if shutil.which("node") is None:
        absent("No Node.js: install version 20 or later, then run make dev.")
    if not (FOLDER / "node_modules").is_dir():
        absent("The packages of tests/browser are not installed: run make dev.")
    return program


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = demo(tmp_path_factory.mktemp("browser") / "home")
    made.issue(at=AIMA_AT)
    made.issue("caig-pass.json", at=CAIG_AT)
    return made


@pytest.fixture(scope="module")
def found(home: Home, chromium: str) -> Iterator[dict[str, Any]]:
    """What the browser says, asked once for all tests. CERTIFY_SHOTS names a folder for pictures."""
    with service(home, LATER) as running:
        server = make_server("127.0.0.1", 0, running.client.application, threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield _asked(running, f"http://127.0.0.1:{server.server_port}", chromium)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _asked(running: Service, base: str, chromium: str) -> dict[str, Any]:
    shots = os.environ.get("CERTIFY_SHOTS", "")
    credential = next((running.home.path / "issued").glob("AIMA-*.r1.json")).read_text(encoding="utf-8")
    wanted = {
        "base": base,
        "chromium": chromium,
        "pages": scenes(running),
        "themes": ["light", "dark"],
        "credential": credential,
        "shots": shots,
    }
    run = subprocess.run(
        ["node", "walk.mjs"],
        cwd=FOLDER,
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_axe_finds_no_fault_in_light_or_dark(found: dict[str, Any]) -> None:
    assert found["violations"] == []


def test_nothing_is_loaded_from_elsewhere(found: dict[str, Any]) -> None:
    assert found["foreign"] == []


def test_no_page_is_wider_than_a_small_screen(found: dict[str, Any]) -> None:
    assert found["overflow"] == []


def test_the_verify_form_works_by_keyboard_alone_and_without_scripts(found: dict[str, Any]) -> None:
    walk = found["walk"]
    assert walk["first"] == "Skip to the content"
    assert walk["afterSkip"] == "document"
    assert walk["outline"] == "solid"
    assert walk["button"] == "Check the document"
    assert walk["verdict"] == "Valid"


def test_what_is_pressed_is_large_enough(found: dict[str, Any]) -> None:
    assert found["walk"]["small"] == []
