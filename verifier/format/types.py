"""The shape of a parsed JSON text."""

from typing import TypeAlias

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
JsonObject: TypeAlias = dict[str, Json]


def as_list(value: Json) -> list[Json]:
    """A value that may stand alone or in an array, as a list; null is an empty one."""
    return [] if value is None else value if isinstance(value, list) else [value]
