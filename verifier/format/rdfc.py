"""RDF Dataset Canonicalization (RDFC-1.0): a document or N-Quads in, canonical N-Quads bytes out, work bounded."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import permutations
from typing import Final

from ..limits import MAX_BLANK_NODES, MAX_N_DEGREE_CALLS, MAX_N_DEGREE_DEPTH
from .contexts import Contexts
from .errors import FormatError
from .nquads import Quad, distinct, is_blank, read, write
from .terms import to_quads
from .types import JsonObject

_SUBJECT, _PREDICATE, _OBJECT, _GRAPH = range(4)
_POSITIONS: Final = ((_SUBJECT, "s"), (_OBJECT, "o"), (_GRAPH, "g"))


@dataclass(slots=True)
class Work:
    """The n-degree work done so far: one object for several canonicalizations bounds them together."""

    calls: int = 0

    def spend(self, depth: int) -> None:
        """One more call at this depth; raises FormatError `rdf.too-complex` past the limits."""
        self.calls += 1
        if self.calls > MAX_N_DEGREE_CALLS or depth > MAX_N_DEGREE_DEPTH:
            raise _too_complex("too many nameless objects that look alike")


def canonicalize(source: JsonObject | bytes, contexts: Contexts | None = None, work: Work | None = None) -> bytes:
    """The canonical N-Quads (SHA-256) of a JSON-LD document, or of an N-Quads text.

    Raises FormatError: those of `terms.to_quads` or `nquads.read`, and `rdf.too-complex` past the limits.
    """
    return canonicalize_quads(read(source) if isinstance(source, bytes) else to_quads(source, contexts), work)


def canonicalize_quads(quads: Iterable[Quad], work: Work | None = None) -> bytes:
    """The canonical N-Quads of a dataset; raises FormatError `rdf.too-complex`."""
    quads = distinct(quads)
    names = canonical_names(quads, work)
    relabelled = (_relabel(quad, lambda blank: names[blank]) for quad in quads)
    return "".join(sorted(map(write, relabelled))).encode()


def canonical_names(quads: Iterable[Quad], work: Work | None = None) -> dict[str, str]:
    """Blank node -> its canonical name `_:c14n…` (section 4.4.3: the canonical identifier map)."""
    return _Canonicalization(distinct(quads), work or Work()).run()


def _relabel(quad: Quad, name: Callable[[str], str]) -> Quad:
    subject, predicate, value, graph = quad
    return (
        name(subject) if is_blank(subject) else subject,
        predicate,
        name(value) if is_blank(value) else value,
        name(graph) if is_blank(graph) else graph,
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Issuer(dict[str, str]):
    """Identifier issuer (section 4.5): remembers names in the order they were given."""

    def __init__(self, prefix: str, names: dict[str, str] | None = None) -> None:
        super().__init__(names or {})
        self.prefix = prefix

    def issue(self, blank: str) -> str:
        return self.setdefault(blank, f"{self.prefix}{len(self)}")

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, self)


class _Canonicalization:
    """The state of one run of the algorithm (section 4.4.2)."""

    def __init__(self, quads: list[Quad], work: Work) -> None:
        self.work = work
        self.canonical = _Issuer("_:c14n")
        self.mentions: dict[str, list[Quad]] = {}
        for quad in quads:
            for blank in dict.fromkeys(filter(is_blank, quad)):
                self.mentions.setdefault(blank, []).append(quad)
        if len(self.mentions) > MAX_BLANK_NODES:
            raise _too_complex(f"more than {MAX_BLANK_NODES} nameless objects")
        # Only what links two blank nodes counts beyond the first degree; a node may have thousands of plain values.
        self.links = {
            blank: [quad for quad in quads if any(is_blank(term) and term != blank for term in quad)]
            for blank, quads in self.mentions.items()
        }
        self.first_degree = {blank: self._hash_first_degree(blank) for blank in self.mentions}

    def run(self) -> dict[str, str]:
        groups: dict[str, list[str]] = {}
        for blank, digest in self.first_degree.items():
            groups.setdefault(digest, []).append(blank)
        shared = []
        for _, blanks in sorted(groups.items()):
            if len(blanks) == 1:
                self.canonical.issue(blanks[0])
            else:
                shared.append(blanks)
        for blanks in shared:
            self._name_alike(blanks)
        return self.canonical

    def _name_alike(self, blanks: list[str]) -> None:
        """Section 4.4.3 step 5: nodes that look alike from one step away are told apart by what surrounds them."""
        results = []
        for blank in blanks:
            if blank not in self.canonical:
                temporary = _Issuer("_:b")
                temporary.issue(blank)
                results.append(self._hash_n_degree(blank, temporary, 0))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for blank in issuer:
                self.canonical.issue(blank)

    def _hash_first_degree(self, blank: str) -> str:
        """Section 4.6.3."""
        lines = (
            write(_relabel(quad, lambda other: "_:a" if other == blank else "_:z")) for quad in self.mentions[blank]
        )
        return _sha256("".join(sorted(lines)))

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Section 4.7.3."""
        name = self.canonical.get(related) or issuer.get(related) or self.first_degree[related]
        predicate = quad[_PREDICATE] if position != "g" else ""
        return _sha256(position + predicate + name)

    def _related(self, blank: str, issuer: _Issuer) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for quad in self.links[blank]:
            for place, position in _POSITIONS:
                other = quad[place]
                if is_blank(other) and other != blank:
                    groups.setdefault(self._hash_related(other, quad, issuer, position), []).append(other)
        return groups

    def _hash_n_degree(self, blank: str, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """Section 4.8.3."""
        self.work.spend(depth)
        data = ""
        for digest, related in sorted(self._related(blank, issuer).items()):
            path, issuer = self._best_path(related, issuer, depth)
            data += digest + path
        return _sha256(data), issuer

    def _best_path(self, related: list[str], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        chosen, chosen_issuer = "", issuer
        for order in permutations(related):
            self.work.spend(depth)
            candidate = self._path(order, issuer.copy(), chosen, depth)
            if candidate and (not chosen or candidate[0] < chosen):
                chosen, chosen_issuer = candidate
        return chosen, chosen_issuer

    def _path(self, order: tuple[str, ...], issuer: _Issuer, chosen: str, depth: int) -> tuple[str, _Issuer] | None:
        """The path of one permutation, or None as soon as it cannot be the shortest and least."""
        path, recursion = "", []
        for related in order:
            if related in self.canonical:
                path += self.canonical[related]
            else:
                if related not in issuer:
                    recursion.append(related)
                path += issuer.issue(related)
            if _worse(path, chosen):
                return None
        for related in recursion:
            digest, result = self._hash_n_degree(related, issuer, depth + 1)
            path += issuer.issue(related) + f"<{digest}>"
            issuer = result
            if _worse(path, chosen):
                return None
        return path, issuer


def _worse(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


def _too_complex(what: str) -> FormatError:
    return FormatError("rdf.too-complex", f"The document holds {what}; it is not canonicalized.")
