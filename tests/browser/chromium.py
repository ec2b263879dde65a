"""The browser of these tests, and the programs that drive it."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, absent

FOLDER = ROOT / "tests" / "browser"
_CHROMIUM = "/usr/bin/chromium"
_PATIENCE_SECONDS = 600


def program() -> str:
    """Its path; where it or what drives it is absent, the test is skipped, in CI it fails."""
    path = os.environ.get("CERTIFY_CHROMIUM") or _CHROMIUM
    if not Path(path).exists():
        absent(f"No browser at {path}: install chromium, or set CERTIFY_CHROMIUM.")
    if shutil.which("node") is None:
        absent("No Node.js: install version 20 or later, then run make dev.")
    if not (FOLDER / "node_modules").is_dir():
        absent("The packages of tests/browser are not installed: run make dev.")
    return path


def page() -> str:
    """The same, where the verify page is built as well."""
    path = program()
    if not (ROOT / "verifier" / "web" / "dist" / "index.html").is_file():
        absent("The verify page is not built: run make dev.")
    return path


def driven(script: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """What a script of this folder saw. CERTIFY_SHOTS names a folder for pictures."""
    given = {"shots": os.environ.get("CERTIFY_SHOTS", ""), **wanted}
    run = subprocess.run(
        ["node", script],
        cwd=FOLDER,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer
