"""What the most expensive inputs within the bounds cost: the real command, in a process of its own for each, and the
verifier in JavaScript, where Node.js is at hand.

Run it as `make bench` or `python benchmarks/bench_worst.py`. The inputs, and what must become of them, are those of
tests/integration/test_limits.py; the figures belong to this machine, the ratios to the code.
"""

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # tests/ is not installed

from tests.kit import measured  # noqa: E402 - the path comes first
from tests.kit.minting import AT  # noqa: E402
from tests.kit.worst import WORST, Worst  # noqa: E402
from tests.web import cost as both  # noqa: E402
from verifier.format.timestamp import format_seconds  # noqa: E402
from verifier.limits import MAX_VERIFY_SECONDS  # noqa: E402

MOST_BYTES = 256 << 20
UNREAD = 2  # the exit status for a trust that cannot be read


def cost(worst: Worst) -> measured.Cost:
    """One run of the command on an input."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "file").write_bytes(worst.data)
        (folder / "trust").mkdir()
        for place, data in enumerate(worst.trust):
            (folder / "trust" / f"{place}.json").write_bytes(data)
        arguments = ["file", "--trust", "trust", "--json", "--at", format_seconds(AT)]
        found = measured.run(folder, *arguments)
    if found.status != worst.status:
        raise SystemExit(f"exit status {found.status}, not {worst.status}: a wrong answer is not worth timing")
    return found


def in_node(worst: Worst) -> str:
    """CPU milliseconds and MiB of the verifier in JavaScript, where there is Node.js and a trust to read."""
    if shutil.which("node") is None or worst.status == UNREAD:
        return ""
    with tempfile.TemporaryDirectory() as name:
        found = both.in_node(Path(name), worst.data, *worst.trust)
    return f"{found.seconds * 1000:8.0f} {found.peak >> 20:5}"


def main() -> None:
    print(
        f"{'input':<42} {'KiB':>7} {'CPU ms':>8} {'x first':>8} {'MiB':>5} {'x first':>8} {'of time':>8} {'of 256':>7} "
        f"{'node ms':>8} {'MiB':>5}"
    )
    first: measured.Cost | None = None
    for name, make in WORST.items():
        worst = make()
        found = cost(worst)
        first = first or found
        size = (len(worst.data) + sum(map(len, worst.trust))) >> 10
        print(
            f"{name:<42} {size:7,} {found.seconds * 1000:8.0f} {found.seconds / first.seconds:8.1f} "
            f"{found.peak >> 20:5} {found.peak / first.peak:8.1f} "
            f"{found.seconds / MAX_VERIFY_SECONDS:8.1%} {found.peak / MOST_BYTES:7.1%} {in_node(worst)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
