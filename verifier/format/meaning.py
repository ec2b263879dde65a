"""The part of a document that its contexts give a meaning to, for documents of which every byte is signed.

VCDM 2.0 section 5.13: what no context defines is no statement of the credential, also where a signature covers it.
"""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from .contexts import EMPTY, Contexts
from .definitions import ActiveContext
from .errors import FormatError
from .terms import Walk
from .types import Json, JsonObject

_STEPS_A_MEMBER: Final = 8
_Member: TypeAlias = tuple[int, str]
"""One member of one object of the document, by the object's identity: paths grow with the depth."""


def defined_part(document: JsonObject, contexts: Contexts) -> JsonObject:
    """`document` without the members that no context defines: what is left means the same to every reader.

    For documents of which every byte is signed. Raises FormatError as `to_quads`, but for `terms.undefined`.
    """
    walk = _Tolerant(contexts, all_signed=True)
    walk.node(document, EMPTY, "", "$")
    part = _without(document, walk.undefined)
    return part if isinstance(part, dict) else {}


def _without(value: Json, undefined: set[_Member]) -> Json:
    if isinstance(value, list):
        return [_without(each, undefined) for each in value]
    if isinstance(value, dict):
        inner = ((name, each) for name, each in value.items() if (id(value), name) not in undefined)
        return {name: _without(each, undefined) for name, each in inner}
    return value


@dataclass
class _Tolerant(Walk):
    """Passes over what no context defines, and notes in which object it stands."""

    undefined: set[_Member] = field(default_factory=set)
    within: list[JsonObject] = field(default_factory=list)

    def node(self, node: JsonObject, active: ActiveContext, graph: str, path: str) -> str:
        self.within.append(node)
        subject = super().node(node, active, graph, path)
        self.within.pop()
        return subject

    def _type(self, subject: str, name: str, typed: ActiveContext, graph: str, path: str) -> None:
        """A type without meaning says nothing, and takes nothing else away."""
        try:
            super()._type(subject, name, typed, graph, path)
        except FormatError as error:
            _refuse_others(error)

    def _member(self, subject: str, name: str, value: Json, active: ActiveContext, graph: str, path: str) -> None:
        depth = len(self.within)
        try:
            super()._member(subject, name, value, active, graph, path)
        except FormatError as error:
            _refuse_others(error)
            self.contexts.steps.take(_STEPS_A_MEMBER)
            del self.within[depth:]
            self.undefined.add((id(self.within[-1]), name))


def _refuse_others(error: FormatError) -> None:
    if error.code != "terms.undefined":
        raise error
