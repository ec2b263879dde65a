"""What the exam keeps, in one SQLite file: sittings, the answers given so far, and the records with their answers."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from .client import Answer
from .sitting import Accommodation, Entry, Sitting

_OWNER: Final = 0o600
_BUSY_SECONDS: Final = 10.0
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS sitting (
    id TEXT PRIMARY KEY, candidate TEXT NOT NULL, number INTEGER NOT NULL, seed TEXT NOT NULL, paper TEXT NOT NULL,
    entry TEXT NOT NULL, started_at TEXT NOT NULL, ends_at TEXT NOT NULL, finished_at TEXT,
    UNIQUE (candidate, number)
);
CREATE TABLE IF NOT EXISTS answer (
    sitting TEXT NOT NULL REFERENCES sitting (id), question TEXT NOT NULL, option TEXT NOT NULL,
    PRIMARY KEY (sitting, question)
);
CREATE TABLE IF NOT EXISTS record (
    sitting TEXT PRIMARY KEY REFERENCES sitting (id), body BLOB NOT NULL, answer TEXT
);
"""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record as it was stored, and the service's answer once there is one."""

    sitting: str
    body: bytes
    answer: Answer | None


class Store:
    """Every method is one transaction; a second process, or a thread, waits for its turn."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Names and addresses are in it: for its owner alone from its first moment.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNER))
        with closing(self._connect()) as connection:
            connection.executescript(_TABLES)

    def start(self, candidate: str, make: Callable[[list[Sitting]], tuple[Sitting, str]]) -> Sitting:
        """Store the sitting (and its seed) that `make` answers to all earlier ones; what it raises stores nothing."""
        with self._writing() as connection:
            rows = connection.execute("SELECT * FROM sitting WHERE candidate = ? ORDER BY number", (candidate,))
            sitting, seed = make([_sitting(row) for row in rows])
            values = (
                sitting.id,
                candidate,
                sitting.number,
                seed,
                json.dumps(sitting.paper),
                json.dumps(asdict(sitting.entry)),
                sitting.started_at.isoformat(),
                sitting.ends_at.isoformat(),
            )
            connection.execute("INSERT INTO sitting VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", values)
        return sitting

    def sitting(self, sitting_id: str) -> Sitting | None:
        with self._writing() as connection:
            return _one(connection, "id = ?", sitting_id)

    def latest(self, candidate: str) -> Sitting | None:
        """The candidate's last start."""
        with self._writing() as connection:
            return _one(connection, "candidate = ? ORDER BY number DESC LIMIT 1", candidate)

    def save(self, sitting_id: str, question: str, option: str) -> None:
        """One answer, in place of an earlier one; of a finished sitting nothing changes any more."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO answer SELECT id, ?, ? FROM sitting WHERE id = ? AND finished_at IS NULL"
                " ON CONFLICT (sitting, question) DO UPDATE SET option = excluded.option",
                (question, option, sitting_id),
            )

    def answers(self, sitting_id: str) -> dict[str, str]:
        """Option ids by question id."""
        with self._writing() as connection:
            return _answers(connection, sitting_id)

    def finish(self, sitting: Sitting, at: datetime, make: Callable[[Mapping[str, str]], bytes]) -> None:
        """Close the sitting and store its record, made of the answers; once, and for ever."""
        with self._writing() as connection:
            changed = connection.execute(
                "UPDATE sitting SET finished_at = ? WHERE id = ? AND finished_at IS NULL", (at.isoformat(), sitting.id)
            ).rowcount
            if changed:
                body = make(_answers(connection, sitting.id))
                connection.execute("INSERT INTO record VALUES (?, ?, NULL)", (sitting.id, body))

    def outgoing(self, sitting_id: str) -> Outgoing | None:
        """The record of a sitting."""
        with self._writing() as connection:
            row = connection.execute("SELECT * FROM record WHERE sitting = ?", (sitting_id,)).fetchone()
        return _outgoing(row) if row else None

    def unanswered(self) -> list[Outgoing]:
        """The records that still have to be sent, oldest first."""
        with self._writing() as connection:
            rows = connection.execute("SELECT * FROM record WHERE answer IS NULL ORDER BY rowid").fetchall()
        return [_outgoing(row) for row in rows]

    def answered(self, sitting_id: str, answer: Answer) -> None:
        """Keep what the service answered."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE record SET answer = ? WHERE sitting = ?", (json.dumps(asdict(answer)), sitting_id)
            )

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def _one(connection: sqlite3.Connection, where: str, value: str) -> Sitting | None:
    row = connection.execute(f"SELECT * FROM sitting WHERE {where}", (value,)).fetchone()  # noqa: S608 - our own words
    return _sitting(row) if row else None


def _answers(connection: sqlite3.Connection, sitting_id: str) -> dict[str, str]:
    rows = connection.execute("SELECT question, option FROM answer WHERE sitting = ?", (sitting_id,))
    return {row["question"]: row["option"] for row in rows}


def _sitting(row: sqlite3.Row) -> Sitting:
    finished = row["finished_at"]
    return Sitting(
        id=row["id"],
        candidate=row["candidate"],
        number=row["number"],
        entry=_entry(json.loads(row["entry"])),
        paper=tuple((question, tuple(options)) for question, options in json.loads(row["paper"])),
        started_at=datetime.fromisoformat(row["started_at"]),
        ends_at=datetime.fromisoformat(row["ends_at"]),
        finished_at=datetime.fromisoformat(finished) if finished else None,
    )


def _entry(value: dict[str, Any]) -> Entry:
    entry = Entry(**value)
    extra = value["accommodation"]
    return replace(entry, accommodation=Accommodation(**extra)) if extra else entry


def _outgoing(row: sqlite3.Row) -> Outgoing:
    answer = json.loads(row["answer"]) if row["answer"] else None
    return Outgoing(row["sitting"], row["body"], answer and Answer(**{**answer, "codes": tuple(answer["codes"])}))
