"""Who bears the link of a candidate's page, and whether a form came from there. The secret itself goes nowhere else."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, render_template, request

from ...errors import IssuerError
from ...service import candidate
from ...service.links import Bearer, Link
from .. import problems
from ..office import office
from ..problems import Problem
from ..roles import LINK, RENEWED

blueprint = Blueprint("person", __name__, url_prefix="/c/<token>")
_FIELD = "form"


@blueprint.url_value_preprocessor
def _take(_: str | None, values: dict[str, Any] | None) -> None:
    g.link_token = (values or {}).pop("token")


@blueprint.before_request
def _admit() -> Response | None:
    """One and the same answer to every link that opens nothing, and to what this one does not reach.

    Whoever acts is asked again in the transaction of the act (`issuer/service/links.py`).
    """
    found = candidate.of_link(office().desk, link(), office().now())
    asked = ("GET" if request.method == "HEAD" else request.method, request.url_rule.rule if request.url_rule else "")
    if found is None or asked not in (RENEWED if found.until else LINK):
        return nothing()
    g.bearer = found
    return None


@blueprint.after_request
def _keep_private(response: Response) -> Response:
    """Kept by nobody on the way, and listed nowhere."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.errorhandler(IssuerError)
def _refused(error: IssuerError) -> Response:
    """A link that was ended while somebody used it is answered like any other that opens nothing."""
    return nothing() if error.code == "link.ended" else problems.respond(error)


def nothing() -> Response:
    """The constant page for a link that is wrong or has ended, and for what is not this person's."""
    return Response(render_template("person/nothing.html"), HTTPStatus.NOT_FOUND, mimetype="text/html")


def token() -> str:
    """The secret of the link."""
    return str(g.link_token)


def link() -> Link:
    """What every act and every look has to be asked with."""
    return Link(token(), office().key)


def bearer() -> Bearer:
    """Whose link it was when the request came."""
    found: Bearer = g.bearer
    return found


def form_token(action: str) -> str:
    """What a form for `action` has to bring: only a page behind this link can know it."""
    digest = hmac.digest(token().encode(), f"form\0{action}".encode(), hashlib.sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def require_form(action: str) -> None:
    """Raise Problem `request.form` unless the form for `action` was sent from a page behind this link."""
    given = request.form.get(_FIELD, "")
    if not hmac.compare_digest(given.encode(), form_token(action).encode()):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "request.form",
            "This form does not come from your page. Open your page again and use the form there; nothing was changed.",
        )
