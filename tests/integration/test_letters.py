"""No letter that nobody has sent yet says that something will happen when it will not any more."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from issuer.service.access import Role
from tests.kit.candidate import link, opened, send, waited
from tests.kit.home import AIMA_AT, LATER, Home, demo
from tests.kit.staff import employ, logged_in
from tests.kit.web import Service, service

ADA = "res_demo_0001"
DECIDED = ("--decision", "DEC-1")
Act = Callable[[Home, Service, str, str], object]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    made.issue(at=AIMA_AT)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, LATER) as running:
        yield running


def kinds(home: Home) -> list[str]:
    return [each["kind"] for each in home.json("notices", "list")]


def each_taken_back(home: Home, *_: object) -> None:
    for waits in home.json("waiting", "list"):
        home.json("waiting", "take-back", str(waits["number"]), *DECIDED, at=LATER)


def link_ended(home: Home, _served: Service, public_id: str, _page: str) -> None:
    home.json("link", "end", public_id, *DECIDED, at=LATER)


def link_renewed_by_staff(home: Home, _served: Service, public_id: str, _page: str) -> None:
    home.json("link", "renew", public_id, *DECIDED, at=LATER)


def all_taken_back_by_the_holder(_home: Home, served: Service, _public_id: str, page: str) -> None:
    send(served, opened(served, page), f"{page}/renew")
    send(served, opened(served, page), f"{page}/take-all-back")


def taken_back_in_the_console(home: Home, served: Service, _public_id: str, _page: str) -> None:
    employ(home, LATER)
    reviewer = logged_in(served, Role.REVIEWER)
    for waits in home.json("waiting", "list"):
        assert reviewer.post(f"/console/waiting/{waits['number']}/take-back", decision="DEC-2").status_code == 303


@pytest.mark.parametrize(
    ("act", "left"),
    [
        (each_taken_back, ["taken-back"]),
        (taken_back_in_the_console, ["taken-back"]),
        (link_ended, ["link-ended"]),
        (link_renewed_by_staff, ["link-ended"]),
        (all_taken_back_by_the_holder, []),
    ],
)
def test_what_will_not_happen_is_in_no_letter(home: Home, served: Service, act: Act, left: list[str]) -> None:
    page, public_id = link(served, ADA), home.rows("SELECT public_id FROM award")[0][0]
    send(served, opened(served, f"{page}/erase"), f"{page}/erase")
    send(served, opened(served, f"{page}/forget-contact"), f"{page}/forget-contact")
    send(served, opened(served, page), f"{page}/{public_id}/score")
    assert kinds(home) == ["erase", "forget-contact", "score"]
    act(home, served, public_id, page)
    assert home.json("waiting", "list") == []
    assert kinds(home) == left


def test_what_became_impossible_is_in_no_letter(home: Home, served: Service) -> None:
    page, public_id = link(served, ADA), home.rows("SELECT public_id FROM award")[0][0]
    send(served, opened(served, page), f"{page}/{public_id}/score")
    home.json("revoke", public_id, "--reason", "scoring-error", *DECIDED, at="2026-07-09T01:00:00Z")
    assert [str(each.outcome) for each in waited(served)] == ["impossible"]
    assert kinds(home) == []


def test_what_was_done_is_still_told(home: Home, served: Service) -> None:
    page, public_id = link(served, ADA), home.rows("SELECT public_id FROM award")[0][0]
    send(served, opened(served, page), f"{page}/{public_id}/score")
    assert [str(each.outcome) for each in waited(served)] == ["done"]
    assert kinds(home) == ["score"]


def test_one_that_is_taken_back_leaves_the_letter_on_another_of_its_kind(home: Home, served: Service) -> None:
    page, aima = link(served, ADA), home.rows("SELECT public_id FROM award")[0][0]
    caig = home.issue("caig-pass.json", at=LATER)
    assert link(served, "res_demo_0002") == page
    for public_id in (aima, caig):
        send(served, opened(served, page), f"{page}/{public_id}/score")
    home.json("waiting", "take-back", "1", *DECIDED, at=LATER)
    assert kinds(home) == ["score", "taken-back"]
