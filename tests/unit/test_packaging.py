"""What is released fits together: locks, extras, and modules that read no file before somebody asks."""

import json
import re
import subprocess
import sys
import tomllib

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SERVICE = ("issuer", "service", "postgres")
IMPORT_ALL = """
import importlib, json, pkgutil, sys
seen, ours = [], sys.argv[1]
sys.addaudithook(lambda event, given: seen.append(str(given[0])) if event == "open" and given else None)
for package in ("verifier", "keys", "issuer"):
    for each in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        if not each.name.endswith((".env", ".__main__")):
            importlib.import_module(each.name)
print(json.dumps([path for path in seen if path.startswith(ours) and not path.endswith((".py", ".pyc"))]))
"""
PINNED = re.compile(r"^([a-z0-9.-]+)==([^ ]+) \\$", re.MULTILINE)


def lock(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def pinned(name: str) -> dict[str, str]:
    return dict(PINNED.findall(lock(name)))


def asked(extras: tuple[str, ...]) -> dict[str, str]:
    """Distributions that pyproject.toml asks for -> the bounds on their versions."""
    texts = [*PROJECT["dependencies"], *(text for extra in extras for text in PROJECT["optional-dependencies"][extra])]
    return dict(re.fullmatch(r"([a-z0-9-]+)(.*)", text).groups() for text in texts)  # type: ignore[union-attr,misc]


def test_no_module_reads_a_file_when_it_is_imported() -> None:
    """An installed module is imported by whatever looks for it; data that is missing is then said where it is used."""
    command = [sys.executable, "-c", IMPORT_ALL, f"{ROOT}/"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    packages = tuple(f"{ROOT}/{name}/" for name in ("verifier", "keys", "issuer", "schemas", "docs", "examples"))
    assert [path for path in json.loads(run.stdout) if path.startswith(packages)] == []


def test_no_path_leads_out_of_a_package() -> None:
    """`parents[n]` counted from a module ends inside its package."""
    for package in ("verifier", "keys", "issuer"):
        for path in (ROOT / package).rglob("*.py"):
            depth = len(path.relative_to(ROOT).parts) - 2
            found = [int(number) for number in re.findall(r"parents\[([0-9]+)\]", path.read_text(encoding="utf-8"))]
            assert max(found, default=0) <= depth, path


def test_the_lock_of_an_installed_service_is_what_pyproject_asks_for() -> None:
    locked = pinned("service.txt")
    assert set(asked(SERVICE)) <= set(locked)
    parts = re.split(r"^(?=[a-z])", lock("service.txt"), flags=re.MULTILINE)
    direct = {part.partition("==")[0] for part in parts if "certify-vc (pyproject.toml)" in part}
    assert direct == set(asked(SERVICE)), "run make lock"


def test_both_locks_pin_the_same_versions_by_the_same_hashes() -> None:
    both = pinned("dev.txt")
    assert {name: both.get(name) for name in pinned("service.txt")} == pinned("service.txt")
    hashes = [set(re.findall(r"sha256:[0-9a-f]{64}", lock(name))) for name in ("service.txt", "dev.txt")]
    assert hashes[0] <= hashes[1]


def test_no_lock_names_an_index() -> None:
    for name in ("service.txt", "dev.txt", "fuzz.txt"):
        assert re.findall(r"https?://|file://|--(?:extra-)?index-url|--find-links", lock(name)) == []


def test_everything_pinned_has_a_hash() -> None:
    for name in ("service.txt", "dev.txt"):
        parts = re.split(r"^(?=[a-z])", lock(name), flags=re.MULTILINE)[1:]
        assert parts
        assert [part.split()[0] for part in parts if "--hash=sha256:" not in part] == []
