"""What status lists say: several copies, foreign sizes and purposes, and that work is done once."""

from typing import Any

import pytest

from tests.kit.credentials import REVOCATION, SUSPENSION, aima, entry
from tests.kit.minting import AT, ISSUER, Issuer, Key, changed, encoded
from verifier import Report, Trust, Verdict, verify
from verifier.format import statuslist
from verifier.format.errors import FormatError
from verifier.format.types import Json, JsonObject
from verifier.limits import MAX_DECODED_LISTS, MAX_STATUS_ENTRIES, MIN_STATUS_BITS

INDEX = 48213
CREDENTIAL = ISSUER.secured(aima())
BARE = ISSUER.trust(statusLists={})


def revocation(day: int = 31, *revoked: int, **members: Json) -> JsonObject:
    document = ISSUER.status_list("revocation", REVOCATION, frozenset(revoked))
    return ISSUER.secured(changed({**document, "validFrom": f"2026-07-{day:02}T10:00:00Z"}, **members))


def trust(*copies: JsonObject) -> Trust:
    together = BARE
    for copy in copies:
        together += Trust(status_lists={REVOCATION: copy})
    return together


def report(*copies: JsonObject, document: JsonObject = CREDENTIAL) -> Report:
    return verify(encoded(document), trust=trust(*copies), at=AT)


def codes(found: Report) -> list[str]:
    return [check.code for check in found.checks if check.code] + [notice.code for notice in found.warnings]


@pytest.mark.parametrize("turn", [1, -1])
def test_the_newest_genuine_copy_decides(turn: int) -> None:
    old, new = revocation(1), revocation(2, INDEX)
    assert codes(report(*(old, new)[::turn])) == ["status.revoked"]
    stale = revocation(2, INDEX, validUntil="2026-07-03T00:00:00Z")
    found = report(*(old, stale)[::turn])
    assert found.verdict is Verdict.INVALID, "also when the newer one has expired"
    assert "status.revoked" in codes(found)
    fresh_and_stale = report(*(revocation(1), revocation(2, validUntil="2026-07-03T00:00:00Z"))[::turn])
    assert codes(fresh_and_stale) == ["status.stale"], "an older list never wins, however long it is valid"


@pytest.mark.parametrize("turn", [1, -1])
def test_a_withdrawal_is_not_taken_back(turn: int) -> None:
    assert codes(report(*(revocation(1, INDEX), revocation(2))[::turn])) == ["status.revoked", "status.unrevoked"]


def test_a_suspension_is() -> None:
    document = ISSUER.secured(changed(aima(), credentialStatus=entry("suspension", SUSPENSION, 5)))
    old = ISSUER.secured(
        {**ISSUER.status_list("suspension", SUSPENSION, frozenset({5})), "validFrom": "2026-07-01T00:00:00Z"}
    )
    together = BARE + Trust(status_lists={SUSPENSION: old})
    assert verify(encoded(document), trust=together, at=AT).verdict is Verdict.INVALID
    together += Trust(status_lists={SUSPENSION: ISSUER.secured(ISSUER.status_list("suspension", SUSPENSION))})
    assert verify(encoded(document), trust=together, at=AT).verdict is Verdict.VALID


def test_a_forged_copy_hides_nothing() -> None:
    forged = {**revocation(30), "validFrom": "2026-07-31T23:00:00Z"}
    assert codes(report(forged, revocation(1, INDEX))) == ["status.revoked"]
    assert codes(report(forged, revocation(1))) == []
    assert codes(report(forged)) == ["status.not-genuine"]


def test_a_copy_from_the_future_is_open() -> None:
    assert codes(report(revocation(30), changed_start("2099-01-01T00:00:00Z"))) == ["status.early"]


def changed_start(start: str) -> JsonObject:
    document = ISSUER.status_list("revocation", REVOCATION)
    return ISSUER.secured({**document, "validFrom": start, "validUntil": "2100-01-01T00:00:00Z"})


def test_what_is_worth_remembering() -> None:
    kept, future, forged = revocation(2), changed_start("2099-01-01T00:00:00Z"), {**revocation(3), "name": "x"}
    assert dict(report(revocation(1), kept, future, forged).genuine_lists) == {REVOCATION: kept}


def test_many_entries_do_the_work_once(monkeypatch: pytest.MonkeyPatch) -> None:
    entries: list[Json] = [entry("revocation", REVOCATION, index) for index in range(MAX_STATUS_ENTRIES)]
    document = ISSUER.secured(changed(aima(), credentialStatus=entries))
    decoded: list[str] = []
    decode = statuslist.decode

    def count(encoded_list: str) -> bytes:
        decoded.append(encoded_list)
        return decode(encoded_list)

    monkeypatch.setattr(statuslist, "decode", count)
    assert report(revocation(1), revocation(2), document=document).verdict is Verdict.VALID
    assert len(decoded) == len(set(decoded)) <= 2


# --- Foreign lists ------------------------------------------------------------------------------------------


def sized(size: Json, index: int, bits: frozenset[int], purpose: str = "message", **members: Any) -> Report:
    """A credential with an entry of this size and a message for each value, and a list with these bits set."""
    message: JsonObject = {"statusMessage": said(size) or None}
    foreign = changed(entry(purpose, REVOCATION, index), statusSize=size, **{**message, **members})
    document = ISSUER.secured(changed(aima(), credentialStatus=foreign))
    return report(ISSUER.secured(ISSUER.status_list(purpose, REVOCATION, bits)), document=document)


def said(size: Json) -> Json:
    known = {0: "fine", 2: "on leave"}
    values = range(1 << size) if isinstance(size, int) and size > 0 else ()
    return [{"status": f"{value:#X}", "message": known.get(value, f"the value {value}")} for value in values]


@pytest.mark.parametrize(
    ("bits", "text"), [((), "fine"), ((10,), "on leave"), ((11,), "value 1"), ((10, 11), "value 3")]
)
def test_a_message_is_told_and_judges_nothing(bits: tuple[int, ...], text: str) -> None:
    found = sized(2, 5, frozenset(bits))
    assert found.verdict is Verdict.VALID
    assert [text in notice.detail for notice in found.warnings] == [True]
    assert codes(found) == ["status.message"]


@pytest.mark.parametrize("bits", [(), (5,)])
def test_a_newer_version_is_told(bits: tuple[int, ...]) -> None:
    document = ISSUER.secured(changed(aima(), credentialStatus=entry("refresh", REVOCATION, 5)))
    found = report(ISSUER.secured(ISSUER.status_list("refresh", REVOCATION, frozenset(bits))), document=document)
    assert (found.verdict, codes(found)) == (Verdict.VALID, ["status.refresh"] if bits else [])


@pytest.mark.parametrize("size", [0, -1, 9, True, "one", 1.5])
def test_sizes_that_are_refused(size: Json) -> None:
    found = sized(size, 5, frozenset(), "revocation")
    assert "status.type" in codes(found)
    assert found.verdict is not Verdict.VALID


def test_a_size_moves_the_position() -> None:
    assert codes(sized(4, 5, frozenset({23}), "revocation")) == ["status.revoked"]
    assert codes(sized(4, 5, frozenset({19, 24}), "revocation")) == []
    assert codes(sized(8, MIN_STATUS_BITS // 8, frozenset(), "revocation")) == ["status.index"]


@pytest.mark.parametrize("purpose", ["message", "revocation", "suspension"])
def test_what_an_entry_means_is_said(purpose: str) -> None:
    found = sized(2, 5, frozenset(), purpose, statusMessage=None)
    assert (found.verdict, codes(found)) == (Verdict.INVALID, ["status.message-form"])
    assert codes(sized(1, 5, frozenset(), purpose, statusMessage=None)) in ([], ["status.message"])


def test_an_entry_without_meaning_hides_no_withdrawal() -> None:
    found = sized(2, 5, frozenset({10}), "revocation", statusMessage=None)
    assert codes(found) == ["status.message-form", "status.revoked"]


@pytest.mark.parametrize("purpose", ["message", "refresh"])
def test_a_note_that_is_missing_judges_nothing(purpose: str) -> None:
    document = ISSUER.secured(changed(aima(), credentialStatus=entry(purpose, REVOCATION, 5)))
    found = report(document=document)
    assert (found.verdict, codes(found)) == (Verdict.VALID, ["status.note-missing"])


def test_the_list_of_another_issuer() -> None:
    other = Issuer(did="did:web:other.example", key=Key("other"), fragment="key-1")
    foreign = other.secured(other.status_list("revocation", REVOCATION))
    documents: JsonObject = {ISSUER.did: ISSUER.did_document(), other.did: other.did_document()}
    together = ISSUER.trust(didDocuments=documents, statusLists={REVOCATION: foreign})
    assert codes(verify(encoded(CREDENTIAL), trust=together, at=AT)) == ["status.issuer"]


# --- The memory of decoded lists ----------------------------------------------------------------------------


def test_the_decoder_forgets_what_was_longest_unused() -> None:
    decoder = statuslist.Decoder()
    lists = [statuslist.encode(statuslist.with_bits(MIN_STATUS_BITS, frozenset({n}))) for n in range(8)]
    for each in (*lists, lists[0]):
        assert decoder.bits(each) == statuslist.decode(each)
    assert list(decoder._kept) == [*lists[5:], lists[0]]
    assert len(decoder._kept) == MAX_DECODED_LISTS


def test_the_decoder_remembers_refusals() -> None:
    decoder = statuslist.Decoder()
    for _ in range(2):
        with pytest.raises(FormatError, match=r"^status\.encoding"):
            decoder.bits("u")
    assert len(decoder._kept) == 1
