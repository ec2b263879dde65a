"""Opening the register: the engine, its transactions, and its migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError

from ..errors import IssuerError
from . import postgres, sqlite

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_KINDS: Final[dict[str, ModuleType]] = {"sqlite": sqlite, "postgresql": postgres}


def _config() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def open_register(url: URL | str) -> Engine:
    """The engine for a database URL, with every migration applied.

    Raises IssuerError `register.unusable`, `register.newer` when a later version of this program has migrated it, or
    `register.missing`.
    """
    made = make_url(url)
    kind = _KINDS[made.get_backend_name()]
    kind.check(made)
    engine = create_engine(made, hide_parameters=True, **kind.OPTIONS)
    kind.stay_with_the_file(engine)
    event.listen(engine, "connect", kind.configure)
    event.listen(engine, "begin", _begin)
    try:
        _bring_up_to_date(engine)
    except BaseException:
        engine.dispose()  # whoever gets no engine cannot let go of its connection
        raise
    return engine


def _bring_up_to_date(engine: Engine) -> None:
    try:
        with snapshot(engine) as connection:
            current, head = versions(connection)
        if current != head:
            with transaction(engine) as connection:
                _migrate(connection)
    except CommandError:
        raise IssuerError(
            "register.newer", "A later version of this program has changed the register. Use that version."
        ) from None


def versions(connection: Connection) -> tuple[str | None, str | None]:
    """The migration that the register stands at, and the newest that this program knows."""
    return MigrationContext.configure(connection).get_current_revision(), _script().get_current_head()


def reopen(engine: Engine) -> None:
    """Let go of the file, so that whoever stays for long sees the register that was put in its place meanwhile.

    Raises IssuerError `register.missing`, as `open_register`.
    """
    engine.dispose()
    _kind(engine).check(engine.url)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One state of the register to read from, beside any writer; raises IssuerError `register.unusable`."""
    with _named_errors(engine), engine.connect().execution_options(certify_reading=True) as connection:
        yield connection


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One writing transaction, all or nothing; raises IssuerError `register.unusable` when the database fails."""
    with _named_errors(engine), engine.begin() as connection:
        yield connection


def overwrite(engine: Engine, seconds: float | None = None) -> bool:
    """Rewrite the files of the database without what was deleted; whether nothing of it is left in them now.

    It tries for some seconds, and for as long as it takes to write the files, `seconds` at most if given.
    """
    return bool(_kind(engine).forget(engine, seconds))


def _kind(engine: Engine) -> Any:
    return _KINDS[engine.url.get_backend_name()]


def _begin(connection: Connection) -> None:
    reading = bool(connection.get_execution_options().get("certify_reading"))
    _kind(connection.engine).begin(connection, reading=reading)


def _migrate(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextmanager
def _named_errors(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        why = _kind(engine).reason(error)
        raise IssuerError(
            "register.unusable",
            f"The register could not be used ({why}). This step changed nothing. "
            "Run it again; if it stays so, run certify doctor.",
        ) from None
