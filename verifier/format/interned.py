"""One object for equal active contexts: two ways to the same terms meet, and the derived contexts stay few.

Terms are numbered by their content, so that each is read once, however many contexts hold it.
"""

from typing import TypeAlias

from .definitions import ActiveContext, Term

_Print: TypeAlias = tuple[frozenset[int], str, int, "_Print | None"]


class Interned:
    """The active contexts so far."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, Term], int] = {}
        self._seen: dict[int, tuple[int, Term]] = {}
        self._contexts: dict[_Print, ActiveContext] = {}

    def __len__(self) -> int:
        return len(self._contexts)

    def first(self, active: ActiveContext) -> ActiveContext:
        """The first of all contexts with the content of this one."""
        return self._contexts.setdefault(self._print(active), active)

    def _print(self, active: ActiveContext) -> _Print:
        terms = frozenset(self._number(name, term) for name, term in active.terms.items())
        return terms, active.vocab, active.origin, self._print(active.previous) if active.previous else None

    def _number(self, name: str, term: Term) -> int:
        """A term stands under one name only. By identity, and kept, so that its number stays its own."""
        seen = self._seen.get(id(term))
        if seen is None:
            number = self._numbers.setdefault((name, term), len(self._numbers))
            seen = self._seen[id(term)] = (number, term)
        return seen[0]
