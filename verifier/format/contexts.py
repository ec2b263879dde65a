"""JSON-LD contexts that are pinned, and the term definitions they give (JSON-LD 1.1 API sections 4.1 and 4.2).

Contexts are data of this package and are never fetched. Only what the pinned contexts use is implemented; anything
else is refused as `terms.unsupported`, so that a term can never mean something here and another thing elsewhere.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from ..limits import MAX_REMEMBERED_CONTEXTS
from .errors import FormatError
from .strictjson import load_object
from .types import Json, JsonObject

_DATA: Final = Path(__file__).parents[1] / "data"
_DEFINITION_MEMBERS: Final = {"@id", "@type", "@container", "@context", "@protected"}
_CONTEXT_MEMBERS: Final = {"@version", "@vocab", "@protected"}
_CONTAINERS: Final = {"@set", "@list", "@graph"}
_KEYWORDS: Final = {"@id", "@type"}
_NONE: Final = frozenset[str]()
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]*")

VCDM2: Final = "https://www.w3.org/ns/credentials/v2"
OB3: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


@dataclass(frozen=True, slots=True)
class Term:
    """One term definition. `scope` is the JSON text of its scoped context, "" when it has none."""

    iri: str
    type: str = ""
    container: str = ""
    scope: str = ""
    protected: bool = False

    def same_meaning(self, other: "Term") -> bool:
        """Equal but for `@protected` (section 4.2.2, step 27)."""
        return (self.iri, self.type, self.container, self.scope) == (
            other.iri,
            other.type,
            other.container,
            other.scope,
        )


@dataclass(frozen=True, slots=True, eq=False)
class ActiveContext:
    """The terms in force at one place of a document, and the context that nested nodes fall back to.

    Compared by identity: `Contexts` keeps one object for equal contents, so that what is derived can be remembered.
    """

    terms: Mapping[str, Term]
    vocab: str = ""
    previous: "ActiveContext | None" = None


EMPTY: Final = ActiveContext({})


class Contexts:
    """A closed set of contexts by URL, and what has been derived from them."""

    def __init__(self, documents: Mapping[str, JsonObject]) -> None:
        """`documents`: URL -> the JSON document that has `@context` on top."""
        self._documents = dict(documents)
        self._remembered = lru_cache(maxsize=MAX_REMEMBERED_CONTEXTS)(self._derive)
        self._interned: dict[str, ActiveContext] = {}

    def __contains__(self, url: object) -> bool:
        return url in self._documents

    @property
    def urls(self) -> Iterable[str]:
        """The URLs of all contexts at hand."""
        return self._documents.keys()

    def document(self, url: str) -> JsonObject:
        """The whole context document at `url`."""
        return self._documents[url]

    def apply(
        self, active: ActiveContext, local: Json, *, overrides: bool = False, propagates: bool = True
    ) -> ActiveContext:
        """`active` after the local context `local` (JSON-LD 1.1 API section 4.1.2).

        `overrides`: protected terms may be replaced (property-scoped contexts). `propagates`: the result stays in
        force for nested nodes (false for type-scoped contexts). Raises FormatError `context.unknown`,
        `context.inline`, `context.protected` or `terms.unsupported`.
        """
        if isinstance(local, list) and propagates:  # one by one: what is remembered stays small, and is met again
            for entry in local:
                if isinstance(entry, list):
                    raise FormatError("context.invalid", "A list of contexts holds a list.")
                active = self.apply(active, entry, overrides=overrides)
            return active
        return self.apply_text(active, json.dumps(local), overrides=overrides, propagates=propagates)

    def apply_text(
        self, active: ActiveContext, local: str, *, overrides: bool = False, propagates: bool = True
    ) -> ActiveContext:
        """As `apply`, with the local context as JSON text, which is what a term remembers."""
        return self._remembered(active, local, overrides, propagates)

    def _derive(self, active: ActiveContext, local: str, overrides: bool, propagates: bool) -> ActiveContext:
        result = active
        if not propagates and result.previous is None:
            result = ActiveContext(result.terms, result.vocab, active)
        return self._intern(self._apply_one(result, json.loads(local), overrides))

    def _intern(self, active: ActiveContext) -> ActiveContext:
        """One object for equal contents: two ways to the same terms meet, and the derived contexts stay few."""
        if len(self._interned) >= MAX_REMEMBERED_CONTEXTS:
            self._interned.clear()
        return self._interned.setdefault(_fingerprint(active), active)

    def _apply_one(self, active: ActiveContext, entry: Json, overrides: bool) -> ActiveContext:
        if entry is None:
            if not overrides and any(term.protected for term in active.terms.values()):
                raise FormatError("context.protected", "A null context would drop protected terms.")
            return EMPTY
        if isinstance(entry, str):
            if entry not in self._documents:
                raise FormatError("context.unknown", f"The context {entry[:200]} is not at hand.")
            return self._apply_one(active, self._documents[entry].get("@context"), overrides)
        if isinstance(entry, list):
            for each in entry:
                active = self._apply_one(active, each, overrides)
            return active
        if not isinstance(entry, dict):
            raise FormatError("context.invalid", "A context is a URL or an object.")
        return _define(active, entry, overrides)


def _fingerprint(active: ActiveContext) -> str:
    previous = _fingerprint(active.previous) if active.previous else ""
    content = repr((sorted(active.terms.items(), key=lambda item: item[0]), active.vocab, previous))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _define(active: ActiveContext, local: JsonObject, overrides: bool) -> ActiveContext:
    keywords = {name for name in local if name.startswith("@")}
    if not keywords <= _CONTEXT_MEMBERS:
        raise FormatError("terms.unsupported", f"The context uses {sorted(keywords - _CONTEXT_MEMBERS)}.")
    vocab = local.get("@vocab", active.vocab)
    protected = local.get("@protected", False)
    if not isinstance(vocab, str) or not isinstance(protected, bool):
        raise FormatError("terms.unsupported", "The context has an @vocab or @protected of an unusual kind.")
    terms = dict(active.terms)
    for name, value in local.items():
        if name.startswith("@"):
            continue
        term = _term(name, value, local, active, protected, vocab)
        old = active.terms.get(name)
        if old and old.protected and not overrides:
            if not old.same_meaning(term):
                raise FormatError("context.protected", f"A context redefines the protected term {name}.")
            term = old
        terms[name] = term
    return ActiveContext(terms, vocab, active.previous)


def _term(name: str, value: Json, local: JsonObject, active: ActiveContext, protected: bool, vocab: str) -> Term:
    """Create Term Definition (section 4.2.2), for the members the pinned contexts use."""
    definition: JsonObject = {"@id": value} if isinstance(value, str) else value if isinstance(value, dict) else {}
    if not definition or not definition.keys() <= _DEFINITION_MEMBERS:
        raise FormatError("terms.unsupported", f"The definition of {name} uses members that are not supported.")
    iri = _expand(definition.get("@id", name), local, active, vocab)
    kind = _expand(definition["@type"], local, active, vocab) if "@type" in definition else ""
    container = definition.get("@container", "")
    if container and (not isinstance(container, str) or container not in _CONTAINERS):
        raise FormatError("terms.unsupported", f"The container of {name} is not supported.")
    guard = definition.get("@protected", protected)
    if not isinstance(container, str) or not isinstance(guard, bool):
        raise FormatError("terms.unsupported", f"The definition of {name} is of an unusual kind.")
    scope = json.dumps(definition["@context"]) if "@context" in definition else ""
    return Term(iri, kind, container, scope, guard)


def _expand(text: Json, local: JsonObject, active: ActiveContext, vocab: str, through: frozenset[str] = _NONE) -> str:
    """IRI expansion of a name inside a context (section 5.2): a term, a compact IRI, an absolute IRI.

    `through`: the prefixes that led here, none of which may be met again.
    """
    if not isinstance(text, str):
        raise FormatError("terms.unsupported", "A term maps to something that is not a text.")
    if text in _KEYWORDS or text in {"@json", "@vocab"}:
        return text
    prefix, _, rest = text.partition(":")
    if prefix in through:
        raise FormatError("terms.unsupported", f"The definition of {prefix[:80]} rests on itself.")
    if not rest.startswith("//") and prefix in local and _id_of(local[prefix]) not in (None, text):
        return _expand(_id_of(local[prefix]), local, active, vocab, through | {prefix}) + rest
    if not rest.startswith("//") and prefix in active.terms:
        return active.terms[prefix].iri + rest
    if is_absolute(text):
        return text
    if vocab and not text.startswith("@"):
        return vocab + text
    raise FormatError("terms.unsupported", f"{text[:80]} does not expand to an absolute IRI.")


def _id_of(definition: Json) -> Json:
    return definition.get("@id") if isinstance(definition, dict) else definition


def is_absolute(iri: str) -> bool:
    """Whether `iri` has a scheme and holds no character that N-Quads forbids in an IRI."""
    return _ABSOLUTE.fullmatch(iri) is not None


@lru_cache(maxsize=1)
def pinned() -> Contexts:
    """The contexts that ship with the verifier (verifier/data/MANIFEST.json)."""
    manifest = load_object((_DATA / "MANIFEST.json").read_bytes())
    return Contexts(dict(_pinned_documents(manifest)))


def _pinned_documents(manifest: JsonObject) -> Iterable[tuple[str, JsonObject]]:
    entries = manifest["contexts"]
    assert isinstance(entries, list)  # noqa: S101 - our own data, held by a test
    for entry in entries:
        assert isinstance(entry, dict)  # noqa: S101
        yield str(entry["url"]), load_object((_DATA / "contexts" / str(entry["file"])).read_bytes())
