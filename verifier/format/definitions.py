"""Term definitions and the active contexts that hold them (JSON-LD 1.1 API section 4.1)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

from ..limits import MAX_TERM_IRI_CHARACTERS
from .errors import FormatError

# The keywords that documents name, and the one word for each (VCDM 2.0 section 4.3).
ALIASES: Final = {"id": "@id", "type": "@type"}
_REST: Final = r"[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]*"
_ABSOLUTE: Final = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_REST}")
_WITHIN: Final = re.compile(_REST)


class Origin(IntEnum):
    """Who vouches for a definition: this package, the relying party, or nobody but the document itself."""

    PINNED = 0
    GIVEN = 1
    INLINE = 2


@dataclass(frozen=True, slots=True)
class Term:
    """One term definition. `iri` is "" for a term that is explicitly without meaning; `scope` is the JSON text of its
    scoped context, "" when it has none; `prefix` says whether compact IRIs may start with it.
    """

    iri: str
    type: str = ""
    container: str = ""
    scope: str = ""
    protected: bool = False
    prefix: bool = False
    origin: Origin = Origin.PINNED

    def same_meaning(self, other: "Term") -> bool:
        """Equal but for `@protected` (section 4.2.2, step 27)."""
        if self is other:
            return True
        plain, others = ((each.iri, each.type, each.container, each.prefix) for each in (self, other))
        return plain == others and _same_scope(self.scope, other.scope)


@dataclass(frozen=True, eq=False)
class ActiveContext:
    """The terms in force at one place of a document, and the context that nested nodes fall back to.

    Compared by identity: `Contexts` keeps one object for equal contents, so that what is derived can be remembered.
    """

    terms: Mapping[str, Term]
    vocab: str = ""
    previous: "ActiveContext | None" = None
    origin: Origin = Origin.PINNED

    @cached_property
    def iris(self) -> frozenset[str]:
        """What the terms stand for: asked of every type, and read off the terms once."""
        return frozenset(term.iri for term in self.terms.values())


def _same_scope(one: str, other: str) -> bool:
    """Whether two scoped contexts are equal as JSON, in whatever order their members stand."""
    if one == other or not (one and other):
        return one == other
    first, second = (json.dumps(json.loads(each), sort_keys=True) for each in (one, other))
    return first == second


def is_absolute(iri: str) -> bool:
    """Whether `iri` has a scheme and holds no character that N-Quads forbids in an IRI."""
    return _ABSOLUTE.fullmatch(iri) is not None


def in_vocabulary(vocab: str, name: str) -> str:
    """The absolute IRI that a vocabulary makes of a name, "" where it makes none: `vocab` is one itself, or "".

    Raises FormatError `context.inline` for one that is too long to be written again for every value.
    """
    if not vocab or _WITHIN.fullmatch(name) is None:
        return ""
    return of_term(vocab + name)


def of_term(iri: str) -> str:
    """The IRI as the definition of a term may have it; raises FormatError `context.inline`."""
    if len(iri) > MAX_TERM_IRI_CHARACTERS:
        raise unsupported(f"A term stands for an IRI of more than {MAX_TERM_IRI_CHARACTERS} characters.")
    return iri


def unsupported(detail: str) -> FormatError:
    """The error for a context that is beyond what is implemented here."""
    return FormatError("context.inline", detail)
