"""Presentations: bound to an occasion, worth no more than the least credential inside, one level and no further."""

import json
from typing import Any

import pytest

from tests.kit.credentials import aima, caig, entry
from tests.kit.minting import AT, HOLDER, ISSUER, Holder, Key, changed, encoded, sign
from tests.kit.securing import COSIGNER, chain, ed25519_2020, enveloped, jwt, presentation, proof_set
from verifier import Level, Policy, Report, State, Verdict, output, verify
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject, as_list
from verifier.limits import MAX_CONTAINED_PROOFS, MAX_CREDENTIALS

TRUST = ISSUER.trust()
CREDENTIAL = ISSUER.secured(aima())
TAMPERED = {**CREDENTIAL, "name": "Another"}
UNLISTED = ISSUER.secured(changed(aima(), credentialStatus=entry("revocation", "urn:x:list", 5)))


def report(document: JsonObject, **policy: Any) -> Report:
    return verify(encoded(document), trust=TRUST, at=AT, policy=Policy(**policy))


def codes(found: Report) -> list[str]:
    return [check.code for check in found.checks if check.code] + [notice.code for notice in found.warnings]


def test_every_kind_of_credential_inside() -> None:
    inside = [ISSUER.secured(caig()), enveloped(jwt(aima())), ed25519_2020(aima()), proof_set(aima()), chain(caig())]
    for each in inside:
        found = report(presentation(each))
        assert (found.verdict, found.genuine, found.in_force, codes(found)) == (Verdict.VALID, True, True, [])
        assert [inner.verdict for inner in found.credentials] == [Verdict.VALID]
        assert len(found.to_json()["credentials"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("inside", "verdict", "code"),
    [
        ([CREDENTIAL, TAMPERED], Verdict.INVALID, "credentials.invalid"),
        ([CREDENTIAL, UNLISTED], Verdict.INDETERMINATE, "credentials.open"),
        ([UNLISTED, TAMPERED], Verdict.INVALID, "credentials.invalid"),
        ([aima()], Verdict.INVALID, "credentials.invalid"),
        ([enveloped(jwt(aima()) + b"x")], Verdict.INVALID, "credentials.invalid"),
        ([enveloped(b"")], Verdict.INVALID, "credentials.invalid"),
        ([], Verdict.VALID, "credentials.none"),
    ],
)
def test_it_is_worth_no_more_than_the_least(inside: list[JsonObject], verdict: Verdict, code: str) -> None:
    found = report(presentation(*inside))
    assert (found.verdict, codes(found)) == (verdict, [code])
    assert [inner.verdict for inner in found.credentials].count(Verdict.VALID) == inside.count(CREDENTIAL)


def test_one_that_shows_nothing_is_not_in_force() -> None:
    found = report(presentation())
    assert (found.verdict, found.genuine, found.in_force, found.state) == (Verdict.VALID, True, None, State.UNKNOWN)
    assert found.shows_nothing
    assert found.summary == "Signed by its holder. It shows no credential."
    assert not report(presentation(CREDENTIAL)).shows_nothing
    assert not report(presentation(holder=None)).shows_nothing


def test_a_tampered_presentation_still_reports_on_what_is_inside() -> None:
    found = report({**presentation(CREDENTIAL), "id": "urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a99"})
    assert (found.verdict, codes(found)) == (Verdict.INVALID, ["signature.mismatch"])
    assert found.genuine is False
    assert [inner.verdict for inner in found.credentials] == [Verdict.VALID]


def test_a_presentation_inside_a_presentation_is_no_credential() -> None:
    found = report(presentation(presentation(CREDENTIAL, holder=None), holder=None))
    assert found.credentials[0].verdict is Verdict.INVALID
    assert not found.credentials[0].credentials


def test_nobody_signed_it() -> None:
    found = report(presentation(CREDENTIAL, holder=None))
    assert (found.verdict, codes(found)) == (Verdict.INDETERMINATE, ["presentation.unsigned"])


def test_somebody_else_signed_it() -> None:
    signed = presentation(CREDENTIAL, holder=Holder(COSIGNER))
    assert codes(report({**signed, "holder": HOLDER.did})) == ["method.controller"]


def test_a_presentation_is_signed_for_authentication() -> None:
    unsigned = presentation(CREDENTIAL)
    del unsigned["proof"]
    assert codes(report({**unsigned, "proof": sign(unsigned, HOLDER.key, HOLDER.method)})) == ["proof.purpose"]


@pytest.mark.parametrize(
    ("policy", "codes_found"),
    [
        ({"challenge": "c", "domain": "d"}, []),
        ({"challenge": "c"}, ["presentation.unasked"]),
        ({}, ["presentation.unasked"] * 2),
        ({"challenge": "C", "domain": "d"}, ["presentation.challenge"]),
        ({"challenge": "c", "domain": "c"}, ["presentation.domain"]),
        ({"challenge": "", "domain": "d"}, ["presentation.challenge"]),
    ],
)
def test_it_was_made_for_this_occasion(policy: dict[str, str], codes_found: list[str]) -> None:
    assert codes(report(presentation(CREDENTIAL, challenge="c", domain="d"), **policy)) == codes_found


def test_what_was_asked_for_must_be_there() -> None:
    assert codes(report(presentation(CREDENTIAL), challenge="c")) == ["presentation.challenge"]


def test_somebody_elses_credential_is_noted() -> None:
    subject = {**aima()["credentialSubject"], "id": Key("else").did_key}  # type: ignore[dict-item]
    about_else = ISSUER.secured(changed(aima(), credentialSubject=subject))
    found = report(presentation(about_else))
    assert (found.verdict, codes(found)) == (Verdict.VALID, ["presentation.subject"])
    own = ISSUER.secured(changed(aima(), credentialSubject={**subject, "id": HOLDER.did}))
    assert codes(report(presentation(own))) == []


@pytest.mark.parametrize("suite", [RDFC, JCS])
def test_a_presentation_that_has_expired_is_not_in_force(suite: str) -> None:
    signed = HOLDER.signed(HOLDER.presentation(CREDENTIAL), suite, expires="2026-08-01T12:00:00Z")
    found = report(signed)
    assert (found.verdict, found.genuine, found.in_force, found.state) == (Verdict.INVALID, True, False, State.UNKNOWN)
    assert codes(found) == ["proof.expired"]
    assert [(inner.verdict, inner.in_force) for inner in found.credentials] == [(Verdict.VALID, True)]
    later = report(HOLDER.signed(HOLDER.presentation(CREDENTIAL), suite, expires="2026-08-01T12:00:01Z"))
    assert (later.verdict, later.in_force, later.state) == (Verdict.VALID, True, State.VALID)


def test_an_empty_presentation_has_nothing_in_force() -> None:
    found = report(presentation())
    assert (found.genuine, found.in_force, found.state) == (True, None, State.UNKNOWN)


def test_an_old_proof_is_not_renewed_by_somebody_elses() -> None:
    """Whoever has seen a presentation can sign it again himself, for any occasion, and put his proof beside it."""
    stranger, unsigned = Holder(Key("stranger")), HOLDER.presentation(CREDENTIAL)
    both = [HOLDER.signed(unsigned, challenge="old")["proof"], stranger.signed(unsigned, challenge="new")["proof"]]
    for turn in (1, -1):
        entries: list[Json] = [each for proofs in both[::turn] for each in as_list(proofs)]
        assert codes(report({**unsigned, "proof": entries}, challenge="new")) == ["presentation.challenge"]


FORGED = "A title that nobody has given"
UNVERIFIED: dict[str, JsonObject] = {
    "tampered": {**CREDENTIAL, "name": FORGED},
    "unsigned": {**aima(), "name": FORGED},
    "of nobody who is known": {
        **aima(),
        "issuer": "did:web:nobody.example",
        "name": FORGED,
        "proof": TAMPERED["proof"],
    },
    "no credential": {"type": ["Else"], "name": FORGED},
    "beside an envelope": {**enveloped(jwt(aima())), "issuer": ISSUER.did, "name": FORGED},
    "a tampered token": enveloped(jwt({**aima(), "name": FORGED})[:-8] + b"AAAAAAAA"),
    "undefined": ISSUER.secured({**aima(), "honour": FORGED}, JCS) | {"name": FORGED},
}


@pytest.mark.parametrize("suite", [RDFC, JCS])
@pytest.mark.parametrize("name", UNVERIFIED)
def test_what_was_not_verified_is_not_repeated(name: str, suite: str) -> None:
    """Neither of a presentation whose holder signed it nor of one that nobody did."""
    unsigned = HOLDER.presentation(CREDENTIAL, UNVERIFIED[name])
    # Where a word is undefined, only eddsa-jcs-2022 can sign it.
    signed = HOLDER.signed(unsigned, JCS if name in ("no credential", "undefined", "beside an envelope") else suite)
    for document in (unsigned, signed):
        found = report(document)
        assert found.verdict is not Verdict.VALID
        assert FORGED not in json.dumps(found.to_json()) + output.text(found, details=True)


@pytest.mark.parametrize("suite", [RDFC, JCS])
def test_a_credential_inside_is_shown_in_its_own_report_alone(suite: str) -> None:
    for inside in (CREDENTIAL, UNVERIFIED["tampered"], enveloped(jwt(aima()))):
        found = report(HOLDER.signed(HOLDER.presentation(inside), suite))
        shown = found.require(Level.AUTHENTIC)
        assert shown.issuer == HOLDER.did
        assert "verifiableCredential" not in json.dumps([found.to_json(), shown.document, shown.statements])
        own = [each.to_json().get("credential") for each in found.credentials]
        assert own == [None if inside is UNVERIFIED["tampered"] else aima()]


def test_how_many() -> None:
    plain: list[Json] = [{"id": f"urn:x:{n}"} for n in range(MAX_CREDENTIALS + 1)]
    many = presentation(*plain, holder=None)
    assert codes(report(many))[0] == "vc.contained"
    proofs = [proof_set(aima(), 12)] * 3
    assert len(proofs) * 12 > MAX_CONTAINED_PROOFS
    assert codes(report(presentation(*proofs, holder=None)))[0] == "vc.contained"
