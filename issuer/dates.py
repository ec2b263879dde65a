"""Dates as people read them; every printed one names its zone."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day(moment: datetime, zone: ZoneInfo) -> str:
    """`1 July 2026 (Europe/Vienna)`: in the zone in which the issuer's days end."""
    local = moment.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year} ({zone.key})"


def instant(moment: datetime) -> str:
    """`1 July 2026, 09:32 (UTC)`."""
    utc = moment.astimezone(UTC)
    return f"{utc.day} {_MONTHS[utc.month - 1]} {utc.year}, {utc:%H:%M} (UTC)"
