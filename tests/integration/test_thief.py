"""Somebody has a candidate's link who should not: over HTTP, with the service running, nothing is lost for good."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.kit.home import Home, demo
from tests.kit.page import Page
from tests.kit.serving import Server, recent, serving
from tests.kit.web import Platform

NOTHING = "There is nothing at this address"
PATIENCE = 60.0
DECIDED = ("--decision", "DEC-1")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OWN = ("award", "consent", "person", "person_candidate", "person_email", "rendering", "result", "revision")
"""The tables of what a person has here."""
_numbers = count(1)


@dataclass
class Scene:
    """A running service, and how one comes to a candidate's page there."""

    server: Server
    platform: Platform

    @property
    def home(self) -> Home:
        return self.server.home

    def candidate(self) -> "Person":
        """Somebody new, who has passed."""
        record = recent(next(_numbers))
        answer = self.server.send(self.platform, record)
        assert answer.status == 201, answer
        return Person(self, record, urlsplit(answer.value["link"]).path, answer.value["publicId"])


@dataclass
class Person:
    """A candidate and the link that they were given."""

    scene: Scene
    record: bytes
    link: str
    public_id: str

    def told(self) -> str:
        """Their link as the platform gets it now."""
        answer = self.scene.server.send(self.scene.platform, self.record)
        return str(urlsplit(answer.value["link"]).path)

    def has(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that the register holds of them, but for what waits, links and the log."""
        rows = self.scene.home.contents()
        known = self.scene.home.rows("SELECT public_id, person_id, id FROM award")
        _, person, award = next(row for row in known if row[0] == self.public_id)
        return {table: [row for row in rows[table] if person in row or award in row] for table in OWN}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    home = demo(tmp_path_factory.mktemp("thief") / "home")
    platform = Platform()
    home.json("platforms", "allow", platform.name, platform.key_id, platform.key.multibase, "--clock-is-right")
    with serving(home, 2) as running:
        yield Scene(running, platform)


class Browser:
    """Somebody at a page, by its link."""

    def __init__(self, scene: Scene, link: str) -> None:
        self.scene, self.link = scene, link

    def page(self, path: str = "") -> Page:
        answer = self.scene.server.ask("GET", self.link + path)
        return Page(answer.value.decode())

    def send(self, action: str, seen: str = "", **fields: str) -> str:
        """Fill in the form that goes there; where its answer leads."""
        form = self.page(seen).form(f"{self.link}{action}")
        connection = HTTPConnection("127.0.0.1", self.scene.server.port, timeout=PATIENCE)
        try:
            connection.request("POST", form.action, urlencode(form.fields | fields), FORM)
            response = connection.getresponse()
            response.read()
            assert response.status == 303, (action, response.status)
            return str(response.headers["Location"]).partition("#")[0]
        finally:
            connection.close()

    def takes_all(self, public_id: str) -> str:
        """All that a thief can do, and then a new link so that the holder is shut out."""
        self.send("/erase", "/erase")
        self.send("/forget-contact", "/forget-contact")
        self.send(f"/{public_id}/score")
        new = self.send("/renew").removesuffix("/renewed")
        thief = Browser(self.scene, new)
        thief.send(f"/{public_id}/registry")
        thief.send("/correction", name="Mallory Example")
        return new


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def time_is_over(scene: Scene) -> None:
    """As if the waiting time of everything were over."""
    scene.home.change("UPDATE pending SET due = at")


def test_the_holder_takes_everything_back(scene: Scene) -> None:
    holder = scene.candidate()
    before = holder.has()
    stolen = Browser(scene, holder.link).takes_all(holder.public_id)
    mine = Browser(scene, holder.link)
    seen = mine.page()
    assert "This link was renewed" in seen.text
    assert "Ada Example" not in seen.text
    assert [form.action for form in seen.forms] == [f"{holder.link}/take-all-back"]
    assert mine.send("/take-all-back") == holder.link
    seen = mine.page()
    assert "What will happen" not in seen.text
    assert "We have an e-mail address of yours." in seen.text
    assert NOTHING in Browser(scene, stolen).page().text
    assert "You have asked for the name Mallory Example" in seen.text  # for staff to look at
    mine.send(f"/{holder.public_id}/registry")
    time_is_over(scene)
    scene.home.json("waiting", "carry-out")
    after = holder.has()
    assert len(after.pop("consent")) == 2
    assert after == {table: rows for table, rows in before.items() if table != "consent"}
    assert holder.told() == holder.link


def test_staff_bring_it_back_when_the_holder_has_lost_the_way(scene: Scene) -> None:
    """The thief has the newest link, and the holder does not come back to the old one."""
    holder = scene.candidate()
    before = holder.has()
    stolen = Browser(scene, holder.link).takes_all(holder.public_id)
    assert len(scene.home.json("link", "show", holder.public_id)["waits"]) == 4
    told = {each["kind"]: each["email"] for each in scene.home.json("notices", "list")}
    assert told.keys() >= {"erase", "forget-contact", "score", "renew"}
    new = scene.home.json("link", "renew", holder.public_id, *DECIDED)["link"]
    for ended in (holder.link, stolen):
        assert NOTHING in Browser(scene, ended).page().text
    mine = Browser(scene, urlsplit(new).path)
    assert "What will happen" not in mine.page().text
    mine.send(f"/{holder.public_id}/registry")
    time_is_over(scene)
    scene.home.json("waiting", "carry-out")
    after = holder.has()
    assert len(after.pop("consent")) == 2
    assert after == {table: rows for table, rows in before.items() if table != "consent"}
    assert holder.told() == mine.link


def test_a_single_request_is_taken_back_by_either(scene: Scene) -> None:
    holder = scene.candidate()
    mine = Browser(scene, holder.link)
    mine.send("/erase", "/erase")
    mine.send("/forget-contact", "/forget-contact")
    erasing, forgetting = (each["number"] for each in scene.home.json("link", "show", holder.public_id)["waits"])
    assert mine.page().form(f"{holder.link}/take-back").fields["number"] == str(erasing)
    mine.send("/take-back")
    scene.home.json("waiting", "take-back", str(forgetting), *DECIDED)
    assert "What will happen" not in mine.page().text
    assert scene.home.json("link", "show", holder.public_id)["waits"] == []


def test_what_nobody_takes_back_the_running_service_does_once(scene: Scene) -> None:
    """Two processes and a command look for it at the same time."""
    holder = scene.candidate()
    mine = Browser(scene, holder.link)
    mine.send(f"/{holder.public_id}/score")
    mine.send("/erase", "/erase")
    before = scene.home.rows("SELECT count(*) FROM event WHERE type = 'person-erased'")[0][0]
    time_is_over(scene)
    scene.home.json("waiting", "carry-out")
    until(lambda: NOTHING in mine.page().text)
    until(lambda: scene.home.json("waiting", "list") == [])
    assert scene.home.rows("SELECT count(*) FROM event WHERE type = 'person-erased'")[0][0] == before + 1
    assert scene.home.json("show", holder.public_id)["state"] == "erased"
    assert not list((scene.home.path / "issued").glob(f"{holder.public_id}*"))


def test_the_service_does_it_by_itself(scene: Scene) -> None:
    holder = scene.candidate()
    mine = Browser(scene, holder.link)
    mine.send("/forget-contact", "/forget-contact")
    new = mine.send("/renew").removesuffix("/renewed")
    time_is_over(scene)
    until(lambda: NOTHING in mine.page().text)
    mine = Browser(scene, new)
    until(lambda: "We have no e-mail address of yours." in mine.page().text)
    assert "What will happen" not in mine.page().text
    assert holder.told() == new
    assert f"{holder.public_id}" in mine.page().text


def test_no_secret_reaches_the_service_log(scene: Scene) -> None:
    holder = scene.candidate()
    Browser(scene, holder.link).takes_all(holder.public_id)
    log = (scene.home.path.parent / "service.log").read_text(encoding="utf-8")
    assert holder.link.removeprefix("/c/") not in log
    assert "Mallory" not in log
