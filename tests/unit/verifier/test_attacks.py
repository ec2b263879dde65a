"""What somebody may try with a genuine credential, or with a forged one: none of it ends in `valid`."""

import copy
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.credentials import DID, REVOCATION, aima, caig, entry
from tests.kit.minting import AT, ISSUER, Issuer, Key, changed, encoded, read_trust, sign
from verifier import Level, Policy, Report, Trust, Verdict, output, verify
from verifier.format.contexts import OB3, VCDM2
from verifier.format.proof import JCS, RDFC, unsecured
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_PROOFS, MAX_STATUS_ENTRIES

TRUST = ISSUER.trust()
WITHDRAWN = ISSUER.trust(statusLists=ISSUER.lists(revoked=frozenset({48213, 48214})))
MALLORY = Issuer(did="did:web:mallory.example", key=Key("mallory"), fragment="key-1")


def report_on(document: Any, trust: Trust = TRUST, policy: Policy | None = None) -> Report:
    return verify(encoded(document), trust=trust, at=AT, policy=policy)


def codes(report: Report) -> list[str]:
    return [check.code for check in report.checks if check.code]


def both_known(**members: Json) -> Trust:
    """A trust that accepts our issuer alone, and has Mallory's DID document as well."""
    documents: JsonObject = {DID: ISSUER.did_document(), MALLORY.did: MALLORY.did_document()}
    return ISSUER.trust(**{"didDocuments": documents, **members})


# --- A genuine credential, taken apart ----------------------------------------------------------------------


@pytest.mark.parametrize("hidden", ["credentialStatus", "validUntil"])
def test_a_status_or_an_end_cannot_be_moved_out_of_sight(hidden: str) -> None:
    """Possible where a credential names itself: both documents state the same, so one signature fits both."""
    original = ISSUER.secured({**aima(), "image": aima()["id"]})
    assert codes(report_on(original, WITHDRAWN)) == ["status.revoked"]
    document = copy.deepcopy(original)
    document["image"] = {name: document[name] for name in ("id", "type")} | {hidden: document.pop(hidden)}
    assert report_on(document, WITHDRAWN).verdict is not Verdict.VALID
    assert codes(report_on(document, WITHDRAWN)) == ["terms.unsupported"]


STATUS_TRICKS: list[Callable[[Any], Any]] = [
    lambda status: [status],
    lambda status: status["id"],
    lambda status: [status["id"]],
    lambda status: {"id": status["id"]},
    lambda status: [status, status["id"]],
    lambda status: [{name: status[name] for name in ("id", "type")}, {**status}],
    lambda status: [{**status, "type": [status["type"]]}],
    lambda status: {**status, "type": [status["type"]] * 2},
    lambda status: {**status, "statusPurpose": [status["statusPurpose"]]},
    lambda status: {**status, "statusListIndex": [status["statusListIndex"]]},
    lambda status: {**status, "statusListIndex": {"@value": status["statusListIndex"]}},
    lambda status: {**status, "statusListIndex": int(status["statusListIndex"])},
    lambda status: {**status, "statusListCredential": [status["statusListCredential"]]},
    lambda status: {**status, "statusListCredential": {"id": status["statusListCredential"]}},
    lambda status: {**status, "@index": "a"},
    lambda status: {**status, "type": "https://www.w3.org/ns/credentials/status#BitstringStatusListEntry"},
    lambda status: [],
    lambda status: [status] * (MAX_STATUS_ENTRIES + 1),
]


@pytest.mark.parametrize("trick", STATUS_TRICKS)
def test_no_other_form_of_a_status_makes_a_withdrawn_credential_valid(trick: Callable[[Any], Any]) -> None:
    document = ISSUER.secured(aima())
    assert not report_on({**document, "credentialStatus": trick(document["credentialStatus"])}, WITHDRAWN)


def test_a_context_inside_gives_no_new_names() -> None:
    """`rank` would be signed as `licenseNumber` is, if a context that nobody signed were followed."""
    licence = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#licenseNumber"
    for context in ([[{"rank": licence}]], {"rank": licence}, [{"rank": licence}]):
        document: Any = ISSUER.secured(aima())
        subject = document["credentialSubject"] = {**document["credentialSubject"], "@context": context}
        subject["rank"] = subject.pop("licenseNumber")
        assert report_on(document).genuine is not True


def test_a_known_context_that_is_added_inside_changes_nothing() -> None:
    """A context is no statement: under the same contexts every member keeps its meaning, and so its signature."""
    document: Any = ISSUER.secured(caig())
    document["evidence"] = [{"@context": [VCDM2, OB3], **document["evidence"][0]}]
    assert report_on(document)
    document["evidence"][0]["name"] = "Another"
    assert codes(report_on(document)) == ["signature.mismatch"]


def test_a_type_may_not_be_written_out() -> None:
    document: Any = ISSUER.secured(aima())
    achievement = document["credentialSubject"]["achievement"]
    achievement["image"] = {**achievement["image"], "type": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image"}
    assert codes(report_on(document)) == ["terms.unsupported"]


@pytest.mark.parametrize("suite", [RDFC, JCS])
@pytest.mark.parametrize(
    "members",
    [
        {"name": "Another"},
        {"validUntil": "2038-07-01T23:59:59Z"},
        {"awardedDate": "2020-07-01T09:31:13Z"},
        {"id": "urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a12"},
        {"type": ["VerifiableCredential"]},
        {"type": ["VerifiableCredential", "OpenBadgeCredential", "EndorsementCredential"]},
        {"credentialStatus": entry("revocation", REVOCATION, 7)},
        {"evidence": [{"type": ["Evidence"], "name": "More"}]},
        {"rank": "admiral"},
        {"@context": [VCDM2]},
    ],
)
def test_a_changed_member_is_never_genuine(suite: str, members: JsonObject) -> None:
    document = {**ISSUER.secured(aima(), suite), **members}
    assert report_on(document).genuine is False


@pytest.mark.parametrize(
    "members",
    [{"@context": [VCDM2, OB3, OB3]}, {"@context": [VCDM2, OB3, VCDM2]}],
)
def test_under_jcs_an_appended_context_is_dropped(members: JsonObject) -> None:
    """VC DI EdDSA 1.0 section 3.3.2: what is shown has the context that was signed."""
    report = report_on({**ISSUER.secured(aima(), JCS), **members})
    assert report.require().document == aima()


def test_under_jcs_an_appended_context_gives_no_word_a_meaning() -> None:
    """Words that the signed context does not define stay notes, whatever somebody appends later."""
    plain: JsonObject = {**changed(aima(), credentialStatus=None), "@context": [VCDM2]}
    signed = ISSUER.secured(plain, JCS)
    for document in (signed, {**signed, "@context": [VCDM2, OB3]}):
        report = report_on(document)
        assert report.require().document == plain
        assert "AIMA-2026" not in output.text(report, details=True), "a number that no word says what it is"
        assert [notice.code for notice in report.warnings] == ["terms.undefined-signed"]


@pytest.mark.parametrize("context", [[], VCDM2, [OB3], None, {}, [VCDM2, {"a": "urn:a"}]])
def test_under_jcs_the_signed_context_is_held_to_the_same_rules(context: Json) -> None:
    """Even the issuer's own signature does not make a document without the base context a credential."""
    unsigned: JsonObject = {**aima(), "@context": context}
    proof = sign(unsigned, ISSUER.key, ISSUER.method, cryptosuite=JCS)
    assert codes(report_on({**aima(), "proof": [proof]})) in (["proof.context"], ["context.inline", "proof.context"])


def test_the_suite_of_a_proof_cannot_be_changed() -> None:
    for one, other in ((RDFC, JCS), (JCS, RDFC)):
        document: Any = ISSUER.secured(aima(), one)
        document["proof"] = [{**document["proof"][0], "cryptosuite": other}]
        assert codes(report_on(document)) == ["signature.mismatch"]


@pytest.mark.parametrize("value", [None, 5, [], {}, ["eddsa-rdfc-2022"], {"@value": "eddsa-rdfc-2022"}, True])
@pytest.mark.parametrize("name", ["type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"])
def test_a_proof_of_odd_kinds_is_an_outcome(name: str, value: Json) -> None:
    document: Any = ISSUER.secured(aima())
    document["proof"] = [{**document["proof"][0], name: value}]
    assert report_on(document).genuine is not True


# --- Other signers ------------------------------------------------------------------------------------------


def test_another_key_signs_in_the_name_of_the_issuer() -> None:
    forged = {**aima(), "proof": sign(aima(), MALLORY.key, ISSUER.method)}
    assert codes(report_on(forged)) == ["signature.mismatch"]


def test_another_signer_under_its_own_name() -> None:
    forged = {**aima(), "proof": sign(aima(), MALLORY.key, MALLORY.method)}
    assert codes(report_on(forged, both_known())) == ["method.controller"]


def test_another_issuer_is_genuine_and_not_accepted() -> None:
    theirs = MALLORY.secured(changed(aima(MALLORY.did), credentialStatus=None))
    report = report_on(theirs, both_known())
    assert codes(report) == ["issuer.not-accepted"]
    assert report.require(Level.AUTHENTIC).issuer == MALLORY.did
    assert report_on(theirs, both_known(), Policy(accept_issuers=frozenset({MALLORY.did})))


def test_a_co_signer_adds_nothing_and_takes_nothing() -> None:
    signed: Any = ISSUER.secured(aima())
    second = sign(aima(), MALLORY.key, MALLORY.method)
    report = report_on({**signed, "proof": [second, *signed["proof"]]}, both_known())
    assert report.require().document == aima()
    assert codes(report_on({**signed, "proof": [second, *signed["proof"]]})) == ["did.unknown"]
    bad = {**second, "proofValue": signed["proof"][0]["proofValue"]}
    assert codes(report_on({**signed, "proof": [*signed["proof"], bad]}, both_known())) == ["signature.mismatch"]


def test_what_is_shown_is_what_the_issuer_signed() -> None:
    """A co-signer's proof may fix a shorter context; the issuer's decides."""
    signed: Any = ISSUER.secured(aima())
    shorter: JsonObject = {**aima(), "@context": [VCDM2]}
    second = sign(shorter, MALLORY.key, MALLORY.method, cryptosuite=JCS)
    report = report_on({**signed, "proof": [second, *signed["proof"]]}, both_known())
    assert report.require().document == aima()


def test_a_weak_key_in_a_did_document_signs_nothing() -> None:
    """Under the identity point any text has a signature; such a key is refused before it is used."""
    document: Any = ISSUER.did_document()
    key = "z6MkeXATEjyXENzBXBxgC5EHk2JE5aqd7qMGGtDpLUH1e2Sj"
    document["verificationMethod"][0]["publicKeyMultibase"] = key
    assert codes(report_on(ISSUER.secured(aima()), ISSUER.trust(didDocuments={DID: document}))) == ["method.key"]


def test_a_self_made_did_key_is_never_our_issuer() -> None:
    key = Key("anybody")
    method = f"{key.did_key}#{key.multibase}"
    assert codes(report_on({**aima(), "proof": sign(aima(), key, method)})) == ["method.controller"]
    own = changed(aima(key.did_key), credentialStatus=None)
    assert codes(report_on({**own, "proof": sign(own, key, method)})) == ["issuer.not-accepted"]


# --- Status lists of others ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (ISSUER.secured(aima()), "status.not-genuine"),
        (ISSUER.secured(ISSUER.status_list("revocation", f"{REVOCATION}0")), "status.not-genuine"),
        (MALLORY.secured(MALLORY.status_list("revocation", REVOCATION)), "status.issuer"),
        (ISSUER.status_list("revocation", REVOCATION), "status.not-genuine"),
        ({}, "status.not-genuine"),
        ({"id": REVOCATION}, "status.not-genuine"),
    ],
)
def test_a_list_that_is_not_the_list(document: JsonObject, code: str) -> None:
    trust = both_known(statusLists={REVOCATION: document})
    assert codes(report_on(ISSUER.secured(aima()), trust)) == [code]


def test_a_list_signed_by_another_in_our_name() -> None:
    listing = ISSUER.status_list("revocation", REVOCATION)
    forged = {**listing, "proof": sign(listing, MALLORY.key, MALLORY.method)}
    trust = both_known(statusLists={REVOCATION: forged})
    assert codes(report_on(ISSUER.secured(aima()), trust)) == ["status.not-genuine"]


def test_a_forged_newer_list_does_not_hide_a_withdrawal_as_valid() -> None:
    forged = changed(ISSUER.status_list("revocation", REVOCATION), validFrom="2026-07-31T11:00:00Z")
    report = report_on(ISSUER.secured(aima()), WITHDRAWN + read_trust(MALLORY.secured(forged)))
    assert report.verdict is not Verdict.VALID


def test_one_missing_list_does_not_hide_what_another_says() -> None:
    lists = ISSUER.lists(revoked=frozenset({48214}))
    trust = ISSUER.trust(statusLists={REVOCATION: lists[REVOCATION]})
    report = report_on(ISSUER.secured(caig()), trust)
    assert codes(report) == ["status.missing", "status.revoked"]
    assert report.verdict is Verdict.INVALID


def test_a_status_list_is_no_credential_to_rely_on_by_its_own_status() -> None:
    """A list that names a list is judged by its signature alone: one level down, and no further."""
    listing = {**ISSUER.status_list("revocation", REVOCATION), "credentialStatus": entry("revocation", REVOCATION, 1)}
    trust = ISSUER.trust(statusLists={REVOCATION: ISSUER.secured(listing)})
    assert report_on(ISSUER.secured(aima()), trust)


# --- Work -----------------------------------------------------------------------------------------------------


LARGE: dict[str, dict[str, Any]] = {
    "contexts": {"@context": [VCDM2, *[OB3] * 15_000]},
    "contexts inside": {"evidence": [{"@context": [VCDM2] * number} for number in range(200)]},
    "types": {"type": ["VerifiableCredential", *(f"https://a.example/{number}" for number in range(20_000))]},
    "evidence": {"evidence": [{"type": ["Evidence"], "name": "a"}] * 15_000},
    "resources": {"relatedResource": [{"id": f"urn:{n}", "digestSRI": "x"} for n in range(15_000)]},
    "a long name": {"x" * 500_000: ["y"] * 50_000},
    "a long text": {"name": ["\u202e" * 300_000]},
}


@pytest.mark.parametrize("members", LARGE.values(), ids=LARGE)
@pytest.mark.parametrize("suite", [RDFC, JCS])
def test_large_documents_are_answered_soon(members: JsonObject, suite: str) -> None:
    document = {**aima(), **members}
    proof = {**sign(aima(), ISSUER.key, ISSUER.method, cryptosuite=suite)}
    start = time.process_time()
    report = report_on({**document, "proof": [proof] * MAX_PROOFS})
    if report.genuine:  # nothing but contexts that change nothing
        assert {**document, "@context": [VCDM2, OB3]} == aima()
    assert time.process_time() - start < 10


def test_the_document_that_is_handed_out_has_no_proof() -> None:
    for suite in (RDFC, JCS):
        signed = ISSUER.secured(caig(), suite)
        assert report_on(signed).require().document == unsecured(signed)
