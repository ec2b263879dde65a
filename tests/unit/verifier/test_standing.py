"""After the signature: the edges of time, of freshness, and of what a list may say."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.kit.credentials import REVOCATION, SUSPENSION, aima, caig, entry
from tests.kit.minting import AT, ISSUER, changed, encoded
from verifier import Policy, Report, State, Verdict, verify
from verifier.format.timestamp import parse
from verifier.format.types import Json, JsonObject
from verifier.limits import CLOCK_SKEW_SECONDS, MAX_LIST_AGE_DAYS

PLAIN = changed(aima(), credentialStatus=None)
SECOND = timedelta(seconds=1)
FOREIGN: JsonObject = {
    "type": "https://credentials.example/ForeignStatus",
    "statusPurpose": None,
    "statusListIndex": None,
    "statusListCredential": None,
}


def report_on(document: Any, at: datetime = AT, policy: Policy | None = None, **trust: Json) -> Report:
    return verify(encoded(ISSUER.secured(document)), trust=ISSUER.trust(**trust), at=at, policy=policy)


def codes(report: Report) -> list[str]:
    return [check.code for check in report.checks if check.code]


def with_list(
    at: datetime = AT, policy: Policy | None = None, indices: frozenset[int] = frozenset(), **members: Json
) -> Report:
    """A CAIG whose suspension list has members changed; its revocation list is fresh."""
    revocation = changed(ISSUER.status_list("revocation", REVOCATION), validUntil=None)
    suspension = changed(ISSUER.status_list("suspension", SUSPENSION, indices), **members)
    lists: JsonObject = {REVOCATION: ISSUER.secured(revocation), SUSPENSION: ISSUER.secured(suspension)}
    return report_on(caig(), at, policy, statusLists=lists)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-07-20T09:59:00Z", ""),
        ("2026-07-20T09:58:59Z", "proof.created"),
        ("2028-07-01T23:59:59Z", ""),
        ("2028-07-01T23:59:59.001Z", "period.expired"),
    ],
)
def test_the_period(at: str, code: str) -> None:
    assert codes(report_on(PLAIN, parse(at))) == ([code] if code else [])


def test_the_skew_of_clocks() -> None:
    later = changed(PLAIN, validFrom="2026-08-01T12:00:00Z")
    skew = timedelta(seconds=CLOCK_SKEW_SECONDS)
    assert report_on(later, AT - skew)
    assert codes(report_on(later, AT - skew - SECOND)) == ["period.early"]


def test_no_dates_are_no_limit() -> None:
    document = changed(PLAIN, validFrom=None, validUntil=None, awardedDate=None)
    assert report_on(document, parse("2090-01-01T00:00:00Z"))


def test_at_in_another_zone_is_the_same_instant() -> None:
    at = datetime.fromisoformat("2028-07-02T01:59:59+02:00")
    assert report_on(PLAIN, at)
    assert codes(report_on(PLAIN, at + SECOND)) == ["period.expired"]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({}, ""),
        ({"validUntil": "2026-08-01T12:00:00Z"}, ""),
        ({"validUntil": "2026-08-01T11:59:59Z"}, "status.stale"),
        ({"validUntil": None}, ""),
        ({"validFrom": None}, "status.stale"),
        ({"validFrom": "2026-06-27T12:00:00Z", "validUntil": None}, ""),
        ({"validFrom": "2026-06-27T11:59:59Z", "validUntil": None}, "status.stale"),
        ({"validFrom": "2026-06-27T11:59:59Z", "validUntil": "2099-01-01T00:00:00Z"}, "status.stale"),
        ({"validFrom": "2026-08-01T12:01:00Z"}, ""),
        ({"validFrom": "2026-08-01T12:01:01Z"}, "status.early"),
    ],
)
def test_a_list_has_its_own_period(members: Any, code: str) -> None:
    assert codes(with_list(**members)) == ([code] if code else [])


@pytest.mark.parametrize(
    ("age", "members", "code"),
    [
        (timedelta(hours=26), {}, ""),
        (timedelta(hours=26) - SECOND, {}, "status.stale"),
        (timedelta(days=99), {"validFrom": None}, "status.stale"),
        (timedelta(days=99), {"validUntil": "2026-08-01T11:59:59Z"}, "status.stale"),
    ],
)
def test_the_relying_party_may_ask_for_a_younger_list(age: timedelta, members: Any, code: str) -> None:
    report = with_list(AT, Policy(age), **members)
    assert codes(report) == ([code] if code else [])
    assert report.verdict is (Verdict.INDETERMINATE if code else Verdict.VALID)


@pytest.mark.parametrize(
    ("policy", "members", "why"),
    [
        (Policy(), {"validUntil": "2026-08-01T11:59:59Z"}, "; its issuer ended it at 2026-08-01T11:59:59Z."),
        (Policy(), {"validFrom": "2026-06-01T00:00:00Z"}, "; no list is relied on for longer than 35 days."),
        (Policy(timedelta(hours=25)), {}, "; no list is relied on for longer than 25 hours."),
        (Policy(timedelta(minutes=1)), {}, "; no list is relied on for longer than 1 minute."),
        (Policy(max_list_age=timedelta(seconds=90)), {}, "; no list is relied on for longer than 90 seconds."),
        (Policy(timedelta.max), {"validFrom": "0001-01-01T00:00:00Z"}, "longer than 35 days."),
        (Policy(), {"validFrom": None}, " list has no date, so nobody can tell how old it is."),
    ],
)
def test_it_is_said_which_end_of_a_list_applied(policy: Policy, members: Any, why: str) -> None:
    report = with_list(AT, policy, **members)
    assert [check.detail.endswith(why) for check in report.checks if check.code] == [True]
    assert f"{MAX_LIST_AGE_DAYS} days" in report.summary


def test_a_suspension_on_a_list_past_the_cap_may_have_been_lifted() -> None:
    report = with_list(indices=frozenset({90177}), validFrom="2026-06-01T00:00:00Z", validUntil=None)
    assert codes(report) == ["status.stale", "status.suspended-before"]


def test_a_withdrawal_counts_beyond_the_cap() -> None:
    for end in (None, "2099-01-01T00:00:00Z"):
        old = changed(ISSUER.status_list("revocation", REVOCATION, frozenset({48213})), validUntil=end)
        lists: JsonObject = {REVOCATION: ISSUER.secured(changed(old, validFrom="2026-01-01T00:00:00Z"))}
        assert codes(report_on(aima(), statusLists=lists)) == ["status.stale", "status.revoked"]


def test_a_list_ends_with_its_signature() -> None:
    listing = ISSUER.status_list("revocation", REVOCATION)
    signed = ISSUER.secured(listing, adjust=lambda given: {**given, "expires": "2026-08-01T11:59:59Z"})
    assert codes(report_on(aima(), statusLists={REVOCATION: signed})) == ["status.stale"]


def test_a_withdrawal_counts_on_an_old_list_and_a_suspension_does_not() -> None:
    old = parse("2026-12-01T00:00:00Z")
    lists = ISSUER.lists(revoked=frozenset({48214}))
    withdrawn = report_on(caig(), old, statusLists=lists)
    assert codes(withdrawn) == ["status.stale", "status.revoked"]
    assert (withdrawn.verdict, withdrawn.state) == (Verdict.INVALID, State.WITHDRAWN)
    suspended = with_list(old, indices=frozenset({90177}))
    assert codes(suspended) == ["status.stale", "status.suspended-before"]
    assert suspended.verdict is Verdict.INDETERMINATE


def test_a_list_for_several_purposes() -> None:
    listing = ISSUER.status_list(["revocation", "suspension"], REVOCATION, frozenset({90177}))
    document = {**caig(), "credentialStatus": [entry("suspension", REVOCATION, 90177)]}
    report = report_on(document, statusLists={REVOCATION: ISSUER.secured(listing)})
    assert codes(report) == ["status.suspended"]


@pytest.mark.parametrize(
    "members",
    [
        FOREIGN,
        {"statusPurpose": "something-new"},
        {"statusSize": 9},
        {"statusSize": True},
        {"statusListCredential": None},
    ],
)
def test_a_status_of_another_kind_leaves_it_open(members: JsonObject) -> None:
    status = changed(entry("revocation", REVOCATION, 1), **members)
    report = report_on({**PLAIN, "credentialStatus": status})
    assert report.verdict is not Verdict.VALID
    assert report.genuine is not True or codes(report) == ["status.type"]


@pytest.mark.parametrize("index", ["", "01", "+5", " 5", "１２", "1_0", "131072", "-1"])
def test_an_index_that_is_none(index: str) -> None:
    status = {**entry("revocation", REVOCATION, 1), "statusListIndex": index}
    assert codes(report_on({**PLAIN, "credentialStatus": status})) == ["status.index"]


def test_the_first_and_the_last_index() -> None:
    for index in (0, 131_071):
        document = {**PLAIN, "credentialStatus": entry("revocation", REVOCATION, index)}
        assert report_on(document)
        lists = ISSUER.lists(revoked=frozenset({index}))
        assert codes(report_on(document, statusLists=lists)) == ["status.revoked"]


def test_a_window_of_the_trust_file_decides_about_a_retired_key() -> None:
    def trust(**dates: Json) -> list[str]:
        key: JsonObject = {"id": ISSUER.method, **dates}
        return codes(report_on(PLAIN, issuers=[{"id": ISSUER.did, "keys": [key]}]))

    assert trust(activeFrom="2026-07-20T10:00:00Z", activeUntil="2026-07-20T10:00:00Z") == []
    assert trust(activeFrom="2026-07-20T10:00:01Z") == ["key.early"]
    assert trust(activeUntil="2026-07-20T09:59:59Z") == ["key.late"]
    assert trust() == []
