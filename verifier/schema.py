"""Compare a credential with the JSON Schema that it names, if both the schema and a validator are at hand."""

from types import ModuleType

from .format.types import JsonObject
from .trust import Trust

jsonschema: ModuleType | None
try:
    import jsonschema
except ImportError:  # the verifier needs only `cryptography`; schemas are advisory
    jsonschema = None


def departures(document: JsonObject, url: str, trust: Trust) -> list[str] | None:
    """Where `document` departs from the schema at `url`; None when that cannot be told (VC JSON Schema 1.0)."""
    if jsonschema is None or url not in trust.schemas:
        return None
    try:
        validator = jsonschema.Draft202012Validator(trust.schemas[url])
        return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]
    except Exception:  # noqa: BLE001 - a foreign schema may break a validator in any way; it stays advisory
        return None
