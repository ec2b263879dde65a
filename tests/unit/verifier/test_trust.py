"""Trust: the files that are read, what adding up means, and what the caller is told about a bad file."""

from datetime import UTC, datetime

import pytest

from tests.kit.credentials import REVOCATION, SUSPENSION, aima
from tests.kit.minting import ISSUER, changed, encoded, read_trust
from verifier import Trust, TrustError
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_QR_DICTIONARY_BYTES
from verifier.trust import Issuer, KeyWindow

ADDRESS = "https://credentials.example/qr/100.bin"


def test_a_trust_file() -> None:
    trust = ISSUER.trust(schemas={"urn:s": {"type": "object"}}, qrDictionaries={ADDRESS: "AAAA"})
    assert trust.as_of == datetime(2026, 7, 31, 10, tzinfo=UTC)
    window = KeyWindow(ISSUER.method, datetime(2026, 1, 1, tzinfo=UTC))
    assert dict(trust.issuers) == {ISSUER.did: Issuer(ISSUER.did, "Example Certification Body", (window,))}
    assert trust.issuers[ISSUER.did].window(ISSUER.method) == window
    assert trust.issuers[ISSUER.did].window("did:web:a#b") is None
    assert set(trust.did_documents) == {ISSUER.did}
    assert set(trust.status_lists) == {REVOCATION, SUSPENSION}
    assert set(trust.schemas) == {"urn:s"}
    assert dict(trust.qr_dictionaries) == {ADDRESS: bytes(3)}


def test_the_least_of_a_trust_file() -> None:
    assert read_trust({"asOf": None}) == Trust()
    assert read_trust({"issuers": []}) == Trust()


def test_a_byte_order_mark_is_passed_over() -> None:
    for document in (ISSUER.trust_file(), ISSUER.did_document(), *ISSUER.lists().values()):
        assert Trust.read(b"\xef\xbb\xbf" + encoded(document)) == Trust.read(encoded(document))
    with pytest.raises(TrustError, match=r"trust\.json"):
        Trust.read(b"\xef\xbb\xbf" * 2 + encoded(ISSUER.trust_file()))


def test_single_documents_are_recognised() -> None:
    assert set(read_trust(ISSUER.did_document()).did_documents) == {ISSUER.did}
    assert not read_trust(ISSUER.did_document()).issuers, "a DID document resolves, it never accepts"
    signed = ISSUER.lists()[REVOCATION]
    assert dict(read_trust(signed).status_lists) == {REVOCATION: signed}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "trust.json"),
        (b"[]", "trust.json"),
        (b'{"asOf":null,"asOf":null}', "trust.json"),
        (b"{}", "trust.unknown"),
        (b'{"a":1}', "trust.unknown"),
        (b'{"asOf":null,"more":1}', "trust.unknown"),
        (b'{"id":"https://a.example"}', "trust.unknown"),
        (encoded(aima()), "trust.unknown"),
        (b'{"asOf":"now"}', "trust.format"),
        (b'{"asOf":null,"qrDictionaries":[1]}', "trust.format"),
        (encoded({"asOf": None, "qrDictionaries": {"100": "AAAA"}}), "trust.format"),
        (encoded({"asOf": None, "qrDictionaries": {ADDRESS.replace("100", "001"): "AAAA"}}), "trust.format"),
        (encoded({"asOf": None, "qrDictionaries": {ADDRESS: "AAA="}}), "trust.format"),
        (encoded({"asOf": None, "qrDictionaries": {ADDRESS: ""}}), "trust.format"),
        (encoded({"asOf": None, "qrDictionaries": {ADDRESS: 5}}), "trust.format"),
        (encoded({"asOf": None, "qrDictionaries": {ADDRESS: "A" * (MAX_QR_DICTIONARY_BYTES * 2)}}), "trust.format"),
        (b'{"asOf":5}', "trust.format"),
        (b'{"issuers":{}}', "trust.format"),
        (b'{"issuers":["did:web:a"]}', "trust.format"),
        (b'{"issuers":[{"name":"a"}]}', "trust.format"),
        (b'{"issuers":[{"id":5}]}', "trust.format"),
        (b'{"issuers":[{"id":"a","keys":{}}]}', "trust.format"),
        (b'{"issuers":[{"id":"a","keys":["k"]}]}', "trust.format"),
        (b'{"issuers":[{"id":"a","keys":[{"id":5}]}]}', "trust.format"),
        (b'{"issuers":[{"id":"a","keys":[{"id":"k","activeFrom":"now"}]}]}', "trust.format"),
        (b'{"issuers":[{"id":"a","keys":[{"id":"k","activeUntil":5}]}]}', "trust.format"),
        (b'{"asOf":null,"didDocuments":[1]}', "trust.format"),
        (b'{"asOf":null,"statusLists":{"a":1}}', "trust.format"),
        (b'{"asOf":null,"schemas":"x"}', "trust.format"),
        (b'{"type":["BitstringStatusListCredential"]}', "trust.format"),
    ],
)
def test_files_that_cannot_be_used(data: bytes, code: str) -> None:
    with pytest.raises(TrustError) as refused:
        Trust.read(data)
    assert refused.value.code == code
    assert refused.value.detail


def test_adding_up() -> None:
    one = Trust(datetime(2026, 1, 1, tzinfo=UTC), {"a": Issuer("a", "old")}, {"d": {"v": 1}}, {}, {"s": {"v": 1}})
    two = Trust(None, {"a": Issuer("a", "new"), "b": Issuer("b")}, {"d": {"v": 2}}, {}, {})
    both = one + two
    assert both.as_of == one.as_of
    assert both.issuers["a"].name == "new"
    assert set(both.issuers) == {"a", "b"}
    assert both.did_documents["d"] == {"v": 2}
    assert both.schemas == one.schemas
    assert (two + Trust(datetime(2025, 1, 1, tzinfo=UTC)) + one).as_of == datetime(2025, 1, 1, tzinfo=UTC)


def test_the_newer_of_two_lists_counts() -> None:
    def trust(**members: Json) -> Trust:
        signed = ISSUER.secured(changed(ISSUER.status_list("revocation", REVOCATION), **members))
        return read_trust(signed)

    old, new = trust(validFrom="2026-07-30T10:00:00Z"), trust(validFrom="2026-07-31T10:00:00.001Z")
    undated, broken = trust(validFrom=None), trust(validFrom="soon")
    for first, second in [(old, new), (new, old), (undated, new), (new, undated), (broken, new), (new, broken)]:
        assert (first + second).status_lists == new.status_lists


def test_accepting_one_more() -> None:
    trust = ISSUER.trust()
    assert "did:web:b" in trust.accepting("did:web:b").issuers
    assert "did:web:b" not in trust.issuers
    assert trust.accepting(ISSUER.did).issuers[ISSUER.did].keys, "what is known of an issuer stays"


def test_it_cannot_be_changed() -> None:
    trust = ISSUER.trust()
    with pytest.raises(TypeError):
        trust.issuers["did:web:b"] = Issuer("did:web:b")  # type: ignore[index]
    with pytest.raises(AttributeError):
        trust.as_of = None  # type: ignore[misc]


@pytest.mark.parametrize("name", ["didDocuments", "statusLists", "schemas"])
def test_null_is_nothing(name: str) -> None:
    value: JsonObject = {"asOf": None, name: None}
    assert read_trust(value) == Trust()
