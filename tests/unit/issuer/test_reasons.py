"""The reasons that an act may be given, and how a decision is named."""

import pytest

from issuer.errors import IssuerError
from issuer.reasons import MAX_REFERENCE, reasons, reference, require


def test_the_reasons_are_those_of_the_policy() -> None:
    assert reasons("revocation") == (
        "exam-misconduct",
        "evidence-falsified",
        "ethics-breach",
        "identity-error",
        "scoring-error",
        "issued-in-error",
        "issuer-key-compromise",
        "holder-request",
    )
    assert reasons("replacement") == ("superseded",)
    assert reasons("suspension") == ("integrity-review", "identity-review", "prerequisite-review", "payment-dispute")
    assert reasons("reinstatement") == ("reinstated",)
    assert reasons("celebration") == ()


def test_a_reason_stands_for_its_own_act_alone() -> None:
    assert require("revocation", "scoring-error") == "scoring-error"
    for act, reason in (("revocation", "superseded"), ("suspension", "scoring-error"), ("revocation", "")):
        with pytest.raises(IssuerError) as raised:
            require(act, reason)
        assert raised.value.code == "reason.unknown"
        assert all(known in raised.value.detail for known in reasons(act))


@pytest.mark.parametrize("text", ["", " ", "two\nlines", "\u202e", "x" * (MAX_REFERENCE + 1), "\udcff"])
def test_a_reference_can_be_read(text: str) -> None:
    assert reference("Beschluss 7/2026 (Prüfungsausschuss)")
    with pytest.raises(IssuerError) as raised:
        reference(text)
    assert raised.value.code == "decision.reference"
