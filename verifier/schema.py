"""Compare a credential with the JSON Schema that it names, if both the schema and a validator are at hand."""

import json
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from .format.contexts import is_absolute
from .format.errors import FormatError
from .format.strictjson import load_object
from .format.timestamp import parse
from .format.types import JsonObject
from .trust import Trust


def departures(document: JsonObject, url: str, trust: Trust) -> list[str] | None:
    """Where `document` departs from the schema at `url`; None when that cannot be told (VC JSON Schema 1.0)."""
    if url not in trust.schemas or find_spec("jsonschema") is None:
        return None
    try:
        validator = _validator(json.dumps(trust.schemas[url], sort_keys=True).encode())
        return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]
    except Exception:  # noqa: BLE001 - a foreign schema may break a validator in any way; it stays advisory
        return None


@lru_cache(maxsize=32)
def _validator(schema: bytes) -> Any:
    """A compiled validator: compiling costs twenty times more than checking."""
    # The verifier needs only `cryptography`; this optional one is loaded when a schema is there to compare with.
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import SPECIFICATIONS  # type: ignore[attr-defined]  # the metaschemas, as a registry

    formats = FormatChecker(formats=())
    formats.checks("date-time", raises=FormatError)(lambda value: not isinstance(value, str) or bool(parse(value)))
    formats.checks("uri")(lambda value: not isinstance(value, str) or is_absolute(value))
    # Without a registry, jsonschema would fetch what a `$ref` names.
    return Draft202012Validator(load_object(schema), registry=SPECIFICATIONS, format_checker=formats)
