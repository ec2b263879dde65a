"""What stands after a write, and after one that failed."""

import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest

from keys import durable


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def fail(_: object) -> NoReturn:
    raise OSError("no space left")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277])
@pytest.mark.parametrize("wanted", [0o600, 0o644])
def test_the_mode_is_exact_under_any_umask(tmp_path: Path, umask: int, wanted: int) -> None:
    before = os.umask(umask)
    try:
        durable.create(tmp_path / "new", b"text", mode=wanted)
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == wanted
    assert (tmp_path / "new").read_bytes() == b"text"


def test_create_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "file"
    durable.create(path, b"first", mode=0o600)
    with pytest.raises(FileExistsError):
        durable.create(path, b"second", mode=0o600)
    assert path.read_bytes() == b"first"


def test_create_does_not_follow_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        durable.create(tmp_path / "link", b"text", mode=0o600)
    assert not (tmp_path / "elsewhere").exists()


def test_replace_takes_the_place(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for text in (b"first", b"second"):
        durable.replace(path, text, mode=0o644)
        assert path.read_bytes() == text
    assert [*tmp_path.iterdir()] == [path]


def test_a_failed_write_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        durable.replace(tmp_path / "file", b"new", mode=0o644)
    with pytest.raises(OSError, match="no space"):
        durable.create(tmp_path / "other", b"new", mode=0o644)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_failed_rename_leaves_no_part(tmp_path: Path) -> None:
    (tmp_path / "folder" / "full").mkdir(parents=True)
    with pytest.raises(OSError, match="folder"):
        durable.replace(tmp_path / "folder", b"new", mode=0o644)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_several_files_take_one_sync_of_their_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder's last, whether or not anything was to be written."""
    synced: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode)))
    durable.replace_all(tmp_path, {"a": b"first", "b": b"second"}, mode=0o600)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"first", "b": b"second"}
    durable.replace_all(tmp_path, {}, mode=0o600)
    assert synced == [False, False, True, True]


def test_a_folder_is_swept_of_what_was_never_finished(tmp_path: Path) -> None:
    names = [".list.0123456789abcdef", ".list", "list.0123456789abcdef", "list"]
    for name in names:
        (tmp_path / name).touch()
    durable.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])
    durable.sweep(tmp_path / "nowhere")
