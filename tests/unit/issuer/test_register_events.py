"""The event chain: it grows at its end, and shows whatever was changed, taken out or put in."""

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from issuer.register import events, open_register, transaction
from issuer.register.eventtypes import EventType
from tests.kit import databases

T0 = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = open_register(databases.register(tmp_path))
    with transaction(engine) as connection:
        for number in range(5):
            events.append(
                connection,
                EventType.REVOKED,
                at=T0 + timedelta(minutes=number),
                award_id=f"urn:uuid:{number % 2}",
                revision=1,
                decision_ref=f"DEC-{number}",
                effective_at=T0,
            )
        yield connection
    engine.dispose()


def test_an_empty_chain_holds(tmp_path: Path) -> None:
    engine = open_register(databases.register(tmp_path))
    with transaction(engine) as connection:
        assert events.broken_at(connection) is None
        assert events.last_at(connection) is None
        assert events.history(connection) == []
    engine.dispose()


def test_events_are_numbered_and_each_seals_the_one_before(connection: Connection) -> None:
    rows = events.history(connection)
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
    assert rows[0].prev == "0" * 64
    assert [row.prev for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert events.broken_at(connection) is None
    assert events.last_at(connection) == T0 + timedelta(minutes=4)


def test_the_seal_is_the_hash_of_the_documented_object(connection: Connection) -> None:
    row = events.history(connection)[0]
    sealed = {
        "actorRole": "issuer",
        "at": "2026-07-01T09:00:00Z",
        "awardId": "urn:uuid:0",
        "decisionRef": "DEC-0",
        "effectiveAt": "2026-07-01T09:00:00Z",
        "prev": "0" * 64,
        "revision": 1,
        "seq": 1,
        "type": "revoked",
    }
    text = json.dumps(sealed, sort_keys=True, separators=(",", ":"))
    assert row.hash == hashlib.sha256(text.encode()).hexdigest()


def test_the_history_of_one_award(connection: Connection) -> None:
    assert [row.seq for row in events.history(connection, "urn:uuid:1")] == [2, 4]


@pytest.mark.parametrize(
    "change",
    [
        "at = '2026-07-01T09:30:00.000000Z'",
        "type = 'issued'",
        "award_id = 'urn:uuid:9'",
        "award_id = NULL",
        "revision = 2",
        "actor_role = 'platform'",
        "decision_ref = 'DEC-9'",
        "effective_at = '2026-07-01T09:30:00.000000Z'",
        f"prev = '{'1' * 64}'",
        f"hash = '{'1' * 64}'",
    ],
)
def test_a_changed_event_shows(connection: Connection, change: str) -> None:
    connection.exec_driver_sql(f"UPDATE event SET {change} WHERE seq = 3")  # noqa: S608 - the cases are above
    assert events.broken_at(connection) == 3


def test_an_event_that_was_taken_out_or_put_in_shows(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM event WHERE seq = 2")
    assert events.broken_at(connection) == 2
    connection.exec_driver_sql("UPDATE event SET seq = seq - 1 WHERE seq > 2")
    assert events.broken_at(connection) == 2


def test_what_was_cut_off_at_the_end_needs_a_copy_of_the_last_hash(connection: Connection) -> None:
    """A chain alone cannot tell: this is the known limit, and why its head is to be kept elsewhere."""
    connection.exec_driver_sql("DELETE FROM event WHERE seq = 5")
    assert events.broken_at(connection) is None


def test_the_documentation_has_every_type_with_its_role_and_no_other() -> None:
    page = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"\| about \| types \| role \|\n\| --- \| --- \| --- \|\n((?:\|.*\n)+)", page)
    told: dict[str, str] = {}
    for row in table.splitlines():
        _, _, types, role, _ = row.split("|")
        told |= {name: role.strip(" `") for name in re.findall(r"`([a-z-]+)`", types)}
    assert told == {kind.value: kind.role.value for kind in EventType}


def test_nothing_is_written_by_a_free_text() -> None:
    """Each call names a member of the list, or hands on what the types say is one."""
    for path in sorted((Path(__file__).parents[3] / "issuer").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "events.append":
                kind = ast.unparse(node.args[1])
                known = kind.startswith("EventType.") or kind in {"RESTORED", "REPAIRED", "ADOPTED", "kind"}
                assert known or kind == "_EVENTS[kind, given]", (path, kind)


def test_every_type_is_written_somewhere() -> None:
    folder = Path(__file__).parents[3] / "issuer" / "service"
    written = {
        name
        for path in folder.rglob("*.py")
        for name in re.findall(r"EventType\.([A-Z_]+)", path.read_text(encoding="utf-8"))
    }
    assert written == set(EventType.__members__)
