"""What a rule sees: one record, what the register knows, the catalogue, and the time of intake."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ..catalog import Blueprint, Catalog
from ..validity import renewal_opens
from .finding import Finding
from .known import Holding, Known, RecordState
from .record import Record


@dataclass(frozen=True, slots=True)
class Case:
    """The input of every rule; `at` is aware."""

    record: Record
    known: Known
    catalog: Catalog
    at: datetime

    @property
    def blueprint(self) -> Blueprint | None:
        """The blueprint to judge by: the one named, unless it leads to another known credential."""
        found = self.catalog.blueprints.get(self.record.blueprint)
        if found and self.record.credential in self.catalog.credentials - {found.credential}:
            return None
        return found

    @property
    def conflicts(self) -> bool:
        """Whether other bytes stand in the register under the same result id or the same attempt."""
        same, other = self.known.same_result, self.known.same_attempt
        changed = same and same.digest != self.record.digest and same.state is not RecordState.REFUSED
        return bool(changed or (other and other.state is not RecordState.REFUSED))

    @property
    def held_award(self) -> Holding | None:
        """The person's own award of this credential that had not ended when the attempt was scored."""
        scored = self.record.attempt.scored_at
        own = [
            holding
            for holding in self.known.holdings
            if holding.credential == self.record.credential
            and holding.withdrawn_at is None
            and scored <= holding.valid_until
        ]
        return max(own, key=lambda holding: holding.valid_until, default=None)

    @property
    def renewed(self) -> Holding | None:
        """The award that this attempt renews: in force, and in the renewal window of the blueprint."""
        award, blueprint, scored = self.held_award, self.blueprint, self.record.attempt.scored_at
        if award is None or blueprint is None or award.suspended(scored):
            return None
        opens = renewal_opens(award.valid_until, blueprint.renewal_window_months)
        return award if opens <= scored else None


Rule: TypeAlias = Callable[[Case], Iterator[Finding]]


def by_blueprint(rule: Callable[[Case, Blueprint], Iterator[Finding]]) -> Rule:
    """A rule that needs a blueprint to judge by, and has nothing to say without one."""

    def judged(case: Case) -> Iterator[Finding]:
        if case.blueprint is not None:
            yield from rule(case, case.blueprint)

    return judged
