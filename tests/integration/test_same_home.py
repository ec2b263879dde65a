"""A backup is put back beside what is of the same issuer, and beside nothing else: DID and keys have to be the same."""

import shutil
from pathlib import Path

import pytest

from tests.kit import databases
from tests.kit.home import AIMA_AT, CREATED, LATER, Home, demo, fresh

pytestmark = databases.in_a_file
KEY = "keys/key-2026-1.pem"
REGISTRY = "keys/registry.json"
OPTIONS = [(), ("--replace",), ("--missing",)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = demo(tmp_path / "home")
    home.issue()
    return home


@pytest.fixture
def saved(home: Home, tmp_path: Path) -> Path:
    path = tmp_path / "saved.zip"
    home.json("backup", str(path), at=AIMA_AT)
    return path


@pytest.fixture
def other(tmp_path: Path) -> Home:
    """The same name and address, made anew: a key of its own, with the same id."""
    return fresh(tmp_path / "other")


def refused(home: Home, saved: Path, code: str, *options: str) -> None:
    before = home.files(".")
    assert home.fails("restore", str(saved), *options, at=LATER) == code
    assert home.files(".") == before


@pytest.mark.parametrize("options", OPTIONS)
def test_an_issuer_that_was_made_anew_under_the_same_address(
    other: Home, saved: Path, options: tuple[str, ...]
) -> None:
    refused(other, saved, "restore.other-keys", *options)


@pytest.mark.parametrize("kept", [("keys",), ("keys", "public"), (KEY,), (REGISTRY,)])
def test_a_folder_with_saved_parts_of_another(other: Home, saved: Path, tmp_path: Path, kept: tuple[str, ...]) -> None:
    new = Home(tmp_path / "new")
    for name in kept:
        source, target = other.path / name, new.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    refused(new, saved, "restore.other-keys")


def test_a_folder_with_what_another_has_published(saved: Path, tmp_path: Path, home: Home) -> None:
    new = Home(tmp_path / "new")
    shutil.copytree(home.path / "public", new.path / "public")
    document = new.path / "public" / ".well-known" / "did.json"
    document.write_text(document.read_text().replace("did:web:credentials.example", "did:web:other.example"))
    refused(new, saved, "restore.foreign")


def test_a_key_that_was_generated_since_is_no_other_issuer(home: Home, saved: Path) -> None:
    home.json("keys", "generate", at=LATER)
    assert home.json("restore", str(saved), "--replace", at=LATER)["kept"] == [KEY, REGISTRY]


def test_a_registry_of_before_the_newest_key_is_no_other_issuer(home: Home, saved: Path, tmp_path: Path) -> None:
    old = (home.path / REGISTRY).read_bytes()
    home.json("keys", "generate", at=LATER)
    newer = tmp_path / "newer.zip"
    home.json("backup", str(newer), at=LATER)
    (home.path / REGISTRY).write_bytes(old)
    home.json("restore", str(newer), "--replace", at=LATER)


@pytest.mark.parametrize("gone", [(KEY,), (REGISTRY,), (KEY, REGISTRY), ("certify.toml",)])
def test_missing_files_come_back_alone(home: Home, saved: Path, gone: tuple[str, ...]) -> None:
    home.issue("caig-pass.json", at="2026-07-08T01:32:13Z")
    before = home.everything()
    for name in gone:
        (home.path / name).unlink()
    assert home.json("restore", str(saved), "--missing", at=LATER) == {"restored": list(gone)}
    assert home.everything() == before
    assert (home.path / KEY).stat().st_mode & 0o777 == 0o600
    assert home.json("restore", str(saved), "--missing", at=LATER) == {"restored": []}
    home.json("publish", at=LATER)


def test_missing_and_replace_contradict_each_other(home: Home, saved: Path) -> None:
    assert home.certify("restore", str(saved), "--missing", "--replace", at=CREATED).exit == 2


def test_what_is_missing_is_that_of_a_register(saved: Path, tmp_path: Path) -> None:
    assert Home(tmp_path / "new").fails("restore", str(saved), "--missing") == "register.missing"
