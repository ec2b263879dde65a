"""A record by the id that its platform gave it. Two platforms may use the same one, each for a person of its own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from ..errors import IssuerError
from ..register import records


def find(connection: Connection, result_id: str, platform: str | None) -> Row[Any] | None:
    """The record of `platform`, or of whichever platform it is. Raises IssuerError `result.ambiguous`."""
    return only(named(connection, result_id, platform))


def named(connection: Connection, result_id: str, platform: str | None) -> list[Row[Any]]:
    """What stands under this id, one record for each platform."""
    platforms = records.platforms(connection, result_id) if platform is None else [platform]
    found = (records.standing(connection, each, result_id) for each in platforms)
    return [row for row in found if row is not None]


def only(rows: Sequence[Row[Any]]) -> Row[Any] | None:
    """The one of them. Raises IssuerError `result.ambiguous`."""
    if len(rows) > 1:
        which = ", ".join(sorted(row.platform for row in rows))
        raise IssuerError("result.ambiguous", f"Several platforms have sent a record of this id: name one of {which}.")
    return rows[0] if rows else None
