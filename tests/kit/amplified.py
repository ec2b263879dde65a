"""Small documents of which a reader may have to make much: shapes, each with sizes, for whoever looks for the worst.

A shape says what is amplified. All of them are within the bounds on the input; most are refused, and none of them may
take a reader more than its time.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from tests.kit.carriers import baked_svg, pdf_with
from tests.kit.credentials import aima
from tests.kit.minting import HOLDER, ISSUER, changed, sign
from tests.kit.securing import chain, enveloped, jwt, proof_set
from verifier.format.contexts import OB3, VCDM2
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_CREDENTIAL_BYTES, MAX_CREDENTIALS, MAX_JSON_DEPTH, MAX_JSON_MEMBERS, MAX_PROOFS

PLAIN = changed(aima(), credentialStatus=None, credentialSchema=None)
HOST: Final = "https://a.example/#"
_ROOM: Final = 60_000
"""Bytes that are left for the rest of a credential and its proofs."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many, and how long; a shape takes of them what it can use, and what fits into a file."""

    many: int
    long: int
    deep: int
    letter: str = "x"

    def fitting(self, each: int) -> "Sizes":
        """With as many as fit, at so many bytes each."""
        return replace(self, many=max(1, min(self.many, MAX_JSON_MEMBERS // 2, (MAX_CREDENTIAL_BYTES - _ROOM) // each)))

    @property
    def text(self) -> str:
        return self.letter * min(self.long, (MAX_CREDENTIAL_BYTES - _ROOM) // len(self.letter.encode()))


Shape = Callable[[Sizes], JsonObject]


def under(context: JsonObject, **members: Any) -> JsonObject:
    contexts: list[Json] = [VCDM2, OB3, context]
    return changed(PLAIN, **{"@context": contexts}, **members)


def numbers(many: int, by: str = "{}") -> list[Json]:
    return [by.format(number) for number in range(many)]


def evidence(entries: list[Json]) -> JsonObject:
    return changed(PLAIN, evidence=entries)


# --- Names, datatypes, vocabularies -----------------------------------------------------------------------------


def datatype(sizes: Sizes) -> JsonObject:
    many = sizes.fitting(20).many
    return under({"x": {"@id": HOST + "x", "@type": HOST + sizes.text[:60_000]}}, x=numbers(many))


def predicate(sizes: Sizes) -> JsonObject:
    name = sizes.text[:30_000]
    return under({name: HOST + name}, **{name: numbers(sizes.fitting(20).many)})


def vocabulary(sizes: Sizes) -> JsonObject:
    """Members that no term defines, each of which is joined to an @vocab."""
    many = sizes.fitting(60).many
    entries: list[Json] = [{"type": ["Evidence"], f"x{n}": "a"} for n in range(many // 2)]
    return {**under({"@vocab": HOST + sizes.text[:60_000] + "/"}), "evidence": entries}


def names(sizes: Sizes) -> JsonObject:
    """Long names with much below them: every error could say the path."""
    node: JsonObject = {"type": ["Profile"], "name": numbers(sizes.fitting(20).many)}
    name = sizes.text[: (MAX_CREDENTIAL_BYTES - _ROOM) // (2 * max(1, sizes.deep))]
    for _ in range(min(sizes.deep, MAX_JSON_DEPTH - 8)):
        node = {name: node}
    return {**under({"@vocab": HOST}), "extra": node}


def types(sizes: Sizes) -> JsonObject:
    """Types that are written out, under many terms."""
    terms: JsonObject = {f"x{n}": f"{HOST}x{n}" for n in range(min(1_500, sizes.deep * 40))}
    return {**under(terms), "type": ["VerifiableCredential", *numbers(sizes.fitting(60).many, f"{HOST}t{{}}")]}


def identifiers(sizes: Sizes) -> JsonObject:
    """One long id, named by many."""
    identifier = f"urn:x:{sizes.text[: MAX_CREDENTIAL_BYTES // 2]}"
    members: JsonObject = {f"x{n}": {"@id": f"{HOST}x{n}", "@type": "@id"} for n in range(800)}
    found: JsonObject = dict.fromkeys(list(members)[: sizes.fitting(len(identifier)).many], identifier)
    about: JsonObject = {"id": identifier, "type": ["Evidence"], "name": numbers(sizes.many % 9_000)}
    return {**under(members), "evidence": [about, found]}


def languages(sizes: Sizes) -> JsonObject:
    tag = "-".join(["abcdefgh"] * (1 + sizes.long % 4_000 // 9))
    values: list[Json] = [
        {"@value": f"{n}", "@language": tag, "@direction": "ltr"} for n in range(sizes.fitting(60 + len(tag)).many)
    ]
    return under({"x": HOST + "x"}, x=values)


# --- Contexts -----------------------------------------------------------------------------------------------------


def scopes(sizes: Sizes) -> JsonObject:
    """A scoped context that is worked out again upon each of many others."""
    inner: JsonObject = {f"y{n}": f"{HOST}y{n}" for n in range(min(1_500, sizes.fitting(60).many))}
    context: JsonObject = {"x": {"@id": HOST + "x", "@context": inner}}
    entries: list[Json] = [
        {"@context": {f"z{n}": f"{HOST}z{n}"}, "type": ["Evidence"], "x": {"type": ["Evidence"], "y0": "a"}}
        for n in range(min(sizes.deep * 4, 250))
    ]
    return {**under(context), "evidence": entries}


def own_contexts(sizes: Sizes) -> JsonObject:
    terms = min(sizes.long % 1_500 + 1, 600)
    entries: list[Json] = [
        {"@context": {f"z{n}x{m}": f"{HOST}z{n}x{m}" for m in range(terms)}, "type": ["Evidence"], "name": "a"}
        for n in range(sizes.fitting(60 * terms).many % 250)
    ]
    return {**PLAIN, "evidence": entries}


def scoped_terms(sizes: Sizes) -> JsonObject:
    """One term with a long scoped context, used very often."""
    inner: JsonObject = {f"y{n}": f"{HOST}y{n}" for n in range(min(1_500, sizes.long % 1_500))}
    return under({"x": {"@id": HOST + "x", "@context": inner}}, x=numbers(sizes.fitting(20).many))


# --- Nameless objects ---------------------------------------------------------------------------------------------


def tree(sizes: Sizes) -> JsonObject:
    width = 1 + sizes.many % 12

    def grown(level: int) -> JsonObject:
        node: JsonObject = {"type": ["Profile"], "name": sizes.text[: sizes.long % 200]}
        return {**node, "parentOrg": [grown(level - 1) for _ in range(width)]} if level else node

    depth = next(level for level in range(12, -1, -1) if width**level * 60 < 90_000)
    return changed(PLAIN, issuer={**grown(min(depth, 1 + sizes.deep % 12)), "id": ISSUER.did})


def towers(sizes: Sizes) -> JsonObject:
    """Nameless objects within one another, with others beside them."""
    beside: list[Json] = [{"type": ["Profile"], "name": f"{n}"} for n in range(sizes.many % 60)]
    floors = min(sizes.deep, MAX_JSON_DEPTH // 2 - 5)
    count = max(1, min(8, 1_900 // (1 + floors * (1 + len(beside)))))
    found: list[Json] = []
    for number in range(count):
        node: JsonObject = {"type": ["Profile"], "name": f"{number % 3}"}
        for _ in range(floors):
            node = {"type": ["Profile"], "name": f"{number % 3}", "parentOrg": [node, *beside]}
        found.append(node)
    return changed(PLAIN, issuer={"id": ISSUER.did, "type": ["Profile"], "parentOrg": found})


def alike(sizes: Sizes) -> JsonObject:
    entry: JsonObject = {"type": ["Evidence"], "name": sizes.text[:500]}
    return evidence([dict(entry) for _ in range(min(1_950, sizes.fitting(60 + len(sizes.text[:500].encode())).many))])


def nameless_text(sizes: Sizes) -> JsonObject:
    """Long equal beginnings of many statements about one nameless object."""
    beginning = sizes.text[:40_000]
    many = sizes.fitting(20 + len(beginning.encode())).many
    return evidence([{"type": ["Evidence"], "name": numbers(many, beginning + "{}")}])


def numbers_alone(sizes: Sizes) -> JsonObject:
    return under({"x": HOST + "x"}, x=[number / 7 for number in range(1, sizes.fitting(24).many)])


def lists(sizes: Sizes) -> JsonObject:
    """Each element of a list is a nameless object of its own."""
    return under({"x": {"@id": HOST + "x", "@container": "@list"}}, x=numbers(min(1_900, sizes.many)))


def json_values(sizes: Sizes) -> JsonObject:
    value: Json = numbers(sizes.fitting(24).many)
    for _ in range(min(sizes.deep, MAX_JSON_DEPTH - 8)):
        value = [value]
    return under({"x": {"@id": HOST + "x", "@type": "@json"}}, x=value)


# --- Texts --------------------------------------------------------------------------------------------------------


def one_text(sizes: Sizes) -> JsonObject:
    return changed(PLAIN, name=sizes.text)


def many_texts(sizes: Sizes) -> JsonObject:
    text = sizes.text[: sizes.long % 300]
    return changed(PLAIN, name=numbers(sizes.fitting(16 + len(text.encode())).many, text + "{}"))


def undefined(sizes: Sizes) -> JsonObject:
    """Words without meaning, which only a signature over every byte lets pass."""
    return {**PLAIN, "x": [{f"y{n}": "a"} for n in range(sizes.fitting(60).many // 2)]}


def repeated(sizes: Sizes) -> JsonObject:
    """A node that is described once, and shown wherever it is named."""
    about: JsonObject = {"id": "urn:x:1", "type": ["Evidence"], "name": sizes.text[:200_000]}
    members: JsonObject = {f"x{n}": {"@id": f"{HOST}x{n}", "@type": "@id"} for n in range(800)}
    holder: JsonObject = {"type": ["Evidence"], **dict.fromkeys(list(members)[: sizes.many % 800], "urn:x:1")}
    return {**under(members), "evidence": [about, holder]}


def resources(sizes: Sizes) -> JsonObject:
    entries: list[Json] = [
        {"id": f"{HOST}{n}", "digestSRI": "sha256-AAAA? " * (sizes.long % 2_000)}
        for n in range(sizes.fitting(40 + 13 * (sizes.long % 2_000)).many)
    ]
    return {**PLAIN, "relatedResource": entries}


SHAPES: Final[tuple[Shape, ...]] = (
    datatype,
    predicate,
    vocabulary,
    names,
    types,
    identifiers,
    languages,
    scopes,
    own_contexts,
    scoped_terms,
    tree,
    towers,
    alike,
    nameless_text,
    numbers_alone,
    lists,
    json_values,
    one_text,
    many_texts,
    undefined,
    repeated,
    resources,
)


# --- How they come ------------------------------------------------------------------------------------------------


def compact(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _others_proof(document: JsonObject, cryptosuite: str = RDFC) -> JsonObject:
    return {**document, "proof": [sign(PLAIN, ISSUER.key, ISSUER.method, cryptosuite=cryptosuite)] * MAX_PROOFS}


def _presented(document: JsonObject) -> bytes:
    """Several of it in a presentation that nobody has signed, as far as they fit."""
    held = enveloped(jwt(document))
    return compact(HOLDER.presentation(*[held] * _fitting(held)))


def _fitting(held: JsonObject) -> int:
    return max(1, min(MAX_CREDENTIALS, (MAX_CREDENTIAL_BYTES - 2_000) // (len(compact(held)) + 2)))


def _presented_bare(document: JsonObject) -> bytes:
    held: JsonObject = {**document, "proof": [sign(PLAIN, ISSUER.key, ISSUER.method)] * 2}
    return compact(HOLDER.presentation(*[held] * _fitting(held)))


UNSIGNED: Final[dict[str, Callable[[JsonObject], bytes]]] = {
    "bare": compact,
    "another's proof": lambda document: compact({**document, "proof": sign(PLAIN, ISSUER.key, ISSUER.method)}),
    "sixteen of another": lambda document: compact(_others_proof(document)),
    "sixteen of another, JCS": lambda document: compact(_others_proof(document, JCS)),
    "presented": _presented_bare,
    "in a PDF": lambda document: pdf_with(compact(document)),
    "in an SVG": lambda document: baked_svg(compact(document)),
}
SIGNED: Final[dict[str, Callable[[JsonObject], bytes]]] = {
    "JCS": lambda document: compact(ISSUER.secured(document, JCS)),
    "JCS, sixteen": lambda document: compact(proof_set(document, MAX_PROOFS, JCS)),
    "JCS, chain": lambda document: compact(chain(document, MAX_PROOFS, JCS)),
    "token": jwt,
    "tokens presented": _presented,
    "RDF": lambda document: compact(ISSUER.secured(document, RDFC)),
    "RDF, sixteen": lambda document: compact(proof_set(document, MAX_PROOFS, RDFC)),
}
