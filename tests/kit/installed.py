"""Wheel and source archive as `make dist` makes them, and what they become where the project is not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from sysconfig import get_path

from tests.conftest import ROOT

_OWN = ("certify_vc", "__editable__")
_WATCH = """import sys
def _watch(event, given):
    path = str(given[0]) if event in {"open", "os.listdir", "os.scandir"} and given else ""
    if path.startswith(ROOT) and not path.startswith(ENVIRONMENT) and "certify-packages" not in path:
        raise RuntimeError(f"the project itself is read: {path}")
sys.addaudithook(_watch)
"""


def sources(folder: Path) -> Path:
    """A copy of all that is in version control, and of the page as it was built."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    top = {"issuer", "keys", "schemas", "verifier", "tools", "requirements"}
    for name in listed.stdout.decode().split("\0"):
        source = ROOT / name
        if "/" in name and name.partition("/")[0] not in top:
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():  # the data of `issuer/schemas` lie in `schemas`
            target.symlink_to(source.readlink())
        elif source.is_file():
            shutil.copy2(source, target)
    shutil.copytree(ROOT / "verifier" / "web" / "dist", folder / "verifier" / "web" / "dist")
    return folder


def build(folder: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """What `make dist` runs: the source archive, and from that the wheel."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def environment(folder: Path) -> Path:
    """A new environment, in which everything that Certify rests on is at hand without a network, and Certify is not.

    A program in it that reads a file of the project fails.
    """
    run([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder.parent)
    lend_packages(folder)
    return folder


def lend_packages(folder: Path) -> None:
    """To an environment that stands, the packages of the one that runs the tests, but for Certify itself."""
    packages = folder / "certify-packages"
    packages.mkdir()
    for each in Path(get_path("purelib")).iterdir():
        if not each.name.startswith(_OWN) and each.suffix != ".pth":
            (packages / each.name).symlink_to(each)
    inside = next(folder.glob("lib/python3*/site-packages"))
    (inside / "packages.pth").write_text(f"{packages}\n", encoding="utf-8")
    names = f"ROOT = {str(ROOT) + os.sep!r}\nENVIRONMENT = {str(Path(sys.prefix))!r}\n"
    (inside / "sitecustomize.py").write_text(names + _WATCH, encoding="utf-8")


def install(environment: Path, distribution: Path) -> None:
    """With its own pip, and what it is handed: no index is asked."""
    pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", str(distribution)]
    run([str(environment / "bin" / "python"), *pip], environment.parent)


def run(command: list[str], folder: Path, status: int = 0) -> str:
    """What a program prints, from `folder`, with nothing of this process's environment but where programs are."""
    done = subprocess.run(
        command, cwd=folder, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout
