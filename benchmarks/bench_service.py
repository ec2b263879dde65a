"""What the service answers in a second, and how soon: the real server with two workers, on SQLite, in a temporary home.

Run it as `make bench` or `python benchmarks/bench_service.py`. The clients are processes of their own and keep their
connections. The figures belong to this machine, on which clients and server share the processors: compare the ratios.
"""

import multiprocessing
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # tests/ is not installed

from tests.kit.home import Home  # noqa: E402 - the path comes first
from tests.kit.serving import Server, recent, serving  # noqa: E402
from tests.kit.web import Platform  # noqa: E402

WORKERS, PROCESSES, CONNECTIONS = 2, 2, 2
"""Of the server; of the clients; of each client."""
WARM_SECONDS, SECONDS = 1.0, 5.0
PATIENCE_SECONDS = 60.0
APART = 100_000
"""Between the numbers of the records of two connections."""


@dataclass(frozen=True)
class Work:
    """What is asked, again and again, and the status of the one right answer. Records are other ones each time."""

    status: int
    path: str
    body: bytes = b""
    records: bool = False

    def request(self, platform: Platform, number: int) -> tuple[str, str, bytes | None, dict[str, str]]:
        if not self.records:
            return ("POST" if self.body else "GET"), self.path, self.body or None, {}
        record = recent(number)
        return "POST", self.path, record, platform.headers("POST", self.path, record, datetime.now(UTC))


def connection(port: int, work: Work, first: int, begin: float) -> list[float]:
    """Ask on one connection until time is up: the seconds of each answer after the warm-up."""
    platform, times = Platform(), []
    client = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    for number in count(first):
        request = work.request(platform, number)
        asked = time.monotonic()
        if asked >= begin + SECONDS:
            break
        client.request(*request)
        response = client.getresponse()
        response.read()
        if response.status != work.status:
            raise RuntimeError(f"{work.path} answered {response.status}: a wrong answer is not worth timing")
        if asked >= begin:
            times.append(time.monotonic() - asked)
    client.close()
    return times


def client(port: int, work: Work, first: int, begin: float) -> list[float]:
    """One process with several connections."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        parts = [pool.submit(connection, port, work, first + place * APART, begin) for place in range(CONNECTIONS)]
        return [each for part in parts for each in part.result()]


def measured(server: Server, work: Work) -> list[float]:
    """The seconds of every answer, to all clients."""
    begin = time.monotonic() + WARM_SECONDS
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("fork")) as pool:
        firsts = (1 + place * CONNECTIONS * APART for place in range(PROCESSES))
        parts = [pool.submit(client, server.port, work, first, begin) for first in firsts]
        return [each for part in parts for each in part.result()]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        home, platform = Home(Path(name) / "home"), Platform()
        home.json("init", "--demo")
        home.json("platforms", "allow", platform.name, platform.key_id, platform.key.multibase)
        with serving(home, WORKERS) as server:
            issued = server.send(platform, recent(0)).value["publicId"]
            works = {
                "the server alone: GET /healthz": Work(200, "/healthz"),
                "look-up by id: GET /api/certify/verify": Work(200, f"/api/certify/verify?id={issued}"),
                "document: POST /api/certify/verify": Work(200, "/api/certify/verify", home.file(issued).read_bytes()),
                "new record: POST /api/results": Work(201, "/api/results", records=True),
            }
            print(f"{WORKERS} workers; {PROCESSES} clients, {CONNECTIONS} connections each; {SECONDS:.0f} s a line")
            print(f"{'':<40} {'a second':>9} {'of first':>9} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8}")
            alone = 0.0
            for title, work in works.items():
                times = measured(server, work)
                rate, cuts = len(times) / SECONDS, quantiles(times, n=100)
                alone = alone or rate
                p50, p95, p99 = (cuts[percent - 1] * 1000 for percent in (50, 95, 99))
                print(f"{title:<40} {rate:9.1f} {rate / alone:9.1%} {p50:8.1f} {p95:8.1f} {p99:8.1f}", flush=True)


if __name__ == "__main__":
    main()
