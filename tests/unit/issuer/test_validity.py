"""Expiry and renewal: leap days, zones on both sides of Greenwich, and nights when clocks change."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from issuer.validity import renewal_opens, valid_until

UTC_ZONE = ZoneInfo("UTC")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("awarded", "zone", "expires"),
    [
        ("2026-07-01T09:31:13+00:00", "UTC", "2028-07-01T23:59:59+00:00"),
        ("2026-09-10T03:38:41+00:00", "Australia/Sydney", "2028-09-10T13:59:59+00:00"),
        ("2026-09-10T15:00:00+00:00", "Australia/Sydney", "2028-09-11T13:59:59+00:00"),  # tomorrow there
        ("2026-09-10T03:00:00+00:00", "America/Los_Angeles", "2028-09-10T06:59:59+00:00"),  # yesterday there
        ("2026-12-31T23:30:00+00:00", "Europe/Berlin", "2029-01-01T22:59:59+00:00"),
        ("2028-02-29T10:00:00+00:00", "UTC", "2030-02-28T23:59:59+00:00"),
        ("2028-02-28T23:30:00+00:00", "Asia/Tokyo", "2030-02-28T14:59:59+00:00"),
        ("2026-07-01T12:00:00+02:00", "Europe/Berlin", "2028-07-01T21:59:59+00:00"),  # summer, both
        ("2026-10-26T12:00:00+00:00", "Europe/Berlin", "2028-10-26T21:59:59+00:00"),  # winter, then summer
    ],
)
def test_the_end_of_the_day_two_years_on(awarded: str, zone: str, expires: str) -> None:
    assert valid_until(at(awarded), 2, ZoneInfo(zone), None) == at(expires)


def test_a_second_that_comes_twice_counts_when_it_comes_last() -> None:
    zone = ZoneInfo("America/Asuncion")  # clocks went back from 24:00 to 23:00 on 23 March 2024
    assert valid_until(at("2022-03-22T12:00:00+00:00"), 2, zone, None) == at("2024-03-23T02:59:59+00:00")
    assert valid_until(at("2022-03-23T12:00:00+00:00"), 2, zone, None) == at("2024-03-24T03:59:59+00:00")


@pytest.mark.parametrize(
    ("previous", "expires"),
    [
        ("2028-07-01T23:59:59+00:00", "2030-07-01T23:59:59+00:00"),
        ("2028-02-29T23:59:59+00:00", "2030-02-28T23:59:59+00:00"),
    ],
)
def test_a_renewal_adds_to_the_old_expiry(previous: str, expires: str) -> None:
    assert valid_until(at("2028-02-10T09:00:00+00:00"), 2, UTC_ZONE, at(previous)) == at(expires)


def test_a_renewal_keeps_the_local_day() -> None:
    zone = ZoneInfo("Australia/Sydney")
    assert valid_until(at("2028-05-01T00:00:00+00:00"), 2, zone, at("2028-09-10T13:59:59+00:00")) == at(
        "2030-09-10T13:59:59+00:00"
    )


@pytest.mark.parametrize(
    ("expires", "opens"),
    [
        ("2028-07-01T23:59:59+00:00", "2028-01-01T23:59:59+00:00"),
        ("2028-08-31T23:59:59+00:00", "2028-02-29T23:59:59+00:00"),
        ("2030-02-28T23:59:59+00:00", "2029-08-28T23:59:59+00:00"),
    ],
)
def test_renewal_opens_six_months_before(expires: str, opens: str) -> None:
    assert renewal_opens(at(expires), 6) == at(opens)
