"""Tables as spreadsheets save them: read with one meaning or refused with what to do, the same at every door."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer import tabular
from issuer.errors import IssuerError
from issuer.service import batchwork, rows
from issuer.service.access import Role
from issuer.service.batch import TIDIED_SHOWN
from issuer.service.row import Row
from tests.integration.test_sent_batches import upload
from tests.kit.home import RESULTS, Home, demo, opened
from tests.kit.staff import bearer, employ, logged_in, tokens, words
from tests.kit.web import service

AT = "2026-07-24T00:00:00Z"


def cells(number: int, **changes: str) -> dict[str, str]:
    """A pass of AIMA by a person of its own, as a row; `candidate__displayName` changes that cell."""
    record = json.loads((RESULTS / "aima-pass.json").read_bytes())
    record["resultId"], record["attempt"]["attemptId"] = f"res-{number}", f"att-{number}"
    record["candidate"] |= {"candidateId": f"cand-{number}", "email": f"n{number}@candidate.example"}
    record["candidate"]["displayName"] = "Zoë Müller"
    return tabular.encode(record) | {name.replace("__", "."): cell for name, cell in changes.items()}


def quoted(cell: str, separator: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(char in cell for char in f'{separator}"\r\n') else cell


def table(*each: dict[str, str], separator: str = ",", end: str = "\r\n", header: Sequence[str] = ()) -> str:
    lines = [header or [*each[0]], *(row.values() for row in each)]
    return "".join(separator.join(quoted(cell, separator) for cell in line) + end for line in lines)


def read(folder: Path, data: bytes) -> list[Row]:
    path = folder / "batch.csv"
    path.write_bytes(data)
    found = list(rows.read(path))
    assert rows.survey(path).rows == len(found)
    return found


PLAIN = [cells(1), cells(2, candidate__displayName='Ada; "Countess", of Love|ace')]
WRITTEN = {
    "commas": table(*PLAIN).encode(),
    "excel, utf-8": b"\xef\xbb\xbf" + table(*PLAIN, separator=";").encode(),
    "semicolons": table(*PLAIN, separator=";").encode(),
    "tabs": table(*PLAIN, separator="\t").encode(),
    "excel, unicode text": b"\xff\xfe" + table(*PLAIN, separator="\t").encode("utf-16-le"),
    "utf-16, big end": b"\xfe\xff" + table(*PLAIN, separator=";").encode("utf-16-be"),
    "sep": b"sep=;\r\n" + table(*PLAIN, separator=";").encode(),
    "sep behind a mark": b"\xef\xbb\xbfSEP=,\r\n" + table(*PLAIN).encode(),
    "sep, saved again": b"sep=;;;;;\r\n" + table(*PLAIN, separator=";").encode(),
    "sep, quoted": b'"sep=|"\n' + table(*PLAIN, separator="|").encode(),
    "lf": table(*PLAIN, end="\n").encode(),
    "cr": table(*PLAIN, end="\r").encode(),
    "mixed ends": table(*PLAIN[:1], end="\r").encode() + table(*PLAIN, end="\n").encode().split(b"\n", 2)[2],
    "no end": table(*PLAIN).encode().rstrip(),
    "empty rows": table(*PLAIN, separator=";").replace("\r\n", "\r\n;;;; ;\r\n\r\n").encode(),
    "empty columns": table(*PLAIN, separator=";").replace("\r\n", ";;;\r\n").encode(),
    "empty lines before": b"\r\n\r\n" + table(*PLAIN).encode(),
    "headers in capitals": table(*PLAIN, header=[f" {name.upper()} " for name in PLAIN[0]]).encode(),
}


@pytest.mark.parametrize("written", [*WRITTEN])
def test_however_a_table_is_written_it_is_the_same_records(tmp_path: Path, written: str) -> None:
    found = read(tmp_path, WRITTEN[written])
    assert [row.findings for row in found] == [(), ()]
    assert [row.data for row in found] == [row.data for row in read(tmp_path, WRITTEN["commas"])]
    assert json.loads(found[0].data)["candidate"]["displayName"] == "Zoë Müller"


def test_a_row_has_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    """Line breaks inside a cell take lines of the file and no row; a first line for Excel takes no row either."""
    two = cells(1, candidate__displayName="Two\r\nlines\rof\none")
    text = "sep=;\r\n" + table(two, separator=";") + ";;;;\r\n\r\n"
    text += table(cells(2), cells(3, outcome="=1"), separator=";").partition("\r\n")[2]
    found = read(tmp_path, text.encode())
    assert [(row.number, row.line, row.sheet) for row in found] == [(1, 3, 2), (2, 9, 5), (3, 10, 6)]
    assert [(row.result_id, [each.code for each in row.findings]) for row in found[2:]] == [
        ("res-3", ["batch.row-formula"])
    ]
    assert json.loads(found[0].data)["candidate"]["displayName"] == "Two\r\nlines\rof\none"


BAD_ROWS = [
    (table(cells(1), cells(2)).encode("windows-1252"), "batch.row-encoding", "CSV UTF-8"),
    (table(cells(1), cells(2)).encode("mac-roman"), "batch.row-encoding", "CSV UTF-8"),
    (
        ("\ufeff" + table(cells(1), cells(2))).encode("utf-16-le").replace("ü".encode("utf-16-le"), b"\x00\xd8"),
        "batch.row-encoding",
        "CSV UTF-8",
    ),
    (table(cells(1), cells(2)).replace("Zoë Müller", "Müller, Zoë").encode(), "batch.row-cells", "headers"),
    (
        table(*[cells(number, attempt__startedAt="23.07.2026 09:00") for number in (1, 2)]).encode(),
        "batch.row-date",
        "T",
    ),
    (table(*[cells(number, consents__terms="6/1/2026") for number in (1, 2)]).encode(), "batch.row-date", "Text"),
    (
        table(*[cells(number, candidate__candidateId="1.2E+11") for number in (1, 2)]).encode(),
        "batch.row-number",
        "Text",
    ),
    (table(*[cells(number, candidate__displayName="=A1") for number in (1, 2)]).encode(), "batch.row-formula", "value"),
    (
        table(*[cells(number, candidate__displayName="#NAME?") for number in (1, 2)]).encode(),
        "batch.row-formula",
        "value",
    ),
]


@pytest.mark.parametrize(("data", "code", "advice"), BAD_ROWS)
def test_a_row_that_cannot_be_read_says_its_id_and_what_to_do(
    tmp_path: Path, data: bytes, code: str, advice: str
) -> None:
    for number, row in enumerate(read(tmp_path, data), 1):
        assert [each.code for each in row.findings] == [code]
        assert advice in row.findings[0].detail
        assert (row.sheet, row.data) == (number + 1, b"")
        assert row.result_id == f"res-{number}"
        assert "ller" not in row.findings[0].detail


def test_an_id_that_may_have_moved_is_not_told(tmp_path: Path) -> None:
    (row,) = read(tmp_path, table(cells(1)).replace("\r\nresult", "\r\n,result").encode())
    assert (row.findings[0].code, row.result_id) == ("batch.row-cells", "")


@given(st.binary(max_size=200) | st.text("sep=;,\t|\"\r\n'aresultId", max_size=40).map(str.encode))
def test_whatever_the_bytes_the_answer_is_rows_or_a_code(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    for head in (b"", b"\xff\xfe", table(cells(1)).encode().splitlines(keepends=True)[0]):
        path.write_bytes(head + data)
        try:
            found = list(rows.read(path))
        except IssuerError as error:
            assert error.code.startswith("batch.")
        else:
            assert all(row.data or row.findings for row in found)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), min_size=1, max_size=4))
def test_any_text_comes_back_from_any_form(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """Quotation marks, separators and line breaks inside of cells, in every form."""
    path = tmp_path_factory.getbasetemp() / "names.csv"
    names = [f"N{name}" for name in names]
    each = [cells(number, candidate__displayName=name) for number, name in enumerate(names)]
    for separator, end, encoding in ((",", "\n", "utf-8"), (";", "\r\n", "utf-8-sig"), ("\t", "\r", "utf-16")):
        path.write_bytes(table(*each, separator=separator, end=end).encode(encoding))
        found = [json.loads(row.data)["candidate"]["displayName"] for row in rows.read(path)]
        assert found == names


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def preflight(home: Home, path: Path, *options: str, exit_status: int = 0) -> Any:
    ran = home.certify("batch", str(path), "--dry-run", *options, "--json", at=AT)
    assert ran.exit == exit_status, (ran.out, ran.err)
    return ran.json["preflight"]


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_name_that_was_damaged_on_its_way_is_refused(home: Home, tmp_path: Path, separator: str) -> None:
    path = tmp_path / "b.csv"
    path.write_text(
        table(cells(1, candidate__displayName="Zo\ufffd M\ufffdller"), separator=separator), encoding="utf-8"
    )
    (problem,) = preflight(home, path, exit_status=1)["problems"]
    assert (problem["resultId"], problem["spreadsheetRow"], problem["findings"][0]["code"]) == (
        "res-1",
        2,
        "candidate.name",
    )


def test_a_row_that_is_too_long_ends_the_look_in_bounded_memory(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text(table(cells(1, candidate__displayName="N" * 70_000)), encoding="utf-8")
    assert home.fails("batch", str(path), "--dry-run", at=AT) == "batch.quotes"
    path.write_text(table(cells(1, candidate__displayName="N" * 30_000), cells(2)), encoding="utf-8")
    (problem,) = preflight(home, path, exit_status=1)["problems"]
    assert (problem["row"], problem["findings"][0]["code"]) == (1, "candidate.name")


# --- names that are signed tidy ---------------------------------------------------------------------------------


def test_the_look_says_whose_names_are_signed_tidy_and_they_are(home: Home, tmp_path: Path) -> None:
    names = [
        " Zo\u00eb M\u00fcller ",
        "Zoe\u0308 Mu\u0308ller",
        "Zo\u00eb M\u00fcller\u00a0",
        "Zo\u00eb M\u00fcller",
        "Zo\u00eb\n",
    ]
    path = tmp_path / "b.csv"
    each = [cells(number, candidate__displayName=name) for number, name in enumerate(names)]
    path.write_bytes(table(*each, separator=";").encode("utf-16"))
    looked = preflight(home, path)
    assert (looked["issued"], looked["tidied"]) == (5, 4)
    assert [(each["row"], each["spreadsheetRow"], each["resultId"]) for each in looked["tidiedExamples"]] == [
        (1, 2, "res-0"),
        (2, 3, "res-1"),
        (3, 4, "res-2"),
        (5, 6, "res-4"),
    ]
    said = home.certify("batch", str(path), at=AT).out
    assert "In 4 rows a name or title is signed without the space around it, or composed (NFC):" in said
    assert "row 1 (row 2 of the sheet, line 2), res-0: candidate.displayName" in said
    assert "ller" not in said.replace("candidate.displayName", "")
    signed = [json.loads(text)["credentialSubject"]["identifier"][0]["identityHash"] for (text,) in home.rows(
        "SELECT credential FROM revision"
    )]  # fmt: skip
    assert sorted(signed) == sorted(["Zo\u00eb M\u00fcller"] * 4 + ["Zo\u00eb"])


def test_more_than_a_few_are_counted(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text(table(*[cells(number, candidate__displayName=" A") for number in range(8)]), encoding="utf-8")
    looked = preflight(home, path)
    assert (looked["tidied"], len(looked["tidiedExamples"])) == (8, TIDIED_SHOWN)
    assert "and 3 more" in home.certify("batch", str(path), "--dry-run", at=AT).out


# --- the same at every door -------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["excel, unicode text", "sep", "cr", "empty rows", "commas"])
def test_the_service_takes_the_files_that_the_terminal_takes(home: Home, tmp_path: Path, written: str) -> None:
    """By one reader: so what is told of a file is the same, also of one with rows to refuse."""
    path = tmp_path / "b.csv"
    path.write_bytes(WRITTEN[written])
    expected = preflight(home, path)
    assert expected["issued"] == 2
    employ(home, AT)
    given = bearer(tokens(home, AT)[Role.ISSUER])
    with service(home, AT) as served, opened(home) as desk:
        sent = served.post("/api/batches?begin=no", data=WRITTEN[written], headers=given, content_type="text/csv")
        browser = logged_in(served, Role.ISSUER)
        browser.get("/console/batches")
        assert sent.json["id"] in upload(browser, "June.csv", WRITTEN[written]).headers["Location"], "the same batch"
        batchwork.work(desk, served.clock)
        assert served.get(f"/api/batches/{sent.json['id']}", headers=given).json["preflight"] == expected


@pytest.mark.parametrize("bad", [*BAD_ROWS[:2], *BAD_ROWS[4:6]])
def test_the_service_tells_of_bad_rows_what_the_terminal_tells(
    home: Home, tmp_path: Path, bad: tuple[bytes, str, str]
) -> None:
    path = tmp_path / "b.csv"
    path.write_bytes(bad[0])
    expected = preflight(home, path, exit_status=1)
    home.certify("batch", str(path), at=AT)
    kept = [json.loads(line) for line in (tmp_path / "b.csv.outcome.jsonl").read_text("utf-8").splitlines()[1:]]
    employ(home, AT)
    given = bearer(tokens(home, AT)[Role.ISSUER])
    with service(home, AT) as served, opened(home) as desk:
        sent = served.post("/api/batches?begin=no", data=bad[0], headers=given, content_type="text/csv").json
        batchwork.work(desk, served.clock)
        looked = served.get(f"/api/batches/{sent['id']}", headers=given).json["preflight"]
        assert looked == expected
        assert [each["findings"][0]["code"] for each in looked["problems"]] == [bad[1]] * 2
        page = words(logged_in(served, Role.ISSUER).get(f"/console/batches/{sent['id']}"))
        assert "1 (row 2 of the sheet)" in page
        served.post(f"/api/batches/{sent['id']}/begin", headers=given)
        batchwork.work(desk, served.clock)
        assert served.get(f"/api/batches/{sent['id']}/answers", headers=given).json["answers"] == kept
