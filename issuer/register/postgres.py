"""PostgreSQL, for several workers and hosts on one register. One writer at a time, by an advisory lock."""

from typing import Any, Final

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from .tables import metadata

_WRITER: Final = 0x43455254
"""The number of the lock that every writing transaction holds: "CERT"."""
_PATIENCE: Final = "30s"
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


def forget(engine: Engine) -> None:
    """Free the space of what was deleted; the server overwrites it with what comes next."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.rollback()
        driver.autocommit = True  # VACUUM runs outside of transactions alone
        try:
            cursor = driver.cursor()
            for table in metadata.sorted_tables:
                cursor.execute(f"VACUUM {table.name}")
        finally:
            driver.autocommit = False
