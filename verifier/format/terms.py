"""A JSON-LD document turned into RDF quads under the contexts at hand, refusing whatever it does not know.

This one walk decides two things at once: which terms are defined, and what is signed. A member either becomes a quad
or is refused, so nothing can be shown that the signature does not cover (JSON-LD 1.1 API sections 5.1 and 7.1,
VCDM 2.0 section 5.13). Features that neither the pinned contexts nor their like need are `terms.unsupported`.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Final

from ..limits import MAX_STATEMENT_BYTES
from .contexts import EMPTY, Contexts, contexts_for
from .definitions import ALIASES, ActiveContext, Origin, Term, in_vocabulary, is_absolute
from .errors import FormatError
from .literals import from_json, from_scalar, from_value_object, without_direction
from .naming import Use, has_short_name, says_what_is_signed
from .nquads import CONTAINED_CREDENTIAL, RDF, Quad, iri
from .parts import Parts, refuse_divided
from .steps import CHARACTERS_A_STEP
from .types import Json, JsonObject

_TYPE: Final = iri(RDF + "type")
_FIRST: Final = iri(RDF + "first")
_REST: Final = iri(RDF + "rest")
_NIL: Final = iri(RDF + "nil")
_NODE: Final = "node"
_STEPS_A_NODE: Final = 50
_STEPS_A_VALUE: Final = 7
_WIDEST: Final = 4
"""Bytes of a character, where one of its term is beyond ASCII."""


def to_quads(document: JsonObject, contexts: Contexts | None = None, *, all_signed: bool = False) -> list[Quad]:
    """The dataset of `document`, its quads distinct, with blank nodes `_:b0`, `_:b1`, … in order of appearance.

    The quad of the document's first type comes first. `contexts`: made for this document by `contexts_for`; the pinned
    ones when left out. `all_signed`: every byte is signed, so that the tree may say more than its statements. Raises
    FormatError: `terms.undefined` (a member or type that no context defines), `terms.unsupported` (a feature outside
    what is implemented here), `terms.iri`, `terms.null`, `terms.empty`, `terms.split`, and the codes of
    `Contexts.apply`.
    """
    walk = Walk(contexts or contexts_for(), all_signed)
    walk.node(document, EMPTY, "", "$")
    if not all_signed:
        walk.parts.refuse_moved(walk.root)
    quads = list(walk.quads)
    walk.contexts.steps.take(2 * len(quads))
    plain = {(subject, predicate, without_direction(value), graph) for subject, predicate, value, graph in quads}
    if not quads or len(plain) < len(quads):
        # Processors take two texts for one that differ in their direction alone, and drop the second.
        raise FormatError("terms.unsupported", "The document says nothing, or the same in two directions.")
    return quads


@dataclass
class Walk:
    """One walk over a document, which notes the quads it says."""

    contexts: Contexts
    all_signed: bool = False
    quads: dict[Quad, str] = field(default_factory=dict)
    parts: Parts = field(default_factory=Parts)
    depth: int = 0
    blanks: int = 0
    root: str = ""
    room: int = 0

    def say(self, quad: Quad, form: str, path: str) -> None:
        """Emit a quad; a second time only when it is written in the same form, the one case that all take as one.

        Processors compare values before they turn them into literals: of 5 and "5" under one type they make two equal
        lines, which no dataset can hold. `form`: how the object is written, "" for what never equals another.
        """
        self._count(quad)
        if quad in self.quads and (not form or self.quads[quad] != form):
            raise FormatError("terms.unsupported", f"{path} says one thing twice, in forms that differ.")
        self.quads[quad] = form

    def _count(self, quad: Quad) -> None:
        """Names and datatypes are written out again for every value: short ones in the document may be long here."""
        characters = sum(map(len, quad))
        self.room += sum(len(term) if term.isascii() else _WIDEST * len(term) for term in quad)
        if self.room > MAX_STATEMENT_BYTES:
            raise FormatError("rdf.too-complex", "Written out, the document says more than is read here.")
        self.contexts.steps.take(_STEPS_A_VALUE + characters // CHARACTERS_A_STEP)

    def node(self, node: JsonObject, active: ActiveContext, graph: str, path: str) -> str:
        """Emit the quads of a node object under `active`; the node's own term is the answer."""
        self.contexts.steps.take(_STEPS_A_NODE)
        if "@context" in node:
            active = self.contexts.apply(active, node["@context"])
        typed = active
        members = {name: value for name, value in node.items() if name != "@context"}
        if not members:
            raise FormatError("terms.unsupported", f"{path} is an empty object.")
        types = _types(members, typed, path)
        if members.get("type") == []:
            self._empty(f"{path}.type")
        for name in sorted(set(types)):
            if name in typed.terms:
                active = self.contexts.type_scoped(active, typed.terms[name])
        subject = self._subject(members, active, path)
        if path == "$":
            self.root = subject
        elif subject == self.root and len(members) > 1:
            # The same quads as at the top: a status or an end date could be moved to where nobody looks for it.
            raise FormatError("terms.unsupported", f"{path} speaks about the document itself.")
        for name in types:
            self._type(subject, name, typed, graph, path)
        if not graph:
            self.parts.note(subject, members, is_top=self.depth == 1)
        self.depth += 1
        for name, value in members.items():
            self._member(subject, name, value, active, graph, f"{path}.{name[:80]}")
        self.depth -= 1
        return subject

    def _subject(self, members: JsonObject, active: ActiveContext, path: str) -> str:
        return _iri(members["id"], active, f"{path}.id") if _is_alias("id", members, active) else self._blank()

    def _blank(self) -> str:
        self.blanks += 1
        return f"_:b{self.blanks - 1}"

    def _type(self, subject: str, name: str, typed: ActiveContext, graph: str, path: str) -> None:
        self.say((subject, _TYPE, iri(_vocabulary(name, typed, Use.TYPE, f"{path}.type")), graph), _NODE, path)

    def _member(self, subject: str, name: str, value: Json, active: ActiveContext, graph: str, path: str) -> None:
        if name in ALIASES and _is_alias(name, (name,), active):
            return
        term = _term(name, active, path)
        if term.type == "@json":
            if term.container not in ("", "@set"):
                raise FormatError("terms.unsupported", f"{path} is a container of JSON.")
            form = "" if isinstance(value, (dict, list)) else type(value).__name__
            self.say((subject, iri(term.iri), from_json(value), graph), form, path)
            return
        again = self.contexts.property_scoped(active, term).terms.get(name) if term.scope else None
        if again and not again.same_meaning(term):
            # Processors disagree on which of the two a value is read under.
            raise FormatError("terms.unsupported", f"{path} has a context that redefines its own term.")
        if value == [] and term.container != "@list" and term.iri != CONTAINED_CREDENTIAL:
            self._empty(path)
        values = places(path, value) if isinstance(value, list) else [(path, value)]
        objects = ((each, self._object(each, name, term, active, graph, place)) for place, each in values)
        if term.container == "@list":
            head = self._list([found for _, found in objects], graph, path)
            self.say((subject, iri(term.iri), head, graph), _NODE, path)
            return
        nodes: dict[str, Json] = {}
        for each, found in objects:
            form = _form(each, term)
            if form == _NODE:
                refuse_divided(nodes, found, each, path)
            self.say((subject, iri(term.iri), found, graph), form, path)

    def _empty(self, path: str) -> None:
        if not self.all_signed:
            raise FormatError("terms.empty", f"{path} is an empty array, which no signature covers; leave it out.")

    def _object(self, value: Json, name: str, term: Term, active: ActiveContext, graph: str, path: str) -> str:
        """The term of one value of a property; nested nodes emit their own quads."""
        if value is None:
            raise FormatError("terms.null", f"{path} is null, which no signature covers; leave the member out.")
        if isinstance(value, list):
            raise FormatError("terms.unsupported", f"{path} holds an array inside an array.")
        if "@graph" in term.container and (not isinstance(value, dict) or "@value" in value):
            raise FormatError("terms.unsupported", f"{path} must be an object.")
        if isinstance(value, dict) and "@value" in value:
            return from_value_object(value, term.type, path)
        if isinstance(value, dict):
            return self._nested(value, term, active, graph, path)
        scoped = self.contexts.property_scoped(active, term)
        if scoped is not active and name not in scoped.terms:
            raise FormatError("terms.unsupported", f"{path} is a plain value under a context that drops its term.")
        if isinstance(value, str) and term.type == "@id":
            return _iri(value, scoped, path)
        if isinstance(value, str) and term.type == "@vocab":
            return iri(_vocabulary(value, scoped, Use.VALUE, path))
        return from_scalar(value, term.type, path)

    def _nested(self, node: JsonObject, term: Term, active: ActiveContext, graph: str, path: str) -> str:
        """A node inside a node: what a type brought in ends here, unless it is a mere reference (5.1.2, step 7)."""
        if active.previous and not (len(node) == 1 and _is_alias("id", node, active)):
            active = active.previous
        active = self.contexts.property_scoped(active, term)
        if "@graph" not in term.container:
            return self.node(node, active, graph, path)
        blank, before = self._blank(), len(self.quads)
        self.node(node, active, blank, path)
        if len(self.quads) == before:
            raise FormatError("terms.unsupported", f"{path} says nothing, and would be dropped.")
        return blank

    def _list(self, objects: list[str], graph: str, path: str) -> str:
        rest = _NIL
        for each in reversed(objects):
            cell = self._blank()
            self.say((cell, _FIRST, each, graph), _NODE, path)
            self.say((cell, _REST, rest, graph), _NODE, path)
            rest = cell
        return rest


def _form(value: Json, term: Term) -> str:
    """How a value is written: two that differ in it are not the same value, even where their quads are."""
    if isinstance(value, dict):
        return "str" if "@value" in value else _NODE
    if isinstance(value, str) and term.type in ("@id", "@vocab"):
        return _NODE
    return type(value).__name__ if term.type[:1] in ("", "@") else f"{type(value).__name__} {term.type}"


def _types(members: JsonObject, active: ActiveContext, path: str) -> list[str]:
    types = members["type"] if _is_alias("type", members, active) else []
    types = types if isinstance(types, list) else [types]
    texts = [each for each in types if isinstance(each, str)]
    if len(texts) != len(types):
        raise FormatError("terms.unsupported", f"{path} has a type that is not a text.")
    return texts


def _is_alias(name: str, members: Container[str], active: ActiveContext) -> bool:
    """Whether `id` or `type` stands in a node and means what it says; under other names they would be hidden."""
    return name in members and name in active.terms and active.terms[name].iri == ALIASES[name]


def _term(name: str, active: ActiveContext, path: str) -> Term:
    if name.startswith("@"):
        raise FormatError("terms.unsupported", f"{path} uses a JSON-LD keyword that is not supported here.")
    term = active.terms.get(name)
    term = term or _of_vocabulary(name, active)
    if term is None or not term.iri:
        raise FormatError("terms.undefined", f"No context defines {path}; it would be shown, yet not signed.")
    if term.iri.startswith("@") or not says_what_is_signed(name, term, Use.MEMBER):
        raise FormatError("terms.unsupported", f"{path} stands for {term.iri[:200]}, which has another name.")
    return term


def _of_vocabulary(name: str, active: ActiveContext) -> Term | None:
    made = in_vocabulary(active.vocab, name) if ":" not in name else ""
    return Term(made, origin=Origin.INLINE) if made else None


def places(path: str, values: list[Json]) -> Iterator[tuple[str, Json]]:
    """Each element of an array with its own path."""
    return ((f"{path}[{number}]", each) for number, each in enumerate(values))


def _iri(value: Json, active: ActiveContext, path: str) -> str:
    """An identifier of the document: absolute, and meaning the same under every context."""
    if not isinstance(value, str) or not is_absolute(value):
        raise FormatError("terms.iri", f"{path} is not an absolute URL.")
    prefix, _, rest = value.partition(":")
    if prefix in active.terms and not rest.startswith("//"):
        raise FormatError("terms.iri", f"{path} is a compact IRI; write it in full.")
    return iri(value)


def _vocabulary(name: str, active: ActiveContext, use: Use, path: str) -> str:
    """A type or an @vocab value: a term, or an absolute IRI."""
    term = active.terms.get(name)
    if term is None and is_absolute(name) and name.partition(":")[0] not in active.terms:
        if has_short_name(name, active):
            # The same quad as the term's: a signature could not tell which of the two was written.
            raise FormatError("terms.unsupported", f"{path} writes out {name[:120]}, which has a short name.")
        return name
    term = term or _of_vocabulary(name, active)
    if term is None or term.iri[:1] in ("", "@"):
        raise FormatError("terms.undefined", f"No context defines {name[:80]!r} at {path}.")
    if not says_what_is_signed(name, term, use):
        raise FormatError("terms.unsupported", f"{path} calls {term.iri[:200]} by another name.")
    return term.iri
