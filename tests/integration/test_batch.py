"""The command `certify batch`: what it does to a file of records, what it refuses, and how it goes on after a crash."""

import fcntl
import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from issuer.cli import common
from issuer.errors import IssuerError
from issuer.register import awards, events
from issuer.service import batch, issue, outcomes, publish, rows
from issuer.service.accept import accept_each
from keys import KeysError, durable
from tests.conftest import ROOT
from tests.kit.home import RESULTS, Home, demo, opened
from verifier.format.timestamp import parse

EXAMPLES = ROOT / "examples" / "batch"
AT = "2026-07-24T00:00:00Z"
PERSONAL = ("Ada", "ada@", "Example", "candidate.example")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def record(number: int, **changes: Any) -> dict[str, Any]:
    """A pass of AIMA by a person of its own."""
    value: dict[str, Any] = json.loads((RESULTS / "aima-pass.json").read_bytes())
    value["attempt"]["attemptId"] = f"att-{number}"
    value["candidate"] |= {"candidateId": f"cand-{number}", "email": f"n{number}@candidate.example"}
    return value | {"resultId": f"res-{number}"} | changes


def batch_of(folder: Path, *records: dict[str, Any] | bytes, name: str = "batch.jsonl") -> Path:
    lines = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in records]
    (folder / name).write_bytes(b"".join(line + b"\n" for line in lines))
    return folder / name


def outcome_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.outcome.jsonl")


def answers(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in outcome_of(path).read_text(encoding="utf-8").splitlines()[1:]]


def run(home: Home, path: Path, *options: str, exit_status: int = 0) -> Any:
    ran = home.certify("batch", str(path), *options, "--json", at=AT)
    assert (ran.exit, ran.err) == (exit_status, ""), (ran.out, ran.err)
    return ran.json


# --- what it does -----------------------------------------------------------------------------------------------


def test_the_examples_do_what_their_records_do_one_by_one(home: Home) -> None:
    """Copied, so that no outcome file is left beside them."""
    for name, expected in (
        ("aima.jsonl", ["issued", "failed", "issued", "issued", "issued", "refused", "issued"]),
        ("caig.csv", ["issued", "issued", "failed", "refused", "issued", "issued"]),
    ):
        path = home.path.parent / name
        path.write_bytes((EXAMPLES / name).read_bytes())
        said = run(home, path, exit_status=1)
        given = answers(path)
        assert [each["outcome"] for each in given] == expected
        assert [each["row"] for each in given] == [*range(1, len(expected) + 1)]
        assert said["answers"] == {word: expected.count(word) for word in said["answers"]}
        assert said["outcomeFile"] == str(outcome_of(path))
        for each in given:
            assert bool(each["publicId"]) == (each["outcome"] == "issued")
            if each["publicId"]:
                assert home.verify(each["publicId"], AT)


def test_the_same_command_again_changes_nothing(home: Home, tmp_path: Path) -> None:
    path = batch_of(tmp_path, record(1), record(2))
    first = run(home, path)
    before = home.everything(), outcome_of(path).read_bytes()
    again = run(home, path)
    assert again["answers"] == first["answers"]
    assert again["preflight"]["answeredBefore"] == 2
    assert (home.everything(), outcome_of(path).read_bytes()) == before


def test_a_dry_run_says_what_would_happen_and_changes_nothing(home: Home, tmp_path: Path) -> None:
    path = batch_of(tmp_path, record(1), record(2, outcome="fail"), b"{", record(3))
    before = home.everything(), sorted(tmp_path.iterdir())
    said = run(home, path, "--dry-run", exit_status=1)
    assert (said["answers"], said["outcomeFile"]) == (None, None)
    assert [each["row"] for each in said["preflight"]["problems"]] == [2, 3]
    assert [each["resultId"] for each in said["preflight"]["problems"]] == ["res-2", None]
    assert said["preflight"]["issued"] == said["preflight"]["refused"] == 2
    assert (home.everything(), sorted(tmp_path.iterdir())) == before


def test_a_report_for_people_names_rows_and_codes_and_nobody(home: Home, tmp_path: Path) -> None:
    doubtful = record(2)
    doubtful["assurance"]["integrity"] = "under-review"
    unknown = record(3) | {"Ada Example": "ada@candidate.example"}
    path = batch_of(tmp_path, record(1), doubtful, b'{"Ada Example": ', unknown)
    ran = home.certify("batch", str(path), at=AT)
    assert ran.exit == 1
    assert "Row 2 (line 2), res-2: held\n  integrity.hold: " in ran.out
    assert "Row 3 (line 3), no id: refused\n  json.strict: " in ran.out
    assert "Issued:         1\nFailed:         0\nHeld:           1\nRefused:        2\nReplayed:       0\n" in ran.out
    said = ran.out.replace(str(tmp_path), "") + ran.err + outcome_of(path).read_text(encoding="utf-8")
    assert [word for word in PERSONAL if word in said] == []


def test_only_the_first_problems_are_named(home: Home, tmp_path: Path) -> None:
    path = batch_of(tmp_path, *([b"{}"] * (batch.PROBLEMS_SHOWN + 5)))
    said = run(home, path, "--dry-run", exit_status=1)["preflight"]
    assert (len(said["problems"]), said["moreProblems"]) == (batch.PROBLEMS_SHOWN, 5)
    assert f"And {5} more rows" in home.certify("batch", str(path), "--dry-run", at=AT).out


def test_rows_that_repeat_an_id_or_an_attempt_are_told_before(home: Home, tmp_path: Path) -> None:
    other = record(2)
    other["attempt"] = record(1)["attempt"]
    changed = record(1)
    changed["candidate"]["displayName"] = "Another Example"
    path = batch_of(tmp_path, record(1), record(1), changed, other)
    told = run(home, path, "--dry-run", exit_status=1)["preflight"]
    assert {word: told[word] for word in ("issued", "replayed", "refused")} == {
        "issued": 1,
        "replayed": 1,
        "refused": 2,
    }
    assert [each["findings"][0]["code"] for each in told["problems"]] == ["result.conflict"] * 2
    run(home, path, exit_status=1)
    given = [(each["outcome"], each["first"], each["codes"]) for each in answers(path)]
    assert given[:2] == [("issued", None, []), ("replayed", "accepted", ["result.replay"])]
    assert given[2] == ("refused", None, ["result.conflict"])
    assert "result.conflict" in given[3][2]
    assert len(home.rows("SELECT * FROM award")) == 1


def test_a_row_that_was_refused_stands_in_no_later_row_s_way(home: Home, tmp_path: Path) -> None:
    path = batch_of(tmp_path, record(1, outcome="fail"), record(1))
    assert run(home, path, "--dry-run", exit_status=1)["preflight"]["issued"] == 1
    run(home, path, exit_status=1)
    assert [each["outcome"] for each in answers(path)] == ["refused", "issued"]


def test_ends_of_lines_and_empty_lines_do_not_matter(home: Home, tmp_path: Path) -> None:
    lines = [json.dumps(record(number)).encode() for number in (1, 2)]
    path = tmp_path / "batch.jsonl"
    path.write_bytes(b"\r\n" + lines[0] + b"\r\n\n  \n" + lines[1])
    assert run(home, path)["rows"] == 2
    assert home.json("issue", "-", at=AT, stdin=lines[1])["outcome"] == "replayed"


# --- files that cannot be worked through ------------------------------------------------------------------------

CSV = (EXAMPLES / "caig.csv").read_bytes()
HEADER, FIRST, *_ = CSV.splitlines(keepends=True)
BROKEN: list[tuple[str, bytes, str]] = [
    ("x.json", b"{}", "batch.format"),
    ("x.jsonl", b"", "batch.empty"),
    ("x.csv", b"", "batch.empty"),
    ("x.jsonl", b"\n \r\n", "batch.no-rows"),
    ("x.csv", HEADER, "batch.no-rows"),
    ("x.csv", b"\n" + HEADER + b"\r\n\n", "batch.no-rows"),
    ("x.jsonl", b"\xef\xbb\xbf{}\n", "batch.encoding"),
    ("x.jsonl", "{}\n".encode("utf-16"), "batch.encoding"),
    ("x.csv", CSV.decode().encode("utf-16-le"), "batch.encoding"),
    ("x.csv", CSV.decode().encode("utf-16")[:-1], "batch.encoding"),
    ("x.csv", CSV.decode().encode("utf-32"), "batch.encoding"),
    ("x.csv", b"PK\x03\x04" + CSV, "batch.format"),
    ("x.csv", b"\xd0\xcf\x11\xe0" + CSV, "batch.format"),
    ("x.csv", b"sep=#\n" + CSV, "batch.separator"),
    ("x.csv", b"sep=;\n", "batch.no-rows"),
    ("x.csv", b"sep=;\n" + CSV, "batch.header-unknown"),
    ("x.csv", FIRST + FIRST, "batch.header-unknown"),
    ("x.csv", HEADER.replace(b",outcome,", b",") + FIRST, "batch.header-missing"),
    ("x.csv", HEADER.replace(b"platform", b"resultId") + FIRST, "batch.header-duplicate"),
    ("x.csv", HEADER + b'"never closed' + FIRST * 3, "batch.quotes"),
    ("x.csv", HEADER + b'"never closed' + FIRST * 1000, "batch.quotes"),
    ("x.csv", HEADER + b'"closed" twice,' + FIRST, "batch.quotes"),
    ("x.csv", HEADER + b"x" * 70_000 + b"\n" + FIRST, "batch.quotes"),
]


@pytest.mark.parametrize(("name", "data", "code"), BROKEN)
def test_a_file_that_leaves_no_row_to_be_sure_of(home: Home, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    before = home.everything(), sorted(tmp_path.iterdir())
    assert home.fails("batch", str(tmp_path / name), at=AT) == code
    assert (home.everything(), sorted(tmp_path.iterdir())) == before


def test_a_second_kind_is_refused_before_anything_is_done(home: Home, tmp_path: Path) -> None:
    caig = json.loads((RESULTS / "caig-pass.json").read_bytes())
    path = batch_of(tmp_path, b"{", record(1), caig)
    before = home.everything(), sorted(tmp_path.iterdir())
    assert home.fails("batch", str(path), at=AT) == "batch.mixed"
    assert (home.everything(), sorted(tmp_path.iterdir())) == before


@pytest.mark.parametrize("name", ["missing.jsonl", "home"])
def test_a_file_that_cannot_be_read_is_the_caller_s_fault(home: Home, tmp_path: Path, name: str) -> None:
    assert home.certify("batch", str(tmp_path / name), at=AT).exit == 2


# --- rows of a table --------------------------------------------------------------------------------------------


def table_of(home: Home, data: bytes) -> tuple[Path, Callable[[], list[dict[str, Any]]]]:
    path = home.path.parent / "batch.csv"
    path.write_bytes(data)
    return path, lambda: answers(path)


def test_rows_that_cannot_be_read_are_refused_and_the_others_are_not(home: Home) -> None:
    lines = [HEADER, b"too,few\n", FIRST, FIRST.replace(b"Ada Example", b"Ad\xe9"), FIRST[:-1] + b",more\n"]
    path, given = table_of(home, b"".join(lines))
    run(home, path, exit_status=1)
    assert [(each["outcome"], each["codes"], each["resultId"]) for each in given()] == [
        ("refused", ["batch.row-cells"], None),
        ("refused", ["prerequisite.missing"], "res_demo_0002"),
        ("refused", ["batch.row-encoding"], "res_demo_0002"),
        ("refused", ["batch.row-cells"], "res_demo_0002"),
    ]


def test_what_a_spreadsheet_writes_is_read(home: Home) -> None:
    """A byte order mark, CRLF, every cell in quotation marks, and one of two lines, which is no name."""
    cells = [line.decode().rstrip("\n").split(",") for line in (HEADER, CSV.splitlines(keepends=True)[6])]
    cells.append(["Two\r\nLines" if cell.startswith("José") else cell for cell in cells[1]])
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in cells)
    path, given = table_of(home, b"\xef\xbb\xbf" + text.encode())
    run(home, path, exit_status=1)
    assert [(each["outcome"], each["codes"]) for each in given()] == [
        ("issued", []),
        ("refused", ["result.conflict", "candidate.name"]),
    ]


def test_a_line_that_is_too_long_is_refused_and_the_next_is_not(home: Home, tmp_path: Path) -> None:
    path = batch_of(tmp_path, b'{"a": "' + b"x" * 200_000 + b'"}', record(1))
    run(home, path, exit_status=1)
    assert [each["codes"] for each in answers(path)] == [["json.strict"], []]


# --- after a crash ----------------------------------------------------------------------------------------------


def broken_after(monkeypatch: pytest.MonkeyPatch, rows: int, error: BaseException) -> None:
    """Let the register stop working after this many rows."""
    left = rows

    def breaks(desk: Any, documents: list[bytes], at: Any) -> Any:
        nonlocal left
        if len(documents) > left:
            raise error
        left -= len(documents)
        return accept_each(desk, documents, at)

    monkeypatch.setattr(batch, "accept_each", breaks)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (IssuerError("status.full", "Full."), "status.full"),
        (KeysError("key.signer", "Gone."), "key.signer"),
        (KeyboardInterrupt(), "batch.interrupted"),
    ],
)
@pytest.mark.parametrize("at_once", [1, 3, 8])
def test_what_ends_it_early_is_told_with_how_far_it_came(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: str, at_once: int
) -> None:
    """Rows that share a transaction with one that cannot be answered are answered alone."""
    if isinstance(error, KeyboardInterrupt) and at_once > 3:
        pytest.skip("the first three rows are not done when it comes")
    path = batch_of(tmp_path, *map(record, range(4)))
    with monkeypatch.context() as patch:
        patch.setattr(batch, "AT_ONCE", at_once)
        broken_after(patch, 3, error)
        ran = home.certify("batch", str(path), "--json", at=AT)
        assert (ran.exit, ran.code) == (130 if code == "batch.interrupted" else 1, code)
        assert f"Of 4 rows 3 are answered in {outcome_of(path)}; run the same command again to go on." in ran.err
    said = run(home, path)
    assert (said["preflight"]["answeredBefore"], said["answers"]["issued"]) == (3, 4)
    assert [each["row"] for each in answers(path)] == [1, 2, 3, 4]


class BrokenError(Exception):
    """Stands for anything that can end a process."""


# For three rows at once: 6 renderings are signed and 6 files written, 3 rows each planned, issued and delivered.
STEPS: list[tuple[Any, str, int]] = [
    (issue, "secure", 4),
    (issue, "verify_each", 1),
    (awards, "set_plan", 2),
    (awards, "finish", 2),
    (awards, "deliver", 2),
    *((events, "append", call) for call in (3, 5)),
    *((durable, "_write", call) for call in (1, 4, 6)),
    (durable, "replace_all", 1),
    (outcomes.Outcomes, "add", 1),
]


@pytest.mark.parametrize(("owner", "name", "call"), STEPS, ids=[f"{step[1]}-{step[2]}" for step in STEPS])
def test_rows_that_were_begun_together_are_finished_once(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, call: int
) -> None:
    path, calls, function = batch_of(tmp_path, *map(record, range(3))), iter(range(1, 100)), getattr(owner, name)

    def broken(*given: Any, **named: Any) -> Any:
        if next(calls) == call:
            raise BrokenError
        return function(*given, **named)

    survey = rows.survey(path)
    with (
        monkeypatch.context() as patch,
        opened(home) as desk,
        outcomes.opened(outcome_of(path), survey, site=None) as kept,
    ):
        publish.ensure_published(desk, parse(AT))
        kept.begin()
        patch.setattr(owner, name, broken)
        with pytest.raises(BrokenError):
            batch.run(desk, path, survey, kept, key=b"k" * 32, now=lambda: parse(AT), progress=lambda *_: None)
    planned = dict(home.rows("SELECT result_id, public_id FROM award JOIN result ON result_seq = seq"))
    assert len(planned) == (0 if (name, call) in {("set_plan", 2), ("append", 3)} else 3)
    assert answers(path) == []
    run(home, path)
    given = {each["resultId"]: each["publicId"] for each in answers(path)}
    assert planned in ({}, given)
    assert len(home.rows("SELECT * FROM award")) == len(set(given.values())) == 3
    assert {str(at) for (at,) in home.rows("SELECT delivered_at FROM revision")} == {"2026-07-24T00:00:00.000000Z"}
    assert len(home.rows("SELECT * FROM event WHERE type = 'issued'")) == 3
    assert len(home.rows("SELECT * FROM status_index")) == 3
    assert all(home.verify(public_id, AT) for public_id in given.values())


def test_rows_of_one_person_that_are_answered_together_know_of_each_other(home: Home, tmp_path: Path) -> None:
    """The same again, another record of the same attempt, and a second pass: each judged after those before it."""
    again = record(1, resultId="res-2")
    second = record(1, resultId="res-3")
    second["attempt"] |= {"attemptId": "att-3"}
    path = batch_of(tmp_path, record(1), record(1), again, second)
    run(home, path, exit_status=1)
    given = answers(path)
    assert [each["outcome"] for each in given] == ["issued", "replayed", "refused", "refused"]
    assert given[0]["publicId"] == given[1]["publicId"]
    assert "result.conflict" in given[2]["codes"]
    assert "duplicate.active" in given[3]["codes"]


@pytest.mark.parametrize("kept", ["half of the last line", "the last line without its end", "half of the first line"])
def test_a_torn_last_line_is_dropped_and_its_row_comes_out_once(home: Home, tmp_path: Path, kept: str) -> None:
    path = batch_of(tmp_path, record(1), record(2))
    run(home, path)
    issued = [each["publicId"] for each in answers(path)]
    data = outcome_of(path).read_bytes()
    end = {"half of the last line": -40, "the last line without its end": -1, "half of the first line": 30}[kept]
    outcome_of(path).write_bytes(data[:end])
    run(home, path)
    given = answers(path)
    assert [each["publicId"] for each in given] == issued
    lost = 2 if kept == "half of the first line" else 1
    assert [each["first"] for each in given] == [None, None, "accepted", "accepted"][lost : lost + 2]
    assert len(home.rows("SELECT * FROM award")) == 2


def test_lines_that_were_lost_come_out_as_the_first_answers(home: Home, tmp_path: Path) -> None:
    path = batch_of(tmp_path, record(1), record(2), record(3, outcome="fail"))
    run(home, path, exit_status=1)
    issued = [each["publicId"] for each in answers(path)]
    outcome_of(path).unlink()
    run(home, path, exit_status=1)
    assert [each["publicId"] for each in answers(path)] == issued
    assert [each["outcome"] for each in answers(path)] == ["replayed", "replayed", "refused"]


def test_the_outcome_file_of_another_input_is_left_alone(home: Home, tmp_path: Path) -> None:
    path, other = batch_of(tmp_path, record(1)), batch_of(tmp_path, record(2), name="other.jsonl")
    run(home, path)
    before = outcome_of(path).read_bytes()
    assert home.fails("batch", str(other), "--outcome", str(outcome_of(path)), at=AT) == "batch.outcome-other"
    assert home.fails("batch", str(other), "--outcome", str(other), at=AT) == "batch.outcome-other"
    assert outcome_of(path).read_bytes() == before
    assert json.loads(other.read_bytes())["resultId"] == "res-2"
    run(home, other, "--outcome", str(tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "line",
    [b"{}", b"nonsense", b'{"row": 3, "outcome": "issued"}', b'{"row": 2, "outcome": "lost"}', b"x" * 70_000, b"[]"],
)
def test_a_damaged_outcome_file_is_not_guessed_at(home: Home, tmp_path: Path, line: bytes) -> None:
    path = batch_of(tmp_path, record(1), record(2), record(3))
    run(home, path)
    lines = outcome_of(path).read_bytes().splitlines(keepends=True)
    damaged = b"".join([*lines[:2], line + b"\n", *lines[3:]])
    outcome_of(path).write_bytes(damaged)
    assert home.fails("batch", str(path), at=AT) == "batch.outcome-damaged"
    assert outcome_of(path).read_bytes() == damaged


def test_two_at_once_do_not_share_an_outcome_file(home: Home, tmp_path: Path) -> None:
    path = batch_of(tmp_path, record(1))
    with outcome_of(path).open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert home.fails("batch", str(path), at=AT) == "batch.running"
    assert run(home, path)["answers"]["issued"] == 1


def test_an_input_that_changes_meanwhile_is_noticed(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = batch_of(tmp_path, record(1), record(2))

    def add(self: outcomes.Outcomes, answers: Any, _add: Any = outcomes.Outcomes.add) -> None:
        _add(self, answers)
        with path.open("ab") as file:
            file.write(b"\n")

    monkeypatch.setattr(outcomes.Outcomes, "add", add)
    assert home.fails("batch", str(path), at=AT) == "batch.changed"


def test_the_clock_is_asked_again_every_few_rows(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch may take longer than clocks may differ, and another process may act meanwhile."""
    clock = (parse(AT) + timedelta(minutes=minute) for minute in count(-1))  # opening asks, too
    monkeypatch.setattr(common, "time_of_act", lambda options, *, demo: next(clock))
    monkeypatch.setattr(batch, "AT_ONCE", 2)
    run(home, batch_of(tmp_path, *map(record, range(5))))
    times = [at for (at,) in home.rows("SELECT at FROM event WHERE type = 'issued' ORDER BY seq")]
    assert [time[11:16] for time in times] == ["00:01", "00:01", "00:03", "00:03", "00:05"], "and for the links"
