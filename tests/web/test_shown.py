"""What is shown is what was signed: any rearranged file that stays valid is shown exactly as the original.

Under eddsa-rdfc-2022 statements are signed and no tree, so a file can be rearranged. Both verifiers are asked.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.kit.credentials import DID, HOST, aima, caig
from tests.kit.minting import ISSUER, changed, encoded
from tests.kit.rearranging import rearranged
from tests.kit.securing import chain, ed25519_2020, proof_set, version_1
from tests.vectors.case import Given
from tests.web.judge import Answer, Judge, verified
from verifier import files
from verifier.format.contexts import OB3, VCDM2
from verifier.format.types import JsonObject

pytestmark = pytest.mark.node

SEED = 20_261_201
FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = ("aima.json", "caig.json")


def _about_oneself() -> JsonObject:
    """An issuer who is the holder as well, named alike at both places."""
    about: JsonObject = {"id": DID, "name": "The Office", "description": "Member"}
    return {"@context": [VCDM2], "type": ["VerifiableCredential"], "issuer": about, "credentialSubject": dict(about)}


def _named_three_times() -> JsonObject:
    """An issuer who is the creator of the achievement as well, and an achievement with a related one."""
    document: Any = changed(aima(), credentialSchema=None, credentialStatus=None)
    achievement = document["credentialSubject"]["achievement"]
    achievement["creator"] = {"id": DID, "type": ["Profile"], "name": document["issuer"]["name"]}
    achievement["tag"] = ["risk", "audit"]
    achievement["related"] = [{"type": ["Related"], "id": f"{HOST}/achievements/other", "version": "1"}]
    result: JsonObject = document
    return result


def _in_own_words() -> JsonObject:
    """An issuer who really used a context of their own, at the top and inside."""
    document = changed(aima(), credentialSchema=None, credentialStatus=None)
    document["@context"] = [VCDM2, OB3, {"grade": "https://office.example/terms#grade"}]
    document["grade"] = "distinguished"
    document["evidence"] = [
        {
            "@context": {"rank": "https://office.example/rank"},
            "type": ["Evidence"],
            "rank": {"@value": "1", "@language": "en"},
        }
    ]
    return document


SEEDS: dict[str, JsonObject] = {
    "assessment": ISSUER.secured(aima()),
    "certification": ISSUER.secured(caig()),
    "about oneself": ISSUER.secured(_about_oneself()),
    "named three times": ISSUER.secured(_named_three_times()),
    "in own words": ISSUER.secured(_in_own_words()),
    "set": proof_set(caig(), 2),
    "chain": chain(aima()),
    "Ed25519Signature2020": ed25519_2020(aima()),
    "VCDM 1.1": ISSUER.secured(version_1(aima())),
}


def given_of(name: str) -> Given:
    """One of the kinds above, or an example that comes with the project, under its own trust."""
    if name in SEEDS:
        return Given(encoded(SEEDS[name]))
    trust = files.trust([str(FOLDER / "trust")])
    return Given((FOLDER / name).read_bytes(), trust, datetime(2026, 7, 9, 10, tzinfo=UTC))


@pytest.fixture(autouse=True, scope="module")
def no_validator() -> Iterator[None]:
    """The page has no validator of JSON Schema, which Python can do without as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("verifier.schema.find_spec", lambda _: None)
        yield


@pytest.fixture(scope="module")
def judge(node: Path) -> Iterator[Judge]:
    with Judge() as running:
        yield running


@pytest.mark.parametrize("name", [*SEEDS, *EXAMPLES])
@pytest.mark.parametrize("count", [40, pytest.param(1_900, marks=pytest.mark.slow)])
def test_what_stays_valid_is_shown_as_before(judge: Judge, name: str, count: int) -> None:
    """1,900 of each kind make more than 20,000."""
    given = given_of(name)
    original = verified(given)
    assert original["report"]["verdict"] == "valid"
    document: JsonObject = json.loads(given.data)
    verdicts: Counter[str] = Counter()
    for number in range(count):
        mutant = rearranged(document, random.Random(f"{SEED} {name} {number}"))
        changed_file = replace(given, data=encoded(mutant))
        answer = verified(changed_file)
        assert judge.verify(changed_file) == answer, number
        verdicts[answer["report"]["verdict"]] += 1
        if answer["report"]["genuine"]:
            assert shown(answer) == shown(original), number
    assert verdicts["valid"] > count / 20, f"the changes leave too little standing to prove anything: {verdicts}"


def shown(answer: Answer) -> Answer:
    """Lines and report; a file may lose a proof beside the issuer's, and the warnings about it."""
    return {"lines": answer["lines"], "report": {**answer["report"], "warnings": []}}
