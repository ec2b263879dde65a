"""Files beside certificates: what an issuer really publishes is named; what claims to be a credential is judged."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.kit.credentials import aima
from tests.kit.minting import AT, HOLDER, ISSUER, changed, encoded
from verifier import Trust, Verdict, verify
from verifier.codes import CODES, Effect
from verifier.format.types import JsonObject
from verifier.kinds import OWN
from verifier.recognise import recognise_document

PUBLISHED = [
    *(("kind.schema", path) for path in sorted((ROOT / "schemas").glob("*.json"))),
    *(("kind.result-record", path) for path in sorted((ROOT / "examples" / "results").glob("aima-*.json"))),
    *(("kind.did-document", path) for path in sorted((ROOT / "did-docs").rglob("*.json"))),
    ("kind.trust-file", ROOT / "examples" / "trust" / "trust.json"),
    *(("kind.context", path) for path in sorted((ROOT / "verifier" / "data" / "contexts").glob("*.json"))),
]


@pytest.mark.parametrize(("code", "path"), PUBLISHED, ids=lambda each: getattr(each, "name", each))
def test_files_that_come_with_the_project_are_named(code: str, path: Path) -> None:
    report = verify(path.read_bytes(), trust=Trust(), at=AT)
    assert [check.code for check in report.checks if check.code] == [code]
    assert (report.verdict, report.genuine, report.in_force) == (Verdict.INDETERMINATE, None, None)
    assert report.summary == CODES[code].sentence


def test_a_report_is_no_certificate() -> None:
    report = verify(encoded(ISSUER.secured(aima())), trust=ISSUER.trust(), at=AT)
    assert recognise_document(json.loads(json.dumps(report.to_json()))) == "kind.report"


@pytest.mark.parametrize(
    "document",
    [
        aima(),
        {**aima(), "resultId": 1, "candidate": 2, "outcome": 3, "$schema": "x", "keys": [{"kty": "OKP"}]},
        changed(aima(), type=["Achievement", "VerifiableCredential"]),
        changed(ISSUER.secured(aima()), type=["Achievement"]),
        HOLDER.presentation(aima()),
        {"id": "did:web:a.example"},
        {},
    ],
)
def test_what_claims_to_be_a_credential_or_is_signed_is_judged_as_one(document: JsonObject) -> None:
    assert recognise_document(document) not in OWN


def test_every_sentence_says_that_it_is_no_certificate_and_what_to_do() -> None:
    own = [CODES[code] for code in (*OWN, "kind.status-list")]
    assert all(row.effect is Effect.INDETERMINATE for row in own)
    assert [row.code for row in own if "Ask the holder for the certificate" not in row.sentence] == []
