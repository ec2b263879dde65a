"""What one local context defines: Create Term Definition and IRI Expansion (JSON-LD 1.1 API sections 4.2.2 and 5.2).

Only part of JSON-LD is implemented: what the pinned contexts use, and what their like need. Anything else is refused
as `context.inline`, so that a term can never mean something here and another thing elsewhere.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from ..limits import MAX_CONTEXT_TERMS, MAX_TERM_CHAIN
from .definitions import ALIASES, ActiveContext, Origin, Term, in_vocabulary, is_absolute, of_term, unsupported
from .errors import FormatError
from .steps import Steps
from .types import Json, JsonObject

_CONTEXT_MEMBERS: Final = {"@version", "@vocab", "@protected"}
_DEFINITION_MEMBERS: Final = {"@id", "@type", "@container", "@context", "@protected", "@prefix"}
_TYPE_KEYWORDS: Final = {"@id", "@vocab", "@json", "@none"}
_CONTAINERS: Final = {"@set", "@list", "@graph", "@graph@set", "@set@graph"}
_PREFIX_ENDS: Final = tuple(":/?#[]@")

_STEPS_A_TERM: Final = 14
_TERMS_A_STEP: Final = 16
"""How many terms are copied in one step."""

Validate: TypeAlias = Callable[[ActiveContext, Term], None]


def define(
    active: ActiveContext, local: JsonObject, origin: Origin, *, overrides: bool, validate: Validate, steps: Steps
) -> ActiveContext:
    """`active` with the definitions of the object `local`.

    `overrides`: protected terms may be replaced. `validate` is called for every term with a scoped context, as soon
    as the term stands (step 21.3). `steps` counts terms. Raises FormatError `context.invalid`, `context.protected` or
    `context.inline`.
    """
    keywords = {name for name in local if name.startswith("@")}
    if not keywords <= _CONTEXT_MEMBERS:
        raise unsupported(f"The context uses {sorted(keywords - _CONTEXT_MEMBERS)}.")
    protected = "@protected" in local
    if local.get("@version", 1.1) != 1.1 or local.get("@protected", True) is not True:
        raise unsupported("The context has an @version other than 1.1, or an @protected other than true.")
    result = ActiveContext(active.terms, _vocab(active, local), active.previous, max(active.origin, origin))
    steps.take(_STEPS_A_TERM * len(local) + len(active.terms) // _TERMS_A_STEP)
    work = _Local(result, local, origin, overrides, protected)
    for name in local:
        if name in keywords:
            continue
        work.define(name)
        term = work.terms[name]
        if term.scope:
            steps.take(len(work.terms) // _TERMS_A_STEP)
            validate(replace(result, terms=dict(work.terms)), term)
    return replace(result, terms=work.terms)


def _vocab(active: ActiveContext, local: JsonObject) -> str:
    """Section 4.1.2, step 5.8; relative and compact values are not supported."""
    vocab = local.get("@vocab", active.vocab)
    if vocab is None and active.vocab:
        return ""
    if not isinstance(vocab, str) or ("@vocab" in local and not is_absolute(vocab)):
        raise unsupported("The context has an @vocab that is not an absolute IRI.")
    prefix, _, rest = vocab.partition(":")
    if vocab in active.terms or (prefix in active.terms and not rest.startswith("//")):
        raise unsupported("The context has an @vocab that is a compact IRI.")
    return of_term(vocab)


@dataclass
class _Local:
    """The work on one local context: which of its terms stand, and which are being defined."""

    active: ActiveContext
    local: JsonObject
    origin: Origin
    overrides: bool
    protected: bool
    done: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.terms = dict(self.active.terms)
        self.chain = 0

    def define(self, name: str) -> None:
        """Create Term Definition (section 4.2.2)."""
        if name in self.done:
            if not self.done[name]:
                raise FormatError("context.invalid", f"The definition of {name[:80]} rests on itself.")
            return
        self.done[name] = False
        self.chain += 1
        if self.chain > MAX_TERM_CHAIN or len(self.terms) >= MAX_CONTEXT_TERMS:
            raise unsupported("The context defines more terms than are read here.")
        previous = self.terms.pop(name, None)
        term = self._term(name, self.local[name])
        if previous and previous.protected and not self.overrides:
            if not previous.same_meaning(term):
                raise FormatError("context.protected", f"A context redefines the protected term {name[:80]}.")
            term = previous
        self.terms[name] = term
        self.done[name] = True
        self.chain -= 1

    def _term(self, name: str, value: Json) -> Term:
        simple = value is None or isinstance(value, str)
        definition: Json = {"@id": value} if simple else value
        if not isinstance(definition, dict) or not definition.keys() <= _DEFINITION_MEMBERS:
            raise unsupported(f"The definition of {name[:80]} uses members that are not supported.")
        if not name or name[0] == "@" or ":" in name or "/" in name:
            raise unsupported(f"The term {name[:80]!r} is not supported.")
        iri = self._iri(name, definition)
        kind = self._type(definition["@type"]) if "@type" in definition else ""
        container = _container(definition["@container"]) if "@container" in definition else ""
        scope = json.dumps(definition["@context"]) if "@context" in definition else ""
        protected = definition.get("@protected", self.protected)
        prefix = definition.get("@prefix", simple and iri.endswith(_PREFIX_ENDS) and definition["@id"] != name)
        if not isinstance(protected, bool) or not isinstance(prefix, bool):
            raise unsupported(f"The definition of {name[:80]} is of an unusual kind.")
        if iri[:1] == "@" and (kind or scope or "@prefix" in definition or container not in ("", "@set")):
            raise unsupported(f"The alias {name[:80]} has rules of its own.")
        if name in ALIASES and iri != ALIASES[name]:
            # Readers take these two words for what they are everywhere else.
            raise unsupported(f"The word {name} is given another meaning.")
        return Term(iri, kind, container, scope, protected, prefix, self.origin)

    def _iri(self, name: str, definition: JsonObject) -> str:
        """Steps 14 to 18: the IRI of a term, an alias of a keyword, or "" for null."""
        value = definition.get("@id", name)
        if value is None:
            return ""
        if value in ("@id", "@type"):
            return str(value)
        if value != name:
            return self._expand(value)
        made = in_vocabulary(self.active.vocab, name)
        if not made:
            raise unsupported(f"{name[:80]} does not expand to an absolute IRI.")
        return made

    def _type(self, value: Json) -> str:
        """Step 12."""
        if isinstance(value, str) and value in _TYPE_KEYWORDS:
            return value
        kind = self._expand(value)
        if kind.startswith("@"):
            raise unsupported(f"The type {kind} is named by an alias.")
        return kind

    def _expand(self, value: Json) -> str:
        """IRI Expansion (section 5.2) with `vocab` and a local context: a term, a compact or an absolute IRI."""
        if not isinstance(value, str) or value.startswith("@"):
            raise unsupported("A term maps to something that is not an IRI.")
        if value in self.local:
            self.define(value)
        if value in self.terms:
            if not self.terms[value].iri:
                raise unsupported(f"{value[:80]} is without meaning.")
            return self.terms[value].iri
        prefix, colon, suffix = value.partition(":")
        if colon and not suffix.startswith("//"):
            if prefix in self.local:
                self.define(prefix)
            term = self.terms.get(prefix)
            if term and term.prefix and term.iri:
                value = term.iri + suffix
        elif not colon and self.active.vocab:
            value = self.active.vocab + value
        if not is_absolute(of_term(value)):
            raise unsupported(f"{value[:80]} does not expand to an absolute IRI.")
        return value


def _container(value: Json) -> str:
    """Step 19: the containers that change nothing but the shape, `@list` and `@graph`."""
    names = value if isinstance(value, list) else [value]
    container = "".join(name for name in names if isinstance(name, str))
    if container not in _CONTAINERS or not all(isinstance(name, str) for name in names):
        raise unsupported("A container is not supported.")
    return container
