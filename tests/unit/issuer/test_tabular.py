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
    *("held-integrity", "refused-several", "refused-sum-raw"),
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


@pytest.mark.parametrize("cell", ["TRUE", "True", "yes", "1", "true "])
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
        (["resultId", "answers"], "batch.header-unknown"),
        (["resultId", ""], "batch.header-unknown"),
        (["candidate"], "batch.header-unknown"),
        (["candidate.displayName.first"], "batch.header-unknown"),
        (["domains"], "batch.header-unknown"),
        (["domains.0"], "batch.header-unknown"),
        (["domains.x.code"], "batch.header-unknown"),
        (["domains.00.code"], "batch.header-unknown"),
        (["domains.100.code"], "batch.header-unknown"),
        (["domains.-1.code"], "batch.header-unknown"),
        (["resultid"], "batch.header-unknown"),
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
