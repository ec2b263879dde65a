"""The files of the command line: credentials and trust in, the memory of a trust folder out."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from . import memory, terminal
from .format.display import visible
from .limits import MAX_CARRIER_BYTES, MAX_TRUST_BYTES
from .report import Report
from .trust import Trust, TrustError

_PUBLISHED = Path(".well-known", "did.json")
"""What makes a folder one that an issuer publishes, with all below it: a did:web is resolved there."""


class UsageError(Exception):
    """Something about the command line, not about the credential."""


def read(name: str, limit: int = MAX_CARRIER_BYTES) -> bytes:
    """A file, or standard input for `-`: at most one byte more than the limit, so that the reader says it is too large.

    Raises UsageError.
    """
    try:
        if name == "-" and sys.stdin is not None:
            return sys.stdin.buffer.read(limit + 1)
        with Path(name).open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise UsageError(f"{name} cannot be read: {reason}") from None


def trust(names: Sequence[str], state: Path | None = None) -> Trust:
    """All trust files and folders together, with what is remembered of them; raises UsageError or TrustError.

    `state`: the reader's own folder, see `_memory_of`.
    """
    together = Trust()
    for name in names:
        for path in _with_memory(name, state):
            together += trust_file(str(path))
    return together


def trust_file(name: str) -> Trust:
    """One trust file, DID document, status list or memory."""
    try:
        return Trust.read(read(name, MAX_TRUST_BYTES))
    except TrustError as error:
        raise TrustError(error.code, f"{name}: {error.detail}") from None


def remember(
    names: Sequence[str],
    report: Report,
    accepted: frozenset[str],
    at: datetime,
    compromised: frozenset[str] = frozenset(),
    *,
    state: Path | None = None,
) -> None:
    """Write the memory of the first of the trust folders, where it may be written: into the folder, unless others read
    it there.
    """
    folder = next((name for name in names if _is_folder(name)), None)
    path = _memory_of(folder, state) if folder is not None else None
    if path is None or not _may_write(path.parent):
        return
    try:
        remembered = trust_file(str(path)) if path.exists() else Trust()
        _replace(path, memory.remember(remembered, report, accepted, at, compromised))
    except (OSError, UsageError, TrustError) as error:
        terminal.complain(f"certify-verify: {path} could not be written: {visible(str(error))}")


def forget(
    names: Sequence[str], at: datetime, state: Path | None = None
) -> Iterator[tuple[str, memory.Forgotten | None]]:
    """Put every memory among the trust files right, by the clock's time `at`; one that cannot be read is removed.

    Yields the name of each, and what was forgotten, None for one that is gone. Raises UsageError.
    """
    for name in names:
        for path in _with_memory(name, state):
            found = _memory(path)
            if found is None or found.seen_at is not None:
                yield str(path), _put_right(path, found, at)


def _memory(path: Path) -> Trust | None:
    """What this file holds, nothing for one that is no memory, and None for a memory that cannot be read."""
    try:
        return trust_file(str(path))
    except TrustError:
        return None if path.name == memory.FILE else Trust()


def _put_right(path: Path, found: Trust | None, at: datetime) -> memory.Forgotten | None:
    try:
        if found is None:
            path.unlink()
            return None
        forgotten = memory.forget(found, at)
        _replace(path, forgotten.content)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    return forgotten


def _replace(path: Path, content: bytes) -> None:
    """In one step: a check that runs beside this one reads the old memory or the new one."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".seen-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            # Public lists: whoever may read the folder may read them, or the next user's check would end here.
            Path(file.name).chmod(0o644)
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def _each(path: Path) -> Iterator[Path]:
    if not _is_folder(str(path)):
        yield path
        return
    found = sorted(path.glob("*.json"))
    if not found:
        raise UsageError(f"--trust: {path} holds no .json file")
    yield from found


def _with_memory(name: str, state: Path | None) -> Iterator[Path]:
    """The trust files of a name, and the memory that is kept of it elsewhere."""
    yield from _each(Path(name))
    path = _memory_of(name, state) if _is_folder(name) else None
    if path is not None and path.parent != Path(name) and path.exists():
        yield path


def _memory_of(folder: str, state: Path | None) -> Path | None:
    """Where the memory of a trust folder is: in it; that of a folder which an issuer publishes in the reader's own
    state folder, None where there is no such place. What was seen here is nobody else's business, and must not reach
    a web server.
    """
    place = Path(folder).resolve()
    if not any((each / _PUBLISHED).exists() for each in (place, *place.parents)):
        return Path(folder) / memory.FILE
    name = hashlib.sha256(os.fsencode(place)).hexdigest()[:32]
    return state / "certify-verify" / name / memory.FILE if state is not None else None


def _may_write(folder: Path) -> bool:
    """Whether the memory may be written there; the reader's own folder is made when it is first needed."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.access(folder, os.W_OK)


def _is_folder(name: str) -> bool:
    return os.path.isdir(name)  # noqa: PTH112 - Path.is_dir raises where it may not look
