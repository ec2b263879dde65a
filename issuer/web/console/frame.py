"""What every page of the console has: who is logged in and may see it, a form's token, the way errors look."""

import json
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, g, redirect, render_template, request, send_from_directory, url_for
from werkzeug.wrappers import Response as AnyResponse

from verifier.format.display import visible, whole

from ...service import batches
from ...service.access import Actor
from .. import problems, sessions
from ..office import office
from ..problems import Problem
from ..roles import CONSOLE, OPEN, allowed

blueprint = Blueprint("console", __name__, url_prefix="/console")

ASSETS: Final = "assets"
"""The folder of what pages load, inside of the application's."""
NAVIGATION: Final = (
    ("/console", "Start"),
    ("/console/search", "Search"),
    ("/console/issue", "Issue"),
    ("/console/batches", "Batches"),
    ("/console/holds", "Held records"),
    ("/console/requests", "Requests"),
    ("/console/reviews", "Reviews"),
    ("/console/keys", "Keys and lists"),
    ("/console/log", "Log"),
    ("/console/reports", "Reports"),
)
_LARGE: Final = {("POST", "/console/batches"): batches.MAX_BYTES + (64 << 10)}
"""Bytes of a body, with what a form puts around a file."""


@blueprint.before_request
def _guard() -> AnyResponse | None:
    """Forms are ours, somebody is logged in, and their role may: in this order, for every page."""
    g.actor = None
    rule = request.url_rule.rule if request.url_rule else ""
    _bound(rule)
    if request.method == "POST":
        sessions.require_own_form()
        _refuse_null()
    if ("GET" if request.method == "HEAD" else request.method, rule) in OPEN:
        return None
    g.actor = sessions.actor()
    if g.actor is None:
        asked = request.path if request.method == "GET" else sessions.HOME
        return redirect(url_for("console.login", next=asked), 303)
    if g.actor.role not in allowed(request.method, rule, CONSOLE):
        raise Problem(HTTPStatus.FORBIDDEN, "access.role", f"This is not for the role {g.actor.role}.")
    return None


def _bound(rule: str) -> None:
    """Rows of many records may be sent by whom may issue: nobody else makes us read as much."""
    if (request.method, rule) in _LARGE:
        who = sessions.actor()
        if who and who.role in allowed(request.method, rule, CONSOLE):
            request.max_content_length = _LARGE[request.method, rule]


def _refuse_null() -> None:
    """As for addresses: see `guards`."""
    if any("\0" in value for _, value in request.form.items(multi=True)):
        raise Problem(HTTPStatus.BAD_REQUEST, "request.malformed", "The form holds a NUL character.")


def actor() -> Actor:
    """Who is logged in; there is somebody wherever the table of roles has a row."""
    found: Actor = g.actor
    return found


def form(name: str) -> str:
    """A field of the form, "" when it is not there."""
    return request.form.get(name, "")


@blueprint.context_processor
def _shared() -> dict[str, Any]:
    config, who = office().desk.config, g.get("actor")
    return {
        "actor": who,
        "csrf": sessions.token(sessions.secret()),
        "demo": config.demo,
        "issuer": config.name,
        "zone": config.zone.key,
        "navigation": NAVIGATION,
        "here": request.path,
        "visible": visible,
        "whole": whole,
        "may": may,
    }


def may(rule: str) -> bool:
    """Whether who is logged in may send the form of this route."""
    return actor().role in allowed("POST", rule, CONSOLE)


def attached(name: str, table: str | bytes) -> Response:
    """A table to download."""
    response = Response(table, content_type="text/csv; charset=utf-8; header=present")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def confirm(title: str, hint: str) -> str | None:
    """The page that asks once more, before what cannot be taken back; None when that was answered."""
    if form("confirmed") == "yes":
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != sessions.FIELD]
    return render_template("console/confirm.html", title=title, hint=hint, fields=fields)


@blueprint.get("/console.css")
def css() -> Response:
    """How the console looks."""
    response = send_from_directory(ASSETS, "console.css", mimetype="text/css")
    response.headers["Cache-Control"] = "no-cache"  # asked for again each time, and not sent again unless it changed
    return response


@blueprint.errorhandler(Exception)
def _problem(error: Exception) -> Response:
    """The same status, headers, code and sentence as in the API, as a page."""
    answered = problems.respond(error)
    answered.set_data(render_template("console/problem.html", problem=json.loads(answered.get_data())))
    answered.mimetype = "text/html"
    return answered
