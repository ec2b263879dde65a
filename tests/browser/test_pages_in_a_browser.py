"""The pages in a real browser: no accessibility fault in light or dark, nothing foreign loaded, usable by keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import chromium
from tests.browser.listening import listening
from tests.browser.scenes import scenes
from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, Home, demo
from tests.kit.web import Service, service

HELD_AT = "2026-07-25T08:32:13Z"
pytestmark = [pytest.mark.node, pytest.mark.slow]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = demo(tmp_path_factory.mktemp("browser") / "home")
    made.issue(at=AIMA_AT)
    made.issue("caig-pass.json", at=CAIG_AT)
    made.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)
    return made


@pytest.fixture(scope="module")
def found(home: Home) -> Iterator[dict[str, Any]]:
    """What the browser says, asked once for all tests."""
    program = chromium.program()
    with service(home, HELD_AT) as running, listening(running) as port:
        yield _asked(running, f"http://127.0.0.1:{port}", program)


def _asked(running: Service, base: str, program: str) -> dict[str, Any]:
    credential = next((running.home.path / "issued").glob("AIMA-*.r1.json")).read_text(encoding="utf-8")
    wanted = {
        "base": base,
        "chromium": program,
        "pages": scenes(running),
        "themes": ["light", "dark"],
        "credential": credential,
    }
    return chromium.driven("walk.mjs", wanted)


def test_axe_finds_no_fault_in_light_or_dark(found: dict[str, Any]) -> None:
    assert found["violations"] == []


def test_nothing_is_loaded_from_elsewhere(found: dict[str, Any]) -> None:
    assert found["foreign"] == []


def test_no_page_is_wider_than_a_small_screen(found: dict[str, Any]) -> None:
    assert found["overflow"] == []


def test_the_verify_form_works_by_keyboard_alone_and_without_scripts(found: dict[str, Any]) -> None:
    walk = found["walk"]
    assert walk["first"] == "Skip to the content"
    assert walk["afterSkip"] == "document"
    assert walk["outline"] == "solid"
    assert walk["button"] == "Check the document"
    assert walk["verdict"] == "Valid"


def test_what_is_pressed_is_large_enough(found: dict[str, Any]) -> None:
    assert found["walk"]["small"] == []
