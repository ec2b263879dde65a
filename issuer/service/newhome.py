"""A folder that becomes an issuer's home in one step; whatever fails on the way, it is again as it was."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from keys import durable

from .. import config as configuration
from ..config import Config
from ..errors import IssuerError

_OWNER_FOLDER: Final = 0o700
# Others may pass through to `public`, which a web server serves, and list nothing.
_HOME_FOLDER: Final = 0o711
OWNER_FILE: Final = 0o600
HALFWAY: Final = f"{configuration.FILE}.new"
"""The configuration until all else is there. Where it stands, an act that was killed has left the folder."""


@contextmanager
def becoming(config: Config) -> Iterator[None]:
    """The folders of a new home, and its configuration once the block has ended well.

    Raises IssuerError `init.exists` for a folder that holds anything, but for what an `init` that was killed has left,
    and `init.running` while another one is at it.
    """
    home = config.home
    made = [each for each in (home, *home.parents) if not each.exists()]
    try:
        home.mkdir(mode=_HOME_FOLDER, parents=True, exist_ok=True)
        with _alone(home):
            _refuse_or_clear(home)
            try:
                _begin(config)
                yield
                (home / HALFWAY).rename(home / configuration.FILE)
                durable.sync_folder(home)
            except BaseException:
                _clear(home)
                raise
    except BaseException:
        for folder in made:  # the innermost first; what somebody else has put there stays
            with suppress(OSError):
                folder.rmdir()
        raise


def _begin(config: Config) -> None:
    durable.create(config.home / HALFWAY, configuration.write(config), mode=OWNER_FILE)
    for folder in (config.keys, config.issued):
        folder.mkdir(mode=_OWNER_FOLDER)
    config.public.mkdir()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Two that make a home of one folder would clear away what the other has made."""
    descriptor = os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _lock(descriptor, home)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, home: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise IssuerError(
            "init.running", f"Somebody is making an issuer in {home} just now. Wait for it, or choose another folder."
        ) from None


def _refuse_or_clear(home: Path) -> None:
    if (home / HALFWAY).exists() and not (home / configuration.FILE).exists():
        _clear(home)
    if any(home.iterdir()):
        raise IssuerError("init.exists", f"{home} is not empty and was left as it is. Choose a new folder.")


def _clear(home: Path) -> None:
    """Everything that making a home makes; last what says that it may be cleared."""
    for folder in ("keys", "issued", "public"):
        shutil.rmtree(home / folder, ignore_errors=True)
    for path in (*home.glob(f"{configuration.DATABASE}*"), home / configuration.FILE, home / HALFWAY):
        path.unlink(missing_ok=True)
