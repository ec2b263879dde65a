"""Instants: the zone is required, and what Python would take besides is refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from verifier.format.errors import FormatError
from verifier.format.timestamp import format_milliseconds, format_seconds, parse

ZULU = datetime(2026, 7, 1, 9, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-07-01T09:32:00Z", ZULU),
        ("2026-07-01T09:32:00+00:00", ZULU),
        ("2026-07-01T09:32:00-00:00", ZULU),
        ("2026-07-01T11:32:00+02:00", ZULU),
        ("2026-07-01T03:47:00-05:45", ZULU),
        ("2026-07-01T23:32:00+14:00", ZULU),
        ("2026-06-30T19:32:00-14:00", ZULU),
        ("2026-07-01T09:32:00.5Z", ZULU + timedelta(milliseconds=500)),
        ("2026-07-01T09:32:00.123456789Z", ZULU + timedelta(microseconds=123456)),
        ("2028-02-29T00:00:00Z", datetime(2028, 2, 29, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime.min.replace(tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_read(text: str, instant: datetime) -> None:
    assert parse(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-07-01",
        "2026-07-01T09:32:00",
        "2026-07-01 09:32:00Z",
        "2026-07-01t09:32:00z",
        "2026-07-01T09:32Z",
        "2026-07-01T09:32:00,5Z",
        "2026-07-01T09:32:00.Z",
        "2026-07-01T09:32:00.1234567890123Z",
        "2026-W27-3T09:32:00Z",
        "20260701T093200Z",
        "2026-182T09:32:00Z",
        "２０２６-07-01T09:32:00Z",
        "2026-07-01T09:32:00Z\n",
        " 2026-07-01T09:32:00Z",
        "+2026-07-01T09:32:00Z",
        "-2026-07-01T09:32:00Z",
        "12026-07-01T09:32:00Z",
        "0000-01-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-07-01T24:00:00Z",
        "2026-07-01T23:59:60Z",
        "2026-07-01T09:32:00+14:01",
        "2026-07-01T09:32:00+02:60",
        "2026-07-01T09:32:00+0200",
        "2026-07-01T09:32:00+02",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r"^time\.invalid"):
        parse(text)


def test_written_in_utc() -> None:
    local = datetime(2026, 7, 1, 11, 32, 0, 999_999, timezone(timedelta(hours=2)))
    assert format_seconds(local) == "2026-07-01T09:32:00Z"
    assert format_milliseconds(local) == "2026-07-01T09:32:00.999Z"


def test_early_years_keep_four_digits() -> None:
    assert format_seconds(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00Z"
    assert format_milliseconds(datetime(987, 1, 1, tzinfo=UTC)) == "0987-01-01T00:00:00.000Z"
