"""One award as an act finds it: its rows, and the state that the table of the life cycle goes by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from .. import lifecycle, publicid
from ..errors import IssuerError
from ..lifecycle import Act, State
from ..register import awards, suspensions


@dataclass(frozen=True, slots=True)
class Awarded:
    """`revisions`: oldest first, at least one. `suspension`: the one that stands."""

    row: Row[Any]
    revisions: list[Row[Any]]
    suspension: Row[Any] | None

    @property
    def newest(self) -> Row[Any]:
        """The newest revision, issued or not."""
        return self.revisions[-1]

    @property
    def is_pending(self) -> bool:
        """Whether a later revision is planned that its holder does not have yet."""
        return self.newest.number > 1 and self.newest.delivered_at is None

    def state(self, at: datetime) -> State:
        """Where it stands at `at`."""
        return lifecycle.state(
            erased=self.row.erased_at is not None,
            withdrawn=self.row.withdrawn_at is not None,
            issued=any(revision.issued_at for revision in self.revisions),
            suspended=self.suspension is not None,
            valid_until=self.row.valid_until,
            at=at,
        )

    def require(self, act: Act, at: datetime) -> None:
        """Raise IssuerError when the act is not allowed now."""
        lifecycle.require(act, self.state(at), self.row.public_id)


def find(connection: Connection, public_id: str) -> Awarded:
    """The award with this public id, as a person may have typed it; raises IssuerError `award.unknown`."""
    award = awards.find(connection, publicid.normalize(public_id) or public_id)
    if award is None:
        raise IssuerError("award.unknown", f"There is no award {public_id[:40]}. Check the number.")
    return Awarded(award, awards.revisions(connection, award.id), suspensions.standing(connection, award.id))
