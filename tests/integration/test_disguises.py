"""A route has one address. Another way to write it reaches nothing that is guarded, and gets past no count."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest

from issuer.web.rates import Bounds
from issuer.web.roles import API, CONSOLE
from tests.kit.home import AIMA_AT, Home, demo
from tests.kit.serving import serving
from tests.kit.web import Service, service

FEW = Bounds(documents=2, lookups=2, logins=2, wrong=3, others=4)
COUNTED = (("POST", "/console/login"), ("POST", "/console/enter"), ("GET", "/api/certify/verify"), ("GET", "/certify"))
SHUT = {301, 302, 303, 307, 308, 400, 401, 403, 404, 405}


def disguises(path: str) -> Iterator[str]:
    """The same to a careless eye: a proxy, a log, or a guard that compares texts."""
    head, _, tail = path.rpartition("/")
    yield from (
        f"/{path}",
        f"//{path}",
        f"/.{path}",
        f"/x/..{path}",
        f"{path}/",
        f"{path}//",
        f"{path}/.",
        f"{path}/x/..",
    )
    yield from (f"{head}//{tail}", f"{head}/./{tail}", f"{head}/%2e/{tail}", f"{head}/x/../{tail}", f"{head}%2f{tail}")
    yield from (f"/%2f{path[1:]}", f"{head}%2F{tail}", f"{head}\\{tail}", f"{head}/%5c{tail}", f"{head};x=1/{tail}")
    yield from (
        path.upper(),
        path.title(),
        f"{path};",
        f"{path};jsessionid=1",
        f"{path}.json",
        f"{path}.css",
        f"{path}%20",
    )
    yield from (f"{path}/x/..", f"{path}%20", f"/%{ord(path[1]):02x}{path[2:]}")
    yield from (f"{path}%00", f"{path}%0a", f"{path}%23", f"{path}%3f", f"{path}%09", f"{path}%c0%af", f"%20{path}")
    yield from (f"{path}#", f"{path}#.css", f"{path}#?x=1", f"http://localhost{path}", f"https://other.example{path}")
    yield from (f"{head}/%{ord(tail[0]):02x}{tail[1:]}/" if tail else f"{path}%2f", f"{path}%252f", f"{path}%2f%2e")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return demo(tmp_path_factory.mktemp("disguises") / "home")


@pytest.fixture(scope="module")
def served(home: Home) -> Iterator[Service]:
    with service(home, AIMA_AT) as running:
        yield running


def plain(rule: str) -> str:
    return re.sub(r"<[^>]+>", "1", rule)


def ask(served: Service, method: str, path: str) -> int:
    """The status, for an address as a server hands it on: as it was sent, and its path decoded once."""
    sent = path if path.startswith("//") else urlsplit(path).path
    place = {"RAW_URI": path, "REQUEST_URI": path, "PATH_INFO": unquote(sent, "latin-1"), "REMOTE_ADDR": "203.0.113.5"}
    answer = served.client.open("/", method=method, base_url="http://localhost", environ_overrides=place, buffered=True)
    return int(answer.status_code)


@pytest.mark.parametrize(("method", "rule"), sorted({*API, *CONSOLE}))
def test_a_guarded_route_opens_by_no_other_name(served: Service, method: str, rule: str) -> None:
    for path in disguises(plain(rule)):
        assert ask(served, method, path) in SHUT, path


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/readyz", "/trust.json", "/status/revocation/1"])
def test_what_is_not_counted_has_one_name(home: Home, path: str) -> None:
    """Else a count would be dodged, or a proxy that keeps /metrics to its own network would be."""
    with service(home, AIMA_AT) as running:
        assert ask(running, "GET", path) == 200
        answers = {other: ask(running, "GET", other) for other in disguises(path)}
    assert {other: status for other, status in answers.items() if status not in SHUT} == {}


@pytest.mark.parametrize(("method", "path"), COUNTED)
def test_a_count_is_dodged_by_no_other_name(home: Home, method: str, path: str) -> None:
    with service(home, AIMA_AT, FEW) as counted:
        while ask(counted, method, path) != 429:
            pass
        answers = {other: ask(counted, method, other) for other in disguises(path)}
        assert [other for other, status in answers.items() if status < 300] == []


@pytest.mark.slow
def test_a_server_hands_them_on_as_they_came(home: Home) -> None:
    with serving(home, 1) as server:
        for path in ("/metrics", "/api/keys", "/console"):
            plain_status = server.ask("GET", path).status
            others = ("/" + path, f"//{path}", f"/%{ord(path[1]):02x}{path[2:]}", f"/%2f{path[1:]}")
            for other in (*others, f"{path}#", f"{path}#.css", f"http://localhost{path}"):
                assert server.ask("GET", other).status == 404, other
            assert plain_status in {200, 303, 401}


def test_the_disguises_are_different_ways_to_write_it() -> None:
    found = list(disguises("/console/keys"))
    assert len(set(found)) > 30
    assert "/console/keys" not in found
