"""Look for the document that costs a verifier most, for as long as it is told.

    python benchmarks/search_worst.py [SECONDS] [python|node] [SHAPE…]

Ten minutes of the verifier in Python unless told otherwise. Prints the worst of each shape, and then what the ten worst
of all cost a process of their own, in CPU time and memory. `make test-slow` does the same for some seconds.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # tests/ is not installed

from tests.kit.amplified import SHAPES  # noqa: E402 - the path comes first
from tests.kit.minting import AT, ISSUER, encoded  # noqa: E402
from tests.kit.worstsearch import Found, search  # noqa: E402
from tests.vectors.case import Given  # noqa: E402
from tests.web import cost  # noqa: E402
from tests.web.judge import Judge  # noqa: E402
from verifier import Trust, verify  # noqa: E402

TRUST = encoded(ISSUER.trust_file(statusLists={}))


def in_python(data: bytes) -> float:
    begun = time.process_time()
    verify(data, trust=Trust.read(TRUST), at=AT)
    return time.process_time() - begun


def main(seconds: float = 600, verifier: str = "python", *names: str) -> None:
    shapes = [shape for shape in SHAPES if not names or shape.__name__ in names]
    end = time.monotonic() + float(seconds)
    with Judge() as judge:
        judged: Callable[[bytes], float] = in_python
        if verifier == "node":
            judged = lambda data: judge.seconds(Given(data, Trust.read(TRUST)))  # noqa: E731 - said where it is chosen
        found = search(judged, end, shapes)
    for each in found:
        print(each)
    print(f"{'in a process of its own':<90} {'python':>16} {'node':>16}")
    for each in found[:10]:
        apart(each)


def apart(found: Found) -> None:
    with tempfile.TemporaryDirectory() as name:
        python, node = (each(Path(name), found.data, TRUST) for each in (cost.in_python, cost.in_node))
    print(
        f"{found!s:<90} "
        + " ".join(f"{each.seconds * 1000:6.0f} ms {each.peak >> 20:4} MiB" for each in (python, node))
    )


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]  # the first one is a number as text
