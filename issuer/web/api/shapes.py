"""The JSON Schemas of what staff send to the API: they check each body, and stand in the description of the API."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from flask import request
from jsonschema import Draft202012Validator

from verifier.format.strictjson import load_object
from verifier.format.types import JsonObject

from ...reasons import MAX_REFERENCE
from ..acts import OFFERS, Offer
from ..problems import Problem

MAX_BODY_BYTES: Final = 16 * 1024
"""Many times what the longest name and reference take."""

_FIELDS: Final[Mapping[str, Any]] = {
    "due": {"type": "string", "format": "date-time", "maxLength": 40},
    "name": {"type": "string", "minLength": 1, "maxLength": 1000},
    "wholePerson": {"type": "boolean"},
}
_DECISION: Final = {"type": "string", "minLength": 1, "maxLength": MAX_REFERENCE, "description": "Its reference."}
_PUBLISH: Final = {"type": "boolean", "default": True, "description": "false leaves it to the next publication."}
_OPTIONAL: Final = frozenset({"publish", "wholePerson"})


def of_act(offer: Offer) -> dict[str, Any]:
    """The body of an act on one credential."""
    properties: dict[str, Any] = {"decision": _DECISION}
    for field in offer.fields:
        properties[field] = {"enum": list(offer.reasons)} if field == "reason" else _FIELDS[field]
    if offer.publishes:
        properties["publish"] = _PUBLISH
    return _strict(properties)


def _strict(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in _OPTIONAL],
        "additionalProperties": False,
    }


@cache
def acts() -> Mapping[str, dict[str, Any]]:
    """The body of each act, by its name."""
    return {name: of_act(offer) for name, offer in OFFERS.items()}


HOLD: Final = _strict({"decision": _DECISION})


def body(schema: Mapping[str, Any]) -> JsonObject:
    """The request's JSON object, as the schema wants it. Raises Problem `request.body`, or FormatError."""
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request.too-large", "An act is told in at most 16 KiB.")
    value = load_object(request.get_data(cache=False), max_bytes=MAX_BODY_BYTES)
    for fault in Draft202012Validator(schema).iter_errors(value):
        # The place and the rule, never the value: it may name somebody.
        place = "/".join(map(str, fault.absolute_path)) or "the object"
        members = ", ".join(schema["properties"])
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "request.body",
            f"{place} does not keep the rule {fault.validator!r}. The members are: {members}.",
        )
    return value
