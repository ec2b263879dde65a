"""The shape of a parsed JSON text."""

from typing import TypeAlias

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
JsonObject: TypeAlias = dict[str, Json]


def as_list(value: Json) -> list[Json]:
    """A value that may stand alone or in an array, as a list; null is an empty one."""
    return [] if value is None else value if isinstance(value, list) else [value]


def identical(one: Json, other: Json) -> bool:
    """Whether two values are one text, members in one order: in Python 1, 1.0 and true are equal."""
    if one is other or type(one) is not type(other):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(map(identical, one.values(), other.values()))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(identical, one, other))
    return one == other
