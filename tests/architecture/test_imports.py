"""Three packages, three floors: who may import whom, what stays out of the cores, and that the rules bite."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.architecture.modules import PACKAGES, ROOT, SCRIPTS, Module, modules, parse

MAY_IMPORT = {"verifier": set[str](), "keys": {"verifier"}, "issuer": {"keys", "verifier"}}

# The files that may import inside a function, and what: one file for each optional dependency.
LATE_IMPORTS: dict[str, set[str]] = {
    "issuer/__main__.py": {"issuer"},  # its command line: it rests on an extra
    "issuer/cli/serve.py": {"issuer"},  # its web: the service is an extra
    "issuer/service/passwords.py": {"argon2"},  # comes with the service, which an issuer need not have
    "verifier/cli.py": {"verifier"},  # its online.py: what opens sockets, only when it was asked for
    "verifier/pictures.py": {"PIL", "zxingcpp"},  # what decodes foreign pictures, only when there is one
    "verifier/schema.py": {"jsonschema"},  # takes longer to import than all the rest of the verifier
}

# Run by path and not as a part of its package, so that it can name its own only from the top.
RUN_BY_PATH = {"issuer/register/migrations/env.py"}

# Whatever can open a socket or start a program; urllib.parse alone is only text.
NETWORK = {"aiohttp", "asyncio", "flask", "ftplib", "http", "httpx", "requests", "smtplib", "socket"}
NETWORK |= {"socketserver", "sqlalchemy", "ssl", "subprocess", "urllib", "urllib3", "webbrowser", "xmlrpc"}
PURE = ("urllib.parse",)

CLOCK = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.time_ns"}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv"}

HEAVY = {"flask", "requests", "sqlalchemy", "issuer", "keys", "pyld", "jsonschema", "alembic", "PIL", "zxingcpp"}


def _top(name: str) -> str:
    return name.partition(".")[0]


def broken_arrows(module: Module) -> list[str]:
    """Imports of another floor that the arrows do not allow, and of one's own that are not relative."""
    own = {module.package} if module.path in RUN_BY_PATH else set()
    forbidden = {*PACKAGES, *SCRIPTS} - MAY_IMPORT[module.package] - own
    return [
        f"{module.path}:{line} imports {target}"
        for target, relative, line in module.imports
        if target.startswith("..") or (not relative and _top(target) in forbidden)
    ]


def late_imports(module: Module) -> list[str]:
    allowed = LATE_IMPORTS.get(module.path, set())
    return [
        f"{module.path}:{line} imports {target} inside a function"
        for target, _, line in module.late_imports
        if _top(target) not in allowed
    ]


def network_imports(module: Module) -> list[str]:
    return [
        f"{module.path}:{line} imports {target}"
        for target, relative, line in module.imports
        if not relative and _top(target) in NETWORK and not target.startswith(PURE)
    ]


def ambient_reads(module: Module) -> list[str]:
    """Where a core reads the clock or the environment instead of being told."""
    edge = module.path.endswith(("/cli.py", "/online.py")) or {"cli", "web"} & set(module.path.split("/"))
    names = set() if edge else CLOCK | (set() if module.path == "issuer/config.py" else ENVIRONMENT)
    return [
        f"{module.path}:{line} reads {name}"
        for name, line in module.dotted_names
        if ".".join(name.split(".")[-2:]) in names
    ]


RULES: list[Callable[[Module], list[str]]] = [broken_arrows, late_imports, ambient_reads]
CORE = [module for module in modules("verifier") if module.path != "verifier/online.py"]


@pytest.mark.parametrize("module", modules(*PACKAGES), ids=lambda module: module.path)
@pytest.mark.parametrize("rule", RULES)
def test_packages(module: Module, rule: Callable[[Module], list[str]]) -> None:
    assert rule(module) == []


@pytest.mark.parametrize("module", CORE, ids=lambda module: module.path)
def test_only_online_may_open_a_socket(module: Module) -> None:
    assert network_imports(module) == []


def test_every_exception_is_still_needed() -> None:
    found = {module.path: {_top(late.target) for late in module.late_imports} for module in modules(*PACKAGES)}
    assert {path: names for path, names in found.items() if names} == LATE_IMPORTS


def test_importing_the_verifier_is_light() -> None:
    program = "import json, sys, verifier; print(json.dumps([*sys.modules]))"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    assert {_top(name) for name in json.loads(run.stdout)} & HEAVY == set()


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (broken_arrows, "verifier/did.py", "from keys import registry"),
        (broken_arrows, "verifier/did.py", "import issuer.cli"),
        (broken_arrows, "verifier/did.py", "from verifier import trust"),
        (broken_arrows, "verifier/format/jcs.py", "from ...keys import registry"),
        (broken_arrows, "keys/local.py", "from issuer import config"),
        (broken_arrows, "keys/local.py", "from keys.errors import KeysError"),
        (broken_arrows, "issuer/status.py", "from tests import conftest"),
        (late_imports, "issuer/status.py", "def f():\n    from . import config"),
        (network_imports, "verifier/did.py", "from urllib.request import urlopen"),
        (network_imports, "verifier/did.py", "import socket"),
        (ambient_reads, "verifier/did.py", "import datetime\ndatetime.datetime.now(datetime.UTC)"),
        (ambient_reads, "keys/local.py", "from time import time"),
        (ambient_reads, "issuer/cli_home.py", "import os\nos.environ['HOME']"),
        (ambient_reads, "issuer/config.py", "from datetime import datetime\ndatetime.now()"),
    ],
)
def test_the_rules_bite(rule: Callable[[Module], list[str]], path: str, text: str) -> None:
    assert len(rule(parse(path, text))) == 1


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (broken_arrows, "verifier/format/jcs.py", "from .. import limits\nfrom ..report import Report"),
        (broken_arrows, "keys/local.py", "from verifier.format import multikey"),
        (broken_arrows, "issuer/diddoc.py", "from keys import registry\nfrom .catalog import load"),
        (network_imports, "verifier/did.py", "from urllib.parse import unquote"),
        (ambient_reads, "issuer/config.py", "import os\nos.environ['HOME']"),
        (ambient_reads, "verifier/cli.py", "from datetime import datetime\ndatetime.now()"),
    ],
)
def test_the_rules_allow(rule: Callable[[Module], list[str]], path: str, text: str) -> None:
    assert rule(parse(path, text)) == []
