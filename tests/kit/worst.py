"""The most expensive inputs within the bounds of `verifier.limits`, each with the verdict that it must get.

Whoever signs may sign anything: all of them carry good signatures as far as a signature can be made at all, so that no
check ends early. What takes more than MAX_STEPS is given up, and stays open.
"""

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.kit.amplified import (
    SIGNED,
    UNSIGNED,
    Shape,
    Sizes,
    alike,
    datatype,
    nameless_text,
    names,
    predicate,
    repeated,
    scopes,
    towers,
    types,
    undefined,
    vocabulary,
)
from tests.kit.credentials import REVOCATION, aima, entry
from tests.kit.minting import HOLDER, ISSUER, changed, sign
from tests.kit.securing import chain, enveloped, jwt, proof_set
from verifier.format import proof, statuslist
from verifier.format.contexts import OB3, VCDM2
from verifier.format.multibase import encode_base64url
from verifier.format.types import Json, JsonObject
from verifier.limits import (
    MAX_BLANK_NODES,
    MAX_CONTAINED_PROOFS,
    MAX_CREDENTIAL_BYTES,
    MAX_CREDENTIALS,
    MAX_INLINE_CONTEXT_CHARACTERS,
    MAX_JSON_DEPTH,
    MAX_JSON_MEMBERS,
    MAX_PROOFS,
    MAX_STATUS_BITS,
    MAX_STATUS_ENTRIES,
    MAX_TRUST_BYTES,
)

PLAIN = changed(aima(), credentialStatus=None, credentialSchema=None)
INDEX = 48213
_ROOM = 40_000  # bytes that are left for the rest of the credential and sixteen proofs


@dataclass(frozen=True)
class Worst:
    """A file, the trust files beside it, and how the command must end: 0 valid, 1 invalid, 3 open."""

    data: bytes
    trust: tuple[bytes, ...]
    status: int


def compact(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def worst(document: JsonObject | bytes, status: int = 0, *lists: JsonObject) -> Worst:
    data = document if isinstance(document, bytes) else compact(document)
    assert len(data) <= MAX_CREDENTIAL_BYTES, len(data)
    return Worst(data, (compact(ISSUER.trust_file(statusLists={})), *map(compact, lists)), status)


def once(document: JsonObject) -> JsonObject:
    return ISSUER.secured(document)


# --- Large, deep, many --------------------------------------------------------------------------------------


def long_text() -> JsonObject:
    return changed(PLAIN, name="x" * (MAX_CREDENTIAL_BYTES - _ROOM))


def text_that_grows() -> JsonObject:
    """Each byte of the file is six in the canonical form."""
    return changed(PLAIN, name="\x01" * ((MAX_CREDENTIAL_BYTES - _ROOM) // 6))


def many_values(room: int = 700) -> JsonObject:
    return changed(PLAIN, name=[f"{n:x}" for n in range(MAX_JSON_MEMBERS - room)])


def deep() -> JsonObject:
    node: JsonObject = {"type": ["Profile"], "name": "a"}
    for level in range(MAX_JSON_DEPTH - 4):
        node = {"type": ["Profile"], "name": f"a{level}", "parentOrg": node}
    return changed(PLAIN, issuer={**node, "id": ISSUER.did})


def blank_nodes(*, alike: bool) -> JsonObject:
    nodes: list[Json] = [
        {"type": ["Alignment"], "targetName": "a" if alike else f"a{n}"} for n in range(MAX_BLANK_NODES - 20)
    ]
    document = changed(PLAIN)
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    subject["achievement"] = {"type": ["Achievement"], "name": "a", "alignment": nodes}
    return document


# --- Graphs that are hard to tell apart -------------------------------------------------------------------------


def nest(depth: int, width: int) -> JsonObject:
    node: JsonObject = {"type": ["Profile"], "name": "a"}
    if depth:
        node["parentOrg"] = [nest(depth - 1, width) for _ in range(width)]
    return node


def graph(*nodes: JsonObject) -> JsonObject:
    return changed(PLAIN, issuer={"id": ISSUER.did, "type": ["Profile"], "parentOrg": [*nodes]})


def unsigned(document: JsonObject, count: int = 1) -> JsonObject:
    """A document that cannot be signed, under proofs of another one."""
    return {**document, "proof": [sign(PLAIN, ISSUER.key, ISSUER.method)] * count}


def hard_graph() -> JsonObject:
    """Nearly all the work that a document may make: towers whose floors look alike."""
    return graph(*(tower(45, name) for name in "abcde"))


def tower(floors: int, name: str) -> JsonObject:
    node: JsonObject = {"type": ["Profile"], "name": name}
    for _ in range(floors):
        node = {"type": ["Profile"], "name": name, "parentOrg": node}
    return node


# --- Status lists -----------------------------------------------------------------------------------------------


@cache
def packed(bits: bytes) -> str:
    return statuslist.encode(bits)


def status_list(bits: bytes, url: str = REVOCATION, day: int = 31) -> JsonObject:
    return listed(packed(bits), url, day)


def listed(encoded_list: str, url: str = REVOCATION, day: int = 31) -> JsonObject:
    document = ISSUER.status_list("revocation", url)
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    subject["encodedList"] = encoded_list
    return {**document, "validFrom": f"2026-07-{day:02}T10:00:00Z"}


@cache
def incompressible(seed: int = 1) -> bytes:
    bits = bytearray(random.Random(seed).randbytes(MAX_STATUS_BITS // 8))
    bits[INDEX // 8] = 0
    for index in range(MAX_STATUS_ENTRIES):
        bits[index // 8] = 0
    return bytes(bits)


@cache
def bomb() -> str:
    """A list that would inflate to half a gigabyte."""
    return "u" + encode_base64url(gzip.compress(bytes(1 << 29), mtime=0))


def entries(*urls: str) -> JsonObject:
    """A credential with the most entries that there may be, on these lists in turn."""
    many: list[Json] = [entry("revocation", urls[n % len(urls)], n) for n in range(MAX_STATUS_ENTRIES)]
    return changed(PLAIN, credentialStatus=many)


# --- Presentations ----------------------------------------------------------------------------------------------


def held(*credentials: JsonObject, cryptosuite: str = proof.JCS) -> JsonObject:
    return HOLDER.signed(HOLDER.presentation(*credentials), cryptosuite)


def nth(number: int, document: JsonObject) -> JsonObject:
    return changed(document, id=f"urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a{number:02}")


def full_presentation(document: JsonObject) -> JsonObject:
    """Sixteen credentials and as many proofs as there may be inside."""
    each = MAX_CONTAINED_PROOFS // MAX_CREDENTIALS
    return held(*(chain(nth(number, document), each) for number in range(MAX_CREDENTIALS)))


def shared_out(document: Callable[[int], JsonObject]) -> JsonObject:
    """Two credentials with sixteen proofs each, in a presentation that is canonicalized as RDF, too."""
    return held(*(chain(nth(number, document(number)), MAX_PROOFS) for number in range(2)), cryptosuite=proof.RDFC)


# --- Contexts written out ---------------------------------------------------------------------------------------


def inline_context(terms: int, prefix: str = "term") -> JsonObject:
    made: JsonObject = {f"{prefix}{n}": f"https://credentials.example/#{prefix}{n}" for n in range(terms)}
    assert len(json.dumps(made)) <= MAX_INLINE_CONTEXT_CHARACTERS
    return made


def large_context() -> JsonObject:
    context = inline_context(1_000)
    members: JsonObject = {"@context": [VCDM2, OB3, context], "term7": "a"}
    return changed(PLAIN, **members)


def many_contexts() -> JsonObject:
    """A context of its own for each of many nodes, each with many terms."""
    evidence: list[Json] = [
        {"@context": inline_context(60, f"t{n}x"), "type": ["Evidence"], f"t{n}x1": "a"} for n in range(120)
    ]
    return changed(PLAIN, evidence=evidence)


def nested_contexts() -> JsonObject:
    """Each level adds a thousand terms to those of the level above."""
    node: JsonObject = {"type": ["Profile"], "name": "a"}
    for level in range(MAX_JSON_DEPTH - 8):
        node = {"@context": inline_context(250, f"l{level}x"), "type": ["Profile"], "name": "a", "parentOrg": node}
    return changed(PLAIN, issuer={**node, "id": ISSUER.did})


def scoped_contexts() -> JsonObject:
    """Terms that bring a context each, all of which are looked into."""
    scoped: JsonObject = {
        f"term{n}": {
            "@id": f"https://credentials.example/#term{n}",
            "@context": {"a": "https://credentials.example/#a"},
        }
        for n in range(200)
    }
    contexts: list[Json] = [VCDM2, OB3, scoped]
    return changed(PLAIN, **{"@context": contexts})


# --- What is made of the input ------------------------------------------------------------------------------------


def amplified(shape: Shape, sizes: Sizes, status: int, way: str = "sixteen of another") -> Worst:
    """A document under proofs of another one, unless said otherwise."""
    return worst((UNSIGNED | SIGNED)[way](shape(sizes)), status)


def values(number: int) -> list[Json]:
    return [f"{number}{n:x}" for n in range(MAX_JSON_MEMBERS // 2 - 1_000)]


WORST: dict[str, Callable[[], Worst]] = {
    "an ordinary credential": lambda: worst(once(aima()), 0, once(status_list(bytes(16_384)))),
    "one long text": lambda: worst(once(long_text())),
    "one long text, 16 proofs": lambda: worst(proof_set(long_text(), MAX_PROOFS)),
    "text that grows, 16 proofs": lambda: worst(proof_set(text_that_grows(), MAX_PROOFS)),
    "one long text in a JWT": lambda: worst(jwt(changed(PLAIN, name="x" * (MAX_CREDENTIAL_BYTES * 3 // 4 - _ROOM)))),
    "most values": lambda: worst(once(many_values())),
    "most values, set of 16": lambda: worst(proof_set(many_values(), MAX_PROOFS)),
    "most values, chain of 16": lambda: worst(chain(many_values(), MAX_PROOFS), 3),
    "most values, chain of 16 in JCS": lambda: worst(chain(many_values(), MAX_PROOFS, proof.JCS)),
    "one value too many": lambda: worst(compact([0] * (MAX_JSON_MEMBERS + 1)), 1),
    "brackets": lambda: worst(b"[" * MAX_CREDENTIAL_BYTES, 1),
    "deepest": lambda: worst(once(deep())),
    "deepest, chain of 16": lambda: worst(chain(deep(), MAX_PROOFS)),
    "most nameless objects, chain of 16": lambda: worst(chain(blank_nodes(alike=False), MAX_PROOFS), 3),
    "most nameless objects, all alike": lambda: worst(unsigned(blank_nodes(alike=True), MAX_PROOFS), 1),
    "poison: 3 x 6": lambda: worst(unsigned(graph(nest(3, 6))), 1),
    "poison: 8 x 8": lambda: worst(unsigned(graph(*(nest(1, 8) for _ in range(8)))), 1),
    "poison: twins 2 x 8": lambda: worst(unsigned(graph(nest(8, 2)), MAX_PROOFS), 1),
    "hard graph": lambda: worst(once(hard_graph())),
    "hard graph, 16 proofs": lambda: worst(unsigned(hard_graph(), MAX_PROOFS), 1),
    "largest list": lambda: worst(once(aima()), 0, once(status_list(incompressible()))),
    "largest list, chain of 16": lambda: worst(once(aima()), 3, chain(status_list(incompressible()), MAX_PROOFS)),
    "largest list, 16 entries": lambda: worst(once(entries(REVOCATION)), 0, once(status_list(incompressible()))),
    "largest list, four copies": lambda: worst(
        once(entries(REVOCATION)), 0, *(once(status_list(incompressible(day), day=day)) for day in range(1, 5))
    ),
    "list that inflates most, four copies": lambda: worst(
        once(entries(REVOCATION)),
        0,
        *(once(status_list(bytes(MAX_STATUS_BITS // 8), day=day)) for day in range(1, 5)),
    ),
    "gzip bombs, four copies": lambda: worst(
        once(entries(REVOCATION)), 3, *(once(listed(bomb(), day=day)) for day in range(1, 5))
    ),
    "largest trust file": lambda: worst(
        once(aima()), 2, {"asOf": None, "schemas": {"x": {"a": "x" * MAX_TRUST_BYTES}}}
    ),
    "presentation of 16": lambda: worst(full_presentation(PLAIN)),
    "presentation of 16 with 16 entries each": lambda: worst(
        full_presentation(entries(REVOCATION)), 0, once(status_list(incompressible()))
    ),
    "presentation of 16 with a list each": lambda: worst(
        held(*(once(nth(n, entries(*(f"urn:list:{n}:{m}" for m in range(16))))) for n in range(MAX_CREDENTIALS))),
        0,
        *(once(status_list(bytes(MAX_STATUS_BITS // 8), f"urn:list:{n}:{m}")) for n in range(16) for m in range(16)),
    ),
    "presentation of 16 tokens": lambda: worst(
        held(*(enveloped(jwt(nth(n, changed(PLAIN, name="x" * 24_000)))) for n in range(MAX_CREDENTIALS)))
    ),
    "presentation of 16 alike, as RDF": lambda: worst(
        held(*(once(nth(number, PLAIN)) for number in range(MAX_CREDENTIALS)), cryptosuite=proof.RDFC)
    ),
    "presentation of most values": lambda: worst(shared_out(lambda n: changed(PLAIN, name=values(n))), 3),
    "presentation of hard graphs": lambda: worst(
        held(*(once(nth(number, hard_graph())) for number in range(MAX_CREDENTIALS))), 3
    ),
    "large context": lambda: worst(chain(large_context(), MAX_PROOFS)),
    "many contexts": lambda: worst(chain(many_contexts(), MAX_PROOFS)),
    "nested contexts": lambda: worst(unsigned(nested_contexts(), MAX_PROOFS), 3),
    "scoped contexts": lambda: worst(chain(scoped_contexts(), MAX_PROOFS)),
    "long datatype": lambda: amplified(datatype, Sizes(7_500, 1_900, 1), 3),
    "longer datatype": lambda: amplified(datatype, Sizes(12_000, 60_000, 1), 3),
    "long datatype, signed": lambda: amplified(datatype, Sizes(2_030, 1_949, 1, "\U0001f600"), 0, "RDF, sixteen"),
    "long IRI": lambda: amplified(predicate, Sizes(12_000, 1_900, 1), 3),
    "long vocabulary": lambda: amplified(vocabulary, Sizes(8_000, 1_900, 1), 3),
    "long names, deep": lambda: amplified(names, Sizes(12_000, 1_900, 40), 1),
    "types written out": lambda: amplified(types, Sizes(12_000, 1, 60), 1),
    "long equal beginnings": lambda: amplified(nameless_text, Sizes(25, 12_000, 1, "\uffee"), 1),
    "scopes upon many contexts": lambda: amplified(scopes, Sizes(1_500, 1, 60), 3),
    "towers, presented": lambda: amplified(towers, Sizes(1_741, 1, 12), 1, "presented"),
    "alike and long, 16 proofs": lambda: worst(proof_set(alike(Sizes(13_000, 500, 1, "\x7f")), MAX_PROOFS)),
    "a node shown everywhere": lambda: amplified(repeated, Sizes(799, 200_000, 1), 3),
    "words without meaning, in a token": lambda: worst(jwt(undefined(Sizes(12_000, 1, 1)))),
}
