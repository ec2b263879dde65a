"""The register as one file: copied whole while others write, and looked at before it is believed."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import Engine

from ..errors import IssuerError

_OF_THE_DISK: Final = {"SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY"}
SIDE_FILES: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: a part of it until the last connection is closed."""


def copy(engine: Engine, path: Path) -> None:
    """Write one committed state of the register to `path` (an empty file, or none), beside any reader and writer.

    The copy holds nothing that was deleted. Raises OSError when the disk fails, else IssuerError `register.unusable`.
    """
    with engine.connect() as connection:
        driver = connection.connection.driver_connection  # outside of a transaction, where alone this works
        if driver is None or engine.dialect.name != "sqlite":
            raise IssuerError("register.unusable", "Only a register in SQLite is backed up here. Use its own tools.")
        try:
            driver.execute("VACUUM INTO ?", (str(path),))
        except sqlite3.Error as error:
            if str(error.sqlite_errorname).startswith(tuple(_OF_THE_DISK)):
                raise OSError(errno.EIO, str(error), str(path)) from None
            raise IssuerError("register.unusable", f"The register could not be copied ({error}).") from None


def is_sound(path: Path) -> bool:
    """Whether SQLite finds every page and every index of this database as it should be; nothing is written."""
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return list(connection.execute("PRAGMA integrity_check")) == [("ok",)]
    except sqlite3.Error:
        return False
