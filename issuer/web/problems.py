"""Whatever goes wrong, as problem+json with a stable code (RFC 9457). Nothing of the inside reaches the answer."""

import json
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from keys import KeysError
from verifier.format.errors import FormatError

from ..errors import IssuerError, is_for_operators, outside

MEDIA_TYPE: Final = "application/problem+json"
PEOPLE: Final = "pages"
"""The blueprint, with all inside it, that answers in HTML."""
PROGRAMS: Final = "/api/"
"""Below it nothing else is a page."""
_STATUS: Final = {
    "access.denied": HTTPStatus.FORBIDDEN,
    "award.unknown": HTTPStatus.NOT_FOUND,
    "award.no-file": HTTPStatus.NOT_FOUND,
    "person.unknown": HTTPStatus.NOT_FOUND,
    "hold.unknown": HTTPStatus.NOT_FOUND,
    "result.unknown": HTTPStatus.NOT_FOUND,
    "request.unknown": HTTPStatus.NOT_FOUND,
    "batch.unknown": HTTPStatus.NOT_FOUND,
    "waiting.unknown": HTTPStatus.NOT_FOUND,
    "notice.unknown": HTTPStatus.NOT_FOUND,
    "batch.running": HTTPStatus.CONFLICT,
    "batch.many": HTTPStatus.CONFLICT,
    "result.ambiguous": HTTPStatus.CONFLICT,
    "deliver.unreadable": HTTPStatus.INTERNAL_SERVER_ERROR,
}
_STATUS_OF_KIND: Final = {
    "award": HTTPStatus.CONFLICT,
    "person": HTTPStatus.CONFLICT,
    "link": HTTPStatus.CONFLICT,
    "hold": HTTPStatus.CONFLICT,
    "review": HTTPStatus.CONFLICT,
    "erase": HTTPStatus.CONFLICT,
    "clock": HTTPStatus.SERVICE_UNAVAILABLE,
    "config": HTTPStatus.SERVICE_UNAVAILABLE,
    "register": HTTPStatus.SERVICE_UNAVAILABLE,
    "key": HTTPStatus.SERVICE_UNAVAILABLE,
    "publish": HTTPStatus.SERVICE_UNAVAILABLE,
    "status": HTTPStatus.SERVICE_UNAVAILABLE,
    "disk": HTTPStatus.SERVICE_UNAVAILABLE,
    "json": HTTPStatus.BAD_REQUEST,
    "transport": HTTPStatus.FORBIDDEN,
}
_HTTP_CODES: Final = {
    HTTPStatus.BAD_REQUEST: ("request.malformed", "The request cannot be understood."),
    HTTPStatus.NOT_FOUND: ("request.not-found", "There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("request.method", "This address does not take that method."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "request.too-large",
        "The request is larger than what is taken here.",
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("request.media-type", "The content is of a kind that is not taken here."),
}
MALFORMED: Final = _HTTP_CODES[HTTPStatus.BAD_REQUEST]
_UNKNOWN: Final = ("request.refused", "The request was refused.")
FAULT: Final = ("service.fault", "Something went wrong here. It was logged under the request id; try again later.")


class Problem(Exception):  # noqa: N818 - an answer, named as what it is
    """An answer that is a problem: `detail` says what to do next."""

    def __init__(self, status: HTTPStatus, code: str, detail: str, **headers: str) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers


def answer(status: int, code: str, detail: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """One problem document, its type an address that explains the code; where people read, a page that says so."""
    if _for_people():
        title, request_id = HTTPStatus(status).phrase, g.get("request_id", "")
        page = render_template("pages/problem.html", title=title, code=code, detail=detail, request_id=request_id)
        return Response(page, status, headers, mimetype="text/html")
    body = document(status, code, detail, requestId=g.get("request_id"), **more)
    return Response(body, status, headers, content_type=MEDIA_TYPE)


def document(status: int, code: str, detail: str, **more: Any) -> str:
    """The text of a problem document."""
    kind, title = f"/api/problems#{code}", HTTPStatus(status).phrase
    return json.dumps({"type": kind, "title": title, "status": status, "code": code, "detail": detail, **more}) + "\n"


def _for_people() -> bool:
    """Whether the address is a page, or nobody's and asked for by a browser."""
    if request.blueprint is not None or request.path.startswith(PROGRAMS):
        return PEOPLE in request.blueprints
    return request.accept_mimetypes.best_match((MEDIA_TYPE, "application/json", "text/html")) == "text/html"


def status_of(code: str) -> HTTPStatus:
    """The status for a code of the issuer."""
    kind = code.partition(".")[0]
    return _STATUS.get(code) or _STATUS_OF_KIND.get(kind) or HTTPStatus.UNPROCESSABLE_ENTITY


def told(error: IssuerError | KeysError) -> str:
    """The sentence of an error for whoever asked; one that is for the operator goes to the log instead."""
    if is_for_operators(error.code):
        g.refused = {"code": error.code, "detail": error.detail}
    return outside(error.code, error.detail)


def install(app: Flask) -> None:
    """Answer every kind of error."""
    app.register_error_handler(Exception, respond)


def respond(error: Exception) -> Response:
    """The problem document for an error."""
    if isinstance(error, Problem):
        return answer(error.status, error.code, error.detail, error.headers)
    if isinstance(error, IssuerError | KeysError):
        return answer(status_of(error.code), error.code, told(error))
    if isinstance(error, FormatError):
        return answer(HTTPStatus.BAD_REQUEST, error.code, error.detail)
    return _http(error) if isinstance(error, HTTPException) else _fault(error)


def _http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    code, detail = _HTTP_CODES.get(status, _UNKNOWN)
    kept = {"Allow", "Retry-After"}
    return answer(status, code, detail, {name: value for name, value in error.get_headers() if name in kept})


def _fault(error: Exception) -> Response:
    g.fault = type(error).__name__  # for the log: never the error's words, which may name people
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, *FAULT)
