"""Attempts to log in, by a digest of whose they are: how many came, and when the last did."""

from datetime import datetime

from sqlalchemy import Connection, select

from .tables import login_try


def seen(connection: Connection, digest: str) -> tuple[int, datetime | None]:
    """How many attempts, and when the last of them came."""
    row = connection.execute(select(login_try).where(login_try.c.digest == digest)).first()
    return (int(row.attempts), row.last_at) if row else (0, None)


def count(connection: Connection, digest: str, at: datetime) -> None:
    """One more."""
    mine = login_try.c.digest == digest
    values = {"attempts": login_try.c.attempts + 1, "last_at": at}
    if connection.execute(login_try.update().where(mine).values(**values)).rowcount == 0:
        connection.execute(login_try.insert().values(digest=digest, attempts=1, last_at=at))


def take_back(connection: Connection, digest: str) -> None:
    """One less: it was no guess."""
    mine = (login_try.c.digest == digest) & (login_try.c.attempts > 0)
    connection.execute(login_try.update().where(mine).values(attempts=login_try.c.attempts - 1))


def forget(connection: Connection, digest: str) -> None:
    """All of them."""
    connection.execute(login_try.delete().where(login_try.c.digest == digest))


def forget_before(connection: Connection, at: datetime) -> None:
    """Those of whom nothing was heard since."""
    connection.execute(login_try.delete().where(login_try.c.last_at < at))
