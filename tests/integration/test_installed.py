"""Certify as somebody else has it: built, installed in an environment of its own, and used far from its sources."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tests.conftest import ROOT, absent
from tests.kit import installed
from tests.kit.serving import free_port, recent

pytestmark = pytest.mark.slow
_PATIENCE_SECONDS = 60.0
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTALLING = re.findall(
    r"^    ((?:python3|certify-env/).+)$", README.partition("## Install")[2].partition("\n## ")[0], re.MULTILINE
)
INSIDE = re.compile(rb'(<script type="application/json" id="inside">).*?(</script>)', re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `dist/` in it."""
    made = tmp_path_factory.mktemp("installed")
    if not (ROOT / "verifier" / "web" / "dist" / "digests.json").is_file():
        absent("The verify page is not built: run make dev.")
    done = installed.build(installed.sources(made / "sources"), made / "dist")
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def only(folder: Path, pattern: str) -> Path:
    (found,) = (folder / "dist").glob(pattern)
    return found


@contextmanager
def serving(environment: Path, home: Path) -> Iterator[int]:
    port = free_port()
    program = str(environment / "bin" / "certify")
    command = [program, "serve", "--home", str(home), "--port", str(port), "--workers", "1"]
    with (home.parent / "service.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=home.parent, env={}, stdout=log, stderr=log)
        try:
            end = time.monotonic() + _PATIENCE_SECONDS
            while get(port, "/readyz")[0] != 200:
                assert process.poll() is None, (home.parent / "service.log").read_text()
                assert time.monotonic() < end
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            process.wait(_PATIENCE_SECONDS)


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        content = response.read()
        packed = response.getheader("Content-Encoding") == "gzip"
        return response.status, gzip.decompress(content) if packed else content
    except (OSError, HTTPException):
        return 0, b""
    finally:
        connection.close()


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_it_issues_serves_and_verifies_far_from_its_sources(folder: Path, tmp_path: Path, kind: str) -> None:
    environment = installed.environment(tmp_path / "environment")
    installed.install(environment, only(folder, kind))
    certify, verify = str(environment / "bin" / "certify"), str(environment / "bin" / "certify-verify")
    where = ["--home", str(tmp_path / "home")]
    (tmp_path / "record.json").write_bytes(recent(1))
    installed.run([certify, "init", "--demo", *where], tmp_path)
    issued = json.loads(installed.run([certify, "issue", "record.json", "--json", *where], tmp_path))
    (public_id,) = re.findall(r"AIMA-[0-9]{4}-[0-9A-Z]{8}\b", json.dumps(issued))[:1]
    installed.run([certify, "certificate", public_id, "--out", "paper.pdf", *where], tmp_path)
    installed.run([certify, "qr", public_id, "--out", "code.png", *where], tmp_path)
    trust = ["--trust", str(tmp_path / "home" / "public")]
    files = [*(tmp_path / "home" / "issued").glob("*.r1.json"), *tmp_path.glob("*.pdf"), tmp_path / "code.png"]
    assert len(files) == 3
    for file in files:
        assert installed.run([verify, str(file), *trust], tmp_path).startswith("VALID: ")
    with serving(environment, tmp_path / "home") as port:
        assert get(port, "/certify")[0] == 200
        assert get(port, f"/certify/verify?id={public_id}")[0] == 200
        holds_the_published_page(port, only(folder, "*.whl"))


def holds_the_published_page(port: int, wheel: Path) -> None:
    """Each file of the page is the one whose digest the host publishes, and the wheel carries the same digests."""
    with zipfile.ZipFile(wheel) as archive:
        released = json.loads(archive.read("verifier/web/dist/digests.json"))
    assert json.loads(get(port, "/v/digests.json")[1]) == released
    for name, digest in released["files"].items():
        path = {"index.html": "/v", "certify-verify.html": "/certify/verify.html"}.get(name, f"/v/{name}")
        status, content = get(port, path)
        if name == "certify-verify.html":
            assert INSIDE.search(content)
            content = INSIDE.sub(rb"\1<!-- trust -->\2", content, count=1)
        assert (status, hashlib.sha256(content).hexdigest()) == (200, digest), name


def test_the_wheel_holds_all_data_of_the_packages(folder: Path) -> None:
    with zipfile.ZipFile(only(folder, "*.whl")) as archive:
        held = set(archive.namelist())
    made_from = ("verifier/web/page/", "verifier/web/src/", "verifier/web/data/")
    alone = {f"verifier/web/{name}" for name in ("build.mjs", "package.json", "package-lock.json", ".npmrc")}
    sources = {path.relative_to(folder / "sources").as_posix() for path in (folder / "sources").rglob("*")}
    data = {
        name
        for name in sources
        if name.startswith(("issuer/", "keys/", "verifier/")) and (folder / "sources" / name).is_file()
    }
    wanted = {name for name in data - alone if not name.startswith(made_from) and "__pycache__" not in name}
    assert wanted - held - {"verifier/web/dist/.built"} == set()


def test_readme_says_how_to_install(folder: Path, tmp_path: Path) -> None:
    """Every line is run but the one that asks an index for packages: those of this environment are lent instead."""
    (tmp_path / "dist").symlink_to(folder / "dist")
    assert [line.split()[0] for line in INSTALLING] == [
        "python3.11",
        *["certify-env/bin/pip"] * 2,
        *["certify-env/bin/certify"] * 2,
        "certify-env/bin/certify-verify",
    ]
    for line in INSTALLING:
        if "--require-hashes" in line:
            assert (ROOT / line.split()[-1]).is_file()
            installed.lend_packages(tmp_path / "certify-env")
        else:
            installed.run(["bash", "-c", line], tmp_path)


@pytest.mark.node
def test_the_same_sources_give_the_same_page(tmp_path: Path, node: Path) -> None:
    copy = installed.sources(tmp_path / "sources")
    web = copy / "verifier" / "web"
    told = (web / "dist" / "digests.json").read_bytes()
    shutil.copytree(ROOT / "verifier" / "web" / "node_modules", web / "node_modules")
    installed.run(["node", str(web / "build.mjs")], tmp_path)
    assert (web / "dist" / "digests.json").read_bytes() == told


def test_the_documentation_says_how_to_compare_the_one_file(tmp_path: Path) -> None:
    (line,) = re.findall(r"^ +(perl .+)$", (ROOT / "docs" / "pages.md").read_text(encoding="utf-8"), re.MULTILINE)
    dist = ROOT / "verifier" / "web" / "dist"
    page = (dist / "certify-verify.html").read_bytes()
    served = page.replace(b"<!-- trust -->", json.dumps({"a": "\\u003c/script>", "b": 1}, indent=1).encode(), 1)
    (tmp_path / "certify-verify.html").write_bytes(served)
    told = json.loads((dist / "digests.json").read_bytes())["files"]["certify-verify.html"]
    assert installed.run(["bash", "-c", line], tmp_path).split()[0] == told


@pytest.mark.parametrize("which", ["no page", "another page", "other sources", "more than the page", "part"])
def test_nothing_is_built_without_the_page(folder: Path, tmp_path: Path, which: str) -> None:
    copy = installed.sources(tmp_path / "sources")
    dist = copy / "verifier" / "web" / "dist"
    match which:
        case "no page":
            (dist / "digests.json").unlink()
        case "another page":
            (dist / "page.js").write_bytes(b"alert(1)")
        case "other sources":
            (copy / "verifier" / "web" / "page" / "main.mjs").write_bytes(b"// another\n")
        case "more than the page":
            (dist / "part-OLD.js").write_bytes(b"0")
        case _:
            (dist / "scanner.js").unlink()
    done = installed.build(copy, tmp_path / "dist")
    assert done.returncode != 0
    assert "The verify page " in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not [*(tmp_path / "dist").glob("*")]


def test_the_watch_would_notice(tmp_path: Path) -> None:
    environment = installed.environment(tmp_path / "environment")
    program = f"open({str(ROOT / 'README.md')!r})"
    with pytest.raises(AssertionError, match="the project itself is read"):
        installed.run([str(environment / "bin" / "python"), "-c", program], tmp_path)
