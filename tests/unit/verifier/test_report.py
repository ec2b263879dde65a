"""The report: its truth, the precedence of outcomes, the state, the sentence, and who gets the claims."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.kit.credentials import REVOCATION, SUSPENSION, aima, caig
from tests.kit.minting import AT, ISSUER, encoded
from verifier import Check, Level, NotVerifiedError, Policy, Report, State, Trust, Verdict, VerifiedCredential, verify
from verifier.codes import CODES, Effect, Outcome
from verifier.report import Notice, StatusEntry
from verifier.verify import CREDENTIAL, GENUINE

PASSED = [Check(rule.id, Outcome.PASSED) for rule in CREDENTIAL]
VALID_SENTENCE = Report(tuple(PASSED), AT).summary
CLAIMS = VerifiedCredential({"name": "x"}, {"name": "x"}, ISSUER.did, "Example")


def with_codes(*codes: str) -> Report:
    """A report in which these codes stand at their checks and everything else passed."""
    checks = {check.id: check for check in PASSED}
    for code in codes:
        row = CODES[code]
        checks[row.check] = Check(row.check, Outcome(row.effect), code, "detail")
    return Report(tuple(checks.values()), AT, _credential=CLAIMS)


def test_only_valid_is_true() -> None:
    assert Report(tuple(PASSED), AT)
    assert with_codes("status.revoked").verdict is Verdict.INVALID
    assert not with_codes("status.revoked")
    assert with_codes("status.missing").verdict is Verdict.INDETERMINATE
    assert not with_codes("status.missing")


def test_a_report_that_checked_nothing_is_not_valid() -> None:
    for checks in ((), (Check("readable", Outcome.SKIPPED),)):
        report = Report(checks, AT)
        assert report.verdict is Verdict.INDETERMINATE
        assert report.genuine is None
        assert report.state is State.UNKNOWN
        assert report.summary != VALID_SENTENCE


def test_failed_comes_before_indeterminate() -> None:
    report = with_codes("status.missing", "period.expired")
    assert report.verdict is Verdict.INVALID
    assert report.decisive == Check("validity-period", Outcome.FAILED, "period.expired", "detail")
    assert with_codes("issuer.not-accepted", "status.missing").summary == CODES["status.missing"].sentence


@pytest.mark.parametrize("code", [code for code, row in CODES.items() if row.effect is not Effect.WARNING])
def test_every_code_has_its_sentence(code: str) -> None:
    report = with_codes(code)
    assert CODES[code].sentence in report.summary
    assert report.summary != VALID_SENTENCE
    assert report.summary.endswith(".")
    assert not report
    with pytest.raises(NotVerifiedError) as refused:
        report.require()
    assert refused.value.report is report
    assert str(refused.value) == report.summary


@pytest.mark.parametrize("code", [code for code, row in CODES.items() if row.effect is Effect.WARNING])
def test_a_warning_changes_nothing(code: str) -> None:
    report = Report(tuple(PASSED), AT, (Notice(code, "detail"),), _credential=CLAIMS)
    assert report
    assert report.to_json()["warnings"] == [{"code": code, "detail": "detail"}]
    assert CODES[code].sentence.endswith(".")


@pytest.mark.parametrize(
    ("codes", "genuine", "in_force", "state"),
    [
        ([], True, True, State.VALID),
        (["json.syntax"], False, None, State.UNKNOWN),
        (["signature.mismatch"], False, None, State.UNKNOWN),
        (["context.unknown"], None, None, State.UNKNOWN),
        (["did.unknown"], None, None, State.UNKNOWN),
        (["did.unknown", "terms.undefined"], False, None, State.UNKNOWN),
        (["period.expired"], True, False, State.EXPIRED),
        (["period.early"], True, False, State.NOT_YET_VALID),
        (["proof.expired"], True, False, State.UNKNOWN),
        (["status.missing"], True, None, State.UNKNOWN),
        (["status.stale"], True, None, State.UNKNOWN),
        (["status.revoked"], True, False, State.WITHDRAWN),
        (["status.suspended"], True, False, State.SUSPENDED),
        (["status.suspended-before"], True, None, State.UNKNOWN),
        (["status.revoked", "status.suspended"], True, False, State.WITHDRAWN),
        (["status.revoked", "period.expired"], True, False, State.WITHDRAWN),
        (["status.suspended", "period.expired"], True, False, State.SUSPENDED),
        (["status.revoked", "status.stale"], True, False, State.WITHDRAWN),
        (["issuer.not-accepted"], True, True, State.VALID),
        (["schema.required-mismatch"], True, True, State.VALID),
    ],
)
def test_genuine_in_force_and_state(codes: list[str], genuine: Any, in_force: Any, state: State) -> None:
    report = with_codes(*codes)
    assert (report.genuine, report.in_force, report.state) == (genuine, in_force, state)


def test_who_gets_the_claims() -> None:
    assert with_codes().require() is CLAIMS
    assert with_codes("status.revoked").require(Level.AUTHENTIC) is CLAIMS
    assert with_codes("issuer.not-accepted").require(Level.AUTHENTIC) is CLAIMS
    for code in ("signature.mismatch", "did.unknown", "terms.undefined"):
        with pytest.raises(NotVerifiedError):
            with_codes(code).require(Level.AUTHENTIC)
        assert "credential" not in with_codes(code).to_json()
    with pytest.raises(NotVerifiedError):
        Report(tuple(PASSED), AT).require()


def test_what_is_printed_never_holds_the_claims() -> None:
    assert "name" not in repr(with_codes())


def test_the_json_object() -> None:
    as_of = AT - timedelta(hours=2)
    entries = (
        StatusEntry("revocation", REVOCATION, 5, is_set=False, as_of=as_of),
        StatusEntry("suspension", SUSPENSION, 6, is_set=True, as_of=AT - timedelta(hours=1)),
        StatusEntry("suspension", SUSPENSION, -1),
    )
    report = Report((*PASSED[:1], Check("x", Outcome.SKIPPED)), AT, status=entries, trust_as_of=as_of)
    assert report.to_json() == {
        "verdict": "valid",
        "genuine": True,
        "inForce": None,
        "state": "unknown",
        "summary": report.summary,
        "checkedAt": "2026-08-01T12:00:00Z",
        "trustAsOf": "2026-08-01T10:00:00Z",
        "checks": [
            {"id": "readable", "outcome": "passed", "code": None, "detail": ""},
            {"id": "x", "outcome": "skipped", "code": None, "detail": ""},
        ],
        "warnings": [],
        "status": {
            "asOf": "2026-08-01T10:00:00Z",
            "ageSeconds": 7200,
            "entries": [
                {"purpose": "revocation", "list": REVOCATION, "index": 5, "set": False, "asOf": "2026-08-01T10:00:00Z"},
                {"purpose": "suspension", "list": SUSPENSION, "index": 6, "set": True, "asOf": "2026-08-01T11:00:00Z"},
                {"purpose": "suspension", "list": SUSPENSION, "index": -1, "set": None, "asOf": None},
            ],
        },
    }


def test_a_real_report() -> None:
    report = verify(encoded(ISSUER.secured(caig())), trust=ISSUER.trust(), at=AT)
    assert report
    assert [check.id for check in report.checks] == [rule.id for rule in CREDENTIAL]
    assert report.require() == VerifiedCredential(caig(), caig(), ISSUER.did, "Example Certification Body")
    assert [(entry.purpose, entry.index, entry.is_set) for entry in report.status] == [
        ("revocation", 48214, False),
        ("suspension", 90177, False),
    ]
    assert report.status_as_of == datetime(2026, 7, 31, 10, tzinfo=UTC)
    assert report.trust_as_of == datetime(2026, 7, 31, 10, tzinfo=UTC)


def test_at_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        verify(b"{}", trust=Trust(), at=datetime(2026, 8, 1))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_time(year: int) -> None:
    at = datetime(year, 1, 1, tzinfo=UTC) if year == 1 else datetime.max.replace(tzinfo=UTC)
    report = verify(encoded(ISSUER.secured(aima())), trust=ISSUER.trust(), at=at, policy=Policy(timedelta(days=1)))
    assert report.genuine is (year == 9999)
    assert report.to_json()["checkedAt"]


def test_checks_skip_what_rests_on_a_failure() -> None:
    report = verify(b"{", trust=Trust(), at=AT)
    assert [check.outcome for check in report.checks] == [Outcome.FAILED, *[Outcome.SKIPPED] * (len(CREDENTIAL) - 1)]


def test_a_rule_needs_only_earlier_rules() -> None:
    seen: set[str] = set()
    for rule in CREDENTIAL:
        assert seen.issuperset(rule.needs)
        seen.add(rule.id)
    assert [rule.id for rule in GENUINE][-1] == "signature"
