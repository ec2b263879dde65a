"""The console: who gets in, what a form must carry, what each act does, and what is never let out."""

import csv
import html
import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from issuer.register import access as secrets_table
from issuer.service import access, requests
from issuer.service.access import Role
from issuer.service.desk import Desk
from issuer.web import acts, create_app, sessions
from issuer.web.roles import CONSOLE, ON_ONE
from issuer.words.tables import as_csv
from tests.integration.test_lifecycle import ACT_AT, CAIG, DUE
from tests.integration.test_staff_api import BODIES, HELD_AT, OPTIONS, ready, state
from tests.kit.candidate import link
from tests.kit.candidate import secret as bearing
from tests.kit.home import AIMA_AT, CAIG_AT, CREATED, RESULTS, Home, demo, opened
from tests.kit.staff import PASSWORD, Browser, bearer, employ, logged_in, words
from tests.kit.web import HOST, Service, service
from verifier.format.timestamp import parse

HOSTILE = "<script>alert(1)</script>\"'&{{1234*5678}}"
UNKNOWN = {
    "public_id": "AIMA-2026-00000000",
    "int:number": "1",
    "name": "file",
    "batch_id": "none",
    "credential": "AIMX",
    "separator": "comma",
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An issuer with staff, a credential and a held record, for tests that change none of them."""
    home = demo(tmp_path_factory.mktemp("plain") / "home")
    home.issue(at=AIMA_AT)
    employ(home, AIMA_AT)
    home.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)
    return home


@pytest.fixture
def looked(plain: Home) -> Iterator[Service]:
    with service(plain, HELD_AT) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    employ(made, CREATED)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, ACT_AT) as running:
        yield running


def the_id(home: Home) -> str:
    return str(home.rows("SELECT public_id FROM award ORDER BY awarded")[0][0])


def code(answer: Any, status: int) -> str:
    assert (answer.status_code, answer.mimetype) == (status, "text/html"), answer.data
    found = re.search(r"<code>([a-z.-]+)</code>", answer.text)
    assert found, answer.text
    return found[1]


# --- sessions -----------------------------------------------------------------------------------------------------


def test_every_page_with_every_role(looked: Service, plain: Home) -> None:
    browsers = {role: logged_in(looked, role) for role in Role}
    for (method, rule), roles in CONSOLE.items():
        path = rule
        for name, value in UNKNOWN.items():
            path = path.replace(f"<{name}>", value)
        if rule == "/console/logout":
            continue
        for role, browser in browsers.items():
            answer = browser.get(path) if method == "GET" else browser.post(path)
            refused = answer.status_code == 403 and code(answer, 403) == "access.role"
            assert refused == (role not in roles), (method, rule, role)
            assert answer.status_code != 500
        nobody = Browser(looked)
        if method == "GET":
            answer = nobody.get(path)
            assert (answer.status_code, answer.headers["Location"]) == (303, f"/console/login?next={path}")
        else:
            assert code(nobody.post(path), 403) == "request.form"


def test_the_cookie_and_its_secret(looked: Service, plain: Home) -> None:
    browser = Browser(looked)
    first = browser.get("/console/login").headers["Set-Cookie"]
    assert "Secure" not in first
    before = browser.cookie()
    answer = browser.log_in("issuer")
    given = answer.headers["Set-Cookie"]
    assert given.startswith("certify=")
    assert {"HttpOnly", "Path=/", "SameSite=Strict"} <= {part.strip() for part in given.split(";")}
    assert browser.cookie() != before, "a secret that was known before the login opens nothing"
    stored = json.dumps([[*map(str, row)] for row in plain.rows("SELECT * FROM secret")])
    assert browser.cookie() not in stored
    assert secrets_table.digest(browser.cookie()) in stored


def test_with_https_the_cookie_is_bound_to_this_host(plain: Home) -> None:
    with opened(plain) as desk:
        client = create_app(desk, lambda: parse(HELD_AT)).test_client()
        given = client.get("/console/login", base_url="https://localhost").headers["Set-Cookie"]
    assert given.startswith("__Host-certify=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= {part.strip() for part in given.split(";")}
    assert "Domain" not in given


def test_a_session_ends_after_eight_hours_and_with_the_logout(looked: Service) -> None:
    browser = logged_in(looked, Role.AUDITOR)
    looked.clock.now += timedelta(hours=8, seconds=-1)
    assert browser.get("/console/keys").status_code == 200
    looked.clock.now += timedelta(seconds=1)
    assert browser.get("/console/keys").status_code == 303
    again = logged_in(looked, Role.AUDITOR)
    kept = again.cookie()
    assert again.post("/console/logout").status_code == 303
    assert again.cookie() == ""
    again.client.set_cookie("certify", kept)
    assert again.get("/console/keys").status_code == 303, "the server forgot it too"


def test_whoever_was_let_go_is_out(home: Home, served: Service) -> None:
    browser = logged_in(served, Role.ISSUER)
    home.json("staff", "end", "issuer", at=ACT_AT)
    assert browser.get("/console").status_code == 303
    assert browser.log_in("issuer").status_code == 403


def test_guessing_is_slowed_and_told_nothing(home: Home, served: Service) -> None:
    answers = [Browser(served).log_in("issuer", "wrong") for _ in range(6)]
    answers += [Browser(served).log_in("issuer"), Browser(served).log_in("nobody", "wrong")]
    assert {answer.status_code for answer in answers} == {403}
    assert len({re.sub(r"[0-9a-f]{64}", "", answer.text) for answer in answers}) == 1
    served.clock.now += timedelta(minutes=15)
    assert Browser(served).log_in("issuer").status_code == 303


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/console/log", "/console/log"),
        ("/console/credentials/AIMA-2026-7K3Q9FW8", "/console/credentials/AIMA-2026-7K3Q9FW8"),
        ("https://evil.example/", "/console"),
        ("//evil.example/console", "/console"),
        ("/console//evil.example", "/console"),
        ("/console/../api/log", "/console"),
        ("/console\\@evil.example", "/console"),
        ("/console@evil.example", "/console"),
        ("/console/x?y=http://evil.example", "/console"),
        ("/console/a\r\nX: y", "/console"),
        ("javascript:alert(1)", "/console"),
        ("", "/console"),
    ],
)
def test_the_login_leads_nowhere_else(looked: Service, asked: str, led: str) -> None:
    answer = Browser(looked).log_in("auditor", next=asked)
    assert (answer.status_code, answer.headers.get("Location")) == (303, led), answer.text
    assert sessions.own_path(asked) == led


def test_a_form_is_taken_from_its_own_session_alone(looked: Service) -> None:
    mine, theirs = logged_in(looked, Role.AUDITOR), logged_in(looked, Role.AUDITOR)
    assert mine.token != theirs.token
    anonymous = Browser(looked)
    anonymous.get("/console/login")
    for wrong in ("", "x", "é", theirs.token, anonymous.token, mine.token[:-1]):
        assert code(mine.post("/console/search", token=wrong, term="x"), 403) == "request.form"
        mine.get("/console")
    crossed = mine.post("/console/search", headers={"Sec-Fetch-Site": "cross-site"}, term="x")
    assert code(crossed, 403) == "request.form"
    assert mine.post("/console/search", headers={"Sec-Fetch-Site": "same-origin"}, term="x").status_code == 200
    stranger = Browser(looked)
    assert code(stranger.post("/console/login", name="auditor", password=PASSWORD), 403) == "request.form"


def test_a_token_opens_no_page_and_a_session_no_api(looked: Service, plain: Home) -> None:
    with opened(plain) as desk:
        token = access.new_token(desk, "program", Role.ISSUER, parse(HELD_AT), timedelta(days=1))
    browser = logged_in(looked, Role.ISSUER)
    assert looked.get("/console", headers=bearer(token)).status_code == 303
    stolen = Browser(looked)
    stolen.client.set_cookie("certify", token)
    assert stolen.get("/console").status_code == 303
    assert browser.client.get("/api/keys", base_url=HOST).status_code == 401
    assert looked.get("/api/keys", headers=bearer(browser.cookie())).status_code == 401


# --- looking ------------------------------------------------------------------------------------------------------


def test_every_page_reads_well(looked: Service, plain: Home) -> None:
    browser = logged_in(looked, Role.REVIEWER)
    public_id = the_id(plain)
    person = plain.json("show", public_id, at=HELD_AT)["person"]
    pages = ("", "/search", "/holds", "/holds/record?id=res_demo_0006", "/reviews", "/keys", "/log", "/reports")
    held = plain.rows("SELECT result_id FROM result WHERE state = 'held'")[0][0]
    for page in (*pages, f"/credentials/{public_id}", f"/persons/{person}", f"/holds/record?id={held}"):
        answer = browser.get(f"/console{page}")
        if answer.status_code == 404 and "record" in page:
            continue
        assert answer.status_code == 200, page
        text = answer.text
        assert text.count("<h1>") == 1, page
        assert "DEMO" in text
        assert "<script" not in text
        assert " style=" not in text
        assert not re.search(r"\son[a-z]+=", text)
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), page
        labels = set(re.findall(r'<label for="([^"]+)"', text))
        fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", text)
        for field in (each for each in fields if 'type="hidden"' not in each):
            found = re.search(r'\bid="([^"]+)"', field)
            assert found, field
            assert found[1] in labels, field
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_waits(looked: Service) -> None:
    text = words(logged_in(looked, Role.AUDITOR).get("/console"))
    assert "Held records (1)" in text
    assert "integrity.hold" in text
    assert "to be signed again" in text


@pytest.mark.parametrize("term", ["id", "person", "candidate", "email", "name"])
def test_somebody_is_found_by_whatever_is_known(looked: Service, plain: Home, term: str) -> None:
    public_id, candidate = the_id(plain), json.loads((RESULTS / "aima-pass.json").read_bytes())["candidate"]
    terms = {
        "id": public_id.lower(),
        "person": plain.json("show", public_id, at=HELD_AT)["person"],
        "candidate": candidate["candidateId"],
        "email": candidate["email"].upper(),
        "name": candidate["displayName"][:6].upper(),
    }
    answer = logged_in(looked, Role.AUDITOR).post("/console/search", term=terms[term])
    assert public_id in answer.text
    assert candidate["displayName"] in html.unescape(answer.text)
    nobody = logged_in(looked, Role.AUDITOR).post("/console/search", term="no such person")
    assert "0 found" in nobody.text


def test_the_bounds_of_a_search_are_told(looked: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = logged_in(looked, Role.AUDITOR)
    assert "2 found" in browser.post("/console/search", term="example").text
    assert "names were not read" not in browser.post("/console/search", term="example").text
    monkeypatch.setattr("issuer.service.search.SCANNED", 1)
    assert "names were not read" in browser.post("/console/search", term="example").text
    monkeypatch.setattr("issuer.service.search.MAX_FOUND", 1)
    monkeypatch.setattr("issuer.service.search.SCANNED", 10)
    assert "ask more closely" in browser.post("/console/search", term="example").text
    assert "0 found" in browser.post("/console/search", term="e").text
    assert "0 found" in browser.post("/console/search", term=" ").text


def test_a_null_is_malformed(looked: Service) -> None:
    browser = logged_in(looked, Role.AUDITOR)
    for path in ("/console/credentials/%00", "/console/log?id=%00", "/console/log?type=x%00"):
        assert code(browser.get(path), 400) == "request.malformed"
    assert code(browser.post("/console/search", term="a\0"), 400) == "request.malformed"
    assert looked.get("/api/certify/verify?id=%00").json["code"] == "request.malformed"


def test_files_are_what_was_stored(looked: Service, plain: Home) -> None:
    browser, public_id = logged_in(looked, Role.AUDITOR), the_id(plain)
    for name, suffix in (("file", ".json"), ("compact", ".compact.json"), ("jwt", ".jwt")):
        answer = browser.get(f"/console/credentials/{public_id}/files/1/{name}")
        assert answer.data == plain.file(public_id, suffix).read_bytes()
        assert answer.headers["Content-Disposition"].startswith("attachment")
    for other in ("1/other", "2/file", "1/..%2f..%2fcertify.toml"):
        assert browser.get(f"/console/credentials/{public_id}/files/{other}").status_code == 404


def test_the_log_is_verified_filtered_and_paged(home: Home, served: Service) -> None:
    public_id = home.issue(at=AIMA_AT)
    browser = logged_in(served, Role.AUDITOR)
    page = browser.get("/console/log")
    assert "The chain holds" in page.text
    assert "issuer-created" in page.text
    only = words(browser.get(f"/console/log?id={public_id}&type=issued"))
    assert "1 events" in only
    for number in ("0", "-1", "x", "9" * 30, "999999"):
        assert browser.get(f"/console/log?page={number}").status_code == 200
    with opened(home) as desk:
        _damage(desk)
    assert "The chain is broken" in browser.get("/console/log").text


def _damage(desk: Desk) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE event SET decision_ref = 'forged' WHERE seq = 1")


# --- acting -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", BODIES)
def test_an_act_does_what_it_does_at_the_terminal(home: Home, served: Service, act: str, tmp_path: Path) -> None:
    public_id = ready(home, act)
    browser = logged_in(served, next(iter(ON_ONE[act])))
    path = f"/console/credentials/{public_id}"
    page = browser.get(path)
    assert f'action="{path}/{act}"' in page.text
    fields = {**BODIES[act], "decision": "DEC-9"}
    fields |= {"due": DUE[:10]} if "due" in fields else {}
    fields |= {"wholePerson": "yes"} if "wholePerson" in fields else {}
    answer = browser.post(f"{path}/{act}", **fields)
    if acts.OFFERS[act].final:
        assert "This cannot be taken back" in answer.text
        assert home.rows("SELECT count(*) FROM event WHERE decision_ref LIKE 'DEC-9%'") == [(0,)]
        answer = browser.post(f"{path}/{act}", confirmed="yes", **fields)
    assert answer.status_code == 200
    assert acts.OFFERS[act].done in answer.text
    other = demo(tmp_path / "other")
    same = ready(other, act)
    name, *options = OPTIONS[act]
    options = [f"{DUE[:10]}T23:59:59Z" if each == DUE else each for each in options]
    if act == "review-close":
        other.json(name, *options, same, "--decision", "DEC-9", at=ACT_AT)
    else:
        other.json(name, same, *options, "--decision", "DEC-9", at=ACT_AT)
    assert state(home, public_id) == state(other, same)
    again = browser.post(f"{path}/{act}", confirmed="yes", **fields)
    assert again.status_code == (200 if act == "forget-contact" else 409)
    if act not in {"forget-contact", "supersede"}:  # the same name twice is refused by supersede, not by the state
        assert f'action="{path}/{act}"' not in browser.get(path).text


def test_what_is_not_possible_says_why(looked: Service, plain: Home) -> None:
    public_id = the_id(plain)
    text = words(logged_in(looked, Role.REVIEWER).get(f"/console/credentials/{public_id}"))
    assert "Suspend : " in text
    assert "has no entry on a suspension list" in text
    assert "Withdraw : This is for the role issuer." in text
    assert f"{public_id} is not suspended." in text


def test_a_decision_needs_its_reference(home: Home, served: Service) -> None:
    public_id = ready(home, "revoke")
    path = f"/console/credentials/{public_id}/revoke"
    browser = logged_in(served, Role.ISSUER)
    for reference in ("", " ", "x" * 201, "a\u0007"):
        assert code(browser.post(path, reason="scoring-error", decision=reference), 422) == "decision.reference"
    assert code(browser.post(path, reason="x", decision="D", confirmed="yes"), 422) == "reason.unknown"
    reviewer = logged_in(served, Role.REVIEWER)
    late = reviewer.post(path.replace("revoke", "suspend"), reason="integrity-review", decision="D", due="soon")
    assert code(late, 400) == "request.body"
    assert home.json("show", public_id, at=ACT_AT)["state"] == "valid"


def test_one_record_is_issued(home: Home, served: Service) -> None:
    served.clock.set(AIMA_AT)
    browser = logged_in(served, Role.ISSUER)
    data = (RESULTS / "aima-pass.json").read_bytes()
    refused = browser.post("/console/issue", record=data.decode().replace('"pass"', '"fail"'))
    assert (refused.status_code, "outcome.mismatch" in refused.text) == (422, True)
    assert browser.post("/console/issue", record="{").status_code == 422
    pasted = browser.post("/console/issue", record=data.decode().replace("\n", "\r\n"))
    assert (pasted.status_code, the_id(home) in pasted.text) == (200, True)
    uploaded = browser.post("/console/issue", file=(io.BytesIO(data), "record.json"))
    assert "replayed" in uploaded.text
    assert len(home.rows("SELECT * FROM award")) == 1


@pytest.mark.parametrize(("act", "outcome"), [("release", "issued"), ("refuse", "refused")])
def test_a_held_record_is_decided(home: Home, served: Service, act: str, outcome: str) -> None:
    served.clock.set(HELD_AT)
    home.issue(at=AIMA_AT)
    held = home.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)["resultId"]
    browser = logged_in(served, Role.REVIEWER)
    assert held in browser.get(f"/console/holds/record?id={held}").text
    answer = browser.post(f"/console/holds/{act}", id=held, decision="DEC-9")
    assert (answer.status_code, f"<strong>{outcome}</strong>" in answer.text) == (200, True)
    assert home.rows("SELECT decided_by FROM decision WHERE reference = 'DEC-9 / reviewer'") == [("reviewer",)]
    assert code(browser.post(f"/console/holds/{act}", id=held, decision="DEC-9"), 404) == "hold.unknown"


def test_persons_are_put_right(home: Home, served: Service) -> None:
    home.issue(at=AIMA_AT)
    served.clock.set(HELD_AT)
    home.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)
    key, other = (row[0] for row in home.rows("SELECT id FROM person ORDER BY since"))
    browser = logged_in(served, Role.REVIEWER)
    path = f"/console/persons/{key}"
    assert browser.post(f"{path}/add-email", email="second@example.org", decision="D").status_code == 303
    assert "second@example.org" in browser.get(path).text
    assert "cannot be taken back" in browser.post(f"{path}/merge", other=other, decision="D").text
    assert browser.post(f"{path}/merge", other=other, decision="D", confirmed="yes").status_code == 303
    shown = home.json("person", "show", key)
    assert len(shown["candidates"]) == 2
    candidate = shown["candidates"][1]
    split = browser.post(
        f"{path}/split", platform=candidate["platform"], candidate=candidate["candidateId"], decision="D"
    )
    assert split.status_code == 303
    assert len(home.json("person", "show", key)["candidates"]) == 1
    assert code(browser.post(f"{path}/add-email", email="none", decision="D"), 409) == "person.email"
    assert code(browser.get("/console/persons/nobody"), 404) == "person.unknown"


# --- what is never let out ----------------------------------------------------------------------------------------


def test_hostile_names_are_text(home: Home, served: Service) -> None:
    served.clock.set(AIMA_AT)
    value = json.loads((RESULTS / "aima-pass.json").read_bytes())
    value["candidate"] |= {"displayName": HOSTILE, "candidateId": "<b>{{1}}"}
    browser = logged_in(served, Role.ISSUER)
    assert browser.post("/console/issue", record=json.dumps(value)).status_code == 200
    public_id = the_id(home)
    key = home.json("show", public_id, at=AIMA_AT)["person"]
    pages = [browser.get(f"/console/{path}").text for path in (f"credentials/{public_id}", f"persons/{key}")]
    pages.append(browser.post("/console/search", term="<script>").text)
    pages.append(browser.post("/console/search", term="{{1234*5678}}\u202e\"'>").text)
    pages.append(browser.get(f"/console/log?id={public_id}&type=%3Cscript%3E").text)
    pages.append(browser.get("/console/credentials/%3Cscript%3E").text)
    for text in pages:
        assert "<script" not in text
        assert "<b>{{" not in text
        assert "7006652" not in text
    assert "&lt;script&gt;alert(1)" in pages[0]


def test_no_cell_is_a_formula() -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "plain", 'with "quotes"', "a,b", "a=b"]
    text = as_csv(["head"] * len(cells), [cells])
    (_, row) = csv.reader(io.StringIO(text, newline=""))
    assert row == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "plain", 'with "quotes"', "a,b", "a=b"]
    assert text.count("\r\n") == 2
    assert text.startswith('"head",')


def test_the_exports_name_nobody(home: Home, served: Service) -> None:
    public_id = ready(home, "suspend")
    home.json("suspend", public_id, "--reason", "integrity-review", "--due", DUE, "--decision", "D", at=CAIG_AT)
    home.json("revoke", public_id, "--reason", "scoring-error", "--decision", "D", at=ACT_AT)
    with opened(home) as desk, desk.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE award SET withdrawn_reason = '=cmd()' WHERE withdrawn_reason IS NOT NULL")
    browser = logged_in(served, Role.AUDITOR)
    answer = browser.get("/console/reports/credentials.csv")
    assert answer.mimetype == "text/csv"
    head, aima, caig = csv.reader(io.StringIO(answer.text))
    assert head == ["public_id", "credential", "state", "awarded", "valid_until", "withdrawn", "reason"]
    assert (aima[1:3], aima[5:]) == (["AIMA", "valid"], ["", ""])
    assert caig[0] == public_id
    assert (caig[2], caig[5], caig[6]) == ("withdrawn", ACT_AT, "'=cmd()")
    shown = [home.json("show", row[0], at=ACT_AT)["state"] for row in (aima, caig)]
    assert shown == [aima[2], caig[2]]
    for record in ("aima-pass.json", CAIG):
        candidate = json.loads((RESULTS / record).read_bytes())["candidate"]
        assert candidate["displayName"] not in answer.text
    rows = [tuple(row) for row in csv.reader(io.StringIO(browser.get("/console/reports/counts.csv").text))]
    assert ("2026", "AIMA", "issued", "", "1") in rows
    assert ("2026", "CAIG", "withdrawn", "'=cmd()", "1") in rows
    assert ("2026", "CAIG", "suspended", "", "1") in rows


def test_the_counts_of_a_year(home: Home, served: Service) -> None:
    home.issue(at=AIMA_AT)
    refused = (
        (RESULTS / "aima-pass.json").read_bytes().replace(b"res_demo_0001", b"res_x").replace(b'"pass"', b'"fail"')
    )
    home.certify("issue", "-", stdin=refused.replace(b"att_", b"btt_"), at=AIMA_AT)
    held = home.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)["resultId"]
    served.clock.set(HELD_AT)
    served.clock.now += timedelta(hours=36)
    browser = logged_in(served, Role.REVIEWER)
    assert ("2026", "AIMA", "held", "waiting", "1") in _counts(browser)
    browser.post("/console/holds/release", id=held, decision="D")
    rows = _counts(browser)
    assert ("2026", "AIMA", "held", "decided: accepted", "1") in rows
    assert ("2026", "AIMA", "days to a decision", "median", "1.5") in rows
    assert ("2026", "AIMA", "refused", "outcome.mismatch", "1") in rows
    assert ("2026", "AIMA", "issued", "", "2") in rows


def _counts(browser: Browser) -> list[tuple[str, ...]]:
    return [tuple(row) for row in csv.reader(io.StringIO(browser.get("/console/reports/counts.csv").text))]


def test_nobody_is_named_in_the_log_of_requests(plain: Home, looked: Service, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    browser = logged_in(looked, Role.AUDITOR)
    candidate = json.loads((RESULTS / "aima-pass.json").read_bytes())["candidate"]
    browser.post("/console/search", term=candidate["displayName"])
    browser.post("/console/search", term=candidate["email"])
    browser.get(f"/console/credentials/{the_id(plain)}")
    browser.log_in("somebody", "wrong-password")
    lines = [record.getMessage() for record in caplog.records if record.name == "certify.web"]
    assert len(lines) >= 5
    everything = "\n".join(record.getMessage() for record in caplog.records)
    for secret in (*candidate.values(), the_id(plain), PASSWORD, "wrong-password", "somebody", browser.cookie()):
        assert str(secret) not in everything
    assert "auditor" not in everything


def test_a_fault_shows_nothing_of_the_inside(looked: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = logged_in(looked, Role.AUDITOR)

    def fail(*_: object) -> None:
        raise RuntimeError("secret words of the inside")

    monkeypatch.setattr("issuer.service.review.due", fail)
    answer = browser.get("/console/reviews")
    assert code(answer, 500) == "service.fault"
    for word in ("secret words", "RuntimeError", "Traceback"):
        assert word not in answer.text


# --- what candidates ask for --------------------------------------------------------------------------------------


def test_a_request_is_seen_and_closed(home: Home, served: Service) -> None:
    public_id = home.issue(at=AIMA_AT)
    with opened(home) as desk:
        asking = bearing(served, link(served, "res_demo_0001"))
        requests.ask_for_name(desk, asking, f"Ada {HOSTILE[:8]} Byron", parse(ACT_AT))
    auditor = logged_in(served, Role.AUDITOR)
    for path in ("/console", "/console/requests"):
        page = auditor.get(path)
        assert "Ada <script> Byron" in words(page)
        assert "<script" not in page.text
        assert public_id in page.text
        assert "/close" not in page.text, "an auditor looks"
    assert code(auditor.post("/console/requests/1/close", decision="DEC-1"), 403) == "access.role"
    reviewer = logged_in(served, Role.REVIEWER)
    reviewer.get("/console/requests")
    assert code(reviewer.post("/console/requests/2/close", decision="DEC-1"), 404) == "request.unknown"
    assert reviewer.post("/console/requests/1/close", decision="DEC-1").status_code == 303
    assert "No candidate has asked for a correction" in words(reviewer.get("/console/requests"))
    assert home.rows("SELECT decision_ref FROM event WHERE type = 'request-closed'") == [("DEC-1 / reviewer",)]


def test_a_held_record_is_shown_as_it_was_sent(looked: Service) -> None:
    page = logged_in(looked, Role.REVIEWER).get(f"/console/holds/record?id={_held(looked)}")
    assert '"resultId": ' in words(page)
    assert '"attemptId": ' in words(page)


def _held(looked: Service) -> str:
    return str(looked.home.rows("SELECT result_id FROM result WHERE state = 'held'")[0][0])
