"""Term definitions and the active contexts that hold them (JSON-LD 1.1 API section 4.1)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from .errors import FormatError

# The keywords that documents name, and the one word for each (VCDM 2.0 section 4.3).
ALIASES: Final = {"id": "@id", "type": "@type"}
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]*")


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
        return self is other or self.meaning == other.meaning

    @property
    def meaning(self) -> tuple[str | bool, ...]:
        """All but `protected` and `origin`, in a form that compares."""
        scope = json.dumps(json.loads(self.scope), sort_keys=True) if self.scope else ""
        return self.iri, self.type, self.container, scope, self.prefix


@dataclass(frozen=True, slots=True, eq=False)
class ActiveContext:
    """The terms in force at one place of a document, and the context that nested nodes fall back to.

    Compared by identity: `Contexts` keeps one object for equal contents, so that what is derived can be remembered.
    """

    terms: Mapping[str, Term]
    vocab: str = ""
    previous: "ActiveContext | None" = None
    origin: Origin = Origin.PINNED


def is_absolute(iri: str) -> bool:
    """Whether `iri` has a scheme and holds no character that N-Quads forbids in an IRI."""
    return _ABSOLUTE.fullmatch(iri) is not None


def unsupported(detail: str) -> FormatError:
    """The error for a context that is beyond what is implemented here."""
    return FormatError("context.inline", detail)
