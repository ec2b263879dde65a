"""What is said of who may use the service."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Row

from verifier.format.display import visible
from verifier.format.timestamp import format_seconds

from ..service.mailmerge import ERASED, NO_LINK, UNFINISHED, WITHDRAWN, Exported

_LEFT: Final = {
    ERASED: "credentials that were erased",
    WITHDRAWN: "credentials that are withdrawn",
    UNFINISHED: "credentials that are not finished (certify resume)",
    NO_LINK: "persons whose link was ended",
}


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


def exported(found: Exported, path: Path) -> str:
    """How many links were written where; none of them."""
    lines = [
        f"Wrote {len(found.rows):,} links to {path}, readable for you alone.",
        "Each is a secret: whoever has it acts as the candidate. Delete the file when the letters are sent.",
    ]
    if found.without_address:
        lines.append(f"{found.without_address:,} of them have no e-mail address.")
    lines += [f"Left out: {found.left[why]:,} {said}." for why, said in _LEFT.items() if found.left[why]]
    return "\n".join(lines)


def exported_json(found: Exported, path: Path) -> dict[str, Any]:
    """The same."""
    left = {why: found.left[why] for why in _LEFT}
    return {"file": str(path), "links": len(found.rows), "withoutAddress": found.without_address, "leftOut": left}
