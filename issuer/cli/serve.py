"""The command `certify serve`: the issuing service, until it is told to stop."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from ..catalog import load_catalog
from ..config import Config
from ..register import open_register, snapshot
from ..service import identity, passwords, servicekey
from ..service.desk import Desk
from .common import EXIT_DONE, Commands, UsageError, load_config, passphrase, say

_HOST: Final = "127.0.0.1"
_PORT: Final = 8080
_SECONDS: Final = 20.0
_MOST_SECONDS: Final = 3_600.0
_MOST_WORKERS: Final = 64
_MOST_PROXIES: Final = 8


def add(commands: Commands) -> None:
    """Add this command."""
    serving = commands.add("serve", _serve, "serve pages, API and published files over HTTP")
    serving.add_argument("--host", default=_HOST, help=f"the address to listen at (default {_HOST})")
    serving.add_argument("--port", type=int, default=_PORT, help=f"the port (default {_PORT})")
    serving.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    serving.add_argument("--proxies", type=int, default=0, metavar="N", help="reverse proxies in front (default 0)")
    serving.add_argument("--no-rate-limits", action="store_true", help="answer an address however often it asks")
    serving.add_argument(
        "--request-seconds",
        type=float,
        default=_SECONDS,
        metavar="S",
        help=f"cut off who is slower (default {_SECONDS})",
    )
    serving.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"), help="PEM files: serve https")


def _serve(options: argparse.Namespace) -> int:
    if not 0 < options.port < 1 << 16 or not 0 < options.workers <= _MOST_WORKERS:
        raise UsageError("--port or --workers is out of range")
    if not 0 <= options.proxies <= _MOST_PROXIES or not 0 < options.request_seconds <= _MOST_SECONDS:
        raise UsageError("--proxies or --request-seconds is out of range")
    if options.at is not None:
        raise UsageError("serve goes by the clock: leave --at out")
    config = load_config(options)
    secret = passphrase(options, config)()  # once, before there are several processes
    servicekey.load(config)
    passwords.prepare()
    _warn_of_another(config, open_register(config.database))  # migrated before anybody else opens it
    with tempfile.TemporaryDirectory(prefix="certify-metrics-") as shared:
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", shared)
        # The service is an extra, and its metrics look for that folder when they are loaded.
        from ..web import rates, server

        def open_desk() -> Desk:
            return Desk(config, load_catalog(), open_register(config.database), lambda: secret, options.clock_is_right)

        tls = (Path(options.tls[0]), Path(options.tls[1])) if options.tls else None
        settings = server.Settings(
            options.host,
            options.port,
            options.workers,
            tls,
            proxies=options.proxies,
            bounds=None if options.no_rate_limits else rates.DEFAULT,
            request_seconds=options.request_seconds,
        )
        server.run(open_desk, settings, lambda: _listening(options, config))
    return EXIT_DONE


def _listening(options: argparse.Namespace, config: Config) -> None:
    """One line, once somebody can connect."""
    host = f"[{options.host}]" if ":" in options.host else options.host
    address = f"{'https' if options.tls else 'http'}://{host}:{options.port}"
    value = {"listening": address, "publicAddress": config.base_url, "workers": options.workers}
    say(options, value, f"Listening at {address} (public address: {config.base_url}). Ctrl-C stops it.")


def _warn_of_another(config: Config, engine: Engine) -> None:
    """What was published is served all the same; every act will say the same."""
    try:
        with snapshot(engine) as connection:
            wrong = identity.fault(config, identity.founded(connection))
    finally:
        engine.dispose()
    if wrong:
        print(f"certify: {wrong} Until then every act is refused. [config.other-issuer]", file=sys.stderr, flush=True)
