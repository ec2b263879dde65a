"""The backup file: what was written is read again, and of a changed file nothing is believed."""

import random
import warnings
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from issuer.errors import IssuerError
from issuer.service.archive import Archive, Manifest, read, write

FILES = {"certify.toml": b"[issuer]\n", "keys/registry.json": b'{"keys": []}\n', "keys/key-2026-1.pem": b"sealed"}
REGISTER = bytes(range(256)) * 40
MANIFEST = Manifest(
    datetime(2026, 7, 1, tzinfo=UTC),
    "did:web:credentials.example",
    (3, "ab" * 32),
    {"revocation/1": datetime(2026, 7, 1, 0, 0, 0, 1_000, tzinfo=UTC)},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "register").write_bytes(REGISTER)
    path = tmp_path / "backup.zip"
    write(path, MANIFEST, FILES, tmp_path / "register")
    return path


def contents(found: Archive) -> tuple[Manifest, dict[str, bytes], bytes]:
    target = found.path.with_name("extracted")
    found.extract_register(target)
    return found.manifest, dict(found.files), target.read_bytes()


def code(path: Path) -> str:
    with pytest.raises(IssuerError) as raised:
        read(path)
    return raised.value.code


def test_what_was_written_is_read_again(path: Path) -> None:
    assert contents(read(path)) == (MANIFEST, FILES, REGISTER)


@pytest.mark.parametrize("year", [1, 1979, 2108, 9999])
def test_a_clock_that_a_zip_file_cannot_name_is_no_obstacle(path: Path, year: int) -> None:
    created = datetime(year, 6, 1, tzinfo=UTC)
    write(path, Manifest(created, "did", (1, ""), {}), FILES, path.with_name("register"))
    assert read(path).manifest.created == created


def test_no_changed_byte_is_believed(path: Path) -> None:
    """What is not covered by a digest (times, permissions) says nothing: then all contents are the same."""
    data, chance = path.read_bytes(), random.Random(1)
    changed = path.with_name("changed.zip")
    outcomes = set()
    for _ in range(1_000):
        mutant = bytearray(data)
        mutant[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        changed.write_bytes(mutant[: chance.randrange(len(data))] if chance.random() < 0.1 else mutant)
        try:
            found = read(changed)
        except IssuerError as error:
            outcomes.add(error.code)
        else:
            assert contents(found) == (MANIFEST, FILES, REGISTER)
    assert outcomes == {"backup.damaged"}


@pytest.mark.parametrize(
    "extra", ["other.txt", "keys/.hidden.pem", "keys/a/b.pem", "/certify.db", "../x.pem", "certify.db"]
)
def test_no_other_member_is_accepted(path: Path, extra: str) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")  # the last name is there twice
        file.writestr(extra, b"")
    assert code(path) == "backup.damaged"


def test_a_member_that_is_too_large_is_not_read(path: Path) -> None:
    write(path, MANIFEST, {**FILES, "keys/big.pem": bytes(4097)}, path.with_name("register"))
    assert code(path) == "backup.damaged"


def test_without_a_registry_it_is_no_backup(path: Path) -> None:
    write(path, MANIFEST, {"certify.toml": b""}, path.with_name("register"))
    assert code(path) == "backup.damaged"
