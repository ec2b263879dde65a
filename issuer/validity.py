"""Calendar arithmetic of a credential's life: when it expires, and when its renewal may begin."""

import calendar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_LAST_SECOND = time(23, 59, 59)


def valid_until(awarded: datetime, years: int, zone: ZoneInfo, previous: datetime | None) -> datetime:
    """The last second, in UTC, of the day `years` after the award's day in `zone`; 29 February becomes 28.

    `awarded` and `previous` are aware. `previous` is the expiry that a renewal continues: the years are added
    to it instead, so that renewing early costs nobody a day.
    """
    start = awarded if previous is None else previous
    return end_of_day(_add_months(start.astimezone(zone).date(), 12 * years), zone)


def renewal_opens(expires: datetime, months: int) -> datetime:
    """The instant, in UTC, from which a credential that expires at `expires` may be renewed."""
    utc = expires.astimezone(UTC)
    return datetime.combine(_add_months(utc.date(), -months), utc.timetz())


def _add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day where that month is shorter."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day in `zone`, in UTC.

    Where clocks go back at midnight the last second comes twice: the later one counts (PEP 495).
    """
    return datetime.combine(day, _LAST_SECOND.replace(fold=1), tzinfo=zone).astimezone(UTC)


__all__ = ["end_of_day", "renewal_opens", "valid_until"]
