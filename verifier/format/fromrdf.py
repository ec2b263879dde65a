"""A document again from the quads that its signature covers (JSON-LD 1.1 API section 8.4, Serialize RDF as JSON-LD).

Under eddsa-rdfc-2022 an issuer signs statements and no tree: who holds the file may order, repeat, divide and move what
it says, and the signature stands. So what is shown is not the tree of the file but the one tree that its statements
give back. It is a function of the dataset alone: equal statements are shown alike, whatever the file looks like.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final, TypeAlias

from ..limits import MAX_JSON_DEPTH, MAX_JSON_MEMBERS, MAX_REPEATED_CHARACTERS
from .errors import FormatError
from .jcs import canonicalize
from .literals import to_json
from .nquads import CONTAINED_CREDENTIAL, CREDENTIALS, RDF, Quad, is_blank, literal_of
from .steps import CHARACTERS_A_STEP
from .types import Json, JsonObject
from .vocabulary import Vocabulary, Word

_TYPE: Final = f"{RDF}type"
_FIRST: Final = f"{RDF}first"
_REST: Final = f"{RDF}rest"
_NIL: Final = f"<{RDF}nil>"
_CREDENTIAL: Final = f"<{CREDENTIALS}VerifiableCredential>"
_STEPS_A_VALUE: Final = 6
_FIRST_TYPES: Final = ("VerifiableCredential", "VerifiablePresentation")
# Members and types whose arrays Open Badges 3.0 and VCDM 2.0 ask for, or forbid, without a @container in a context.
_ARRAYS: Final = frozenset({"credentialSchema", "evidence", "termsOfUse"})
_REFERENCES: Final = frozenset({"issuer", "holder", "statusListCredential", "statusReference"})
_SINGLE_TYPES: Final = frozenset(
    {"IdentityObject", "IdentifierEntry", "Image", "GeoCoordinates", "JsonSchema", "1EdTechJsonSchemaValidator2019"}
    | {"BitstringStatusListEntry", "BitstringStatusList", "DataIntegrityProof", "Ed25519Signature2020"}
)

_Statements: TypeAlias = dict[str, list[str]]
"""Predicate -> objects; a predicate as an IRI, an object as it is written in N-Quads."""


def to_document(quads: Iterable[Quad], root: str, vocabulary: Vocabulary) -> JsonObject:
    """The tree that `quads` give back from the node `root` (an IRI or blank node, as written in N-Quads) on.

    A node is described in full wherever it is named; inside its own description a reference stands. Sets are ordered by
    the text of their elements, and what `vocabulary` has no name for stands under its IRI. Credentials inside a
    presentation are left out: each is verified, and shown, by itself.

    Raises FormatError `rdf.too-complex` when that would take more than MAX_JSON_MEMBERS values, nest deeper than
    MAX_JSON_DEPTH or repeat more than MAX_REPEATED_CHARACTERS, `terms.unsupported` when the quads do not say which node
    is the root.
    """
    tree = _Tree(vocabulary, quads)
    tree.refuse_other_roots(root)
    document = tree.node(root, "", ())
    return {"@context": vocabulary.contexts(tree.named), **document}


class _Tree:
    """The dataset, indexed by graph and subject, and what was named of it so far."""

    def __init__(self, vocabulary: Vocabulary, quads: Iterable[Quad]) -> None:
        self.vocabulary = vocabulary
        self.steps = vocabulary.steps
        self.graphs: dict[str, dict[str, _Statements]] = {}
        self.named: set[str] = set()
        self.described: set[tuple[str, str]] = set()
        self.texts: dict[int, str] = {}
        """The texts by which sets were ordered, by the identity of what they stand for."""
        self.written = self.repeated = 0
        for subject, predicate, value, graph in quads:
            statements = self.graphs.setdefault(graph, {}).setdefault(subject, {})
            statements.setdefault(predicate[1:-1], []).append(value)

    def refuse_other_roots(self, root: str) -> None:
        """Two credentials of which each leads to the other: either could be held up as the one that was signed."""
        nodes = self.graphs[""]
        others = (_CREDENTIAL in node.get(_TYPE, ()) for subject, node in nodes.items() if subject != root)
        if any(others) and root in _objects(nodes):
            raise FormatError("terms.unsupported", "The document holds a credential that leads back to it.")

    def node(self, subject: str, graph: str, within: tuple[str, ...]) -> JsonObject:
        """One node with all that the graph says about it; `within`: the nodes around it."""
        self._count(len(subject))
        if len(within) > MAX_JSON_DEPTH:
            raise _too_complex()
        statements = self.graphs[graph].get(subject, {})
        self._repeat(subject, graph, statements)
        self.named.update(statements)
        words = {predicate: self.vocabulary.word(predicate) for predicate in statements}
        # Two predicates that share a short name: neither has it.
        count = Counter(word.member for word in words.values())
        names = {
            predicate: word.member if count[word.member] == 1 and word.member else predicate
            for predicate, word in words.items()
        }
        result: JsonObject = {} if is_blank(subject) else {"id": subject[1:-1]}
        if _TYPE in statements:
            result["type"] = self._types(statements[_TYPE])
        for predicate in sorted(statements, key=names.__getitem__):
            if predicate not in (_TYPE, CONTAINED_CREDENTIAL):
                values = statements[predicate]
                result[names[predicate]] = self._values(words[predicate], values, graph, (*within, subject))
        return result

    def _types(self, values: list[str]) -> Json:
        iris = [value[1:-1] for value in values]
        self.named.update(iris)
        names = sorted((self.vocabulary.word(iri).type or iri for iri in iris), key=_type_order)
        return names[0] if len(names) == 1 and names[0] in _SINGLE_TYPES else [*names]

    def _values(self, word: Word, values: list[str], graph: str, within: tuple[str, ...]) -> Json:
        found = [self._value(word, value, graph, within) for value in values]
        if len(found) > 1:
            return sorted(found, key=self._text)
        (alone,) = found
        is_set = word.member in _ARRAYS or word.is_set(of_nodes=isinstance(alone, dict))
        return [alone] if is_set and not isinstance(alone, list) else alone

    def _value(self, word: Word, value: str, graph: str, within: tuple[str, ...]) -> Json:
        self._count(len(value))
        if value.startswith('"'):
            return to_json(literal_of(value), word.datatypes)
        if value in self.graphs:
            return self.node(self._root_of(value), value, within)
        node = self.graphs[graph].get(value)
        if value == _NIL or (node and _FIRST in node):
            return self._list(word, value, graph, within)
        if node and value not in within:
            return self.node(value, graph, within)
        iri = value[1:-1]
        if "@vocab" in word.datatypes:
            self.named.add(iri)
            meant = self.vocabulary.word(iri)
            return meant.member or meant.type or iri
        return iri if word.member in _REFERENCES else {"id": iri}

    def _list(self, word: Word, head: str, graph: str, within: tuple[str, ...]) -> list[Json]:
        found: list[Json] = []
        while head != _NIL:
            cell = self.graphs[graph][head]
            found.append(self._value(word, cell[_FIRST][0], graph, within))
            head = cell[_REST][0]
        return found

    def _root_of(self, graph: str) -> str:
        nodes = self.graphs[graph]
        roots = nodes.keys() - _objects(nodes)
        if len(roots) != 1:
            raise FormatError("terms.unsupported", "A part of the document does not say where it begins.")
        return roots.pop()

    def _text(self, value: Json) -> str:
        """The text of a value: RFC 8785, but for the order of names beyond U+FFFF."""
        if not isinstance(value, dict | list):
            return canonicalize(value).decode()
        text = self.texts.get(id(value))
        if text is None:
            if isinstance(value, dict):
                text = "{" + ",".join(f"{self._text(name)}:{self._text(value[name])}" for name in sorted(value)) + "}"
            else:
                text = "[" + ",".join(map(self._text, value)) + "]"
            self.texts[id(value)] = text
            self.steps.take_characters(len(text))
        return text

    def _repeat(self, subject: str, graph: str, statements: _Statements) -> None:
        if (graph, subject) in self.described:
            self.repeated += sum(len(value) for values in statements.values() for value in values)
            if self.repeated > MAX_REPEATED_CHARACTERS:
                raise _too_complex()
        self.described.add((graph, subject))

    def _count(self, characters: int) -> None:
        self.steps.take(_STEPS_A_VALUE + characters // CHARACTERS_A_STEP)
        self.written += 1
        if self.written > MAX_JSON_MEMBERS:
            raise _too_complex()


def _too_complex() -> FormatError:
    return FormatError("rdf.too-complex", "The document refers to its own parts too often to be shown.")


def _objects(nodes: dict[str, _Statements]) -> set[str]:
    """Every node and value that something is said with."""
    return {value for statements in nodes.values() for values in statements.values() for value in values}


def _type_order(name: str) -> tuple[bool, str]:
    return name not in _FIRST_TYPES, name
