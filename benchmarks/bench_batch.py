"""What a row of a batch costs, beside one bare signature and beside both renderings signed and verified.

Run it as `make bench` or `python benchmarks/bench_batch.py`. CPU milliseconds and rows a second are those of this
machine and its disk: only the ratios mean something elsewhere. Home and key are made for the run and thrown away.
"""

import io
import json
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # benchmarks/ is not installed

from benchmarks import bench_verify  # noqa: E402 - the path comes first
from benchmarks.bench_verify import RESULT, SUITES, Bench, cost, encoded, repetitions  # noqa: E402
from issuer import cli  # noqa: E402
from verifier import verify_each  # noqa: E402
from verifier.format import proof  # noqa: E402

ROWS = 200
CREATED, AT = "2026-06-15T00:00:00Z", "2026-07-01T09:32:13Z"


def certify(*arguments: str) -> None:
    """Run `certify` in this process."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        status = cli.main(arguments)
    assert status == 0, out.getvalue()  # noqa: S101 - a wrong answer is not worth timing


def write_batch(path: Path) -> None:
    """A pass of AIMA by a person of its own in each row."""
    record = json.loads(RESULT.read_bytes())
    with path.open("w", encoding="utf-8") as file:
        for number in range(ROWS):
            record["resultId"], record["attempt"]["attemptId"] = f"res-{number}", f"att-{number}"
            record["candidate"] |= {"candidateId": f"cand-{number}", "email": f"n{number}@candidate.example"}
            file.write(json.dumps(record) + "\n")


def batch() -> tuple[float, float]:
    """CPU milliseconds a row, and rows a second by the clock."""
    with tempfile.TemporaryDirectory() as folder:
        home, path = ("--home", f"{folder}/home"), Path(folder) / "batch.jsonl"
        certify("init", "--demo", *home, "--at", CREATED)
        certify("issue", str(RESULT), *home, "--at", AT)  # publishes the lists of the day, and fills caches
        write_batch(path)
        begun, clock = time.process_time(), time.monotonic()
        certify("batch", str(path), *home, "--at", AT)
        return (time.process_time() - begun) * 1000 / ROWS, ROWS / (time.monotonic() - clock)


def main() -> None:
    bench = Bench()

    def renderings() -> None:
        files = [encoded(bench.issued()), encoded(bench.secured(proof.JCS))]
        assert all(verify_each(files, trust=bench.trust, at=bench_verify.AT))  # noqa: S101 - as above

    works = {
        "floor: two SHA-256 and Ed25519 over given bytes": lambda: bench.sign(bench.inputs[proof.RDFC].data),
        f"{len(SUITES)} renderings, signed as issued and verified": renderings,
    }
    milliseconds = {name: cost(work, repetitions(work)) for name, work in works.items()}
    milliseconds["a row of a batch, from bytes to files"], rows = batch()
    floor = next(iter(milliseconds.values()))
    print(f"\n{'batch':<52} {'CPU ms':>8} {'x floor':>8}")
    for name, value in milliseconds.items():
        print(f"  {name:<50} {value:8.3f} {value / floor:8.1f}")
    print(f"\n{ROWS} rows, looked at and answered: {rows:.1f} a second")


if __name__ == "__main__":
    main()
