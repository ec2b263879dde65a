"""`--version`, what `certify serve` says of itself, and the ports of `make serve`."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.kit.home import Home, certify, demo
from tests.kit.serving import free_port

CERTIFY = (sys.executable, "-c", "import sys; from issuer.cli import main; sys.exit(main())")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
PATIENCE_SECONDS = 60


@pytest.mark.parametrize(
    ("name", "program"), [("certify", CERTIFY), ("certify-verify", (sys.executable, "-m", "verifier"))]
)
def test_both_commands_say_their_version(name: str, program: tuple[str, ...]) -> None:
    done = subprocess.run((*program, "--version"), cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{name} {VERSION}\n", "")


def test_a_folder_that_was_copied_says_that_it_is_no_package(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "verifier", tmp_path / "verifier", ignore=shutil.ignore_patterns("web"))
    code = (
        "import sys, importlib.metadata as m\n"
        "def none(name): raise m.PackageNotFoundError(name)\n"
        "m.version = none\n"
        "from verifier.cli import main; main(['--version'])"
    )
    done = subprocess.run((sys.executable, "-c", code), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "certify-verify of no installed package\n")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return demo(tmp_path_factory.mktemp("issuer") / "home")


@contextmanager
def served(home: Home, port: int, *options: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    command = (*CERTIFY, "serve", "--home", str(home.path), "--port", str(port), "--clock-is-right", *options)
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_SECONDS)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_the_service_says_where_it_listens_once_it_does(home: Home) -> None:
    port = free_port()
    with served(home, port, "--workers", "1") as process:
        line = first_line(process)
        assert line == (
            f"Listening at http://127.0.0.1:{port} (public address: https://credentials.example). Ctrl-C stops it.\n"
        )
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()


def test_programs_are_told_the_same(home: Home) -> None:
    port = free_port()
    with served(home, port, "--workers", "1", "--json") as process:
        assert process.stdout is not None
        told = json.loads("".join(process.stdout.readline() for _ in range(5)))
    assert told == {
        "listening": f"http://127.0.0.1:{port}",
        "publicAddress": "https://credentials.example",
        "workers": 1,
    }


def test_under_another_address_it_serves_what_was_published_and_says_so(home: Home) -> None:
    port = free_port()
    with served(home, port, "--workers", "1", CERTIFY_ISSUER__BASE_URL="https://other.example") as process:
        assert "Listening" in first_line(process)
        assert process.stderr is not None
        assert "[config.other-issuer]" in process.stderr.readline()
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        connection.request("GET", "/trust.json")
        assert connection.getresponse().status == 200
        connection.close()


@contextmanager
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_port_in_use_is_a_refusal(home: Home) -> None:
    with taken() as port:
        begun = time.monotonic()
        ran = certify("serve", "--home", str(home.path), "--port", str(port), "--json", "--clock-is-right")
    assert (ran.exit, ran.code) == (1, "service.address")
    assert str(port) in ran.err
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.7"])
def test_an_address_that_is_not_ours(home: Home, host: str) -> None:
    ran = certify("serve", "--home", str(home.path), "--host", host, "--port", "18080", "--json")
    assert (ran.exit, ran.code) == (1, "service.address")


@pytest.mark.parametrize("content", [None, "nothing"])
def test_files_for_tls_that_are_none(home: Home, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "x.pem"
    if content is not None:
        path.write_text(content)
    tls = ("--tls", str(path), str(path), "--port", str(free_port()))
    ran = certify("serve", "--home", str(home.path), *tls, "--json")
    assert (ran.exit, ran.code) == (1, "service.tls")


def make_serve(*given: str) -> subprocess.CompletedProcess[str]:
    """What `make serve` would run, run: the rule itself is read from make."""
    said = subprocess.run(
        ("make", "--dry-run", "--old-file=.venv/.installed", "serve", *given),
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={name: value for name, value in os.environ.items() if name not in {"PORT", "EXAM_PORT"}},
    )  # fmt: skip
    (line,) = re.findall(r"examples/serve.py(.*)", said.stdout)
    options = [part.strip('"') for part in line.split()]
    return subprocess.run(
        (sys.executable, "examples/serve.py", *options, "--once", "--folder", "/nowhere/at/all"),
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_make_serve_takes_ports_and_says_which_is_in_use() -> None:
    with taken() as port:
        for given in ((f"PORT={port}",), (f"PORT={free_port()}", f"EXAM_PORT={port}")):
            done = make_serve(*given)
            assert done.returncode == 1
            assert f"serve: port {port} cannot be used" in done.stderr
            assert "make serve PORT=" in done.stderr
            assert "Traceback" not in done.stderr


@pytest.mark.parametrize("given", [("PORT=0",), ("PORT=70000",), ("PORT=18099", "EXAM_PORT=18099"), ("PORT=x",)])
def test_ports_that_are_none(given: tuple[str, ...]) -> None:
    done = make_serve(*given)
    assert done.returncode in {1, 2}
    assert done.stderr
    assert "Traceback" not in done.stderr
