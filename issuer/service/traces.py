"""What an erasure leaves in the files of the database, and when it is gone from there, too.

To delete a row is not enough: its bytes stay on pages and in logs until these are rewritten, and they are kept for as
long as somebody reads a state of before. So an erasure notes that this is still to be done, in its own transaction;
whoever can does it then, and takes the note away: the act itself, the service every minute, `certify publish`.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ..register import overwrite, snapshot, traces, transaction
from .desk import Desk

AT_ONCE_SECONDS: Final = 8.0
"""In an answer of the service, which is cut off after 20 seconds: a large register is rewritten in the background."""


def note(connection: Connection, at: datetime) -> None:
    """In the transaction that deletes."""
    traces.add(connection, at)


def clear(desk: Desk, seconds: float | None = None) -> bool:
    """Rewrite the files if that is to be done; whether nothing is left in them. No error keeps an erasure from its end.

    `seconds`: for rewriting, at most. It is no act: nothing that the register says becomes another.
    """
    with snapshot(desk.engine) as connection:
        last = traces.newest(connection)
    if last is None:
        return True
    if not overwrite(desk.engine, seconds):
        return False
    with transaction(desk.engine) as connection:
        traces.remove(connection, last)
    return True
