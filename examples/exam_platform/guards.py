"""What every request and every answer must be: forms of our own pages, cookies that stay here, pages without script."""

import hmac
import secrets
from datetime import timedelta
from typing import Final

from flask import Flask, Response, abort, request, session

from .settings import Settings

MAX_FORM_BYTES: Final = 16_384
_CSRF: Final = "csrf"
_REMEMBERED: Final = timedelta(days=30)
"""How long a browser keeps who its candidate is: the limit on starts needs a day, a second try a few more."""


def install(app: Flask, settings: Settings, secret: bytes) -> None:
    """Set the cookies up, and stand before and after every request."""
    app.config.update(
        SECRET_KEY=secret,
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        PERMANENT_SESSION_LIFETIME=_REMEMBERED,
        SESSION_COOKIE_NAME="__Host-exam" if settings.tls else "exam",
        SESSION_COOKIE_SECURE=settings.tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.before_request(_own_form)
    app.context_processor(lambda: {"csrf": _token})
    policy = _policy(settings)

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"  # the address of a sitting is nobody else's
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")
        if settings.tls:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def _policy(settings: Settings) -> str:
    """Handing in ends at the issuer's page, and browsers hold a form to its policy across redirects."""
    return (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {settings.service_origin}"
    )


def _token() -> str:
    """The text that a form of this browser must bring back."""
    return str(session.setdefault(_CSRF, secrets.token_urlsafe(24)))


def _own_form() -> None:
    session.permanent = True
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        expected = session.get(_CSRF, "")
        if not expected or not hmac.compare_digest(request.form.get(_CSRF, "").encode(), expected.encode()):
            abort(403)
