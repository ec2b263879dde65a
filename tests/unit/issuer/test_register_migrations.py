"""Migrations: they make exactly the tables that the code uses, and can be undone and done again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from issuer.errors import IssuerError
from issuer.register import database, open_register, transaction
from issuer.register.tables import metadata
from tests.kit import databases
from tests.kit.home import CAIG_AT, LATER, REASON, demo, opened

STEPS = [each.revision for each in database._script().walk_revisions()][::-1]
"""From the first migration to the newest."""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return databases.register(tmp_path)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_register(url)
    yield engine
    engine.dispose()


def migrate(engine: Engine, direction: str, target: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    with transaction(engine) as connection:
        config.attributes["connection"] = connection
        getattr(command, direction)(config, target)


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def differences(engine: Engine) -> list[object]:
    with transaction(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))


def test_an_empty_database_gets_every_table(engine: Engine) -> None:
    assert tables(engine) == set(metadata.tables)


def test_the_migrated_schema_is_the_one_of_the_code(engine: Engine) -> None:
    assert differences(engine) == []


def test_down_to_nothing_and_up_again(engine: Engine) -> None:
    migrate(engine, "downgrade", "base")
    assert tables(engine) == set()
    migrate(engine, "upgrade", "head")
    assert tables(engine) == set(metadata.tables)
    assert differences(engine) == []


def held(engine: Engine) -> dict[str, list[object]]:
    """The values of each column, table by table in the order of its rows' keys."""
    seen, found = inspect(engine), dict[str, list[object]]()
    keys = {name: ", ".join(seen.get_pk_constraint(name)["constrained_columns"]) for name in tables(engine)}
    with transaction(engine) as connection:
        for name, key in keys.items():
            answer = connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY {key}")  # noqa: S608 - our own names
            rows = answer.all()
            found |= {f"{name}.{column}": [row[place] for row in rows] for place, column in enumerate(answer.keys())}
    return found


def test_each_step_down_and_up_again_keeps_what_there_is_a_place_for(tmp_path: Path) -> None:
    home = demo(tmp_path / "home")
    aima = home.issue()
    home.issue("caig-pass.json", at=CAIG_AT)
    home.json("revoke", aima, *REASON, at=LATER)
    with opened(home) as desk:
        left = grown = full = held(desk.engine)
        for step in reversed(STEPS[:-1]):
            migrate(desk.engine, "downgrade", step)
            left = held(desk.engine)
            assert left == {name: full[name] for name in left}
        for step in STEPS[1:]:
            migrate(desk.engine, "upgrade", step)
            grown = held(desk.engine)
            assert {name: grown[name] for name in left} == left
        assert grown.keys() == full.keys()
        assert differences(desk.engine) == []
    assert home.json("show", aima, at=LATER)["state"] == "withdrawn"


def test_opening_again_changes_nothing(engine: Engine, url: str) -> None:
    with transaction(engine) as connection:
        connection.exec_driver_sql("INSERT INTO person (id, since) VALUES ('p', '2026-07-01T00:00:00.000000Z')")
    again = open_register(url)
    with transaction(again) as connection:
        assert connection.exec_driver_sql("SELECT id FROM person").scalars().all() == ["p"]
    again.dispose()


def test_there_is_one_line_of_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == len(script.get_bases()) == 1


def test_constraints_have_names_that_a_migration_can_use(engine: Engine) -> None:
    seen = inspect(engine)
    for table in metadata.tables:
        assert seen.get_pk_constraint(table)["name"] == f"pk_{table}"
        assert all(key["name"] for key in seen.get_foreign_keys(table))
        assert all(unique["name"] for unique in seen.get_unique_constraints(table))


@databases.in_a_file
def test_the_database_holds_what_the_code_relies_on(engine: Engine) -> None:
    with transaction(engine) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with pytest.raises(IssuerError) as raised, transaction(engine) as connection:
        connection.exec_driver_sql("INSERT INTO revision VALUES ('nobody', 1, 'x', NULL, '{}')")
    assert raised.value.code == "register.unusable"


def test_a_failed_transaction_leaves_nothing_and_names_nobody(engine: Engine) -> None:
    mark = "%s" if databases.SERVER else "?"
    twice = f"INSERT INTO person (id, since) SELECT {mark}, 'x' UNION ALL SELECT {mark}, 'x'"
    with pytest.raises(IssuerError) as raised, transaction(engine) as connection:
        connection.exec_driver_sql(twice, ("ada@candidate.example", "ada@candidate.example"))
    assert "candidate.example" not in str(raised.value)
    with transaction(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 0


@databases.in_a_file
def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(IssuerError) as raised:
        open_register(f"sqlite:///{tmp_path / 'absent.db'}")
    assert raised.value.code == "register.missing"
    assert list(tmp_path.iterdir()) == []
