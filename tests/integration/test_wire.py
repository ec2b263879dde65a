"""What clients do to the socket of the real server: slowly, half, in chunks, in no HTTP at all. Others are served."""

import json
import re
import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress

import pytest

from issuer.web.guards import MAX_UPLOAD_BYTES
from tests.kit.home import Home, demo
from tests.kit.serving import Server, serving

SECONDS = 2.0
"""What `--request-seconds` allows here."""
CROWD = 40
"""More than a process has threads."""
HOST = b"Host: localhost\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
CANARY = "canary-4711"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One process, with the bounds that hold by default; what it wrote down is looked at when all is over."""
    home = demo(tmp_path_factory.mktemp("wire") / "home")
    with serving(home, 1, "--request-seconds", str(SECONDS)) as running:
        yield running
    log = re.sub(r"^Listening .*\n", "", written(home))
    for part in ("127.0.0.1", "Traceback", CANARY):
        assert part not in log


def written(home: Home) -> str:
    return (home.path.parent / "service.log").read_text(encoding="utf-8")


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=10 * SECONDS)


def answer(server: Server, data: bytes, *, end: bool = False) -> tuple[int, str, bytes]:
    """Status, kind of content, and content; `end`: say that no more will come."""
    with closing(connected(server)) as client:
        client.sendall(data)
        if end:
            client.shutdown(socket.SHUT_WR)
        head, _, body = read(client).partition(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    kind = next(line.partition(": ")[2] for line in lines if line.startswith("content-type: "))
    return int(lines[0].split()[1]), kind, body


def read(client: socket.socket) -> bytes:
    """The first answer, whose length its head says."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += client.recv(65_536) or pytest.fail(f"no answer: {data!r}")
    head, _, body = data.partition(b"\r\n\r\n")
    (length,) = (line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length: "))
    while len(body) < int(length.partition(b": ")[2]):
        body += client.recv(65_536) or pytest.fail(f"half an answer: {body!r}")
    return head + b"\r\n\r\n" + body


def problem(found: tuple[int, str, bytes]) -> tuple[int, str]:
    status, kind, body = found
    assert kind == "application/problem+json"
    return status, json.loads(body)["code"]


# --- slow -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (b"GET /healthz HTTP/1.1\r\n" + HOST, b"X-Slow: 1\r\n"),
        (b"GET /heal", b"z"),
        (b"POST /api/certify/verify HTTP/1.1\r\n" + HOST + b"Content-Length: 9000\r\n\r\n", b" "),
        (b"POST /certify/verify HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: 9000\r\n\r\ndocument=", b"x"),
    ],
    ids=["headers", "line", "body", "form"],
)
def test_whoever_is_slow_is_cut_off_while_others_are_served(server: Server, begin: bytes, drop: bytes) -> None:
    with closing(connected(server)) as slow:
        begun = time.monotonic()
        slow.sendall(begin)
        while not select.select([slow], [], [], 0.1)[0]:
            assert time.monotonic() - begun < 2 * SECONDS, "it is never cut off"
            slow.sendall(drop)
            asked = time.monotonic()
            assert server.ask("GET", "/healthz").status == 200
            assert time.monotonic() - asked < SECONDS / 2
        assert time.monotonic() - begun > SECONDS / 2, "it is cut off too early"
        with suppress(ConnectionResetError):
            assert slow.recv(1) == b""


def test_whoever_says_nothing_keeps_nobody_waiting(server: Server) -> None:
    with ExitStack() as crowd:
        for _ in range(CROWD):
            crowd.enter_context(closing(connected(server)))
        begun = time.monotonic()
        assert server.ask("GET", "/healthz").status == 200
        assert time.monotonic() - begun < SECONDS / 2


# --- of another length ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/certify/verify", "/api/results"])
def test_half_a_body_is_not_taken_for_a_whole_one(server: Server, path: str) -> None:
    data = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{{}}".encode()
    assert problem(answer(server, data, end=True)) == (400, "request.malformed")


def test_half_a_form_is_not_taken_for_a_whole_one(server: Server) -> None:
    head = b"POST /certify/verify HTTP/1.1\r\n" + HOST + FORM
    status, kind, body = answer(server, head + b"Content-Length: 99\r\n\r\ndocument=%7B", end=True)
    assert (status, kind) == (400, "text/html; charset=utf-8")
    assert b"request.malformed" in body


@pytest.mark.parametrize("chunk", [b"2\r\n{}\r\n0\r\n\r\n", b"100000\r\n" + b" " * (1 << 20), b"zz\r\n", b""])
def test_a_body_says_how_long_it_is(server: Server, chunk: bytes) -> None:
    head = b"POST /api/certify/verify HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    assert problem(answer(server, head + chunk)) == (411, "request.length")


def test_too_large_a_body_is_refused_before_it_comes(server: Server) -> None:
    head = b"POST /api/certify/verify HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % (MAX_UPLOAD_BYTES + 1)
    assert problem(answer(server, head)) == (413, "request.too-large")


# --- no HTTP ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        f"{CANARY}\r\n\r\n".encode(),
        f"GET /c/{CANARY} and more HTTP/1.1\r\n\r\n".encode(),
        f"GET /c/{CANARY} HTTP/9.9\r\n\r\n".encode(),
        b"GET /healthz HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
        b"GET /healthz HTTP/1.1\r\n" + HOST + f"{CANARY}\r\n\r\n".encode(),
        b"GET /healthz HTTP/1.1\r\n" + HOST + f"X: {CANARY}\0\r\n\r\n".encode(),
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: " + b"x" * 5_000 + b"\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: x\r\n" % number for number in range(60)) + b"\r\n",
        b"GET /" + b"x" * 5_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
        b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_what_is_no_request_is_a_problem_that_quotes_nothing(server: Server, data: bytes) -> None:
    found = answer(server, data)
    assert problem(found) == (400, "request.malformed")
    assert CANARY.encode() not in found[2]


def test_its_line_in_the_log_names_the_kind_alone(server: Server) -> None:
    answer(server, f"{CANARY}\r\n\r\n".encode())
    assert '{"unreadable": "InvalidRequestLine"}' in written(server.home).splitlines()


def test_a_neighbour_on_this_machine_is_not_believed_either(server: Server) -> None:
    outside = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Ssl: on\r\n"
    with closing(connected(server)) as client:
        client.sendall(b"GET /console/login HTTP/1.1\r\n" + HOST + outside.encode() + b"\r\n")
        head = read(client).partition(b"\r\n\r\n")[0]
    assert b"Set-Cookie: certify=" in head
    assert b"Strict-Transport-Security" not in head
