"""Is the process alive, and can it serve? For load balancers and people who watch."""

from flask import Blueprint, Response, jsonify

from ..service import identity, lists
from .office import office

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """The register is there and this issuer's, a key may sign, the lists are published: else 503 says which not."""
    desk, at = office().desk, office().now()
    with desk.reading() as connection:
        every = lists.every(desk, connection)
        published = all((desk.config.public / lists.path_of(each)).exists() for each in every)
        issuer = identity.fault(desk.config, identity.founded(connection)) is None
    checks = {"register": True, "issuer": issuer, "key": bool(desk.registry().active(at)), "published": published}
    return jsonify(status="ready" if all(checks.values()) else "not-ready", checks=checks), (
        200 if all(checks.values()) else 503
    )
