"""PostgreSQL databases for the tests, where CERTIFY_TEST_POSTGRES names a server; else every register is a file.

The variable is a URL of any database on that server, such as postgresql://root@127.0.0.1/postgres. A process makes a
few, and hands them out again in turn: to drop one, the server first writes everything that it holds to the disk.
"""

import atexit
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest import mock

import pytest
from sqlalchemy import URL, Connection, create_engine, create_mock_engine, func, make_url, select
from sqlalchemy.pool import NullPool

from issuer.register import database, postgres, sqlite
from issuer.register.tables import metadata

SERVER: Final = os.environ.get("CERTIFY_TEST_POSTGRES", "")
Rows = dict[str, list[dict[str, Any]]]
"""All that a register holds, by table."""

in_a_file = pytest.mark.skipif(bool(SERVER), reason="About the register as a file: the register is no file there.")

OPTIONS: Final[dict[str, Any]] = {"connect_args": {"ssl_context": False}} if SERVER else {}
"""Of the time for a connection most would go into certificates that nobody checks."""
_DRIVER: Final = "postgresql+pg8000"
_EMPTY: Final = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND"
    " pid <> pg_backend_pid(); DROP SCHEMA public CASCADE; CREATE SCHEMA public"
)
_made: list[str] = []
_free: list[str] = []
_taken: list[str] = []


def new(rows: Rows | None = None) -> str:
    """The URL of an empty database, or of one that is a register with this in it."""
    if not _free:
        _free.append(f"certify_test_{os.getpid()}_{secrets.token_hex(4)}")
        _made.append(_free[-1])
        with _connected(SERVER) as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{_free[-1]}"')
            connection.exec_driver_sql(f'ALTER DATABASE "{_free[-1]}" SET synchronous_commit = off')
    _taken.append(_free.pop())
    url = f"{SERVER.rpartition('/')[0]}/{_taken[-1]}"
    if rows is not None:
        fill(url, rows)
    else:
        with _connected(url) as connection:
            connection.exec_driver_sql(_EMPTY)
    return url


@contextmanager
def handed_back() -> Iterator[None]:
    """What is taken inside of the block is free for others after it."""
    before = len(_taken)
    yield
    _free.extend(_taken[before:])
    del _taken[before:]


def register(folder: Path) -> str:
    """The URL of an empty register: a file in this folder, or a database."""
    if SERVER:
        return new().replace("postgresql:", f"{_DRIVER}:")
    path = folder / "certify.db"
    path.touch()
    return f"sqlite:///{path}"


def contents(url: URL | str) -> Rows:
    """Everything in the register at a URL."""
    with _connected(url) as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }


def fill(url: URL | str, rows: Rows) -> None:
    """Make the database at a URL a register with this in it, whatever it was."""
    with _connected(url) as connection:
        connection.exec_driver_sql(f"BEGIN; {_EMPTY}; {_schema()}")
        for table in (each for each in metadata.sorted_tables if rows[each.name]):
            connection.execute(table.insert(), rows[table.name])
            counted = table.autoincrement_column
            if counted is not None:
                sequence = func.pg_get_serial_sequence(table.name, counted.name)
                connection.execute(select(func.setval(sequence, max(row[counted.name] for row in rows[table.name]))))
        connection.exec_driver_sql("COMMIT")


@cache
def _schema() -> str:
    """What the migrations make of an empty database (tests/unit/issuer/test_register_migrations.py), in one go."""
    dialect, said = create_mock_engine(f"{_DRIVER}://", print).dialect, list[str]()
    engine = create_mock_engine(f"{_DRIVER}://", lambda ddl, *_, **__: said.append(str(ddl.compile(dialect=dialect))))
    metadata.create_all(engine, checkfirst=False)
    version = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    return ";".join([*said, version, f"INSERT INTO alembic_version VALUES ('{database._script().get_current_head()}')"])  # noqa: S608


def forget_references(connection: Connection) -> None:
    """Let this transaction refer to rows that are not there."""
    connection.exec_driver_sql(
        "SET LOCAL session_replication_role = replica" if SERVER else "PRAGMA defer_foreign_keys = ON"
    )


@contextmanager
def _connected(url: URL | str) -> Iterator[Connection]:
    engine = create_engine(
        make_url(url).set(drivername=_DRIVER), isolation_level="AUTOCOMMIT", poolclass=NullPool, **OPTIONS
    )
    with engine.connect() as connection:
        yield connection


@atexit.register
def _drop_all() -> None:
    for name in _made:
        with _connected(SERVER) as connection:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _refuse(connection: Any, _record: object) -> None:
    raise AssertionError("A register in a file, though CERTIFY_TEST_POSTGRES names a server: see tests/kit/home.py.")


if SERVER:
    postgres.OPTIONS.update(OPTIONS)
    mock.patch.object(sqlite, "configure", _refuse).start()
