"""At least 20,000 mutants of valid credentials of every kind: none that shows other values is genuine.

The seed is fixed: a mutant that gets through is found again by its number.
"""

import random
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.kit.credentials import aima, caig
from tests.kit.minting import AT, HOLDER, ISSUER, encoded
from tests.kit.mutation import bytewise, structural
from tests.kit.securing import chain, ed25519_2020, enveloped, jwt, presentation, proof_set, version_1
from tests.kit.shown import shown
from verifier import Level, Policy, Report, verify
from verifier.format.proof import JCS, RDFC, unsecured
from verifier.format.types import JsonObject, as_list

MUTANTS = 21_000
SEED = 20_260_801
TRUST = ISSUER.trust()
POLICY = Policy(challenge="c", domain="d")


@dataclass(frozen=True)
class Kind:
    """A valid file and what is done to it. `exact`: every byte of the document is signed, not just its statements."""

    data: bytes
    exact: bool = False


HELD = presentation(ISSUER.secured(aima()), enveloped(jwt(caig())), ed25519_2020(caig()), challenge="c", domain="d")
KINDS: dict[str, Kind] = {
    "file": Kind(encoded(ISSUER.secured(aima(), RDFC))),
    "file with two entries": Kind(encoded(ISSUER.secured(caig(), RDFC))),
    "compact": Kind(encoded(ISSUER.secured(caig(), JCS)), exact=True),
    "token": Kind(jwt(caig()), exact=True),
    "set": Kind(encoded(proof_set(caig(), 3))),
    "set of both suites": Kind(
        encoded({**aima(), "proof": [as_list(ISSUER.secured(aima(), suite)["proof"])[0] for suite in (RDFC, JCS)]})
    ),
    "chain": Kind(encoded(chain(aima(), 3))),
    "chain in JCS": Kind(encoded(chain(aima(), 3, JCS)), exact=True),
    "Ed25519Signature2020": Kind(encoded(ed25519_2020(aima()))),
    "VCDM 1.1": Kind(encoded(ISSUER.secured(version_1(aima())))),
    "presentation": Kind(encoded(HELD)),
    "presentation of a chain": Kind(
        encoded(HOLDER.signed(HOLDER.presentation(chain(aima())), JCS, challenge="c", domain="d")), exact=True
    ),
}


def examined(data: bytes) -> Report:
    return verify(data, trust=TRUST, at=AT, policy=POLICY)


# --- What a mutant may still be -------------------------------------------------------------------------------


def why_genuine(kind: Kind, data: bytes, report: Report) -> str:
    """Why a mutant may well be genuine; an AssertionError when it may not."""
    original = examined(kind.data)
    if data.strip() == kind.data.strip():
        return "the same bytes"
    before, after = (_documents(each) for each in (original, report))
    if after == before:
        return "the same document, written otherwise"
    assert not kind.exact or report.credentials, "every byte of it is signed"
    assert after[0] == before[0], "it shows another tree"
    # A presentation is a set of credentials: in which order they stand, or whether one stands twice, says nothing.
    inside, known = ({shown(each) for each in documents[1:]} for documents in (after, before))
    assert inside <= known, "a credential inside shows other values"
    assert inside == known or not report, "a credential inside is missing"
    return "the same statements, arranged otherwise"


def _documents(report: Report) -> list[JsonObject]:
    """What a report lets out: the document, and those inside of it."""
    reports = [report, *(inner for inner in report.credentials if inner.genuine)]
    return [unsecured(each.require(Level.AUTHENTIC).document) for each in reports]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_originals_are_valid(kind: Kind) -> None:
    assert examined(kind.data)


def run(count: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    """The verdicts of so many mutants of each kind, and why those that are genuine may be so."""
    verdicts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for name, kind in KINDS.items():
        for number in range(count):
            chance = random.Random(f"{seed} {name} {number}")
            data = (structural if number % 2 else bytewise)(kind.data, chance)
            report = examined(data)
            verdicts[report.verdict.value] += 1
            if report.genuine:
                try:
                    reasons[f"{name}, {report.verdict}: {why_genuine(kind, data, report)}"] += 1
                except AssertionError as error:
                    pytest.fail(f"Mutant {number} of {name!r} is {report.verdict}, yet {error}: {data[:4_000]!r}")
    return verdicts, reasons


def test_no_mutant_that_shows_other_values_is_genuine() -> None:
    verdicts, _ = run(40, SEED + 1)
    assert verdicts["invalid"] > verdicts["valid"]


@pytest.mark.slow
def test_none_of_very_many_is(capsys: pytest.CaptureFixture[str]) -> None:
    count = -(-MUTANTS // len(KINDS))
    verdicts, reasons = run(count, SEED)
    with capsys.disabled():
        print(f"\n{verdicts.total():,} mutants of {len(KINDS)} kinds: {dict(verdicts)}; genuine, and rightly so:")
        for reason, times in sorted(reasons.items()):
            print(f"  {times:6,}  {reason}")
    assert verdicts.total() >= 20_000
    assert verdicts["valid"] < verdicts.total() / 4
