"""Logging in: attempts are counted before the password is looked at, and nobody's failures keep another person out."""

import json
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from issuer.errors import IssuerError
from issuer.service import logins, passwords
from issuer.service.access import Role
from issuer.service.logins import Comer
from tests.integration.test_intake import EARLIER
from tests.kit.home import AIMA_AT, Home, demo, opened
from tests.kit.serving import Server, serving
from tests.kit.staff import PASSWORD, Browser, employ
from tests.kit.web import Service, service
from verifier.format.timestamp import parse

AT = parse(AIMA_AT)
KEY = bytes(32)
HERE, ELSEWHERE = Comer(b"here", "", KEY), Comer(b"elsewhere", "", KEY)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    employ(made, EARLIER, Role.ISSUER, Role.AUDITOR)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, AIMA_AT) as running:
        yield running


def code(home: Home, password: str, comer: Comer, name: str = "issuer", after: timedelta = timedelta()) -> str:
    """The code of the refusal, "" when somebody was let in."""
    with opened(home) as desk:
        try:
            logins.log_in(desk, name, password, comer, AT + after)
        except IssuerError as error:
            return error.code
    return ""


def test_many_at_once_get_five_looks_at_the_password(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, lock = [], threading.Lock()

    def fits(kept: str | None, _: str) -> bool:
        with lock:
            looked.append(kept)
        return False

    monkeypatch.setattr(passwords, "fits", fits)
    with opened(home) as desk, ThreadPoolExecutor(24) as threads:

        def guess(number: int) -> str:
            with pytest.raises(IssuerError) as raised:
                logins.log_in(desk, "issuer", f"guess {number}", HERE, AT)
            return raised.value.code

        codes = list(threads.map(guess, range(24)))
    assert sum(kept is not None for kept in looked) == 5
    assert len(looked) == 24, "each takes as long"
    assert (codes.count("access.denied"), codes.count("access.wait")) == (5, 19)


@pytest.mark.parametrize("name", ["issuer", "nobody", "x" * 10_000])
def test_an_unknown_name_is_answered_as_a_known_one(home: Home, name: str) -> None:
    given = [code(home, "wrong", HERE, name) for _ in range(7)]
    assert given == ["access.denied"] * 5 + ["access.wait"] * 2


def test_who_fails_elsewhere_keeps_nobody_out(home: Home) -> None:
    for number in range(40):
        code(home, "wrong", ELSEWHERE, after=timedelta(minutes=number))
    at = timedelta(minutes=40)
    assert code(home, PASSWORD, ELSEWHERE, after=at) == "access.wait"
    assert code(home, PASSWORD, HERE, after=at) == "", "a browser that nobody knows, at another address"
    assert code(home, PASSWORD, ELSEWHERE, "auditor", at) == "", "and another name at the same"


def test_who_fails_everywhere_keeps_no_known_browser_out(home: Home) -> None:
    with opened(home) as desk:
        known = logins.log_in(desk, "issuer", PASSWORD, HERE, AT).browser
        for number in range(logins._FREE_TOGETHER):
            comer = Comer(f"address {number}".encode(), "", KEY)
            with pytest.raises(IssuerError):
                logins.log_in(desk, "issuer", "wrong", comer, AT)
        assert code(home, PASSWORD, ELSEWHERE) == "access.wait"
        mine = Comer(b"wherever", known, KEY)
        assert logins.log_in(desk, "issuer", PASSWORD, mine, AT).browser == known
        assert code(home, PASSWORD, mine, "auditor") == "", "known under the one name alone, and counted apart"
        entry = logins.make_entry(desk, "issuer", AT)
        assert logins.enter(desk, entry, ELSEWHERE, AT).session


def test_a_known_browser_has_five_attempts_too(home: Home) -> None:
    with opened(home) as desk:
        mine = Comer(b"here", logins.log_in(desk, "issuer", PASSWORD, HERE, AT).browser, KEY)
    assert [code(home, "wrong", mine) for _ in range(6)] == ["access.denied"] * 5 + ["access.wait"]
    assert code(home, PASSWORD, mine) == "access.wait"
    assert code(home, PASSWORD, mine, after=timedelta(seconds=2)) == ""
    home.certify("staff", "end", "issuer", at=AIMA_AT)
    employ(home, AIMA_AT, Role.ISSUER)
    with opened(home) as desk, desk.reading() as connection:
        assert not logins._knows(connection, "issuer", mine.browser, AT), "known no more with another password"


@pytest.mark.parametrize("act", ["set", "end"])
def test_whoever_is_entered_anew_or_let_go_has_nothing_left_that_lets_them_in(home: Home, act: str) -> None:
    with opened(home) as desk:
        logins.log_in(desk, "issuer", PASSWORD, HERE, AT)
        link = logins.make_entry(desk, "issuer", AT)
    if act == "end":
        home.json("staff", "end", "issuer", at=AIMA_AT)
    else:
        employ(home, AIMA_AT, Role.ISSUER)
    assert home.rows("SELECT kind FROM secret WHERE subject = 'issuer' AND ended_at IS NULL") == []
    with opened(home) as desk, pytest.raises(IssuerError, match="was used"):
        logins.enter(desk, link, HERE, AT)


def test_a_login_that_succeeds_begins_the_count_anew(home: Home) -> None:
    for number in range(10):
        after = timedelta(seconds=number)
        assert [code(home, "wrong", HERE, after=after) for _ in range(4)] == ["access.denied"] * 4
        assert code(home, PASSWORD, HERE, after=after) == ""


def test_counts_are_forgotten_and_tell_nothing(home: Home) -> None:
    code(home, "wrong", HERE, "somebody-typed-this")
    rows = home.rows("SELECT * FROM login_try")
    assert len(rows) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", str(row[0])) for row in rows)
    code(home, "wrong", ELSEWHERE, after=timedelta(hours=1, seconds=1))
    assert not {row[0] for row in rows} & {row[0] for row in home.rows("SELECT * FROM login_try")}


# --- the link -----------------------------------------------------------------------------------------------------


def test_attempts_noted_while_a_clock_was_ahead_keep_nobody_out(home: Home) -> None:
    ahead = timedelta(days=20)
    assert {code(home, "wrong", HERE, after=ahead) for _ in range(6)} == {"access.denied", "access.wait"}
    assert code(home, PASSWORD, HERE) == ""


def test_a_link_of_the_terminal_lets_in_once(home: Home, served: Service) -> None:
    made = home.json("staff", "link", "issuer", at=AIMA_AT)
    path = made["link"].partition("//")[2].partition("/")[2]
    browser = Browser(served)
    assert browser.get("/console").status_code == 303
    for _ in range(2):
        assert browser.get(f"/{path}").status_code == 200, "looking uses nothing up"
    link = path.rpartition("/")[2]
    assert browser.post("/console/enter", token="0" * 64, link=link).status_code == 403
    assert browser.post("/console/enter", link=link).status_code == 303
    assert browser.get("/console").status_code == 200
    other = Browser(served)
    other.get(f"/{path}")
    assert other.post("/console/enter", link=link).status_code == 403
    assert link not in json.dumps([[*map(str, row)] for row in home.rows("SELECT * FROM secret")])


def test_a_link_ends(home: Home) -> None:
    with opened(home) as desk:
        first, second = (logins.make_entry(desk, "issuer", AT) for _ in range(2))
        let_go = logins.make_entry(desk, "auditor", AT)
        home.json("staff", "end", "auditor", at=AIMA_AT)
        for token, after in ((first, 0), (second, 900), (let_go, 0), ("x", 0), ("", 0)):
            with pytest.raises(IssuerError) as raised:
                logins.enter(desk, token, HERE, AT + timedelta(seconds=after))
            assert raised.value.code == "access.denied"
        assert logins.enter(desk, second, HERE, AT + timedelta(seconds=899)).session
    assert home.fails("staff", "link", "nobody", at=AIMA_AT) == "access.unknown"


def test_of_two_at_once_one_gets_in(home: Home) -> None:
    with opened(home) as desk, ThreadPoolExecutor(8) as threads:
        token = logins.make_entry(desk, "issuer", AT)

        def enter(_: int) -> bool:
            try:
                return bool(logins.enter(desk, token, HERE, AT))
            except IssuerError:
                return False

        assert sum(threads.map(enter, range(8))) == 1


# --- several processes --------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.several_hosts
def test_many_at_once_gain_nothing_from_several_processes(home: Home) -> None:
    with serving(home, 3, "--no-rate-limits", "--proxies", "1") as server, ThreadPoolExecutor(16) as threads:
        statuses = list(threads.map(lambda number: _try(server, "203.0.113.9", f"guess {number}"), range(48)))
        assert statuses == [403] * 48
        (most, together) = sorted(row[0] for row in home.rows("SELECT attempts FROM login_try"))
        assert 5 <= most == together <= 5 + 6, "five, and one after 1, 2, 4, … seconds"
        assert _try(server, "198.51.100.7", PASSWORD) == 303
        link = home.json("staff", "link", "issuer", "--clock-is-right")["link"].rpartition("/")[2]
        assert _post(server, "203.0.113.9", "/console/enter", {"link": link}) == 303


def _try(server: Server, address: str, password: str) -> int:
    return _post(server, address, "/console/login", {"name": "issuer", "password": password})


def _post(server: Server, address: str, path: str, fields: dict[str, str]) -> int:
    """A form of the console, as a browser that nobody knows sends it."""
    headers: dict[str, Any] = {"X-Forwarded-For": address, "X-Forwarded-Proto": "http"}
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", "/console/login", headers=headers)
        form = connection.getresponse()
        (csrf,) = re.findall(r'name="csrf" value="([0-9a-f]{64})"', form.read().decode())
        cookie = str(form.getheader("Set-Cookie")).partition(";")[0]
        given = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, urlencode({"csrf": csrf, **fields}), headers | given)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()
