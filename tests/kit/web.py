"""The service of a test's home, and a platform that signs what it sends."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient

from issuer.web import create_app
from issuer.web.rates import Bounds
from tests.kit.home import Home
from tests.kit.minting import Key
from verifier.format.timestamp import parse

PLATFORM = "exam-platform-demo"
HOST = "http://localhost"


@dataclass
class Clock:
    """A clock that stands where it was put."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def set(self, text: str) -> None:
        self.now = parse(text)


@dataclass
class Service:
    """The application of one home, called in this process."""

    home: Home
    clock: Clock
    client: FlaskClient

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, base_url=HOST, **more)

    def post(self, path: str, **more: Any) -> Any:
        return self.client.post(path, base_url=HOST, **more)


@contextmanager
def service(home: Home, at: str, bounds: Bounds | None = None, proxies: int = 0) -> Iterator[Service]:
    """The service at a time. Time stands still there: requests are counted only where a test asks for it."""
    desk, clock = home.desk(), Clock(parse(at))
    try:
        yield Service(home, clock, create_app(desk, clock, bounds=bounds, proxies=proxies).test_client())
    finally:
        desk.engine.dispose()


@dataclass(frozen=True)
class Platform:
    """An exam platform with a key; `name` stands in its records."""

    name: str = PLATFORM
    key_id: str = "2026-1"
    key: Key = field(default_factory=lambda: Key("platform"))

    def allow(self, home: Home, at: str) -> None:
        home.json("platforms", "allow", self.name, self.key_id, self.key.multibase, at=at)

    def headers(self, method: str, path: str, body: bytes, at: datetime, **changed: str) -> dict[str, str]:
        """The three headers of RFC 9421 in the form of issuer/web/signatures.py, written a second time."""
        digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
        keyid = changed.get("keyid", f"{self.name}/{self.key_id}")
        created = changed.get("created", str(int(at.timestamp())))
        params = f'("@method" "@path" "content-digest");created={created};keyid="{keyid}";alg="ed25519"'
        base = f'"@method": {method}\n"@path": {path}\n"content-digest": {digest}\n"@signature-params": {params}'
        signature = base64.b64encode(self.key.private.sign(base.encode())).decode()
        return {
            "Content-Type": "application/json",
            "Content-Digest": digest,
            "Signature-Input": f"sig1={params}",
            "Signature": f"sig1=:{signature}:",
        }

    def send(self, to: Service, body: bytes, **changed: str) -> Any:
        headers = self.headers("POST", "/api/results", body, to.clock.now, **changed)
        return to.post("/api/results", data=body, headers=headers)
