"""The command `certify-verify`: arguments in, report out, exit status 0 valid, 1 invalid, 2 usage, 3 indeterminate."""

import argparse
import json
import os
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from . import files, output, pictures, terminal, version
from .codes import CODES
from .deadline import TimeUp, deadline
from .files import UsageError
from .format.display import visible
from .format.errors import FormatError
from .format.timestamp import parse
from .limits import MAX_VERIFY_SECONDS
from .policy import Policy
from .reading import read
from .refresh import Problem, bring_up_to_date, with_dictionary
from .report import Notice, Report, Verdict, unread
from .trust import Trust, TrustError
from .verify import verify

EXIT = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.INDETERMINATE: 3}
EXIT_USAGE = 2
EXIT_STOPPED = 130
"""As shells have it for Ctrl-C."""
_AGE = re.compile(r"([1-9][0-9]{0,4})([mhd])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the answer is its exit status."""
    options = _parser().parse_args(arguments)
    terminal.prepare()
    try:
        if options.explain is not None:
            return _explain(options.explain)
        if options.forget:
            return _forget(options)
        report = _check(options)
    except (UsageError, TrustError) as error:
        terminal.complain(f"certify-verify: {visible(str(error))}")
        return EXIT_USAGE
    except KeyboardInterrupt:
        terminal.complain("certify-verify: stopped before it was done")
        return EXIT_STOPPED
    # ASCII alone in JSON: the same for programs in every locale, and nothing in it moves a terminal's text about.
    as_json = json.dumps(report.to_json(), indent=2) if options.json else ""
    terminal.emit(as_json or output.text(report, details=options.verbose))
    return EXIT[report.verdict]


def _check(options: argparse.Namespace) -> Report:
    if options.file is None:
        raise UsageError("name a FILE, or - for standard input")
    trust, policy, at = _trust(options), _policy(options), _at(options.at)
    try:
        data = pictures.text_in(files.read(options.file))
    except FormatError as error:
        return unread(error, at)
    problems: tuple[Problem, ...] = ()
    if options.online:
        trust, problems = _online(data, trust, allow_private=options.online_allow_private)
    report = _judge(data, trust, at, policy)
    if options.at is None:
        accepted = frozenset(trust.issuers) | policy.accept_issuers
        files.remember(options.trust, report, accepted, at, trust.compromised, state=_state())
    notices = tuple(Notice(problem.code, f"{problem.url}: {problem.detail}") for problem in problems)
    return replace(report, warnings=report.warnings + notices)


def _judge(data: bytes, trust: Trust, at: datetime, policy: Policy) -> Report:
    """The verifier looks at a stopwatch between its steps; where one of them takes long, an alarm ends it."""
    try:
        with deadline(MAX_VERIFY_SECONDS):
            return verify(data, trust=trust, at=at, policy=policy, stopwatch=time.monotonic)
    except TimeUp:
        return unread(FormatError("limit.time", f"The check took longer than {MAX_VERIFY_SECONDS} seconds."), at)


def _online(data: bytes, trust: Trust, *, allow_private: bool) -> tuple[Trust, tuple[Problem, ...]]:
    # An offline check must not even load what opens sockets.
    from .online import https_fetcher

    fetch = https_fetcher(allow_private=allow_private)
    trust, unread = with_dictionary(data, trust, fetch)
    try:
        document = read(data, trust.qr_dictionaries).document
    except FormatError:
        return trust, unread  # the report will say what is wrong with it
    trust, problems = bring_up_to_date(document, trust, fetch)
    return trust, (*unread, *problems)


def _explain(code: str) -> int:
    known = [code] if code in CODES else sorted(CODES) if code == "all" else []
    if not known:
        raise UsageError(f"--explain: {code} is no code of this verifier; --explain all lists them")
    terminal.emit("\n".join(map(output.explanation, known)))
    return 0


def _forget(options: argparse.Namespace) -> int:
    """It goes by the clock, asks nothing, and says what is lost."""
    if options.file is not None or options.at is not None or not options.trust:
        raise UsageError("--forget: name trust folders with --trust DIR, and neither a FILE nor --at")
    at = datetime.now(UTC)
    found = [output.forgotten(name, each, at) for name, each in files.forget(options.trust, at, _state())]
    terminal.emit("\n".join(found) or "Nothing is remembered there.")
    return 0


def _state() -> Path | None:
    """The reader's own folder for what programs remember (XDG Base Directory Specification), if there is one."""
    state = Path(os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state"))  # noqa: PTH111 - never raises
    return state if state.is_absolute() else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="certify-verify",
        allow_abbrev=False,  # a script that abbreviates would break with the next option
        description="Check whether a verifiable credential is genuine and in force, without a network.",
        epilog="Exit status: 0 valid, 1 invalid, 2 wrong command line, 3 could not be decided.",
    )
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a credential or presentation, also in an image or PDF, or a QR code as text or in a picture; "
        "- reads standard input",
    )
    parser.add_argument("--trust", action="append", default=[], metavar="DIR|FILE", help="a trust file or folder")
    parser.add_argument("--status-list", action="append", default=[], metavar="FILE", help="a status list credential")
    parser.add_argument("--did-doc", action="append", default=[], metavar="FILE", help="a DID document (never accepts)")
    parser.add_argument("--accept-issuer", action="append", default=[], metavar="DID", help="an issuer you accept")
    parser.add_argument("--at", metavar="RFC3339", help="judge by this time instead of now")
    parser.add_argument("--max-status-age", metavar="15m|24h|7d", help="refuse older status lists")
    parser.add_argument("--challenge", metavar="TEXT", help="the challenge that a presentation must answer")
    parser.add_argument(
        "--domain",
        metavar="TEXT",
        help="who checks: what a presentation must be made for, and a token that names its audience",
    )
    parser.add_argument("--online", action="store_true", help="fetch fresh keys and lists over https, then check")
    parser.add_argument("--online-allow-private", action="store_true", help="also from private addresses")
    parser.add_argument(
        "--forget", action="store_true", help="forget a time that the clock was once ahead by, and stop"
    )
    parser.add_argument("--verbose", action="store_true", help="print every check")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--version", action=version.Show)
    parser.add_argument("--explain", metavar="CODE", help="say what a code means (all: every code), and stop")
    return parser


def _at(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        return parse(text)
    except FormatError as error:
        raise UsageError(f"--at: {error.detail}") from None


def _policy(options: argparse.Namespace) -> Policy:
    return Policy(
        _age(options.max_status_age),
        challenge=options.challenge,
        domain=options.domain,
        accept_issuers=frozenset(options.accept_issuer),
    )


def _age(text: str | None) -> timedelta | None:
    if text is None:
        return None
    match = _AGE.fullmatch(text)
    if match is None:
        raise UsageError("--max-status-age: write a number and m, h or d, such as 24h")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _trust(options: argparse.Namespace) -> Trust:
    trust = files.trust(options.trust, _state())
    for name in options.status_list:
        lists = files.trust_file(name).status_lists
        if not lists:
            raise UsageError(f"--status-list: {name} is not a status list credential")
        trust += Trust(status_lists=lists)
    by_hand = Trust()
    for name in options.did_doc:
        documents = files.trust_file(name).did_documents
        if not documents:
            raise UsageError(f"--did-doc: {name} is not a DID document")
        by_hand += Trust(did_documents=documents)
        if any(map(by_hand.disputes, documents)):
            raise UsageError(f"--did-doc: {name} is another document of the same DID; give the newer one alone")
    trust = trust.resolving(by_hand.did_documents)
    # A chosen time may well lie before the last check; only the clock itself must not run backwards.
    return trust if options.at is None else replace(trust, seen_at=None)
