"""What is said of who may use the service."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from verifier.format.display import visible
from verifier.format.timestamp import format_seconds


def platforms(rows: Sequence[Row[Any]]) -> str:
    """A line each."""
    lines = [f"{visible(row.platform)}/{row.key_id}  {row.public_key}  {_state(row.ended_at)}" for row in rows]
    return "\n".join(lines) or "No platform is allowed. See certify platforms allow."


def platform_json(row: Row[Any]) -> dict[str, Any]:
    """One key."""
    return {
        "platform": row.platform,
        "key": row.key_id,
        "publicKeyMultibase": row.public_key,
        "since": format_seconds(row.since),
        "ended": _time(row.ended_at),
    }


def tokens(rows: Sequence[Row[Any]]) -> str:
    """A line each."""
    lines = [f"{row.subject:<24} {row.role:<9} until {_time(row.expires) or 'it is ended'}" for row in rows]
    return "\n".join(lines) or "No token is in use."


def token_json(row: Row[Any]) -> dict[str, Any]:
    """One token, without its secret."""
    return {"name": row.subject, "role": row.role, "since": format_seconds(row.since), "expires": _time(row.expires)}


def staff(rows: Sequence[Row[Any]]) -> str:
    """A line each."""
    return "\n".join(f"{row.name:<24} {row.role:<9} {_state(row.ended_at)}" for row in rows) or "Nobody yet."


def person_json(row: Row[Any]) -> dict[str, Any]:
    """One of the staff."""
    return {"name": row.name, "role": row.role, "since": format_seconds(row.since), "ended": _time(row.ended_at)}


def _state(ended: datetime | None) -> str:
    return f"ended {format_seconds(ended)}" if ended else "in use"


def _time(instant: datetime | None) -> str | None:
    return format_seconds(instant) if instant else None
