"""Opening the register: the engine, its locking, and its migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError

from ..errors import IssuerError

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT_SECONDS: Final = 30


def _config() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


_SCRIPT: Final = ScriptDirectory.from_config(_config())


def open_register(url: URL | str) -> Engine:
    """The engine for a database URL, with every migration applied.

    Raises IssuerError `register.unusable`, `register.newer` when a later version of this program has migrated it, or
    `register.missing`: SQLite would make an empty register in the place of one that was lost.
    """
    path = make_url(url).database
    if path and not Path(path).is_file():
        raise IssuerError("register.missing", f"There is no register {path}. Restore it from a backup.")
    engine = create_engine(url, connect_args={"timeout": _BUSY_TIMEOUT_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    try:
        with snapshot(engine) as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        if current != _SCRIPT.get_current_head():
            with engine.begin() as connection:
                _migrate(connection)
    except DBAPIError as error:
        raise _unusable(error) from None
    except CommandError:
        raise IssuerError(
            "register.newer", "A later version of this program has changed the register. Use that version."
        ) from None
    return engine


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One state of the register to read from, beside any writer; raises IssuerError `register.unusable`."""
    try:
        with engine.connect().execution_options(certify_reading=True) as connection:
            yield connection
    except DBAPIError as error:
        raise _unusable(error) from None


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One writing transaction, all or nothing; raises IssuerError `register.unusable` when the database fails."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise _unusable(error) from None


def checkpoint(engine: Engine) -> None:
    """Bring SQLite's log into its file and empty it, so that what was deleted is in neither."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection  # outside of a transaction, where alone this works
        if driver is not None and engine.dialect.name == "sqlite":
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _configure(connection: Any, _record: object) -> None:
    """Readers never block the writer, a commit survives a power cut, what is deleted is gone, and transactions are ours
    to begin.
    """
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock first: two that read the same state and then write would double it."""
    reading = connection.get_execution_options().get("certify_reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _unusable(error: DBAPIError) -> IssuerError:
    """The driver's words, never the statement's parameters: those may name people."""
    return IssuerError("register.unusable", f"The register could not be used ({error.orig}). Nothing was changed.")
