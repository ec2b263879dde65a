"""The life of an award, as one table: which act is allowed in which state, and the code it is refused with otherwise.

Pure. What an act does stands in `issuer/service/`; whether it may be done stands here and nowhere else.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from .errors import IssuerError


class State(StrEnum):
    """Where an award stands. Of several that apply the first one of these counts."""

    ERASED = "erased"
    WITHDRAWN = "withdrawn"
    PLANNED = "planned"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    VALID = "valid"


class Act(StrEnum):
    """What staff, or a holder's request, can do to an award. A renewal is a result record: `issuer/results/`."""

    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    SUPERSEDE = "supersede"
    REISSUE = "reissue"
    REVOKE = "revoke"
    APPEAL = "appeal"
    ERASE = "erase"
    FORGET_CONTACT = "forget-contact"


_ENDED: Final = {State.ERASED: "award.erased", State.WITHDRAWN: "award.withdrawn"}
_ONLY_VALID: Final = {
    **_ENDED,
    State.PLANNED: "award.planned",
    State.SUSPENDED: "award.suspended",
    State.EXPIRED: "award.expired",
}
_NOT_SUSPENDED: Final = dict.fromkeys((State.PLANNED, State.EXPIRED, State.VALID), "award.not-suspended")
_NOT_WITHDRAWN: Final = dict.fromkeys(
    (State.PLANNED, State.SUSPENDED, State.EXPIRED, State.VALID), "award.not-withdrawn"
)
REFUSED: Final[Mapping[Act, Mapping[State, str]]] = {
    Act.SUSPEND: _ONLY_VALID,
    Act.REINSTATE: {**_ENDED, **_NOT_SUSPENDED},
    Act.SUPERSEDE: _ONLY_VALID,
    Act.REISSUE: _ONLY_VALID,
    Act.REVOKE: _ENDED,
    Act.APPEAL: {State.ERASED: "award.erased", **_NOT_WITHDRAWN},
    Act.ERASE: {State.ERASED: "award.erased"},
    Act.FORGET_CONTACT: {State.ERASED: "award.erased"},
}
"""Act -> state -> the code of the refusal. What does not stand here is allowed."""
_SENTENCES: Final = {
    "award.erased": "was withdrawn and erased at its holder's request; nothing but a tombstone is left of it.",
    "award.withdrawn": "was withdrawn before; certify publish shows it to others.",
    "award.planned": "is planned and not yet issued. Run certify resume first.",
    "award.suspended": "is suspended. Decide on that first: certify reinstate, or certify revoke.",
    "award.expired": "has expired. Its holder can renew it by a new result.",
    "award.not-suspended": "is not suspended.",
    "award.not-withdrawn": "is not withdrawn.",
}


def state(
    *, erased: bool, withdrawn: bool, issued: bool, suspended: bool, valid_until: datetime, at: datetime
) -> State:
    """The state at `at` (aware)."""
    found = {
        State.ERASED: erased,
        State.WITHDRAWN: withdrawn,
        State.PLANNED: not issued,
        State.SUSPENDED: suspended,
        State.EXPIRED: valid_until < at,
    }
    return next((each for each, applies in found.items() if applies), State.VALID)


def require(act: Act, current: State, public_id: str) -> None:
    """Raise IssuerError when the act is not allowed in this state; nothing has changed then."""
    code = REFUSED[act].get(current)
    if code:
        raise refusal(code, public_id)


def refusal(code: str, public_id: str) -> IssuerError:
    """The error for a code of this table."""
    return IssuerError(code, f"{public_id} {_SENTENCES[code]}")
