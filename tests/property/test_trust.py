"""Trust files together: which of them comes first, and how they are grouped, makes no difference."""

from functools import reduce
from itertools import permutations
from operator import add
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.kit.minting import read_trust
from verifier import Trust

DIDS = ["did:web:a.example", "did:web:b.example"]
DATES = st.sampled_from([None, "2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z", "2026-07-02T00:00:00+00:00"])
URLS = ["https://a.example/1", "https://a.example/2"]
DOCUMENTS = st.fixed_dictionaries({"v": st.integers(0, 2)})


def some(names: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from(names), values, max_size=2)


@st.composite
def issuers(draw: st.DrawFn) -> list[Any]:
    def keys(did: str) -> list[Any]:
        marks = st.fixed_dictionaries({"activeUntil": DATES, "compromised": DATES})
        chosen = draw(st.dictionaries(st.sampled_from(["k1", "k2"]), marks, max_size=2))
        return [{"id": f"{did}#{name}", **each} for name, each in chosen.items()]

    chosen = draw(st.lists(st.sampled_from(DIDS), max_size=2, unique=True))
    return [
        {"id": did, "name": draw(st.sampled_from(["", "A", "\U0001f600", "\uffee"])), "keys": keys(did)}
        for did in chosen
    ]


LISTS = st.fixed_dictionaries({"validFrom": DATES, "v": st.integers(0, 3)})
FILES = st.fixed_dictionaries(
    {"asOf": DATES, "issuers": issuers()},
    optional={
        "didDocuments": some(DIDS, DOCUMENTS),
        "statusLists": some(URLS, LISTS),
        "schemas": some(URLS, DOCUMENTS),
        "contexts": some(URLS, DOCUMENTS),
        "qrDictionaries": some(
            [f"{url[:-2]}/qr/{n}.bin" for n, url in ((100, URLS[0]),)], st.sampled_from(["AAAA", "AAAB"])
        ),
    },
)
MEMORIES = st.fixed_dictionaries(
    {"seenAt": st.just("2026-07-01T00:00:00Z"), "statusLists": some(URLS, LISTS)},
    optional={"compromised": st.lists(st.sampled_from([f"{did}#k1" for did in DIDS]), max_size=1)},
)
SINGLE = st.builds(lambda did, document: {"id": did, **document}, st.sampled_from(DIDS), DOCUMENTS)
TRUSTS = st.builds(read_trust, FILES | MEMORIES | SINGLE)


@given(st.lists(TRUSTS, min_size=2, max_size=3))
def test_order_makes_no_difference(trusts: list[Trust]) -> None:
    whole = [reduce(add, order) for order in permutations(trusts)]
    assert all(each == whole[0] for each in whole)
    assert whole[0] + whole[0] == whole[0]
    assert whole[0].compromised == frozenset().union(*(each.compromised for each in trusts))


@given(TRUSTS, TRUSTS, TRUSTS)
def test_grouping_makes_no_difference(one: Trust, two: Trust, three: Trust) -> None:
    assert (one + two) + three == one + (two + three)
    assert one + Trust() == Trust() + one
