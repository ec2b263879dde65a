"""What the register knows when a record arrives: it fills this with one query, the rules only read it.

`attempts` and `same_attempt` leave out the record's own result id: a refused record that was corrected, or a
held one that is looked at again, is not an earlier one of itself.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RecordState(StrEnum):
    """How the register answered a record."""

    ACCEPTED = "accepted"
    FAILED = "failed"
    HELD = "held"
    REFUSED = "refused"
    RECOVERED = "recovered"
    """Not answered here: the record is lost, and its award came back from the signed credential."""


@dataclass(frozen=True, slots=True)
class Prior:
    """A record that came before: the SHA-256 of its bytes, in hex, and what became of it.

    Accepted, failed and held ones stand, and at most one can; a refused one counts for nothing: give it only
    where none stands (a refused conflict must not hide the record that it contradicts).
    """

    digest: str
    state: RecordState


@dataclass(frozen=True, slots=True)
class EarlierAttempt:
    """An attempt with a record that was not refused."""

    number: int
    started_at: datetime
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class Holding:
    """An award, whatever its revisions: replacing a revision (a corrected name) withdraws nothing.

    `withdrawn_at` and `suspensions` (from, to; None: still) are the instants from which each was effective.
    """

    public_id: str
    credential: str
    awarded: datetime
    valid_until: datetime
    withdrawn_at: datetime | None = None
    suspensions: tuple[tuple[datetime, datetime | None], ...] = ()

    def withdrawn(self, at: datetime) -> bool:
        """Whether it stood withdrawn at `at`."""
        return self.withdrawn_at is not None and self.withdrawn_at <= at

    def suspended(self, at: datetime) -> bool:
        """Whether it stood suspended at `at`."""
        return any(begin <= at and (end is None or at < end) for begin, end in self.suspensions)


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows about one record.

    person: the key of the person that the record's platform and candidateId resolve to; None for a new one
    same_result: the record that stands under this platform's resultId
    same_attempt: the record that stands for this platform and attempt under another resultId
    attempts: this person's other attempts at this credential, on all platforms and blueprints
    email_differs: the record has an e-mail, the person has some, and it is none of those (case-folded)
    holdings: all awards of this person, of every credential, also past ones
    named_prerequisite: the award whose public id the record's prerequisite names, whoever holds it
    """

    person: str | None = None
    same_result: Prior | None = None
    same_attempt: Prior | None = None
    attempts: tuple[EarlierAttempt, ...] = ()
    email_differs: bool = False
    holdings: tuple[Holding, ...] = ()
    named_prerequisite: Holding | None = None
