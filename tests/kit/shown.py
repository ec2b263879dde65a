"""What a credential shows, apart from the differences of form that a signature over RDF statements cannot see.

The order of arrays, one value or an array that holds it, a member of a set that stands twice, an empty array, a
truth value or whole number or its text, a text or a value object that holds it, the case of a language tag, the two
names of one type: none of these count. What is said about a thing with an id may stand wherever the thing is named.
"""

from collections.abc import Hashable

from verifier.format.types import Json, JsonObject

# The Open Badges context gives these two names to one type.
_SAME_TYPE = {"AchievementCredential": "OpenBadgeCredential"}


def shown(document: JsonObject) -> Hashable:
    """The statements of `document` without its proofs and its @context; equal when two documents show the same."""
    about: dict[str, set[Hashable]] = {}
    plain = {name: value for name, value in document.items() if name not in ("proof", "@context")}
    root = _object(plain, about)
    return root, frozenset((name, frozenset(members)) for name, members in about.items() if members)


def _values(value: Json, about: dict[str, set[Hashable]]) -> frozenset[Hashable]:
    return frozenset(_one(each, about) for each in (value if isinstance(value, list) else [value]))


def _one(value: Json, about: dict[str, set[Hashable]]) -> Hashable:
    if isinstance(value, dict):
        return _object(value, about)
    if isinstance(value, list):
        return ("array", tuple(_one(each, about) for each in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


def _object(value: JsonObject, about: dict[str, set[Hashable]]) -> Hashable:
    if "@value" in value:
        language = str(value.get("@language", "")).lower()
        rest = frozenset((name, repr(each)) for name, each in value.items() if name not in ("@value", "@language"))
        return (_one(value["@value"], about), language, rest) if language or rest else _one(value["@value"], about)
    members = {
        (name, each) for name, given in value.items() if name != "id" for each in _values(_named(name, given), about)
    }
    identifier = value.get("id")
    if not isinstance(identifier, str):
        return frozenset(members)
    about.setdefault(identifier, set()).update(members)
    return identifier


def _named(name: str, value: Json) -> Json:
    if name != "type":
        return value
    types = value if isinstance(value, list) else [value]
    return [_SAME_TYPE.get(each, each) if isinstance(each, str) else each for each in types]
