"""Every vector in a real browser, by the bundle that is served: our report, to the last sentence."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import chromium
from tests.browser.listening import listening
from tests.kit.home import CREATED, demo
from tests.kit.web import service
from tests.vectors.cases import CASES
from tests.web.judge import asked, verified

pytestmark = [pytest.mark.node, pytest.mark.slow]


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patch:  # the page has no validator of JSON Schema
        patch.setattr("verifier.schema.find_spec", lambda _: None)
        return [verified(case.build()) for case in CASES]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    program, folder = chromium.page(), tmp_path_factory.mktemp("vectors")
    file: Path = folder / "cases"
    file.write_text("".join(f"{json.dumps(asked(case.build()))}\n" for case in CASES), encoding="utf-8")
    with service(demo(folder / "home"), CREATED) as running, listening(running) as port:
        base = f"http://127.0.0.1:{port}"
        yield chromium.driven("vectors.mjs", {"base": base, "chromium": program, "cases": str(file)})


@pytest.mark.parametrize("way", ["webcrypto", "spare"])
def test_every_vector_has_the_same_report(found: dict[str, Any], expected: list[dict[str, Any]], way: str) -> None:
    assert len(found[way]) == len(CASES)
    different = [case.name for case, theirs, ours in zip(CASES, found[way], expected, strict=True) if theirs != ours]
    assert different == []
