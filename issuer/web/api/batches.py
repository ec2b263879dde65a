"""Staff's door for many records at once: they are kept, looked at and answered in the background."""

from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, jsonify, request

from ...service import batches, handout
from ...service.accept import Answer
from ...words.batch import sent_json
from ..bearers import require_listed
from ..office import office
from ..problems import Problem
from ..roles import LINKS
from .staff import number

blueprint = Blueprint("batches", __name__, url_prefix="/api/batches")

KINDS_BY_TYPE: Final = {"application/jsonl": "jsonl", "application/x-ndjson": "jsonl", "text/csv": "csv"}
"""Media type -> kind of rows."""
MAX_ANSWERS: Final = 1_000
"""Rows of one answer; `after` asks for the next ones."""


@blueprint.get("")
def every() -> Response:
    """The batches that were sent here, newest first."""
    require_listed()
    return jsonify([sent_json(each) for each in batches.every(office().desk)])


@blueprint.post("")
def take() -> Response:
    """Keep the rows of the body. They are answered as soon as they were looked at, unless `?begin=no`."""
    actor, here = require_listed(), office()
    begin = request.args.get("begin", "yes")
    if begin not in {"yes", "no"}:
        raise Problem(HTTPStatus.BAD_REQUEST, "request.query", "begin is yes or no.")
    kind = KINDS_BY_TYPE.get(request.mimetype)
    if kind is None:
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "request.media-type", f"Send one of: {', '.join(KINDS_BY_TYPE)}."
        )
    request.max_content_length = batches.MAX_BYTES
    batch = batches.take(here.desk, request.stream, kind, actor, here.now())
    if begin == "yes":
        batch = batches.begin(here.desk, batch.id, actor, here.now())
    return _told(batch, HTTPStatus.ACCEPTED)


@blueprint.get("/<batch_id>")
def one(batch_id: str) -> Response:
    """How far it is."""
    require_listed()
    return _told(batches.find(office().desk, batch_id), HTTPStatus.OK)


@blueprint.get("/<batch_id>/answers")
def answers(batch_id: str) -> Response:
    """The answers on its rows from `?after=` on; to whom may issue also the links, as they open pages now."""
    actor, here = require_listed(), office()
    after, batch = number("after"), batches.find(here.desk, batch_id)
    found, more = batches.answers(batch, after, MAX_ANSWERS)
    if actor.role in LINKS:
        results = [(each.get("platform"), each["resultId"] or "") for each in found]
        told = handout.known_of_results(here.desk, results, here.key, here.now())
        site = request.host_url.rstrip("/")
        for each, result in zip(found, results, strict=True):
            token = told.get(result) if each["outcome"] != Answer.REFUSED else None
            each["link"] = handout.address(site, token) if token else None
    return jsonify({"answers": found, "more": more})


@blueprint.post("/<batch_id>/begin")
def begin(batch_id: str) -> Response:
    """Its rows shall be answered."""
    actor, here = require_listed(), office()
    return _told(batches.begin(here.desk, batch_id, actor, here.now()), HTTPStatus.ACCEPTED)


@blueprint.post("/<batch_id>/discard")
def discard(batch_id: str) -> Response:
    """Delete what is kept of it."""
    require_listed()
    batches.discard(office().desk, batch_id)
    return jsonify({"id": batch_id})


def _told(batch: batches.Batch, status: HTTPStatus) -> Response:
    response = jsonify(sent_json(batch))
    response.status_code = status
    response.headers["Location"] = f"/api/batches/{batch.id}"
    return response
