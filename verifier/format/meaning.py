"""The part of a document that its contexts give a meaning to, for documents of which every byte is signed.

VCDM 2.0 section 5.13: what no context defines is no statement of the credential, also where a signature covers it.
"""

from collections.abc import Container
from dataclasses import dataclass, field

from .contexts import EMPTY, Contexts
from .definitions import ActiveContext
from .errors import FormatError
from .terms import Walk, places
from .types import Json, JsonObject


def defined_part(document: JsonObject, contexts: Contexts) -> JsonObject:
    """`document` without the members that no context defines: what is left means the same to every reader.

    For documents of which every byte is signed. Raises FormatError as `to_quads`, but for `terms.undefined`.
    """
    walk = _Tolerant(contexts, all_signed=True)
    walk.node(document, EMPTY, "", "$")
    part = _without(document, walk.undefined, "$")
    return part if isinstance(part, dict) else {}


def _without(value: Json, undefined: Container[str], path: str) -> Json:
    if isinstance(value, list):
        return [_without(each, undefined, place) for place, each in places(path, value) if place not in undefined]
    if isinstance(value, dict):
        inner = ((name, each, f"{path}.{name}") for name, each in value.items())
        return {name: _without(each, undefined, place) for name, each, place in inner if place not in undefined}
    return value


@dataclass
class _Tolerant(Walk):
    """Passes over what no context defines, and notes where it stands."""

    undefined: set[str] = field(default_factory=set)

    def _type(self, subject: str, name: str, typed: ActiveContext, graph: str, path: str) -> None:
        """A type without meaning says nothing, and takes nothing else away."""
        try:
            super()._type(subject, name, typed, graph, path)
        except FormatError as error:
            _refuse_others(error)

    def _member(self, subject: str, name: str, value: Json, active: ActiveContext, graph: str, path: str) -> None:
        try:
            super()._member(subject, name, value, active, graph, path)
        except FormatError as error:
            _refuse_others(error)
            self.undefined.add(path)


def _refuse_others(error: FormatError) -> None:
    if error.code != "terms.undefined":
        raise error
