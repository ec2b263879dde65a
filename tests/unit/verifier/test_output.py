"""What a person reads at a terminal."""

from collections.abc import Iterable

import pytest

from tests.kit.credentials import aima, caig
from tests.kit.minting import AT, ISSUER, changed, encoded
from tests.kit.securing import presentation
from verifier import Report, Trust, output, verify
from verifier.codes import CODES
from verifier.format.types import JsonObject

PLAIN = changed(aima(), credentialStatus=None, credentialSchema=None)


def text(document: JsonObject, *, details: bool = False, trust: Trust | None = None) -> str:
    report = verify(encoded(document), trust=trust or ISSUER.trust(), at=AT)
    return output.text(report, details=details)


def holds(text: str, lines: Iterable[str]) -> bool:
    return {" ".join(line.split()) for line in lines} <= {" ".join(line.split()) for line in text.splitlines()}


def test_a_valid_credential() -> None:
    shown = text(ISSUER.secured(aima()))
    assert shown.startswith("VALID: Genuine and in force.\n")
    assert holds(
        shown,
        [
            "Holder: Ada Example",
            "Genuine: yes",
            "In force: yes",
            "List: revocation: not set, list of 2026-07-31T10:00:00Z",
            "Checked at: 2026-08-01T12:00:00Z",
        ],
    )
    assert "signature" not in shown


def test_details_name_every_check() -> None:
    shown = text(ISSUER.secured(PLAIN), details=True)
    assert holds(shown, ["ok signature", "- not-revoked"])


def test_a_changed_one_shows_no_claim() -> None:
    shown = text({**ISSUER.secured(aima()), "name": "Another"})
    assert shown.startswith("INVALID: Not genuine. ")
    assert "Ada Example" not in shown
    assert holds(shown, ["Genuine: no", "In force: could not tell"])
    assert "[signature.mismatch]" in shown


def test_a_withdrawn_one_says_so_once() -> None:
    lists = ISSUER.lists(revoked=frozenset({48213}))
    shown = text(ISSUER.secured(aima()), trust=ISSUER.trust(statusLists=lists))
    assert holds(shown, ["In force: no (withdrawn)", "List: revocation: set, list of 2026-07-31T10:00:00Z"])
    assert shown.count(CODES["status.revoked"].sentence) == 1


def test_a_list_that_is_not_there() -> None:
    shown = text(ISSUER.secured(caig()), trust=ISSUER.trust(statusLists={}, issuers=[]))
    assert holds(shown, ["List: revocation: could not tell"])
    assert shown.startswith("INDETERMINATE: ")
    assert CODES["issuer.not-accepted"].sentence in shown, "a further problem brings its own sentence"


def test_a_presentation_shows_each_credential() -> None:
    shown = text(presentation(ISSUER.secured(aima()), {**ISSUER.secured(caig()), "name": "Another"}))
    assert shown.startswith("INVALID: ")
    assert holds(shown, ["Credential 1 of 2", "VALID: Genuine and in force.", "Credential 2 of 2"])
    assert not any(line.endswith(" ") for line in shown.splitlines())


@pytest.mark.parametrize("trick", ["\u202e", "\u200b", "\x1b[2J", "\r", "\n", "\u2028"])
def test_tricks_in_texts_are_made_visible(trick: str) -> None:
    shown = text(ISSUER.secured(changed(PLAIN, name=f"a{trick}b")))
    assert f"a⟨U+{ord(trick[0]):04X}⟩" in shown
    assert trick not in shown.replace("\n", "") if trick != "\n" else True
    in_a_problem = text({**ISSUER.secured(PLAIN), f"x{trick}": 1})
    assert trick == "\n" or trick not in in_a_problem


def test_an_empty_report_has_words_too() -> None:
    assert output.text(Report((), AT), details=True).startswith("INDETERMINATE: Nothing was checked.")


def test_an_explanation() -> None:
    assert output.explanation("status.revoked").startswith("status.revoked (not-revoked, failed)\n  No longer in force")
