"""Rules on the sitting itself: which exam, when, and whether the counts agree."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ..catalog import Blueprint
from .case import Case, by_blueprint
from .finding import Finding

TIMING_SLACK: Final = timedelta(seconds=60)
"""Between the end of the time allowed and the submission that it forces."""
CLOCK_SKEW: Final = timedelta(minutes=2)
"""By which a platform's clock may run ahead of ours."""
STALE_AFTER: Final = timedelta(days=90)
"""From scoring to intake."""


def credential_known(case: Case) -> Iterator[Finding]:
    """The credential exists."""
    if case.record.credential not in case.catalog.credentials:
        yield Finding("credential.unknown", "This credential is not issued here: send one of the catalogue.")


def blueprint_known(case: Case) -> Iterator[Finding]:
    """The blueprint exists and was open when the attempt started."""
    blueprint = case.blueprint
    if blueprint is None:
        yield Finding("blueprint.unknown", "There is no such blueprint of this credential: check its name.")
    elif not blueprint.is_open(case.record.attempt.started_at):
        yield Finding("blueprint.unknown", "This blueprint was not open when the attempt started.")


def time_order(case: Case) -> Iterator[Finding]:
    """Started < completed ≤ scored."""
    attempt = case.record.attempt
    if not attempt.started_at < attempt.completed_at <= attempt.scored_at:
        yield Finding("time.order", "Times must be in order: started, then completed, then scored.")


@by_blueprint
def time_limit(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """At most the limit, approved extra time and a minute."""
    attempt = case.record.attempt
    allowed = blueprint.time_limit + TIMING_SLACK
    if attempt.accommodation:
        allowed += timedelta(minutes=attempt.accommodation.extra_minutes)
    if attempt.completed_at - attempt.started_at > allowed:
        yield Finding("time.limit", f"The attempt took longer than {allowed}: state the approved extra time.")


def time_future(case: Case) -> Iterator[Finding]:
    """Nothing after intake, but for the skew of clocks."""
    attempt = case.record.attempt
    if max(attempt.started_at, attempt.completed_at, attempt.scored_at) - case.at > CLOCK_SKEW:
        yield Finding("time.future", "A time lies in the future: set the platform's clock, then send again.")


def time_stale(case: Case) -> Iterator[Finding]:
    """Scored within 90 days of intake."""
    if case.at - case.record.attempt.scored_at > STALE_AFTER:
        yield Finding("time.stale", f"Scored more than {STALE_AFTER.days} days ago: ask the issuer's staff.")


@by_blueprint
def domain_set(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """Exactly the blueprint's domains."""
    expected = sorted(domain.code for domain in blueprint.domains)
    if sorted(score.code for score in case.record.domains) != expected:
        yield Finding("domain.set", f"Score exactly these domains, once each: {', '.join(expected)}.")


@by_blueprint
def domain_size(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """Exactly the blueprint's sizes."""
    sizes = {domain.code: domain.questions for domain in blueprint.domains}
    for score in case.record.domains:
        if score.questions != sizes.get(score.code, score.questions):
            yield Finding("domain.size", f"{score.code} must have {sizes[score.code]} questions.")


def domain_range(case: Case) -> Iterator[Finding]:
    """0 ≤ correct ≤ questions."""
    for index, score in enumerate(case.record.domains, 1):
        if not 0 <= score.correct <= score.questions:
            yield Finding("domain.range", f"Domain {index}: correct must be from 0 to questions.")


def sum_raw(case: Case) -> Iterator[Finding]:
    """The rawScore is the sum of the correct answers."""
    total = sum(score.correct for score in case.record.domains)
    if case.record.overall.raw_score != total:
        yield Finding("sum.raw", f"rawScore must be the sum over the domains, {total}.")


def sum_max(case: Case) -> Iterator[Finding]:
    """The maxScore is the sum of the questions."""
    total = sum(score.questions for score in case.record.domains)
    if case.record.overall.max_score != total:
        yield Finding("sum.max", f"maxScore must be the sum over the domains, {total}.")


@by_blueprint
def pass_mark(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """The passRaw is the blueprint's."""
    if case.record.overall.pass_raw != blueprint.pass_raw:
        yield Finding("pass.mark", f"passRaw must be the blueprint's mark, {blueprint.pass_raw}.")


def percent(case: Case) -> Iterator[Finding]:
    """The half-up rounding to two places, as a text."""
    overall = case.record.overall
    if overall.percent is None or overall.max_score <= 0:
        return
    expected = half_up_percent(overall.raw_score, overall.max_score)
    if overall.percent != expected:
        yield Finding("percent.mismatch", f'percent, if sent, must be the text "{expected}".')


def half_up_percent(raw: int, maximum: int) -> str:
    """`raw` of `maximum` (above 0) in percent with two places, halves up, in integers: 23 of 30 is 76.67."""
    hundredths = (2 * 10_000 * raw + maximum) // (2 * maximum)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


@by_blueprint
def outcome_agrees(case: Case, blueprint: Blueprint) -> Iterator[Finding]:
    """Pass if and only if the mark is reached, by counts."""
    passed = case.record.overall.raw_score >= blueprint.pass_raw
    if passed != (case.record.outcome == "pass"):
        yield Finding("outcome.mismatch", f"It is a pass from {blueprint.pass_raw} correct answers on.")


def outcome_fail(case: Case) -> Iterator[Finding]:
    """A well-formed fail is kept for the diagnostic."""
    if case.record.outcome == "fail":
        yield Finding("outcome.fail", "The mark was not reached: kept for the diagnostic, nothing is issued.")
