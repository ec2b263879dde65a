"""The outcome file of a batch: one line for each answered row, kept in such a way that a crash loses no answer.

The first line names the input. Each answer is on disk before the next row is begun; a last line that was torn is
dropped, and its row comes again: the register knows what it answered.
"""

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from keys import durable
from verifier.format import strictjson
from verifier.format.errors import FormatError

from ..errors import IssuerError
from .accept import Accepted, Answer
from .rows import Survey

_FOR_THE_OWNER: Final = 0o600
_LONGEST_LINE: Final = 1 << 16
"""Bytes of a line: an id, and a code for each rule at most."""


class Outcomes:
    """What became of the rows so far, and where the next answer goes."""

    def __init__(self, file: BinaryIO, path: Path, head: bytes) -> None:
        self.path = path
        self.answered = 0
        self.counts: Counter[Answer] = Counter()
        self._file = file
        self._head = head
        self._begun = False

    def add(self, row: int, answer: Accepted) -> None:
        """Keep the answer on a row, on disk when this returns."""
        self._write(_line(row, answer))
        self.answered, self.counts[answer.answer] = row, self.counts[answer.answer] + 1

    def begin(self) -> None:
        """Write the first line, if it does not stand: from now on the file belongs to this input."""
        if not self._begun:
            self._file.seek(0)
            self._file.truncate()
            self._write(self._head)
            durable.sync_folder(self.path.parent)
            self._begun = True

    def resume(self) -> None:
        """Read what was answered; raises IssuerError `batch.outcome-other` or `batch.outcome-damaged`."""
        found = self._file.read(len(self._head))
        if found == self._head:
            self._begun = True
            self._read_answers()
        elif not self._head.startswith(found):  # else nothing, or a torn first line: no row was begun
            raise IssuerError(
                "batch.outcome-other",
                f"{self.path} is not the outcome file of this input. Name another one with --outcome, or give the "
                "input that it belongs to. Nothing was done.",
            )

    def _read_answers(self) -> None:
        """Up to a torn last line, which is dropped."""
        whole = len(self._head)
        while (line := self._file.readline(_LONGEST_LINE)).endswith(b"\n"):
            self.counts[Answer(_value(line, self.answered + 1, self.path)["outcome"])] += 1
            self.answered += 1
            whole += len(line)
        if len(line) == _LONGEST_LINE:
            raise _damaged(self.path, self.answered + 1)
        self._file.seek(whole)
        self._file.truncate()

    def _write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def opened(path: Path, survey: Survey) -> Iterator[Outcomes]:
    """The outcome file for an input, a new one or one to go on with, for this process alone.

    Raises IssuerError `batch.outcome-other`, `batch.outcome-damaged`, or `batch.running` when another process has it.
    """
    head = json.dumps({"batch": survey.digest, "rows": survey.rows}).encode() + b"\n"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _FOR_THE_OWNER)
    with os.fdopen(descriptor, "r+b") as file:
        _lock(file, path)
        outcomes = Outcomes(file, path, head)
        outcomes.resume()
        try:
            yield outcomes
        finally:
            if not os.fstat(descriptor).st_size:  # nothing was begun, and nothing is left behind
                path.unlink(missing_ok=True)


def lines(path: Path, after: int, limit: int) -> Iterator[dict[str, Any]]:
    """The answers from row `after` + 1 on, `limit` at most, as they stand in an outcome file; a torn one is left out.

    Raises IssuerError `batch.outcome-damaged`.
    """
    with path.open("rb") as file:
        for row, line in enumerate(islice(file, after + limit + 1)):
            if row > after and line.endswith(b"\n"):
                yield _value(line, row, path)


def _lock(file: BinaryIO, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise IssuerError(
            "batch.running", f"Another process works on {path}. Let it finish; nothing was done."
        ) from None


def _line(row: int, answer: Accepted) -> bytes:
    value = {
        "row": row,
        "resultId": answer.result_id or None,
        "outcome": str(answer.answer),
        "first": str(answer.first) if answer.first else None,
        "publicId": answer.public_id,
        "codes": list(answer.codes),
    }
    return json.dumps(value).encode() + b"\n"


def _value(line: bytes, row: int, path: Path) -> dict[str, Any]:
    """The answer on this row."""
    try:
        value: dict[str, Any] = strictjson.load_object(line, max_bytes=_LONGEST_LINE)
        if value["row"] == row and value["outcome"] in tuple(Answer):
            return value
    except (FormatError, KeyError):
        pass
    raise _damaged(path, row)


def _damaged(path: Path, row: int) -> IssuerError:
    return IssuerError(
        "batch.outcome-damaged",
        f"{path} does not hold the answer on row {row} where it should. Move the file away and run the command again: "
        "what the register has answered comes out as its first answer.",
    )
