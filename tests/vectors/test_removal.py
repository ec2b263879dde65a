"""Each check is needed: without it, a vector that it decides gets another verdict."""

import json
from dataclasses import replace
from importlib import import_module

import pytest

from tests.vectors import cases_own, cases_presentation, cases_presented
from tests.vectors.case import Case, report_on
from tests.vectors.cases import CASES
from verifier import wellformed
from verifier.codes import CODES, Effect
from verifier.examination import Examination
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject
from verifier.verify import CREDENTIAL, GENUINE, PRESENTATION, STATUS_LIST, Rule

MODULE = import_module("verifier.verify")  # the package itself has a function of this name
PRESENTED = (*cases_presentation.CASES, *cases_presented.CASES)
TABLES: dict[str, tuple[Rule, ...]] = {
    "CREDENTIAL": CREDENTIAL,
    "PRESENTATION": PRESENTATION,
    "GENUINE": GENUINE,
    "STATUS_LIST": STATUS_LIST,
}
# What a list as the document is asked beyond what every credential is.
ONLY_LISTS = ("certificate", "list-content")

# Rows of the table for status lists that no list can be refused by alone.
NOT_FOR_LISTS = {
    "readable": "a list comes out of a trust file, which is read just as strictly, before there is a credential",
    "contexts-known": "what it refuses in a list, terms-defined refuses too, under a code that nobody sees",
}


def vectors(table: str, check: str) -> list[Case]:
    """The vectors that this row of this table decides."""
    if table == "GENUINE":
        return [case for case in CASES if case.code == "status.not-genuine"]
    if table == "STATUS_LIST":
        return [case for case in cases_own.CASES if case.check == check and not case.beside[1:]]
    own = PRESENTED if table == "PRESENTATION" else [case for case in CASES if case not in PRESENTED]
    decided = [case for case in own if case.check == check and CODES[case.code].effect is not Effect.WARNING]
    return [case for case in decided if table != "PRESENTATION" or case.name.startswith("vp-")]


def without(rule: Rule) -> Rule:
    """The rule as if it asked for nothing: it finds out what others need, and forgives."""

    def run(case: Examination) -> None:
        try:
            rule.run(case)
        except FormatError:
            if rule.id == "readable" and isinstance(case.source, bytes):
                case.document = lax(case.source)
            if rule.id == "signature" and case.proofs:
                case.shown, case.authentic = case.proofs[0].document, True

    return replace(rule, run=run)


def lax(data: bytes) -> JsonObject:
    """What a common reader makes of a text."""
    try:
        value: Json = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def verdict_of(case: Case) -> str:
    """The verdict; without a check, the next one may meet what it was told it never would."""
    try:
        return report_on(case).verdict
    except (KeyError, IndexError, TypeError) as error:
        return repr(error)


ROWS = [
    (table, rule)
    for table, rules in TABLES.items()
    for rule in rules
    if table != "STATUS_LIST" or rule.id in ONLY_LISTS
]


@pytest.mark.parametrize(("table", "rule"), ROWS, ids=lambda each: each if isinstance(each, str) else each.id)
def test_without_a_check_a_vector_gets_another_verdict(table: str, rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = vectors(table, rule.id)
    assert cases
    monkeypatch.setattr(MODULE, table, tuple(without(each) if each is rule else each for each in TABLES[table]))
    if rule.id == "readable":
        monkeypatch.setattr(MODULE, "READ", without(rule))
    if rule.id == "well-formed":
        monkeypatch.setattr(wellformed, "_RULES", ())
        monkeypatch.setattr(wellformed, "_PRESENTATION_RULES", ())
    noticed = [case.name for case in cases if verdict_of(case) != case.verdict]
    assert bool(noticed) != (table == "GENUINE" and rule.id in NOT_FOR_LISTS)
