"""Counts for the annual report, and the list of credentials for a spreadsheet: nobody's name is in either."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from statistics import median
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from verifier.format.timestamp import format_seconds

from .. import lifecycle
from ..register import statistics
from ..results import RecordState
from .desk import Desk

CREDENTIALS_HEAD: Final = ("public_id", "credential", "state", "awarded", "valid_until", "withdrawn", "reason")
COUNTS_HEAD: Final = ("year", "credential", "what", "detail", "count")
_SECONDS_OF_A_DAY: Final = 86_400


class Fact(NamedTuple):
    """Something that happened: `what` is counted by `detail`, such as a reason."""

    at: datetime
    credential: str
    what: str
    detail: str = ""


def credentials(desk: Desk, at: datetime) -> list[tuple[str, ...]]:
    """A row for each credential that was issued, as CREDENTIALS_HEAD says, oldest first."""
    with desk.reading() as connection:
        return [
            (
                row.public_id,
                row.credential,
                str(_state(row, at)),
                format_seconds(row.awarded),
                format_seconds(row.valid_until),
                format_seconds(row.withdrawn_at) if row.withdrawn_at else "",
                row.withdrawn_reason or "",
            )
            for row in statistics.awards(connection)
        ]


def _state(row: Row[Any], at: datetime) -> lifecycle.State:
    """As `awarded` tells it, from one row: there may be very many."""
    return lifecycle.state(
        erased=row.erased_at is not None,
        withdrawn=row.withdrawn_at is not None,
        issued=True,
        suspended=row.suspended_since is not None,
        valid_until=row.valid_until,
        at=at,
    )


def counts(desk: Desk) -> list[tuple[str, ...]]:
    """A row for each count, as COUNTS_HEAD says. A year is one of the issuer's zone."""
    with desk.reading() as connection:
        awards = statistics.awards(connection)
        results = statistics.results(connection)
        decided = {row.result_seq: row for row in statistics.decisions_by_people(connection)}
        suspensions = statistics.suspensions(connection)
    happened = [
        *(fact for row in awards for fact in _of_award(row)),
        *(Fact(row.since, row.credential, "suspended") for row in suspensions),
        *(fact for row in results for fact in _of_result(row, decided.get(row.seq))),
    ]
    zone = desk.config.zone
    counted = Counter((each.at.astimezone(zone).year, *each[1:]) for each in happened)
    rows = [(*key, str(number)) for key, number in counted.items()] + _medians(results, decided, zone)
    return [tuple(map(str, row)) for row in sorted(rows)]


def _of_award(row: Row[Any]) -> Iterator[Fact]:
    yield Fact(row.issued_at, row.credential, "issued")
    if row.renews:
        yield Fact(row.issued_at, row.credential, "renewal")
    if row.withdrawn_at:
        yield Fact(row.withdrawn_at, row.credential, "withdrawn", row.withdrawn_reason)


def _of_result(row: Row[Any], decision: Row[Any] | None) -> Iterator[Fact]:
    """What people decided on counts as held, and not once more as what it became."""
    if decision is not None:
        yield Fact(row.received_at, row.credential, "held", f"decided: {decision.outcome}")
    elif row.state == RecordState.HELD:
        yield Fact(row.received_at, row.credential, "held", "waiting")
    elif row.state == RecordState.FAILED:
        yield Fact(row.received_at, row.credential, "failed")
    elif row.state == RecordState.REFUSED:
        yield from (Fact(row.received_at, row.credential, "refused", code) for code in json.loads(row.codes))


def _medians(results: list[Row[Any]], decided: dict[int, Row[Any]], zone: ZoneInfo) -> list[tuple[Any, ...]]:
    """How many days a held record waited for its decision."""
    waited: dict[tuple[int, str], list[float]] = {}
    for row in (each for each in results if each.seq in decided):
        key = (row.received_at.astimezone(zone).year, row.credential)
        waited.setdefault(key, []).append((decided[row.seq].at - row.received_at).total_seconds() / _SECONDS_OF_A_DAY)
    return [(*key, "days to a decision", "median", f"{median(days):.1f}") for key, days in waited.items()]
