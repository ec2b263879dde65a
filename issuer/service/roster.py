"""Who may use the service, for whoever looks: never a secret, nor a digest of one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from ..register import access
from .access import TOKEN
from .desk import Desk


def platforms(desk: Desk) -> list[Row[Any]]:
    """Every platform key: platform, key_id, public_key, since, ended_at."""
    with desk.reading() as connection:
        return access.platform_keys(connection)


def tokens(desk: Desk, at: datetime) -> list[Row[Any]]:
    """The tokens that are good at `at`: subject, role, since, expires."""
    with desk.reading() as connection:
        rows = access.secrets_of(connection, TOKEN)
    return [row for row in rows if row.ended_at is None and (row.expires is None or at < row.expires)]


def staff(desk: Desk) -> list[Row[Any]]:
    """Everybody: name, role, since, ended_at."""
    with desk.reading() as connection:
        return access.all_staff(connection)
