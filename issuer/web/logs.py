"""One line of JSON for each request: what was asked and answered, never by whom or with what content."""

import json
import logging
import re
import secrets
import time
from typing import Final

from flask import Flask, Response, g, request

from verifier.format.timestamp import format_milliseconds

from .office import office

LOGGER: Final = logging.getLogger("certify.web")
_GIVEN_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)


def install(app: Flask) -> None:
    """Name each request, and write its line when it is answered."""
    app.before_request(_begin)
    app.after_request(_write)


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
    g.begun = time.monotonic()


def _write(response: Response) -> Response:
    """The route as it was declared: an address may hold a secret link or a public id."""
    rule = request.url_rule
    line = {
        "at": format_milliseconds(office().now()),
        "requestId": g.get("request_id"),
        "method": request.method,
        "route": rule.rule if rule else None,
        "status": response.status_code,
        "milliseconds": round((time.monotonic() - g.get("begun", time.monotonic())) * 1000, 1),
        **({"fault": g.fault} if "fault" in g else {}),
        **({"refused": g.refused} if "refused" in g else {}),
    }
    LOGGER.info(json.dumps(line))
    return response
