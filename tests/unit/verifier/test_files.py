"""Files in and the memory out: what is read, what is refused, and what a failure leaves behind."""

import io
import os
import stat
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.kit.credentials import REVOCATION, aima
from tests.kit.minting import AT, ISSUER, encoded
from verifier import Report, Trust, TrustError, files, verify
from verifier.limits import MAX_CARRIER_BYTES

ACCEPTED = frozenset({ISSUER.did})


def report() -> Report:
    return verify(encoded(ISSUER.secured(aima())), trust=ISSUER.trust(), at=AT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "trust.json").write_bytes(encoded(ISSUER.trust_file()))
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert files.read(str(tmp_path / "a")) == b"abc"


def test_no_more_is_read_than_tells_that_it_is_too_much(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(MAX_CARRIER_BYTES + 9))
    assert len(files.read(str(tmp_path / "a"))) == MAX_CARRIER_BYTES + 1
    assert len(files.read("/dev/zero", 10)) == 11


class Stdin(NamedTuple):
    buffer: io.BytesIO


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(io.BytesIO(b"abc")))
    assert files.read("-") == b"abc"
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(files.UsageError):
        files.read("-")


@pytest.mark.parametrize("name", ["missing", ".", "a\0b", "n" * 5_000])
def test_what_cannot_be_read(name: str) -> None:
    with pytest.raises(files.UsageError, match="cannot be read"):
        files.read(name)


def test_a_folder_adds_up(folder: Path) -> None:
    (folder / "did.json").write_bytes(encoded({"id": "did:web:else.example"}))
    (folder / "notes.txt").write_text("not read", encoding="utf-8")
    assert set(files.trust([str(folder)]).did_documents) == {ISSUER.did, "did:web:else.example"}
    assert files.trust([]) == Trust()


def test_an_empty_folder_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(files.UsageError, match=r"holds no \.json"):
        files.trust([str(tmp_path)])


def test_a_damaged_file_is_named(folder: Path) -> None:
    (folder / "bad.json").write_bytes(b"{")
    with pytest.raises(TrustError, match=r"bad\.json") as refused:
        files.trust([str(folder)])
    assert refused.value.code == "trust.json"


def test_the_memory_is_written(folder: Path) -> None:
    files.remember([str(folder)], report(), ACCEPTED, AT)
    assert names(folder) == ["seen.json", "trust.json"]
    memory = files.trust_file(str(folder / "seen.json"))
    assert (memory.seen_at, set(memory.status_lists)) == (AT, {REVOCATION})
    assert stat.S_IMODE((folder / "seen.json").stat().st_mode) == 0o644, "other readers of the folder go on reading"
    assert files.trust([str(folder)]).seen_at == AT


def test_the_first_folder_is_the_one(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    files.remember([str(folder / "trust.json"), str(folder), str(other)], report(), ACCEPTED, AT)
    assert "seen.json" in names(folder)
    assert names(other) == []


@pytest.fixture
def published(folder: Path) -> Path:
    """A folder that a web server serves."""
    (folder / ".well-known").mkdir()
    (folder / ".well-known" / "did.json").write_bytes(b"{}")
    return folder


@pytest.fixture
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reader's own folder, which nobody has needed yet."""
    return tmp_path_factory.mktemp("state") / "not" / "yet"


def test_nothing_is_ever_written_into_a_published_folder(published: Path, state: Path) -> None:
    before = sorted(published.rglob("*"))
    files.remember([str(published)], report(), ACCEPTED, AT, state=state)
    assert sorted(published.rglob("*")) == before
    (path,) = sorted(state.rglob("seen.json"))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert files.trust([str(published)], state).seen_at == AT, "what was seen counts as it does in any other folder"
    assert files.trust([str(published / ".." / published.name)], state).seen_at == AT
    assert files.trust([str(published / "trust.json")], state).seen_at is None, "a file has no memory"


def test_nor_below_one_nor_by_another_name(
    published: Path, state: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    below = published / "below"
    below.mkdir()
    (below / "trust.json").write_bytes((published / "trust.json").read_bytes())
    link = tmp_path_factory.mktemp("links") / "link"
    link.symlink_to(published)
    for place in (below, link):
        files.remember([str(place)], report(), ACCEPTED, AT, state=state)
    assert not list(published.rglob("seen.json"))
    assert len(sorted(state.rglob("seen.json"))) == 2


def test_what_is_kept_elsewhere_can_be_forgotten(published: Path, state: Path) -> None:
    files.remember([str(published)], report(), ACCEPTED, AT, state=state)
    (path,) = sorted(state.rglob("seen.json"))
    ((name, forgotten),) = files.forget([str(published)], AT, state)
    assert (name, forgotten is not None) == (str(path), True)
    path.write_bytes(b"{")
    assert list(files.forget([str(published)], AT, state)) == [(str(path), None)]
    assert sorted(state.rglob("seen.json")) == []


@pytest.mark.parametrize("state", [None, Path("/proc/nowhere")])
def test_where_no_place_is_nothing_is_kept(published: Path, state: Path | None) -> None:
    files.remember([str(published)], report(), ACCEPTED, AT, state=state)
    assert not list(published.rglob("seen.json"))
    assert files.trust([str(published)], state).seen_at is None


def test_without_a_folder_nothing_is_written(folder: Path) -> None:
    files.remember([], report(), ACCEPTED, AT)
    files.remember([str(folder / "trust.json")], report(), ACCEPTED, AT)
    assert names(folder) == ["trust.json"]


def test_a_folder_that_may_not_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    files.remember([str(folder)], report(), ACCEPTED, AT)
    assert names(folder) == ["trust.json"]


def test_a_disk_that_is_full(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    files.remember([str(folder)], report(), ACCEPTED, AT)
    assert names(folder) == ["trust.json"], "no half-written file is left behind"
    assert "seen.json could not be written" in capsys.readouterr().err


def test_a_memory_that_is_damaged_meanwhile(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "seen.json").write_bytes(b"{")
    files.remember([str(folder)], report(), ACCEPTED, AT)
    assert (folder / "seen.json").read_bytes() == b"{"
    assert "seen.json" in capsys.readouterr().err
