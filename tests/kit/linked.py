"""What the differential tests draw: documents that use the words of some contexts, and contexts of their own."""

from typing import Any

from hypothesis import strategies as st

from tests.kit.strategies import JSON, TEXT
from verifier.format.contexts import EMPTY, OB3, VCDM1, VCDM2, Contexts, contexts_for
from verifier.format.definitions import ActiveContext, Term
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject

OB301 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
OB302 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
DI1 = "https://w3id.org/security/data-integrity/v1"
DI2 = "https://w3id.org/security/data-integrity/v2"
DID1 = "https://www.w3.org/ns/did/v1"
MULTIKEY = "https://w3id.org/security/multikey/v1"
ED2020 = "https://w3id.org/security/suites/ed25519-2020/v1"

# As they are put together in the wild.
STACKS: list[list[Json]] = [
    [VCDM2, OB3],
    [VCDM2, OB302],
    [VCDM2],
    [VCDM2, DI2],
    [VCDM2, OB3, ED2020],
    [VCDM1],
    [VCDM1, OB301],
    [VCDM1, OB302, ED2020],
    [VCDM1, OB3, DI2],
    [VCDM1, ED2020],
    [VCDM1, DI1],
    [DID1, MULTIKEY],
    [DID1, ED2020],
    [MULTIKEY],
    [DI2],
    [DI1, MULTIKEY],
    [ED2020],
]

IRIS = st.sampled_from(["urn:x:1", "did:web:a.example", "https://a.example/é?q=1#f", "ni:///sha-256;-_x", "a:b", "x:"])
NUMBERS = (
    st.integers(-(2**53) + 1, 2**53 - 1)
    | st.booleans()
    | st.sampled_from([0.1, -2.5e-7, 1e-6, 1.5, 123456.789, 1.0, 5e-7, 5e-324, 1e21, 0.30000000000000004, 1.7e308])
    | st.integers(-999_999, 999_999).map(lambda number: number / 1000)
)
LANGUAGES = st.sampled_from(["en", "de-AT", "ZH-hans", "x", "en-x-a", "SR-Latn", "12", "é"])
TEXTS = TEXT.filter(lambda text: "\ud800" not in text)
DIRECTIONS = st.sampled_from(["ltr", "rtl", "ltr", "rtl", "up"])
TAGGED = st.fixed_dictionaries({"@value": TEXTS}, optional={"@language": LANGUAGES, "@direction": DIRECTIONS})


class Vocabulary:
    """Documents under one stack of contexts."""

    def __init__(self, stack: list[Json], contexts: Contexts | None = None) -> None:
        self.stack = stack
        self.contexts = contexts or contexts_for()
        self.active = self.contexts.apply(EMPTY, stack)

    def documents(self, depth: int = 3) -> st.SearchStrategy[Any]:
        return self.nodes(self.active, depth).map(lambda node: {"@context": self.stack, **node})

    def nodes(self, active: ActiveContext, depth: int) -> st.SearchStrategy[Any]:
        """Nodes of some types, with members that are defined for them."""
        names = sorted(name for name, term in active.terms.items() if name[:1].isupper() or "VerifiableC" in name)
        chosen = st.lists(st.sampled_from(names), max_size=2, unique=True) if names else st.just([])
        return chosen.flatmap(lambda types: self.node(active, types, depth))

    def node(self, active: ActiveContext, types: list[str], depth: int) -> st.SearchStrategy[Any]:
        typed = active
        for name in sorted(types):
            try:
                active = self.contexts.type_scoped(active, typed.terms[name])
            except FormatError:
                return IRIS.map(lambda iri: {"id": iri})  # types that do not go together
        words = sorted(name for name, term in active.terms.items() if not term.iri.startswith("@"))
        small = [name for name in words if not name[:1].isupper()] or words
        drawn = st.lists(st.sampled_from(small), max_size=4, unique=True) if words else st.just([])
        members = drawn.flatmap(
            lambda names: st.fixed_dictionaries({name: self.value(active, name, depth) for name in names})
        )
        fixed: JsonObject = {"type": [*types]} if types else {}
        known = {"id", "type"} <= active.terms.keys()
        identified = IRIS.map(lambda iri: {"id": iri, **fixed}) if known else st.just(fixed)
        return st.builds(lambda start, rest: {**start, **rest}, st.just(fixed) if types else identified, members)

    def value(self, active: ActiveContext, name: str, depth: int) -> st.SearchStrategy[Any]:
        term = active.terms[name]
        one = scalars(term, active)
        if depth:
            inner = active.previous or active
            try:
                inner = self.contexts.property_scoped(inner, term)
                one |= st.deferred(lambda: self.nodes(inner, depth - 1))
            except FormatError:
                pass  # a scope that this place does not allow
            if not inner.terms:  # a credential in a presentation
                one = st.deferred(lambda: self.documents(depth - 1))
        return one | st.lists(one, max_size=3)


def scalars(term: Term, active: ActiveContext) -> st.SearchStrategy[Any]:
    if "@graph" in term.container:
        return IRIS.map(lambda iri: {"id": iri, "type": "https://a.example/Knot"})
    if term.type == "@id":
        return IRIS
    if term.type == "@vocab":
        return st.sampled_from(sorted(active.terms)) | IRIS
    return JSON if term.type == "@json" else TEXTS | NUMBERS | TAGGED | IRIS


# --- Contexts that a document brings ------------------------------------------------------------------------

BASES = ["https://a.example/#", "https://a.example/words/", "urn:a:", "https://a.example"]
WORDS = ["rank", "Rank", "fleet", "steps", "Captain", "name", "ex", "issuer", "id", "type"]
WORD = st.sampled_from(WORDS)
# {} is the word itself: only a word that its IRI ends in is accepted in a document.
OWN = ["https://a.example/#{}", "https://a.example/words/{}", "urn:a:{}", "ex:{}", "ex:words/{}"]
ODD = ["{}", "@id", "@type", "@graph", "rank", "ex", "rank:x", "https://a.example/#rank", "relative", *BASES, None]


def rarely(odd: st.SearchStrategy[Any], usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 9).flatmap(lambda number: odd if number == 7 else usual)


MAPPED: st.SearchStrategy[Any] = rarely(st.sampled_from(ODD), st.sampled_from(OWN))


def definitions(depth: int) -> st.SearchStrategy[Any]:
    kinds = rarely(
        st.sampled_from(["@set", "rank", "T", "relative"]),
        st.sampled_from(["@id", "@vocab", "@json", "@none", "ex:T", "https://a.example/#T"]),
    )
    containers = rarely(
        st.sampled_from(["@index", [], ["@list", "@set"], "@language"]),
        st.sampled_from(["@set", "@list", "@graph", ["@set"], ["@graph", "@set"], ["@list"]]),
    )
    extras: dict[str, st.SearchStrategy[Any]] = {
        "@type": kinds,
        "@container": containers,
        "@protected": st.booleans(),
        "@prefix": st.booleans(),
    }
    if depth:
        extras["@context"] = rarely(st.none() | st.sampled_from([VCDM2, DID1]), local_contexts(depth - 1))
    optional = st.lists(st.sampled_from(sorted(extras)), max_size=2, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: extras[name] for name in names})
    )
    return MAPPED | st.builds(lambda iri, rest: {"@id": iri, **rest}, MAPPED, optional)


def local_contexts(depth: int = 2) -> st.SearchStrategy[Any]:
    vocabularies = rarely(
        st.sampled_from([None, "", "ex:words#", "https://www.w3.org/2018/credentials#"]), st.sampled_from(BASES)
    )
    heads: dict[str, st.SearchStrategy[Any]] = {
        "@vocab": vocabularies,
        "@protected": rarely(st.just(value=False), st.just(value=True)),
        "@version": rarely(st.just(1), st.just(1.1)),
    }
    head = st.lists(st.sampled_from(sorted(heads)), max_size=2, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: heads[name] for name in names})
    )
    usual: dict[str, Any] = {"id": "@id", "type": "@type", "ex": "https://a.example/#"}
    first = rarely(st.just({}), st.just(usual))
    word = rarely(WORD, st.sampled_from(WORDS[:5]))
    body = st.dictionaries(word, st.deferred(lambda: definitions(depth)), max_size=4)
    return st.builds(lambda a, b, c: own_names({**a, **b, **c}), head, first, body)


def own_names(context: dict[str, Any]) -> dict[str, Any]:
    """Puts each word into the place that its IRI keeps for it."""
    for name, value in context.items():
        if isinstance(value, str):
            context[name] = value.replace("{}", name)
        elif isinstance(value, dict) and isinstance(value.get("@id"), str):
            value["@id"] = value["@id"].replace("{}", name)
    return context
