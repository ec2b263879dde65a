"""Every byte that a database keeps in its files, whatever its tables still say: what an erasure has to reach."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from tests.kit import databases
from tests.kit.home import Home

_READ = "SELECT pg_read_binary_file('{0}', 0, (pg_stat_file('{0}', true)).size, true)"
_PLAIN = {
    "person_candidate": "candidate_id",
    "person_email": "email",
    "request": "text",
    "result": "raw",
    "revision": "credential",
    "rendering": "content",
}


def pages(home: Home) -> dict[str, bytes]:
    """The files of the register: of SQLite all beside it, of PostgreSQL all of the database, catalogues among them."""
    if not databases.SERVER:
        return {path.name: path.read_bytes() for path in home.path.glob("certify.db*")}
    with autocommit(home) as connection:
        connection.exec_driver_sql("CHECKPOINT")  # what is in memory is on pages that somebody may copy later
        folder = connection.exec_driver_sql(
            "SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
        names = [str(name) for name in connection.exec_driver_sql(f"SELECT pg_ls_dir('{folder}')").scalars()]
        return {name: _file(connection, f"{folder}/{name}") for name in names}


def _file(connection: Connection, path: str) -> bytes:
    return bytes(connection.exec_driver_sql(_READ.format(path)).scalar() or b"")


def holding(home: Home, needles: Iterable[bytes]) -> list[str]:
    """The files in which one of these stands."""
    wanted = tuple(needles)
    return sorted(name for name, data in pages(home).items() if any(each in data for each in wanted))


def keep_plain(home: Home) -> None:
    """Let the server keep long values as they are: compressed ones could not be searched."""
    if databases.SERVER:
        home.change(*(f"ALTER TABLE {table} ALTER {column} SET STORAGE EXTERNAL" for table, column in _PLAIN.items()))


def analyze(home: Home) -> None:
    """Let the database take samples of its columns, as a server does by itself."""
    with autocommit(home) as connection:
        connection.exec_driver_sql("ANALYZE")


@contextmanager
def autocommit(home: Home) -> Iterator[Connection]:
    """A connection of its own, without transactions."""
    engine = create_engine(home.database(), isolation_level="AUTOCOMMIT", poolclass=NullPool, **databases.OPTIONS)
    with engine.connect() as connection:
        yield connection


@contextmanager
def reader(home: Home, *, looks: bool = True) -> Iterator[None]:
    """Somebody who holds one state of the register open; `looks`: and has read of a table that names people."""
    engine = create_engine(home.database(), poolclass=NullPool, **databases.OPTIONS)
    level = {"isolation_level": "REPEATABLE READ"} if databases.SERVER else {}
    try:
        with engine.connect().execution_options(**level) as connection:
            if not databases.SERVER:
                connection.exec_driver_sql("BEGIN")
            table = "person_email" if looks else "event"
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - one of two
            yield
            connection.rollback()
    finally:
        engine.dispose()
