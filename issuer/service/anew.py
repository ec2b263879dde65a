"""Issue many credentials anew in one go, while others go on: a few at a time, each few whole and at its own time."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from . import issue
from .awarded import Awarded, find
from .desk import Desk


def issue_each(
    desk: Desk,
    due: Sequence[str],
    plan: Callable[[Connection, Awarded, datetime], bool],
    *,
    now: Callable[[], datetime],
    progress: Callable[[int, int], None],
) -> None:
    """Plan and complete each of `due` (public ids).

    `plan` is asked inside of the transaction whether one is still due, and plans it then: meanwhile somebody may have
    withdrawn it, or issued it anew. `progress`: how many are done, of how many.
    """
    progress(0, len(due))
    for begin in range(0, len(due), issue.AT_ONCE):
        few, at = due[begin : begin + issue.AT_ONCE], now()
        with desk.writing(at) as connection:
            found = (find(connection, public_id) for public_id in few)
            planned = [each.row.public_id for each in found if plan(connection, each, at)]
        issue.complete_each(desk, planned, now())
        progress(begin + len(few), len(due))
