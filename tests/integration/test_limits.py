"""The most expensive inputs within the bounds: each gets its answer, within twice its time on a quiet machine."""

from pathlib import Path

import pytest

from tests.kit import measured
from tests.kit.measured import Cost
from tests.kit.minting import AT
from tests.kit.worst import WORST, Worst, compact, incompressible, once, status_list
from verifier.format.timestamp import format_seconds

MOST_BYTES = 256 << 20
MOST_SECONDS = 6
# Those that take long to make, or to check, wait for `make test-slow`.
QUICK = {
    "one long text, 16 proofs",
    "one long text in a JWT",
    "one value too many",
    "brackets",
    "deepest",
    "poison: 3 x 6",
    "poison: twins 2 x 8",
    "hard graph",
    "nested contexts",
    "presentation of 16 alike, as RDF",
}


def write(folder: Path, worst: Worst) -> list[str]:
    """The files of an input; the answer is the command's arguments."""
    (folder / "file").write_bytes(worst.data)
    (folder / "trust").mkdir()
    for place, data in enumerate(worst.trust):
        (folder / "trust" / f"{place}.json").write_bytes(data)
    return ["file", "--trust", "trust"]


def bounded(cost: Cost) -> None:
    assert cost.seconds < MOST_SECONDS
    assert cost.peak < MOST_BYTES


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.slow, id=name) for name in WORST]
)
def test_it_is_answered_in_time_and_memory(name: str, tmp_path: Path) -> None:
    worst = WORST[name]()
    cost = measured.run(tmp_path, *write(tmp_path, worst), "--json", "--at", format_seconds(AT))
    assert cost.status == worst.status, cost.out[:2_000]
    bounded(cost)


def test_the_quick_ones_are_there() -> None:
    assert set(WORST) > QUICK


@pytest.mark.slow
@pytest.mark.parametrize("name", ["most values", "one long text", "presentation of 16"])
def test_so_is_the_text_for_a_person(name: str, tmp_path: Path) -> None:
    cost = measured.run(tmp_path, *write(tmp_path, WORST[name]()), "--verbose", "--at", format_seconds(AT))
    assert cost.out.startswith("VALID: ")
    bounded(cost)


@pytest.mark.slow
def test_so_is_a_memory_of_the_largest_lists(tmp_path: Path) -> None:
    """By the clock, so that the memory is read, compared and written; the lists have run out, which is not asked."""
    arguments = write(tmp_path, WORST["largest list"]())
    for day in (1, 2, 3):
        list_of_the_day = once(status_list(incompressible(day), day=day))
        (tmp_path / "trust" / "1.json").write_bytes(compact(list_of_the_day))
        bounded(measured.run(tmp_path, *arguments, "--json"))
        assert (tmp_path / "trust" / "seen.json").stat().st_size > 10 << 20
