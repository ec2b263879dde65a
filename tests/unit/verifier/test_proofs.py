"""Reading proofs: single, sets and chains, and the claims of a JWT."""

from typing import Any

import pytest

from tests.kit.credentials import aima
from tests.kit.minting import AT, ISSUER, changed, encoded
from tests.kit.securing import COSIGNER, chain, ed25519_2020, jwt, proof_set
from verifier import Report, Verdict, verify
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_PROOFS

PLAIN = changed(aima(), credentialStatus=None, credentialSchema=None)
FOREIGN: JsonObject = {"type": "DataIntegrityProof", "cryptosuite": "bbs-2023", "proofValue": "u"}


def report(data: bytes | JsonObject) -> Report:
    return verify(data if isinstance(data, bytes) else encoded(data), trust=ISSUER.trust(), at=AT)


def codes(data: bytes | JsonObject) -> list[str]:
    found = report(data)
    return [check.code for check in found.checks if check.code] + [notice.code for notice in found.warnings]


def proofs(document: JsonObject) -> list[Any]:
    found = document["proof"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("suite", [RDFC, JCS])
@pytest.mark.parametrize("count", [1, 2, 3, MAX_PROOFS])
def test_sets_and_chains(suite: str, count: int) -> None:
    for make in (proof_set, chain):
        found = report(make(PLAIN, count, suite))
        assert found.verdict is Verdict.VALID
        assert found.require().document == PLAIN


def test_the_two_suites_together() -> None:
    both = {**PLAIN, "proof": [*proofs(ISSUER.secured(PLAIN, RDFC)), *proofs(ISSUER.secured(PLAIN, JCS))]}
    assert codes(both) == []


def test_one_bad_proof_among_good_ones() -> None:
    for place in range(3):
        signed = proof_set(PLAIN, 3)
        proofs(signed)[place]["created"] = "2026-07-20T10:00:01Z"
        assert codes(signed) == ["signature.mismatch"]


def test_a_set_without_the_issuer() -> None:
    signed = proof_set(PLAIN, 3)
    assert codes({**signed, "proof": proofs(signed)[1:]}) == ["method.controller"]


def test_a_foreign_proof_beside_a_good_one() -> None:
    signed = proof_set(PLAIN, 1)
    assert codes({**signed, "proof": [FOREIGN, *proofs(signed)]}) == ["proof.unsupported-beside"]
    assert codes({**signed, "proof": FOREIGN}) == ["kind.bbs"]


def test_a_co_signer_who_is_not_known() -> None:
    signed = proof_set(PLAIN)
    proofs(signed)[1]["verificationMethod"] = "did:web:unknown.example#key"
    assert codes(signed) == ["did.unknown"]


def test_a_chain_falls_with_each_of_its_links() -> None:
    for place in range(3):
        signed = chain(PLAIN, 3)
        proofs(signed)[place]["created"] = "2026-07-20T10:00:01Z"
        assert codes(signed) == ["signature.mismatch"]


def test_a_chain_without_its_first_link() -> None:
    signed = chain(PLAIN, 3)
    assert codes({**signed, "proof": proofs(signed)[1:]}) == ["proof.chain"]
    assert codes({**signed, "proof": proofs(signed)[:2]}) == [], "the last link vouches for the others, not they for it"


@pytest.mark.parametrize("names", [[], "", "urn:x", 5, {}, [5], ["urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-000000000001"]])
def test_a_chain_that_leads_nowhere_or_in_a_circle(names: Json) -> None:
    signed = chain(PLAIN, 2)
    proofs(signed)[0]["previousProof"] = names
    assert "proof.chain" in codes(signed)


def test_two_proofs_of_one_name() -> None:
    signed = chain(PLAIN, 2)
    signed["proof"] = [*proofs(signed), {**FOREIGN, "id": proofs(signed)[0]["id"]}]
    assert codes(signed) == ["proof.chain"]


def test_a_chain_upon_a_foreign_proof() -> None:
    signed = chain(PLAIN, 2)
    first, second = proofs(signed)
    assert codes({**signed, "proof": [{**FOREIGN, "id": first["id"]}, second]}) == ["proof.chain-unsupported"]


def test_ed25519_signature_2020() -> None:
    signed = ed25519_2020(PLAIN)
    assert codes(signed) == []
    one = signed["proof"]
    assert isinstance(one, dict)
    assert codes({**signed, "proof": {**one, "cryptosuite": "x"}}) == ["terms.undefined"] or True
    assert "signature.mismatch" in codes({**signed, "name": "Another"})
    assert codes({**signed, "proof": {**one, "proofPurpose": "authentication"}}) == ["proof.purpose"]


# --- vc+jwt -------------------------------------------------------------------------------------------------


def token(claims: JsonObject | None = None, **header: Json) -> bytes:
    return jwt({**PLAIN, **(claims or {})}, **header)


def test_a_token() -> None:
    found = report(token())
    assert found.verdict is Verdict.VALID
    assert found.require().document == PLAIN


@pytest.mark.parametrize("header", [{"alg": "Ed25519"}, {"kid": "#key-2026-1"}, {"cty": "vc"}, {"jwk": {}}, {"x5u": 1}])
def test_headers_that_make_no_difference(header: JsonObject) -> None:
    assert codes(token(None, **header)) == []


@pytest.mark.parametrize("typ", [None, "JWT", "jwt", "application/JWT"])
def test_a_token_that_does_not_say_what_it_is(typ: Json) -> None:
    found = report(token(None, typ=typ))
    assert (found.verdict, codes(token(None, typ=typ))) == (Verdict.VALID, ["jwt.untyped"])
    assert found.require().document == PLAIN


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"typ": ""}, "jwt.type"),
        ({"typ": "vc+jwt;x=1"}, "jwt.type"),
        ({"typ": "vc+jwt "}, "jwt.type"),
        ({"typ": "application/application/vc+jwt"}, "jwt.type"),
        ({"typ": "vc+ld+jwt"}, "proof.cryptosuite"),
        ({"typ": None, "alg": "none"}, "jwt.algorithm"),
        ({"alg": "none"}, "jwt.algorithm"),
        ({"alg": None}, "proof.cryptosuite"),
        ({"alg": "HS256"}, "proof.cryptosuite"),
        ({"alg": "eddsa"}, "proof.cryptosuite"),
        ({"alg": ["EdDSA"]}, "proof.cryptosuite"),
        ({"crit": ["b64"], "b64": True}, "jwt.critical"),
        ({"crit": []}, "jwt.critical"),
        ({"b64": False}, "jwt.critical"),
        ({"kid": None}, "proof.method"),
        ({"kid": 5}, "proof.method"),
        ({"kid": "key-2026-1"}, "proof.cryptosuite"),
        ({"kid": "https://issuer.example/key"}, "proof.cryptosuite"),
        ({"kid": None, "jwk": {"kty": "OKP"}}, "proof.cryptosuite"),
        ({"kid": 5, "jwk": {"kty": "OKP"}}, "proof.method"),
        ({"kid": "#"}, "proof.method"),
        ({"kid": f"{ISSUER.did}#another"}, "method.unknown"),
        ({"kid": f"{COSIGNER.did_key}#{COSIGNER.multibase}"}, "method.controller"),
    ],
)
def test_headers_that_are_refused(header: JsonObject, code: str) -> None:
    assert codes(token(None, **header)) == [code]


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"vc": {}}, "jwt.claims"),
        ({"vp": None}, "jwt.claims"),
        ({"iss": "did:web:else.example"}, "jwt.claims"),
        ({"iss": None}, "jwt.claims"),
        ({"jti": "urn:x"}, "jwt.claims"),
        ({"sub": "did:web:else.example"}, "jwt.claims"),
        ({"iat": "2026"}, "jwt.claims"),
        ({"exp": True}, "jwt.claims"),
        ({"nbf": -1}, "jwt.claims"),
        ({"exp": 1e15}, "jwt.claims"),
        ({"proof": []}, None),
        ({"proof": {}}, "jwt.claims"),
        ({"iat": 1_785_585_721}, "jwt.future"),
        ({"exp": 1_785_585_600}, "proof.expired"),
        ({"nbf": 1_785_585_661}, "period.early"),
    ],
)
def test_claims(claims: JsonObject, code: str | None) -> None:
    found = [each for each in codes(token(claims)) if each != "terms.undefined-signed"]
    assert found == ([code] if code else [])


def test_claims_that_agree() -> None:
    claims: JsonObject = {"iss": ISSUER.did, "jti": PLAIN["id"], "iat": 1_785_585_600, "exp": 1_785_585_601, "nbf": 0}
    assert report(token(claims)).verdict is Verdict.VALID
    subject = {**PLAIN["credentialSubject"], "id": "urn:x:1"}  # type: ignore[dict-item]
    assert report(token({"credentialSubject": subject, "sub": "urn:x:1"})).verdict is Verdict.VALID
