"""Log in and out. Whatever is wrong with a name and a password, the answer is the same."""

from http import HTTPStatus

from flask import Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from ...errors import IssuerError
from ...service import access, logins
from ...service.logins import Comer, Opened
from .. import sessions
from ..office import office
from ..rates import address
from .frame import blueprint, form

_GUESSED = frozenset({"access.denied", "access.wait"})


@blueprint.get("/login")
def login() -> Response:
    """The form; a browser without a secret gets one, for its token."""
    return _form(request.args.get("next", ""), failed=False)


def _form(asked: str, *, failed: bool) -> Response:
    held = sessions.secret() or sessions.new_secret()
    page = render_template(
        "console/login.html", next=sessions.own_path(asked), csrf=sessions.token(held), failed=failed, actor=None
    )
    response = make_response(page, HTTPStatus.FORBIDDEN if failed else HTTPStatus.OK)
    if held != sessions.secret():
        sessions.keep(response, held)
    return response


@blueprint.post("/login")
def log_in() -> AnyResponse:
    """A new secret for a session of its own: one that was known before the login opens nothing."""
    here = office()
    try:
        opened = logins.log_in(here.desk, form("name"), form("password"), _comer(), here.now())
    except IssuerError as error:
        if error.code not in _GUESSED:
            raise
        return _form(form("next"), failed=True)
    return _let_in(opened, sessions.own_path(form("next")))


@blueprint.get("/enter/<link>")
def entry(link: str) -> Response:
    """The link that an operator has made. To look at it uses nothing up: programs that scan mails do that, too."""
    held = sessions.secret() or sessions.new_secret()
    page = render_template("console/enter.html", link=link, csrf=sessions.token(held), actor=None)
    response = make_response(page)
    if held != sessions.secret():
        sessions.keep(response, held)
    return response


@blueprint.post("/enter")
def enter() -> AnyResponse:
    """Log in by that link, once."""
    here = office()
    return _let_in(logins.enter(here.desk, form("link"), _comer(), here.now()), sessions.HOME)


def _comer() -> Comer:
    return Comer(address(), sessions.browser(), office().key)


def _let_in(opened: Opened, path: str) -> AnyResponse:
    response = redirect(path, 303)
    sessions.keep(response, opened.session)
    sessions.remember(response, opened.browser)
    return response


@blueprint.post("/logout")
def log_out() -> AnyResponse:
    """End the session here and in the browser."""
    access.log_out(office().desk, sessions.secret(), office().now())
    response = redirect("/console/login", 303)
    sessions.forget(response)
    return response
