"""Rows of a table <-> result records: columns are dotted paths such as `domains.0.code`, cells are typed by the schema.

Nothing is repaired: a cell that is not what its member asks for stays the text that it is, and the record is refused
for it by the rule on its shape.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeAlias

from verifier.limits import MAX_SAFE_INTEGER

from .catalog import read_schema
from .errors import IssuerError

_INTEGER: Final = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_BOOLEANS: Final = {"true": True, "false": False}

Path: TypeAlias = tuple[str, ...]
Cells: TypeAlias = dict[str, Any]
"""The cells of one row that are not empty, as a tree: member or index -> text or a tree."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the schema says of one value, as far as a table has to know it."""

    kind: str
    nullable: bool = False
    members: Mapping[str, "Shape"] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    items: "Shape | None" = None
    most: int = 0


def columns(header: Sequence[str]) -> tuple[Path, ...]:
    """The path of each column; raises IssuerError `batch.header-duplicate` or `batch.header-unknown`.

    A header is not quoted: without one, the first row of data, and so a person, would stand in its place.
    """
    for place, name in enumerate(header, 1):
        if not _is_known(_record(), name.split(".")):
            raise IssuerError(
                "batch.header-unknown",
                f"Column {place} has a header that no record has. The first line must hold headers such as resultId, "
                "candidate.displayName and domains.0.code, separated by commas. Nothing was done.",
            )
        if name in header[: place - 1]:
            raise IssuerError(
                "batch.header-duplicate", f"Column {place} has the header of an earlier one. Nothing was done."
            )
    return tuple(tuple(name.split(".")) for name in header)


def decode(paths: Sequence[Path], cells: Sequence[str]) -> dict[str, Any]:
    """The record of one row, its members in the order of the schema whatever that of the columns.

    An empty cell is an absent member, or null where the schema requires the member and allows null.
    """
    tree: Cells = {}
    for path, cell in zip(paths, cells, strict=True):
        if cell:
            _graft(tree, path, cell)
    record: dict[str, Any] = _value(_record(), tree)
    return record


def encode(record: Mapping[str, Any]) -> dict[str, str]:
    """Header -> cell for one record, in the order of the schema; nulls are empty cells and are left out.

    Raises ValueError for what no cell can say: an empty text or list, and members that no record has.
    """
    return {".".join(path): cell for path, cell in _cells(_record(), record, ())}


def order(header: str) -> tuple[int, ...]:
    """Where the column of a header belongs: a key to sort headers by, in the order of the schema."""
    return tuple(_places(_record(), header.split(".")))


def to_bytes(record: Mapping[str, Any]) -> bytes:
    """The bytes that stand for a row: the same row gives the same ones, or it could not be recognised later."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _graft(tree: Cells, path: Path, cell: str) -> None:
    *stems, leaf = path
    for stem in stems:
        tree = tree.setdefault(stem, {})
    tree[leaf] = cell


def _value(shape: Shape, tree: Any) -> Any:
    if shape.kind == "object":
        return dict(_members(shape, tree))
    if shape.items:
        last = max(map(int, tree))
        return [_value(shape.items, tree.get(str(place), {})) for place in range(last + 1)]
    if shape.kind == "boolean":
        return _BOOLEANS.get(tree, tree)
    if shape.kind == "integer" and _INTEGER.fullmatch(tree) and int(tree) <= MAX_SAFE_INTEGER:
        return int(tree)
    return tree


def _members(shape: Shape, tree: Cells) -> Iterator[tuple[str, Any]]:
    for name, member in shape.members.items():
        if name in tree:
            yield name, _value(member, tree[name])
        elif name in shape.required and member.nullable:
            yield name, None


def _cells(shape: Shape, value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if value is None and shape.nullable:
        return
    if shape.kind == "object" and isinstance(value, Mapping) and value.keys() <= shape.members.keys():
        for name in (name for name in shape.members if name in value):
            yield from _cells(shape.members[name], value[name], (*path, name))
    elif shape.items and isinstance(value, list) and value:
        for place, item in enumerate(value):
            yield from _cells(shape.items, item, (*path, str(place)))
    else:
        yield path, _cell(value, path)


def _cell(value: Any, path: Path) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int)) and value != "":
        return str(value)
    raise ValueError(f"no cell can say what {'.'.join(path)} holds")


def _is_known(shape: Shape, path: Sequence[str]) -> bool:
    if not path:
        return shape.kind != "object" and shape.items is None
    if shape.items:
        return bool(_INTEGER.fullmatch(path[0])) and int(path[0]) < shape.most and _is_known(shape.items, path[1:])
    return path[0] in shape.members and _is_known(shape.members[path[0]], path[1:])


def _places(shape: Shape, path: Sequence[str]) -> Iterator[int]:
    if shape.items:
        yield int(path[0])
        yield from _places(shape.items, path[1:])
    elif path:
        yield list(shape.members).index(path[0])
        yield from _places(shape.members[path[0]], path[1:])


def _shape(schema: Mapping[str, Any], shared: Mapping[str, Any]) -> Shape:
    if "$ref" in schema:
        schema = {**shared[schema["$ref"].removeprefix("#/$defs/")], **schema}
    kinds = _kinds(schema.get("type", "string"))
    return Shape(
        kind=next(kind for kind in kinds if kind != "null"),
        nullable="null" in kinds,
        members={name: _shape(member, shared) for name, member in schema.get("properties", {}).items()},
        required=frozenset(schema.get("required", ())),
        items=_shape(schema["items"], shared) if "items" in schema else None,
        most=schema.get("maxItems", 0),
    )


def _kinds(kinds: str | Iterable[str]) -> list[str]:
    return [kinds] if isinstance(kinds, str) else list(kinds)


@cache
def _record() -> Shape:
    schema = read_schema("result-record-1")
    return _shape(schema, schema["$defs"])
