"""The file of the register is lost or replaced while `certify serve` runs: no process goes on in the old one."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.kit import databases
from tests.kit.home import Home, demo
from tests.kit.serving import Answer, Server, recent, serving
from tests.kit.web import Platform

pytestmark = pytest.mark.skipif(bool(databases.SERVER), reason="A server looks after its files itself.")
EACH_WORKER = 8
"""Requests, after which each of two processes has most likely answered one."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def server(home: Home, platform: Platform) -> Iterator[Server]:
    home.json("publish", "--clock-is-right")
    home.json("platforms", "allow", platform.name, platform.key_id, platform.key.multibase)
    with serving(home, 2) as running:
        for _ in range(EACH_WORKER):
            assert running.ask("GET", "/readyz").status == 200
        yield running


def passed(number: int) -> bytes:
    """A record of somebody whose name no other has: a repair joins records to credentials by name, exam and second."""
    value = json.loads(recent(number))
    value["candidate"]["displayName"] = f"Ada Example {number}"
    return json.dumps(value).encode()


def code(answer: Answer) -> tuple[int, str]:
    return answer.status, str(answer.value["code"])


def lost(home: Home, to: Path) -> None:
    for path in home.path.glob("certify.db*"):
        path.rename(to / path.name)


def test_a_service_says_that_the_register_is_lost(server: Server, platform: Platform, tmp_path: Path) -> None:
    (tmp_path / "lost").mkdir()
    lost(server.home, tmp_path / "lost")
    for number in range(EACH_WORKER):
        assert server.ask("GET", "/readyz").status == 503
        assert code(server.send(platform, passed(number))) == (503, "register.missing")
    assert not (server.home.path / "certify.db").exists()


def test_a_service_goes_on_in_the_register_that_was_restored(
    server: Server, platform: Platform, tmp_path: Path
) -> None:
    home, backup = server.home, tmp_path / "backup.zip"
    known = server.send(platform, passed(1))
    page = urlsplit(known.value["link"]).path
    home.json("backup", str(backup))
    later = server.send(platform, passed(2))
    assert (known.status, later.status, server.ask("GET", page).status) == (201, 201, 200)

    home.json("restore", str(backup), "--replace")
    for number in range(3, 3 + EACH_WORKER):
        assert server.ask("GET", page).status == 404, "a restore has ended every link"
        assert code(server.send(platform, passed(number))) == (503, "register.restored")

    home.json("repair")
    again = server.send(platform, passed(3))
    assert again.status == 201
    assert home.json("show", again.value["publicId"])["state"] == "valid"
    assert home.json("show", later.value["publicId"])["state"] == "valid"
    looked = home.certify("doctor", "--json").json["checks"]
    assert [each["code"] for each in looked if each["level"] == "red"] == []
