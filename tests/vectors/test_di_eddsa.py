"""The W3C's test vectors of Data Integrity EdDSA 1.0, with every intermediate value."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.conftest import PEERS, absent
from tests.kit import w3c
from verifier.format import proof
from verifier.format.contexts import Contexts
from verifier.format.types import JsonObject


@dataclass(frozen=True)
class Vector:
    """One folder of intermediate values."""

    folder: Path
    suffix: str
    unsigned: JsonObject
    key: Ed25519PrivateKey
    contexts: Contexts

    def text(self, name: str) -> str:
        return (self.folder / f"{name}{self.suffix}.txt").read_text(encoding="utf-8").strip("\n")

    @property
    def options(self) -> JsonObject:
        return w3c.load(self.folder / f"proofConfig{self.suffix}.json")

    @property
    def signed(self) -> JsonObject:
        return w3c.load(self.folder / f"signed{self.suffix}.json")


@pytest.fixture(params=["rdfc", "rdfc employ", "jcs"])
def vector(request: pytest.FixtureRequest, vectors: Path) -> Vector:
    suites = vectors / "w3c-di-eddsa" / "TestVectors"
    key = w3c.private_key(str(w3c.load(suites / "keyPair.json")["privateKeyMultibase"]))
    plain = w3c.load(suites / "unsigned.json")
    if request.param == "jcs":
        return Vector(suites / proof.JCS, "JCS", plain, key, w3c.contexts())
    if request.param == "rdfc":
        return Vector(suites / proof.RDFC, "DataInt", plain, key, w3c.contexts())
    file = PEERS / w3c.CITIZENSHIP_FILE
    if not file.is_file():
        absent("The citizenship context is not installed in tests/peers: run make dev.")
    contexts = w3c.contexts(**{w3c.CITIZENSHIP: w3c.load(file)})
    return Vector(suites / proof.RDFC / "employ", "DataInt", w3c.load(suites / "employmentAuth.json"), key, contexts)


def hash_input(vector: Vector) -> proof.HashInput:
    return proof.hash_input(vector.unsigned, vector.options, vector.contexts)


def test_canonical_forms(vector: Vector) -> None:
    found = hash_input(vector)
    assert found.document.decode().strip("\n") == vector.text("canonDoc")
    assert found.proof.decode().strip("\n") == vector.text("proofCanon")


def test_hashes(vector: Vector) -> None:
    found = hash_input(vector)
    assert hashlib.sha256(found.document).hexdigest() == vector.text("docHash")
    assert hashlib.sha256(found.proof).hexdigest() == vector.text("proofHash")
    assert found.data.hex() == vector.text("combinedHash")


def test_the_signature_is_made_again(vector: Vector) -> None:
    signature = vector.key.sign(hash_input(vector).data)
    assert signature.hex() == vector.text("sigHex")
    assert proof.encode_signature(signature) == vector.text("sigBTC58")


def test_the_signed_document_verifies(vector: Vector) -> None:
    entry = vector.signed["proof"]
    assert isinstance(entry, dict)
    assert proof.unsecured(vector.signed) == vector.unsigned
    document = proof.signed_document(vector.signed, entry)
    data = proof.hash_input(document, proof.options_of(entry), vector.contexts).data
    assert data == hash_input(vector).data
    vector.key.public_key().verify(proof.decode_signature(entry["proofValue"]), data)


def test_both_proofs_of_the_set_verify(vectors: Path) -> None:
    """Each proof of a set stands on its own: the document is hashed without any of them."""
    folder = vectors / "w3c-di-eddsa" / "TestVectors" / "proof-set-chain"
    keys = w3c.load(folder / "multiKeyPairs.json")
    signed = w3c.load(folder / "signedProofSet2.json")
    entries = signed["proof"]
    assert isinstance(entries, list)
    assert len(entries) == 2
    for number, entry in enumerate(entries, start=1):
        pair = keys[f"keyPair{number}"]
        assert isinstance(entry, dict)
        assert isinstance(pair, dict)
        document = proof.signed_document(signed, entry)
        data = proof.hash_input(document, proof.options_of(entry), w3c.contexts()).data
        key = w3c.private_key(str(pair["privateKeyMultibase"])).public_key()
        key.verify(proof.decode_signature(entry["proofValue"]), data)
