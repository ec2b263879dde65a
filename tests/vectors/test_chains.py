"""The W3C's vectors of proof sets, proof chains and Ed25519Signature2020, with every value between."""

import hashlib
from pathlib import Path

import pytest

from tests.kit import w3c
from verifier.format import proof
from verifier.format.types import Json, JsonObject, as_list

SIGNED = [f"signedProof{kind}{number}" for kind in ("Set", "Chain") for number in (1, 2)]


@pytest.fixture
def folder(vectors: Path) -> Path:
    return vectors / "w3c-di-eddsa" / "TestVectors" / "proof-set-chain"


def entries(document: JsonObject) -> list[JsonObject]:
    return [entry for entry in as_list(document["proof"]) if isinstance(entry, dict)]


def covered(document: JsonObject, entry: JsonObject) -> JsonObject:
    """What a proof covers: the document, with the proofs that this one rests on (Data Integrity 1.0 section 4.4)."""
    names = as_list(entry.get("previousProof"))
    previous: list[Json] = [each for each in entries(document) if each.get("id") in names]
    assert len(previous) == len(names)
    plain = proof.signed_document(document, entry)
    return {**plain, "proof": previous} if previous else plain


def data(document: JsonObject, entry: JsonObject) -> bytes:
    return proof.hash_input(covered(document, entry), proof.options_of(entry), w3c.contexts()).data


def pair_of(folder: Path, entry: JsonObject) -> JsonObject:
    """The key pair that an entry's verificationMethod names."""
    method = str(entry["verificationMethod"]).rpartition("#")[2]
    pairs = [pair for pair in w3c.load(folder / "multiKeyPairs.json").values() if isinstance(pair, dict)]
    return next(pair for pair in pairs if pair["publicKeyMultibase"] == method)


@pytest.mark.parametrize("name", SIGNED)
def test_every_proof_verifies_and_is_made_again(folder: Path, name: str) -> None:
    document = w3c.load(folder / f"{name}.json")
    for entry in entries(document):
        key = w3c.private_key(str(pair_of(folder, entry)["privateKeyMultibase"]))
        signed = data(document, entry)
        key.public_key().verify(proof.decode_signature(entry["proofValue"]), signed)
        assert proof.encode_signature(key.sign(signed)) == entry["proofValue"]


@pytest.mark.parametrize("number", [1, 2])
def test_what_a_chained_proof_covers(folder: Path, number: int) -> None:
    """The W3C's temporary documents: with the referenced proofs, whole, and with no other."""
    document = w3c.load(folder / f"signedProofChain{number}.json")
    entry = entries(document)[-1]
    assert covered(document, entry) == w3c.load(folder / f"proofChainTempDoc{number}.json")
    assert proof.options_of(entry) == w3c.load(folder / f"proofChainConfig{number}.json")
    assert entry == w3c.load(folder / f"proofChainConfigSigned{number}.json")


@pytest.mark.parametrize("number", [1, 2])
def test_what_a_proof_of_a_set_covers(folder: Path, number: int) -> None:
    document = w3c.load(folder / f"signedProofSet{number}.json")
    entry = entries(document)[number - 1]
    assert covered(document, entry) == w3c.load(folder / "unsigned.json")
    assert proof.options_of(entry) == w3c.load(folder / f"proofSetConfig{number}.json")
    assert entry == w3c.load(folder / f"proofSetConfigSigned{number}.json")


@pytest.mark.parametrize("number", [1, 2])
def test_a_chained_proof_holds_only_with_what_it_rests_on(folder: Path, number: int) -> None:
    document = w3c.load(folder / f"signedProofChain{number}.json")
    entry = entries(document)[-1]
    plain, options = proof.unsecured(document), proof.options_of(entry)
    every: list[Json] = [each for each in entries(document) if each != entry]
    expected = data(document, entry)
    assert proof.hash_input(plain, options, w3c.contexts()).data != expected
    for left_out in range(len(every)):
        fewer: JsonObject = {**plain, "proof": every[:left_out] + every[left_out + 1 :]}
        if fewer["proof"] != covered(document, entry)["proof"]:
            assert proof.hash_input(fewer, options, w3c.contexts()).data != expected


@pytest.fixture
def suite_2020(vectors: Path) -> Path:
    return vectors / "w3c-di-eddsa" / "TestVectors"


def text(suite_2020: Path, name: str) -> str:
    return (suite_2020 / "Ed25519Signature2020" / f"{name}EdSig.txt").read_text(encoding="utf-8").strip("\n")


def test_ed25519_signature_2020(suite_2020: Path) -> None:
    signed = w3c.load(suite_2020 / "Ed25519Signature2020" / "signedEdSig.json")
    (entry,) = entries(signed)
    assert proof.suite_of(entry) == proof.ED25519_2020
    options = {**proof.options_of(entry), "@context": signed["@context"]}
    assert options == w3c.load(suite_2020 / "Ed25519Signature2020" / "proofConfigEdSig.json")

    found = proof.hash_input(proof.unsecured(signed), proof.options_of(entry), w3c.contexts())
    assert found.document.decode().strip("\n") == text(suite_2020, "canonDoc")
    assert found.proof.decode().strip("\n") == text(suite_2020, "proofCanon")
    assert hashlib.sha256(found.document).hexdigest() == text(suite_2020, "docHash")
    assert hashlib.sha256(found.proof).hexdigest() == text(suite_2020, "proofHash")
    assert found.data.hex() == text(suite_2020, "combinedHash")

    key = w3c.private_key(str(w3c.load(suite_2020 / "keyPair.json")["privateKeyMultibase"]))
    signature = key.sign(found.data)
    assert signature.hex() == text(suite_2020, "sigHex")
    assert proof.encode_signature(signature) == text(suite_2020, "sigBTC58") == entry["proofValue"]
