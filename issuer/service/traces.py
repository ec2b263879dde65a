"""What an erasure leaves behind in files, and when it is gone from there, too.

To delete a row is not enough: there are issued files, and its bytes stay on pages and in logs of the database until
these are rewritten, and are kept for as long as somebody reads a state of before. So an erasure notes that this is
still to be done, in its own transaction; whoever can does it then, and takes the note away: the act itself, the service
every minute, `certify publish`.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from keys import durable

from ..register import awards, overwrite, snapshot, traces, transaction
from .desk import Desk

AT_ONCE_SECONDS: Final = 8.0
"""In an answer of the service, which is cut off after 20 seconds: a large register is rewritten in the background."""


def note(connection: Connection, at: datetime) -> None:
    """In the transaction that deletes."""
    traces.add(connection, at)


def clear(desk: Desk, seconds: float | None = None) -> bool:
    """Delete and rewrite what is to be; whether nothing is left.

    `seconds`: for rewriting, at most. It is no act: nothing that the register says becomes another.
    """
    with snapshot(desk.engine) as connection:
        last = traces.newest(connection)
        erased = awards.erased(connection) if last is not None else []
    if last is None:
        return True
    _delete_files(desk.config.issued, frozenset(erased))
    if not overwrite(desk.engine, seconds):
        return False
    with transaction(desk.engine) as connection:
        traces.remove(connection, last)
    return True


def _delete_files(issued: Path, public_ids: frozenset[str]) -> None:
    """Every issued file of these awards, also one that was never finished, whose name begins with a dot."""
    for path in issued.iterdir():
        if path.name.lstrip(".").partition(".")[0] in public_ids:
            path.unlink(missing_ok=True)
    durable.sync_folder(issued)
