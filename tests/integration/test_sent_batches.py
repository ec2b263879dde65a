"""Batches that are sent to the service: API, console, the work in the background, and what is deleted when."""

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from issuer.errors import IssuerError
from issuer.service import batch, batches, batchwork
from issuer.service.access import Actor, Role
from tests.conftest import ROOT
from tests.integration.test_batch import AT, PERSONAL, record
from tests.kit.described import Described
from tests.kit.home import Home, demo, opened
from tests.kit.serving import recent, serving
from tests.kit.staff import Browser, bearer, employ, logged_in, tokens, words
from tests.kit.web import HOST, Service, service

ROWS = "application/jsonl"
ISSUER = Actor("issuer", Role.ISSUER)
UNKNOWN = f"{'0' * 32}-csv"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, AT) as running:
        yield running


@pytest.fixture
def token(home: Home, served: Service) -> str:
    return tokens(home, AT)[Role.ISSUER]


def lines(*records: dict[str, Any] | bytes) -> bytes:
    return b"".join((each if isinstance(each, bytes) else json.dumps(each).encode()) + b"\n" for each in records)


def send(served: Service, token: str, body: bytes, kind: str = ROWS, query: str = "") -> Any:
    return served.post(f"/api/batches{query}", data=body, headers=bearer(token), content_type=kind)


def got(served: Service, token: str, path: str) -> Any:
    answer = served.get(path, headers=bearer(token))
    assert answer.status_code == 200, answer.data
    return answer.json


def worked(home: Home, served: Service) -> None:
    with opened(home) as desk:
        batchwork.work(desk, served.clock)


def code(answer: Any, status: int) -> str:
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), answer.data
    return str(answer.json["code"])


# --- the API ----------------------------------------------------------------------------------------------------


def test_rows_are_answered_in_the_background(home: Home, served: Service, token: str) -> None:
    described = Described(served)
    body = lines(record(1), record(2), b"{", record(1))
    first = described.holds("POST", "/api/batches", send(served, token, body))
    assert (first.status_code, first.json["state"], first.json["rows"]) == (202, "looking", 4)
    where = first.headers["Location"]
    assert where == f"/api/batches/{first.json['id']}"
    assert home.rows("SELECT count(*) FROM result") == [(0,)], "nothing is answered before somebody works"
    worked(home, served)
    done = described.holds("GET", "/api/batches/{batchId}", served.get(where, headers=bearer(token))).json
    assert (done["state"], done["progress"], done["by"]) == ("done", 4, "t-issuer")
    assert done["answers"] == {"issued": 2, "failed": 0, "held": 0, "refused": 1, "replayed": 1}
    told = described.holds(
        "GET", "/api/batches/{batchId}/answers", served.get(f"{where}/answers", headers=bearer(token))
    ).json
    assert [each["outcome"] for each in told["answers"]] == ["issued", "issued", "refused", "replayed"]
    assert told["answers"][0]["publicId"] == told["answers"][3]["publicId"]
    assert got(served, token, f"{where}/answers?after=3")["answers"] == told["answers"][3:]
    assert got(served, token, f"{where}/answers?after=99") == {"answers": [], "more": False}
    assert described.holds("GET", "/api/batches", served.get("/api/batches", headers=bearer(token))).json == [done]
    assert home.rows("SELECT actor_role, subject FROM event WHERE type = 'batch-begun'")[0][0] == "issuer"


def test_the_same_rows_are_the_same_batch(home: Home, served: Service, token: str) -> None:
    body = lines(record(1))
    first = send(served, token, body).json
    worked(home, served)
    again = send(served, token, body).json
    assert (again["id"], again["state"]) == (first["id"], "done")
    assert send(served, token, lines(record(2))).json["id"] != first["id"]


def test_only_looked_at_until_somebody_says_so(home: Home, served: Service, token: str) -> None:
    described = Described(served)
    body = lines(record(1), record(2, outcome="fail"))
    sent = send(served, token, body, query="?begin=no").json
    worked(home, served)
    worked(home, served)
    ready = described.holds(
        "GET", "/api/batches/{batchId}", served.get(f"/api/batches/{sent['id']}", headers=bearer(token))
    )
    assert ready.json["state"] == "ready"
    assert (ready.json["preflight"]["issued"], ready.json["preflight"]["refused"]) == (1, 1)
    (problem,) = ready.json["preflight"]["problems"]
    assert (problem["row"], problem["outcome"], bool(problem["findings"])) == (2, "refused", True)
    assert home.rows("SELECT count(*) FROM result") == [(0,)]
    for _ in range(2):
        begun = served.post(f"/api/batches/{sent['id']}/begin", headers=bearer(token))
        assert described.holds("POST", "/api/batches/{batchId}/begin", begun).json["state"] == "answering"
    worked(home, served)
    assert got(served, token, f"/api/batches/{sent['id']}")["answers"]["issued"] == 1
    assert served.post(f"/api/batches/{sent['id']}/begin", headers=bearer(token)).json["state"] == "done"


def test_a_table_is_answered_too(home: Home, served: Service, token: str) -> None:
    body = (ROOT / "examples" / "batch" / "caig.csv").read_bytes()
    sent = send(served, token, body, "text/csv; charset=utf-8").json
    worked(home, served)
    assert got(served, token, f"/api/batches/{sent['id']}")["state"] == "done"


@pytest.mark.parametrize(
    ("body", "kind", "query", "status", "expected"),
    [
        (b"", ROWS, "", 422, "batch.empty"),
        (b"\n\n", ROWS, "", 422, "batch.no-rows"),
        ("é".encode("utf-16"), ROWS, "", 422, "batch.encoding"),
        (b'resultId\n"', "text/csv", "", 422, "batch.header-missing"),
        (b"{}", "application/json", "", 415, "request.media-type"),
        (b"{}", ROWS, "?begin=perhaps", 400, "request.query"),
    ],
)
def test_what_is_no_batch_is_refused_at_once(
    home: Home, served: Service, token: str, body: bytes, kind: str, query: str, status: int, expected: str
) -> None:
    answer = Described(served).holds("POST", "/api/batches", send(served, token, body, kind, query))
    assert code(answer, status) == expected
    assert not [*(home.path / "batches").glob("*")]
    assert not [*(home.path / "batches").glob(".*")]


def test_too_large_too_many_and_unknown(home: Home, served: Service, token: str) -> None:
    with mock.patch.object(batches, "MAX_BYTES", 3 << 20):
        fits = send(served, token, b" " * ((3 << 20) - 8) + b"\n{}")
        assert fits.status_code == 202, "more than any other body of the service"
        assert code(send(served, token, b" " * (3 << 20) + b"\n{}"), 413) == "request.too-large"
    with mock.patch.object(batches, "MAX_OPEN", 2):
        assert send(served, token, lines(record(1))).status_code == 202
        assert code(send(served, token, lines(record(2))), 409) == "batch.many"
        assert send(served, token, lines(record(1))).status_code == 202, "one that is there takes no place"
    for path in (UNKNOWN, "..", "x" * 32, f"{UNKNOWN}/answers"):
        assert served.get(f"/api/batches/{path}", headers=bearer(token)).status_code == 404
    assert code(served.post(f"/api/batches/{UNKNOWN}/begin", headers=bearer(token)), 404) == "batch.unknown"
    assert code(served.get(f"/api/batches/{UNKNOWN}/answers?after=x", headers=bearer(token)), 400) == "request.query"


def test_two_kinds_of_credential_stop_it(home: Home, served: Service, token: str) -> None:
    caig = json.loads((ROOT / "examples" / "results" / "caig-pass.json").read_bytes())
    sent = send(served, token, lines(record(1), caig)).json
    worked(home, served)
    stopped = got(served, token, f"/api/batches/{sent['id']}")
    assert (stopped["state"], stopped["problem"]["code"]) == ("stopped", "batch.mixed")
    assert home.rows("SELECT count(*) FROM result") == [(0,)]
    discarded = served.post(f"/api/batches/{sent['id']}/discard", headers=bearer(token))
    Described(served).holds("POST", "/api/batches/{batchId}/discard", discarded)
    assert got(served, token, "/api/batches") == []


# --- the work ---------------------------------------------------------------------------------------------------


def test_personal_data_is_gone_when_all_is_answered(home: Home, served: Service, token: str) -> None:
    sent = send(served, token, lines(record(1), record(2, outcome="fail"))).json
    folder = home.path / "batches" / sent["id"]
    assert b"candidate.example" in (folder / "rows.jsonl").read_bytes()
    assert (folder.stat().st_mode & 0o777, (folder / "rows.jsonl").stat().st_mode & 0o777) == (0o700, 0o600)
    worked(home, served)
    left = b"".join(path.read_bytes() for path in folder.iterdir())
    assert not [name for name in PERSONAL if name.encode() in left]
    assert sorted(path.name for path in folder.iterdir()) == ["batch.json", "begun.json", "done.json", "outcome.jsonl"]


def test_a_crash_at_the_end_leaves_no_rows(home: Home, served: Service, token: str) -> None:
    sent = send(served, token, lines(record(1))).json
    folder = home.path / "batches" / sent["id"]
    kept = (folder / "rows.jsonl").read_bytes()
    worked(home, served)
    (folder / "rows.jsonl").write_bytes(kept)
    worked(home, served)
    assert not (folder / "rows.jsonl").exists()


def test_what_has_had_its_time_is_deleted(home: Home, served: Service, token: str) -> None:
    waits = send(served, token, lines(record(1)), query="?begin=no").json["id"]
    done = send(served, token, lines(record(2))).json["id"]
    worked(home, served)
    served.clock.now += batchwork.WAITING
    worked(home, served)
    assert {each["id"] for each in got(served, token, "/api/batches")} == {waits, done}
    served.clock.now += timedelta(seconds=1)
    worked(home, served)
    assert [each["id"] for each in got(served, token, "/api/batches")] == [done]
    served.clock.now += batchwork.KEPT
    worked(home, served)
    assert not [*(home.path / "batches").iterdir()]


def test_what_a_killed_upload_left_is_swept(home: Home, served: Service, token: str) -> None:
    send(served, token, lines(record(1)))
    left = home.path / "batches" / ".0123456789abcdef"
    left.mkdir()
    stamp = served.clock.now.timestamp()
    os.utime(left, (stamp, stamp))
    worked(home, served)
    assert left.exists(), "somebody may be sending it"
    served.clock.now += timedelta(hours=1, seconds=1)
    worked(home, served)
    assert not left.exists()


@pytest.mark.parametrize("error", [IssuerError("key.none-active", "No key."), OSError(28, "No space left")])
def test_what_stops_it_is_told_and_it_goes_on(home: Home, served: Service, token: str, error: Exception) -> None:
    sent = send(served, token, lines(*(record(number) for number in range(3)))).json
    with mock.patch.object(batch, "accept_each", side_effect=error):
        worked(home, served)
    path = f"/api/batches/{sent['id']}"
    stopped = got(served, token, path)
    expected = error.code if isinstance(error, IssuerError) else "disk"
    assert (stopped["state"], stopped["problem"]["code"]) == ("stopped", expected)
    worked(home, served)
    assert got(served, token, path)["state"] == "stopped", "it waits for somebody"
    assert served.post(f"{path}/begin", headers=bearer(token)).json["state"] == "answering"
    worked(home, served)
    done = got(served, token, path)
    assert (done["state"], done["problem"]) == ("done", None)
    assert home.rows("SELECT count(*) FROM award") == [(3,)]


def test_one_works_on_it_and_nobody_discards_it_then(home: Home, served: Service, token: str) -> None:
    sent = send(served, token, lines(record(1))).json
    with opened(home) as desk, batches.alone(batches.find(desk, sent["id"])) as mine:
        assert mine
        worked(home, served)
        assert got(served, token, f"/api/batches/{sent['id']}")["state"] == "looking", "somebody else has it"
        answer = served.post(f"/api/batches/{sent['id']}/discard", headers=bearer(token))
        assert code(answer, 409) == "batch.running"
    worked(home, served)
    assert got(served, token, f"/api/batches/{sent['id']}")["state"] == "done"


def test_a_batch_that_goes_meanwhile_is_nobodys(home: Home, served: Service, token: str) -> None:
    send(served, token, lines(record(1)))
    with opened(home) as desk:
        (found,) = batches.every(desk)
        shutil.rmtree(found.folder)
        with batches.alone(found) as mine:
            assert not mine
        assert batches.every(desk) == []
        with pytest.raises(IssuerError, match="no batch"):
            batches.find(desk, found.id)


# --- the console ------------------------------------------------------------------------------------------------


def upload(browser: Browser, name: str, body: bytes) -> Any:
    """As a browser sends it; the client of the tests would leave a file open."""
    parts = (f'name="csrf"\r\n\r\n{browser.token}'.encode(), f'name="file"; filename="{name}"\r\n\r\n'.encode() + body)
    data = b"".join(b"--x\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--x--\r\n"
    return browser.client.post(
        "/console/batches", base_url=HOST, data=data, content_type="multipart/form-data; boundary=x"
    )


def test_a_walk_through_the_console(home: Home, served: Service) -> None:
    employ(home, AT)
    browser = logged_in(served, Role.ISSUER)
    browser.get("/console/batches")
    answer = upload(browser, "June.JSONL", lines(record(1), record(2), record(3, outcome="<b>")))
    assert answer.status_code == 303
    where = answer.headers["Location"]
    page = browser.get(where)
    assert page.headers["Refresh"] == "2"
    assert "0 of 3 rows" in words(page)
    assert "Refresh" not in browser.get(where.partition("?")[0]).headers
    worked(home, served)
    page = browser.get(where)
    assert "Refresh" not in page.headers
    assert "would be refused or held" in words(page)
    assert "&lt;b&gt;" in page.text or "<code>" in page.text
    assert "<b>" not in page.text
    answer = browser.post(f"{where.partition('?')[0]}/begin")
    assert answer.status_code == 303
    worked(home, served)
    page = browser.get(where)
    assert re.search(r"issued\s*2", words(page))
    table = browser.get(f"{where.partition('?')[0]}/answers.csv")
    assert (table.mimetype, len(table.text.splitlines())) == ("text/csv", 4)
    assert browser.post(f"{where.partition('?')[0]}/discard").headers["Location"] == "/console/batches"
    assert "There is no batch" in words(browser.get("/console/batches"))


def test_only_who_may_issue_may_send_much(home: Home, served: Service) -> None:
    employ(home, AT)
    much = lines(record(1)) + b"\n" * (2 << 20)
    browser = logged_in(served, Role.ISSUER)
    browser.get("/console/batches")
    assert upload(browser, "a.jsonl", much).status_code == 303
    for other in (logged_in(served, Role.AUDITOR), Browser(served)):
        other.get("/console/batches")
        assert upload(other, "a.jsonl", much).status_code == 413
    for name in ("a.txt", "jsonl", ""):
        assert upload(browser, name, much).status_code == 400


# --- the real server --------------------------------------------------------------------------------------------


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    home = demo(tmp_path / "home")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    given = bearer(tokens(home, now)[Role.ISSUER])
    rows = 60
    with serving(home, workers=2) as server:
        body = b"".join(recent(number) + b"\n" for number in range(rows))
        sent = server.ask("POST", "/api/batches", body, {**given, "Content-Type": ROWS})
        path = f"/api/batches/{sent.value['id']}"
        for place in range(4):
            until(lambda: bool(server.workers()))
            time.sleep(0.7)
            server.kill_one(place)
        until(lambda: server.ask("GET", path, headers=given).status == 200)
        until(lambda: server.ask("GET", path, headers=given).value["state"] == "done")
        told = server.ask("GET", f"{path}/answers", headers=given).value["answers"]
    assert [each["row"] for each in told] == [*range(1, rows + 1)]
    assert home.rows("SELECT count(*), count(DISTINCT public_id) FROM award") == [(rows, rows)]
