"""Batches that were sent to the service: each is a folder of the home until every row has its answer, and some time on.

    batches/<id>/batch.json      what was sent: by whom, when, how many rows
                 rows.jsonl      the rows (or rows.csv): personal data, deleted when each has its answer
                 looked.json     what would become of them, before anybody says that they shall be answered
                 begun.json      who said that, and when
                 outcome.jsonl   the answers, as `certify batch` keeps them
                 stopped.json    why it goes no further
                 done.json       how many rows had which answer
                 progress        how many rows were looked at or answered, for whoever watches

Which of these stand says how far a batch is, so a crash leaves nothing to mend. `batchwork` does the work.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Final

from keys import durable
from verifier.format.timestamp import format_milliseconds, parse

from ..errors import IssuerError
from ..register import events
from ..register.eventtypes import EventType
from . import outcomes, rows
from .access import Actor
from .desk import Desk
from .rows import Survey

MAX_BYTES: Final = 32 << 20
"""Of the rows of one batch: some 20,000 records."""
KINDS: Final = ("jsonl", "csv")
MAX_OPEN: Final = 20
"""Batches that are not done: each may hold MAX_BYTES of the disk."""
_ID: Final = re.compile(r"[0-9a-f]{32}-(?:jsonl|csv)", re.ASCII)
_DIGITS: Final = 32
_OWNER_FILE: Final = 0o600
_OWNER_FOLDER: Final = 0o700
_CHUNK: Final = 1 << 20


class State(StrEnum):
    """How far a batch is. `ready`: looked at, and waiting for somebody to say that its rows shall be answered."""

    LOOKING = "looking"
    READY = "ready"
    ANSWERING = "answering"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch. `progress`: rows looked at or answered so far; `looked`, `answers`: as `certify batch --json` has
    `preflight` and `answers`; `stopped`: code and sentence.
    """

    folder: Path
    by: str
    at: datetime
    survey: Survey
    state: State
    progress: int
    looked: dict[str, Any] | None
    answers: dict[str, int] | None
    stopped: tuple[str, str] | None

    @property
    def id(self) -> str:
        """Made of the digest of its rows: the same rows again are the same batch."""
        return self.folder.name

    @property
    def rows(self) -> Path:
        """The rows, as they were sent."""
        return self.folder / f"rows.{self.id.rpartition('-')[2]}"

    @property
    def holds_rows_in_vain(self) -> bool:
        """A crash kept them from being deleted."""
        return self.state is State.DONE and self.rows.exists()

    @property
    def outcome(self) -> Path:
        """Where its answers are kept."""
        return self.folder / "outcome.jsonl"


def take(desk: Desk, source: IO[bytes], kind: str, by: Actor, at: datetime) -> Batch:
    """Keep the rows in `source`, of one of KINDS; the same again answers what was kept.

    Raises IssuerError `batch.…` for what is no batch, or `batch.many`.
    """
    folder = home(desk)
    _made(folder)
    new = folder / f".{secrets.token_hex(8)}"
    new.mkdir(mode=_OWNER_FOLDER)
    try:
        survey = _keep(source, new / f"rows.{kind}")
        named = folder / f"{survey.digest[:_DIGITS]}-{kind}"
        if not named.exists():
            if sum(each.state is not State.DONE for each in every(desk)) >= MAX_OPEN:
                raise IssuerError("batch.many", f"{MAX_OPEN} batches are open already. Discard one, or let one end.")
            told = {"by": by.name, "at": format_milliseconds(at), "digest": survey.digest, "rows": survey.rows}
            write(new / "batch.json", told)
            new.rename(named)
            durable.sync_folder(folder)
        return find(desk, named.name)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _keep(source: IO[bytes], path: Path) -> Survey:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _OWNER_FILE)
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(source, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
    return rows.survey(path)


def find(desk: Desk, batch_id: str) -> Batch:
    """One batch. Raises IssuerError `batch.unknown`."""
    batch = _read(home(desk) / batch_id) if _ID.fullmatch(batch_id) else None
    if batch is None:
        raise IssuerError("batch.unknown", "There is no batch of this id: it was discarded, or has been deleted since.")
    return batch


def every(desk: Desk) -> list[Batch]:
    """All of them, newest first."""
    folder = home(desk)
    found = [_read(path) for path in folder.iterdir() if _ID.fullmatch(path.name)] if folder.is_dir() else []
    return sorted((each for each in found if each), key=lambda each: (each.at, each.id), reverse=True)


def begin(desk: Desk, batch_id: str, by: Actor, at: datetime) -> Batch:
    """Its rows shall be answered, as soon as they were looked at; also again, when something had stopped it."""
    batch = find(desk, batch_id)
    if batch.state in {State.LOOKING, State.READY, State.STOPPED}:
        with desk.writing(at) as connection:
            events.append(connection, EventType.BATCH_BEGUN, at=at, subject=batch.survey.digest)
        write(batch.folder / "begun.json", {"by": by.name, "at": format_milliseconds(at)})
        (batch.folder / "stopped.json").unlink(missing_ok=True)
    return find(desk, batch_id)


def discard(desk: Desk, batch_id: str) -> None:
    """Delete what was kept of it. What the register has answered stays. Raises IssuerError `batch.running`."""
    batch = find(desk, batch_id)
    with alone(batch) as mine:
        if not mine:
            raise IssuerError("batch.running", "Its rows are being worked on. Wait until it ends or stops.")
        shutil.rmtree(batch.folder)


def answers(batch: Batch, after: int, limit: int) -> tuple[list[dict[str, Any]], bool]:
    """The answers from row `after` + 1 on, and whether there are more than `limit`."""
    found = list(outcomes.lines(batch.outcome, after, limit + 1)) if batch.outcome.exists() else []
    return found[:limit], len(found) > limit


@contextmanager
def alone(batch: Batch) -> Iterator[bool]:
    """Whether nobody else works on it, or begins to before the block ends."""
    try:
        file = (batch.folder / "batch.json").open("r+b")
    except FileNotFoundError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield batch.folder.exists()


def write(path: Path, value: Any) -> None:
    """One of the files above."""
    durable.replace(path, json.dumps(value).encode() + b"\n", mode=_OWNER_FILE)


def _read(folder: Path) -> Batch | None:
    """None when it is deleted meanwhile."""
    told = _json(folder / "batch.json")
    if told is None:
        return None
    looked, done, stopped = (_json(folder / f"{name}.json") for name in ("looked", "done", "stopped"))
    state = _state(folder, looked=looked is not None, done=done is not None, stopped=stopped is not None)
    survey = Survey(told["digest"], told["rows"])
    return Batch(
        folder,
        told["by"],
        parse(told["at"]),
        survey,
        state,
        survey.rows if state in {State.READY, State.DONE} else _json(folder / "progress") or 0,
        looked,
        done,
        (stopped["code"], stopped["detail"]) if stopped else None,
    )


def _state(folder: Path, *, looked: bool, done: bool, stopped: bool) -> State:
    if done:
        return State.DONE
    if stopped:
        return State.STOPPED
    if not looked:
        return State.LOOKING
    return State.ANSWERING if (folder / "begun.json").exists() else State.READY


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None


def home(desk: Desk) -> Path:
    """The folder of all batches; it may not be there."""
    return desk.config.home / "batches"


def _made(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=_OWNER_FOLDER, exist_ok=True)
        durable.sync_folder(folder.parent)
