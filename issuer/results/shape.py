"""The shape of a result record: JSON Schema faults as findings that quote nothing of a person's data."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Final, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from verifier.format import timestamp
from verifier.format.errors import FormatError
from verifier.format.types import Json

from ..catalog import read_schema
from .finding import Finding
from .text import has_control

MAX_FINDINGS: Final = 100
"""Findings per record; more would help nobody and cost the sender's reader."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}", re.ASCII)
_FORMS = FormatChecker(formats=())
_FORM_WORDS = {
    "date-time": "must be a time with its offset, such as 2026-07-01T09:32:00Z",
    "date": "must be a day, such as 2026-07-01",
    "line": "must be one line of text without control or bidi-override characters",
}
_TYPE_WORDS = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


@_FORMS.checks("date-time", raises=FormatError)
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or bool(timestamp.parse(value))


@_FORMS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(_DATE.fullmatch(value) and date.fromisoformat(value))


@_FORMS.checks("line")
def _is_line(value: object) -> bool:
    return not isinstance(value, str) or not has_control(value)


def _is_integer(_checker: object, value: object) -> bool:
    """JSON Schema takes 4.0 for an integer; a count is written without a point."""
    return isinstance(value, int) and not isinstance(value, bool)


_Strict: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
)


def _in_place(schema: Any, shared: dict[str, Any]) -> Any:
    """The schema with each bare reference replaced by what it names: the same faults, without looking up each time."""
    if isinstance(schema, list):
        return [_in_place(each, shared) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.keys() == {"$ref"}:
        return _in_place(shared[schema["$ref"].removeprefix("#/$defs/")], shared)
    return {name: each if name == "$defs" else _in_place(each, shared) for name, each in schema.items()}


@cache
def _validator() -> Any:
    """Compiled once: compiling costs far more than checking."""
    schema = read_schema("result-record-1")
    return _Strict(_in_place(schema, cast("dict[str, Any]", schema["$defs"])), format_checker=_FORMS)


def shape_findings(value: Json) -> tuple[Finding, ...]:
    """Every fault of shape, once each, in the order of the schema; at most MAX_FINDINGS."""
    found: dict[Finding, None] = {}
    for error in _validator().iter_errors(value):
        found.update(dict.fromkeys(_findings(error)))
        if len(found) >= MAX_FINDINGS:
            break
    return tuple(found)[:MAX_FINDINGS]


def _findings(error: ValidationError) -> Iterator[Finding]:
    schema = error.schema if isinstance(error.schema, dict) else {}
    code = str(schema.get("refusedAs", "json.strict"))
    where = error.json_path.removeprefix("$").removeprefix(".") or "The record"
    for words in _words(error, schema):
        yield Finding(code, f"{where} {words}.")


def _words(error: ValidationError, schema: dict[str, Any]) -> Iterator[str]:
    """What is wrong, in the words of the schema alone: a value may be a name or an address."""
    keyword, expected, value = cast(
        "tuple[str | None, Any, Any]", (error.validator, error.validator_value, error.instance)
    )
    match keyword:
        case "required":
            yield from (f"lacks {name}: add it" for name in expected if name not in value)
        case "additionalProperties":
            yield from (_unknown(name) for name in value if name not in schema["properties"])
        case "type":
            types = [expected] if isinstance(expected, str) else expected
            yield f"must be {' or '.join(_TYPE_WORDS[name] for name in types)}"
        case "format":
            yield _FORM_WORDS[expected]
        case "const" | "enum":
            allowed = expected if isinstance(expected, list) else [expected]
            yield f"must be {' or '.join(allowed)}"
        case "pattern":
            yield "does not have the form that the record schema asks for"
        case None:
            yield "does not belong in a record of this credential: leave it out"
        case bound:
            yield f"is outside its bound ({bound} {expected})"


def _unknown(name: str) -> str:
    shown = name if _FIELD.fullmatch(name) else "with an unusual name"
    return f"has a field that no record has ({shown}): leave it out"
