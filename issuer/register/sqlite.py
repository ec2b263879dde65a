"""SQLite, the embedded default: one file, one writer, readers beside it."""

import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError

from ..errors import IssuerError

_BUSY_TIMEOUT_SECONDS: Final = 30
_TRIES, _TRY_SECONDS = 12, 0.25
"""To empty the log: between two tries writers come in, who would all wait for a reader that stays otherwise."""
_WRITER_SECONDS: Final = 5
"""For whoever writes when the file is to be rewritten."""
_STEPS: Final = 10_000
"""Of SQLite's machine, between two looks at the time: milliseconds."""
_FILE: Final = "certify_file"
"""Where a pooled connection notes which file it has open."""
OPTIONS: Final[dict[str, Any]] = {"connect_args": {"timeout": _BUSY_TIMEOUT_SECONDS}}


def check(url: URL) -> None:
    """Raise IssuerError `register.missing`: SQLite would make an empty register in the place of one that was lost."""
    if url.database and not Path(url.database).is_file():
        raise IssuerError("register.missing", f"There is no register {url.database}. Restore it from a backup.")


def stay_with_the_file(engine: Engine) -> None:
    """Let no connection outlive its file: whoever stays for long goes on in the register that was put in its place.

    An open file stays usable after it was moved away or deleted. What a service wrote there would be lost, and what a
    restore has ended would be good there still. Where no file is, `register.missing` is raised, as by `check`.
    """

    def opening(_dialect: object, record: Any, _args: object, _more: object) -> None:
        record.info[_FILE] = _file(engine.url)

    def used_again(_driver: object, record: Any, _handed_out: object) -> None:
        if record.info[_FILE] != _file(engine.url):
            raise DisconnectionError("Another file is there.")  # the pool opens that one, and asks again

    event.listen(engine, "do_connect", opening)
    event.listen(engine, "checkout", used_again)


def _file(url: URL) -> tuple[int, int] | None:
    check(url)
    if not url.database:
        return None
    found = Path(url.database).stat()
    return found.st_dev, found.st_ino


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


def forget(engine: Engine, seconds: float | None) -> bool:
    """Rewrite the file from what is in it now, and empty the log: what was deleted is in neither, nor on a free page.

    `secure_delete` alone leaves copies of entries that were moved from page to page. False: somebody reads an older
    state, for whom the log is kept; somebody writes; there is no room; or rewriting takes longer than `seconds`.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection  # outside of a transaction, where alone this works
        try:
            return _emptied(driver) and _rewritten(driver, seconds) and _emptied(driver)
        except sqlite3.OperationalError:
            return False
        finally:
            _be_patient(driver, _BUSY_TIMEOUT_SECONDS)


def _be_patient(driver: Any, seconds: float) -> None:
    driver.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _emptied(driver: Any) -> bool:
    """SQLite answers whether it was kept from it."""
    _be_patient(driver, _TRY_SECONDS)
    return any(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0 for _ in range(_TRIES))


def _rewritten(driver: Any, seconds: float | None) -> bool:
    _be_patient(driver, _WRITER_SECONDS)
    end = None if seconds is None else time.monotonic() + seconds
    driver.set_progress_handler(lambda: end is not None and time.monotonic() > end, _STEPS)
    try:
        driver.execute("VACUUM")
    finally:
        driver.set_progress_handler(None, 0)
    return True
