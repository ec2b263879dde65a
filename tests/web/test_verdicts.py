"""The verifier in JavaScript against ours: for every vector and every mutant the same report, to the last sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vectors.cases import CASES
from tests.web.judge import Judge, verified

pytestmark = pytest.mark.node

# Vectors on which the two may differ, each with its reason.
DIFFERENT: dict[str, str] = {}


@pytest.fixture(autouse=True)
def no_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page has no validator of JSON Schema, which Python can do without as well."""
    monkeypatch.setattr("verifier.schema.find_spec", lambda _: None)


@pytest.fixture(scope="module")
def judge(node: Path) -> Iterator[Judge]:
    with Judge() as running:
        yield running


def test_every_vector_has_the_same_report(judge: Judge) -> None:
    """One test, so that the vectors are signed and asked once, however many processes share the work."""
    found = {}
    for case in CASES:
        given = case.build()
        ours, theirs = verified(given), judge.verify(given)
        if ours != theirs:
            found[case.name] = (ours, theirs)
    assert {name: pair for name, pair in found.items() if name not in DIFFERENT} == {}
    assert DIFFERENT.keys() == found.keys(), "what is listed is a difference"
