"""The two versions of the data model."""

from datetime import UTC, datetime

import pytest

from verifier.format.contexts import OB3, VCDM1, VCDM2
from verifier.format.errors import FormatError
from verifier.format.types import Json
from verifier.model import Model, is_presentation, model_of, period

JULY, AUGUST = "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z"


@pytest.mark.parametrize(
    ("context", "model"),
    [
        ([VCDM2], Model.V2),
        ([VCDM1, OB3], Model.V1),
        ([VCDM2, VCDM1], Model.V2),
        ([OB3, VCDM2], None),
        (VCDM2, None),
        ([], None),
        (None, None),
        ([[VCDM2]], None),
        ([{VCDM2: 1}], None),
        ({"0": VCDM2}, None),
    ],
)
def test_the_first_context_tells_the_version(context: Json, model: Model | None) -> None:
    assert model_of({"@context": context}) is model


@pytest.mark.parametrize(
    ("types", "answer"),
    [
        ("VerifiablePresentation", True),
        (["VerifiablePresentation", "X"], True),
        (["VerifiableCredential"], False),
        (None, False),
        ({"VerifiablePresentation": 1}, False),
        ([["VerifiablePresentation"]], False),
    ],
)
def test_what_is_a_presentation(types: Json, answer: bool) -> None:
    assert is_presentation({"type": types}) is answer


def test_the_narrowest_period_of_both_versions_counts() -> None:
    july, august = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
    assert period({}) == (None, None)
    assert period({"validFrom": JULY, "validUntil": AUGUST}) == (july, august)
    assert period({"issuanceDate": JULY, "expirationDate": AUGUST}) == (july, august)
    both: dict[str, Json] = {"validFrom": JULY, "issuanceDate": AUGUST, "validUntil": AUGUST, "expirationDate": JULY}
    assert period(both) == (august, july)


@pytest.mark.parametrize("name", ["validFrom", "validUntil", "issuanceDate", "expirationDate"])
@pytest.mark.parametrize("value", [None, 5, [JULY], {"@value": JULY}, "2026-07-01", "2026-07-01T00:00:00"])
def test_a_date_is_one_text_with_a_zone(name: str, value: Json) -> None:
    with pytest.raises(FormatError, match=r"^time\.invalid"):
        period({name: value})
