"""The application on a production server: several processes, bounded requests, a publisher, a graceful stop."""

import json
import logging
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext, SSLError
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import _DEFER, ThreadWorker

from keys import KeysError

from ..errors import IssuerError
from ..service import batchwork, due, publish, traces
from ..service.desk import Desk
from . import create_app, metrics
from .logs import LOGGER
from .problems import FAULT, MALFORMED, MEDIA_TYPE, document
from .rates import Bounds

_THREADS: Final = 16
_IDLE_SECONDS: Final = 5
"""Before and between requests; it keeps no thread busy."""
_PUBLISH_SECONDS: Final = 60.0
_DUE_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 1.0
_STOP_SECONDS: Final = 25


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, and with how many processes; `tls`: certificate and key files; the rest as in `create_app`."""

    host: str
    port: int
    workers: int
    tls: tuple[Path, Path] | None
    proxies: int
    bounds: Bounds | None
    request_seconds: float
    """From the first byte of a request to the last of its answer: whoever is slower is cut off."""


class BoundedWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Cuts off who sends or reads too slowly, which would keep a thread busy for ever, and writes down nobody."""

    def handle(self, conn: Any) -> Any:
        """One request of one connection; who says nothing at first is waited for without a thread."""
        if not conn.initialized and not conn.wait_for_data(0):
            return _DEFER
        timer = threading.Timer(self.app.settings.request_seconds, _cut, (conn,))
        timer.daemon = True
        timer.start()
        try:
            return super().handle(conn)
        finally:
            timer.cancel()

    def handle_error(self, req: Any, client: Any, _addr: Any, exc: Exception) -> None:
        """Answer what never reached the application. gunicorn would log the address, and quote what was sent."""
        theirs = isinstance(exc, ParseException | SSLError)
        if theirs and req is not None:
            return  # in what was left of a body when it had its answer
        LOGGER.warning('{"unreadable": "%s"}', type(exc).__name__)
        status, about = (HTTPStatus.BAD_REQUEST, MALFORMED) if theirs else (HTTPStatus.INTERNAL_SERVER_ERROR, FAULT)
        body = document(status, *about)
        head = f"HTTP/1.1 {status} {status.phrase}\r\nConnection: close\r\nContent-Type: {MEDIA_TYPE}\r\n"
        with suppress(OSError):
            client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())


def _cut(conn: Any) -> None:
    with suppress(OSError):
        conn.sock.shutdown(socket.SHUT_RDWR)


class _Service(BaseApplication):  # type: ignore[misc]
    def __init__(self, open_desk: Callable[[], Desk], settings: Settings, ready: Callable[[], None]) -> None:
        self._open_desk = open_desk
        self._ready = ready
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        given = self.settings
        certificate, key = given.tls or (None, None)
        values = {
            "bind": f"{given.host}:{given.port}",
            "workers": given.workers,
            "threads": _THREADS,
            "worker_class": f"{__name__}.{BoundedWorker.__name__}",
            "certfile": str(certificate) if certificate else None,
            "keyfile": str(key) if key else None,
            "keepalive": _IDLE_SECONDS,
            "graceful_timeout": _STOP_SECONDS,
            "limit_request_line": 4_094,
            "limit_request_fields": 50,
            "limit_request_field_size": 4_094,
            "forwarded_allow_ips": "",  # what a proxy says is read in one place, and from ours alone: `create_app`
            "secure_scheme_headers": {},
            "loglevel": "warning",
            "proc_name": "certify",
            "child_exit": metrics.forget_worker,
            "when_ready": lambda _arbiter: self._ready(),
        }
        for name, value in values.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """In each process for itself: connections to a database do not survive a fork."""
        desk = self._open_desk()
        _in_background("publish", _PUBLISH_SECONDS, lambda: publish.keep_published(desk, _now()))
        _in_background("traces", _PUBLISH_SECONDS, lambda: traces.clear(desk))
        _in_background("waiting", _DUE_SECONDS, lambda: due.carry_out(desk, _now()))
        _in_background("batches", _LOOK_SECONDS, lambda: batchwork.work(desk, _now))
        return create_app(desk, _now, bounds=self.settings.bounds, proxies=self.settings.proxies)


def run(open_desk: Callable[[], Desk], settings: Settings, ready: Callable[[], None]) -> None:
    """Serve until the process is told to stop (SIGTERM, SIGINT); requests that are under way are finished.

    `ready` is called once, when connections are taken. Raises IssuerError `service.address` or `service.tls`.
    """
    _refuse_taken(settings.host, settings.port)
    if settings.tls:
        _refuse_unusable(*settings.tls)
    _log_to_stderr()
    _Service(open_desk, settings, ready).run()


def _refuse_taken(host: str, port: int) -> None:
    """Listen for a moment: gunicorn would try for five seconds, and then end with words of its own."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        raise IssuerError(
            "service.address",
            f"Nothing can listen at {host}, port {port}: {error.strerror}. Choose another --port or --host, or stop "
            "what listens there.",
        ) from None


def _refuse_unusable(certificate: Path, key: Path) -> None:
    try:
        SSLContext(PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except (OSError, ValueError) as error:  # SSLError is an OSError
        why = error.strerror if isinstance(error, OSError) and not isinstance(error, SSLError) else "they do not fit"
        raise IssuerError(
            "service.tls",
            f"{certificate} and {key} cannot be used for TLS: {why}. Give a certificate and its key, PEM.",
        ) from None


def _now() -> datetime:
    return datetime.now(UTC)


def _in_background(name: str, seconds: float, work: Callable[[], object]) -> None:
    threading.Thread(target=_for_ever, args=(name, seconds, work), daemon=True).start()


def _for_ever(name: str, seconds: float, work: Callable[[], object]) -> None:
    """Every process looks, and who finds something to do first does it. After a failure of any kind it looks again."""
    pause = threading.Event()
    while True:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - a thread that ends would be missed by nobody
            metrics.FAILURES[name].inc()
            LOGGER.error(json.dumps({"failed": name, "code": _code(error)}))
        pause.wait(seconds)


def _code(error: Exception) -> str:
    """Never the error's words, which may name people."""
    if isinstance(error, IssuerError | KeysError):
        return error.code
    return "disk" if isinstance(error, OSError) else type(error).__name__


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
