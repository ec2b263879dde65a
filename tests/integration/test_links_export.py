"""Links of candidates for a mail merge, and in outcome files: to whom they are handed out, and to whom not."""

import csv
import io
import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from issuer.service import batches, batchwork, handout, links, mailmerge, servicekey
from issuer.service.access import Actor, Role
from issuer.service.handout import Sent
from tests.kit.home import RESULTS, Home, demo, opened
from tests.kit.results import record, record_of
from tests.kit.serving import recent, serving
from tests.kit.staff import bearer, employ, logged_in, tokens
from tests.kit.web import service
from verifier.format.timestamp import parse

AT = "2026-07-24T00:00:00Z"
LATER = "2026-07-24T01:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def person(number: int, **changes: Any) -> bytes:
    """A pass of AIMA by a person of their own."""
    own = {
        "resultId": f"res-{number}",
        "attempt__attemptId": f"att-{number}",
        "candidate__candidateId": f"cand-{number}",
        "candidate__email": f"N{number}@candidate.example",
        "candidate__displayName": f"Person {number}",
    }
    return record(**{**own, **changes})


def answered(home: Home, *records: bytes) -> list[dict[str, Any]]:
    path = home.path.parent / "batch.jsonl"
    path.write_bytes(b"".join(each + b"\n" for each in records))
    home.certify("batch", str(path), at=AT)
    lines = (home.path.parent / "batch.jsonl.outcome.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[1:]]


def export(home: Home, *options: str, at: str = LATER) -> tuple[dict[str, Any], list[dict[str, str]]]:
    path = home.path.parent / "links.csv"
    path.unlink(missing_ok=True)
    said = home.json("links", "export", *options, "--out", str(path), at=at)
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    return said, [*csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""))]


def status(home: Home, link: str, at: str = LATER) -> int:
    """What the page behind a link answers."""
    with service(home, at) as served:
        return int(served.get("/c/" + link.rpartition("/")[2]).status_code)


TIMES = {"started": 10, "completed": 20, "scored": 21}
FAIL = {
    "domains": [{"code": f"AIMA-D{n}", "questions": 5, "correct": 3} for n in (1, 2, 3)],
    "overall": {"rawScore": 9, "maxScore": 15, "passRaw": 11},
    "outcome": "fail",
}


def test_an_outcome_file_holds_the_link_of_who_was_decided_on(home: Home) -> None:
    later = {f"attempt__{name}At": f"2026-07-02T09:{minute}:00Z" for name, minute in TIMES.items()}
    same = {"candidate__candidateId": "cand-2", "candidate__email": "other@candidate.example", "attempt__number": 2}
    mismatch = person(5, **same, **later)
    conflict = person(1, outcome="fail")
    given = answered(
        home,
        person(1),
        person(2, **FAIL),
        person(3, assurance__integrity="under-review"),
        person(4, outcome="fail"),
        mismatch,
        person(1),
        conflict,
    )
    assert [each["codes"] for each in given][4] == ["candidate.mismatch"]
    assert [each["outcome"] for each in given] == ["issued", "failed", "held", "refused", "held", "replayed", "refused"]
    assert [bool(each["link"]) for each in given] == [True, True, False, False, False, True, False]
    assert given[0]["link"] == given[5]["link"]
    assert [status(home, given[place]["link"]) for place in (0, 1)] == [200, 200]
    assert {"row", "line", "resultId", "findings"} <= given[3].keys()
    assert (given[3]["resultId"], given[3]["line"], given[3]["findings"][0]["code"]) == ("res-4", 4, "outcome.mismatch")
    assert home.path.parent.joinpath("batch.jsonl.outcome.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_link_is_the_one_that_the_platform_was_told(home: Home) -> None:
    (given,) = answered(home, person(1))
    with opened(home) as desk, desk.writing(parse(LATER)) as connection:
        key = (home.path / "keys" / "service-key").read_bytes()
        (subject,) = [row[0] for row in home.rows("SELECT person_id FROM award")]
        assert given["link"].endswith("/c/" + links.current(connection, subject, key, parse(LATER)))


def test_all_links_are_exported_one_for_each_person(home: Home, tmp_path: Path) -> None:
    home.json("issue", str(RESULTS / "aima-pass.json"), at="2026-07-01T09:32:13Z")
    home.json("issue", str(RESULTS / "caig-pass.json"), at="2026-07-08T01:32:13Z")
    given = answered(home, person(1), person(2, **FAIL), person(3, candidate__email=None))
    said, rows = export(home, "--all")
    assert (said["links"], said["withoutAddress"]) == (3, 1)
    known = {row["email"]: row for row in rows}
    assert known.keys() == {"ada@candidate.example", "N1@candidate.example", ""}
    assert known["N1@candidate.example"]["link"] == given[0]["link"]
    assert [len(known[email]["publicIds"].split("; ")) for email in sorted(known)] == [1, 1, 2]
    assert known["ada@candidate.example"]["credentials"].count("; ") == 1
    assert all(status(home, row["link"]) == 200 for row in rows)
    again = export(home, "--all")[1]
    assert again == rows, "the same links again"
    kinds = [row[0] for row in home.rows("SELECT type FROM event")]
    assert kinds.count("links-exported") == 2


def test_who_was_erased_whose_link_was_ended_and_what_is_withdrawn_is_left_out(home: Home) -> None:
    given = answered(home, *map(person, range(1, 5)))
    export(home, "--all")
    home.json("erase", given[0]["publicId"], "--decision", "D", at=LATER)
    home.json("revoke", given[1]["publicId"], "--reason", "scoring-error", "--decision", "D", at=LATER)
    (subject,) = home.rows(f"SELECT person_id FROM award WHERE public_id = '{given[2]['publicId']}'")[0]  # noqa: S608 - our own id
    home.change(f"UPDATE secret SET ended_at = since WHERE kind = 'link' AND subject = '{subject}'")  # noqa: S608 - as above
    said, rows = export(home, "--all")
    assert said["leftOut"] == {"erased": 1, "withdrawn": 1, "unfinished": 0, "noLink": 1}
    assert [row["publicIds"] for row in rows] == [given[3]["publicId"]]
    assert status(home, given[2]["link"]) != 200, "and no new one was made"
    outcome = home.path.parent / "batch.jsonl"
    assert [row["publicIds"] for row in export(home, "--batch", str(outcome))[1]] == [given[3]["publicId"]]


def test_a_batch_is_named_by_its_file_or_its_outcome_file(home: Home, tmp_path: Path) -> None:
    home.json("issue", str(RESULTS / "aima-pass.json"), at="2026-07-01T09:32:13Z")
    given = answered(home, person(1), person(2, assurance__integrity="under-review"), person(3))
    for name in ("batch.jsonl", "batch.jsonl.outcome.jsonl"):
        rows = export(home, "--batch", str(tmp_path / name))[1]
        assert [row["link"] for row in rows] == [given[0]["link"], given[2]["link"]]
    other = tmp_path / "other.jsonl"
    other.write_text("{}\n", encoding="utf-8")
    assert (
        home.fails("links", "export", "--batch", str(other), "--out", str(tmp_path / "x.csv"), at=AT) == "links.batch"
    )
    with opened(home) as desk:
        waits = batches.take(desk, io.BytesIO(person(9) + b"\n"), "jsonl", Actor("issuer", Role.ISSUER), parse(AT))
    assert home.fails("links", "export", "--batch", waits.id, "--out", str(tmp_path / "x.csv"), at=AT) == "links.batch"
    assert (
        home.fails("links", "export", "--batch", "0" * 32, "--out", str(tmp_path / "x.csv"), at=AT) == "batch.unknown"
    )
    assert not (tmp_path / "x.csv").exists()


def test_what_a_compromise_has_issued_anew_is_exported(home: Home) -> None:
    given = answered(home, person(1), person(2), person(3))
    key = home.json("keys", "list")["keys"][0]["id"]
    spare = home.json("keys", "generate", at=LATER)["announced"]
    home.json("keys", "activate", spare, at="2026-07-25T02:00:00Z")
    home.json("revoke", given[2]["publicId"], "--reason", "scoring-error", "--decision", "D", at="2026-07-25T02:00:00Z")
    home.json("issue", "-", at="2026-07-25T02:00:00Z", stdin=person(4))
    home.json("keys", "compromise", key, "--yes", "--decision", "D", at="2026-07-25T03:00:00Z")
    at = "2026-07-25T04:00:00Z"
    out = ("--out", str(home.path.parent / "x.csv"))
    assert home.fails("links", "export", "--reissued", key, *out, at=at) == "links.none", "nothing is issued anew yet"
    home.certify("keys", "reissue", key, "--yes", "--decision", "D", at=at)
    rows = export(home, "--reissued", key, at=at)[1]
    assert {row["publicIds"] for row in rows} == {each["publicId"] for each in given[:2]}
    assert home.fails("links", "export", "--reissued", spare, *out, at=at) == "links.none"


def test_no_cell_is_a_formula_and_no_file_is_overwritten(home: Home, tmp_path: Path) -> None:
    names = ["=HYPERLINK(1)", "+1 A", "-1 A", "@A", "＝A"]
    answered(home, *(record_of(parse(AT), resultId=f"r{n}", attempt__attemptId=f"a{n}", candidate__candidateId=f"c{n}",
                               candidate__displayName=name) for n, name in enumerate(names)))  # fmt: skip
    said, rows = export(home, "--all")
    assert sorted(row["name"] for row in rows) == sorted(f"'{name}" for name in names)
    before = Path(said["file"]).read_bytes()
    assert home.fails("links", "export", "--all", "--out", said["file"], at=LATER) == "links.exists"
    assert Path(said["file"]).read_bytes() == before


def test_nothing_that_is_said_or_logged_is_a_link(home: Home, tmp_path: Path) -> None:
    secret = answered(home, person(1))[0]["link"].rpartition("/")[2]
    ran = home.certify("links", "export", "--all", "--out", str(tmp_path / "l.csv"), at=LATER)
    assert ran.exit == 0
    assert "secret" in ran.out
    assert secret not in ran.out + ran.err
    assert not [value for value in home.stored() if secret.encode() in value]


def test_links_are_exported_while_others_write(home: Home) -> None:
    """Transactions are short, so that both come to their turn."""
    answered(home, *map(person, range(1, 131)))
    failed: list[BaseException] = []

    def writes() -> None:
        try:
            for number in range(200, 215):
                home_two.json("issue", "-", at=LATER, stdin=person(number))
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    home_two = Home(home.path)
    steps: list[tuple[int, int]] = []
    with opened(home) as desk:
        thread = threading.Thread(target=writes)
        thread.start()
        key = (home.path / "keys" / "service-key").read_bytes()
        found = mailmerge.export(
            desk,
            mailmerge.everything,
            key=key,
            site="https://a.example",
            at=parse(LATER) + timedelta(seconds=1),
            progress=lambda done, total: steps.append((done, total)),
        )
        thread.join()
    assert failed == []
    assert len(found.rows) >= 130
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1] >= 130
    assert len(steps) > 2


# --- the service ------------------------------------------------------------------------------------------------


def test_who_may_issue_is_told_the_links_of_a_batch_and_nobody_else_is(home: Home) -> None:
    given = tokens(home, AT)
    employ(home, AT)
    with service(home, AT) as served, opened(home) as desk:
        body = b"".join(each + b"\n" for each in (person(1), person(2, assurance__integrity="under-review"), b"{}"))
        rows = {**bearer(given[Role.ISSUER]), "Content-Type": "application/jsonl"}
        sent = served.post("/api/batches", data=body, headers=rows).json
        batchwork.work(desk, lambda: served.clock.now)
        path = f"/api/batches/{sent['id']}/answers"
        told = served.get(path, headers=bearer(given[Role.ISSUER])).json["answers"]
        assert [bool(each["link"]) for each in told] == [True, False, False]
        assert served.get("/c/" + told[0]["link"].rpartition("/")[2]).status_code == 200
        kept = (home.path / "batches" / sent["id"] / "outcome.jsonl").read_text(encoding="utf-8")
        assert told[0]["link"].rpartition("/")[2] not in kept, "no link is at rest for 90 days"
        for role in (Role.AUDITOR, Role.REVIEWER):
            assert all("link" not in each for each in served.get(path, headers=bearer(given[role])).json["answers"])
        where = f"/console/batches/{sent['id']}"
        browser = logged_in(served, Role.ISSUER)
        browser.get(where)
        table = browser.post(f"{where}/links")
        assert (table.status_code, table.mimetype) == (200, "text/csv")
        assert told[0]["link"].rpartition("/")[2] in table.text
        assert "no-store" in table.headers["Cache-Control"]
        assert told[0]["link"].rpartition("/")[2] not in browser.get(f"{where}/answers.csv").text
        other = logged_in(served, Role.AUDITOR)
        other.get(where)
        assert other.post(f"{where}/links").status_code == 403
        assert f"{where}/links" not in other.get(where).text


def test_after_the_key_was_deleted_no_look_tells_a_link_that_opens_nothing(home: Home) -> None:
    """A look writes nothing, so a link that it made would be none."""
    answered(home, person(1))
    sent: Sent = (None, "res-1")
    (home.path / "keys" / "service-key").unlink()
    with opened(home) as desk:
        key, before = servicekey.of(desk), home.contents()
        assert handout.known_of_results(desk, [sent], key, parse(LATER)) == {}
        assert home.contents() == before
        token = handout.of_results(desk, [sent], key, parse(LATER))[sent]
        assert handout.known_of_results(desk, [sent], key, parse(LATER)) == {sent: token}
    assert status(home, token) == 200


@pytest.mark.slow
def test_links_are_exported_beside_a_running_service(tmp_path: Path) -> None:
    home = demo(tmp_path / "home")
    path = tmp_path / "batch.jsonl"
    path.write_bytes(b"".join(recent(number) + b"\n" for number in range(20)))
    with serving(home, workers=2) as server:
        ran = home.certify("batch", str(path), "--clock-is-right")
        assert ran.exit == 0, ran.err
        out = tmp_path / "l.csv"
        assert home.certify("links", "export", "--batch", str(path), "--out", str(out), "--clock-is-right").exit == 0
        rows = [*csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))]
        assert len(rows) == 20
        for row in rows[:3]:
            assert server.ask("GET", "/c/" + row["link"].rpartition("/")[2]).status == 200
