"""What a request must be before anything looks at it: for a host of ours, of a bounded size."""

from http import HTTPStatus
from io import BytesIO
from typing import IO, Any, Final
from urllib.parse import urlsplit

from flask import Flask, Request, request

from .office import office
from .problems import Problem

MAX_BODY_BYTES: Final = 1 << 20
"""The largest thing anybody sends: a credential to be checked (verifier.limits.MAX_CREDENTIAL_BYTES)."""
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


class InMemory(Request):
    """A request whose files never touch the disk, not even for a moment: bodies are bounded, and pages promise it."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()


def install(app: Flask) -> None:
    """Refuse what is not for us, and what is too much."""
    app.request_class = InMemory
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY_BYTES, MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES, MAX_FORM_PARTS=50)
    app.before_request(_known_host)
    app.before_request(_no_null)


def _known_host() -> None:
    """A forged Host would stand in links that we send (and in caches): only our own names are answered."""
    host = request.headers.get("Host", "").rpartition(":")[0] or request.headers.get("Host", "")
    own = urlsplit(office().desk.config.base_url).hostname
    if host.lower() not in _LOCAL | {own}:
        raise Problem(HTTPStatus.MISDIRECTED_REQUEST, "request.host", "This host is not served here.")


def _no_null() -> None:
    """No text of ours holds a NUL, and not every database takes one: it would look like a register that has failed."""
    given = (request.path, *request.args.values())
    if any("\0" in text for text in given):
        raise Problem(HTTPStatus.BAD_REQUEST, "request.malformed", "The address holds a NUL character.")
