"""The exam platform's door: signed records in, answers out."""

from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from verifier.format import multikey

from ...register import access
from ...results import MAX_RECORD_BYTES
from ...service import intake
from ...service.accept import Accepted, Answer
from ...words.issuing import answer_json
from .. import metrics, problems, signatures
from ..bearers import require_listed
from ..office import office
from ..problems import Problem

blueprint = Blueprint("results", __name__, url_prefix="/api")

_STATUS: Final = {
    Answer.ISSUED: HTTPStatus.CREATED,
    Answer.FAILED: HTTPStatus.OK,
    Answer.REPLAYED: HTTPStatus.OK,
    Answer.HELD: HTTPStatus.ACCEPTED,
}


@blueprint.post("/results")
def post() -> Response:
    """Answer one result record, signed by an allowed platform over its exact bytes. Sending it again is safe."""
    if (request.content_length or 0) > MAX_RECORD_BYTES:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request.too-large", "A result record has at most 64 KiB.")
    body = request.get_data(cache=False)
    here = office()
    taken = intake.take(here.desk, _platform(body), body, here.key, here.now())
    _count(taken.answer)
    found = answer_json(taken.answer)
    if taken.answer.answer is Answer.REFUSED:
        return _refused(found)
    found.pop("files")
    link = f"{request.host_url}c/{taken.link}" if taken.link else None
    response = jsonify({**found, "link": link})
    response.status_code = _STATUS[taken.answer.answer]
    return response


@blueprint.get("/results/<result_id>")
def get(result_id: str) -> Response:
    """What became of a record: for the platform that sent it, or for staff."""
    if "Signature-Input" in request.headers:
        platform: str | None = _platform(b"")
    else:
        require_listed()
        platform = request.args.get("platform") or None
    return jsonify(intake.told(office().desk, result_id, platform))


def _count(answer: Accepted) -> None:
    metrics.ANSWERS.labels(str(answer.answer)).inc()
    if answer.answer is Answer.REFUSED:
        for code in answer.codes:
            metrics.REFUSALS.labels(code).inc()


def _refused(found: dict[str, Any]) -> Response:
    codes = found["codes"] or ["json.strict"]
    detail = "The record is refused; each finding says what is wrong. Correct it and send it again."
    more = {name: found[name] for name in ("resultId", "codes", "findings")}
    return problems.answer(HTTPStatus.UNPROCESSABLE_ENTITY, codes[0], detail, **more)


def _platform(body: bytes) -> str:
    return signatures.platform_of(
        request.method, request.path, dict(request.headers), body, key_of=_key_of, at=office().now()
    )


def _key_of(platform: str, key_id: str) -> bytes | None:
    with office().desk.reading() as connection:
        row = access.find_platform_key(connection, platform, key_id)
    return multikey.decode(row.public_key) if row else None
