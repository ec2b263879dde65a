"""The issuing service over HTTP: published files, API, pages, console. It translates; no rule lives here."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from ..service import servicekey
from ..service.desk import Desk
from . import api, console, guards, headers, health, logs, metrics, pages, problems, publication, rates
from .office import Office
from .rates import Bounds

__all__ = ["create_app"]


def create_app(
    desk: Desk, now: Callable[[], datetime], *, bounds: Bounds | None = rates.DEFAULT, proxies: int = 0
) -> Flask:
    """The application for one issuer. `now`: the clock, aware; `bounds`: on requests of one address, None for none.

    `proxies`: how many in front of it are ours, and are believed who asked, for which host, and whether by https.
    """
    app = Flask(__name__, static_folder=None)
    servicekey.load(desk.config)  # what is wrong with it is said now
    app.extensions[Office.__name__] = Office(desk, now)
    app.url_map.merge_slashes = False  # an address that is written another way is another address
    logs.install(app)
    guards.install(app)
    if bounds is not None:
        rates.install(app, bounds, now)
    headers.install(app)
    problems.install(app)
    for blueprint in (publication.blueprint, health.blueprint, metrics.blueprint, *api.blueprints, console.blueprint):
        app.register_blueprint(blueprint)
    pages.install(app)
    if proxies:  # each adds whom it heard from; host and scheme are as the nearest one says
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app
