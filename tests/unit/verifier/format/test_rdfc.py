"""Canonicalization: the same for equal datasets, and never more work than its limits allow."""

import hashlib
import time
from itertools import permutations

import pytest

from tests.kit.credentials import aima, caig
from tests.kit.minting import AT, ISSUER, changed, encoded
from verifier import verify
from verifier.format import rdfc
from verifier.format.contexts import OB3, VCDM2
from verifier.format.errors import FormatError
from verifier.format.nquads import Quad
from verifier.format.proof import Walked
from verifier.format.terms import to_quads
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_BLANK_NODES, MAX_RECALLED

SECONDS = 5.0


def profile(**members: Json) -> JsonObject:
    return {"type": ["Profile"], **members}


def document(issuer: Json) -> JsonObject:
    return {"@context": [VCDM2, OB3], "type": ["VerifiableCredential"], "issuer": issuer}


def tree(depth: int, width: int, names: list[Json]) -> JsonObject:
    inner: JsonObject = {"parentOrg": [tree(depth - 1, width, names) for _ in range(width)]} if depth else {}
    return profile(name=[*names], **inner)


def test_equal_nodes_are_counted() -> None:
    twin = profile(name="a")
    once, twice = rdfc.canonicalize(document(twin)), rdfc.canonicalize(document([twin, twin]))
    assert once != twice


def test_a_ring_of_nameless_objects_is_the_same_from_wherever_it_starts() -> None:
    ring = [
        ("_:a", "<p:>", "_:b", ""),
        ("_:b", "<p:>", "_:c", ""),
        ("_:c", "<p:>", "_:a", ""),
        ("_:b", "<q:>", '"x"', ""),
    ]
    forms = set()
    for names in permutations(["_:x", "_:y", "_:z"]):
        renamed = dict(zip(["_:a", "_:b", "_:c"], names, strict=True))
        quads: list[Quad] = [(renamed[s], p, renamed.get(o, o), g) for s, p, o, g in ring]
        forms.add(rdfc.canonicalize_quads(quads))
    assert len(forms) == 1


def test_the_samples_are_far_from_the_limits() -> None:
    for sample in (aima(), caig()):
        assert rdfc.canonicalize(sample)


def test_too_many_nameless_objects() -> None:
    with pytest.raises(FormatError, match=r"^rdf\.too-complex"):
        rdfc.canonicalize(document([profile(name=str(number)) for number in range(MAX_BLANK_NODES)]))


NAMES: list[Json] = [str(number) for number in range(6_500)]
HEAVY = {
    "nest of 8 by 8": profile(parentOrg=[tree(2, 8, ["a"])]),
    "all alike": [profile(name="a")] * (MAX_BLANK_NODES - 10),
    "alike in a deep tree": [tree(8, 2, ["a"])] * 2,
    "alike with thousands of plain values": [tree(1, 6, NAMES)] * 2,
    "alike with many plain values, wide": [tree(3, 3, NAMES[:900])] * 2,
}


@pytest.mark.parametrize("issuer", HEAVY.values(), ids=HEAVY)
def test_work_is_bounded(issuer: Json) -> None:
    """What is built to be slow ends soon, with an answer or with a refusal."""
    start = time.process_time()
    try:
        rdfc.canonicalize(document(issuer))
    except FormatError as error:
        assert error.code == "rdf.too-complex"
    assert time.process_time() - start < SECONDS


def test_verify_says_too_complex() -> None:
    node = tree(3, 6, ["a"])
    tampered = {**ISSUER.secured(aima()), "issuer": {**node, "id": ISSUER.did}}
    report = verify(encoded(tampered), trust=ISSUER.trust(), at=AT)
    assert [(check.id, check.code) for check in report.checks if check.code] == [("signature", "rdf.too-complex")]
    assert report.genuine is False


def test_the_order_of_members_does_not_count() -> None:
    sample = changed(caig())
    turned = {name: sample[name] for name in reversed(sample)}
    assert rdfc.canonicalize(turned) == rdfc.canonicalize(sample)


def test_a_dataset_under_several_proofs_is_canonicalized_once() -> None:
    quads, walked, work = to_quads(aima()), Walked(), rdfc.Work()
    hashed = walked.hashed(quads, work)
    assert hashed == hashlib.sha256(rdfc.canonicalize_quads(quads)).digest()
    taken = work.steps.taken
    assert walked.hashed(quads, work) == hashed
    assert work.steps.taken == taken
    assert walked.hashed([*quads], work) == hashed  # equal, and not known to be
    assert work.steps.taken > taken
    assert walked.hashed(quads[:-1], work) != hashed


def test_the_hashes_that_are_kept_are_few() -> None:
    datasets, walked = [to_quads(aima()) for _ in range(5)], Walked()
    for quads in (*datasets, *datasets):
        walked.hashed(quads, None)
    assert len(walked._hashed) == MAX_RECALLED
