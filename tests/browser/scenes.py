"""Every page that a browser looks at, and the answers to forms, as the service gives them."""

import json
from io import BytesIO
from typing import Any

from issuer.service import batches, batchwork, requests, waiting
from issuer.service.access import Actor, Role
from issuer.service.waiting import Kind
from tests.kit.candidate import link, secret
from tests.kit.home import RESULTS, opened
from tests.kit.staff import employ, logged_in
from tests.kit.web import Service
from verifier.format.timestamp import format_seconds

PAGES = {
    "start": "/certify",
    "aima": "/certify/aima",
    "caig": "/certify/caig",
    "verify": "/certify/verify",
    "verify-unknown": "/certify/verify?id=AIMA-2026-00000000",
    "employers": "/certify/employers",
    "policy": "/certify/policy",
    "keys": "/certify/keys",
    "artefacts": "/certify/caig/artefacts",
    "problems": "/api/problems",
}
HELD = json.loads((RESULTS / "held-integrity.json").read_bytes())["resultId"]
HOSTILE = "<script>alert(1)</script> \u202egnp.exe\u202c " + "x" * 20_000


def scenes(running: Service) -> list[dict[str, str]]:
    """{name, path} of what can be asked for, {name, html} of what answers a form."""
    files = sorted((running.home.path / "issued").glob("*.r1.json"))
    aima, caig = files[0], files[-1]
    public_id = caig.name.partition(".")[0]
    found = [{"name": name, "path": path} for name, path in PAGES.items()]
    found.append({"name": "verify-id", "path": f"/certify/verify?id={public_id}"})
    candidate = link(running, "res_demo_0001")
    behind = {"own": "", "own-new-link": "/renewed", "own-forget": "/forget-contact", "own-erase": "/erase"}
    found += [{"name": name, "path": f"{candidate}{path}"} for name, path in behind.items()]
    found.append({"name": "own-replaced", "path": replaced(running)})
    found += [{"name": "own-nothing", "path": "/c/nothing"}, {"name": "erased", "path": "/certify/erased"}]
    posted = {
        "answer-valid": caig.read_bytes(),
        "answer-tampered": changed(aima.read_bytes(), "Tampered Name"),
        "answer-hostile": changed(aima.read_bytes(), HOSTILE),
        "answer-open": foreign(aima.read_bytes()),
        "answer-empty": b"",
    }
    found += [{"name": name, "html": posted_file(running, data)} for name, data in posted.items()]
    return found + console(running, public_id, candidate)


def replaced(running: Service) -> str:
    """The page of a link that was renewed; its holder's result is held."""
    address = link(running, HELD)
    with opened(running.home) as desk:
        waiting.renew(desk, secret(running, address), running.clock.now)
    return address


def console(running: Service, public_id: str, candidate: str) -> list[dict[str, str]]:
    """The console's pages as staff see them, who are logged in by `session`: with something on each of them."""
    at = format_seconds(running.clock.now)
    employ(running.home, at)
    with opened(running.home) as desk:
        (person,) = running.home.rows(f"SELECT person_id FROM award WHERE public_id = '{public_id}'")[0]  # noqa: S608
        requests.ask_for_name(desk, secret(running, candidate), "Augusta Ada Example", running.clock.now)
        waiting.ask(desk, secret(running, candidate), Kind.FORGET_CONTACT, running.clock.now)
        rows = running.home.files(".")["certify.toml"]  # no record at all: every row is refused
        batches.take(desk, BytesIO(rows), "jsonl", Actor("issuer", Role.ISSUER), running.clock.now)
        batchwork.work(desk, running.clock)
        (batch,) = batches.every(desk)
    issuer, reviewer = (logged_in(running, role).cookie() for role in (Role.ISSUER, Role.REVIEWER))
    paths = {
        "start": "",
        "search": "/search",
        "issue": "/issue",
        "batches": "/batches",
        "batch": f"/batches/{batch.id}",
        "holds": "/holds",
        "requests": "/requests",
        "reviews": "/reviews",
        "credential": f"/credentials/{public_id}",
        "person": f"/persons/{person}",
        "keys": "/keys",
        "log": "/log",
        "reports": "/reports",
        "problem": "/persons/nobody",
    }
    found = [{"name": f"console-{name}", "path": f"/console{path}", "session": issuer} for name, path in paths.items()]
    found += [
        {"name": f"console-{name}-reviewer", "path": f"/console{paths[name]}", "session": reviewer}
        for name in ("requests", "credential", "person")
    ]
    decision = {"name": "console-hold", "path": f"/console/holds/record?id={HELD}", "session": reviewer}
    return [*found, decision, {"name": "console-login", "path": "/console/login"}]


def changed(data: bytes, name: str) -> bytes:
    """The credential with another name, and so with a signature that does not fit."""
    value: dict[str, Any] = json.loads(data)
    value["credentialSubject"]["identifier"][0]["identityHash"] = name
    return json.dumps(value).encode()


def foreign(data: bytes) -> bytes:
    """One of an issuer whose keys are not at hand."""
    value: dict[str, Any] = json.loads(data)
    value["issuer"]["id"] = "did:web:elsewhere.example"
    value["proof"][0]["verificationMethod"] = "did:web:elsewhere.example#key-1"
    return json.dumps(value).encode()


def posted_file(running: Service, data: bytes) -> str:
    answer = running.post(
        "/certify/verify", data={"file": (BytesIO(data), "credential.json")}, content_type="multipart/form-data"
    )
    return str(answer.get_data(as_text=True))
