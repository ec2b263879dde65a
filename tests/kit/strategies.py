"""What the property tests draw: any JSON, and credentials with something changed somewhere."""

import copy
import json
from typing import Any

from hypothesis import strategies as st

from tests.kit.mutation import NAMES, RESHAPES, VALUES, Path, at, paths
from verifier.format.types import JsonObject

# Text as files hold it, with what readers stumble over: half surrogates, controls, bidi marks, other scripts.
AWKWARD = ["", " ", "\ud800", "\0", "\u202e", "a\nb", '"', "\\", "\x7f", "é", "e\u0301", "李雷", "\U0001f600", "null"]
TEXT = st.text(max_size=12) | st.sampled_from(AWKWARD)

SCALARS: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | TEXT | st.sampled_from(VALUES)
)
NAME: st.SearchStrategy[str] = st.sampled_from(NAMES) | TEXT
JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAME, inner, max_size=4),
    max_leaves=12,
)


def _change(draw: st.DrawFn, document: JsonObject) -> None:
    """One change at one place, in the document itself."""
    places = paths(document)
    path = draw(st.sampled_from(places[1:]))
    parent, step = at(document, path[:-1]), path[-1]
    kind = draw(st.sampled_from(["replace", "reshape", "delete", "rename", "insert", "copy", "swap"]))
    other = at(document, draw(st.sampled_from(places[1:])))
    if kind == "replace":
        parent[step] = draw(JSON)
    elif kind == "reshape":
        parent[step] = draw(st.sampled_from(RESHAPES))(parent[step])
    elif kind == "delete":
        del parent[step]
    elif kind == "copy":
        parent[step] = copy.deepcopy(other)
    elif kind == "swap":
        _swap(document, path, draw(st.sampled_from(places[1:])))
    elif isinstance(parent, dict):
        value = parent[step] if kind == "insert" else parent.pop(str(step))
        parent[draw(NAME)] = copy.deepcopy(other) if kind == "insert" and draw(st.booleans()) else copy.deepcopy(value)
    else:
        parent.insert(int(step), draw(JSON) if kind == "insert" else copy.deepcopy(parent[int(step)]))


def _swap(document: JsonObject, one: Path, two: Path) -> None:
    if one[: len(two)] == two or two[: len(one)] == one:
        return  # one holds the other
    first, second = at(document, one), at(document, two)
    at(document, one[:-1])[one[-1]], at(document, two[:-1])[two[-1]] = second, first


@st.composite
def mutated(draw: st.DrawFn, documents: list[JsonObject], most: int = 3) -> tuple[JsonObject, JsonObject]:
    """(a document, a copy of it with one to `most` changes)."""
    original = draw(st.sampled_from(documents))
    document: JsonObject = json.loads(json.dumps(original))  # so that nothing stands in two places at once
    for _ in range(draw(st.integers(1, most))):
        if len(document) > 1:
            _change(draw, document)
    return original, document
