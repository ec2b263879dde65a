"""What is recalled about a document is about that document and no other."""

import json
from typing import Any

import pytest
from hypothesis import given

from tests.kit.credentials import aima
from tests.kit.minting import AT, ISSUER
from tests.kit.strategies import JSON
from verifier import verify, verify_each
from verifier.format.errors import FormatError
from verifier.format.recall import Recall
from verifier.format.types import identical
from verifier.limits import MAX_RECALLED


def test_the_same_again_is_not_asked_again() -> None:
    recall, asked = Recall[int](), list[Any]()

    def ask(document: Any) -> int:
        asked.append(document)
        return len(asked)

    assert [recall.answer({"a": [number]}, ask) for number in (1, 1, 2, 1)] == [1, 1, 2, 1]
    assert [recall.answer({"a": each}, ask) for each in (1, True, 1.0, "1", None)] == [3, 4, 5, 6, 7]
    assert recall.answer({"a": 1, "b": 2}, ask) != recall.answer({"b": 2, "a": 1}, ask)
    assert len(recall._kept) == MAX_RECALLED


@given(JSON, JSON)
def test_identical_is_of_one_text(one: Any, other: Any) -> None:
    for first, second in ((one, other), (one, json.loads(json.dumps(one))), ([one, other], [other, one])):
        assert identical(first, second) == (json.dumps(first) == json.dumps(second))


def test_what_is_refused_is_asked_again() -> None:
    recall = Recall[None]()

    def refuse(_: object) -> None:
        raise FormatError("terms.undefined", "x")

    for _ in range(2):
        with pytest.raises(FormatError):
            recall.answer({}, refuse)
    assert not recall._kept


@pytest.mark.parametrize("first", [True, False], ids=["the good one first", "the bad one first"])
def test_a_document_is_never_taken_for_one_that_python_finds_equal(first: bool) -> None:
    """Of two that differ in a number and a truth value alone, one was signed."""
    good = json.dumps(ISSUER.secured(aima()))
    bad = good.replace('"hashed": false', '"hashed": 0')
    assert good != bad
    assert json.loads(good) == json.loads(bad)
    documents = [each.encode() for each in ((good, bad) if first else (bad, good))]
    together = verify_each(documents, trust=ISSUER.trust(), at=AT)
    assert [bool(each) for each in together] == [first, not first]
    assert together == tuple(verify(each, trust=ISSUER.trust(), at=AT) for each in documents)
