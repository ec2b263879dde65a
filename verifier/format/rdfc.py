"""RDF Dataset Canonicalization (RDFC-1.0): a document or N-Quads in, canonical N-Quads bytes out, work bounded."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import permutations
from typing import Final

from ..limits import MAX_BLANK_NODES, MAX_N_DEGREE_CALLS, MAX_N_DEGREE_DEPTH
from .contexts import Contexts
from .errors import FormatError
from .nquads import Quad, distinct, is_blank, read, write
from .steps import CHARACTERS_A_STEP, Steps
from .terms import to_quads
from .types import JsonObject

_SUBJECT, _PREDICATE, _OBJECT, _GRAPH = range(4)
_POSITIONS: Final = ((_SUBJECT, "s"), (_OBJECT, "o"), (_GRAPH, "g"))
_STEPS_A_QUAD: Final = 4
_STEPS_A_NAME: Final = 40
_STEPS_A_CALL: Final = 8
_STEPS_A_LINK: Final = 2
_NAMES_A_STEP: Final = 16
"""How many names of an issuer are copied in one step."""


@dataclass(slots=True)
class Work:
    """The n-degree work done so far: one object for several canonicalizations bounds them together.

    `steps` counts that, and all else that is done here, for everything that is verified together.
    """

    steps: Steps = field(default_factory=Steps)
    calls: int = 0

    def spend(self, depth: int, steps: int) -> None:
        """One more call at this depth, of so many steps; raises FormatError `rdf.too-complex` past the limits."""
        self.steps.take(steps)
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
    return _canonical(list(quads), work or Work())


def _canonical(quads: list[Quad], work: Work) -> bytes:
    quads = distinct(quads)
    names = canonical_names(quads, work).__getitem__
    return b"".join(_lines(quads, names))


def canonical_names(quads: Iterable[Quad], work: Work | None = None) -> dict[str, str]:
    """Blank node -> its canonical name `_:c14n…` (section 4.4.3: the canonical identifier map)."""
    return _Canonicalization(distinct(quads), work or Work()).run()


def _relabel(quad: Quad, name: Callable[[str], str]) -> Quad:
    subject, predicate, value, graph = quad
    return (
        name(subject) if subject[:2] == "_:" else subject,
        predicate,
        name(value) if value[:2] == "_:" else value,
        name(graph) if graph[:2] == "_:" else graph,
    )


def _blanks(quad: Quad) -> list[str]:
    """The blank nodes of a quad, each once; a predicate is none. As `is_blank`, without a call for each of many."""
    subject, _, value, graph = quad
    found = [subject] if subject[:2] == "_:" else []
    if value[:2] == "_:" and value != subject:
        found.append(value)
    if graph[:2] == "_:" and graph not in found:
        found.append(graph)
    return found


def _lines(quads: list[Quad], name: Callable[[str], str]) -> list[bytes]:
    """The lines with their blank nodes named, in the order of code points, which is that of their bytes."""
    return sorted(write(_relabel(quad, name)).encode() for quad in quads)


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
        work.steps.take(_STEPS_A_QUAD * len(quads))
        work.steps.take_characters(sum(len(term) for quad in quads for term in quad))
        self.canonical = _Issuer("_:c14n")
        self.mentions: dict[str, list[Quad]] = {}
        for quad in quads:
            for blank in _blanks(quad):
                self.mentions.setdefault(blank, []).append(quad)
        if len(self.mentions) > MAX_BLANK_NODES:
            raise _too_complex(f"more than {MAX_BLANK_NODES} nameless objects")
        work.steps.take(_STEPS_A_NAME * len(self.mentions))
        # Only what links two blank nodes counts beyond the first degree; a node may have thousands of plain values.
        self.links = {
            blank: [quad for quad in quads if _blanks(quad) != [blank]] for blank, quads in self.mentions.items()
        }
        self.weights = {blank: self._weight(blank) for blank in self.links}
        self.first_degree = {blank: self._hash_first_degree(blank) for blank in self.mentions}

    def _weight(self, blank: str) -> int:
        """The steps of looking at all that a node is linked with."""
        return sum(_STEPS_A_LINK + len(quad[_PREDICATE]) // CHARACTERS_A_STEP for quad in self.links[blank])

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
        digest = hashlib.sha256()
        for line in _lines(self.mentions[blank], lambda other: "_:a" if other == blank else "_:z"):
            digest.update(line)
        return digest.hexdigest()

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
        self.work.spend(depth, _STEPS_A_CALL + self.weights[blank])
        data = ""
        for digest, related in sorted(self._related(blank, issuer).items()):
            path, issuer = self._best_path(related, issuer, depth)
            data += digest + path
        return _sha256(data), issuer

    def _best_path(self, related: list[str], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        chosen, chosen_issuer = "", issuer
        for order in permutations(related):
            self.work.spend(depth, _STEPS_A_CALL + len(order) // 2 + len(issuer) // _NAMES_A_STEP)
            # Where there is but one order, nobody asks for what the issuer was before.
            candidate = self._path(order, issuer.copy() if len(order) > 1 else issuer, chosen, depth)
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
