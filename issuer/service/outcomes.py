"""The outcome file of a batch: one line for each answered row, kept in such a way that a crash loses no answer.

The first line names the input. Answers are on disk before the rows after them are begun; a last line that was torn is
dropped, and its row comes again: the register knows what it answered.
"""

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from keys import durable
from verifier.format import strictjson
from verifier.format.errors import FormatError

from ..errors import IssuerError
from . import handout
from .accept import Accepted, Answer
from .handout import Sent
from .row import Row
from .rows import Survey

_FOR_THE_OWNER: Final = 0o600
_LONGEST_LINE: Final = 1 << 16
"""Bytes of a line: an id, a link, and of what is wrong so much as fits."""
_MOST_FINDINGS: Final = 20
"""Of one row: whoever mends so many sees the rest at the next try."""


class Told(NamedTuple):
    """The answer on a row, and the secret of its candidate's link where one may be handed out."""

    row: Row
    answer: Accepted
    link: str | None


class Outcomes:
    """What became of the rows so far, and where the next answer goes.

    `site`: where the links lead that are told with each answer; None: none is told.
    """

    def __init__(self, file: BinaryIO, path: Path, head: bytes, site: str | None) -> None:
        self.path = path
        self.answered = 0
        self.counts: Counter[Answer] = Counter()
        self._file = file
        self._head = head
        self._begun = False
        self._site = site

    def add(self, answers: Sequence[Told]) -> None:
        """Keep the answers on the rows that come next, on disk when this returns."""
        self._write(b"".join(_line(each, self._site) for each in answers))
        self.answered += len(answers)
        self.counts.update(each.answer.answer for each in answers)

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
def opened(path: Path, survey: Survey, *, site: str | None) -> Iterator[Outcomes]:
    """The outcome file for an input, a new one or one to go on with, for this process alone.

    With a `site` it tells links, which are secrets: whoever bears one acts as the candidate.
    Raises IssuerError `batch.outcome-other`, `batch.outcome-damaged`, or `batch.running` when another process has it.
    """
    head = json.dumps({"batch": survey.digest, "rows": survey.rows}).encode() + b"\n"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _FOR_THE_OWNER)
    with os.fdopen(descriptor, "r+b") as file:
        _lock(file, path)
        outcomes = Outcomes(file, path, head, site)
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


def results(path: Path) -> list[Sent]:
    """The results that an outcome file has answers on, but for refused ones.

    Raises IssuerError `links.batch` for another file, or `batch.outcome-damaged`.
    """
    if not path.is_file():
        raise IssuerError("links.batch", "No row of this batch is answered yet. Nothing was written.")
    with path.open("rb") as file:
        if not _is_outcome(file.readline(_LONGEST_LINE)):
            raise IssuerError("links.batch", f"{path} is not the outcome file of a batch. Nothing was written.")
        found = (_value(line, row, path) for row, line in enumerate(file, 1) if line.endswith(b"\n"))
        return [
            (each.get("platform"), each["resultId"])
            for each in found
            if each["resultId"] and each["outcome"] != Answer.REFUSED
        ]


def _is_outcome(head: bytes) -> bool:
    try:
        return strictjson.load_object(head, max_bytes=_LONGEST_LINE).keys() >= {"batch", "rows"}
    except FormatError:
        return False


def _lock(file: BinaryIO, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise IssuerError(
            "batch.running", f"Another process works on {path}. Let it finish; nothing was done."
        ) from None


def _line(told: Told, site: str | None) -> bytes:
    answer = told.answer
    wrong = answer.findings if answer.answer in {Answer.REFUSED, Answer.HELD} else ()
    value = {
        **told.row.to_json(),
        "platform": answer.platform or None,
        "resultId": answer.result_id or None,
        "outcome": str(answer.answer),
        "first": str(answer.first) if answer.first else None,
        "publicId": answer.public_id,
        "codes": list(answer.codes),
        "findings": [{"code": each.code, "detail": each.detail} for each in wrong[:_MOST_FINDINGS]],
    }
    if site is not None:
        value["link"] = handout.address(site, told.link) if told.link else None
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
