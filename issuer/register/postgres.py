"""PostgreSQL, for several workers and hosts on one register. One writer at a time, by an advisory lock."""

import time
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from .tables import PERSONAL

_WRITER: Final = 0x43455254
"""The number of the lock that every writing transaction holds: "CERT"."""
_PATIENCE: Final = "30s"
_REWRITER: Final = _WRITER + 1
"""The number of the lock of whoever rewrites tables."""
_SHORT_PATIENCE: Final = "2s"
"""For a table that is to be rewritten: all who come meanwhile wait as well."""
_TRIES, _TRY_SECONDS = 12, 0.25
"""For transactions that were open when something was deleted."""
_STATES: Final = {
    "25006": "it may be read alone",
    "28000": "the server does not let this user in",
    "28P01": "the server does not take this password",
    "3D000": "the server has no such database",
    "42501": "this user may not do that there",
    "53100": "the server's disk is full",
    "53300": "the server has too many connections",
    "55P03": f"another process has been writing for {_PATIENCE}",
    "57P01": "the server is being stopped",
    "57P03": "the server is starting",
}
"""What an operator can do something about (PostgreSQL, Appendix A)."""
OPTIONS: Final[dict[str, Any]] = {"pool_pre_ping": True}


def check(_url: URL) -> None:
    """The server itself says what is missing."""


def stay_with_the_file(_engine: Engine) -> None:
    """A server looks after its files itself."""


def configure(_connection: Any, _record: object) -> None:
    """The server's own settings are right: commits are durable, foreign keys hold."""


def begin(connection: Connection, *, reading: bool) -> None:
    """Readers see one state and cannot write. Writers wait for each other before they look at anything, as in SQLite:
    indices, the event chain and publication rest on that.
    """
    if reading:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")


def reason(error: DBAPIError) -> str:
    """The error's class alone: the server's words may quote a value, and that may name a person."""
    fields = error.orig.args[0] if error.orig and error.orig.args else None
    state = fields.get("C") if isinstance(fields, dict) else None
    if not state:
        return "no connection"
    return f"{_STATES[state]}, SQLSTATE {state}" if state in _STATES else f"SQLSTATE {state}"


def forget(engine: Engine, seconds: float | None) -> bool:
    """Rewrite each table that may name people, with its indices, from what is in it now; the old files go.

    False: a transaction is open that may still see what was deleted, or keeps a table to itself; or a table takes
    longer than `seconds`. What the server keeps beside its tables (write-ahead log, replicas) is not touched.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        dbapi: Any = engine.dialect.loaded_dbapi
        try:
            driver.rollback()
            driver.autocommit = True  # VACUUM runs outside of transactions alone
            return _rewritten(driver.cursor(), seconds)
        except dbapi.Error:
            return False
        finally:
            connection.invalidate()  # what was set for this session ends with it


def _rewritten(cursor: Any, seconds: float | None) -> bool:
    cursor.execute(f"SET lock_timeout = '{_SHORT_PATIENCE}'")
    cursor.execute(f"SET statement_timeout = {int((seconds or 0) * 1000)}")  # 0 is none
    cursor.execute(f"SELECT pg_try_advisory_lock({_REWRITER})")
    if not cursor.fetchone()[0] or not _is_seen_by_nobody(cursor):
        return False
    for table in PERSONAL:
        cursor.execute(f"VACUUM FULL {table.name}")
    return True


def _is_seen_by_nobody(cursor: Any) -> bool:
    """Whether no transaction is open any more that began before now: rows that it may see would be copied.

    Only the server knows all of them, whosever they are; what it does with a row that is deleted now, it tells.
    """
    cursor.execute("INSERT INTO horizon VALUES (1)")
    cursor.execute("DELETE FROM horizon")
    return any(_is_empty(cursor, wait) for wait in (0, *[_TRY_SECONDS] * _TRIES))


def _is_empty(cursor: Any, wait: float) -> bool:
    time.sleep(wait)
    cursor.execute("VACUUM FULL horizon")
    cursor.execute("SELECT pg_relation_size('horizon')")
    return bool(cursor.fetchone()[0] == 0)
