"""The issuing service over HTTP: published files, API, pages, console. It translates; no rule lives here."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask

from ..service import servicekey
from ..service.desk import Desk
from . import api, console, guards, headers, health, logs, metrics, pages, problems, publication
from .office import Office

__all__ = ["create_app"]


def create_app(desk: Desk, now: Callable[[], datetime], *, tls: bool = False) -> Flask:
    """The application for one issuer. `now`: the clock, aware; `tls`: cookies and headers insist on https."""
    app = Flask(__name__, static_folder=None)
    app.extensions[Office.__name__] = Office(desk, now, servicekey.load(desk.config), tls=tls)
    app.url_map.merge_slashes = False  # an address that is written another way is another address
    logs.install(app)
    guards.install(app)
    headers.install(app)
    problems.install(app)
    for blueprint in (publication.blueprint, health.blueprint, metrics.blueprint, *api.blueprints, console.blueprint):
        app.register_blueprint(blueprint)
    pages.install(app)
    return app
