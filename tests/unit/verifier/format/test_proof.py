"""Proofs: what is hashed, and which document a proof speaks about."""

import pytest

from tests.kit.credentials import aima
from tests.kit.minting import ISSUER, changed
from verifier.format import proof
from verifier.format.contexts import OB3, VCDM2
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject


def test_new_options() -> None:
    plain = proof.new_options(aima(), proof.RDFC, ISSUER.method, "2026-07-20T10:00:00Z")
    assert plain == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-07-20T10:00:00Z",
        "verificationMethod": ISSUER.method,
        "proofPurpose": "assertionMethod",
    }
    fixed = proof.new_options(aima(), proof.JCS, ISSUER.method, "2026-07-20T10:00:00Z")
    assert fixed == {**plain, "@context": [VCDM2, OB3], "cryptosuite": "eddsa-jcs-2022"}


@pytest.mark.parametrize("suite", [proof.RDFC, proof.JCS])
def test_every_option_is_hashed(suite: str) -> None:
    options = proof.new_options(aima(), suite, ISSUER.method, "2026-07-20T10:00:00Z")
    before = proof.hash_input(aima(), options)
    for name, value in {
        "created": "2026-07-20T10:00:01Z",
        "verificationMethod": f"{ISSUER.method}x",
        "proofPurpose": "authentication",
        "expires": "2027-07-20T10:00:00Z",
    }.items():
        after = proof.hash_input(aima(), {**options, name: value})
        assert after.proof != before.proof
        assert after.document == before.document
    assert len(before.data) == 64


def test_under_rdfc_the_proof_is_read_under_the_context_of_the_document() -> None:
    options = proof.new_options(aima(), proof.RDFC, ISSUER.method, "2026-07-20T10:00:00Z")
    other = proof.hash_input(aima(), {**options, "@context": "https://credentials.example/ignored"})
    assert other == proof.hash_input(aima(), options)


def test_the_two_suites_never_sign_the_same() -> None:
    options = proof.new_options(aima(), proof.RDFC, ISSUER.method, "2026-07-20T10:00:00Z")
    assert (
        proof.hash_input(aima(), options).data != proof.hash_input(aima(), {**options, "cryptosuite": proof.JCS}).data
    )


@pytest.mark.parametrize(
    ("fixed", "present", "shown"),
    [
        ([VCDM2], [VCDM2], [VCDM2]),
        ([VCDM2], [VCDM2, OB3], [VCDM2]),
        (VCDM2, [VCDM2, OB3], VCDM2),
        ([VCDM2, OB3], [VCDM2], None),
        ([OB3], [VCDM2, OB3], None),
        ([VCDM2, VCDM2], [VCDM2, OB3], None),
        (None, [VCDM2], None),
        (5, [VCDM2], None),
    ],
)
def test_a_proof_fixes_the_context(fixed: Json, present: Json, shown: Json) -> None:
    document = changed(aima(), **{"@context": present})
    entry: JsonObject = {"cryptosuite": proof.JCS, "@context": fixed}
    if shown is None:
        with pytest.raises(FormatError, match=r"^proof\.context"):
            proof.signed_document(document, entry)
    else:
        assert proof.signed_document(document, entry) == {**document, "@context": shown}


def test_the_document_is_read_without_its_proofs() -> None:
    signed = ISSUER.secured(aima())
    assert proof.unsecured(signed) == aima()
    assert "proof" in signed


@pytest.mark.parametrize(
    "value", [None, 5, [], {}, "", "z", "z1", "u" + "A" * 86, "z" + "1" * 64 + "2", "z" + "2" * 89]
)
def test_signatures_that_are_no_text_of_64_bytes(value: Json) -> None:
    with pytest.raises(FormatError, match=r"^proof\.value"):
        proof.decode_signature(value)


@pytest.mark.parametrize("signature", [bytes(64), b"\xff" * 64, bytes(range(64))])
def test_signatures(signature: bytes) -> None:
    assert proof.decode_signature(proof.encode_signature(signature)) == signature
