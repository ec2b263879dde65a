"""The page's verifier in a real browser: apart from the page, stopped in time, and the same where no worker starts."""

import json
from typing import Any

import pytest

from tests.browser import chromium
from tests.browser.listening import listening
from tests.browser.scenes import changed
from tests.kit.home import AIMA_AT, demo
from tests.kit.web import service
from verifier.limits import MAX_VERIFY_SECONDS

AT = "2026-07-01T12:00:00Z"
QUICK_MILLISECONDS = 5_000
"""Of a page that does nothing itself, on a busy machine."""
pytestmark = [pytest.mark.node, pytest.mark.slow]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser says, asked once for all tests."""
    program, folder = chromium.page(), tmp_path_factory.mktemp("stopping")
    home = demo(folder / "home")
    public_id = home.issue(at=AIMA_AT)
    home.json("publish", at=AT)
    rdfc = home.file(public_id).read_bytes()
    texts = {
        "rdfc": rdfc,
        "jcs": home.file(public_id, ".compact.json").read_bytes(),
        "jwt": home.file(public_id, ".jwt").read_bytes(),
        "tampered": changed(rdfc, "Eve Example"),
        "nothing": b'{"a": 1}',
    }
    with service(home, AT) as running, listening(running) as port:
        wanted = {
            "port": port,
            "chromium": program,
            "at": AT,
            "id": public_id,
            "seconds": MAX_VERIFY_SECONDS,
            "texts": {name: text.decode() for name, text in texts.items()},
        }
        return chromium.driven("stopping.mjs", wanted)


def test_the_verifier_runs_apart_and_can_ask_nobody(seen: dict[str, Any]) -> None:
    assert seen["apart"] == {"word": "Valid", "workers": 1, "fetched": False}


def test_where_no_worker_starts_the_answer_is_the_same(seen: dict[str, Any]) -> None:
    assert seen["without"] == {"word": "Valid", "workers": 0}
    assert json.dumps(seen["here"]) == json.dumps(seen["worker"])
    verdicts = [report["verdict"] for report in seen["worker"].values()]
    assert verdicts == ["valid", "valid", "valid", "invalid", "invalid"]


@pytest.mark.parametrize(
    ("locale", "word", "sentence"),
    [
        ("en", "Could not be decided", "The check took too long and was stopped. Do not rely on the file."),
        ("de", "Nicht entscheidbar", "Die Prüfung dauerte zu lange und wurde abgebrochen."),
    ],
)
def test_a_check_that_takes_too_long_is_stopped(seen: dict[str, Any], locale: str, word: str, sentence: str) -> None:
    said = seen["long"][locale]
    assert said["word"] == word
    assert sentence in said["text"]
    detail = f"The check took longer than {MAX_VERIFY_SECONDS} seconds."
    (check,) = said["report"]["checks"]
    assert check == {"id": "readable", "outcome": "indeterminate", "code": "limit.time", "detail": detail}
    assert said["early"] == 0
    assert said["workers"] == 0
    assert said["quick"] < QUICK_MILLISECONDS


def test_a_new_input_stops_the_check_before_it(seen: dict[str, Any]) -> None:
    assert seen["other"] == {"word": "Valid", "workers": 1, "loads": 2, "rows": 0}


def test_no_late_word_of_the_issuer_takes_the_place_of_an_answer(seen: dict[str, Any]) -> None:
    assert seen["late"] == {"word": "Not genuine", "registers": 0}


def test_nothing_fails_unseen(seen: dict[str, Any]) -> None:
    assert seen["errors"] == []
