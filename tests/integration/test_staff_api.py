"""Staff's door for programs: every route with every role, and every act with the effect that it has at the terminal."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from issuer.service.access import Role
from issuer.web import acts
from issuer.web.roles import API, CONSOLE, ON_ONE, OPEN, allowed
from tests.integration.test_lifecycle import ACT_AT, CAIG, DUE, SUSPEND
from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, Home, demo
from tests.kit.staff import bearer, tokens
from tests.kit.web import Platform, Service, service

HELD_AT = "2026-07-25T08:32:13Z"
UNKNOWN = {"public_id": "AIMA-2026-00000000", "result_id": "none", "batch_id": "none"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An issuer with an AIMA, for tests that change nothing."""
    home = demo(tmp_path_factory.mktemp("plain") / "home")
    home.issue(at=AIMA_AT)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, ACT_AT) as running:
        yield running


def send(served: Service, method: str, path: str, token: str | None, body: Any = None) -> Any:
    headers = bearer(token) if token else {}
    return served.client.open(path, method=method, base_url="http://localhost", headers=headers, json=body)


def code(answer: Any, status: int) -> str:
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), answer.data
    return str(answer.json["code"])


def address(rule: str) -> str:
    for name, value in UNKNOWN.items():
        rule = rule.replace(f"<path:{name}>", value).replace(f"<{name}>", value)
    return rule


# --- who may ------------------------------------------------------------------------------------------------------


def test_the_table_names_every_route_and_no_other(plain: Home) -> None:
    with service(plain, ACT_AT) as running:
        rules = {
            (method, rule.rule)
            for rule in running.client.application.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
            if rule.rule.startswith(("/api", "/console")) and rule.rule != "/api/problems"  # a page for anybody
        }
    assert rules == {*API, *CONSOLE, *OPEN}
    assert not {*API, *CONSOLE} & OPEN
    assert acts.OFFERS.keys() == ON_ONE.keys()
    assert allowed("HEAD", "/api/holds", API) == allowed("GET", "/api/holds", API)
    assert allowed("GET", "/api/elsewhere", API) == frozenset()


def test_every_route_with_every_role(plain: Home) -> None:
    good = tokens(plain, ACT_AT)
    with service(plain, ACT_AT) as running:
        for (method, rule), roles in API.items():
            for role in Role:
                status = send(running, method, address(rule), good[role]).status_code
                assert (status == 403) == (role not in roles), (method, rule, role)
                assert status not in {401, 500}


def test_no_token_an_ended_one_and_an_expired_one(plain: Home) -> None:
    first = tokens(plain, ACT_AT)
    second = tokens(plain, ACT_AT, days=1)  # of the same names: the first ones end
    with service(plain, ACT_AT) as running:
        assert send(running, "GET", "/api/keys", second[Role.AUDITOR]).status_code == 200
        running.clock.now += timedelta(days=1)
        for method, rule in API:
            for token in (None, first[Role.ISSUER], second[Role.ISSUER], "certify_x"):
                assert code(send(running, method, address(rule), token), 401) == "access.token"


def test_a_platform_is_no_staff(home: Home, served: Service) -> None:
    platform = Platform()
    platform.allow(home, ACT_AT)
    path = "/api/holds"
    assert code(served.get(path, headers=platform.headers("GET", path, b"", served.clock.now)), 401) == "access.token"


# --- looking ------------------------------------------------------------------------------------------------------


def test_looking(home: Home, served: Service) -> None:
    public_id = home.issue(at=AIMA_AT)
    held = home.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)["resultId"]
    served.clock.set(HELD_AT)
    token = tokens(home, HELD_AT)[Role.AUDITOR]

    def got(path: str) -> Any:
        answer = send(served, "GET", path, token)
        assert answer.status_code == 200
        return answer.json

    assert got(f"/api/credentials/{public_id.lower()}") == home.json("show", public_id, at=HELD_AT)
    assert got("/api/holds") == home.json("hold", "list", at=HELD_AT)
    assert [each["resultId"] for each in got("/api/holds")] == [held]
    assert got("/api/reviews") == []
    assert got("/api/keys") == home.json("keys", "list", at=HELD_AT)
    whole = got("/api/log")
    assert whole == {**home.json("log", at=HELD_AT), "more": False}
    assert got("/api/log?after=2")["events"] == whole["events"][2:]
    assert {each["awardId"] for each in got(f"/api/log?publicId={public_id}")["events"]} == {
        got(f"/api/credentials/{public_id}")["id"]
    }
    assert code(send(served, "GET", "/api/log?after=-1", token), 400) == "request.query"
    assert code(send(served, "GET", "/api/log?publicId=AIMA-2026-00000000", token), 404) == "award.unknown"
    assert code(send(served, "GET", "/api/credentials/AIMA-2026-00000000", token), 404) == "award.unknown"


# --- acting -------------------------------------------------------------------------------------------------------

BODIES: dict[str, dict[str, Any]] = {
    "suspend": {"reason": "integrity-review", "due": DUE},
    "reinstate": {},
    "supersede": {"name": "Corrected Example"},
    "revoke": {"reason": "scoring-error"},
    "appeal": {},
    "erase": {"wholePerson": True},
    "forget-contact": {},
    "review-close": {},
}
OPTIONS: dict[str, tuple[str, ...]] = {
    "suspend": ("suspend", "--reason", "integrity-review", "--due", DUE),
    "reinstate": ("reinstate",),
    "supersede": ("supersede", "--name", "Corrected Example"),
    "revoke": ("revoke", "--reason", "scoring-error"),
    "appeal": ("appeal",),
    "erase": ("erase", "--whole-person"),
    "forget-contact": ("forget-contact",),
    "review-close": ("review", "close"),
}
BEFORE: dict[str, tuple[str, ...]] = {
    "reinstate": ("suspend", *SUSPEND, DUE),
    "appeal": ("revoke", "--reason", "scoring-error", "--decision", "DEC-0"),
}


def ready(home: Home, act: str) -> str:
    """A CAIG on which the act is possible."""
    aima = home.issue(at=AIMA_AT)
    public_id = home.issue(CAIG, at=CAIG_AT)
    if act == "review-close":
        home.json("revoke", aima, "--reason", "scoring-error", "--decision", "DEC-0", at=CAIG_AT)
    elif act in BEFORE:
        name, *options = BEFORE[act]
        home.json(name, public_id, *options, at=CAIG_AT)
    return public_id


def state(home: Home, public_id: str) -> dict[str, Any]:
    """What is alike for two issuers that did the same: without ids, and without who did it."""
    shown = home.json("show", public_id, at=ACT_AT)
    kept = ("credential", "state", "awarded", "validUntil", "suspended", "withdrawn", "reason", "erased")
    return {
        **{name: shown[name] for name in (*kept, "reviewDueSince", "revisions")},
        "bits": [(each["revision"], each["purpose"], each["set"]) for each in shown["status"]],
        "events": [each["type"] for each in shown["history"]],
        "emails": home.rows("SELECT count(*) FROM person_email"),
        "public": sorted(home.files("public")),
        "issued": len(home.files("issued")),
    }


@pytest.mark.parametrize("act", BODIES)
def test_an_act_does_what_it_does_at_the_terminal(home: Home, served: Service, act: str, tmp_path: Path) -> None:
    public_id = ready(home, act)
    role = next(iter(ON_ONE[act]))
    token = tokens(home, CAIG_AT)[role]
    answer = send(served, "POST", f"/api/credentials/{public_id}/{act}", token, {"decision": "DEC-9", **BODIES[act]})
    assert answer.status_code == 200, answer.json
    other = demo(tmp_path / "other")
    name, *options = OPTIONS[act]
    if act == "review-close":
        name, options = "review", ["close"]
    same = ready(other, act)
    told = (
        other.json(name, *options[:1], same, "--decision", "DEC-9", at=ACT_AT)
        if act == "review-close"
        else other.json(name, same, *options, "--decision", "DEC-9", at=ACT_AT)
    )
    assert answer.json.keys() == told.keys()
    assert state(home, public_id) == state(other, same)
    references = {row[0] for row in home.rows("SELECT decision_ref FROM event WHERE decision_ref LIKE 'DEC-9%'")}
    assert references == {f"DEC-9 / t-{role}"}
    assert str(home.path) not in answer.text
    again = send(served, "POST", f"/api/credentials/{public_id}/{act}", token, {"decision": "DEC-9", **BODIES[act]})
    assert again.status_code == (200 if act == "forget-contact" else 409)


def test_the_role_of_who_decided_stands_in_the_log(home: Home, served: Service) -> None:
    public_id = ready(home, "suspend")
    body = {"decision": "DEC-9", **BODIES["suspend"]}
    send(served, "POST", f"/api/credentials/{public_id}/suspend", tokens(home, CAIG_AT)[Role.REVIEWER], body)
    assert home.rows("SELECT actor_role FROM event WHERE type = 'suspended'") == [("reviewer",)]
    home.json("reinstate", public_id, "--decision", "D", at=ACT_AT)
    assert home.rows("SELECT actor_role FROM event WHERE type = 'reinstated'") == [("reviewer",)]


def test_a_publication_can_be_left_for_later_and_may_fail(home: Home, served: Service) -> None:
    public_id, other = home.issue(at=AIMA_AT), home.issue(CAIG, at=CAIG_AT)
    token = tokens(home, CAIG_AT)[Role.ISSUER]
    before = home.files("public/status")
    body = {"decision": "DEC-9", "reason": "scoring-error", "publish": False}
    assert send(served, "POST", f"/api/credentials/{other}/revoke", token, body).json["published"] is None
    assert home.files("public/status") == before
    (home.path / "public/status/revocation/1").write_bytes(b"damaged")
    answer = send(served, "POST", f"/api/credentials/{public_id}/revoke", token, {**body, "publish": True})
    assert (answer.status_code, answer.json["published"]) == (200, None)
    assert answer.json["notPublished"]["code"] == "publish.damaged"
    assert home.json("show", public_id, at=ACT_AT)["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, "request.body"),
        ({"decision": "D", "reason": "scoring-error", "more": 1}, "request.body"),
        ({"decision": "D", "reason": "no-reason"}, "request.body"),
        ({"decision": 1, "reason": "scoring-error"}, "request.body"),
        ({"decision": "x" * 201, "reason": "scoring-error"}, "request.body"),
        ({"decision": "D", "reason": "scoring-error", "publish": "no"}, "request.body"),
        ([], "json.not-object"),
    ],
)
def test_a_body_is_taken_strictly(plain: Home, body: Any, expected: str) -> None:
    (public_id,) = (row[0] for row in plain.rows("SELECT public_id FROM award"))
    with service(plain, ACT_AT) as running:
        answer = send(running, "POST", f"/api/credentials/{public_id}/revoke", tokens(plain, ACT_AT)[Role.ISSUER], body)
        assert code(answer, 400) == expected


def test_other_bodies(plain: Home) -> None:
    (public_id,) = (row[0] for row in plain.rows("SELECT public_id FROM award"))
    headers = bearer(tokens(plain, ACT_AT)[Role.ISSUER])
    path = f"/api/credentials/{public_id}/revoke"
    with service(plain, ACT_AT) as running:
        for body, status, expected in (
            (b'{"decision": "D", "decision": "E"}', 400, "json.duplicate-name"),
            (b"", 400, "json.syntax"),
            (b" " * 16_385, 413, "request.too-large"),
            (json.dumps({"decision": "\u0007", "reason": "scoring-error"}).encode(), 422, "decision.reference"),
            (json.dumps({"decision": "x" * 200, "reason": "scoring-error"}).encode(), 422, "decision.reference"),
        ):
            assert code(running.post(path, data=body, headers=headers), status) == expected, body[:40]
        reviewer = bearer(tokens(plain, ACT_AT)[Role.REVIEWER])
        path = path.replace("revoke", "suspend")
        for due, status, expected in (("tomorrow", 400, "time.invalid"), (AIMA_AT, 422, "suspension.due")):
            body = json.dumps({"decision": "D", "reason": "integrity-review", "due": due}).encode()
            assert code(running.post(path, data=body, headers=reviewer), status) == expected


def test_a_fault_shows_nothing_of_the_inside(plain: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret words of the inside")

    monkeypatch.setattr("issuer.service.review.due", fail)
    with service(plain, ACT_AT) as running:
        answer = send(running, "GET", "/api/reviews", tokens(plain, ACT_AT)[Role.AUDITOR])
    assert code(answer, 500) == "service.fault"
    assert "secret words" not in answer.text
    assert "Traceback" not in answer.text


def test_held_records_are_decided(home: Home, served: Service) -> None:
    served.clock.set(HELD_AT)
    home.issue(at=AIMA_AT)
    held = home.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)["resultId"]
    good = tokens(home, HELD_AT)
    path = f"/api/holds/{held}"
    assert code(send(served, "POST", f"{path}/release", good[Role.ISSUER], {"decision": "D"}), 403) == "access.role"
    assert code(send(served, "POST", "/api/holds/none/release", good[Role.REVIEWER], {"decision": "D"}), 404)
    answer = send(served, "POST", f"{path}/release", good[Role.REVIEWER], {"decision": "DEC-9"})
    assert (answer.status_code, answer.json["outcome"]) == (200, "issued")
    assert home.rows("SELECT decided_by, reference FROM decision WHERE reference IS NOT NULL") == [
        ("t-reviewer", "DEC-9 / t-reviewer")
    ]
    assert code(send(served, "POST", f"{path}/refuse", good[Role.REVIEWER], {"decision": "D"}), 404) == "hold.unknown"


def test_a_held_record_is_refused(home: Home, served: Service) -> None:
    served.clock.set(HELD_AT)
    home.issue(at=AIMA_AT)
    held = home.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)["resultId"]
    path = f"/api/holds/{held}/refuse"
    answer = send(served, "POST", path, tokens(home, HELD_AT)[Role.REVIEWER], {"decision": "DEC-9"})
    assert (answer.status_code, answer.json["outcome"], answer.json["publicId"]) == (200, "refused", None)
