"""The API described for machines: OpenAPI 3.1, from the schemas that check and the table of roles that decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, jsonify

from ...catalog import Catalog
from ..acts import OFFERS
from ..office import office
from ..problems import MEDIA_TYPE
from ..roles import API
from .answers import ANSWERS, ANYTHING, OF_ACT, ref
from .batches import KINDS_BY_TYPE
from .shapes import HOLD, acts

blueprint = Blueprint("openapi", __name__, url_prefix="/api")

RECORD: Final = "result-record-1"
_JSON: Final = "application/json"
_ALWAYS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.MISDIRECTED_REQUEST,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
"""A malformed address, the host, the rate, a fault; and a clock, register or key that cannot serve."""
_TOKEN: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_SENT: Final = (HTTPStatus.LENGTH_REQUIRED, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
_BODY: Final = (HTTPStatus.BAD_REQUEST, *_SENT, HTTPStatus.UNPROCESSABLE_ENTITY)
_ACT: Final = (*_TOKEN, *_BODY, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one route. `answers`: status -> the schema's name; `problems`: statuses beside those of all.

    `act`: the act on a credential whose body this takes.
    """

    summary: str
    answers: Mapping[int, str]
    problems: tuple[HTTPStatus, ...] = ()
    query: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    act: str = ""
    media_types: tuple[str, ...] = (_JSON,)
    security: tuple[str, ...] = ()


_RECORD_BODY: Final = ref("ResultRecord")
_STAFF: Final = ("token",)
_PLATFORM: Final[Mapping[str, Any]] = {"platform": {"type": "string", "maxLength": 128}}
"""Whose record, where several platforms use the same id."""
OPERATIONS: Final[Mapping[tuple[str, str], Operation]] = {
    ("POST", "/api/results"): Operation(
        "Answer one result record; sending it again is safe.",
        {200: "Answer", 201: "Answer", 202: "Answer"},
        (*_TOKEN, *_BODY),
        body=_RECORD_BODY,
        security=("platform",),
    ),
    ("GET", "/api/results/<result_id>"): Operation(
        "What became of a record, for its platform or for staff.",
        {200: "Result"},
        (*_TOKEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
        query=_PLATFORM,
        security=("platform", "token"),
    ),
    ("GET", "/api/certify/verify"): Operation(
        "What the register says of a public id.",
        {200: "Lookup"},
        (HTTPStatus.NOT_FOUND,),
        query={"id": {"type": "string", "maxLength": 64}},
    ),
    ("POST", "/api/certify/verify"): Operation(
        "The report of certify-verify on a document, whatever it is.",
        {200: "Report"},
        _SENT,
        body={},
        media_types=("*/*",),
    ),
    ("GET", "/api/openapi.json"): Operation("This description.", {200: "Description"}),
    ("GET", "/api/credentials/<public_id>"): Operation(
        "Everything about one credential.", {200: "Credential"}, (*_TOKEN, HTTPStatus.NOT_FOUND), security=_STAFF
    ),
    ("GET", "/api/holds"): Operation("The records that wait for a decision.", {200: "Holds"}, _TOKEN, security=_STAFF),
    ("GET", "/api/reviews"): Operation("What waits for a person.", {200: "Reviews"}, _TOKEN, security=_STAFF),
    ("GET", "/api/keys"): Operation("The public half of every signing key.", {200: "Keys"}, _TOKEN, security=_STAFF),
    ("GET", "/api/log"): Operation(
        "The event chain, verified.",
        {200: "Log"},
        (*_TOKEN, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
        query={
            "after": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999},
            "publicId": {"type": "string", "maxLength": 64},
        },
        security=_STAFF,
    ),
    ("GET", "/api/batches"): Operation("The batches that were sent here.", {200: "Batches"}, _TOKEN, security=_STAFF),
    ("POST", "/api/batches"): Operation(
        "Answer many records in the background, a row each; the same rows again are the same batch.",
        {202: "Batch"},
        (*_TOKEN, *_BODY, HTTPStatus.CONFLICT, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        query={"begin": {"type": "string", "enum": ["yes", "no"], "default": "yes"}},
        body={},
        media_types=tuple(KINDS_BY_TYPE),
        security=_STAFF,
    ),
    ("GET", "/api/batches/<batch_id>"): Operation(
        "How far a batch is.", {200: "Batch"}, (*_TOKEN, HTTPStatus.NOT_FOUND), security=_STAFF
    ),
    ("GET", "/api/batches/<batch_id>/answers"): Operation(
        "What became of its rows so far.",
        {200: "BatchAnswers"},
        (*_TOKEN, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
        query={"after": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999}},
        security=_STAFF,
    ),
    ("POST", "/api/batches/<batch_id>/begin"): Operation(
        "Its rows shall be answered, also after something had stopped it.",
        {202: "Batch"},
        (*_TOKEN, HTTPStatus.NOT_FOUND),
        security=_STAFF,
    ),
    ("POST", "/api/batches/<batch_id>/discard"): Operation(
        "Delete what is kept of it; what was answered stays.",
        {200: "BatchDiscarded"},
        (*_TOKEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
        security=_STAFF,
    ),
    **{
        ("POST", f"/api/holds/<path:result_id>/{name}"): Operation(
            text, {200: "Answer"}, _ACT, query=_PLATFORM, body=HOLD, security=_STAFF
        )
        for name, text in (("release", "Decide in the candidate's favour."), ("refuse", "Decide against them."))
    },
    **{
        ("POST", f"/api/credentials/<public_id>/{name}"): Operation(
            f"{offer.title}. {offer.hint}", {200: OF_ACT[name]}, _ACT, act=name, security=_STAFF
        )
        for name, offer in OFFERS.items()
    },
}
_PARAMETERS: Final = {
    "public_id": {"name": "publicId", "schema": {"type": "string", "minLength": 1, "maxLength": 64}},
    "batch_id": {"name": "batchId", "schema": {"type": "string", "minLength": 1, "maxLength": 64}},
    "result_id": {"name": "resultId", "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"}},
}
_SECURITY: Final = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token of certify tokens new."},
    "platform": {
        "type": "apiKey",
        "in": "header",
        "name": "Signature-Input",
        "description": "RFC 9421 with Content-Digest and Signature, in the one form of docs/api.md.",
    },
}


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this API."""
    return jsonify(describe(office().desk.catalog))


def describe(catalog: Catalog) -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, dict[str, Any]] = {}
    for (method, rule), operation in OPERATIONS.items():
        paths.setdefault(path_of(rule), {})[method.lower()] = _operation(method, rule, operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Certify", "version": "1", "description": "Results in, credentials out, and what follows."},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": paths,
        "components": {
            "schemas": {**ANSWERS, **_record(catalog.schemas[RECORD]), "Description": ANYTHING},
            "securitySchemes": _SECURITY,
        },
    }


def path_of(rule: str) -> str:
    """A Flask rule as a path of OpenAPI."""
    for name, parameter in _PARAMETERS.items():
        text = "{" + str(parameter["name"]) + "}"
        rule = rule.replace(f"<path:{name}>", text).replace(f"<{name}>", text)
    return rule


def _operation(method: str, rule: str, operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": f"{method.lower()}{path_of(rule)}".replace("/", "-"),
        "summary": operation.summary,
        "parameters": _parameters(rule, operation),
        "responses": {
            **{str(status): _answer(HTTPStatus(status), _JSON, name) for status, name in operation.answers.items()},
            **{str(int(each)): _answer(each, MEDIA_TYPE, "Problem") for each in (*operation.problems, *_ALWAYS)},
        },
        "security": [{name: []} for name in operation.security],
    }
    body = acts()[operation.act] if operation.act else operation.body
    if body is not None:
        described["requestBody"] = {
            "required": True,
            "content": {media_type: {"schema": body} for media_type in operation.media_types},
        }
    roles = API.get((method, rule))
    if roles:
        described["x-roles"] = sorted(map(str, roles))
    return described


def _parameters(rule: str, operation: Operation) -> list[dict[str, Any]]:
    in_path = [{**each, "in": "path", "required": True} for name, each in _PARAMETERS.items() if name in rule]
    return in_path + [{"name": name, "in": "query", "schema": schema} for name, schema in operation.query.items()]


def _answer(status: HTTPStatus, media_type: str, name: str) -> dict[str, Any]:
    return {"description": status.phrase, "content": {media_type: {"schema": ref(name)}}}


def _record(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a result record, with its definitions beside it: their references begin at the document's root."""
    moved = _moved({name: value for name, value in schema.items() if name not in {"$schema", "$defs"}})
    return {"ResultRecord": moved, **{f"ResultRecord-{name}": _moved(each) for name, each in schema["$defs"].items()}}


def _moved(value: Any) -> Any:
    if isinstance(value, list):
        return [_moved(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: each.replace("#/$defs/", "#/components/schemas/ResultRecord-") if name == "$ref" else _moved(each)
        for name, each in value.items()
    }
