"""Without an extra, every command that needs it says so in a sentence; and one that does not need it goes on."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from issuer.extras import EXTRAS, lacking
from tests.conftest import ROOT
from tests.kit.home import RESULTS, Home, demo

pytestmark = pytest.mark.slow
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODULES = {
    "argon2-cffi": "argon2",
    "fontpkg-noto-sans": "fontpkg_noto_sans",
    "fontpkg-noto-sans-arabic": "fontpkg_noto_sans_arabic",
    "justmytype-intl-cjk": "justmytype_intl_cjk",
    "pillow": "PIL",
    "prometheus-client": "prometheus_client",
    "zxing-cpp": "zxingcpp",
}
"""Distributions whose module has another name."""
FONTS = {"fontpkg_noto_sans", "fontpkg_noto_sans_arabic", "justmytype_intl_cjk"}
BLOCKED = "import sys; blocked, program, *given = sys.argv[1:]; sys.modules.update(dict.fromkeys(blocked.split(',')))\n"
CERTIFY = BLOCKED + "from issuer.__main__ import main; sys.argv = ['certify', *given]; sys.exit(main())"
VERIFY = BLOCKED + "from verifier.cli import main; sys.exit(main(given))"
CHINESE_AT = "2026-07-12T08:31:13Z"
AT = ("--at", CHINESE_AT)
NEEDS_NONE = {("certificate", module) for module in ("qrcode", "zxingcpp")} | {("qr", "typst")}
"""What draws the one is not needed for the other."""


def modules(extra: str) -> list[str]:
    names = [text.split(">")[0].strip() for text in PROJECT["optional-dependencies"][extra]]
    return [MODULES.get(name, name) for name in names]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = demo(tmp_path_factory.mktemp("extras") / "home")
    made.issue("aima-chinese.json", at=CHINESE_AT)
    return made


def only(home: Home) -> str:
    """The public id of what was issued."""
    (issued,) = (home.path / "issued").glob("*.r1.json")
    return issued.name.removesuffix(".r1.json")


def without(blocked: list[str], *given: str, program: str = CERTIFY) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, ",".join(blocked), "program", *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    return done


def test_the_table_names_what_each_extra_brings() -> None:
    shared = {"werkzeug"}  # comes with flask, and may be the first that is missed
    for extra, named in EXTRAS.items():
        assert set(named) - shared == {*modules(extra)} - FONTS


@pytest.mark.parametrize("module", sorted({*modules("issuer")} - FONTS - {"typst", "qrcode", "PIL", "zxingcpp"}))
def test_without_a_part_of_issuer_no_command_runs(module: str) -> None:
    done = without([module], "keys", "list", "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "extra.missing")
    assert done.stderr == (
        f"certify: {module} is not installed. Install certify-vc with it: pip install 'certify-vc[issuer]'."
        " [extra.missing]\n"
    )


@pytest.mark.parametrize("module", ["typst", "qrcode", "PIL", "zxingcpp"])
@pytest.mark.parametrize("command", ["certificate", "qr"])
def test_without_what_draws_nothing_is_drawn(home: Home, tmp_path: Path, module: str, command: str) -> None:
    out = tmp_path / "drawn.png"
    done = without([module], command, only(home), "--out", str(out), "--home", str(home.path), *AT)
    if out.exists():
        assert done.returncode == 0, "a certificate needs no reader of codes"
    else:
        assert (done.returncode, "[extra.missing]" in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize("module", modules("service"))
def test_without_a_part_of_service_nothing_is_served(home: Home, module: str) -> None:
    done = without([module], "serve", "--home", str(home.path))
    assert (done.returncode, "[service.missing]" in done.stderr) == (1, True)
    assert f"{module} is not installed." in done.stderr


def test_without_service_an_issuer_issues_and_sets_no_password(home: Home, tmp_path: Path) -> None:
    where = ("--home", str(tmp_path / "alone"))
    blocked = [name for name in modules("service") if name != "cachetools"]  # which pyld brings as well
    assert without(blocked, "init", "--demo", *where, *AT).returncode == 0
    assert without(blocked, "issue", str(RESULTS / "aima-pass.json"), *where, *AT).returncode == 0
    (tmp_path / "password").write_text("long enough for staff", encoding="utf-8")
    with (tmp_path / "password").open() as file:
        command = ["staff", "set", "anna", "--role", "issuer", "--password-fd", str(file.fileno()), *where, *AT]
        done = subprocess.run(
            [sys.executable, "-c", CERTIFY, ",".join(blocked), "program", *command],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            pass_fds=[file.fileno()],
        )
    assert (done.returncode, "[service.missing]" in done.stderr) == (1, True), done.stderr


def test_without_postgres_no_register_of_it_is_opened(tmp_path: Path) -> None:
    given = ("--name", "X", "--base-url", "https://x.example", "--email", "a@x.example")
    (tmp_path / "secret").write_text("a passphrase for the test", encoding="utf-8")
    (tmp_path / "secret").chmod(0o600)
    database = ("--database", "postgresql+pg8000://nobody@127.0.0.1:1/none")
    where = ("--home", str(tmp_path / "home"), "--passphrase-file", str(tmp_path / "secret"))
    done = without(modules("postgres"), "init", *given, *database, *where)
    assert (done.returncode, "pg8000 is not installed." in done.stderr) == (1, True), done.stderr
    assert "certify-vc[postgres]" in done.stderr


def test_without_qr_a_picture_is_not_read(home: Home, tmp_path: Path) -> None:
    picture = tmp_path / "code.png"
    home.json("qr", only(home), "--out", str(picture), at=CHINESE_AT)
    done = without(modules("qr"), str(picture), "--trust", str(home.path / "public"), program=VERIFY)
    assert "certify-vc[qr]" in done.stdout + done.stderr


def test_without_schema_the_comparison_is_left_out(home: Home) -> None:
    (issued,) = (home.path / "issued").glob("*.r1.json")
    given = (str(issued), "--trust", str(home.path / "public"), "--json", *AT)
    done = without(modules("schema"), *given, program=VERIFY)
    assert done.returncode == 0, done.stdout


def test_without_cjk_a_certificate_of_such_a_name_is_refused(home: Home, tmp_path: Path) -> None:
    done = without(
        modules("cjk"), "certificate", only(home), "--out", str(tmp_path / "x.pdf"), "--home", str(home.path), *AT
    )
    assert (done.returncode, "[certificate.glyph]" in done.stderr) == (1, True), done.stderr
    assert "cjk" in done.stderr


@pytest.mark.parametrize("name", [None, "issuer.nothing", "keys", "verifier.format.nothing"])
def test_a_fault_of_our_own_is_no_missing_extra(name: str | None) -> None:
    assert lacking(ModuleNotFoundError("x", name=name)) is None
