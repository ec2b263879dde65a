"""Every vector yields its code on its own check and nothing else; every code and every check has one."""

from collections import Counter

import pytest

from tests.vectors.case import PLAIN, Case, report_on
from tests.vectors.cases import CASES
from verifier import Report, Verdict
from verifier.codes import CODES, Effect, Outcome
from verifier.verify import CREDENTIAL, PRESENTATION, STATUS_LIST

# What only the command says: `verify` itself has no clock and opens no socket.
COMMAND = {row.code for row in CODES.values() if row.check == "command"}
VERDICTS = {
    Effect.FAILED: Verdict.INVALID,
    Effect.INDETERMINATE: Verdict.INDETERMINATE,
    Effect.WARNING: Verdict.VALID,
}


def codes(report: Report) -> list[str]:
    """Every code of a report, of checks and of warnings, each as often as it stands there."""
    return [check.code for check in report.checks if check.code] + [notice.code for notice in report.warnings]


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    assert len([case for case in CASES if case.code]) >= 150
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []


def test_every_code_has_a_vector() -> None:
    assert {code for case in CASES for code in (case.code, *case.beside) if code} == CODES.keys() - COMMAND


def test_every_check_has_a_vector() -> None:
    checks = {rule.id for rule in (*CREDENTIAL, *PRESENTATION, *STATUS_LIST)}
    assert {row.check for row in CODES.values()} - {"command"} == checks
    assert {case.check for case in CASES if case.code} == checks


def test_every_exception_has_a_reason() -> None:
    assert [case.name for case in CASES if bool(case.beside) != bool(case.reason)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_vector_yields_its_code_and_no_other(case: Case) -> None:
    report = report_on(case)
    assert report.verdict is case.verdict
    assert sorted(codes(report)) == sorted((*filter(None, [case.code]), *case.beside))
    if case.code:
        row = CODES[case.code]
        assert (case.check, case.verdict) == (row.check, VERDICTS[row.effect])
        if row.effect is not Effect.WARNING:
            outcomes = {check.code: (check.id, check.outcome) for check in report.checks}
            assert outcomes[case.code] == (row.check, Outcome(row.effect))
    assert ("Genuine and in force" in report.summary) == (report.in_force is True and bool(report))
    assert report.in_force or not report or report.summary == "Signed by its holder. It shows no credential."
    assert report.to_json()


def test_the_claims_of_a_token_are_not_shown_as_statements() -> None:
    (case,) = (case for case in CASES if case.name == "valid-jwt-claims")
    assert report_on(case).require().document == PLAIN
