"""`python -m examples.exam_platform`: serves the exam on this machine, and says which key the issuer must allow."""

import argparse
import logging
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from .app import create_app
from .client import Client
from .delivery import Courier
from .desk import Desk
from .exam import ExamError, load_exam
from .keyfile import KeyFileError, cookie_secret, multikey, platform_key
from .settings import LOOPBACK, Settings, SettingsError, load_settings
from .store import Store


class Quiet(WSGIRequestHandler):
    """Who asked for what is nobody's business: no request is logged."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def main() -> int:
    options = _parser().parse_args()
    try:
        settings = _settings(options)
        at, secret = _open(settings)
    except (SettingsError, KeyFileError, ExamError, OSError) as error:
        print(f"exam: {error}", file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server(options.host, options.port, create_app(at, secret), threaded=True, request_handler=Quiet)
    print(_greeting(settings, at.client, f"http://{options.host}:{server.port}/"), flush=True)
    courier = Courier(at.store, at.client, at.now)
    courier.start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        courier.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="exam_platform", description=__doc__, allow_abbrev=False)
    parser.add_argument("--data", metavar="DIR", type=Path, default=Path("exam-data"), help="where all is kept")
    parser.add_argument("--service", metavar="URL", help="the issuer's service (else exam.toml, else port 8080 here)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8090)
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    options.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = load_settings(options.data, service=options.service)
    if options.host not in LOOPBACK and not settings.tls:
        raise SettingsError("only https may be reached from outside: put a proxy in front, and set tls = true.")
    return settings


def _open(settings: Settings) -> tuple[Desk, bytes]:
    key = platform_key(settings.data / "key.pem")
    client = Client(settings.service, settings.platform, settings.key_id, key)
    store = Store(settings.data / "exam.db")
    at = Desk(settings, load_exam(), store, client, lambda: datetime.now(UTC), lambda: secrets.token_hex(16))
    return at, cookie_secret(settings.data / "cookie-secret")


def _greeting(settings: Settings, client: Client, address: str) -> str:
    allow = f"certify platforms allow {settings.platform} {settings.key_id} {multikey(client.key)}"
    return f"The exam is at {address}\nThe issuer at {settings.service} takes its results after:\n\n    {allow}\n"


if __name__ == "__main__":
    sys.exit(main())
