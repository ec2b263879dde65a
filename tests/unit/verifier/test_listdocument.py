"""A status list given as the document: never a certificate, whatever it says of itself."""

import pytest

from tests.kit.credentials import REVOCATION, aima
from tests.kit.minting import AT, HOLDER, ISSUER, changed, encoded
from verifier import Level, Report, State, Trust, Verdict, cli, output, summary, verify
from verifier.codes import CODES
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject

LIST = ISSUER.status_list("revocation", REVOCATION)


def report_on(document: JsonObject, trust: Trust | None = None) -> Report:
    return verify(encoded(document), trust=trust or ISSUER.trust(), at=AT)


@pytest.mark.parametrize("suite", [RDFC, JCS])
@pytest.mark.parametrize(
    "types",
    [
        ["VerifiableCredential", "BitstringStatusListCredential"],
        ["BitstringStatusListCredential", "VerifiableCredential"],
        ["VerifiableCredential"],
    ],
)
@pytest.mark.parametrize("purpose", ["revocation", "suspension", "refresh", "message", ["revocation", "suspension"]])
def test_a_list_is_genuine_and_never_in_force(suite: str, types: Json, purpose: Json) -> None:
    document = changed(ISSUER.status_list(purpose, REVOCATION), type=types)
    report = report_on(ISSUER.secured(document, suite))
    assert report.verdict is not Verdict.VALID
    assert (report.in_force, report.state) == (None, State.UNKNOWN)
    assert "kind.status-list" in [check.code for check in report.checks]
    assert not report


def test_it_is_named_first_and_shown_as_what_it_is() -> None:
    report = report_on(ISSUER.secured(LIST))
    assert (report.genuine, report.summary) == (True, CODES["kind.status-list"].sentence)
    lines = dict(summary.lines(report.require(Level.AUTHENTIC)))
    assert lines["List for"] == "revocation"
    assert not [label for label in lines if label.startswith("Holder")]
    assert "in force." not in output.text(report, details=True)


def test_one_whose_issuer_is_unknown_is_named_first_as_well() -> None:
    report = report_on(ISSUER.secured(LIST), Trust())
    assert report.summary == f"Could not be checked. {CODES['kind.status-list'].sentence}"


def test_its_issuer_can_tell_a_sound_one() -> None:
    assert report_on(ISSUER.secured(LIST)).is_sound_list
    assert not report_on(ISSUER.secured(LIST), Trust()).is_sound_list
    assert not report_on(ISSUER.secured(changed(LIST, validFrom="2026-01-01T00:00:00Z"))).is_sound_list
    assert not report_on({**ISSUER.secured(LIST), "name": "x"}).is_sound_list
    assert not verify(encoded(ISSUER.secured(aima())), trust=ISSUER.trust(), at=AT).is_sound_list


def test_one_that_was_changed_is_invalid() -> None:
    report = report_on({**ISSUER.secured(LIST), "validUntil": "2099-01-01T00:00:00Z"})
    assert (report.verdict, report.genuine) == (Verdict.INVALID, False)


def test_one_in_a_presentation_leaves_it_open() -> None:
    report = report_on(HOLDER.signed(HOLDER.presentation(ISSUER.secured(LIST))))
    assert (report.verdict, report.in_force) == (Verdict.INDETERMINATE, None)


def test_scripts_do_not_take_it_for_a_certificate() -> None:
    assert cli.EXIT[report_on(ISSUER.secured(LIST)).verdict] == 3
