"""What runs in JavaScript, started once for each file of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.reader import Reader
from tests.web.twin import Twin


@pytest.fixture(scope="module")
def twin(node: Path) -> Iterator[Twin]:
    with Twin() as running:
        yield running


@pytest.fixture(scope="module")
def reader(node: Path) -> Iterator[Reader]:
    with Reader() as running:
        yield running
