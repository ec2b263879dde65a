"""Bearer tokens of staff and programs: who asks, and whether their role may."""

from http import HTTPStatus
from typing import Final

from flask import request

from ..service import access
from ..service.access import Actor, Role
from .office import office
from .problems import Problem
from .roles import API, allowed

_SCHEME: Final = "Bearer "
_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="certify"'}


def require_listed() -> Actor:
    """The same, for the roles that the table of roles names for this route."""
    rule = request.url_rule.rule if request.url_rule else ""
    return require_role(*allowed(request.method, rule, API))


def require_role(*roles: Role) -> Actor:
    """Who bears the request's token. Raises Problem 401 `access.token`, or 403 `access.role`."""
    given = request.headers.get("Authorization", "")
    actor = access.bearer(office().desk, given.removeprefix(_SCHEME), office().now())
    if not given.startswith(_SCHEME) or actor is None:
        raise Problem(HTTPStatus.UNAUTHORIZED, "access.token", "Give a token that is in use.", **_CHALLENGE)
    if actor.role not in roles:
        raise Problem(HTTPStatus.FORBIDDEN, "access.role", f"This is not for the role {actor.role}.")
    return actor
