"""Erasures after which the files of the database still have to be rewritten."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from .tables import trace


def add(connection: Connection, since: datetime) -> None:
    """Note, in the transaction of an erasure, that something was deleted."""
    connection.execute(trace.insert().values(since=since))


def newest(connection: Connection) -> int | None:
    """The number of the newest erasure that waits; None when none does."""
    return connection.execute(select(func.max(trace.c.seq))).scalar()


def oldest(connection: Connection) -> datetime | None:
    """Since when the one waits that waits longest."""
    return connection.execute(select(func.min(trace.c.since))).scalar()


def remove(connection: Connection, last: int) -> None:
    """Note that the files were rewritten after the erasure of this number."""
    connection.execute(trace.delete().where(trace.c.seq <= last))
