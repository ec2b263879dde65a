"""What a stranger has verified is verified with nothing held open: no transaction waits for a document."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from issuer.service import lookup
from issuer.service.desk import Desk
from tests.kit.home import Home, demo, opened
from verifier import Report, verify
from verifier.format.timestamp import parse

AT = "2026-07-10T00:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many transactions were open at each verification."""
    within, seen = [0], list[int]()

    def counted(name: str) -> Callable[..., Any]:
        opens: Any = getattr(Desk, name)

        @contextmanager
        def counting(desk: Desk, *arguments: Any, **options: Any) -> Iterator[Any]:
            with opens(desk, *arguments, **options) as connection:
                within[0] += 1
                yield connection
                within[0] -= 1

        return counting

    def noted(data: bytes, **options: Any) -> Report:
        seen.append(within[0])
        return verify(data, **options)

    for name in ("reading", "writing"):
        monkeypatch.setattr(Desk, name, counted(name))
    monkeypatch.setattr(lookup, "verify", noted)
    return seen


def test_a_document(home: Home, alone: list[int]) -> None:
    content = home.file(home.issue()).read_bytes()
    with opened(home) as desk:
        for data in (content, b"{}", content.replace(b"2026-07", b"2026-08")):
            assert isinstance(lookup.of_document(desk, data, parse(AT)), Report)
    assert alone == [0, 0, 0]


def test_a_public_id(home: Home, alone: list[int]) -> None:
    public_id = home.issue()
    with opened(home) as desk:
        found = lookup.find_public(desk, public_id, parse(AT))
    assert found is not None
    assert found.in_force
    assert alone == [0]


def test_nothing_is_verified_for_what_was_erased(home: Home, alone: list[int]) -> None:
    public_id = home.issue()
    home.json("erase", public_id, "--decision", "DEC-1", at=AT)
    with opened(home) as desk:
        found = lookup.find_public(desk, public_id, parse(AT))
    assert found is not None
    assert found.report is None
    assert alone == []
