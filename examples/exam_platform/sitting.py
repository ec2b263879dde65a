"""The rules of a sitting, pure: who may start, until when, in which order, what was scored. No clock, no storage."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Final

from .exam import Exam

GRACE: Final = timedelta(seconds=60)
"""After the deadline, for what was on its way: the issuer takes the same (its code time.limit)."""
ABANDONED_AFTER: Final = timedelta(hours=24)
"""After the deadline a sitting that nobody handed in is worth no record; it keeps its number."""
MAX_EMAIL: Final = 254
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]+")

Paper = tuple[tuple[str, tuple[str, ...]], ...]
"""Question ids in the order of one sitting, each with its option ids in the order of that sitting."""


@dataclass(frozen=True, slots=True)
class Accommodation:
    """Approved extra time and the reference of its approval."""

    extra_minutes: int
    approval_ref: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a candidate gives at the start."""

    name: str
    email: str | None
    list_in_registry: bool
    disclose_score: bool
    accommodation: Accommodation | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One start of one candidate; `finished_at`: handed in, or run out and looked at again."""

    id: str
    candidate: str
    number: int
    entry: Entry
    paper: Paper
    started_at: datetime
    ends_at: datetime
    finished_at: datetime | None


class Phase(StrEnum):
    """Where a sitting stands."""

    OPEN = "open"
    OVER = "over"
    ABANDONED = "abandoned"
    FINISHED = "finished"


def starts_again(starts: Sequence[datetime], now: datetime, exam: Exam) -> datetime | None:
    """None when another start is free now, else when the next one is. Every start counts, also an abandoned one."""
    recent = sorted(start for start in starts if start > now - exam.within)
    if len(recent) < exam.max_starts:
        return None
    return recent[-exam.max_starts] + exam.within


def deadline(start: datetime, exam: Exam, accommodation: Accommodation | None) -> datetime:
    """Until when answers may be given."""
    extra = timedelta(minutes=accommodation.extra_minutes) if accommodation else timedelta(0)
    return start + exam.time_limit + extra


def phase(sitting: Sitting, now: datetime) -> Phase:
    """Answers count while it is open, which includes the grace."""
    if sitting.finished_at:
        return Phase.FINISHED
    if now <= sitting.ends_at + GRACE:
        return Phase.OPEN
    return Phase.OVER if now <= sitting.ends_at + ABANDONED_AFTER else Phase.ABANDONED


def completed_at(sitting: Sitting, now: datetime) -> datetime:
    """When it ended: when it was handed in, or at its deadline when nobody did in time."""
    return now if phase(sitting, now) is Phase.OPEN else sitting.ends_at


def shuffled(exam: Exam, seed: str) -> Paper:
    """The order of one sitting; the same seed gives the same order."""
    chance = Random(seed)  # noqa: S311 - an order against copying from a neighbour, no secret
    questions = list(exam.questions.values())
    chance.shuffle(questions)
    return tuple((each.id, tuple(chance.sample(list(each.options), len(each.options)))) for each in questions)


def chosen(paper: Paper, place: int, choice: str) -> str | None:
    """The option id behind the `choice` that a form sent for the question at `place`; both count from 1."""
    if not 1 <= place <= len(paper):
        return None
    options = paper[place - 1][1]
    numbers = {str(number): option for number, option in enumerate(options, 1)}
    return numbers.get(choice)


def score(exam: Exam, answers: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """For each domain: how many questions, how many right. What was not answered is not right."""
    found = {}
    for code in exam.domains:
        asked = [each for each in exam.questions.values() if each.domain == code]
        found[code] = (len(asked), sum(answers.get(each.id) == each.best for each in asked))
    return found


def is_email(text: str) -> bool:
    """Whether it has the form of an address; whether it is the candidate's, nobody checks here."""
    return len(text) <= MAX_EMAIL and text.isprintable() and _EMAIL.fullmatch(text) is not None
