"""Every page that a browser looks at, and the answers to forms, as the service gives them."""

import json
from io import BytesIO
from typing import Any

from tests.kit.candidate import link
from tests.kit.web import Service

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
    found += [{"name": "own-nothing", "path": "/c/nothing"}, {"name": "erased", "path": "/certify/erased"}]
    posted = {
        "answer-valid": caig.read_bytes(),
        "answer-tampered": changed(aima.read_bytes(), "Tampered Name"),
        "answer-hostile": changed(aima.read_bytes(), HOSTILE),
        "answer-open": foreign(aima.read_bytes()),
        "answer-empty": b"",
    }
    found += [{"name": name, "html": posted_file(running, data)} for name, data in posted.items()]
    return found


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
