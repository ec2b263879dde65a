"""The decision on one result record: every rule, in the order of the specification, and what follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ..catalog import Catalog
from . import person, requirements, sitting
from .case import Case, Rule
from .finding import Finding, codes
from .known import Known, RecordState
from .record import Record
from .requirements import Reliance, weigh_prerequisite


class Outcome(StrEnum):
    """What becomes of a record."""

    ACCEPTED = "accepted"
    FAILED = "failed"
    HELD = "held"
    REFUSED = "refused"
    REPLAY = "replay"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer on one record.

    findings: refused: all that applies; held: the reasons; failed: outcome.fail; accepted: none
    prerequisite: what it rests on, the public id of an award or a waiver; None: nothing needed or found
    renews: public id of the award that this one renews
    unreported_starts: attempt numbers skipped since the last one known (abandoned starts send no result)
    """

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    prerequisite: Reliance = None
    renews: str | None = None
    unreported_starts: int = 0

    @property
    def codes(self) -> tuple[str, ...]:
        """Each code once, in the order of the rules."""
        return codes(self.findings)


def result_conflict(case: Case) -> Iterator[Finding]:
    """Neither the same id nor the same attempt with other bytes."""
    if case.conflicts:
        yield Finding("result.conflict", "Another record stands under this id or attempt: keep to that one.")


RULES: Final[tuple[Rule, ...]] = (
    result_conflict,
    sitting.credential_known,
    sitting.blueprint_known,
    sitting.time_order,
    sitting.time_limit,
    sitting.time_future,
    sitting.time_stale,
    sitting.domain_set,
    sitting.domain_size,
    sitting.domain_range,
    sitting.sum_raw,
    sitting.sum_max,
    sitting.pass_mark,
    sitting.percent,
    sitting.outcome_agrees,
    sitting.outcome_fail,
    person.attempt_policy,
    person.candidate_name,
    person.candidate_mismatch,
    person.assurance_identity,
    person.integrity_hold,
    requirements.prerequisite_met,
    requirements.experience_declared,
    requirements.evidence_type,
    requirements.evidence_digest,
    requirements.evidence_title,
    requirements.evidence_duplicate,
    person.consent_terms,
    person.duplicate_active,
)
WHOSE: Final = frozenset(("candidate.mismatch",))
"""Codes of a record that may be another person's than the one that its candidateId belongs to."""
HOLDING: Final = WHOSE | {"integrity.hold"}
"""Codes that wait for a recorded decision of a person; every other one but outcome.fail refuses."""
FAILING: Final = "outcome.fail"
REPLAYED = Finding("result.replay", "This record was received before: this is the first answer again.")


def judge(
    record: Record, known: Known, catalog: Catalog, at: datetime, *, decided: frozenset[str] = frozenset()
) -> Judgement:
    """The answer on `record` at intake `at` (aware). Refused beats held beats failed beats accepted.

    The same bytes again are a replay, unless they were refused: then judged anew, by what is known now.
    To release a held record judge it again with its time of intake, `same_result=None`, and the codes that a
    person has decided in the candidate's favour in `decided` (of HOLDING only).
    """
    prior = known.same_result
    if prior and prior.digest == record.digest and prior.state is not RecordState.REFUSED:
        return Judgement(Outcome.REPLAY, (REPLAYED,))
    case = Case(record, known, catalog, at)
    found = [finding for rule in RULES for finding in rule(case) if finding.code not in decided & HOLDING]
    outcome, findings = _weigh(found)
    return Judgement(
        outcome=outcome,
        findings=findings,
        prerequisite=_rests_on(case),
        renews=case.renewed.public_id if case.renewed else None,
        unreported_starts=max(0, record.attempt.number - person.last_number(case) - 1),
    )


def _weigh(found: list[Finding]) -> tuple[Outcome, tuple[Finding, ...]]:
    faults = tuple(finding for finding in found if finding.code != FAILING)
    if any(finding.code not in HOLDING for finding in faults):
        return Outcome.REFUSED, faults
    if faults:
        return Outcome.HELD, faults
    return (Outcome.FAILED, tuple(found)) if found else (Outcome.ACCEPTED, ())


def _rests_on(case: Case) -> Reliance:
    return weigh_prerequisite(case, case.blueprint).rests_on if case.blueprint else None
