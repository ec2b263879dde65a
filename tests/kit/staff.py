"""Staff of a test's service: tokens for programs, and a browser that logs in and fills in forms."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from issuer.service import access
from issuer.service.access import Role
from tests.kit.home import Home, opened
from tests.kit.web import HOST, Service
from verifier.format.timestamp import parse

PASSWORD = "correct horse battery"
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
_TAG = re.compile(r"<[^>]+>")


def employ(home: Home, at: str, *roles: Role) -> None:
    """Somebody of each role, whose name is the role's."""
    with opened(home) as desk:
        for role in roles or tuple(Role):
            access.set_staff(desk, str(role), role, PASSWORD, parse(at))


def tokens(home: Home, at: str, days: int = 30) -> dict[Role, str]:
    """A token of each role."""
    with opened(home) as desk:
        return {role: access.new_token(desk, f"t-{role}", role, parse(at), timedelta(days=days)) for role in Role}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@dataclass
class Browser:
    """One browser: it keeps its cookie, and takes a form's token from the page that it saw last."""

    served: Service
    client: FlaskClient = field(init=False)
    token: str = ""

    def __post_init__(self) -> None:
        self.client = self.served.client.application.test_client()

    def get(self, path: str) -> Any:
        return self._seen(self.client.get(path, base_url=HOST))

    def post(self, path: str, *, token: str | None = None, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        given = {"csrf": self.token if token is None else token, **fields}
        return self._seen(self.client.post(path, base_url=HOST, data=given, headers=headers))

    def log_in(self, name: str, password: str = PASSWORD, **more: Any) -> Any:
        self.get("/console/login")
        answer = self.post("/console/login", name=name, password=password, **more)
        if answer.status_code == 303:
            self.get("/console")
        return answer

    def cookie(self) -> str:
        found = self.client.get_cookie("certify")
        return found.value if found else ""

    def _seen(self, answer: Any) -> Any:
        found = _TOKEN.search(answer.text) if answer.mimetype == "text/html" else None
        self.token = found[1] if found else self.token
        return answer


def logged_in(served: Service, role: Role) -> Browser:
    browser = Browser(served)
    assert browser.log_in(str(role)).status_code == 303
    return browser


def words(answer: Any) -> str:
    """What a reader sees of a page, on one line."""
    return " ".join(unescape(_TAG.sub(" ", answer.text)).split())
