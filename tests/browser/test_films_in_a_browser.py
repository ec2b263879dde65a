"""A committee's camera in a real browser: no answer stands under another code's picture, however codes are swapped."""

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.browser import chromium
from tests.browser.listening import listening
from tests.browser.scenes import changed
from tests.kit import films
from tests.kit.home import AIMA_AT, REASON, demo
from tests.kit.web import service
from verifier.format import qrtext

OTHER_AT, AT = "2026-07-10T12:00:00Z", "2026-07-11T12:00:00Z"
HOST = "credentials.example"
SIZE = (800, 400)
GRACE, LONGEST_GRACE, PAUSE = 600, 2_000, 60
SLACK = 250
"""Milliseconds that a timer may be late on a busy machine."""
SAYS = {
    "valid": "Ada Example",
    "withdrawn": "No longer in force",
    "forged": "Not genuine",
    "number": "This is only the number",
    "foreign": "This code leads to credentials-example.test",
    "several": "More than one code",
    "nothing": "No code in the picture",
}
"""What only the answer on each kind of picture says."""
CHECKING = "Checking …"
pytestmark = [pytest.mark.node, pytest.mark.slow]


class Film(NamedTuple):
    """The kind of each scene, and what the browser noted; see filming.mjs."""

    kinds: list[str]
    noted: dict[str, Any]


def pictures(folder: Path) -> tuple[Any, dict[str, Any]]:
    """The issuer, and what lies before the camera."""
    home = demo(folder / "home")
    valid, withdrawn = home.issue(at=AIMA_AT), home.issue("aima-diacritics.json", at=OTHER_AT)
    home.json("revoke", withdrawn, *REASON, at=AT)
    home.json("publish", at=AT)
    texts = {}
    for name, public_id in (("valid", valid), ("withdrawn", withdrawn)):
        texts[name] = str(home.json("qr", public_id, "--out", str(folder / f"{name}.png"), at=AIMA_AT)["text"])
    document = json.loads(changed(home.file(valid, ".compact.json").read_bytes(), "Eve Example"))
    texts["forged"] = qrtext.encode(document, HOST, 1, qrtext.built_in(1) or b"")
    texts["foreign"] = texts["valid"].replace(HOST, "credentials-example.test")
    texts["number"] = str(home.json("qr", valid, "--link", "--out", str(folder / "number.png"), at=AIMA_AT)["text"])
    codes = {name: films.drawn(text, 360) for name, text in texts.items()}
    lying = {name: films.scene(code, size=SIZE) for name, code in codes.items()}
    lying["several"] = films.scene(codes["valid"], codes["withdrawn"], size=SIZE)
    lying["nothing"] = films.scene(size=SIZE)
    return home, lying


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser noted, asked once for all tests."""
    program, folder = chromium.page(), tmp_path_factory.mktemp("films")
    home, lying = pictures(folder)
    slow = films.every_swap(list(SAYS))
    draw = random.Random(12)
    quick = [draw.choice(list(SAYS)) for _ in range(60)]

    def made(name: str, kinds: list[str], rate: int, frames: int) -> str:
        scenes = [films.numbered(lying[kind], place) for place, kind in enumerate(kinds)]
        return str(films.film(folder / f"{name}.y4m", scenes, rate, frames))

    asked = {
        "slow": {"path": made("slow", slow, 2, 3), "seconds": len(slow) * 1.5},
        "quick": {"path": made("quick", quick, 5, 1), "seconds": 15},
        "alone": {"path": made("alone", quick, 5, 3), "seconds": 40, "alone": True},
    }
    with service(home, AT) as running, listening(running) as port:
        alone = folder / "certify-verify.html"
        alone.write_bytes(running.get("/certify/verify.html").data)
        wanted = {"port": port, "chromium": program, "at": AT, "alone": str(alone), "films": asked}
        strip = {"cell": films.CELL, "cells": films.CELLS, "width": SIZE[0]}
        kinds = {"slow": slow, "quick": quick, "alone": quick}
        return {**chromium.driven("filming.mjs", {**wanted, **strip}), "kinds": kinds}


def kind_of(text: str) -> str:
    if text.startswith(CHECKING):
        return "checking"
    (found,) = [kind for kind, says in SAYS.items() if says in text]
    return found


def looks(seen: dict[str, Any], name: str) -> list[tuple[float, float, str, str]]:
    """Of each look of the page: when it began, when the next one began, what lay there, and what was drawn then."""
    kinds = seen["kinds"][name]
    noted = seen["films"][name]
    found = []
    for look, following in pairwise(noted["looks"]):
        drawn = [each["text"] for each in noted["draws"] if each["at"] <= following["at"]][-1]
        if look["scene"] is not None:
            found.append((look["at"], following["at"], kinds[look["scene"]], kind_of(drawn)))
    assert len(found) > 0.9 * len(noted["looks"])
    return found


@pytest.mark.parametrize("name", ["slow", "quick", "alone"])
def test_no_answer_stands_under_another_picture(seen: dict[str, Any], name: str) -> None:
    """After each look: what is drawn is on what was there, or nothing; on an empty table, for the grace alone."""
    last, until = "nothing", 0.0
    assert len(looks(seen, name)) > 50
    for begun, ended, lying, drawn in looks(seen, name):
        if lying != "nothing":
            took = ended - begun - PAUSE
            last, until = lying, begun + min(max(GRACE, 2 * took), LONGEST_GRACE) + SLACK
            assert drawn in {lying, "nothing", "checking", "several"}, (begun, lying, drawn)
            assert lying != "several" or drawn in {"several", "nothing"}, (begun, lying, drawn)
        else:
            assert drawn == "nothing" or ended < until, (begun, last, drawn)
            assert drawn in {"nothing", "checking", "several", last}, (begun, last, drawn)


def test_every_picture_gets_its_own_answer(seen: dict[str, Any]) -> None:
    """Each kind after each other one: shown again, it is answered again."""
    scenes: list[tuple[str, set[str]]] = []
    before = None
    for _, _, lying, drawn in looks(seen, "slow"):
        if lying != before:
            scenes.append((lying, set()))
        scenes[-1][1].add(drawn)
        before = lying
    for kind in SAYS:
        answers = [kind in drawn for lying, drawn in scenes[1:-1] if lying == kind]
        assert sum(answers) > len(answers) / 2, (kind, answers)


@pytest.mark.parametrize("name", ["slow", "alone"])
def test_the_list_grows_and_the_camera_takes_its_answer_along(seen: dict[str, Any], name: str) -> None:
    film = seen["films"][name]
    words = {tuple(row) for row in film["rows"]}
    valid = "Valid" if name == "slow" else "Valid on a saved list"
    assert words == {(valid, "Ada Example"), ("No longer in force", "Zoë Kovářová-Nguyễn"), ("Not genuine", "–")}
    assert film["open"] == 1
    assert film["closed"] == {"open": 0, "answers": 0, "focus": "camera", "buttons": 0}
    assert film["others"] == []


def test_nothing_is_asked_of_anybody(seen: dict[str, Any]) -> None:
    assert seen["foreign"] == []
    assert seen["errors"] == []
