"""How often one address may ask: each bound holds, for that address alone, for a minute; and whose address it is."""

import logging
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from issuer.service.access import Role
from issuer.web import create_app, rates
from issuer.web.rates import Bounds, Rates
from tests.integration.test_intake import EARLIER, RECORD
from tests.kit.described import Described
from tests.kit.home import AIMA_AT, Home, demo, opened
from tests.kit.minting import Key
from tests.kit.page import page
from tests.kit.staff import PASSWORD, Browser, bearer, employ, tokens
from tests.kit.web import Clock, Platform, Service, service
from verifier.format.timestamp import parse

ROOT = Path(__file__).resolve().parents[2]
FEW = Bounds(documents=2, lookups=3, logins=2, wrong=4, others=5)
HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"
LOOKUP = "/api/certify/verify?id=AIMA-2026-00000000"
BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = demo(tmp_path_factory.mktemp("rates") / "home")
    employ(made, EARLIER)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, AIMA_AT, FEW) as running:
        yield running


def ask(served: Service, path: str, address: str = HERE, method: str = "GET", **more: Any) -> Any:
    place = {"REMOTE_ADDR": address}
    return served.client.open(path, method=method, base_url="http://localhost", environ_overrides=place, **more)


def code(answer: Any) -> str:
    assert answer.content_type == "application/problem+json"
    return str(answer.json["code"])


def refused(answer: Any) -> bool:
    """With a code, and the time to wait, when it is."""
    if answer.status_code != 429:
        return False
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    return True


@pytest.mark.parametrize(
    ("method", "path", "bound"),
    [
        ("POST", "/api/certify/verify", FEW.documents),
        ("POST", "/certify/verify", FEW.documents),
        ("GET", "/api/certify/verify", FEW.lookups),
        ("HEAD", "/api/certify/verify", FEW.lookups),
        ("GET", "/certify/verify", FEW.lookups),
        ("POST", "/console/login", FEW.logins),
        ("GET", "/certify", FEW.others),
        ("GET", "/api/openapi.json", FEW.others),
        ("GET", "/nothing", FEW.others),
        ("PUT", "/certify", FEW.others),
        ("GET", "/c/some-link", FEW.others),
        ("GET", "/console", FEW.others),
    ],
)
def test_each_bound_holds_for_one_address_and_for_a_minute(served: Service, method: str, path: str, bound: int) -> None:
    assert not any(refused(ask(served, path, method=method)) for _ in range(bound))
    assert all(refused(ask(served, path, method=method)) for _ in range(bound))
    assert not refused(ask(served, path, ELSEWHERE, method))
    served.clock.now += timedelta(seconds=59)
    assert ask(served, path, method=method).headers["Retry-After"] == "1"
    served.clock.now += timedelta(seconds=1)
    assert not any(refused(ask(served, path, method=method)) for _ in range(bound))
    assert refused(ask(served, path, method=method))


def test_one_kind_leaves_the_others_alone(served: Service) -> None:
    while not refused(ask(served, "/api/certify/verify", method="POST")):
        pass
    assert not refused(ask(served, LOOKUP))
    assert not refused(ask(served, "/certify"))


@pytest.mark.parametrize(
    "path", ["/trust.json", "/.well-known/did.json", "/status/revocation/1", "/healthz", "/metrics"]
)
def test_what_everybody_reads_is_not_counted(served: Service, path: str) -> None:
    assert not any(refused(ask(served, path, buffered=True)) for _ in range(3 * FEW.others))
    assert len(counts(served)) == 0


def counts(served: Service) -> Any:
    found: Rates = served.client.application.extensions[Rates.__name__]
    return found.windows


# --- guessing -----------------------------------------------------------------------------------------------------


def test_wrong_tokens_signatures_and_ids_are_counted_together(home: Home, served: Service) -> None:
    assert code(ask(served, "/api/keys", headers=bearer("certify_guess"))) == "access.token"
    assert code(ask(served, "/api/results", method="POST", data=RECORD)) == "transport.signature"
    assert code(ask(served, LOOKUP)) == "award.unknown"
    assert code(ask(served, "/api/keys")) == "access.token"
    good = bearer(tokens(home, AIMA_AT)[Role.AUDITOR])
    for path in (LOOKUP, "/api/keys", "/certify"):
        assert refused(ask(served, path, headers=good)), "whoever guesses is told nothing more"
        assert not refused(ask(served, path, ELSEWHERE, headers=good))
    assert refused(ask(served, "/api/results", method="POST", data=RECORD))
    served.clock.now += timedelta(minutes=1)
    assert ask(served, "/api/keys", headers=good).status_code == 200


def test_a_platform_sends_as_much_as_it_has(home: Home, served: Service) -> None:
    platform = Platform("rates-platform", key=Key("rates"))
    platform.allow(home, AIMA_AT)
    headers = platform.headers("POST", "/api/results", RECORD, served.clock.now)
    for _ in range(3 * FEW.others):
        assert code(ask(served, "/api/results", method="POST", data=RECORD, headers=headers)) == "transport.platform"


def test_passwords_are_not_tried_from_one_address(served: Service) -> None:
    """Beside the wait for one name: here the names differ."""
    browser = Browser(served)
    for name in ("one", "two"):
        assert browser.log_in(name, "a guess").status_code == 403
    served.clock.now += timedelta(seconds=30)
    answer = browser.post("/console/login", name="issuer", password=PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
    assert "request.too-many" in answer.text


# --- the answer ---------------------------------------------------------------------------------------------------


def test_it_is_a_problem_for_programs_and_a_page_for_people(served: Service) -> None:
    described = Described(served)
    for _ in range(FEW.others):
        ask(served, "/nothing")
    answer = ask(served, "/api/openapi.json")
    assert code(described.holds("GET", "/api/openapi.json", answer)) == "request.too-many"
    assert answer.json["detail"] == "Too many requests came from your address. Wait 60 seconds, then try again."
    for path in ("/certify", "/nothing", "/c/some-link"):
        shown = ask(served, path, headers=BROWSER)
        assert "request.too-many" in page(shown, 429).text
        assert refused(shown)
    console = ask(served, "/console")
    assert refused(console)
    assert "Too many requests" in console.text
    for each in described.document["paths"].values():
        assert all("429" in operation["responses"] for operation in each.values())


def test_no_address_reaches_a_log_an_answer_or_the_numbers(served: Service, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answers = [ask(served, path).text for path in (LOOKUP, "/certify") for _ in range(8)]
    assert '"status": 429' in caplog.text
    numbers = ask(served, "/metrics").text
    assert 'certify_limited_total{bound="lookups"}' in numbers
    assert HERE not in caplog.text + numbers + "".join(answers)


# --- whose address it is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:198.51.100.7", HERE, True),
        ("198.51.100.7", "198.51.100.8", False),
        ("unix:", "", True),
    ],
)
def test_addresses_that_are_one(served: Service, one: str, other: str, same: bool) -> None:
    while not refused(ask(served, LOOKUP, one)):
        pass
    assert refused(ask(served, LOOKUP, other)) == same


def test_a_stranger_who_speaks_for_others_changes_nothing(served: Service) -> None:
    for number in range(FEW.lookups):
        assert not refused(ask(served, LOOKUP, headers={"X-Forwarded-For": f"192.0.2.{number}"}))
    assert refused(ask(served, LOOKUP, headers={"X-Forwarded-For": "192.0.2.99", "Forwarded": "for=192.0.2.99"}))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "192.0.2.66, 192.0.2.1", "192.0.2.1"),
        (2, "192.0.2.66, 192.0.2.1, 198.18.0.1", "192.0.2.1"),
        (2, "192.0.2.66", HERE),
        (1, "", HERE),
    ],
)
def test_behind_proxies_the_one_that_they_name_is_counted(
    home: Home, proxies: int, forwarded: str, counted: str
) -> None:
    """What a client itself has put in front of it is not believed."""
    with service(home, AIMA_AT, FEW, proxies) as running:
        ask(running, LOOKUP, headers={"X-Forwarded-For": forwarded} if forwarded else {})
        assert {address for _, address in counts(running)} == {bytes(map(int, counted.split(".")))}


def test_behind_a_proxy_host_links_and_cookies_are_those_that_were_asked_for(tmp_path: Path) -> None:
    home, platform = demo(tmp_path / "home"), Platform()
    platform.allow(home, EARLIER)
    with service(home, AIMA_AT, proxies=1) as running:
        outside = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "credentials.example"}
        headers = platform.headers("POST", "/api/results", RECORD, running.clock.now) | outside
        answer = ask(running, "/api/results", method="POST", data=RECORD, headers=headers)
        assert answer.json["link"].startswith("https://credentials.example/c/")
        login = ask(running, "/console/login", headers=outside)
        assert login.headers["Set-Cookie"].startswith("__Host-certify=")
        assert "Secure" in login.headers["Set-Cookie"]
        assert "Strict-Transport-Security" in login.headers
        forged = ask(running, "/certify", headers={"X-Forwarded-Host": "evil.example"})
        assert forged.status_code == 421


def test_without_one_nobody_is_believed(served: Service) -> None:
    outside = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    login = ask(served, "/console/login", headers=outside)
    assert login.headers["Set-Cookie"].startswith("certify=")
    assert "Strict-Transport-Security" not in login.headers
    assert "evil" not in login.text


# --- memory -------------------------------------------------------------------------------------------------------


def test_many_addresses_take_bounded_memory(served: Service, monkeypatch: pytest.MonkeyPatch, home: Home) -> None:
    monkeypatch.setattr(rates, "MOST_COUNTS", 10)
    with service(home, AIMA_AT, FEW) as running:
        for number in range(30):
            ask(running, "/nothing", f"192.0.2.{number}")
        assert len(counts(running)) == 10
        running.clock.now += timedelta(minutes=1)
        assert len(counts(running)) == 0


def test_the_documentation_tells_the_bounds() -> None:
    section = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").partition("## How often")[2].partition("\n## ")[0]
    told = [int(number.replace(",", "")) for number in re.findall(r"\| ([\d,]+) \|$", section, re.MULTILINE)]
    assert told == list(asdict(rates.DEFAULT).values())


def test_there_are_bounds_unless_somebody_lifts_them(home: Home) -> None:
    with opened(home) as desk:
        assert Rates.__name__ in create_app(desk, Clock(parse(AIMA_AT))).extensions
        assert Rates.__name__ not in create_app(desk, Clock(parse(AIMA_AT)), bounds=None).extensions


@pytest.mark.parametrize(
    "option", [("--proxies", "-1"), ("--proxies", "9"), ("--request-seconds", "0"), ("--request-seconds", "nan")]
)
def test_an_option_that_makes_no_sense_is_refused(home: Home, option: tuple[str, str]) -> None:
    ran = home.certify("serve", *option)
    assert (ran.exit, "--proxies or --request-seconds is out of range" in ran.err) == (2, True)
