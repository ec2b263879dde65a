"""Hostile clients: every route with every caller and bad input of every kind. What is not theirs, nobody sees."""

import itertools
import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from issuer.service.access import Role
from issuer.web import roles
from issuer.web.roles import API, CONSOLE, OPEN
from issuer.words import problems
from tests.kit.minting import Key
from tests.kit.scene import Scene, record, scene
from tests.kit.staff import Browser, bearer
from tests.kit.web import HOST, Platform
from tests.unit.test_docs import ROOT, codes

CANARY = "canary-4711"
"""Stands in whatever is sent, and in no log."""
LINK = "/c/<token>"
PUBLIC = {
    ("GET", path)
    for path in (
        *("/.well-known/did.json", "/trust.json", "/schemas/<name>.json", "/achievements/<code>/<version>"),
        "/qr/<int:number>.bin",
        *("/status/<purpose>/<int:number>", "/healthz", "/readyz", "/metrics", "/", "/api/problems", "/certify"),
        *("/certify/aima", "/certify/caig", "/certify/employers", "/certify/policy", "/certify/keys"),
        *("/certify/erased", "/certify/assets/style.css", "/certify/verify"),
        *("/v", "/v#<payload>", "/v/<name>", "/certify/verify.html"),
        *("/certify/caig/artefacts", "/certify/caig/artefacts/<kind>.md"),
    )
} | {("POST", "/certify/verify")}
PARTS = (
    *("x", "%00", "..%2f..%2fcertify.toml", "%2e%2e", ".x", "AIMA-2026-00000000", "%3Cscript%3E", "a" * 3_000),
    *("%0d%0aX-Evil:%20y", "%22;x=%22", "%C3%A9", "9" * 30, "1", "-1", "%ff", CANARY),
)
QUERY = "id={0}&after={0}&publicId={0}&page={0}&type={0}&next={0}&x={0}"
JSON_BODY, FORM_BODY = "application/json", "application/x-www-form-urlencoded"
BODIES: tuple[tuple[bytes, str], ...] = (
    (b"", JSON_BODY),
    (b"{", JSON_BODY),
    (b"[" * 60_000, JSON_BODY),
    (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, JSON_BODY),
    (b"\xff\xfe\x00", JSON_BODY),
    (b'{"decision": "a", "decision": "b"}', JSON_BODY),
    (json.dumps({"decision": CANARY, "reason": CANARY, "due": CANARY, "name": CANARY}).encode(), JSON_BODY),
    (json.dumps({"decision": 10**400}).encode(), JSON_BODY),
    (b"x" * ((1 << 20) + 1), JSON_BODY),
    (b"document=%00&name=" + CANARY.encode() + b"&password=" + CANARY.encode(), FORM_BODY),
    (b"&=&%=%ff&" * 100, FORM_BODY),
    (b'--b\r\nContent-Disposition: form-data; name=x; filename="../../x"\r\n\r\ny', "multipart/form-data; boundary=b"),
    (b"", "multipart/form-data"),
    (b"\x00" * 100, "text/plain; charset=no-such"),
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"Authorization": f"Bearer {CANARY}"},
    {"Authorization": "Bearer " + "é" * 100},
    {"Authorization": f"Basic {CANARY}"},
    {"Cookie": f"certify={CANARY}; certify=x; __Host-certify={'a' * 43}"},
    {"Cookie": "certify=" + "A" * 43},
    {"Signature-Input": CANARY, "Signature": "x", "Content-Digest": "y"},
    {"X-Request-Id": f"{CANARY}\tx"},
    {"Accept": "text/html", "Range": "bytes=9-1", "If-None-Match": CANARY, "If-Modified-Since": CANARY},
    {"Accept": "\0", "Content-Encoding": "gzip", "Expect": "x", "X-HTTP-Method-Override": "DELETE"},
)
AREAS = {"nobody": "/", "token": "/api", "session": "/console"}
"""Where who comes may get further than everybody."""
FIELDS = (
    *("decision", "reason", "name", "due", "wholePerson", "id", "term", "email", "other", "platform", "candidate"),
    *("record", "password", "next"),
)
TEXTS = ("", "\0", "\ud7ff\u202e<script>", "é" * 3_000, "../../x", "2026-99-99", "'; DROP TABLE award; --", CANARY)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with scene(tmp_path_factory.mktemp("hostile")) as made:
        yield made


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Scene]:
    """For tests that change something."""
    with scene(tmp_path) as made:
        yield made


def filled(rule: str, part: str) -> str:
    return re.sub(r"<[^>]+>", lambda _: part, rule.replace("#", "%23"))


def meant(rule: str, name: str) -> str:
    """The address as it is meant: with a number where there must be one."""
    return filled(re.sub(r"<int:\w+>", "1", rule), name)


def callers(here: Scene) -> dict[str, tuple[Any, dict[str, str]]]:
    """Who may come: a client with its cookie, and headers."""
    anybody = here.served.client.application.test_client
    return {
        "nobody": (anybody(), {}),
        **{f"token of {role}": (anybody(), bearer(token)) for role, token in here.tokens.items()},
        **{f"session of {role}": (browser.client, {}) for role, browser in here.browsers.items()},
    }


# --- every route ------------------------------------------------------------------------------------------------


def test_every_route_is_of_one_kind_which_says_who_may(here: Scene) -> None:
    """API and CONSOLE with every role: test_staff_api.py, test_console.py. A new route has to be put somewhere."""
    links = set(roles.LINK)
    kinds = (set(API), set(CONSOLE), set(OPEN), PUBLIC, links)
    assert here.rules == set().union(*kinds)
    assert sum(map(len, kinds)) == len(here.rules)


def test_what_is_public_is_alike_for_everybody(here: Scene) -> None:
    for method, rule in sorted(PUBLIC):
        path = filled(rule, "x")
        told = {
            (answer.status_code, answer.mimetype)
            for client, headers in callers(here).values()
            for answer in [client.open(path, method=method, base_url=HOST, headers=headers, buffered=True)]
        }
        assert len(told) == 1, rule
        assert next(iter(told))[0] not in {401, 403, 500}, rule


def test_a_link_opens_for_whoever_has_it_and_no_role_does(here: Scene) -> None:
    nothing = here.served.get("/c/wrong").data
    links = sorted((method, rule) for method, rule in here.rules if rule.startswith(LINK))
    assert len(links) > 10
    for (method, rule), (client, headers) in itertools.product(links, callers(here).values()):
        answer = client.open(filled(rule, "x" * 43), method=method, base_url=HOST, headers=headers)
        assert (answer.status_code, answer.data) == (404, nothing), rule


def test_bad_input_of_every_kind(here: Scene, caplog: pytest.LogCaptureFixture) -> None:
    known = {code for page in ("formats", "records") for code in codes(ROOT / "docs" / f"{page}.md")}
    assert {"request.too-many", "request.length"} <= known & problems.known()
    caplog.set_level(logging.DEBUG)
    asked = 0
    for (method, rule), (who, (client, headers)) in itertools.product(sorted(here.rules), callers(here).items()):
        if rule == "/console/logout" or not rule.startswith(AREAS[who.split()[0]]):
            continue
        for path, more in (*attempts(rule, method, spare=who != "nobody"), *filled_in(here, who, rule, method)):
            sent = {**more, "headers": {**headers, **more.get("headers", {})}}
            answer = client.open(path, method=method, base_url=HOST, buffered=True, **sent)
            harmless(here, who, f"{method} {path[:80]} {sent}"[:300], path, answer, known)
            asked += 1
    assert asked > 2_000
    logged = "\n".join(each.getMessage() + str(each.exc_info or "") for each in caplog.records)
    assert logged.count('"requestId"') >= asked
    for what, text in {**here.secrets, **here.person, "canary": CANARY, "address": "127.0.0.1"}.items():
        assert text not in logged, what


def attempts(rule: str, method: str, *, spare: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Paths and what is sent there; `spare`: those that differ by who asks."""
    usual = meant(rule, "AIMA-2026-00000000")
    if method == "POST":
        yield from ((usual, {"data": data, "content_type": kind}) for data, kind in BODIES[:: 3 if spare else 1])
    for part in PARTS[:: 4 if spare else 1]:
        yield f"{filled(rule, part)}?{QUERY.format(part)}", {}
    if not spare:
        yield from ((usual, {"headers": headers}) for headers in HEADERS)
        yield f"{usual}/", {}
        yield f"/{usual}", {}
        yield usual.upper(), {}


def filled_in(here: Scene, who: str, rule: str, method: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Forms that are taken from this session, with nonsense in every field."""
    if method == "POST" and rule.startswith("/console") and who.startswith("session"):
        token = here.browsers[Role(who.removeprefix("session of "))].token
        for text in TEXTS[:: 4 if rule.endswith("/login") else 1]:  # a password takes long to compare, on purpose
            yield meant(rule, here.public_id), {"data": dict.fromkeys(FIELDS, text) | {"csrf": token}}


def harmless(here: Scene, who: str, what: str, path: str, answer: Any, known: set[str]) -> None:
    """No fault, no secret, nobody's name, no header that a client has made, and a problem where programs ask."""
    assert answer.status_code < 500, (what, answer.text)
    shown = answer.text + str(answer.headers)
    for name, secret in here.secrets.items():
        assert secret not in shown or who == name, (what, name)
    if who == "nobody" or answer.status_code >= 400:
        for name, text in here.person.items():
            assert text not in shown, (what, name)
    assert "X-Evil" not in answer.headers
    leads = answer.headers.get("Location", "/").removeprefix(HOST)
    assert leads.startswith("/"), (what, leads)
    assert not leads.startswith(("//", "/\\")), (what, leads)
    page_for_people = path.startswith("/api/problems?")
    if path.startswith("/api/") and answer.status_code >= 400 and not page_for_people:
        assert answer.content_type == "application/problem+json", (what, answer.status_code)
        assert answer.json["code"] in known, answer.json


# --- what is another's ------------------------------------------------------------------------------------------


def test_a_file_is_had_by_its_own_number_alone(here: Scene) -> None:
    mine = f"{here.public_id}.r1"
    assert here.served.get(f"{here.link}/{here.public_id}/{mine}.json").status_code == 200
    nothing = here.served.get("/c/wrong").data
    for path in (
        f"{here.other}/{here.public_id}/{mine}.json",
        f"{here.other}/AIMA-2026-00000000/{mine}.json",
        f"{here.link}/AIMA-2026-00000000/{mine}.json",
        f"{here.link}/{here.public_id}/AIMA-2026-00000000.r1.json",
        f"{here.link}/{here.public_id}/{mine}%22%0d%0aX-Evil:%20y.json",
    ):
        assert here.served.get(path).data == nothing, path
    files = f"/console/credentials/{here.public_id}/files"
    browser = here.browsers[Role.AUDITOR]
    assert browser.get(f"{files}/1/file").status_code == 200
    for path in (f"{files}/2/file", f"{files}/1/x", "/console/credentials/AIMA-2026-00000000/files/1/file"):
        assert browser.get(path).status_code == 404


@pytest.mark.parametrize("number", ["9" * 30, "99999999999", "2147483648", "01", "%D9%A1", "-1", "+1", "1_0"])
def test_what_can_be_no_number_of_a_row_is_no_address(here: Scene, number: str) -> None:
    """Not every database takes one as large, and each row has one address."""
    for role, browser in here.browsers.items():
        for method, rule in CONSOLE:
            if "<int:number>" in rule:
                place = rule.replace("<int:number>", number).replace("<public_id>", here.public_id)
                path = place.replace("<name>", "file")
                answer = browser.get(path) if method == "GET" else browser.post(path, decision="D", confirmed="yes")
                assert answer.status_code == 404, (role, path, answer.status_code)
    for path in (f"/status/revocation/{number}", f"/qr/{number}.bin"):
        assert here.served.get(path).status_code == 404, path
    for command in (("waiting", "take-back", "--decision", "D"), ("notices", "told"), ("person", "close-request")):
        if number.isdecimal() and number != "01":
            assert here.served.home.certify(*command, number).exit == 2


def test_a_download_is_named_by_us(here: Scene) -> None:
    browser = here.browsers[Role.AUDITOR]
    answers = [
        browser.get(f"/console/credentials/{here.public_id.lower()}/files/1/compact"),
        browser.get("/console/reports/credentials.csv"),
        here.served.get(f"{here.link}/{here.public_id}/{here.public_id}.r1.json"),
        here.served.get("/certify/caig/artefacts/ai-policy.md"),
    ]
    for answer in (each for each in answers if each.status_code == 200):
        assert re.fullmatch(r'attachment; filename="?[A-Za-z0-9.-]+"?', answer.headers["Content-Disposition"])
    assert [each.status_code for each in answers[:3]] == [200] * 3


def test_a_platform_learns_nothing_of_anothers_records(here: Scene) -> None:
    other = Platform("other-platform", key=Key("other"))
    other.allow(here.served.home, "2026-07-01T09:32:13Z")

    def told(by: Platform, path: str) -> Any:
        answer = here.served.get(path, headers=by.headers("GET", path, b"", here.served.clock.now))
        return answer.status_code, {**answer.json, "requestId": ""}

    assert told(here.platform, "/api/results/res_demo_0001")[0] == 200
    assert told(other, "/api/results/res_demo_0001") == told(other, "/api/results/none")


# --- signed requests ----------------------------------------------------------------------------------------------


def test_a_request_that_was_overheard_does_nothing_new(fresh: Scene) -> None:
    served, body = fresh.served, record("aima-arabic.json")
    served.clock.set("2026-07-10T12:00:00Z")
    value = json.loads(body)
    for member in ("startedAt", "completedAt", "scoredAt"):
        value["attempt"][member] = "2026-07-10T" + value["attempt"][member].partition("T")[2]
    body = json.dumps(value).encode()
    served.clock.set("2026-07-10T23:59:00Z")
    headers = fresh.platform.headers("POST", "/api/results", body, served.clock.now)
    first = served.post("/api/results", data=body, headers=headers)
    assert first.status_code == 201, first.json
    before = served.home.everything()
    again = served.post("/api/results", data=body, headers=headers)
    assert (again.status_code, again.json["publicId"]) == (200, first.json["publicId"])
    path = f"/api/results/{value['resultId']}"
    for answer in (
        served.post("/api/results", data=body + b" ", headers=headers),
        served.get(path, headers=headers),
        served.post("/api/results?x=1", data=body, headers={**headers, "Signature": "sig1=:AAAA:"}),
    ):
        assert (answer.status_code, answer.json["code"]) == (401, "transport.signature")
    served.clock.now += timedelta(minutes=5, seconds=1)
    assert served.post("/api/results", data=body, headers=headers).status_code == 401
    assert served.home.everything() == before


@pytest.mark.parametrize(
    "created", ["0", "-1", "1", "01", "1e9", "253402300800", "99999999999", "9" * 12, "9" * 40, ""]
)
def test_a_time_that_is_none_is_refused(here: Scene, created: str) -> None:
    answer = here.platform.send(here.served, b"{}", created=created)
    assert (answer.status_code, answer.json["code"]) == (401, "transport.signature")


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"a":' * 12_000, b"\xff", b"", b"null", b"1e999", b'"\\ud800"'])
def test_a_signed_body_may_hold_anything(here: Scene, body: bytes) -> None:
    answer = here.platform.send(here.served, body)
    assert (answer.status_code, answer.json["code"]) == (422, "json.strict")


# --- hosts, forms, names of requests --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("localhost", True),
        ("LOCALHOST:8080", True),
        ("credentials.example", True),
        ("[::1]:8080", True),
        ("[::1]", True),
        ("evil.example", False),
        ("credentials.example.evil.example", False),
        ("evil.example/credentials.example", False),
        ("localhost:80@evil.example", False),
        ("localhost:evil", False),
        ("localhost ", False),
        ("localhost,evil.example", False),
        ("", False),
        ("é", False),
    ],
)
def test_only_our_own_names_are_answered(here: Scene, host: str, served: bool) -> None:
    for path in ("/healthz", "/certify", "/api/keys", "/console/login", "/trust.json"):
        answer = here.served.client.get(path, environ_overrides={"HTTP_HOST": host}, buffered=True)
        assert (answer.status_code != 421) == served, (path, host)
        assert "evil" not in answer.text + str(answer.headers)


def test_no_form_of_the_console_is_taken_without_its_token(here: Scene) -> None:
    before = here.served.home.everything()
    forms = sorted(rule for method, rule in {*CONSOLE, *OPEN} if method == "POST" and rule.startswith("/console"))
    assert len(forms) > 10
    for rule, (role, browser) in itertools.product(forms, here.browsers.items()):
        path = meant(rule, here.public_id)
        for token, headers in (("", {}), ("0" * 64, {}), (None, {"Sec-Fetch-Site": "cross-site"})):
            answer = browser.post(path, token=token, headers=headers, decision="D", confirmed="yes")
            assert answer.status_code == 403, (rule, role)
            assert "request.form" in answer.text
    assert here.served.home.everything() == before


def test_a_request_is_named_by_us_or_harmlessly(here: Scene) -> None:
    for name, kept in (("abcdefgh-1", True), ("short", False), ("x" * 65, False), ('"}{"', False), ("é" * 9, False)):
        answer = here.served.get("/api/nothing", headers={"X-Request-Id": name})
        assert (answer.headers["X-Request-Id"] == name) == kept
        assert (answer.json["requestId"] == name) == kept


def test_guessing_one_name_is_slowed_whoever_guesses(fresh: Scene) -> None:
    """From as many addresses as there are: the wait stands in the register."""
    for _ in range(5):
        assert Browser(fresh.served).log_in("issuer", "a guess").status_code == 403
    assert Browser(fresh.served).log_in("issuer").status_code == 403
    assert Browser(fresh.served).log_in("reviewer").status_code == 303
