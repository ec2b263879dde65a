"""Anyone's question: is this credential in force? By its public id, or by the document itself."""

import time
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request

from ...service import lookup
from .. import metrics
from ..guards import MAX_UPLOAD_BYTES
from ..office import office
from ..problems import Problem

blueprint = Blueprint("verifying", __name__, url_prefix="/api/certify")


@blueprint.get("/verify")
def by_id() -> Response:
    """What the register says of `?id=`; one and the same 404 for all that it does not know."""
    found = lookup.by_public_id(office().desk, request.args.get("id", ""), office().now())
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, "award.unknown", "No credential has this id. Check the number.")
    return jsonify(found)


@blueprint.post("/verify")
def document() -> Response:
    """The report of `certify-verify` on the body, whatever it is, by what is published now."""
    request.max_content_length = MAX_UPLOAD_BYTES
    report = lookup.of_document(office().desk, request.get_data(cache=False), office().now(), time.monotonic)
    metrics.VERDICTS.labels(str(report.verdict)).inc()
    return jsonify(report.to_json())
