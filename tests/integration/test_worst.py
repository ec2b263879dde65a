"""A search for a document that costs more than it may, in both verifiers; `benchmarks/search_worst.py` takes longer."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kit.minting import AT, ISSUER, encoded
from tests.kit.worstsearch import Found, search
from tests.vectors.case import Given
from tests.web import cost
from tests.web.judge import Judge
from verifier import verify

SECONDS = 25
SLACK = 3
"""What a shared machine may take longer than a quiet one."""
MOST_BYTES = 256 << 20
TRUST = ISSUER.trust(statusLists={})

pytestmark = pytest.mark.slow


def in_python(data: bytes) -> float:
    begun = time.process_time()
    verify(data, trust=TRUST, at=AT)
    return time.process_time() - begun


def held(seconds_of: Callable[[bytes], float], apart: Callable[..., cost.Cost], folder: Path) -> None:
    """Nothing that is found takes longer than it may, and the worst of all stays small as well."""
    found = search(seconds_of, time.monotonic() + SECONDS)
    assert found
    assert [str(each) for each in found if each.share > SLACK] == []
    assert _peak(found[0], apart, folder) < MOST_BYTES


def _peak(found: Found, apart: Callable[..., cost.Cost], folder: Path) -> int:
    return apart(folder, found.data, encoded(ISSUER.trust_file(statusLists={}))).peak


def test_the_worst_that_is_found_in_python(tmp_path: Path) -> None:
    held(in_python, cost.in_python, tmp_path)


@pytest.mark.node
def test_the_worst_that_is_found_in_javascript(tmp_path: Path) -> None:
    with Judge() as judge:
        held(lambda data: judge.seconds(Given(data, TRUST)), cost.in_node, tmp_path)
