"""What tests of every kind share: the vectors, the second implementation, and what to do without them."""

import atexit
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest
from hypothesis import settings

from keys import pkcs8
from tests.kit import databases

# What a reader of published folders remembers stays out of the tester's own home.
_STATE = tempfile.mkdtemp(prefix="certify-state-")
os.environ["XDG_STATE_HOME"] = _STATE
atexit.register(shutil.rmtree, _STATE, ignore_errors=True)

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "tests" / "peers"

# Tests make hundreds of keys; what a real one costs is measured in tests/unit/keys/test_pkcs8.py.
vars(pkcs8)["COST"] = pkcs8.Cost(1 << 4, 8, 1)

# How long one example takes says more about the machine than about the code.
settings.register_profile("certify", deadline=None, print_blob=True)
settings.load_profile("certify")


def pytest_configure() -> None:
    """A program that a test starts can be stopped by SIGINT, also where a script started the tests without it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what opens a register is run: the rest would do the same a second time."""
    if databases.SERVER:
        chosen = [item for item in items if _uses_registers(getattr(item, "module", None), {__name__})]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def _uses_registers(value: object, seen: set[str]) -> bool:
    """Whether a test's module takes, itself or by what it takes from other tests' modules, a thing of `databases`."""
    name = str(getattr(value, "__name__" if isinstance(value, ModuleType) else "__module__", None))
    if name == databases.__name__:
        return True
    if not name.startswith("tests.") or name in seen:
        return False
    seen.add(name)
    return any(_uses_registers(each, seen) for each in vars(sys.modules[name]).values())


def absent(reason: str) -> NoReturn:
    """Skips on a person's machine. In CI it fails: there a skipped proof would look like a passed one."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def _databases() -> Iterator[None]:
    """What a test takes is free after it; what fixtures of more than one test took before it stays theirs."""
    with databases.handed_back():
        yield


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
