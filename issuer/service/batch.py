"""Answer the records of a file: first a look at all of them that writes nothing, then a few at a time as `accept` does.

A file holds one kind of credential. Running the same again goes on after the last row that was answered.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from keys import KeysError

from ..errors import IssuerError
from ..register import people
from ..results import Finding, Known, Outcome, Prior, Record, RecordRefused, RecordState, read_record
from . import handout, publish, rows, template
from .accept import ANSWERS, STATES, Accepted, Answer, accept_each, weigh
from .desk import Desk
from .issue import AT_ONCE
from .outcomes import Outcomes, Told
from .row import Row
from .rows import Survey

PROBLEMS_SHOWN: Final = 20
"""Rows that the report names; all others stand in the outcome file."""
TIDIED_SHOWN: Final = 5
"""Of the rows whose names are tidied: enough to see what kind they are."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would become of one row. `tidied`: members that would be signed otherwise than they were sent."""

    row: Row
    result_id: str
    answer: Answer
    findings: tuple[Finding, ...]
    tidied: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As `certify batch --json` has it."""
        return {
            **self.row.to_json(),
            "resultId": self.result_id or None,
            "outcome": str(self.answer),
            "findings": [{"code": finding.code, "detail": finding.detail} for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Preflight:
    """What would become of the rows, as things stand now; the first problems, and how many more there are.

    `answered`: rows that were answered before, and were not looked at again. `tidied`: in how many rows a name or
    title would be signed without the space around it, or composed; `examples`: the first of them.
    """

    survey: Survey
    answered: int
    counts: Counter[Answer]
    problems: tuple[Prospect, ...]
    more: int
    tidied: int
    examples: tuple[Prospect, ...]

    def to_json(self) -> dict[str, Any]:
        """Counts and problems, as `certify batch --json` has them."""
        return {
            "answeredBefore": self.answered,
            **counted(self.counts),
            "problems": [each.to_json() for each in self.problems],
            "moreProblems": self.more,
            "tidied": self.tidied,
            "tidiedExamples": [
                {**each.row.to_json(), "resultId": each.result_id, "members": [*each.tidied]} for each in self.examples
            ],
        }


def counted(counts: Counter[Answer]) -> dict[str, int]:
    """Every answer, with how many rows have it."""
    return {str(answer): counts[answer] for answer in Answer}


def preflight(desk: Desk, path: Path, survey: Survey, *, answered: int, at: datetime, progress: Progress) -> Preflight:
    """Judge every row from `answered` on against the register as it is, and write nothing.

    Raises IssuerError `batch.mixed` when a row is of another credential than the first. A person who stands in the
    file twice is judged as if each row were the only one; what the rows before have changed, the answer will tell.
    """
    counts: Counter[Answer] = Counter()
    problems: list[Prospect] = []
    tidied: list[Prospect] = []
    tidied_rows = 0
    with desk.reading() as connection, closing(_Earlier()) as earlier:
        for row in _left(desk, path, answered):
            progress(row.number, survey.rows)
            prospect = _judged(desk, connection, row, earlier, at)
            counts[prospect.answer] += 1
            if prospect.answer in {Answer.REFUSED, Answer.HELD} and len(problems) < PROBLEMS_SHOWN:
                problems.append(prospect)
            tidied_rows += bool(prospect.tidied)
            if prospect.tidied and len(tidied) < TIDIED_SHOWN:
                tidied.append(prospect)
    more = counts[Answer.REFUSED] + counts[Answer.HELD] - len(problems)
    return Preflight(survey, answered, counts, tuple(problems), more, tidied_rows, tuple(tidied))


def run(
    desk: Desk,
    path: Path,
    survey: Survey,
    outcomes: Outcomes,
    *,
    key: bytes,
    now: Callable[[], datetime],
    progress: Progress,
) -> None:
    """Answer every row that has no answer yet, and keep each answer in `outcomes`; `key`: that of candidates' links.

    `now` is asked again every few rows: a batch may take longer than clocks may differ. Raises IssuerError as `accept`
    does; what was answered stays, and the same again goes on from there.
    """
    publish.ensure_published(desk, now())
    outcomes.begin()
    left = _left(desk, path, outcomes.answered)
    while few := tuple(islice(left, AT_ONCE)):
        for answers in _answered(desk, few, key, now):
            outcomes.add(answers)
        progress(outcomes.answered, survey.rows)
    if _is_changed(path, survey):
        raise IssuerError(
            "batch.changed",
            "The file was changed meanwhile: the outcome file tells of rows that it may no longer hold. Compare them.",
        )


def _is_changed(path: Path, survey: Survey) -> bool:
    try:
        return rows.survey(path) != survey
    except IssuerError:  # it is no batch any more, yet something was done
        return True


def _left(desk: Desk, path: Path, answered: int) -> Iterator[Row]:
    return (template.refused_example(desk, row) for row in rows.read(path) if row.number > answered)


def _answered(desk: Desk, few: Sequence[Row], key: bytes, now: Callable[[], datetime]) -> Iterator[list[Told]]:
    """All at once; where that fails one by one, up to the row that cannot be answered, which then says so."""
    try:
        answers = _answers(desk, few, key, now)
    except (IssuerError, KeysError):
        yield from (_answers(desk, (row,), key, now) for row in few)
    else:
        yield answers


def _answers(desk: Desk, few: Sequence[Row], key: bytes, now: Callable[[], datetime]) -> list[Told]:
    accepted = iter(accept_each(desk, [row.data for row in few if not row.findings], now()))
    answers = [_unread(row) if row.findings else next(accepted) for row in few]
    taken = {(each.platform, each.result_id) for each in answers if each.answer is not Answer.REFUSED}
    links = handout.of_results(desk, taken, key, now())
    return [
        Told(row, each, None if each.answer is Answer.REFUSED else links.get((each.platform, each.result_id)))
        for row, each in zip(few, answers, strict=True)
    ]


def _unread(row: Row) -> Accepted:
    return Accepted(Answer.REFUSED, row.result_id, row.findings)


def _judged(desk: Desk, connection: Connection, row: Row, earlier: "_Earlier", at: datetime) -> Prospect:
    if row.findings:
        return Prospect(row, row.result_id, Answer.REFUSED, row.findings)
    try:
        record = read_record(row.data)
    except RecordRefused as refused:
        return Prospect(row, refused.result_id, Answer.REFUSED, refused.findings)
    earlier.refuse_another_kind(row, record)
    known = earlier.added_to(people.known_about(connection, record), record)
    judgement = weigh(record, known, desk.catalog, at)
    if judgement.outcome is Outcome.REPLAY:
        return Prospect(row, record.result_id, Answer.REPLAYED, judgement.findings)
    state = STATES[judgement.outcome]
    earlier.note(record, state)
    return Prospect(row, record.result_id, ANSWERS[state], judgement.findings, record.tidied)


class _Earlier:
    """The rows before, as the register would know them by then: digests, in a file that SQLite makes and deletes.

    In memory they would grow with the file.
    """

    def __init__(self) -> None:
        self._kind = ""
        self._kind_row = 0
        self._database = sqlite3.connect("")
        self._database.execute("CREATE TABLE earlier (result BLOB PRIMARY KEY, attempt BLOB, digest TEXT, state TEXT)")
        self._database.execute("CREATE INDEX earlier_attempt ON earlier (attempt)")

    def close(self) -> None:
        """Delete it."""
        self._database.close()

    def refuse_another_kind(self, row: Row, record: Record) -> None:
        """Raises IssuerError `batch.mixed`."""
        if not self._kind_row:
            self._kind, self._kind_row = record.credential, row.number
        if record.credential != self._kind:
            raise IssuerError(
                "batch.mixed",
                f"Row {row.number} ({row.where}) is of another credential than row {self._kind_row}. A file holds "
                "one kind: split it. Nothing was done.",
            )

    def note(self, record: Record, state: RecordState) -> None:
        """A refused row stands in nobody's way, as in the register."""
        if state is not RecordState.REFUSED:
            values = (_result(record), _attempt(record), record.digest, state)
            self._database.execute("INSERT OR IGNORE INTO earlier VALUES (?, ?, ?, ?)", values)

    def added_to(self, known: Known, record: Record) -> Known:
        """What the register knows, and where that is nothing, what an earlier row says."""
        result, attempt = _result(record), _attempt(record)
        by_result = self._prior("result = ?", result)
        by_attempt = self._prior("attempt = ? AND result != ?", attempt, result)
        return replace(
            known,
            same_result=by_result or known.same_result,
            same_attempt=by_attempt or known.same_attempt,
        )

    def _prior(self, condition: str, *values: bytes) -> Prior | None:
        query = f"SELECT digest, state FROM earlier WHERE {condition}"  # noqa: S608 - one of two constants
        row = self._database.execute(query, values).fetchone()
        return Prior(row[0], RecordState(row[1])) if row else None


def _result(record: Record) -> bytes:
    return _key(f"{record.platform} {record.result_id}")


def _attempt(record: Record) -> bytes:
    return _key(f"{record.platform} {record.attempt.attempt_id}")


def _key(text: str) -> bytes:
    return sha256(text.encode()).digest()
