"""Rules on what comes with the exam: the prerequisite, experience and evidence."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from ..catalog import Blueprint
from .case import Case, by_blueprint
from .finding import Finding
from .known import Holding
from .record import Waiver
from .text import fault

MAX_TITLE: Final = 200
"""Characters of a title."""
_SHA256 = re.compile("[0-9a-f]{64}")

Reliance: TypeAlias = str | Waiver | None
"""What a prerequisite rests on: the public id of an award, or a waiver."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The answer on a prerequisite: what it rests on, or why it is not met."""

    rests_on: Reliance = None
    findings: tuple[Finding, ...] = ()


@by_blueprint
def prerequisite_met(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """An award in force when the attempt started, or a waiver."""
    yield from weigh_prerequisite(case, blueprint).findings


def weigh_prerequisite(case: Case, blueprint: Blueprint) -> Weighed:
    """What the prerequisite rests on. A renewal that needs none and names none is exempt."""
    needs, claim = blueprint.prerequisite, case.record.prerequisite
    if needs is None:
        return Weighed()
    weighed = _weigh(case, needs.credential)
    names_one = claim is not None and (claim.credential_id or claim.waiver)
    if case.renewed and not needs.renewal_needs_one and not names_one:
        return Weighed(weighed.rests_on)
    return weighed


def _weigh(case: Case, needed: str) -> Weighed:
    claim = case.record.prerequisite
    if claim is None:
        return _unmet("missing", f"State the prerequisite: {needed}, or a recorded waiver.")
    if claim.credential != needed:
        return _unmet("unknown", f"The prerequisite is {needed}: name that one.")
    if claim.waiver is not None:
        return _waived(case, claim.waiver)
    if claim.credential_id is not None:
        return _named(case, needed)
    return _looked_up(case, needed)


def _waived(case: Case, waiver: Waiver) -> Weighed:
    """To the day, in UTC: a waiver has no hour."""
    if waiver.date > case.record.attempt.started_at.date():
        return _unmet("order", "The waiver was given after the attempt started: staff must decide.")
    return Weighed(waiver)


def _named(case: Case, needed: str) -> Weighed:
    named = case.known.named_prerequisite
    if named is None or named.credential != needed:
        return _unmet("unknown", f"No {needed} has this id here: correct it, or send null to look it up.")
    if named.public_id not in {holding.public_id for holding in case.known.holdings}:
        return _unmet("holder", "The prerequisite belongs to another person: name the candidate's own.")
    return _in_force(case, named)


def _looked_up(case: Case, needed: str) -> Weighed:
    """The newest award that serves; if none does, what is wrong with the newest."""
    own = [holding for holding in case.known.holdings if holding.credential == needed]
    own.sort(key=lambda holding: holding.awarded, reverse=True)
    weighed = [_in_force(case, holding) for holding in own]
    if not weighed:
        return _unmet("missing", f"The candidate holds no {needed}: earn it first, or record a waiver.")
    return next((answer for answer in weighed if not answer.findings), weighed[0])


def _in_force(case: Case, holding: Holding) -> Weighed:
    start = case.record.attempt.started_at
    if start < holding.awarded:
        return _unmet("order", "The prerequisite was awarded after the attempt started: retake it.")
    if start >= holding.valid_until or holding.withdrawn(start) or holding.suspended(start):
        return _unmet("status", "The prerequisite was not in force when the attempt started.")
    return Weighed(holding.public_id)


def _unmet(kind: str, detail: str) -> Weighed:
    return Weighed(findings=(Finding(f"prerequisite.{kind}", detail),))


@by_blueprint
def experience_declared(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """Declared, enough initiatives, begun before the attempt: to the day, in UTC, as there is no hour."""
    if not blueprint.minimum_initiatives:
        return
    claim, start = case.record.experience, case.record.attempt.started_at.date()
    enough = claim and claim.declared and claim.initiatives >= blueprint.minimum_initiatives
    if not (enough and claim and claim.begun and claim.begun <= start):
        yield Finding(
            "experience.missing",
            f"Declare at least {blueprint.minimum_initiatives} real AI initiative, begun before the attempt.",
        )


@by_blueprint
def evidence_type(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """A type that the blueprint knows."""
    known = ", ".join(blueprint.evidence_types) or "none"
    for index, item in enumerate(case.record.evidence, 1):
        if item.type not in blueprint.evidence_types:
            yield Finding("evidence.type", f"Evidence {index} is of no type known here: {known}.")


def evidence_digest(case: Case) -> Iterator[Finding]:
    """sha-256 as 64 lower-case hex digits."""
    for index, item in enumerate(case.record.evidence, 1):
        if item.alg != "sha-256" or not _SHA256.fullmatch(item.hex):
            yield Finding("evidence.digest", f"Evidence {index} needs a sha-256 of 64 lower-case hex digits.")


def evidence_title(case: Case) -> Iterator[Finding]:
    """Titles that can be signed and shown, by the rule for names."""
    for index, item in enumerate(case.record.evidence, 1):
        if words := fault(item.title, MAX_TITLE):
            yield Finding("evidence.title", f"The title of evidence {index} {words}.")


def evidence_duplicate(case: Case) -> Iterator[Finding]:
    """No document twice."""
    if any(count > 1 for count in Counter(item.hex for item in case.record.evidence).values()):
        yield Finding("evidence.duplicate", "One document is listed twice: list each digest once.")
