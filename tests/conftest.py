"""What tests of every kind share: the vectors, the second implementation, and what to do without them."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "tests" / "peers"

# How long one example takes says more about the machine than about the code.
settings.register_profile("certify", deadline=None, print_blob=True)
settings.load_profile("certify")


def absent(reason: str) -> NoReturn:
    """Skips on a person's machine. In CI it fails: there a skipped proof would look like a passed one."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of public test vectors: CERTIFY_VECTORS, or ../shared/vectors beside the project."""
    folder = Path(os.environ.get("CERTIFY_VECTORS", ROOT.parent / "shared" / "vectors"))
    if not folder.is_dir():
        absent(f"No test vectors at {folder}: set CERTIFY_VECTORS to their folder.")
    return folder


@pytest.fixture(scope="session")
def node() -> Path:
    """The folder tests/peers, installed and with a node to run it."""
    if shutil.which("node") is None:
        absent("No Node.js: install version 20 or later, then run make dev.")
    if not (PEERS / "node_modules").is_dir():
        absent("The packages of tests/peers are not installed: run make dev.")
    return PEERS


@pytest.fixture(scope="session")
def strace() -> str:
    """The program that lists the system calls of another (Linux only)."""
    program = shutil.which("strace")
    if program is None:
        absent("No strace: install it to watch for network calls.")
    return program
