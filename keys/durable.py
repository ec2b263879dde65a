"""Files that are there in full or not at all, also after a crash: fsync of the file, then of its folder."""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{16}")
_EXCLUSIVE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def create(path: Path, data: bytes, *, mode: int) -> None:
    """Write a new file with exactly these permission bits; raises FileExistsError, and leaves what stands."""
    _write(path, data, mode)
    sync_folder(path.parent)


def _write(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, _EXCLUSIVE, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)  # the umask took its part of what os.open was given
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def replace(path: Path, data: bytes, *, mode: int) -> None:
    """Write a file in the place of another, if any: a reader sees the old or the new one, never a part."""
    replace_all(path.parent, {path.name: data}, mode=mode)


def replace_all(folder: Path, files: Mapping[str, bytes], *, mode: int) -> None:
    """Several files of one folder, by name, each as `replace` does; the folder is synced once, after the last of them.

    Also when nothing was to be written: the names that stand there last from now on.
    """
    for name, data in files.items():
        temporary = folder / f".{name}.{secrets.token_hex(8)}"
        _write(temporary, data, mode)  # its name need not last: it has another one before the folder is synced
        try:
            temporary.replace(folder / name)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    sync_folder(folder)


def sweep(folder: Path) -> None:
    """Delete what a writer that was killed has left behind in a folder. Nobody may be writing there meanwhile.

    A folder that is not there holds nothing.
    """
    for path in folder.iterdir() if folder.is_dir() else ():
        if _TEMPORARY.fullmatch(path.name):
            path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make names that were added to a folder, or taken away, last."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
