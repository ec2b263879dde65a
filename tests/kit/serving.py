"""`certify serve` as a real process, and clients that send to it at once."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tests.kit.home import RESULTS, Home
from tests.kit.web import Platform
from verifier.format.timestamp import format_seconds

_PATIENCE_SECONDS = 90.0
_CLIENT_SECONDS = 60.0


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 when nothing did."""

    status: int
    value: Any = None


@dataclass
class Server:
    """A running service."""

    home: Home
    port: int
    process: subprocess.Popen[bytes]

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """One request on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_CLIENT_SECONDS)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            data = response.read()
            return Answer(response.status, json.loads(data) if data[:1] in (b"{", b"[") else data)
        except (OSError, HTTPException, ValueError):
            return Answer(0)
        finally:
            connection.close()

    def send(self, platform: Platform, record: bytes) -> Answer:
        """A signed result record."""
        headers = platform.headers("POST", "/api/results", record, datetime.now(UTC))
        return self.ask("POST", "/api/results", record, headers)

    def workers(self) -> list[int]:
        """The processes that answer."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text(encoding="ascii").split()]

    def kill_one(self, place: int) -> None:
        """SIGKILL to one of them."""
        workers = self.workers()
        if workers:
            os.kill(workers[place % len(workers)], signal.SIGKILL)


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Home, workers: int, *options: str) -> Iterator[Server]:
    """The service on a free port, until the block ends; it must stop by itself when it is told to.

    All that its clients send comes from one address: it is counted only where a test asks for that, by its options.
    """
    port = free_port()
    program = "import sys; from issuer.cli import main; sys.exit(main())"
    where = ("--home", str(home.path), "--port", str(port), "--workers", str(workers), "--clock-is-right")
    given = options or ("--no-rate-limits",)
    with (home.path.parent / "service.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-c", program, "serve", *where, *given], stdout=log, stderr=log)
        server = Server(home, port, process)
        try:
            end = time.monotonic() + _PATIENCE_SECONDS
            while server.ask("GET", "/readyz").status != 200:
                assert process.poll() is None, "the service did not start"
                assert time.monotonic() < end, "the service is not ready"
                time.sleep(0.1)
            yield server
        finally:
            process.terminate()
            assert process.wait(_PATIENCE_SECONDS) == 0


def recent(number: int) -> bytes:
    """A pass of AIMA by person `number`, an hour ago by the clock."""
    value = json.loads((RESULTS / "aima-pass.json").read_bytes())
    begun = datetime.now(UTC) - timedelta(hours=1)
    times = {"startedAt": 0, "completedAt": 30, "scoredAt": 31}
    value["resultId"], value["attempt"]["attemptId"] = f"res-{number}", f"att-{number}"
    value["attempt"] |= {name: format_seconds(begun + timedelta(minutes=after)) for name, after in times.items()}
    value["candidate"] |= {"candidateId": f"cand-{number}", "email": f"n{number}@candidate.example"}
    return json.dumps(value).encode()
