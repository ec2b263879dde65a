"""A verification laid out for a page: the verdict in words, two answers, and then everything that they rest on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verifier import Level, Report, Verdict, summary
from verifier.codes import CODES
from verifier.format.display import visible
from verifier.format.errors import FormatError
from verifier.format.timestamp import parse
from verifier.report import Check, StatusEntry

from ...service.lookup import Found
from ...words.checks import ANSWERS, QUESTIONS, SHOWS_NOTHING, STATES, VERDICTS


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled text of a credential, safe to show; `moment` when it is a date."""

    label: str
    text: str
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """One check as it is listed."""

    id: str
    question: str
    answer: str
    code: str
    sentence: str
    detail: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says of one document. `report` is None where there is nothing left to check.

    The truth of a report is its verdict: whether there is one has to be asked by `is None`.
    """

    verdict: Verdict
    """How it is drawn: a presentation that shows no credential is not drawn as valid."""
    sentence: str
    genuine: bool | None
    in_force: bool | None
    state: str
    report: Report | None
    number: str = ""
    """The public id, where a look-up of it would say more."""
    facts: dict[str, Any] | None = None
    """For a look-up: what the register says."""

    @property
    def word(self) -> str:
        nothing = self.report is not None and self.report.shows_nothing
        return SHOWS_NOTHING if nothing else VERDICTS[self.verdict]

    @property
    def lines(self) -> list[Line]:
        """Person, credential, issuer and dates: nothing unless it is genuine."""
        if self.report is None or not self.report.genuine:
            return []
        return [_line(*pair) for pair in summary.lines(self.report.require(Level.AUTHENTIC))]

    @property
    def checks(self) -> list[Row]:
        return [_row(check) for check in self.report.checks] if self.report is not None else []

    @property
    def warnings(self) -> list[tuple[str, str]]:
        notices = self.report.warnings if self.report is not None else ()
        return [(notice.code, visible(notice.detail)) for notice in notices]

    @property
    def lists(self) -> tuple[StatusEntry, ...]:
        return self.report.status if self.report is not None else ()

    @property
    def inside(self) -> list["Shown"]:
        return [of_report(each, "") for each in self.report.credentials] if self.report is not None else []


def of_report(report: Report, issuer: str) -> Shown:
    """For a document; `issuer`: our own DID, of whose credentials a look-up knows more."""
    return Shown(
        Verdict.INDETERMINATE if report.shows_nothing else report.verdict,
        report.summary,
        report.genuine,
        report.in_force,
        STATES[report.state],
        report,
        number=_number(report, issuer),
    )


def of_found(found: Found) -> Shown:
    """For a public id."""
    return Shown(
        found.verdict,
        found.summary,
        found.genuine,
        found.in_force,
        STATES[found.state],
        found.report,
        facts=found.facts,
    )


def _number(report: Report, issuer: str) -> str:
    if report.credentials or not report.genuine:
        return ""
    credential = report.require(Level.AUTHENTIC)
    ours = credential.issuer == issuer
    return next((text for label, text in summary.lines(credential) if ours and label == "Number"), "")


def _line(label: str, text: str) -> Line:
    try:
        return Line(label, text, parse(text))
    except FormatError:
        return Line(label, text, None)


def _row(check: Check) -> Row:
    sentence = CODES[check.code].sentence if check.code else ""
    return Row(check.id, QUESTIONS[check.id], ANSWERS[check.outcome], check.code, sentence, visible(check.detail))
