"""The rules: for each code, changes to a good record that bring that code alone; and the limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.results import (
    EarlierAttempt,
    Holding,
    Known,
    Outcome,
    Prior,
    RecordRefused,
    RecordState,
    Waiver,
    half_up_percent,
    judge,
    read_record,
)
from tests.unit.issuer.result_records import (
    AIMA_AWARD,
    CAIG_AWARD,
    CATALOG,
    DROP,
    ENOUGH,
    answer,
    change,
    good,
    instant,
)

START = instant("2026-07-01T09:00:00+00:00")
"""When the good AIMA attempt starts."""
CAIG_START = instant("2026-07-08T01:00:00+00:00")
WAIVER = {"code": "PRIOR-LEARNING", "approver": "certification-manager", "date": "2026-07-06"}


def earlier(number: int, before: timedelta, start: datetime = START) -> EarlierAttempt:
    """An attempt that started `before` the good one and took half an hour."""
    return EarlierAttempt(number, start - before, start - before + timedelta(minutes=30))


def caig(*holdings: Holding, named: Holding | None = None) -> Known:
    return Known(person="p1", holdings=holdings, named_prerequisite=named)


def award(start: timedelta, end: timedelta, since: datetime = CAIG_START) -> Holding:
    """An AIMA from `start` to `end`, counted from the start of the good CAIG attempt."""
    return replace(AIMA_AWARD, awarded=since + start, valid_until=since + end)


@pytest.mark.parametrize("name", ["aima", "caig"])
def test_a_good_record_is_accepted(name: str) -> None:
    judgement = answer(name)
    assert (judgement.outcome, judgement.findings) == (Outcome.ACCEPTED, ())


def test_a_pass_of_caig_says_what_it_rests_on() -> None:
    assert answer("caig").prerequisite == AIMA_AWARD.public_id
    assert answer("aima").prerequisite is None


ZEROS = {"alg": "sha-256", "hex": "0" * 64}
REFUSED_BY_ITSELF: list[tuple[str, str, dict[str, Any]]] = [
    ("credential.unknown", "aima", {"credential": "AIMX"}),
    ("blueprint.unknown", "aima", {"blueprint": "aima-2025.1"}),
    ("blueprint.unknown", "aima", {"blueprint": "caig-2026.1"}),
    ("time.order", "aima", {"attempt.startedAt": "2026-07-01T09:31:12Z"}),
    ("time.order", "aima", {"attempt.completedAt": "2026-07-01T09:31:14Z"}),
    ("time.limit", "aima", {"attempt.startedAt": "2026-07-01T08:45:11Z"}),
    ("domain.set", "aima", {"domains.2.code": "AIMA-D4"}),
    ("domain.set", "aima", {"domains.2.code": "AIMA-D2"}),
    ("domain.size", "aima", {"domains.0.questions": 6, "domains.1.questions": 5, "domains.2.questions": 4}),
    ("domain.range", "aima", {"domains.0.correct": 6, "domains.2.correct": 1}),
    ("domain.range", "aima", {"domains.0.correct": -1, "domains.1.correct": 5, "domains.2.correct": 8}),
    ("sum.raw", "aima", {"overall.rawScore": 13, "overall.percent": DROP}),
    ("sum.max", "aima", {"overall.maxScore": 16, "overall.percent": "75.00"}),
    ("pass.mark", "aima", {"overall.passRaw": 10}),
    ("percent.mismatch", "aima", {"overall.percent": "80.0"}),
    ("percent.mismatch", "aima", {"overall.percent": "80"}),
    ("outcome.mismatch", "aima", {"outcome": "fail"}),
    ("candidate.name", "aima", {"candidate.displayName": ""}),
    ("candidate.name", "aima", {"candidate.displayName": " \u200b"}),
    ("candidate.name", "aima", {"candidate.displayName": "A" * 201}),
    ("candidate.name", "aima", {"candidate.displayName": "Zo\ufffd"}),
    ("candidate.name", "aima", {"candidate.displayName": " N/A "}),
    ("evidence.title", "caig", {"evidence.0.title": " "}),
    ("evidence.title", "caig", {"evidence.0.title": "Model\u200bcard"}),
    ("evidence.title", "caig", {"evidence.0.title": "null"}),
    ("candidate.name", "aima", {"candidate.displayName": "Ada\nExample"}),
    ("candidate.name", "aima", {"candidate.displayName": "Ada \u202eelpmaxE"}),
    ("candidate.name", "aima", {"candidate.displayName": "Ada \u2066Example"}),
    ("assurance.identity", "caig", {"assurance.identity": "self-asserted"}),
    ("assurance.identity", "aima", {"assurance.identity": "hearsay"}),
    ("prerequisite.missing", "caig", {"prerequisite": DROP}),
    ("prerequisite.unknown", "caig", {"prerequisite.credential": "CAIG"}),
    ("prerequisite.unknown", "caig", {"prerequisite.credentialId": "AIMA-2026-ZZZZZZZZ"}),
    ("prerequisite.order", "caig", {"prerequisite.waiver": {**WAIVER, "date": "2026-07-09"}}),
    ("experience.missing", "caig", {"experience": DROP}),
    ("experience.missing", "caig", {"experience.declared": False}),
    ("experience.missing", "caig", {"experience.initiatives": 0}),
    ("experience.missing", "caig", {"experience.from": None}),
    ("experience.missing", "caig", {"experience.from": "2026-07-09"}),
    ("evidence.type", "caig", {"evidence.0.type": "holiday-photo"}),
    ("evidence.digest", "caig", {"evidence.0.digest.alg": "sha-512"}),
    ("evidence.digest", "caig", {"evidence.0.digest.hex": "A" * 64}),
    ("evidence.digest", "caig", {"evidence.0.digest.hex": "0" * 63}),
    ("evidence.digest", "caig", {"evidence.0.digest.hex": "0" * 64 + "\n"}),
    ("evidence.digest", "caig", {"evidence.0.digest.hex": "０" * 64}),
    ("evidence.duplicate", "caig", {"evidence.0.digest": ZEROS, "evidence.1.digest": ZEROS}),
    ("consent.terms", "aima", {"consents.terms": "2020-01-01"}),
]


@pytest.mark.parametrize(("code", "name", "changes"), REFUSED_BY_ITSELF)
def test_one_change_one_code(code: str, name: str, changes: dict[str, Any]) -> None:
    judgement = answer(name, changes)
    assert (judgement.outcome, judgement.codes) == (Outcome.REFUSED, (code,))


AIMA_EVIDENCE = {
    "type": "model-card",
    "title": "Card",
    "mediaType": "text/plain",
    "byteLength": 1,
    "confidential": True,
}


def test_aima_takes_no_evidence() -> None:
    evidence = [{**AIMA_EVIDENCE, "digest": ZEROS}]
    assert answer("aima", {"evidence": evidence}).codes == ("evidence.type",)
    assert answer("aima", {"evidence": []}).codes == ()


CONFLICTS = [
    Known(same_result=Prior("0" * 64, RecordState.ACCEPTED)),
    Known(same_result=Prior("0" * 64, RecordState.FAILED)),
    Known(same_result=Prior("0" * 64, RecordState.HELD)),
    Known(same_attempt=Prior("0" * 64, RecordState.ACCEPTED)),
    Known(same_result=Prior("0" * 64, RecordState.ACCEPTED), person="p1", holdings=(AIMA_AWARD,)),
]
REFUSED_BY_WHAT_IS_KNOWN: list[tuple[str, str, Known]] = [
    *(("result.conflict", "aima", known) for known in CONFLICTS),
    ("attempt.policy", "aima", Known(attempts=(earlier(1, timedelta(days=9)),))),
    ("duplicate.active", "aima", Known(person="p1", holdings=(AIMA_AWARD,))),
    ("prerequisite.missing", "caig", Known()),
    ("prerequisite.missing", "caig", caig(replace(CAIG_AWARD, valid_until=CAIG_START))),
    ("prerequisite.order", "caig", caig(award(timedelta(seconds=1), timedelta(days=730)))),
    ("prerequisite.status", "caig", caig(award(timedelta(days=-730), timedelta()))),
    ("prerequisite.status", "caig", caig(replace(AIMA_AWARD, withdrawn_at=CAIG_START))),
    ("prerequisite.status", "caig", caig(replace(AIMA_AWARD, suspensions=((CAIG_START, None),)))),
]


@pytest.mark.parametrize(("code", "name", "known"), REFUSED_BY_WHAT_IS_KNOWN)
def test_one_fact_one_code(code: str, name: str, known: Known) -> None:
    judgement = answer(name, None, known)
    assert (judgement.outcome, judgement.codes) == (Outcome.REFUSED, (code,))


def test_a_prerequisite_must_be_the_persons_own() -> None:
    changes = {"prerequisite.credentialId": AIMA_AWARD.public_id}
    assert answer("caig", changes, caig(AIMA_AWARD, named=AIMA_AWARD)).codes == ()
    assert answer("caig", changes, caig(named=AIMA_AWARD)).codes == ("prerequisite.holder",)
    assert answer("caig", changes, caig(CAIG_AWARD, named=CAIG_AWARD)).codes[0] == "prerequisite.unknown"


def test_a_prerequisite_counts_as_it_was_when_the_attempt_started() -> None:
    second = timedelta(seconds=1)
    for holding in (
        award(timedelta(), second),
        replace(AIMA_AWARD, withdrawn_at=CAIG_START + second),
        replace(AIMA_AWARD, suspensions=((CAIG_START - second, CAIG_START), (CAIG_START + second, None))),
    ):
        assert answer("caig", None, caig(holding)).codes == ()


def test_of_several_awards_the_newest_that_serves_is_used() -> None:
    old = replace(AIMA_AWARD, public_id="AIMA-OLD", awarded=START - timedelta(days=9))
    new = replace(AIMA_AWARD, public_id="AIMA-NEW", withdrawn_at=START)
    assert answer("caig", None, caig(new, AIMA_AWARD, old)).prerequisite == AIMA_AWARD.public_id
    assert answer("caig", None, caig(new)).codes == ("prerequisite.status",)


def test_a_waiver_stands_in_for_the_prerequisite() -> None:
    judgement = answer("caig", {"prerequisite.waiver": WAIVER}, Known())
    assert judgement.outcome is Outcome.ACCEPTED
    assert isinstance(judgement.prerequisite, Waiver)
    assert answer("caig", {"prerequisite.waiver": {**WAIVER, "date": "2026-07-08"}}, Known()).codes == ()


# time


def test_a_minute_over_the_limit_is_the_last() -> None:
    over = {"attempt.startedAt": "2026-07-01T08:45:12Z"}  # 46 minutes to the second
    assert answer("aima", over).codes == ()
    extra = {
        "attempt.startedAt": "2026-07-01T08:30:12Z",
        "attempt.accommodation": {"extraMinutes": 15, "approvalRef": "A"},
    }
    assert answer("aima", extra).codes == ()
    assert answer("aima", {**extra, "attempt.startedAt": "2026-07-01T08:30:11Z"}).codes == ("time.limit",)


def test_clocks_may_differ_by_two_minutes() -> None:
    assert answer("aima", seconds=-120).codes == ()
    assert answer("aima", seconds=-121).codes == ("time.future",)


def test_a_result_is_stale_after_ninety_days() -> None:
    assert answer("aima", days=90).codes == ()
    assert answer("aima", days=90, seconds=1).codes == ("time.stale",)


def test_a_blueprint_must_be_open_at_the_start() -> None:
    early = {
        "attempt.startedAt": "2025-12-31T23:59:59Z",
        "attempt.completedAt": "2026-01-01T00:30:00Z",
        "attempt.scoredAt": "2026-01-01T00:30:00Z",
    }
    assert answer("aima", early).codes == ("blueprint.unknown",)
    assert answer("aima", {**early, "attempt.startedAt": "2026-01-01T00:00:00Z"}).codes == ()


# counts


@pytest.mark.parametrize(
    ("raw", "maximum", "percent"),
    [(23, 30, "76.67"), (12, 15, "80.00"), (11, 15, "73.33"), (10, 15, "66.67"), (15, 15, "100.00"),
     (0, 15, "0.00"), (1, 32, "3.13"), (1, 1600, "0.06"), (18, 25, "72.00")],
)  # fmt: skip
def test_percent_rounds_halves_up(raw: int, maximum: int, percent: str) -> None:
    assert half_up_percent(raw, maximum) == percent


def scores(*correct: int, outcome: str) -> dict[str, Any]:
    total = sum(correct)
    by_domain = {f"domains.{index}.correct": count for index, count in enumerate(correct)}
    percent = half_up_percent(total, 15)
    return {**by_domain, "overall.rawScore": total, "overall.percent": percent, "outcome": outcome}


def test_the_mark_is_a_count() -> None:
    assert answer("aima", scores(4, 4, 3, outcome="pass")).outcome is Outcome.ACCEPTED
    failed = answer("aima", scores(4, 3, 3, outcome="fail"))
    assert (failed.outcome, failed.codes) == (Outcome.FAILED, ("outcome.fail",))
    assert answer("aima", scores(4, 3, 3, outcome="pass")).codes == ("outcome.mismatch",)
    assert answer("aima", scores(4, 4, 3, outcome="fail")).codes == ("outcome.mismatch",)


def test_no_domains_at_all_is_no_division_by_nothing() -> None:
    empty = {"domains": [], "overall.maxScore": 0, "overall.rawScore": 0, "outcome": "fail"}
    assert answer("aima", empty).codes == ("domain.set",)


# attempts


def test_three_starts_in_any_24_hours() -> None:
    hour, day = timedelta(hours=1), timedelta(hours=24)
    third = Known(attempts=(earlier(1, 3 * hour), earlier(2, 2 * hour)))
    assert answer("aima", {"attempt.number": 3}, third).codes == ()
    fourth = Known(attempts=(*third.attempts, earlier(3, hour)))
    assert answer("aima", {"attempt.number": 4}, fourth).codes == ("attempt.policy",)
    a_day_ago = Known(attempts=(earlier(1, day), earlier(2, 2 * hour), earlier(3, hour)))
    assert answer("aima", {"attempt.number": 4}, a_day_ago).codes == ()


def test_abandoned_starts_count() -> None:
    known = Known(attempts=(earlier(1, timedelta(hours=5)),))
    assert answer("aima", {"attempt.number": 4}, known).codes == ("attempt.policy",)
    third = answer("aima", {"attempt.number": 3}, known)
    assert (third.codes, third.unreported_starts) == ((), 1)


def test_a_retake_of_caig_waits_for_72_hours_from_completion() -> None:
    wait = timedelta(hours=72, minutes=30)
    for before, codes in ((wait, ()), (wait - timedelta(seconds=1), ("attempt.policy",))):
        known = replace(caig(AIMA_AWARD), attempts=(earlier(1, before, CAIG_START),))
        assert answer("caig", {"attempt.number": 2}, known).codes == codes


# holding and repeating


def test_integrity_that_is_not_clear_is_held() -> None:
    judgement = answer("aima", {"assurance.integrity": "under-review"})
    assert (judgement.outcome, judgement.codes) == (Outcome.HELD, ("integrity.hold",))


def test_another_email_is_held() -> None:
    judgement = answer("aima", None, Known(person="p1", email_differs=True))
    assert (judgement.outcome, judgement.codes) == (Outcome.HELD, ("candidate.mismatch",))


def test_refused_beats_held_beats_failed() -> None:
    fail = {**scores(1, 1, 1, outcome="fail"), "assurance.integrity": "under-review"}
    assert answer("aima", fail).codes == ("integrity.hold",)
    worse = answer("aima", {**fail, "overall.passRaw": 1, "consents.terms": "none"})
    assert (worse.outcome, worse.codes) == (Outcome.REFUSED, ("pass.mark", "integrity.hold", "consent.terms"))


def test_a_decision_releases_what_was_held() -> None:
    for changes, outcome in (({}, Outcome.ACCEPTED), (scores(1, 1, 1, outcome="fail"), Outcome.FAILED)):
        record = read_record(change(good("aima"), {**changes, "assurance.integrity": "under-review"}))
        decided = frozenset({"integrity.hold", "pass.mark"})
        assert judge(record, Known(), CATALOG, record.attempt.scored_at, decided=decided).outcome is outcome


def test_a_person_can_release_only_what_is_held() -> None:
    record = read_record(change(good("aima"), {"overall.passRaw": 1}))
    judgement = judge(record, Known(), CATALOG, record.attempt.scored_at, decided=frozenset({"pass.mark"}))
    assert judgement.outcome is Outcome.REFUSED


@pytest.mark.parametrize("state", [RecordState.ACCEPTED, RecordState.FAILED, RecordState.HELD])
def test_the_same_bytes_again_are_a_replay(state: RecordState) -> None:
    record = read_record(change(good("aima"), {}))
    known = Known(same_result=Prior(record.digest, state), person="p1", holdings=(AIMA_AWARD,))
    judgement = judge(record, known, CATALOG, record.attempt.scored_at + timedelta(days=900))
    assert (judgement.outcome, judgement.codes) == (Outcome.REPLAY, ("result.replay",))


def test_a_refused_record_is_judged_anew() -> None:
    record = read_record(change(good("aima"), {}))
    for digest in (record.digest, "0" * 64):
        prior = Prior(digest, RecordState.REFUSED)
        known = Known(same_result=prior, same_attempt=prior)
        assert judge(record, known, CATALOG, record.attempt.scored_at).outcome is Outcome.ACCEPTED


# holding it already, and renewing


def holds(valid_until: str, **more: Any) -> Known:
    old = instant("2024-07-01T09:00:00+00:00")
    own = replace(AIMA_AWARD, awarded=old, valid_until=instant(valid_until), **more)
    return Known(person="p1", holdings=(own,))


def test_renewal_begins_six_months_before_the_end() -> None:
    inside = answer("aima", None, holds("2027-01-01T09:31:13+00:00"))
    assert (inside.codes, inside.renews) == ((), AIMA_AWARD.public_id)
    outside = answer("aima", None, holds("2027-01-01T09:31:14+00:00"))
    assert (outside.codes, outside.renews) == (("duplicate.active",), None)


def test_an_award_that_ended_is_neither_renewed_nor_in_the_way() -> None:
    for known in (holds("2026-07-01T09:31:12+00:00"), holds("2027-07-01T00:00:00+00:00", withdrawn_at=START)):
        judgement = answer("aima", None, known)
        assert (judgement.codes, judgement.renews) == ((), None)


def test_a_suspended_award_is_not_renewed() -> None:
    known = holds("2026-12-01T00:00:00+00:00", suspensions=((START, None),))
    assert answer("aima", None, known).codes == ("duplicate.active",)


def test_a_fail_duplicates_nothing() -> None:
    known = holds("2028-01-01T00:00:00+00:00")
    assert answer("aima", scores(1, 1, 1, outcome="fail"), known).outcome is Outcome.FAILED


def test_a_renewal_of_caig_needs_no_new_aima() -> None:
    known = caig(replace(CAIG_AWARD, valid_until=instant("2026-08-01T00:00:00+00:00")))
    for changes in ({}, {"prerequisite": DROP}):
        judgement = answer("caig", changes, known)
        assert (judgement.codes, judgement.renews, judgement.prerequisite) == ((), CAIG_AWARD.public_id, None)
    named = {"prerequisite.credentialId": "AIMA-2026-ZZZZZZZZ"}
    assert answer("caig", named, known).codes == ("prerequisite.unknown",)


def test_blueprint_data_may_ask_a_renewal_for_one() -> None:
    blueprint = CATALOG.blueprints["caig-2026.1"]
    assert blueprint.prerequisite is not None
    strict = replace(blueprint, prerequisite=replace(blueprint.prerequisite, renewal_needs_one=True))
    catalog = replace(CATALOG, blueprints={**CATALOG.blueprints, strict.id: strict})
    known = caig(replace(CAIG_AWARD, valid_until=instant("2026-08-01T00:00:00+00:00")))
    record = read_record(change(good("caig"), {}))
    assert judge(record, known, catalog, record.attempt.scored_at).codes == ("prerequisite.missing",)


# all at once


def test_every_code_that_applies_is_said() -> None:
    changes = {
        "attempt.startedAt": "2025-12-01T00:00:00Z",
        "domains.0.questions": 6,
        "domains.0.correct": 7,
        "overall.passRaw": 9,
        "candidate.displayName": "\u202e",
        "assurance.identity": "none",
        "consents.terms": "none",
    }
    assert answer("aima", changes, Known(same_attempt=Prior("0", RecordState.HELD)), days=91).codes == (
        "result.conflict",
        "blueprint.unknown",
        "time.limit",
        "time.stale",
        "domain.size",
        "domain.range",
        "sum.raw",
        "sum.max",
        "pass.mark",
        "candidate.name",
        "assurance.identity",
        "consent.terms",
    )


def test_no_finding_names_the_person() -> None:
    name = "Ada\u202eExample"
    for _, record, changes in REFUSED_BY_ITSELF:
        for finding in answer(record, {**changes, "candidate.displayName": name}).findings:
            assert "Ada" not in finding.detail
            assert "@" not in finding.detail


INSTANTS = st.datetimes(timezones=st.just(UTC))
HOLDINGS = st.builds(
    Holding,
    st.sampled_from(["AIMA-1", "CAIG-1"]),
    st.sampled_from(["AIMA", "CAIG"]),
    INSTANTS,
    st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    st.none() | INSTANTS,
    st.tuples() | st.tuples(st.tuples(INSTANTS, st.none() | INSTANTS)),
)
PRIORS = st.none() | st.builds(Prior, st.just("0"), st.sampled_from(RecordState))
KNOWN = st.builds(
    Known,
    st.none() | st.just("p1"),
    PRIORS,
    PRIORS,
    st.lists(st.builds(EarlierAttempt, st.integers(1, 9), INSTANTS, INSTANTS), max_size=3).map(tuple),
    st.booleans(),
    st.lists(HOLDINGS, max_size=3).map(tuple),
    st.none() | HOLDINGS,
)
COUNTS = st.integers(-(10**30), 10**30) | st.integers(-2, 20)
TIMES = INSTANTS.map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0"))
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "credential": st.sampled_from(["AIMX", "CAIG"]),
        "blueprint": st.sampled_from(["aima-2026.1", "caig-2026.1", "none"]),
        "candidate.displayName": st.text(),
        "attempt.number": COUNTS,
        "attempt.startedAt": TIMES,
        "attempt.completedAt": TIMES,
        "attempt.scoredAt": TIMES,
        "domains": st.lists(
            st.fixed_dictionaries(
                {"code": st.sampled_from(["AIMA-D1", "CAIG-D1", "X"]), "questions": COUNTS, "correct": COUNTS}
            )
        ),
        "overall.rawScore": COUNTS,
        "overall.maxScore": COUNTS,
        "overall.percent": st.text(),
        "outcome": st.sampled_from(["pass", "fail"]),
    },
)


@given(st.sampled_from(["aima", "caig"]), CHANGES, KNOWN, INSTANTS)
def test_judging_never_raises(name: str, changes: dict[str, Any], known: Known, at: datetime) -> None:
    try:
        record = read_record(change(good(name), changes))
    except RecordRefused:
        return
    judgement = judge(record, known, CATALOG, at)
    assert (judgement.outcome is Outcome.ACCEPTED) == (judgement.codes == ())


def test_the_samples_of_enough_are_really_needed() -> None:
    assert ENOUGH["aima"] == Known()
    assert answer("caig", None, Known()).outcome is Outcome.REFUSED
