"""A report laid out for a person at a terminal. Texts from a credential are made visible first."""

from collections.abc import Iterator
from datetime import datetime

from . import summary
from .codes import CODES, Outcome
from .format.display import visible
from .format.timestamp import format_seconds
from .memory import Forgotten
from .report import Check, Level, Report, State, StatusEntry

_MARKS = {Outcome.PASSED: "ok", Outcome.FAILED: "FAILED", Outcome.INDETERMINATE: "open", Outcome.SKIPPED: "-"}

_LOST_ALL = (
    "Lost: the newest withdrawal lists and the withdrawals seen so far, so that an older list could be taken for new. "
    "Fetch fresh lists (--online)."
)
_LOST_TIME = (
    "Withdrawals seen so far stay remembered. Lost: until the next check nobody would notice a clock that is set back, "
    "nor an older list in the place of one that was forgotten."
)


def text(report: Report, *, details: bool) -> str:
    """The whole report; `details` adds every check."""
    return "\n".join(_lines(report, details=details))


def explanation(code: str) -> str:
    """What one code means."""
    row = CODES[code]
    return f"{row.code} ({row.check}, {row.effect})\n  {row.sentence}"


def forgotten(name: str, found: Forgotten | None, at: datetime) -> str:
    """What was forgotten of one memory at the time `at`, None for all of it, and what is lost by that."""
    if found is None:
        return f"{visible(name)} could not be read and is removed. {_LOST_ALL}"
    if found.ahead is None and not found.gone:
        return f"{visible(name)}: nothing in it is later than now ({format_seconds(at)}), so nothing was forgotten."
    time = f"the time {format_seconds(found.ahead)}" if found.ahead else ""
    lists = f"copies of {len(found.gone)} withdrawal lists that are dated later than now" if found.gone else ""
    what = " and ".join(filter(None, (time, lists)))
    return f"{visible(name)}: forgot {what}. It is {format_seconds(at)} now. Lists kept: {found.kept}. {_LOST_TIME}"


def _lines(report: Report, *, details: bool) -> Iterator[str]:
    yield f"{report.verdict.upper()}: {report.summary}"
    if report.genuine:
        yield ""
        for label, shown in summary.lines(report.require(Level.AUTHENTIC)):
            yield f"  {label + ':':<14} {shown}"
    yield ""
    yield f"  {'Genuine:':<14} {_word(report.genuine)}"
    yield f"  {'In force:':<14} {_word(report.in_force)}{_state(report)}"
    for entry in report.status:
        yield f"  {'List:':<14} {_entry(entry)}"
    yield f"  {'Checked at:':<14} {format_seconds(report.checked_at)}"
    yield from _problems(report)
    if details:
        yield ""
        yield from (f"  {_MARKS[check.outcome]:<8} {check.id}" for check in report.checks)
    for place, inner in enumerate(report.credentials, 1):
        yield f"\n  Credential {place} of {len(report.credentials)}"
        yield from (f"    {line}".rstrip() for line in text(inner, details=details).splitlines())


def _problems(report: Report) -> Iterator[str]:
    for check in report.checks:
        if check.code:
            yield from _problem(check, already_said=check == report.decisive)
    for notice in report.warnings:
        yield f"\n  note: {visible(notice.detail)} [{notice.code}]"


def _problem(check: Check, *, already_said: bool) -> Iterator[str]:
    yield f"\n  {check.id}: {visible(check.detail)} [{check.code}]"
    if not already_said:
        yield f"    {CODES[check.code].sentence}"


def _word(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "could not tell"}[value]


def _state(report: Report) -> str:
    return "" if report.state in (State.VALID, State.UNKNOWN) else f" ({report.state})"


def _entry(entry: StatusEntry) -> str:
    answer = {True: "set", False: "not set", None: "could not tell"}[entry.is_set]
    as_of = f", list of {format_seconds(entry.as_of)}" if entry.as_of else ""
    return f"{visible(entry.purpose)}: {answer}{as_of}"
