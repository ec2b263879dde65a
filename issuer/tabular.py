"""Rows of a table <-> result records: columns are dotted paths such as `domains.0.code`, cells are typed by the schema.

A cell that is not what its member asks for stays the text that it is, and the record is refused for it by the rule on
its shape; `cells` says what a spreadsheet may write.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from . import cells as written
from .catalog import read_schema
from .errors import IssuerError
from .results import Finding

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

    Case and the space around a header do not matter; columns at the end that have none are left out. A header is not
    quoted: without one, the first row of data, and so a person, would stand in its place.
    """
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    paths: list[Path] = []
    for place, name in enumerate(names, 1):
        path = _known(_record(), name.casefold().split("."))
        if path is None:
            raise IssuerError(
                "batch.header-unknown",
                f"Column {place} ({_letters(place)}) has a header that no record has. The first line must hold headers "
                "such as resultId, candidate.displayName and domains.0.code, separated by commas, semicolons or tabs; "
                "certify batch --template writes them. Nothing was done.",
            )
        if path in paths:
            raise IssuerError(
                "batch.header-duplicate",
                f"Column {place} ({_letters(place)}) has the header of an earlier one: delete one of the two columns. "
                "Nothing was done.",
            )
        paths.append(path)
    return tuple(paths)


def require(paths: Sequence[Path]) -> None:
    """Raise IssuerError `batch.header-missing` when a column is not there without which no row is a record."""
    lacking = [".".join(path) for path in _needed(_record(), ()) if path not in paths]
    if lacking:
        raise IssuerError(
            "batch.header-missing",
            f"No column has the header {', '.join(lacking)}: every record needs it. Nothing was done.",
        )


def faults(paths: Sequence[Path], cells: Sequence[str]) -> tuple[Finding, ...]:
    """What a spreadsheet has made of the cells of one row, so that they no longer say what was meant."""
    found = (written.fault(_kind(path), ".".join(path), cell) for path, cell in zip(paths, cells, strict=True) if cell)
    return tuple(finding for finding in found if finding)


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
    return written.value(shape.kind, tree)


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


def _known(shape: Shape, folded: Sequence[str]) -> Path | None:
    """The path that is `folded` in whatever case; None when there is none."""
    if not folded:
        return () if shape.kind != "object" and shape.items is None else None
    first, *rest = folded
    if shape.items:
        inner = shape.items if written.INTEGER.fullmatch(first) and int(first) < shape.most else None
    else:
        first = next((name for name in shape.members if name.casefold() == first), "")
        inner = shape.members.get(first)
    found = _known(inner, rest) if inner else None
    return None if found is None else (first, *found)


def _needed(shape: Shape, path: Path) -> Iterator[Path]:
    """The columns of what no record may lack."""
    if shape.items:
        yield from _needed(shape.items, (*path, "0"))
    elif shape.kind == "object":
        for name in (name for name in shape.members if name in shape.required):
            yield from _needed(shape.members[name], (*path, name))
    elif not shape.nullable:
        yield path


@cache
def _kind(path: Path) -> str:
    shape = _record()
    for name in path:
        shape = shape.items or shape.members[name]
    return shape.kind


def _letters(place: int) -> str:
    """A column as spreadsheets call it: A is the first, AA the one after Z."""
    letters = ""
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


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
        kind=_special(schema) or next(kind for kind in kinds if kind != "null"),
        nullable="null" in kinds,
        members={name: _shape(member, shared) for name, member in schema.get("properties", {}).items()},
        required=frozenset(schema.get("required", ())),
        items=_shape(schema["items"], shared) if "items" in schema else None,
        most=schema.get("maxItems", 0),
    )


def _special(schema: Mapping[str, Any]) -> str | None:
    """The kinds of `cells` beside those of JSON Schema."""
    if schema.get("format") in {written.TIME, written.DAY}:
        return str(schema["format"])
    if schema.get("refusedAs") == "percent.mismatch":
        return written.PERCENT
    return written.WORD if schema.get("$ref") == "#/$defs/word" else None


def _kinds(kinds: str | Iterable[str]) -> list[str]:
    return [kinds] if isinstance(kinds, str) else list(kinds)


@cache
def _record() -> Shape:
    schema = read_schema("result-record-1")
    return _shape(schema, schema["$defs"])
