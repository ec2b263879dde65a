"""Whatever becomes of a file of another kind: it is never valid, and no reader falls over it."""

import contextlib
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.foreign import MADE, OTHERS, as_bytes
from tests.kit.minting import AT, ISSUER
from tests.kit.mutation import bytewise, structural
from tests.kit.strategies import JSON, mutated
from verifier import Verdict, output, verify
from verifier.codes import CODES, Outcome
from verifier.format.types import Json, JsonObject
from verifier.recognise import recognise, recognise_document, recognise_token

TRUST = ISSUER.trust()
FILES = [as_bytes(made) for _, _, _, made in (*MADE, *OTHERS)]
DOCUMENTS: list[JsonObject] = [made for _, _, _, made in MADE if isinstance(made, dict)]


def examined(data: bytes) -> None:
    report = verify(data, trust=TRUST, at=AT)
    assert report.verdict is not Verdict.VALID
    assert output.text(report, details=True)
    for check in report.checks:
        assert not check.code or Outcome(CODES[check.code].effect) is check.outcome
    assert recognise(data) is None or recognise(data) in CODES


@settings(max_examples=400)
@given(st.sampled_from(FILES), st.integers(0, 2**32))
def test_changed_bytes(data: bytes, seed: int) -> None:
    chance = random.Random(seed)
    with contextlib.suppress(ValueError, AttributeError, TypeError):  # nothing that can be taken apart
        data = structural(data, chance)
    examined(bytewise(data, chance))


@settings(max_examples=200)
@given(mutated(DOCUMENTS))
def test_changed_documents(change: tuple[JsonObject, JsonObject]) -> None:
    examined(as_bytes(change[1]))


def _object(value: Json) -> JsonObject:
    return {"alg": "ES256", "typ": value, **(value if isinstance(value, dict) else {})}


@given(JSON, JSON)
def test_made_up_values(one: Json, other: Json) -> None:
    header, payload = (_object(each) for each in (one, other))
    for code in (recognise_token(header, payload), recognise_document(payload)):
        assert code is None or code in CODES
