"""Sessions of staff in a browser: the cookie, the token that every form carries, and who is logged in.

The cookie holds a random secret, of which the register keeps a digest once somebody has logged in with it. The token of
a form is derived from the secret, so that nobody else's page can make one.
"""

import hashlib
import hmac
import re
import secrets
from http import HTTPStatus
from typing import Final

from flask import request
from werkzeug.wrappers import Response

from ..service import access, servicekey
from ..service.access import Actor
from ..service.logins import BROWSER_LIFE
from .office import office
from .problems import Problem

FIELD: Final = "csrf"
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_NEXT: Final = re.compile(r"/console(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
HOME: Final = "/console"


def cookie_name() -> str:
    """With https the browser itself holds that it is ours alone: no other host or path can set it."""
    return "__Host-certify" if request.is_secure else "certify"


def secret() -> str:
    """The one that the browser sent; "" when there is none of its form."""
    given = request.cookies.get(cookie_name(), "")
    return given if _SECRET.fullmatch(given) else ""


def new_secret() -> str:
    """For a browser that has none yet: the form of the login carries a token too."""
    return secrets.token_urlsafe(32)


def keep(response: Response, value: str) -> None:
    """Give the browser a secret, until it is closed."""
    response.set_cookie(
        cookie_name(), value, path="/", secure=request.is_secure, httponly=True, samesite="Strict", max_age=None
    )


def forget(response: Response) -> None:
    """Take it back."""
    response.delete_cookie(cookie_name(), path="/", secure=request.is_secure, httponly=True, samesite="Strict")


def browser() -> str:
    """The secret that this browser is known by since somebody logged in with it; "" for none."""
    given = request.cookies.get(f"{cookie_name()}-browser", "")
    return given if _SECRET.fullmatch(given) else ""


def remember(response: Response, value: str) -> None:
    """Know this browser from now on. It opens nothing: it is a count of its own, apart from that of strangers."""
    life = int(BROWSER_LIFE.total_seconds())
    name, secure = f"{cookie_name()}-browser", request.is_secure
    response.set_cookie(name, value, path="/", secure=secure, httponly=True, samesite="Strict", max_age=life)


def actor() -> Actor | None:
    """Who is logged in."""
    given = secret()
    here = office()
    return access.in_session(here.desk, given, here.now(), servicekey.mark(here.key)) if given else None


def token(of: str) -> str:
    """The token of every form that belongs to a secret."""
    return hmac.digest(office().key, f"csrf\0{of}".encode(), hashlib.sha256).hex()


def require_own_form() -> None:
    """Refuse a form that is not from a page of ours for this browser. Raises Problem `request.form` (403)."""
    given, held = request.form.get(FIELD, ""), secret()
    elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
    if elsewhere or not held or not hmac.compare_digest(given.encode(), token(held).encode()):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "request.form",
            "The form is not from this session. Load the page again, then send it.",
        )


def own_path(text: str) -> str:
    """Where to go after the login: a page of the console, whatever was asked for."""
    return text if _NEXT.fullmatch(text) else HOME
