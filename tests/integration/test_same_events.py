"""The same act leaves the same events, whether it was done at the terminal, by the API, or in the console."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from issuer.register import requests
from issuer.service import batchwork, linkcare, servicekey, waiting
from issuer.service.access import Role
from issuer.service.links import Link
from issuer.service.requests import NAME
from issuer.web.acts import OFFERS
from issuer.web.roles import API, CONSOLE, ON_ONE
from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, Home, demo, opened
from tests.kit.staff import bearer, employ, logged_in, tokens
from tests.kit.web import Platform, Service, service
from verifier.format.timestamp import parse

HELD_AT = "2026-07-22T08:32:13Z"
ACT_AT = "2026-07-22T09:00:00Z"
DUE = "2026-08-31T21:59:59Z"
DAY = "2026-08-31"
Ids = dict[str, str]


def terminal(*words: str) -> Callable[[Home, Service, Ids], None]:
    """A command; capitals are names of what was prepared."""

    def run(home: Home, _served: Service, ids: Ids) -> None:
        ran = home.certify(*(ids.get(word, word) for word in words), at=ACT_AT)
        assert ran.exit == 0, (ran.out, ran.err)

    return run


def api(role: Role, path: str, **body: Any) -> Callable[[Home, Service, Ids], None]:
    def run(home: Home, served: Service, ids: Ids) -> None:
        given = {"decision": "DEC-9", **body}
        answer = served.post(path.format(**ids), json=given, headers=bearer(ids[f"token {role}"]))
        assert answer.status_code == 200, answer.json

    return run


def console(role: Role, path: str, **fields: Any) -> Callable[[Home, Service, Ids], None]:
    def run(home: Home, served: Service, ids: Ids) -> None:
        browser = logged_in(served, role)
        given: dict[str, Any] = {
            "decision": "DEC-9",
            "confirmed": "yes",
            **{name: ids.get(v, v) for name, v in fields.items()},
        }
        answer = browser.post(path.format(**ids), **given)
        assert answer.status_code in {200, 303}, answer.text

    return run


def on_one(act: str, *command: str, **body: Any) -> dict[str, Callable[[Home, Service, Ids], None]]:
    """An act on one credential, by every door."""
    (role,) = ON_ONE[act]
    fields = {name: "yes" if value is True else str(value) for name, value in body.items()}
    if "due" in fields:
        fields["due"] = DAY
    return {
        "terminal": terminal(*command, "--decision", "DEC-9"),
        "api": api(role, f"/api/credentials/{{CAIG}}/{act}", **body),
        "console": console(role, f"/console/credentials/{{CAIG}}/{act}", **fields),
    }


def sent(home: Home, served: Service, ids: Ids) -> None:
    platform = Platform()
    platform.allow(home, ACT_AT)
    ids["before"] = str(len(log(home)))
    answer = platform.send(served, Path(ids["RECORD"]).read_bytes())
    assert answer.status_code == 201, answer.json


def pasted(home: Home, served: Service, ids: Ids) -> None:
    answer = logged_in(served, Role.ISSUER).post("/console/issue", record=Path(ids["RECORD"]).read_text())
    assert answer.status_code == 200, answer.text


def batch(home: Home, served: Service, ids: Ids) -> None:
    headers = {**bearer(ids["token issuer"]), "Content-Type": "application/x-ndjson"}
    line = json.dumps(json.loads(Path(ids["RECORD"]).read_bytes())) + "\n"
    answer = served.post("/api/batches", data=line.encode(), headers=headers)
    assert answer.status_code == 202, answer.json
    where = answer.headers["Location"]
    with opened(home) as desk:
        batchwork.work(desk, served.clock)
        served.post(f"{where}/begin", headers=headers)
        batchwork.work(desk, served.clock)


ACTS: dict[str, dict[str, Callable[[Home, Service, Ids], None]]] = {
    "suspend": on_one(
        "suspend", "suspend", "CAIG", "--reason", "integrity-review", "--due", DUE, reason="integrity-review", due=DUE
    ),
    "reinstate": on_one("reinstate", "reinstate", "CAIG"),
    "appeal": on_one("appeal", "appeal", "CAIG"),
    "review-close": on_one("review-close", "review", "close", "CAIG"),
    "supersede": on_one("supersede", "supersede", "CAIG", "--name", "Ada B", name="Ada B"),
    "revoke": on_one("revoke", "revoke", "CAIG", "--reason", "scoring-error", reason="scoring-error"),
    "erase": on_one("erase", "erase", "CAIG", "--whole-person", wholePerson=True),
    "forget-contact": on_one("forget-contact", "forget-contact", "CAIG"),
    "hold release": {
        "terminal": terminal("hold", "release", "HELD", "--by", "reviewer", "--decision", "DEC-9"),
        "api": api(Role.REVIEWER, "/api/holds/{HELD}/release"),
        "console": console(Role.REVIEWER, "/console/holds/release", id="HELD"),
    },
    "hold refuse": {
        "terminal": terminal("hold", "refuse", "HELD", "--by", "reviewer", "--decision", "DEC-9"),
        "api": api(Role.REVIEWER, "/api/holds/{HELD}/refuse"),
        "console": console(Role.REVIEWER, "/console/holds/refuse", id="HELD"),
    },
    "add-email": {
        "terminal": terminal("person", "add-email", "PERSON", "b@candidate.example", "--decision", "DEC-9"),
        "console": console(Role.REVIEWER, "/console/persons/{PERSON}/add-email", email="b@candidate.example"),
    },
    "merge": {
        "terminal": terminal("person", "merge", "PERSON", "OTHER", "--decision", "DEC-9"),
        "console": console(Role.REVIEWER, "/console/persons/{PERSON}/merge", other="OTHER"),
    },
    "split": {
        "terminal": terminal(
            "person", "split", "PERSON", "--platform", "PLATFORM", "--candidate", "CANDIDATE", "--decision", "DEC-9"
        ),
        "console": console(
            Role.REVIEWER, "/console/persons/{PERSON}/split", platform="PLATFORM", candidate="CANDIDATE"
        ),
    },
    "close-request": {
        "terminal": terminal("person", "close-request", "1", "--decision", "DEC-9"),
        "console": console(Role.REVIEWER, "/console/requests/1/close"),
    },
    "end-link": {
        "terminal": terminal("link", "end", "PERSON", "--decision", "DEC-9"),
        "console": console(Role.REVIEWER, "/console/persons/{PERSON}/link/end"),
    },
    "renew-link": {
        "terminal": terminal("link", "renew", "PERSON", "--decision", "DEC-9"),
        "console": console(Role.ISSUER, "/console/persons/{PERSON}/link/renew"),
    },
    "take-back": {
        "terminal": terminal("waiting", "take-back", "1", "--decision", "DEC-9"),
        "console": console(Role.REVIEWER, "/console/waiting/1/take-back"),
    },
    "tell": {
        "terminal": terminal("notices", "told", "1"),
        "console": console(Role.REVIEWER, "/console/notices/1/told"),
    },
    "issue": {"terminal": terminal("issue", "RECORD"), "api": sent, "console": pasted, "batch": batch},
}


def log(home: Home) -> list[dict[str, Any]]:
    return list(home.json("log")["events"])


def prepared(home: Home, act: str) -> Ids:
    """Two credentials of one person, a held record of another, and whatever the act needs."""
    ids = {"AIMA": home.issue(at=AIMA_AT), "CAIG": home.issue("caig-pass.json", at=CAIG_AT)}
    held = json.loads((RESULTS / "held-integrity.json").read_bytes())
    home.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)
    ids["HELD"] = str(held["resultId"])
    ids["PERSON"] = str(home.rows(f"SELECT person_id FROM award WHERE public_id = '{ids['CAIG']}'")[0][0])  # noqa: S608
    (ids["PLATFORM"], ids["CANDIDATE"]) = home.rows(
        f"SELECT platform, candidate_id FROM person_candidate WHERE person_id = '{ids['PERSON']}'"  # noqa: S608
    )[0]
    others = home.rows(f"SELECT id FROM person WHERE id <> '{ids['PERSON']}'")  # noqa: S608
    ids["OTHER"] = str(others[0][0]) if others else ""
    ids["RECORD"] = str(record(home.path.parent, held))
    before = {
        "reinstate": ("suspend", "CAIG", "--reason", "integrity-review", "--decision", "D", "--due", DUE),
        "appeal": ("revoke", "CAIG", "--reason", "scoring-error", "--decision", "D"),
        "split": ("person", "merge", "PERSON", "OTHER", "--decision", "D"),
        "review-close": ("revoke", "AIMA", "--reason", "scoring-error", "--decision", "D"),
    }.get(act)
    if before:
        home.json(*(ids.get(word, word) for word in before), at=HELD_AT)
    if act == "close-request":
        with opened(home) as desk, desk.writing(parse(HELD_AT)) as connection:
            requests.add(connection, ids["PERSON"], NAME, "Another Name", parse(HELD_AT))
    if act in {"end-link", "take-back", "tell"}:
        with opened(home) as desk:
            token = linkcare.renew(desk, ids["PERSON"], reference="D", at=parse(HELD_AT)).rpartition("/")[2]
            if act != "end-link":
                link = Link(token, servicekey.load(desk.config))
                waiting.ask(desk, link, waiting.Kind.FORGET_CONTACT, parse(HELD_AT))
    employ(home, HELD_AT)
    ids |= {f"token {role}": token for role, token in tokens(home, HELD_AT).items()}
    return ids


def record(folder: Path, held: dict[str, Any]) -> Path:
    """A pass of somebody whom nobody has seen, an hour before the act."""
    value = json.loads((RESULTS / "aima-pass.json").read_bytes())
    value["resultId"], value["attempt"]["attemptId"] = "res-new", "att-new"
    value["attempt"] |= {"startedAt": "2026-07-22T08:00:00Z", "completedAt": "2026-07-22T08:30:00Z"}
    value["attempt"] |= {"scoredAt": "2026-07-22T08:31:00Z"}
    value["candidate"] |= {"candidateId": "cand-new", "displayName": "New One", "email": "new@candidate.example"}
    path = folder / "record.json"
    path.write_text(json.dumps(value))
    return path


def told(home: Home, before: int) -> list[dict[str, Any]]:
    """The events since, without who and when: ids are random, and named here in the order in which they come."""
    names: dict[str, str] = {}

    def alike(value: str | None) -> str | None:
        return None if value is None else names.setdefault(value, f"#{len(names)}")

    found = []
    for event in log(home)[before:]:
        reference = event["decisionRef"] and event["decisionRef"].partition(" / ")[0]
        about = {"awardId": alike(event["awardId"]), "subject": alike(event.get("subject")), "decisionRef": reference}
        kept = {name: event[name] for name in ("type", "revision", "actorRole")}
        found.append({**kept, **about, "at once": event["effectiveAt"] == event["at"]})
    return found


@pytest.mark.parametrize("act", ACTS)
def test_the_same_act_by_every_door_leaves_the_same_events(act: str, tmp_path: Path) -> None:
    seen = {}
    for door, run in ACTS[act].items():
        (tmp_path / door).mkdir()
        home = demo(tmp_path / door / "home")
        ids = prepared(home, act)
        with service(home, ACT_AT) as served:
            before = len(log(home))
            run(home, served, ids)
        seen[door] = told(home, int(ids.get("before", before)))
    if act == "issue":
        begun = seen["batch"].pop(0)
        assert begun["type"] == "batch-begun"
        for events in seen.values():
            for each in events:
                each["awardId"] = each["awardId"] and "#"
    first = seen["terminal"]
    assert first, "an act leaves something"
    assert seen == dict.fromkeys(seen, first)


def test_every_act_of_the_service_is_among_them() -> None:
    """What a form or a program can do and no event tells: to log out, to look for somebody, to keep rows for later."""
    quiet = {"/console/logout", "/console/login", "/console/search", "/console/batches", "/api/batches"}
    batches = {rule for _, rule in (*API, *CONSOLE) if "/batches/" in rule}
    on_credentials = {f"{door}/credentials/<public_id>/{act}" for door in ("/api", "/console") for act in OFFERS}
    tried = {
        *on_credentials,
        *(f"/api/holds/<path:result_id>/{act}" for act in ("release", "refuse")),
        *(f"/console/holds/{act}" for act in ("release", "refuse")),
        *(f"/console/persons/<name>/{act}" for act in ("add-email", "merge", "split")),
        "/console/requests/<int:number>/close",
        *(f"/console/persons/<name>/link/{act}" for act in ("end", "renew")),
        "/console/waiting/<int:number>/take-back",
        "/console/notices/<int:number>/told",
        "/console/issue",
    }
    posts = {rule for method, rule in (*API, *CONSOLE) if method == "POST"}
    assert posts - quiet - batches == tried
    assert set(OFFERS) <= set(ACTS)
