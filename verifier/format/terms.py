"""A JSON-LD document turned into RDF quads under pinned term definitions, refusing whatever it does not know.

This one walk decides two things at once: which terms are defined, and what is signed. A member either becomes a quad
or is refused, so nothing can be shown that the signature does not cover (JSON-LD 1.1 API sections 5.1 and 7.1,
VCDM 2.0 section 5.13). Features that the pinned contexts do not need are refused as `terms.unsupported`.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from .contexts import EMPTY, ActiveContext, Contexts, Term, is_absolute, pinned
from .errors import FormatError
from .jcs import canonicalize as jcs
from .nquads import RDF, XSD, Quad, distinct, iri, literal
from .types import Json, JsonObject

_TYPE: Final = iri(RDF + "type")
_FIRST: Final = iri(RDF + "first")
_REST: Final = iri(RDF + "rest")
_NIL: Final = iri(RDF + "nil")
_VALUE_MEMBERS: Final = {"@value", "@language"}
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)


def to_quads(document: JsonObject, contexts: Contexts | None = None) -> list[Quad]:
    """The dataset of `document`, its quads distinct, with blank nodes `_:b0`, `_:b1`, … in order of appearance.

    Raises FormatError: `terms.undefined` (a member or type that no context defines), `terms.unsupported` (a feature
    outside what is implemented here), `terms.iri`, `terms.null`, and the codes of `Contexts.apply`.
    """
    walk = _Walk(contexts or pinned())
    walk.node(document, EMPTY, "", "$")
    return distinct(walk.quads)


@dataclass
class _Walk:
    contexts: Contexts
    quads: list[Quad] = field(default_factory=list)
    blanks: int = 0
    root: str = ""

    def node(self, node: JsonObject, active: ActiveContext, graph: str, path: str) -> str:
        """Emit the quads of a node object under `active`; the node's own term is the answer."""
        if "@context" in node:
            if active.terms:
                # Under eddsa-rdfc-2022 no @context is signed: one that is put inside could rename what stands there.
                raise FormatError("terms.unsupported", f"{path} has an @context of its own.")
            active = self.contexts.apply(active, node["@context"])
        typed = active
        members = {name: value for name, value in node.items() if name != "@context"}
        if not members:
            raise FormatError("terms.unsupported", f"{path} is an empty object.")
        types = self._types(members, typed, path)
        for name in sorted(set(types)):
            scope = typed.terms[name].scope if name in typed.terms else ""
            if scope:
                active = self.contexts.apply_text(active, scope, propagates=False)
        subject = self._subject(members, active, path)
        if path == "$":
            self.root = subject
        elif subject == self.root and len(members) > 1:
            # The same quads as at the top: a status or an end date could be moved to where nobody looks for it.
            raise FormatError("terms.unsupported", f"{path} speaks about the document itself.")
        for name in types:
            self.quads.append((subject, _TYPE, iri(self._vocabulary(name, typed, f"{path}.type")), graph))
        for name, value in members.items():
            self._member(subject, name, value, active, graph, f"{path}.{name}")
        return subject

    def _types(self, members: JsonObject, active: ActiveContext, path: str) -> list[str]:
        named = [members[name] for name in members if _alias(active, name) == "@type"]
        if len(named) > 1:
            raise FormatError("terms.unsupported", f"{path} has two members that mean @type.")
        types = named[0] if named else []
        types = types if isinstance(types, list) else [types]
        texts = [each for each in types if isinstance(each, str)]
        if len(texts) != len(types):
            raise FormatError("terms.unsupported", f"{path} has a type that is not a text.")
        return texts

    def _subject(self, members: JsonObject, active: ActiveContext, path: str) -> str:
        named = [members[name] for name in members if _alias(active, name) == "@id"]
        if len(named) > 1:
            raise FormatError("terms.unsupported", f"{path} has two members that mean @id.")
        return self._iri(named[0], active, f"{path}.id") if named else self._blank()

    def _blank(self) -> str:
        self.blanks += 1
        return f"_:b{self.blanks - 1}"

    def _member(self, subject: str, name: str, value: Json, active: ActiveContext, graph: str, path: str) -> None:
        if _alias(active, name):
            return
        term = self._term(name, active, path)
        if term.type == "@json":
            self.quads.append((subject, iri(term.iri), _json_literal(value), graph))
            return
        values = value if isinstance(value, list) else [value]
        objects = (self._object(each, term, active, graph, path) for each in values)
        if term.container == "@list":
            self.quads.append((subject, iri(term.iri), self._list(list(objects), graph), graph))
        else:
            self.quads.extend((subject, iri(term.iri), each, graph) for each in objects)

    def _term(self, name: str, active: ActiveContext, path: str) -> Term:
        if name.startswith("@"):
            raise FormatError("terms.unsupported", f"{path} uses a JSON-LD keyword that is not supported here.")
        if name in active.terms:
            return active.terms[name]
        if active.vocab and ":" not in name and is_absolute(active.vocab + name):
            return Term(active.vocab + name)
        raise FormatError("terms.undefined", f"No context defines {path}; it would be shown, yet not signed.")

    def _object(self, value: Json, term: Term, active: ActiveContext, graph: str, path: str) -> str:
        """The term of one value of a property; nested nodes emit their own quads."""
        if value is None:
            raise FormatError("terms.null", f"{path} is null, which no signature covers; leave the member out.")
        if isinstance(value, list):
            raise FormatError("terms.unsupported", f"{path} holds an array inside an array.")
        if isinstance(value, dict) and "@value" in value:
            return _value_object(value, term, path)
        if isinstance(value, dict):
            return self._nested(value, term, active.previous or active, graph, path)
        if term.container == "@graph":
            raise FormatError("terms.unsupported", f"{path} must be an object.")
        scoped = self._scoped(active, term)
        if isinstance(value, str) and term.type == "@id":
            return self._iri(value, scoped, path)
        if isinstance(value, str) and term.type == "@vocab":
            return iri(self._vocabulary(value, scoped, path))
        return _scalar(value, term.type, path)

    def _nested(self, node: JsonObject, term: Term, active: ActiveContext, graph: str, path: str) -> str:
        active = self._scoped(active, term)
        if term.container != "@graph":
            return self.node(node, active, graph, path)
        name = self._blank()
        self.node(node, active, name, path)
        return name

    def _scoped(self, active: ActiveContext, term: Term) -> ActiveContext:
        return self.contexts.apply_text(active, term.scope, overrides=True) if term.scope else active

    def _list(self, objects: list[str], graph: str) -> str:
        rest = _NIL
        for each in reversed(objects):
            cell = self._blank()
            self.quads += [(cell, _FIRST, each, graph), (cell, _REST, rest, graph)]
            rest = cell
        return rest

    def _iri(self, value: Json, active: ActiveContext, path: str) -> str:
        """An identifier of the document: absolute, and meaning the same under every context."""
        if not isinstance(value, str) or not is_absolute(value):
            raise FormatError("terms.iri", f"{path} is not an absolute URL.")
        prefix, _, rest = value.partition(":")
        if prefix in active.terms and not rest.startswith("//"):
            raise FormatError("terms.iri", f"{path} is a compact IRI; write it in full.")
        return iri(value)

    def _vocabulary(self, name: str, active: ActiveContext, path: str) -> str:
        """A type or an @vocab value: a term, or an absolute IRI."""
        if name in active.terms:
            return active.terms[name].iri
        if is_absolute(name) and name.partition(":")[0] not in active.terms:
            if any(term.iri == name for term in active.terms.values()):
                # The same quad as the term's: a signature could not tell which of the two was written.
                raise FormatError("terms.unsupported", f"{path} writes out {name[:120]}, which has a short name.")
            return name
        if active.vocab and ":" not in name and is_absolute(active.vocab + name):
            return active.vocab + name
        raise FormatError("terms.undefined", f"No context defines {name[:80]!r} at {path}.")


def _alias(active: ActiveContext, name: str) -> str:
    """`@id` or `@type` when the member is an alias of it."""
    term = active.terms.get(name)
    return term.iri if term and term.iri.startswith("@") else ""


def _value_object(value: JsonObject, term: Term, path: str) -> str:
    text, language = value.get("@value"), value.get("@language", "")
    plain = not term.type and not term.container and value.keys() <= _VALUE_MEMBERS
    if not plain or not isinstance(text, str) or not isinstance(language, str):
        raise FormatError("terms.unsupported", f"{path} is a value object of a kind that is not supported here.")
    if "@language" in value and not _LANGUAGE.fullmatch(language):
        raise FormatError("terms.unsupported", f"{path} names a language that is none.")
    return literal(text, "", language.lower())  # as the processors that wallets use do


def _scalar(value: Json, datatype: str, path: str) -> str:
    datatype = "" if datatype.startswith("@") else datatype
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype or XSD + "boolean")
    if isinstance(value, int) and datatype not in (XSD + "double", XSD + "float"):
        return literal(jcs(value).decode(), datatype or XSD + "integer")
    if isinstance(value, str):
        return literal(value, datatype)
    raise FormatError("terms.unsupported", f"{path} is a number with a fraction; write it as a text.")


def _json_literal(value: Json) -> str:
    return literal(jcs(value).decode(), RDF + "JSON")
