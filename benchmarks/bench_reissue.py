"""Issue anew what a lost key has signed, in one go beside a running service: time, memory, and what readers see.

Run it as `python benchmarks/bench_reissue.py 20000`; `make bench` runs it with a few. A second argument names a home
that holds the credentials already, such as one that an earlier run was told to make: it is used as it is, and changed.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # tests/ is not installed

from tests.kit.home import Home, on_server  # noqa: E402 - the path comes first
from tests.kit.serving import Server, recent, serving  # noqa: E402
from tests.kit.web import Platform  # noqa: E402

COUNT, WORKERS = 200, 2
FIRST = "key-2026-1"
DECISION = ("--decision", "DEC-1")
_BEYOND = 10_000_000
"""The number of the first record that is sent meanwhile."""
_LIST, _TRUST = "/status/revocation/1", "/trust.json"
_RECORD_EVERY_SECONDS = 0.5


@dataclass
class Seen:
    """What came back, by what was asked and its status; the seconds of each answer."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)

    @property
    def errors(self) -> dict[tuple[str, int], int]:
        """Answers that are none of the right ones."""
        right = {200, 201, 302}  # the first page leads on
        return {what: number for what, number in self.answers.items() if what[1] not in right}


@dataclass(frozen=True)
class Figures:
    """What it took: seconds by the clock, peak of memory in bytes, and the command's own answer."""

    seconds: float
    peak: int
    answer: dict[str, object]
    seen: Seen


def made(home: Home, number: int) -> None:
    """An issuer who may take records, with this many credentials."""
    home.json("init", "--demo", *on_server())
    rows = home.path.with_name("rows.jsonl")
    rows.write_bytes(b"".join(recent(each).replace(b"\n", b"") + b"\n" for each in range(number)))
    ran = home.certify("batch", str(rows))  # which says how far it is on standard error
    if ran.exit:
        raise RuntimeError(ran.err)


@contextmanager
def asked(server: Server, platform: Platform, public_id: str) -> Iterator[Seen]:
    """A reader who asks all the time, and a platform that sends a record now and then, until the block ends."""
    seen, over = Seen(), threading.Event()

    def note(what: str, begun: float, status: int) -> None:
        seen.times.append(time.monotonic() - begun)
        seen.answers[what, status] += 1

    def reads() -> None:
        for path in (_LIST, _TRUST, f"/api/certify/verify?id={public_id}", "/"):
            begun = time.monotonic()
            note(path.partition("?")[0], begun, server.ask("GET", path).status)

    def read() -> None:
        while not over.is_set():
            reads()
            over.wait(0.05)

    def send() -> None:
        for number in count(_BEYOND):
            if over.wait(_RECORD_EVERY_SECONDS):
                return
            begun = time.monotonic()
            note("a new record", begun, server.send(platform, recent(number)).status)

    threads = [threading.Thread(target=each) for each in (read, send)]
    for each in threads:
        each.start()
    try:
        yield seen
    finally:
        over.set()
        for each in threads:
            each.join()


def reissued(home: Home) -> tuple[float, int, dict[str, object]]:
    """The command in a process of its own: seconds, its peak of memory in bytes, and its answer."""
    program = "import sys; from issuer.cli import main; sys.exit(main())"
    command = ("keys", "reissue", FIRST, *DECISION, "--yes", "--json", "--home", str(home.path))
    begun = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", program, *command], stdout=subprocess.PIPE, cwd=ROOT) as process:
        out = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    answer: dict[str, object] = json.loads(out)
    if process.returncode:
        raise RuntimeError(f"It was not done: {answer}")
    return time.monotonic() - begun, used.ru_maxrss << 10, answer


def measured(home: Home) -> Figures:
    """Give the key up, let another sign, and issue all anew while the service runs."""
    platform = Platform()
    home.json("platforms", "allow", platform.name, platform.key_id, platform.key.multibase)
    (public_id,) = home.rows("SELECT max(public_id) FROM award")[0]
    with serving(home, WORKERS) as server:
        home.json("keys", "compromise", FIRST, *DECISION, "--yes")
        spare = home.json("keys", "generate")["announced"]
        home.json("keys", "activate", spare)
        with asked(server, platform, public_id) as seen:
            seconds, peak, answer = reissued(home)
    return Figures(seconds, peak, answer, seen)


def told(figures: Figures, number: int) -> None:
    """All figures, on standard output."""
    cuts = quantiles(figures.seen.times, n=100)
    p50, p95, p99 = (cuts[percent - 1] * 1000 for percent in (50, 95, 99))
    left = figures.answer["left"]
    print(f"{figures.answer['reissued']:,} of {number:,} issued anew in {figures.seconds:.0f} s")
    print(f"  {number / figures.seconds:.1f} a second; peak of memory {figures.peak >> 20} MiB; left: {left}")
    print(f"  {len(figures.seen.times):,} answers meanwhile: p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f} ms")
    for (what, status), times in sorted(figures.seen.answers.items()):
        print(f"    {status} {what}: {times:,}")
    print(f"  errors that readers and platform saw: {figures.seen.errors or 'none'}")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as name:
        home = Home(Path(sys.argv[2] if len(sys.argv) > 2 else f"{name}/home"))
        if not (home.path / "certify.toml").exists():
            begun = time.monotonic()
            made(home, number)
            print(f"{number:,} issued in {time.monotonic() - begun:.0f} s", flush=True)
        told(measured(home), number)


if __name__ == "__main__":
    main()
