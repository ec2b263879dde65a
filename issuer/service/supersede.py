"""Replace a credential by a corrected one: same award, same dates, a newer revision with indices of its own."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from keys import durable

from ..errors import IssuerError
from ..lifecycle import Act
from ..reasons import reasons
from ..reasons import reference as checked
from ..recovery import holder_of
from ..register import awards
from ..results import name_fault, tidy
from . import issue, plan
from .awarded import Awarded, find
from .desk import Desk
from .revoke import Revised


def corrected() -> str:
    """The reason of a replacement: there is one."""
    return reasons("replacement")[0]


def supersede(desk: Desk, public_id: str, *, name: str, reference: str, at: datetime) -> Revised:
    """Correct the holder's name. The old revision is given up once the new one is delivered.

    Repeating it finishes what a crash cut short. Raises IssuerError `candidate.name`, `decision.reference`,
    `award.unchanged`, `award.pending` (another correction is on its way), or as the life cycle says.
    """
    checked(reference)
    name = tidy(name)
    if unfit := name_fault(name):
        raise IssuerError(unfit.code, unfit.detail)
    with desk.writing(at) as connection:
        awarded = find(connection, public_id)
        awarded.require(Act.SUPERSEDE, at)
        number = _planned(desk, connection, awarded, name, reference, at)
    return Revised(awarded.row.public_id, number, issue.complete(desk, awarded.row.public_id, at))


def _planned(desk: Desk, connection: Connection, awarded: Awarded, name: str, reference: str, at: datetime) -> int:
    same = holder_name(awarded.newest) == name
    if awarded.is_pending and same:
        return int(awarded.newest.number)
    if awarded.is_pending:
        raise IssuerError(
            "award.pending", f"{awarded.row.public_id} has a revision that is not delivered. Run certify resume first."
        )
    if same:
        raise IssuerError("award.unchanged", f"{awarded.row.public_id} bears this name already. Nothing was changed.")
    return plan.following(desk, connection, awarded, corrected(), at=at, reference=reference, name=name)


def holder_name(revision: Row[Any]) -> str:
    """The name in a planned or issued credential; "" when it was erased."""
    return holder_of(json.loads(revision.credential))


def resume(
    desk: Desk, now: Callable[[], datetime], progress: Callable[[int, int], None] = lambda *_: None
) -> tuple[Revised, ...]:
    """Finish every revision that a crash kept from its holder, and clear away what it left half-written.

    `now` is asked for each of them: others go on meanwhile. `progress`: how many are done, of how many.
    """
    durable.sweep(desk.config.issued)
    with desk.reading() as connection:
        waiting = [find(connection, public_id) for public_id in awards.unfinished(connection)]
    finished: list[Revised] = []
    for each in waiting:
        progress(len(finished), len(waiting))
        files = issue.complete(desk, each.row.public_id, now())
        finished.append(Revised(each.row.public_id, each.newest.number, files))
    progress(len(finished), len(waiting))
    return tuple(finished)
