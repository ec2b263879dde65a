"""Rules on the person: name, identity, integrity, consent, earlier attempts and what is held already."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from verifier.format.timestamp import format_seconds

from ..catalog import Blueprint
from ..validity import renewal_opens
from .case import Case, by_blueprint
from .finding import Finding
from .text import fault

MAX_NAME: Final = 200
"""Characters of a name."""
IDENTITY_LEVELS: Final = ("self-asserted", "account-verified", "document-verified", "in-person")
"""How identity was checked, weakest first."""
INTEGRITY_CLEAR: Final = "clear"


UNFIT_NAME: Final = Finding(
    "candidate.name",
    f"The name must be 1 to {MAX_NAME} characters that everybody sees, a letter or a digit among them.",
)


def name_fault(name: str) -> Finding | None:
    """What keeps a name, tidy (`text.tidy`), from being signed and shown."""
    words = fault(name, MAX_NAME)
    return None if words is None else Finding(UNFIT_NAME.code, f"The name {words}.")


def is_fit_name(name: str) -> bool:
    """Whether a name, tidy, can be signed and shown."""
    return name_fault(name) is None


def candidate_name(case: Case) -> Iterator[Finding]:
    """A name that can be signed and shown."""
    if found := name_fault(case.record.candidate.display_name):
        yield found


def candidate_mismatch(case: Case) -> Iterator[Finding]:
    """A candidateId known under another e-mail is held."""
    if case.known.email_differs:
        yield Finding("candidate.mismatch", "The candidateId is known under another e-mail: staff decide.")


@by_blueprint
def assurance_identity(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """At least the blueprint's minimum."""
    levels = IDENTITY_LEVELS[IDENTITY_LEVELS.index(blueprint.minimum_identity) :]
    if case.record.assurance.identity not in levels:
        yield Finding("assurance.identity", f"Identity must be checked as one of: {', '.join(levels)}.")


def integrity_hold(case: Case) -> Iterator[Finding]:
    """Anything but clear is held."""
    if case.record.assurance.integrity != INTEGRITY_CLEAR:
        yield Finding("integrity.hold", "Integrity is not clear: staff decide before anything is issued.")


@by_blueprint
def consent_terms(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """A known version of the terms."""
    if case.record.consents.terms not in blueprint.terms_versions:
        known = ", ".join(blueprint.terms_versions)
        yield Finding("consent.terms", f"The candidate must agree to a known version of the terms: {known}.")


@by_blueprint
def attempt_policy(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """Numbers rise, and starts keep to the blueprint's limits. Silent on a conflict: that one is counted."""
    if case.conflicts:
        return
    number, policy = case.record.attempt.number, blueprint.attempt_policy
    last = last_number(case)
    if number <= last:
        yield Finding("attempt.policy", f"Attempt numbers strictly rise: this one must be above {last}.")
    if policy.max_starts is not None and _starts(case, policy.within) > policy.max_starts:
        hours = policy.within // timedelta(hours=1)
        yield Finding("attempt.policy", f"At most {policy.max_starts} starts in any {hours} hours: wait.")
    rested = [case.record.attempt.started_at - earlier.completed_at for earlier in case.known.attempts]
    if rested and min(rested) < policy.retake_after:
        hours = policy.retake_after // timedelta(hours=1)
        yield Finding("attempt.policy", f"A retake may start {hours} hours after the last completion.")


def last_number(case: Case) -> int:
    """The highest attempt number before this one; 0 if there was none."""
    return max((earlier.number for earlier in case.known.attempts), default=0)


def _starts(case: Case, within: timedelta) -> int:
    """Starts within `within` up to this one; an abandoned start sends no result, but takes a number."""
    attempt = case.record.attempt
    recent = [
        earlier.number
        for earlier in case.known.attempts
        if timedelta(0) <= attempt.started_at - earlier.started_at < within
    ]
    return 1 + max(len(recent), attempt.number - min(recent, default=attempt.number))


@by_blueprint
def duplicate_active(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """Not held already, except in the renewal window.

    Only a pass can duplicate; a conflict meets the award of the very record that it contradicts.
    """
    award = case.held_award
    if award is None or case.renewed or case.conflicts or case.record.outcome != "pass":
        return
    if award.suspended(case.record.attempt.scored_at):
        advice = "it is suspended, and that must be settled first"
    else:
        opens = renewal_opens(award.valid_until, blueprint.renewal_window_months)
        advice = f"it can be renewed from {format_seconds(opens)}"
    yield Finding("duplicate.active", f"The person already holds this credential: {advice}.")
