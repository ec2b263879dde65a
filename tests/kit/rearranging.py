"""Changes to the tree of a document that leave what it says, or seem to: order, form, place, and contexts."""

import copy
import random
from collections.abc import Callable
from typing import Any

from tests.kit.mutation import at, paths
from verifier.format.types import Json, JsonObject

_CONTEXTS: list[Json] = [
    "https://w3id.org/security/data-integrity/v2",
    "https://w3id.org/security/multikey/v1",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    {"grade": "https://evil.example/grade"},
    {"Awarded with the highest honours": "https://evil.example/honours"},
    {"validUntil": "https://evil.example/validUntil"},
    {},
]
_NAMES = (
    "evidence",
    "termsOfUse",
    "nonce",
    "name",
    "type",
    "tag",
    "related",
    "alignment",
    "result",
    "creator",
    "image",
)


def rearranged(document: JsonObject, chance: random.Random) -> JsonObject:
    """A copy with one to four such changes, mostly of the document, now and then of its proofs."""
    changed = copy.deepcopy(document)
    for _ in range(chance.randint(1, 4)):
        chance.choice(_CHANGES)(changed, chance)
    return changed


def _place(document: JsonObject, chance: random.Random) -> tuple[Any, Any]:
    path = chance.choice(paths(document)[1:])
    return at(document, path[:-1]), path[-1]


def _objects(document: JsonObject) -> list[JsonObject]:
    return [value for value in (at(document, path) for path in paths(document)) if isinstance(value, dict)]


def _wrap(document: JsonObject, chance: random.Random) -> None:
    parent, step = _place(document, chance)
    parent[step] = [parent[step]]


def _unwrap(document: JsonObject, chance: random.Random) -> None:
    parent, step = _place(document, chance)
    if isinstance(parent[step], list) and len(parent[step]) == 1:
        parent[step] = parent[step][0]


def _shuffle(document: JsonObject, chance: random.Random) -> None:
    parent, step = _place(document, chance)
    if isinstance(parent[step], list):
        chance.shuffle(parent[step])
    elif isinstance(parent[step], dict):
        members = list(parent[step].items())
        chance.shuffle(members)
        parent[step] = dict(members)


def _double(document: JsonObject, chance: random.Random) -> None:
    parent, step = _place(document, chance)
    value = parent[step]
    parent[step] = [*value, *copy.deepcopy(value)] if isinstance(value, list) else [value, copy.deepcopy(value)]


def _write_otherwise(document: JsonObject, chance: random.Random) -> None:
    parent, step = _place(document, chance)
    value = parent[step]
    if isinstance(value, bool):
        parent[step] = "true" if value else "false"
    elif isinstance(value, int):
        parent[step] = str(value)
    elif isinstance(value, str):
        parent[step] = {"id": value} if ":" in value and chance.random() < 0.7 else {"@value": value}
    elif isinstance(value, dict) and value.keys() == {"id"}:
        parent[step] = value["id"]


def _add_empty(document: JsonObject, chance: random.Random) -> None:
    chance.choice(_objects(document))[chance.choice(_NAMES)] = []


def _add_context(document: JsonObject, chance: random.Random) -> None:
    target = chance.choice([document, chance.choice(_objects(document))])
    present = target.get("@context", [])
    target["@context"] = [
        *(present if isinstance(present, list) else [present]),
        copy.deepcopy(chance.choice(_CONTEXTS)),
    ]


def _reorder_contexts(document: JsonObject, chance: random.Random) -> None:
    contexts = document["@context"]
    if isinstance(contexts, list):
        rest = contexts[1:]
        chance.shuffle(rest)
        document["@context"] = [contexts[0], *rest]


def _split(document: JsonObject, chance: random.Random) -> None:
    """Divide what an object with an id says over two of them, at the same place or at another one."""
    named = [
        path for path in paths(document)[1:] if isinstance(at(document, path), dict) and "id" in at(document, path)
    ]
    if not named:
        return
    path = chance.choice(named)
    node = at(document, path)
    names = [name for name in node if name not in ("id", "type")]
    if not names:
        return
    taken = chance.sample(names, chance.randint(1, len(names)))
    other = {
        "id": node["id"],
        **({"type": copy.deepcopy(node["type"])} if "type" in node and chance.random() < 0.5 else {}),
    }
    other |= {name: node.pop(name) for name in taken}
    parent, step = at(document, path[:-1]), path[-1]
    if isinstance(parent, list):
        parent.append(other)
    elif chance.random() < 0.7:
        parent[step] = [node, other]
    else:
        chance.choice(_objects(document))[chance.choice(_NAMES)] = other


def _refer(document: JsonObject, chance: random.Random) -> None:
    """Put a mere reference, or a whole copy, where a named object stands already."""
    named = [each for each in _objects(document) if isinstance(each.get("id"), str)]
    one, other = chance.choice(named), chance.choice(_objects(document))
    other[chance.choice([*_NAMES, *other])] = chance.choice([one["id"], {"id": one["id"]}, copy.deepcopy(one)])


_CHANGES: list[Callable[[JsonObject, random.Random], None]] = [
    *(_wrap, _wrap, _unwrap, _unwrap, _shuffle, _shuffle, _double, _write_otherwise, _write_otherwise),
    *(_add_empty, _add_context, _add_context, _reorder_contexts, _split, _split, _refer),
]
