"""The reference exam on a free port, with a clock to turn, and an intake that answers as the issuer's service does."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

from examples.exam_platform.app import create_app
from examples.exam_platform.client import Client
from examples.exam_platform.desk import Desk
from examples.exam_platform.exam import Exam, load_exam
from examples.exam_platform.keyfile import multikey, platform_key
from examples.exam_platform.scripted import Browser
from examples.exam_platform.settings import Settings
from examples.exam_platform.sitting import Accommodation
from examples.exam_platform.store import Store
from issuer.catalog import load_catalog
from issuer.results import Known, Outcome, RecordRefused, judge, read_record
from issuer.web.problems import Problem
from issuer.web.signatures import platform_of
from verifier.format import multikey as published
from verifier.format.timestamp import parse

CODE = "extra-7Q2M"
APPROVAL = "ACC-2026-017"
CATALOG = load_catalog()
OUTCOMES = {Outcome.ACCEPTED: ("issued", 201), Outcome.FAILED: ("failed", 200), Outcome.HELD: ("held", 202)}


@dataclass
class Clock:
    """Stands still until it is turned."""

    at: datetime = field(default_factory=lambda: parse("2026-07-01T09:00:00.250Z"))

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Intake:
    """What the service would do with a record, without a register: signature, shape and every rule."""

    clock: Callable[[], datetime]
    keys: dict[tuple[str, str], bytes] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    instead: tuple[int, dict[str, Any]] | None = None
    link: str | None = None
    address: str = ""

    def post(self) -> Response:
        """POST /api/results."""
        body = request.get_data()
        self.bodies.append(body)
        if self.instead:
            return self._json(*self.instead)
        try:
            platform = platform_of(
                request.method,
                request.path,
                dict(request.headers),
                body,
                key_of=lambda name, key: self.keys.get((name, key)),
                at=self.clock(),
            )
            record = read_record(body)
        except Problem as problem:
            return self._json(problem.status, {"code": problem.code, "detail": problem.detail, "findings": []})
        except RecordRefused as refused:
            return self._refused([each.code for each in refused.findings])
        assert record.platform == platform
        judged = judge(record, Known(), CATALOG, self.clock())
        if judged.outcome is Outcome.REFUSED:
            return self._refused(list(judged.codes))
        outcome, status = OUTCOMES[judged.outcome]
        link = self.link if self.link is not None else f"{self.address}/c/{record.result_id}"
        answer = {"outcome": outcome, "first": None, "codes": list(judged.codes), "findings": [], "link": link}
        return self._json(status, {**answer, "resultId": record.result_id, "publicId": None})

    def _refused(self, codes: list[str]) -> Response:
        findings = [{"code": code, "detail": "For the platform."} for code in codes]
        return self._json(422, {"code": codes[0], "detail": "Refused.", "findings": findings})

    @staticmethod
    def _json(status: int, value: dict[str, Any]) -> Response:
        return Response(json.dumps(value), status, mimetype="application/json")


@dataclass
class Running:
    """The exam, its intake, and what they stand on."""

    desk: Desk
    intake: Intake
    clock: Clock
    address: str

    @property
    def exam(self) -> Exam:
        return self.desk.exam

    def browser(self) -> Browser:
        return Browser(self.address)

    def records(self) -> list[Any]:
        """What arrived, read."""
        return [json.loads(body) for body in self.intake.bodies]


class Silent(WSGIRequestHandler):
    """Tests read answers, not logs."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - named by werkzeug
        """Nothing."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app behind a real socket; its address without a slash at the end."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def intake_app(intake: Intake) -> Flask:
    """The intake as an application."""
    app = Flask("intake", static_folder=None)
    app.add_url_rule("/api/results", view_func=intake.post, methods=["POST"])
    return app


@contextmanager
def running(folder: Path, exam: Exam | None = None) -> Iterator[Running]:
    """An exam that is new, and an intake that allows its key. Its chance is the same every time."""
    clock, numbers = Clock(), count(1)
    intake = Intake(clock)
    with served(intake_app(intake)) as service:
        intake.address = service
        settings = Settings(folder, service=service, accommodation={CODE: Accommodation(30, APPROVAL)})
        key = platform_key(folder / "key.pem")
        intake.keys[settings.platform, settings.key_id] = published.decode(multikey(key))
        client = Client(service, settings.platform, settings.key_id, key)
        store = Store(folder / "exam.db")
        desk = Desk(settings, exam or load_exam(), store, client, clock, lambda: f"{next(numbers):032x}")
        with served(create_app(desk, b"a secret of the tests")) as address:
            yield Running(desk, intake, clock, f"{address}/")
