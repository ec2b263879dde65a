"""Contexts at hand, and the active contexts derived from them and from a document (JSON-LD 1.1 API section 4.1.2).

Contexts are data of this package, or given by the relying party, or written out in a document; none is ever fetched.
`pinned()` lives as long as the process and holds only what the pinned contexts give; `contexts_for()` makes the object
for one document, whose memory and work are bounded and go with it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from ..limits import MAX_DERIVED_CONTEXTS, MAX_INLINE_CONTEXT_CHARACTERS, MAX_REMEMBERED_CONTEXTS
from .definitions import ActiveContext, Origin, Term, is_absolute, unsupported
from .errors import FormatError
from .interned import Interned
from .localcontext import define
from .steps import Steps
from .strictjson import load_object
from .types import Json, JsonObject

__all__ = [
    "EMPTY",
    "OB3",
    "VCDM1",
    "VCDM2",
    "ActiveContext",
    "Contexts",
    "contexts_for",
    "is_absolute",
    "pinned",
    "published_digests",
]

_DATA: Final = Path(__file__).parents[1] / "data"
_NOTHING: Final[Mapping[str, JsonObject]] = MappingProxyType({})

VCDM2: Final = "https://www.w3.org/ns/credentials/v2"
VCDM1: Final = "https://www.w3.org/2018/credentials/v1"
OB3: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EMPTY: Final = ActiveContext({})
_STEPS_A_CONTEXT: Final = 300
_JSON_CHARACTERS_A_STEP: Final = 64
"""Characters of contexts, which are written or read as JSON."""


class Step(NamedTuple):
    """One derivation: the local context `text` (JSON) upon `active`."""

    active: ActiveContext
    text: str
    origin: Origin
    overrides: bool = False
    propagates: bool = True


class Contexts:
    """A closed set of contexts by URL, and what has been derived from them so far."""

    origin = Origin.GIVEN

    def __init__(
        self, documents: Mapping[str, JsonObject], base: "Contexts | None" = None, steps: Steps | None = None
    ) -> None:
        """`documents`: URL -> the JSON document that has `@context` on top. `base`: contexts that win over these.

        `steps`: counts what is derived here, and what a walk under these contexts does.
        """
        self.steps = steps or Steps()
        self._documents = documents
        self._base = base
        self._known: dict[Step, ActiveContext] = {}
        self._interned = Interned()
        self._spent = 0

    def __contains__(self, url: object) -> bool:
        return url in self._documents or (self._base is not None and url in self._base)

    @property
    def urls(self) -> Iterable[str]:
        """The URLs of all contexts at hand."""
        return dict.fromkeys([*(self._base.urls if self._base else ()), *self._documents])

    @property
    def given(self) -> Iterable[str]:
        """The URLs of those that the relying party gives."""
        return () if self._base is None else self._documents

    def document(self, url: str) -> JsonObject:
        """The whole context document at `url`."""
        return self._base.document(url) if self._base and url in self._base else self._documents[url]

    def apply(self, active: ActiveContext, local: Json) -> ActiveContext:
        """`active` after the `@context` of a node of the document.

        Raises FormatError `context.unknown`, `context.invalid`, `context.protected`, or `context.inline` for what is
        not supported or too much.
        """
        for entry in local if isinstance(local, list) else [local]:
            if isinstance(entry, list):
                raise FormatError("context.invalid", "A list of contexts holds a list.")
            text = json.dumps(entry)
            self._take_json(text)
            if isinstance(entry, dict) and len(text) > MAX_INLINE_CONTEXT_CHARACTERS:
                raise unsupported("A context that is written out is too long.")
            origin = self._origin(entry) if isinstance(entry, str) else Origin.INLINE if entry else Origin.PINNED
            active = self.derive(Step(active, text, origin))
        return active

    def property_scoped(self, active: ActiveContext, term: Term) -> ActiveContext:
        """`active` inside a member whose term has a scoped context; protected terms may be replaced."""
        return self.derive(Step(active, term.scope, term.origin, overrides=True)) if term.scope else active

    def type_scoped(self, active: ActiveContext, term: Term) -> ActiveContext:
        """`active` inside a node of this type; nodes further in fall back to `active`."""
        return self.derive(Step(active, term.scope, term.origin, propagates=False)) if term.scope else active

    def _origin(self, url: str) -> Origin:
        return Origin.PINNED if self._base is not None and url in self._base else self.origin

    def derive(self, step: Step) -> ActiveContext:
        """What one step gives, remembered; steps among pinned contexts alone are the business of `base`."""
        found = self._known.get(step)
        if found is None:
            self._spend()
            shared = self._base and max(step.active.origin, step.origin) is Origin.PINNED
            found = self._base.derive(step) if self._base and shared else self._compute(step)
            self._known[step] = found
        return found

    def _spend(self) -> None:
        self.steps.take(_STEPS_A_CONTEXT)
        self._spent += 1
        if self._spent > MAX_DERIVED_CONTEXTS:
            raise unsupported("The document makes up more contexts than are read here.")

    def _take_json(self, text: str) -> None:
        self.steps.take(len(text) // _JSON_CHARACTERS_A_STEP)

    def _compute(self, step: Step) -> ActiveContext:
        active = step.active
        if not step.propagates and active.previous is None:
            active = replace(active, previous=active)
        self._take_json(step.text)
        result = self._process(active, json.loads(step.text), step.origin, overrides=step.overrides)
        return self._interned.first(result)

    def _process(
        self, active: ActiveContext, local: Json, origin: Origin, *, overrides: bool, within: tuple[str, ...] = ()
    ) -> ActiveContext:
        """Section 4.1.2, steps 5.1 to 5.13; `within`: the URLs of the contexts that led here."""
        if local is None:
            if not overrides and any(term.protected for term in active.terms.values()):
                raise FormatError("context.protected", "A null context would drop protected terms.")
            if active.previous is not None and not overrides:
                raise unsupported("A null context stands in the context of a type.")  # processors disagree
            return EMPTY
        if isinstance(local, str):
            inner = self._content(local, within)
            return self._process(active, inner, self._origin(local), overrides=overrides, within=(*within, local))
        if isinstance(local, list):
            for entry in local:
                if isinstance(entry, list):
                    raise FormatError("context.invalid", "A list of contexts holds a list.")
                active = self._process(active, entry, origin, overrides=overrides, within=within)
            return active
        if not isinstance(local, dict):
            raise FormatError("context.invalid", "A context is a URL or an object.")
        return define(active, local, origin, overrides=overrides, validate=self._validate, steps=self.steps)

    def _content(self, url: str, within: tuple[str, ...]) -> Json:
        if url not in self:
            raise FormatError("context.unknown", f"The context {url[:200]} is not at hand.")
        document = self.document(url)
        if "@context" not in document or url in within:
            raise FormatError("context.invalid", f"What is at hand as {url[:200]} is no context, or names itself.")
        return document["@context"]

    def _validate(self, active: ActiveContext, term: Term) -> None:
        """Section 4.2.2, step 21.3: a scoped context is right, used or not. Others than the document's own are."""
        if term.origin is Origin.INLINE:
            self._spend()
            self._take_json(term.scope)
            self._process(active, json.loads(term.scope), term.origin, overrides=True)


class _Pinned(Contexts):
    """The contexts that ship with the verifier; what is derived is remembered from document to document."""

    origin = Origin.PINNED

    def apply(self, active: ActiveContext, local: Json) -> ActiveContext:
        """As `Contexts.apply`, but what a document writes out is not taken in here, where it would stay."""
        if any(isinstance(entry, dict) for entry in (local if isinstance(local, list) else [local])):
            raise unsupported("A context is written out.")
        return super().apply(active, local)

    def _spend(self) -> None:
        if len(self._known) >= MAX_REMEMBERED_CONTEXTS:
            self._known.clear()
            self._interned = Interned()


def contexts_for(documents: Mapping[str, JsonObject] = _NOTHING, steps: Steps | None = None) -> Contexts:
    """The pinned contexts and those that the relying party gives (URL -> document), for the work on one document.

    A pinned context is never replaced. What is derived is bounded, counted in `steps`, and forgotten with the object.
    """
    return Contexts(documents, pinned(), steps)


@lru_cache(maxsize=1)
def pinned() -> Contexts:
    """The contexts that ship with the verifier (verifier/data/MANIFEST.json); they stand alone."""
    files = ((str(entry["url"]), _DATA / "contexts" / str(entry["file"])) for entry in _manifest())
    return _Pinned({url: load_object(path.read_bytes()) for url, path in files})


@lru_cache(maxsize=1)
def published_digests() -> Mapping[str, Mapping[str, str]]:
    """URL -> algorithm -> digest in hex of the bytes that a context's own authors publish, where they are known."""
    found = ((str(entry["url"]), entry.get("published")) for entry in _manifest())
    return {url: {name: str(each) for name, each in known.items()} for url, known in found if isinstance(known, dict)}


def _manifest() -> Iterable[JsonObject]:
    entries = load_object((_DATA / "MANIFEST.json").read_bytes())["contexts"]
    assert isinstance(entries, list)  # noqa: S101 - our own data, held by a test
    return [entry for entry in entries if isinstance(entry, dict)]
