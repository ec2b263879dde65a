"""docs/access.md says who can do what: as the tables of roles do, of every route there is, and as it happens."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from issuer.service.access import Role
from issuer.web import roles
from issuer.web.roles import API, CONSOLE, LINK, RENEWED, Reach, Table
from tests.kit.candidate import link, opened, send
from tests.kit.home import AIMA_AT, LATER, Home, demo
from tests.kit.web import Service, service

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"
WORD = {"yes": True, "no": False}
NOTED = {"event", "notice", "pending"}
"""What a request that waits may write at once."""
ADA = "res_demo_0001"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    made.issue(at=AIMA_AT)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, LATER) as running:
        yield running


def rows(heading: str) -> dict[tuple[str, str], list[str]]:
    """The table under a heading: its cells by method and route."""
    text = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^\| `([A-Z]+) (/[^`]*)` \| (.*) \|$", text, re.MULTILINE)
    made = {(method, rule): cells.split(" | ") for method, rule, cells in found}
    assert len(made) == len(found), "a route stands there twice"
    return made


@pytest.mark.parametrize(("heading", "table"), [("The API", API), ("The console", CONSOLE)])
def test_the_page_says_of_each_role_what_the_table_does(heading: str, table: Table) -> None:
    told = rows(heading)
    assert told.keys() == table.keys()
    for route, (what, *may) in told.items():
        assert what.endswith("."), route
        assert {role for role, word in zip(Role, may, strict=True) if WORD[word]} == table[route], route


def test_the_page_says_what_a_link_can_do() -> None:
    told = rows("A candidate's link")
    assert {route: cells[1] for route, cells in told.items()} == {route: str(reach) for route, reach in LINK.items()}
    assert {route for route, cells in told.items() if WORD[cells[2]]} == RENEWED


def test_every_route_is_told_or_open_to_everybody(served: Service) -> None:
    told = {*rows("The API"), *rows("The console"), *rows("A candidate's link")}
    there = {
        (method, rule.rule)
        for rule in served.client.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(("/api", "/console", "/c/"))
    }
    assert there - told == roles.OPEN | {("GET", "/api/problems")}
    assert told <= there


def address(home: Home, ada: str, rule: str) -> str:
    (public_id,) = home.rows("SELECT public_id FROM award")[0]
    filled = rule.replace("/c/<token>", ada).replace("<public_id>", public_id)
    return filled.replace("<form>.<kind>", "number.png").replace("<paper>", "a4").replace("<form>", "png")


@pytest.mark.parametrize("route", [route for route, reach in LINK.items() if reach is Reach.LOOK], ids=" ".join)
def test_what_shows_changes_nothing(served: Service, home: Home, route: tuple[str, str]) -> None:
    ada = link(served, ADA)
    before = home.contents()
    served.get(address(home, ada, route[1]))
    assert home.contents() == before


@pytest.mark.parametrize("route", [route for route, reach in LINK.items() if reach is Reach.WAITS], ids=" ".join)
def test_what_waits_touches_nothing_until_then(served: Service, home: Home, route: tuple[str, str]) -> None:
    """And taking it back leaves everything as it was, files as well."""
    ada = link(served, ADA)
    before, files = home.contents(), home.files(".")
    path = address(home, ada, route[1])
    asked = opened(served, path if route[1].endswith(("/erase", "/forget-contact")) else ada)
    assert send(served, asked, path).status_code == 303
    changed = {table for table, was in before.items() if home.contents()[table] != was}
    renewed = route[1].endswith("/renew")
    assert changed == NOTED | ({"secret"} if renewed else set())
    back = f"{ada}/take-all-back" if renewed else f"{ada}/take-back"
    assert send(served, opened(served, ada), back).status_code == 303
    after = home.contents()
    left = changed - {"notice"}  # what nobody was told yet will not be told
    assert {table for table, was in before.items() if after[table] != was} == left
    assert set(before["secret"]) <= set(after["secret"])
    assert home.rows("SELECT count(*) FROM secret WHERE ended_at IS NULL") == [(1,)]
    assert home.rows("SELECT outcome FROM pending") == [("taken-back",)]
    assert {name: data for name, data in home.files(".").items() if name != "certify.db"} == files
    assert "Ada Example" in opened(served, ada).text


@pytest.mark.parametrize("route", [route for route, reach in LINK.items() if reach is Reach.AT_ONCE], ids=" ".join)
def test_what_is_done_at_once_loses_nothing(served: Service, home: Home, route: tuple[str, str]) -> None:
    """It only adds to what is there: nothing that stood before is gone or changed."""
    ada = link(served, ADA)
    before = home.contents()
    assert send(served, opened(served, ada), address(home, ada, route[1]), name="Ada Other").status_code == 303
    after = home.contents()
    assert {table for table, was in before.items() if after[table] != was} <= {"consent", "event", "request"}
    assert all(set(was) <= set(after[table]) for table, was in before.items())


@pytest.mark.parametrize("route", list(LINK), ids=" ".join)
def test_a_link_that_was_renewed_reaches_what_the_page_says(
    served: Service, home: Home, route: tuple[str, str]
) -> None:
    ada = link(served, ADA)
    send(served, opened(served, ada), f"{ada}/renew")
    nothing = served.get("/c/wrong").data
    answer = served.client.open(address(home, ada, route[1]), method=route[0], base_url="http://localhost")
    assert (answer.data != nothing) == (route in RENEWED)
