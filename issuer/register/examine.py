"""Looking at a register that may be broken, without changing a byte of it: no migration, no log brought in."""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from ..errors import IssuerError
from . import postgres

_BUSY_TIMEOUT_SECONDS: Final = 5
_MAX_FAULTS: Final = 5


def open_unchanged(url: URL) -> Engine:
    """An engine on a register that cannot write; raises IssuerError `register.missing`."""
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, hide_parameters=True, **postgres.OPTIONS)
        event.listen(engine, "begin", lambda connection: postgres.begin(connection, reading=True))
        return engine
    return _open_file(Path(str(url.database)))


def _open_file(path: Path) -> Engine:
    if not path.is_file():
        raise IssuerError("register.missing", f"There is no register {path}. Restore it from a backup.")
    # Without a log nobody has the register open. To open it as usual would leave two files of SQLite's own behind.
    how = "mode=ro" if path.with_name(path.name + "-wal").exists() else "immutable=1"
    address = f"{path.absolute().as_uri()}?{how}"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=_BUSY_TIMEOUT_SECONDS),
        poolclass=NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def damage(connection: Connection) -> tuple[str, ...]:
    """What SQLite finds wrong with the file and with its references, the first few; nothing when it is sound.

    PostgreSQL looks after its own files and references.
    """
    if connection.dialect.name != "sqlite":
        return ()
    faults = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_MAX_FAULTS})")]
    lost = [
        f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return tuple([fault for fault in faults if fault != "ok"] + lost[:_MAX_FAULTS])
