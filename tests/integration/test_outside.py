"""What is wrong with register or keys is told to the operator, and to nobody else in the words of a database."""

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from sqlalchemy.exc import OperationalError

from issuer.service.access import Role
from tests.kit.home import AIMA_AT, CAIG_AT, LATER, RESULTS, Home, demo
from tests.kit.staff import bearer, employ, tokens
from tests.kit.web import Platform, Service, service

INSIDE = re.compile(
    r"SQLSTATE|sqlite|sqlalchemy|pg8000|near \"|no such table|disk I/O|certify\.db|\.pem|/tmp/|SELECT", re.IGNORECASE
)
WORDS = 'near "SELECT": no such table disk I/O error in /tmp/certify.db, SQLSTATE 55P03'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = demo(tmp_path / "home")
    home.issue(at=AIMA_AT)
    return home


@pytest.fixture
def broken(home: Home, caplog: pytest.LogCaptureFixture) -> Any:
    """A service whose register gives way once everybody is in."""
    platform = Platform()
    platform.allow(home, CAIG_AT)
    employ(home, CAIG_AT)
    token = tokens(home, CAIG_AT)[Role.ISSUER]
    (public_id,) = home.rows("SELECT public_id FROM award")[0]
    caplog.set_level(logging.INFO, logger="certify.web")
    with service(home, LATER) as served:
        engine = served.client.application.extensions["Office"].desk.engine

        def fail(*_: object, **__: object) -> None:
            raise OperationalError("SELECT * FROM award", {}, Exception(WORDS))

        with mock.patch.object(engine, "connect", fail), mock.patch.object(engine, "begin", fail):
            yield served, platform, token, str(public_id)


ASKED: dict[str, Callable[[Service, Platform, str, str], Any]] = {
    "a look-up": lambda s, p, t, i: s.get(f"/certify/verify?id={i}"),
    "a look-up by a program": lambda s, p, t, i: s.get(f"/api/certify/verify?id={i}"),
    "a candidate's page": lambda s, p, t, i: s.get(f"/c/{'x' * 43}"),
    "the start page": lambda s, p, t, i: s.get("/certify"),
    "readiness": lambda s, p, t, i: s.get("/readyz"),
    "the numbers": lambda s, p, t, i: s.get("/metrics"),
    "the login": lambda s, p, t, i: s.get("/console/login"),
    "the console": lambda s, p, t, i: s.get("/console"),
    "staff's program": lambda s, p, t, i: s.get(f"/api/credentials/{i}", headers=bearer(t)),
    "an act": lambda s, p, t, i: s.post(
        f"/api/credentials/{i}/revoke", json={"decision": "D", "reason": "scoring-error"}, headers=bearer(t)
    ),
    "a record": lambda s, p, t, i: p.send(s, (RESULTS / "caig-pass.json").read_bytes()),
}


@pytest.mark.parametrize("asked", ASKED)
def test_no_page_and_no_answer_has_the_words_of_a_database(
    broken: Any, caplog: pytest.LogCaptureFixture, asked: str
) -> None:
    with ASKED[asked](*broken) as answer:
        text = answer.get_data(as_text=True)
    assert INSIDE.search(text) is None, text
    if answer.status_code < 500:
        return
    assert answer.status_code == 503
    line = json.loads(caplog.messages[-1])
    assert line["requestId"] in text
    assert line["refused"]["code"] == "register.unusable"
    assert "55P03" in line["refused"]["detail"] or "no connection" in line["refused"]["detail"]


def test_most_of_them_need_the_register(broken: Any) -> None:
    """Else the test above would see nothing."""
    statuses = {}
    for name, ask in ASKED.items():
        with ask(*broken) as answer:
            statuses[name] = answer.status_code
    assert [name for name, status in statuses.items() if status == 503][:3] == [
        "a look-up",
        "a look-up by a program",
        "a candidate's page",
    ]
    assert statuses["a record"] == statuses["an act"] == 503


def test_a_publication_that_failed_is_told_without_files(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    token = tokens(home, CAIG_AT)[Role.ISSUER]
    (public_id,) = home.rows("SELECT public_id FROM award")[0]
    caplog.set_level(logging.INFO, logger="certify.web")
    with service(home, LATER) as served:
        (home.path / "keys" / "key-2026-1.pem").unlink()
        answer = served.post(
            f"/api/credentials/{public_id}/revoke",
            json={"decision": "D", "reason": "scoring-error"},
            headers=bearer(token),
        )
    assert answer.status_code == 200
    assert answer.json["notPublished"]["code"] == "key.file-missing"
    assert INSIDE.search(answer.text) is None
    assert "key-2026-1.pem" in json.loads(caplog.messages[-1])["refused"]["detail"]
