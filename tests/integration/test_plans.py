"""How the register finds what an issue asks for: never by reading a table that grows with the number of awards."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from issuer.register import transaction
from issuer.service import accept
from tests.kit import databases
from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, demo, opened
from verifier.format.timestamp import parse

# The newest event: its table is walked backwards, and left after one row. Versions of status lists come with each
# publication, not with each record, and the newest is asked for in their index. A dictionary comes with a new wording
# of the catalogue, a few in ten years.
# Each process looks once for the first list, which says who the issuer is.
WALKED = {
    *("SCAN event", "SCAN qr_dictionary", "Seq Scan on status_list"),
    "SCAN status_list USING COVERING INDEX sqlite_autoindex_status_list_1",
}
CONSTANT = ("COMPOUND QUERY", "SCAN CONSTANT ROW", "SCALAR SUBQUERY", "LEFT-MOST SUBQUERY", "USE TEMP B-TREE")
BOUNDED = ("SEARCH ", "UNION USING TEMP B-TREE", *CONSTANT)


def planned(connection: Connection, statement: str, parameters: Any) -> list[str]:
    """How the database would run a statement; how it begins a transaction is no such step."""
    if statement.startswith(("BEGIN", "SET ", "SHOW ")):
        return []
    if not databases.SERVER:
        return [step for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # which is right for the few rows of a test
    plan = connection.exec_driver_sql(f"EXPLAIN (COSTS off) {statement}", parameters).scalars()
    return [line.strip(" ->") for line in plan if "Seq Scan" in line]


def test_no_query_of_an_issue_reads_what_grows(tmp_path: Path) -> None:
    home, asked = demo(tmp_path / "home"), dict[str, Any]()

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _: Any, many: bool) -> None:
        asked[statement] = parameters[0] if many else parameters

    with opened(home) as desk:
        accept.accept(desk, (RESULTS / "aima-pass.json").read_bytes(), parse(AIMA_AT))
        event.listen(desk.engine, "before_cursor_execute", note)
        accept.accept(desk, (RESULTS / "caig-pass.json").read_bytes(), parse(CAIG_AT))
    with opened(home) as desk, transaction(desk.engine) as connection:
        steps = {step for statement, parameters in asked.items() for step in planned(connection, statement, parameters)}
    assert len(asked) > 25
    assert {step for step in steps if not step.startswith(BOUNDED)} <= WALKED
