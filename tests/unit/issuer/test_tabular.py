"""Rows of a table and result records: typed by the schema, never repaired, and there and back again."""

import json
from typing import Any

import pytest

from issuer import tabular
from issuer.errors import IssuerError
from issuer.results import RecordRefused, read_record
from tests.kit.home import RESULTS

READABLE = [
    *("aima-pass", "aima-arabic", "aima-apostrophe", "aima-fail", "caig-pass", "caig-accommodation", "caig-waiver"),
    *("held-integrity", "refused-sum-raw"),
]


def example(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_bytes())
    return value


def decode(cells: dict[str, str]) -> dict[str, Any]:
    return tabular.decode(tabular.columns([*cells]), [*cells.values()])


@pytest.mark.parametrize("name", READABLE)
def test_an_example_is_the_same_record_as_a_row(name: str) -> None:
    record = example(name)
    again = decode(tabular.encode(record))
    wanted, found = read_record(json.dumps(record).encode()), read_record(tabular.to_bytes(again))
    for member in ("candidate", "attempt", "prerequisite", "experience", "domains", "overall", "evidence", "consents"):
        assert getattr(found, member) == getattr(wanted, member)


def test_the_bytes_of_a_row_do_not_depend_on_the_order_of_its_columns() -> None:
    cells = tabular.encode(example("caig-pass"))
    backwards = dict(reversed(cells.items()))
    assert tabular.to_bytes(decode(backwards)) == tabular.to_bytes(decode(cells))
    assert sorted(backwards, key=tabular.order) == [*cells]


def test_an_empty_cell_is_absent_or_null_where_the_schema_asks_for_the_member() -> None:
    record = decode(tabular.encode(example("caig-pass")) | {"experience.from": "", "candidate.email": ""})
    assert record["prerequisite"] == {"credential": "AIMA", "credentialId": None, "waiver": None}
    assert record["experience"]["from"] is None
    assert "email" not in record["candidate"]
    assert "prerequisite" not in decode(tabular.encode(example("aima-pass")) | {"prerequisite.credential": ""})


@pytest.mark.parametrize("cell", ["4.0", "+4", " 4", "4 ", "1_0", "04", "-1", "４", "٤", "9007199254740992", "four"])
def test_what_is_no_count_stays_a_text_and_is_refused(cell: str) -> None:
    record = decode(tabular.encode(example("aima-pass")) | {"domains.0.correct": cell})
    assert record["domains"][0]["correct"] == cell
    with pytest.raises(RecordRefused) as caught:
        read_record(tabular.to_bytes(record))
    assert [finding.code for finding in caught.value.findings] == ["number.type"]


@pytest.mark.parametrize("cell", ["TRUE", "True", "true", "'true", "WAHR", "Vrai", "VERO", "PRAWDA"])
def test_what_spreadsheets_write_for_true_is_read(cell: str) -> None:
    assert decode({"consents.discloseScore": cell})["consents"]["discloseScore"] is True


@pytest.mark.parametrize("cell", ["FALSE", "False", "FALSCH", "faux", "FALSO", "ONWAAR", "FAŁSZ"])
def test_what_spreadsheets_write_for_false_is_read(cell: str) -> None:
    assert decode({"consents.discloseScore": cell})["consents"]["discloseScore"] is False


@pytest.mark.parametrize(
    ("cell", "percent"), [("80", "80.00"), ("73,33", "73.33"), ("73.3", "73.30"), ("0", "0.00"), ("100,0", "100.00")]
)
def test_a_percentage_is_read_with_the_zeros_that_a_spreadsheet_leaves_out(cell: str, percent: str) -> None:
    assert decode({"overall.percent": cell})["overall"]["percent"] == percent


@pytest.mark.parametrize("cell", ["80%", "1.000,00", "0,8333", "80,00 %", "-1"])
def test_what_is_no_percentage_stays_a_text(cell: str) -> None:
    assert decode({"overall.percent": cell})["overall"]["percent"] == cell


@pytest.mark.parametrize("path", ["attempt.number", "consents.terms", "experience.from", "attempt.startedAt"])
def test_an_apostrophe_keeps_a_cell_as_it_is_and_is_passed_over(path: str) -> None:
    assert decode({path: "'x"}) == decode({path: "x"})
    assert decode({"candidate.displayName": "'t Hooft"})["candidate"]["displayName"] == "'t Hooft"


CHANGED = [
    *(("attempt.startedAt", cell) for cell in ("23.07.2026 09:00", "7/23/2026 9:00", "2026-07-23 09:00:00", "00:12.0")),
    *(("attempt.startedAt", cell) for cell in ("46226.375", "46226,375", "23.07.26", "2026/7/23 9:00 AM")),
    *(("experience.from", cell) for cell in ("01.03.2026", "3/1/2026", "1.3.26", "46082", "2026/03/01")),
    *(("consents.terms", cell) for cell in ("01.06.2026", "6/1/2026", "46174", "1-6-2026")),
]


@pytest.mark.parametrize(("path", "cell"), CHANGED)
def test_a_day_that_a_spreadsheet_has_changed_is_refused_with_what_to_do(path: str, cell: str) -> None:
    (found,) = tabular.faults(tabular.columns([path]), [cell])
    assert found.code == "batch.row-date"
    assert path in found.detail
    assert "apostrophe" in found.detail
    assert cell not in found.detail


@pytest.mark.parametrize(
    ("path", "cell", "code"),
    [
        ("candidate.displayName", "=CONCAT(A1;B1)", "batch.row-formula"),
        ("candidate.displayName", "#NAME?", "batch.row-formula"),
        ("candidate.displayName", "#WERT!", "batch.row-formula"),
        ("candidate.displayName", "#####", "batch.row-formula"),
        ("consents.terms", "#N/A", "batch.row-formula"),
        ("candidate.candidateId", "1.23457E+11", "batch.row-number"),
        ("resultId", "1,2E+15", "batch.row-number"),
    ],
)
def test_what_a_spreadsheet_has_made_of_a_cell_is_refused(path: str, cell: str, code: str) -> None:
    assert [found.code for found in tabular.faults(tabular.columns([path]), [cell])] == [code]


def test_no_cell_of_an_example_is_taken_for_changed() -> None:
    for name in (path.stem for path in RESULTS.glob("*.json") if path.stem != "manifest"):
        try:
            cells = tabular.encode(example(name))
        except ValueError:  # what no cell can say
            continue
        assert tabular.faults(tabular.columns([*cells]), [*cells.values()]) == ()


def test_headers_are_known_in_any_case_and_with_space_around_them() -> None:
    header = [" RESULTID ", "candidate.displayname", "Domains.0.Code\u00a0", "", " "]
    assert tabular.columns(header) == (("resultId",), ("candidate", "displayName"), ("domains", "0", "code"))


def test_what_every_record_needs_must_have_a_column() -> None:
    cells = tabular.encode(example("aima-pass"))
    tabular.require(tabular.columns([*cells]))
    for name in ("outcome", "consents.terms", "domains.0.code", "candidate.displayName"):
        with pytest.raises(IssuerError, match=name) as caught:
            tabular.require(tabular.columns([each for each in cells if each != name]))
        assert caught.value.code == "batch.header-missing"
    tabular.require(tabular.columns([each for each in cells if each not in {"candidate.email", "overall.percent"}]))


@pytest.mark.parametrize("cell", ["yes", "1", "ja", "oui", "x", "true "])
def test_what_is_neither_true_nor_false_stays_a_text_and_is_refused(cell: str) -> None:
    record = decode(tabular.encode(example("aima-pass")) | {"consents.discloseScore": cell})
    with pytest.raises(RecordRefused) as caught:
        read_record(tabular.to_bytes(record))
    assert [finding.code for finding in caught.value.findings] == ["json.strict"]


@pytest.mark.parametrize("cell", ["true", "12", "null", " Ada ", '"Ada"'])
def test_a_text_stays_what_it_is(cell: str) -> None:
    assert decode({"candidate.displayName": cell})["candidate"]["displayName"] == cell


def test_a_gap_in_a_list_is_seen() -> None:
    record = decode({"domains.0.code": "", "domains.1.code": "AIMA-D2"})
    assert record["domains"] == [{}, {"code": "AIMA-D2"}]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (["resultId", "platform", "resultId"], "batch.header-duplicate"),
        (["resultId", "platform", "RESULTID "], "batch.header-duplicate"),
        (["resultId", "answers"], "batch.header-unknown"),
        (["resultId", "", "platform"], "batch.header-unknown"),
        (["candidate"], "batch.header-unknown"),
        (["candidate.displayName.first"], "batch.header-unknown"),
        (["domains"], "batch.header-unknown"),
        (["domains.0"], "batch.header-unknown"),
        (["domains.x.code"], "batch.header-unknown"),
        (["domains.00.code"], "batch.header-unknown"),
        (["domains.100.code"], "batch.header-unknown"),
        (["domains.-1.code"], "batch.header-unknown"),
        (["resultId;platform"], "batch.header-unknown"),
        (["Ada Example"], "batch.header-unknown"),
    ],
)
def test_headers_that_are_refused(header: list[str], code: str) -> None:
    with pytest.raises(IssuerError) as caught:
        tabular.columns(header)
    assert caught.value.code == code
    assert "Ada" not in caught.value.detail


@pytest.mark.parametrize("changed", [{"outcome": ""}, {"evidence": []}, {"answers": 1}, {"overall": 1.5}])
def test_what_no_cell_can_say_is_not_encoded(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no cell can say"):
        tabular.encode(example("aima-pass") | changed)
