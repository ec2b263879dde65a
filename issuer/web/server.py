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
from pathlib import Path
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from keys import KeysError

from ..errors import IssuerError
from ..service import batchwork, publish
from ..service.desk import Desk
from . import create_app, metrics
from .logs import LOGGER

MAX_REQUEST_SECONDS: Final = 20.0
"""From the first byte of a request to the last of its answer: whoever is slower is cut off."""
_THREADS: Final = 16
_PUBLISH_SECONDS: Final = 60.0
_LOOK_SECONDS: Final = 1.0
_STOP_SECONDS: Final = 25


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, and with how many processes; `tls`: certificate and key files."""

    host: str
    port: int
    workers: int
    tls: tuple[Path, Path] | None


class BoundedWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Cuts off who sends or reads too slowly, which would keep a thread busy for ever."""

    def handle(self, conn: Any) -> Any:
        """One request of one connection."""
        timer = threading.Timer(MAX_REQUEST_SECONDS, _cut, (conn,))
        timer.daemon = True
        timer.start()
        try:
            return super().handle(conn)
        finally:
            timer.cancel()


def _cut(conn: Any) -> None:
    with suppress(OSError):
        conn.sock.shutdown(socket.SHUT_RDWR)


class _Service(BaseApplication):  # type: ignore[misc]
    def __init__(self, open_desk: Callable[[], Desk], settings: Settings) -> None:
        self._open_desk = open_desk
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        given = self._settings
        certificate, key = given.tls or (None, None)
        values = {
            "bind": f"{given.host}:{given.port}",
            "workers": given.workers,
            "threads": _THREADS,
            "worker_class": f"{__name__}.{BoundedWorker.__name__}",
            "certfile": str(certificate) if certificate else None,
            "keyfile": str(key) if key else None,
            "graceful_timeout": _STOP_SECONDS,
            "limit_request_line": 4_094,
            "limit_request_fields": 50,
            "limit_request_field_size": 4_094,
            "loglevel": "warning",
            "proc_name": "certify",
            "child_exit": metrics.forget_worker,
        }
        for name, value in values.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """In each process for itself: connections to a database do not survive a fork."""
        desk = self._open_desk()
        _in_background("publish", _PUBLISH_SECONDS, lambda: publish.publish_due(desk, _now()))
        _in_background("batches", _LOOK_SECONDS, lambda: batchwork.work(desk, _now))
        return create_app(desk, _now, tls=self._settings.tls is not None)


def run(open_desk: Callable[[], Desk], settings: Settings) -> None:
    """Serve until the process is told to stop (SIGTERM, SIGINT); requests that are under way are finished."""
    _log_to_stderr()
    _Service(open_desk, settings).run()


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
