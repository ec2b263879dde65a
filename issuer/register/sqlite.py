"""SQLite, the embedded default: one file, one writer, readers beside it."""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from ..errors import IssuerError

_BUSY_TIMEOUT_SECONDS: Final = 30
OPTIONS: Final[dict[str, Any]] = {"connect_args": {"timeout": _BUSY_TIMEOUT_SECONDS}}


def check(url: URL) -> None:
    """Raise IssuerError `register.missing`: SQLite would make an empty register in the place of one that was lost."""
    if url.database and not Path(url.database).is_file():
        raise IssuerError("register.missing", f"There is no register {url.database}. Restore it from a backup.")


def configure(connection: Any, _record: object) -> None:
    """Readers never block the writer, a commit survives a power cut, what is deleted is gone, and transactions are ours
    to begin.
    """
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def begin(connection: Connection, *, reading: bool) -> None:
    """Take the write lock first: two that read the same state and then write would double it."""
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def reason(error: DBAPIError) -> str:
    """The driver's words, never the statement's parameters: those may name people."""
    return str(error.orig)


def forget(engine: Engine) -> None:
    """Bring the log into the file and empty it, so that what was deleted is in neither."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection  # outside of a transaction, where alone this works
        if driver is not None:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
