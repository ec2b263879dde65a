"""Instants: xsd:dateTimeStamp texts <-> aware UTC datetimes (VCDM 2.0 section 4.9, RFC 3339)."""

import re
from datetime import UTC, datetime, timedelta

from .errors import FormatError

_PATTERN = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII)
_MAX_OFFSET = timedelta(hours=14)


def parse(text: str) -> datetime:
    """The instant, in UTC, cut to microseconds; raises FormatError `time.invalid`. The zone is required."""
    match = _PATTERN.fullmatch(text)
    if match is None:
        raise FormatError("time.invalid", f"{text[:40]!r} is not a time such as 2026-07-01T09:32:00Z.")
    *fields, fraction, sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if offset > _MAX_OFFSET or int(minutes or 0) > 59:
        raise FormatError("time.invalid", f"{text!r} has an offset that no zone has.")
    try:
        local = datetime(*map(int, fields), tzinfo=UTC)  # type: ignore[arg-type,misc]
        instant = local + offset if sign == "-" else local - offset
    except (ValueError, OverflowError):
        raise FormatError("time.invalid", f"{text!r} is a time that does not exist.") from None
    return instant.replace(microsecond=int((fraction or "").ljust(6, "0")[:6]))


def format_seconds(instant: datetime) -> str:
    """`2026-07-01T09:32:00Z`: UTC, whole seconds."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def format_milliseconds(instant: datetime) -> str:
    """`2026-07-01T09:32:00.000Z`: UTC, milliseconds."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
