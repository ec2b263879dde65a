"""Runs the real command in a process of its own, and says what it cost: CPU seconds and the most memory it held."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
# `ru_maxrss` would not do: on Linux a child starts with its parent's, however small it is itself.
_PROGRAM = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
from verifier.cli import main
begun = time.process_time()
status = main(sys.argv[2:])
seconds = time.process_time() - begun
try:
    lines = open("/proc/self/status").read().splitlines()
    peak = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "w") as file:
    json.dump([status, seconds, peak], file)
"""


class Cost(NamedTuple):
    """Exit status and standard output, CPU seconds, and bytes of memory at the highest."""

    status: int
    out: str
    seconds: float
    peak: int

    @property
    def codes(self) -> list[str]:
        """The codes of the checks, when the output is JSON."""
        return [check["code"] for check in json.loads(self.out)["checks"] if check["code"]]


def run(folder: Path, *arguments: str) -> Cost:
    """`certify-verify` with these arguments in `folder`, which also gets the figures."""
    figures = folder / "figures"
    figures.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(figures), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if not figures.exists():
        raise AssertionError(f"The command died with {done.returncode}: {done.stderr[-2000:]}")
    status, seconds, peak = json.loads(figures.read_text(encoding="utf-8"))
    return Cost(status, done.stdout, seconds, peak)
