"""The whole of it on this machine: an issuer that serves, an exam to sit, and every address.

`make serve` leaves it running until Ctrl-C. `make demo` asks for one scripted candidate, and then stops it again.
"""

import argparse
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

ROOT: Final = Path(__file__).resolve().parents[1]
BIN: Final = Path(sys.executable).parent
KEY: Final = ROOT / "examples" / "exam_platform" / "questions.json"
STAFF: Final = "demo-staff"
READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 30.0


def main() -> None:
    options = _options()
    place = Place(ROOT / options.folder, options.port, options.exam_port)
    refuse_ports(("PORT", options.port), ("EXAM_PORT", options.exam_port))
    place.folder.mkdir(parents=True, exist_ok=True)
    if not (place.home / "certify.toml").exists():
        place.certify("init", "--demo")
    password = place.staff_password()
    with place.issuing(), place.examining():
        print(place.addresses(password), flush=True)
        if options.once:
            candidate(place)
            return
        print("\n  Ctrl-C stops it.", flush=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("\nStopping …", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--folder", default="demo-service", help="where issuer and exam are kept")
    parser.add_argument("--port", type=int, default=8080, help="of the issuer's service")
    parser.add_argument("--exam-port", type=int, default=8090, help="of the exam")
    parser.add_argument("--once", action="store_true", help="let a scripted candidate sit the exam, then stop")
    return parser.parse_args()


def refuse_ports(*ports: tuple[str, int]) -> None:
    """Refuse, before anything is made, two equal ports or a port that is in use."""
    for name, port in ports:
        if not 0 < port < 1 << 16:
            stop(f"{name}={port} is no port: choose one from 1 to 65535.")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                probe.listen()
            except OSError as error:
                other = " ".join(f"{each}={number + 1000}" for each, number in ports)
                stop(f"port {port} cannot be used ({error.strerror}). Choose others: make serve {other}")
    if len({port for _, port in ports}) < len(ports):
        stop("service and exam need a port each: give PORT and EXAM_PORT two numbers.")


@dataclass(frozen=True)
class Place:
    """One issuer and one exam, their folder and their ports."""

    folder: Path
    port: int
    exam_port: int

    @property
    def home(self) -> Path:
        return self.folder / "issuer"

    @property
    def service(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def exam(self) -> str:
        return f"http://127.0.0.1:{self.exam_port}"

    def certify(self, *arguments: str, stdin: bytes = b"") -> str:
        """Run `certify` on this home; what it says."""
        command = [str(BIN / "certify"), *arguments, "--home", str(self.home), "--clock-is-right"]
        done = subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, check=False)
        if done.returncode:
            stop(f"certify {shlex.join(arguments)}: {done.stderr.decode()}")
        return done.stdout.decode()

    def staff_password(self) -> str:
        """A fresh one each time: nothing that opens the console is kept in a file."""
        password = secrets.token_urlsafe(12)
        setting = ("staff", "set", STAFF, "--role", "issuer", "--password-fd", "0")
        self.certify(*setting, stdin=f"{password}\n".encode())
        return password

    @contextmanager
    def issuing(self) -> Iterator[None]:
        where = ("--home", str(self.home), "--port", str(self.port), "--workers", "1")
        with running(
            [str(BIN / "certify"), "serve", *where, "--clock-is-right"], self.folder / "service.log"
        ) as process:
            wait_for(f"{self.service}/readyz", process, self.folder / "service.log")
            yield

    @contextmanager
    def examining(self) -> Iterator[None]:
        """The exam, and what it asks the issuer's staff to do."""
        log = self.folder / "exam.log"
        given = ("--data", str(self.folder / "exam"), "--service", self.service, "--port", str(self.exam_port))
        with running([sys.executable, "-m", "examples.exam_platform", *given], log) as process:
            wait_for(self.exam, process, log)
            lines = log.read_text(encoding="utf-8").splitlines()
            (line,) = (line for line in lines if line.strip().startswith("certify "))
            name, key, public = shlex.split(line)[-3:]
            if public not in self.certify("platforms", "list"):
                self.certify("platforms", "allow", name, key, public)
            yield

    def addresses(self, password: str) -> str:
        service = self.service
        return f"""
  The exam, for candidates:        {self.exam}
  Look up or verify a credential:  {service}/certify/verify
  Verify it in the browser alone:  {service}/v
  About the credentials:           {service}/certify
  The console, for staff:          {service}/console   ({STAFF} / {password})
  API description:                 {service}/api/openapi.json
  Published files:                 {service}/trust.json, {service}/.well-known/did.json
  Health and numbers:              {service}/readyz, {service}/metrics"""


@contextmanager
def running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program until the block ends; what it says goes to a file."""
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=file)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own programs
                return
        except (URLError, OSError):
            time.sleep(0.1)
    stop(f"{address} did not answer: see {log.relative_to(ROOT)}. Is the port in use?")


def candidate(place: Place) -> None:
    """Somebody sits the exam over HTTP, passes, and is sent to their credential."""
    command = [sys.executable, "-m", "examples.exam_platform.scripted", f"{place.exam}/", "--key", str(KEY)]
    done = subprocess.run([*command, "--name", "Ada Example"], cwd=ROOT, capture_output=True, check=False, text=True)
    if done.returncode:
        stop(f"the scripted candidate did not reach the issuer: {done.stdout}{done.stderr}")
    print(f"\n  A candidate sat the exam, passed, and was sent to:\n  {done.stdout.strip()}", flush=True)
    for path in sorted((place.home / "issued").glob("*.json")):
        print(f"  {path.relative_to(ROOT)}")


def stop(text: str) -> NoReturn:
    sys.exit(f"serve: {text}")


if __name__ == "__main__":
    main()
