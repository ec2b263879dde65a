"""The command `certify-verify`: arguments in, report out, exit status 0 valid, 1 invalid, 2 usage, 3 indeterminate."""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from . import summary, terminal
from .codes import CODES, Outcome
from .format.display import visible
from .format.errors import FormatError
from .format.timestamp import format_seconds, parse
from .limits import MAX_CREDENTIAL_BYTES, MAX_TRUST_BYTES
from .policy import Policy
from .report import Check, Level, Report, StatusEntry, Verdict
from .trust import Trust, TrustError
from .verify import verify

EXIT = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.INDETERMINATE: 3}
EXIT_USAGE = 2
_AGE = re.compile(r"([1-9][0-9]{0,4})([mhd])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_MARKS = {Outcome.PASSED: "ok", Outcome.FAILED: "FAILED", Outcome.INDETERMINATE: "open", Outcome.SKIPPED: "-"}


class UsageError(Exception):
    """Something about the command line, not about the credential."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the answer is its exit status."""
    options = _parser().parse_args(arguments)
    terminal.prepare()
    try:
        trust = _trust(options)
        report = verify(_read(options.file), trust=trust, at=_at(options.at), policy=_policy(options))
    except (UsageError, TrustError) as error:
        print(f"certify-verify: {visible(str(error))}", file=sys.stderr)
        return EXIT_USAGE
    # ASCII alone in JSON: the same for programs in every locale, and nothing in it moves a terminal's text about.
    as_json = options.json
    terminal.emit(
        json.dumps(report.to_json(), indent=2) if as_json else "\n".join(_text(report, details=options.verbose))
    )
    return EXIT[report.verdict]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="certify-verify",
        description="Check whether a verifiable credential is genuine and in force, without a network.",
        epilog="Exit status: 0 valid, 1 invalid, 2 wrong command line, 3 could not be decided.",
    )
    parser.add_argument("file", metavar="FILE", help="the credential; - reads standard input")
    parser.add_argument("--trust", action="append", default=[], metavar="DIR|FILE", help="a trust file or folder")
    parser.add_argument("--status-list", action="append", default=[], metavar="FILE", help="a status list credential")
    parser.add_argument("--did-doc", action="append", default=[], metavar="FILE", help="a DID document (never accepts)")
    parser.add_argument("--accept-issuer", action="append", default=[], metavar="DID", help="an issuer you accept")
    parser.add_argument("--at", metavar="RFC3339", help="judge by this time instead of now")
    parser.add_argument("--max-status-age", metavar="15m|24h|7d", help="refuse older status lists")
    parser.add_argument("--verbose", action="store_true", help="print every check")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _at(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        return parse(text)
    except FormatError as error:
        raise UsageError(f"--at: {error.detail}") from None


def _policy(options: argparse.Namespace) -> Policy:
    return Policy(_age(options.max_status_age), accept_issuers=frozenset(options.accept_issuer))


def _age(text: str | None) -> timedelta | None:
    if text is None:
        return None
    match = _AGE.fullmatch(text)
    if match is None:
        raise UsageError("--max-status-age: write a number and m, h or d, such as 24h")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _trust(options: argparse.Namespace) -> Trust:
    trust = Trust()
    for name in options.trust:
        for path in _trust_files(Path(name)):
            trust += _trust_of(path)
    for name in options.status_list:
        lists = _trust_of(Path(name)).status_lists
        if not lists:
            raise UsageError(f"--status-list: {name} is not a status list credential")
        trust += Trust(status_lists=lists)
    for name in options.did_doc:
        documents = _trust_of(Path(name)).did_documents
        if not documents:
            raise UsageError(f"--did-doc: {name} is not a DID document")
        trust += Trust(did_documents=documents)
    return trust


def _trust_files(path: Path) -> Iterator[Path]:
    if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where it may not look
        yield path
        return
    files = sorted(path.glob("*.json"))
    if not files:
        raise UsageError(f"--trust: {path} holds no .json file")
    yield from files


def _trust_of(path: Path) -> Trust:
    try:
        return Trust.read(_read(str(path), MAX_TRUST_BYTES))
    except TrustError as error:
        raise TrustError(error.code, f"{path}: {error.detail}") from None


def _read(name: str, limit: int = MAX_CREDENTIAL_BYTES) -> bytes:
    """At most one byte more than the limit: the strict reader then says that the file is too large."""
    try:
        if name == "-" and sys.stdin is not None:
            return sys.stdin.buffer.read(limit + 1)
        with Path(name).open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise UsageError(f"{name} cannot be read: {reason}") from None


def _text(report: Report, *, details: bool) -> Iterator[str]:
    yield f"{report.verdict.upper()}: {report.summary}"
    if report.genuine:
        yield ""
        for label, text in summary.lines(report.require(Level.AUTHENTIC)):
            yield f"  {label + ':':<14} {text}"
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
    return "" if report.state in ("valid", "unknown") else f" ({report.state})"


def _entry(entry: StatusEntry) -> str:
    answer = {True: "set", False: "not set", None: "could not tell"}[entry.is_set]
    as_of = f", list of {format_seconds(entry.as_of)}" if entry.as_of else ""
    return f"{visible(entry.purpose)}: {answer}{as_of}"
