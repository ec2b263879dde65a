"""The memory of the page against ours: after the same checks the same bytes, whatever they found."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.kit.credentials import REVOCATION
from tests.kit.minting import AT, ISSUER, changed, encoded
from tests.unit.verifier.test_memory import ACCEPTED, report, revocation
from tests.web.judge import Judge
from verifier import Trust
from verifier.format.types import JsonObject
from verifier.memory import forget, remember

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def judge(node: Path) -> Iterator[Judge]:
    with Judge() as running:
        yield running


def listed(url: str) -> JsonObject:
    return ISSUER.secured(changed(revocation(1), id=url))


NOTHING: JsonObject = {"id": REVOCATION, "issuer": ISSUER.did, "validFrom": "never", "credentialSubject": 7}
BROKEN: JsonObject = {**NOTHING, "validFrom": "2026-07-05T10:00:00+02:00", "credentialSubject": {"encodedList": "u"}}
LISTS = [each for each in ISSUER.lists().values() if isinstance(each, dict)]
MADE = remember(Trust(), report(revocation(1, 7), revocation(31), listed("https://x.example/1")), ACCEPTED, AT)
ROUNDS: dict[str, Sequence[Sequence[JsonObject]]] = {
    "nothing": [[]],
    "one after the other": [[revocation(day)] for day in (1, 3, 2)],
    "withdrawals taken back": [[revocation(day, day)] for day in range(1, 9)],
    "several at once": [[revocation(1), *LISTS, listed("https://x.example/é")]],
    "somebody has written into it": [[NOTHING], [BROKEN], [revocation(2, 7)], [revocation(4)]],
}


@pytest.mark.parametrize("rounds", ROUNDS.values(), ids=ROUNDS)
@pytest.mark.parametrize("accepted", [ACCEPTED, frozenset({"did:web:else.example"})], ids=["accepted", "foreign"])
def test_the_same_is_remembered(judge: Judge, rounds: Sequence[Sequence[JsonObject]], accepted: frozenset[str]) -> None:
    memory = b""
    for place, lists in enumerate(rounds):
        at = AT + timedelta(hours=-place, milliseconds=place)
        before = Trust.read(memory) if memory else Trust()
        given_up = frozenset({f"{ISSUER.did}#{place}", "did:web:\uffee", "did:web:\U0001f600"})
        theirs = judge.remember(memory, lists, accepted, at, given_up)
        memory = remember(before, report(*lists), accepted, at, given_up)
        assert theirs == memory


@pytest.mark.parametrize("days", [-9999, -20, 0, 3])
def test_the_same_is_forgotten(judge: Judge, days: int) -> None:
    at = AT + timedelta(days=days)
    for memory in (MADE, encoded({"seenAt": "2099-01-01T00:00:00Z"}), encoded({"seenAt": None})):
        ours = forget(Trust.read(memory), at)
        theirs = judge.forget(memory, at)
        assert theirs["content"] == ours.content
        assert (theirs["gone"], theirs["kept"]) == (list(ours.gone), ours.kept)
        assert (theirs["ahead"] is None) == (ours.ahead is None)
