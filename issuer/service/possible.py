"""Which acts an award allows now, and why not the others: the same questions that each act asks before it begins."""

from collections.abc import Callable
from datetime import datetime

from ..errors import IssuerError
from ..lifecycle import Act
from . import review, revoke, suspend
from .awarded import Awarded, find
from .desk import Desk

REVIEW_CLOSE = "review-close"


def possible(desk: Desk, public_id: str, at: datetime) -> dict[str, IssuerError | None]:
    """Act -> None, or what it would be refused with at `at`. Raises IssuerError `award.unknown`."""
    with desk.reading() as connection:
        awarded = find(connection, public_id)
    found = {str(act): _refusal(_question(desk, awarded, act, at)) for act in Act if act is not Act.REISSUE}
    return {**found, REVIEW_CLOSE: _refusal(lambda: review.require_open(awarded.row))}


def _question(desk: Desk, awarded: Awarded, act: Act, at: datetime) -> Callable[[], None]:
    if act is Act.SUSPEND:
        return lambda: suspend.require_possible(desk, awarded, at)
    if act is Act.APPEAL:
        return lambda: revoke.require_appealable(awarded, at)
    return lambda: awarded.require(act, at)


def _refusal(question: Callable[[], None]) -> IssuerError | None:
    try:
        question()
    except IssuerError as error:
        return error
    return None
