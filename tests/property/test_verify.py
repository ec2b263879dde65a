"""What must hold for every input: verify never raises, never calls a changed value valid, and only concludes."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.credentials import aima, caig
from tests.kit.minting import AT, ISSUER, encoded
from tests.kit.shown import shown
from tests.kit.strategies import JSON, mutated
from verifier import Check, Level, NotVerifiedError, Policy, Report, Trust, TrustError, Verdict, output, verify
from verifier.codes import CODES, Effect, Outcome
from verifier.format.proof import JCS, RDFC, unsecured
from verifier.format.types import Json, JsonObject
from verifier.verify import CREDENTIAL

TRUST = ISSUER.trust()
FILES = [ISSUER.secured(aima(), RDFC), ISSUER.secured(caig(), RDFC)]
COMPACTS = [ISSUER.secured(aima(), JCS), ISSUER.secured(caig(), JCS)]
LISTS = [each for each in ISSUER.lists().values() if isinstance(each, dict)]


def examined(data: bytes, trust: Trust = TRUST) -> Report:
    """The report, after everything that can be asked of it has been asked."""
    report = verify(data, trust=trust, at=AT)
    assert report.summary
    json.dumps(report.to_json())
    assert output.text(report, details=True)
    concluded(report)
    return report


def concluded(report: Report) -> None:
    """The verdict follows from the checks alone, and decides what is let out."""
    outcomes = {check.outcome for check in report.checks}
    if Outcome.FAILED in outcomes:
        expected = Verdict.INVALID
    elif Outcome.INDETERMINATE in outcomes or Outcome.PASSED not in outcomes:
        expected = Verdict.INDETERMINATE
    else:
        expected = Verdict.VALID
    assert report.verdict is expected
    assert bool(report) is (expected is Verdict.VALID)
    assert ("credential" in report.to_json()) == (report.genuine is True and report._credential is not None)
    if report.genuine is not True:
        with pytest.raises(NotVerifiedError):
            report.require(Level.AUTHENTIC)
    if not report:
        with pytest.raises(NotVerifiedError):
            report.require()


def test_the_originals_are_valid() -> None:
    for document in FILES + COMPACTS:
        assert examined(encoded(document)).require().document == unsecured(document)


# --- No byte string makes verify raise ----------------------------------------------------------------------


def any_bytes(data: bytes) -> None:
    assert not examined(data)


def any_json(value: Any) -> None:
    assert not examined(json.dumps(value).encode())


def any_mutation(pair: tuple[JsonObject, JsonObject]) -> None:
    examined(encoded(pair[1]))


def any_list(pair: tuple[JsonObject, JsonObject]) -> None:
    """A list that somebody tampered with never makes a credential valid that names it, unless it says the same."""
    original, changed = pair
    try:
        lists = Trust.read(encoded({"asOf": None, "statusLists": {str(original["id"]): changed}}))
        trust = ISSUER.trust(statusLists={}) + lists
    except TrustError:
        return
    report = examined(encoded(FILES[0]), trust)
    if report:
        assert shown(original) == shown(changed)


def any_did_document(pair: tuple[JsonObject, JsonObject]) -> None:
    try:
        trust = ISSUER.trust(didDocuments={ISSUER.did: pair[1]})
    except TrustError:
        return
    examined(encoded(FILES[0]), trust)


def any_at(at: datetime) -> None:
    for document in FILES + COMPACTS:
        report = verify(encoded(document), trust=TRUST, at=at, policy=Policy())
        concluded(report)
        assert report.genuine is not None


JSON_TEXTS = st.text(alphabet='{}[]",:0123456789.eE+-ntrufalse \\u', max_size=60).map(str.encode)
INSTANTS = st.datetimes(timezones=st.just(UTC))
ROBUST: list[tuple[Callable[[Any], None], st.SearchStrategy[Any], int]] = [
    (any_bytes, st.binary(max_size=200) | JSON_TEXTS, 200),
    (any_json, JSON, 200),
    (any_mutation, mutated(FILES + COMPACTS), 400),
    (any_list, mutated(LISTS), 200),
    (any_did_document, mutated([ISSUER.did_document()]), 100),
    (any_at, INSTANTS, 50),
]


@pytest.mark.parametrize(("body", "strategy", "count"), ROBUST, ids=lambda value: getattr(value, "__name__", ""))
def test_nothing_makes_verify_raise(body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int) -> None:
    settings(max_examples=count)(given(strategy)(body))()


@pytest.mark.slow
@pytest.mark.parametrize(("body", "strategy", "count"), ROBUST, ids=lambda value: getattr(value, "__name__", ""))
def test_nothing_makes_verify_raise_at_length(
    body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int
) -> None:
    settings(max_examples=10 * count)(given(strategy)(body))()


# --- No change of what is shown stays valid -----------------------------------------------------------------


def file_shows_what_was_signed(pair: tuple[JsonObject, JsonObject]) -> None:
    original, changed = pair
    report = examined(encoded(changed))
    if report.genuine:
        document = report.require(Level.AUTHENTIC).document
        assert shown(document) == shown(original)
        assert names(document) <= names(original)


def compact_shows_what_was_signed(pair: tuple[JsonObject, JsonObject]) -> None:
    original, changed = pair
    report = examined(encoded(changed))
    if report.genuine:
        assert report.require(Level.AUTHENTIC).document == unsecured(original)


def names(value: Json) -> set[str]:
    """Every member's name, wherever it stands; the forms of a value and of a reference are no members."""
    if isinstance(value, dict):
        inner = [names(each) for each in value.values()]
        return (value.keys() - {"@value", "id"}).union(*inner)
    return set().union(*map(names, value)) if isinstance(value, list) else set()


SHOWN: list[tuple[Callable[[Any], None], st.SearchStrategy[Any], int]] = [
    (file_shows_what_was_signed, mutated(FILES, most=2), 1000),
    (compact_shows_what_was_signed, mutated(COMPACTS, most=2), 500),
]


@pytest.mark.parametrize(("body", "strategy", "count"), SHOWN, ids=lambda value: getattr(value, "__name__", ""))
def test_no_changed_value_is_genuine(body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int) -> None:
    settings(max_examples=count)(given(strategy)(body))()


@pytest.mark.slow
@pytest.mark.parametrize(("body", "strategy", "count"), SHOWN, ids=lambda value: getattr(value, "__name__", ""))
def test_no_changed_value_is_genuine_at_length(
    body: Callable[[Any], None], strategy: st.SearchStrategy[Any], count: int
) -> None:
    settings(max_examples=10 * count)(given(strategy)(body))()


# --- The verdict is the conjunction of the checks -----------------------------------------------------------


@st.composite
def check_lists(draw: st.DrawFn) -> list[Check]:
    """Any outcome for any of the checks, with a code that belongs to both."""
    checks = []
    for rule in draw(st.lists(st.sampled_from(CREDENTIAL), unique_by=lambda rule: rule.id)):
        codes = [code for code in CODES.values() if code.check == rule.id and code.effect is not Effect.WARNING]
        code = draw(st.sampled_from([None, *codes]))
        if code:
            checks.append(Check(rule.id, Outcome(code.effect), code.code, "detail"))
        else:
            checks.append(Check(rule.id, draw(st.sampled_from([Outcome.PASSED, Outcome.SKIPPED]))))
    return checks


@given(check_lists())
def test_the_verdict_is_the_conjunction(checks: list[Check]) -> None:
    report = Report(tuple(checks), AT)
    concluded(report)
    assert report.summary
    assert "Genuine and in force" not in report.summary or report
    if report:
        assert all(check.outcome in (Outcome.PASSED, Outcome.SKIPPED) for check in checks)
        assert report.genuine in (True, None)


@given(check_lists(), st.data())
def test_a_worse_check_never_makes_a_better_verdict(checks: list[Check], data: st.DataObject) -> None:
    order = [Verdict.VALID, Verdict.INDETERMINATE, Verdict.INVALID]
    before = Report(tuple(checks), AT).verdict
    worse = data.draw(st.sampled_from([Outcome.INDETERMINATE, Outcome.FAILED]))
    code = next(code for code in CODES.values() if code.effect.value == worse.value)
    after = Report((*checks, Check(code.check, worse, code.code)), AT).verdict
    assert order.index(after) >= order.index(before) or before is Verdict.INDETERMINATE
    assert after is not Verdict.VALID
