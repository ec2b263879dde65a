"""Every code of the verifier has a vector that yields it, on its own check, and nothing else."""

import pytest

from tests.vectors.cases import CASES, Case
from verifier import Report, Verdict, verify
from verifier.codes import CODES, Effect, Outcome
from verifier.verify import TABLE

VERDICTS = {
    Effect.FAILED: Verdict.INVALID,
    Effect.INDETERMINATE: Verdict.INDETERMINATE,
    Effect.WARNING: Verdict.VALID,
}


def report_on(case: Case) -> Report:
    return verify(case.data, trust=case.trust, at=case.at, policy=case.policy)


def test_every_code_has_a_vector() -> None:
    assert set(CASES) == set(CODES)


def test_every_code_belongs_to_a_check() -> None:
    assert {code.check for code in CODES.values()} == {rule.id for rule in TABLE}


@pytest.mark.parametrize(("code", "case"), CASES.items(), ids=CASES)
def test_the_vector_yields_its_code_and_no_other(code: str, case: Case) -> None:
    report = report_on(case)
    row = CODES[code]
    found = {check.code: (check.id, check.outcome) for check in report.checks if check.code}
    assert report.verdict is VERDICTS[row.effect]
    if row.effect is Effect.WARNING:
        assert [notice.code for notice in report.warnings] == [code]
        assert found == {}
    else:
        assert found.pop(code) == (row.check, Outcome(row.effect))
        assert set(found) == ({case.beside} if case.beside else set())


@pytest.mark.parametrize(("code", "case"), CASES.items(), ids=CASES)
def test_the_vector_has_a_sentence_of_its_own(code: str, case: Case) -> None:
    report = report_on(case)
    assert report.summary
    assert ("Genuine and in force" in report.summary) == bool(report)
