"""What a request must be before anything looks at it: for a host of ours, of a bounded size, and whole."""

import re
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any, Final
from urllib.parse import urlsplit

from flask import Flask, Request, request
from werkzeug.routing import IntegerConverter, Map

from verifier.limits import MAX_CARRIER_BYTES

from ..register import LAST_NUMBER
from .office import office
from .problems import Problem

MAX_BODY_BYTES: Final = 1 << 20
"""The largest thing anybody sends, but for an image or PDF to be checked."""
MAX_UPLOAD_BYTES: Final = MAX_CARRIER_BYTES + MAX_BODY_BYTES
"""That, and a little more: the verifier says that a file is too large, in its own words."""
_NEEDLESS: Final = re.compile("%(?:2[DE]|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])", re.IGNORECASE)
"""Letters, digits and - . _ ~ escaped, which nobody does who means well (RFC 3986 section 2.3)."""
_SLASH: Final = re.compile(r"%2F|%5C|\\", re.IGNORECASE)
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST: Final = re.compile(r"(?P<name>[^:]+|\[::1\])(?::[0-9]{1,5})?", re.ASCII)


class InMemory(Request):
    """A request whose files never touch the disk, not even for a moment: bodies are bounded, and pages promise it.

    Its body has the length that was announced. gunicorn says that the stream ends by itself, whereupon nobody would
    look whether it ended too early, and half a form would be taken for a whole one.
    """

    def __init__(self, environ: dict[str, Any], *more: Any, **named: Any) -> None:
        environ.pop("wsgi.input_terminated", None)
        super().__init__(environ, *more, **named)

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()


class Number(IntegerConverter):
    """A number in an address, written in one way: no zeros before it, no digits of other scripts, and none that is
    larger than any row's.
    """

    regex = "0|[1-9][0-9]{0,9}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LAST_NUMBER)


def install(app: Flask) -> None:
    """Refuse what is not for us, and what is too much."""
    app.request_class = InMemory
    app.url_map.converters["int"] = Number
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY_BYTES, MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES, MAX_FORM_PARTS=50)
    app.before_request(_known_host)
    app.before_request(_known_length)
    app.before_request(_no_null)
    app.before_request(_one_name)


def _known_host() -> None:
    """A forged Host would stand in links that we send (and in caches): only our own names are answered."""
    found = _HOST.fullmatch(request.headers.get("Host", "").lower())
    own = urlsplit(office().desk.config.base_url).hostname
    if found is None or found["name"] not in _LOCAL | {own}:
        raise Problem(HTTPStatus.MISDIRECTED_REQUEST, "request.host", "This host is not served here.")


def _known_length() -> None:
    """A body in chunks would have to be read to learn that it is too large, and is cut off there without a word."""
    if "Transfer-Encoding" in request.headers:
        raise Problem(HTTPStatus.LENGTH_REQUIRED, "request.length", "Send the body with a Content-Length.")


def _one_name() -> None:
    """A route is reached by its one address. Whoever stands before us may keep one to themselves, by comparing texts.

    Slashes before the first are dropped where routes are matched, and what is escaped without need is read as if it
    were not. An id may hold a slash, and then it is escaped. The server drops a fragment, which no request may have
    (RFC 9112 section 3.2), and a host in front of the path, which is for proxies.
    """
    target = str(request.environ.get("RAW_URI", "/"))
    raw = target.partition("?")[0]
    holds_slash = request.url_rule is not None and "<path:" in request.url_rule.rule
    if (
        str(request.environ.get("PATH_INFO", "")).startswith("//")
        or not target.startswith("/")
        or "#" in target
        or _NEEDLESS.search(raw)
        or (not holds_slash and _SLASH.search(raw))
    ):
        raise Problem(HTTPStatus.NOT_FOUND, "request.not-found", "There is nothing at this address.")


def _no_null() -> None:
    """No text of ours holds a NUL, and not every database takes one: it would look like a register that has failed."""
    given = (request.path, *request.args.values())
    if any("\0" in text for text in given):
        raise Problem(HTTPStatus.BAD_REQUEST, "request.malformed", "The address holds a NUL character.")
