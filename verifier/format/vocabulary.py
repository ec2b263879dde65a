"""The names under which statements are shown: IRI -> word, by the pinned contexts and those that the reader brings.

A context that merely stands in a document has no say: nobody signed it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from .contexts import EMPTY, OB3, VCDM1, VCDM2, Contexts, contexts_for, pinned
from .definitions import ActiveContext, Term, is_absolute
from .errors import FormatError
from .nquads import CREDENTIALS
from .types import Json

_ONLY_IN_V1: Final = f"{CREDENTIALS}issuanceDate"
# Whose words count first, and which contexts are named for them.
_FIRST: Final = (VCDM2, VCDM1, OB3)
# Two words for one IRI: the specification renamed the type, and lets both stand (Open Badges 3.0 section B.1.2).
_PREFERRED: Final = {"AchievementCredential": "OpenBadgeCredential"}


@dataclass(slots=True)
class Word:
    """What the contexts say of one IRI: its names as a member and as a type ("" for none), and how values are read."""

    member: str = ""
    type: str = ""
    datatypes: set[str] = field(default_factory=set)
    """The datatypes, or keywords such as `@vocab`, that its definitions give to a plain value."""
    sets: set[bool] = field(default_factory=set)
    """Whether its definitions have `@container: @set`."""
    contexts: list[str] = field(default_factory=list)

    def is_set(self, *, of_nodes: bool) -> bool:
        """Whether its values always stand in an array: by all definitions, or by one of them when they are nodes."""
        return True in self.sets and (of_nodes or False not in self.sets)


_NAMELESS: Final = Word()


class Vocabulary:
    """The words of a set of contexts; a pinned word never means anything else."""

    def __init__(self, contexts: Contexts) -> None:
        self.steps = contexts.steps
        self._contexts = contexts
        self._pinned = _pinned_words()
        self._given: dict[str, Word] | None = None

    def word(self, iri: str) -> Word:
        """What is known of an IRI; a word without names when that is nothing."""
        found = self._pinned.get(iri)
        if found is None:
            if self._given is None:
                self._given = _given_words(self._contexts)
            found = self._given.get(iri, _NAMELESS)
        return found

    def contexts(self, named: set[str]) -> list[Json]:
        """The contexts under which what is shown is written, for all the IRIs that it names."""
        chosen = [VCDM1 if _ONLY_IN_V1 in named else VCDM2]
        for iri in sorted(named):
            urls = self.word(iri).contexts
            if urls and not any(url in chosen for url in urls):
                chosen.append(urls[0])
        return [*chosen]


@lru_cache(maxsize=1)
def _pinned_words() -> dict[str, Word]:
    words: dict[str, Word] = {}
    for url in dict.fromkeys((*_FIRST, *pinned().urls)):
        for name, term in _terms(pinned(), EMPTY, url):
            _note(words, name, term, url)
    return words


def _given_words(contexts: Contexts) -> dict[str, Word]:
    """Words of the contexts that the reader brings, but for those that are pinned words of something else."""
    reserved = {name for word in _pinned_words().values() for name in (word.member, word.type)}
    words: dict[str, Word] = {}
    for url in contexts.given:
        own = contexts_for({each: contexts.document(each) for each in contexts.given})
        try:
            for name, term in _terms(own, own.apply(EMPTY, VCDM2), url):
                if name not in reserved:
                    _note(words, name, term, url)
        except FormatError:
            continue  # a context that is not processed here names nothing
    return words


def _note(words: dict[str, Word], name: str, term: Term, url: str) -> None:
    if not is_absolute(term.iri):
        return
    word = words.setdefault(term.iri, Word())
    if not name[:1].isupper():
        word.member = word.member or name
    if not name[:1].islower():
        word.type = word.type or _PREFERRED.get(name, name)
    word.datatypes.add(term.type)
    word.sets.add("@set" in term.container)
    if url not in word.contexts:
        word.contexts.append(url)


def _terms(contexts: Contexts, active: ActiveContext, url: str) -> Iterator[tuple[str, Term]]:
    """Every definition of one context, scoped ones included."""
    return _within(contexts, contexts.apply(active, url), contexts.document(url).get("@context"))


def _within(contexts: Contexts, active: ActiveContext, local: Json) -> Iterator[tuple[str, Term]]:
    for name in _names(local):
        term = active.terms.get(name)
        if term is not None:
            yield name, term
        if term is not None and term.scope:
            yield from _within(contexts, contexts.property_scoped(active, term), json.loads(term.scope))


def _names(local: Json) -> Iterable[str]:
    entries = local if isinstance(local, list) else [local]
    return [name for entry in entries if isinstance(entry, dict) for name in entry]
