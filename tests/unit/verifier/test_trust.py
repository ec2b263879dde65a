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
        (b'{"issuers":[{"id":"a","keys":[{"id":"k","compromised":true}]}]}', "trust.format"),
        (b'{"issuers":[{"id":"a"},{"id":"b"},{"id":"a","name":"again"}]}', "trust.format"),
        (b'{"issuers":[{"id":"a","keys":[{"id":"k"},{"id":"k","activeUntil":null}]}]}', "trust.format"),
        (b'{"seenAt":"2026-01-01T00:00:00Z","compromised":{}}', "trust.format"),
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


OLD, NEW = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
DID = "did:web:a"


def both(one: Json, other: Json) -> Trust:
    """The two together, in either order."""
    first, second = read_trust(one), read_trust(other)
    assert first + second == second + first
    return first + second


def file(as_of: str | None, *keys: JsonObject, **members: Json) -> JsonObject:
    issuer: JsonObject = {"id": DID, "name": str(as_of), "keys": list(keys)}
    return {"asOf": as_of, "issuers": [issuer], "didDocuments": {DID: {"v": as_of}}, **members}


def test_adding_up() -> None:
    one = file(OLD, schemas={"s": {"v": 1}})
    two: JsonObject = {**file(NEW), "issuers": [{"id": "did:web:b"}]}
    together = both(one, two)
    assert together.as_of == datetime(2026, 1, 1, tzinfo=UTC)
    assert set(together.issuers) == {DID, "did:web:b"}
    assert together.did_documents == {DID: {"v": NEW}}
    assert together.schemas == {"s": {"v": 1}}


@pytest.mark.parametrize(("older", "newer"), [(OLD, NEW), (None, OLD), (None, NEW)])
def test_the_newer_file_counts_in_whatever_order(older: str | None, newer: str) -> None:
    kinds: JsonObject = {kind: {ADDRESS: {"v": 1}} for kind in ("schemas", "contexts")}
    others: JsonObject = {kind: {ADDRESS: {"v": 2}} for kind in ("schemas", "contexts")}
    old = file(older, {"id": f"{DID}#k"}, qrDictionaries={ADDRESS: "AAAA"}, **kinds)
    new = file(newer, {"id": f"{DID}#k", "activeUntil": OLD}, qrDictionaries={ADDRESS: "AAAB"}, **others)
    together, alone = both(old, new), read_trust(new)
    assert together.issuers == alone.issuers
    assert together.did_documents == alone.did_documents
    assert (together.schemas, together.contexts) == (alone.schemas, alone.contexts)
    assert together.qr_dictionaries == alone.qr_dictionaries


def test_a_key_that_the_newer_file_no_longer_lists_is_gone() -> None:
    kept: JsonObject = {"id": f"{DID}#kept"}
    gone: JsonObject = {"id": f"{DID}#gone"}
    together = both(file(OLD, kept, gone), file(NEW, kept))
    assert together.issuers[DID].window(f"{DID}#gone") is None
    assert together.issuers[DID].window(f"{DID}#kept") is not None


def test_of_two_equally_new_files_that_differ_none_counts() -> None:
    for date in (NEW, None):
        one, two = file(date, {"id": f"{DID}#1"}), file(date, {"id": f"{DID}#2"}, didDocuments={DID: {"v": 2}})
        together = both(one, two)
        assert together.issuers[DID] == Issuer(DID, str(date), disputed=True)
        assert together.disputes(DID)
        assert DID not in together.did_documents
        assert both(one, one) == read_trust(one)
        later = read_trust(file("2026-03-01T00:00:00Z"))
        assert (together + later).issuers == later.issuers
        assert (together + later).did_documents == later.did_documents


def test_a_document_without_a_date_takes_no_place_of_a_dated_one() -> None:
    single: JsonObject = {"id": DID, "v": "undated"}
    assert both(file(OLD), single).did_documents == {DID: {"v": OLD}}
    assert both(file(None, didDocuments=None), single).did_documents == {DID: single}
    assert read_trust(file(OLD)).resolving({DID: single}).did_documents == {DID: single}, "given by hand, or fetched"


def test_a_compromised_key_stays_compromised() -> None:
    key = f"{DID}#k"
    marked: JsonObject = {"id": key, "compromised": OLD}
    open_again: JsonObject = {"id": key}
    for one, two in [(OLD, NEW), (NEW, OLD), (None, NEW), (NEW, None), (NEW, NEW)]:
        assert both(file(one, marked), file(two, open_again)).compromised == {key}
    memory: JsonObject = {"seenAt": OLD, "compromised": [key, 5]}
    assert both(memory, file(NEW, open_again)).compromised == {key}


def test_nobody_marks_the_key_of_somebody_else() -> None:
    assert not read_trust(file(NEW, {"id": "did:web:b#k", "compromised": OLD})).compromised


def test_the_newer_of_two_lists_counts() -> None:
    def trust(**members: Json) -> Trust:
        signed = ISSUER.secured(changed(ISSUER.status_list("revocation", REVOCATION), **members))
        return read_trust(signed)

    old, new = trust(validFrom="2026-07-30T10:00:00Z"), trust(validFrom="2026-07-31T10:00:00.001Z")
    undated, broken = trust(validFrom=None), trust(validFrom="soon")
    for first, second in [(old, new), (new, old), (undated, new), (new, undated), (broken, new), (new, broken)]:
        assert (first + second).status_lists == new.status_lists


def test_of_two_lists_of_one_date_it_is_always_the_same_one_that_comes_first() -> None:
    one = changed(ISSUER.status_list("revocation", REVOCATION), name="1")
    other = changed(one, name="2")
    assert both(one, other).list_copies(REVOCATION) == (other, one)


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
