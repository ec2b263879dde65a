"""The exam as it stands in questions.json: questions, their key, and the numbers that a sitting keeps to."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

QUESTIONS: Final = Path(__file__).with_name("questions.json")


class ExamError(Exception):
    """The file of questions cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `best` is the key, and goes nowhere but into the score."""

    id: str
    domain: str
    situation: str
    ask: str
    options: dict[str, str]
    best: str


@dataclass(frozen=True, slots=True)
class Exam:
    """One edition: its blueprint at the issuer, its limits, and its questions by id."""

    blueprint: str
    credential: str
    title: str
    language: str
    terms: str
    pass_raw: int
    time_limit: timedelta
    max_starts: int
    within: timedelta
    domains: dict[str, str]
    questions: dict[str, Question]


def load_exam(path: Path = QUESTIONS) -> Exam:
    """Read and check the file; raises ExamError."""
    try:
        exam = _exam(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExamError(f"{path} is no file of questions: {error!r}") from None
    for question in exam.questions.values():
        if question.best not in question.options or question.domain not in exam.domains:
            raise ExamError(f"{question.id} names an option or a domain that is not there.")
    return exam


def _exam(value: dict[str, Any]) -> Exam:
    return Exam(
        blueprint=value["blueprint"],
        credential=value["credential"],
        title=value["title"],
        language=value["language"],
        terms=value["terms"],
        pass_raw=value["passRaw"],
        time_limit=timedelta(minutes=value["timeLimitMinutes"]),
        max_starts=value["maxStarts"],
        within=timedelta(hours=value["withinHours"]),
        domains={item["code"]: item["title"] for item in value["domains"]},
        questions={item["id"]: _question(item) for item in value["questions"]},
    )


def _question(item: dict[str, Any]) -> Question:
    """Without `fluency` and `why`, which are for those who write questions."""
    return Question(item["id"], item["domain"], item["situation"], item["ask"], dict(item["options"]), item["best"])
