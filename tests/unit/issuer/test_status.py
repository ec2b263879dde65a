"""Status lists: exactly the bits of the rows, always newer, and never a withdrawal less."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from issuer import status
from issuer.errors import IssuerError
from verifier.format import statuslist
from verifier.format.terms import to_quads
from verifier.format.timestamp import format_milliseconds, parse

AT = datetime(2026, 7, 1, 9, 32, 13, 123_999, tzinfo=UTC)
URL = "https://credentials.example/status/revocation/1"
DID = "did:web:credentials.example"
LENGTH = 131_072


def list_of(*indices: int) -> dict[str, Any]:
    return status.build(URL, DID, "revocation", length=LENGTH, indices=frozenset(indices), valid_from=AT)


def encoded(*indices: int) -> str:
    return statuslist.encode(statuslist.with_bits(LENGTH, frozenset(indices)))


def test_the_first_list_is_dated_now_in_milliseconds() -> None:
    assert status.next_valid_from(AT, None) == AT.replace(microsecond=123_000)


@pytest.mark.parametrize(
    "last", [AT, AT.replace(microsecond=123_000), AT + timedelta(days=1), AT - timedelta(microseconds=1)]
)
def test_a_list_is_newer_than_the_one_that_stands(last: datetime) -> None:
    last = last.replace(microsecond=last.microsecond // 1000 * 1000)
    following = status.next_valid_from(AT, last)
    assert format_milliseconds(following) > format_milliseconds(last)
    assert parse(format_milliseconds(following)) == following


def test_the_credential_is_what_the_specification_asks_for() -> None:
    value = list_of(7, 131_071)
    assert value.keys() == {"@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject"}
    assert value["@context"] == ["https://www.w3.org/ns/credentials/v2"]
    assert value["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert (value["id"], value["issuer"]) == (URL, DID)
    assert (value["validFrom"], value["validUntil"]) == ("2026-07-01T09:32:13.123Z", "2026-08-05T09:32:13.123Z")
    subject = value["credentialSubject"]
    bits = statuslist.decode(subject.pop("encodedList"))
    assert [place for place in range(LENGTH) if statuslist.bit(bits, place)] == [7, 131_071]
    assert subject == {
        "id": f"{URL}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "ttl": 3_600_000,
    }


def test_it_can_be_signed() -> None:
    assert to_quads(list_of(1))
    assert list_of(1) != list_of(2)


def test_no_bit_is_cleared() -> None:
    kept: list[tuple[set[int], set[int]]] = [(set(), set()), (set(), {5}), ({5}, {5}), ({0, 131_071}, {0, 9, 131_071})]
    for standing, now in kept:
        status.refuse_lost_bits(encoded(*standing), frozenset(now), URL)
    lost: list[tuple[set[int], set[int]]] = [({5}, set()), ({5}, {6}), ({0, 1, 2}, {0, 2}), ({131_071}, {131_070})]
    for standing, now in lost:
        with pytest.raises(IssuerError) as raised:
            status.refuse_lost_bits(encoded(*standing), frozenset(now), URL)
        assert raised.value.code == "status.unrevoked"
        assert "1 entries" in raised.value.detail


def test_an_index_beyond_the_end_is_noticed() -> None:
    with pytest.raises(IssuerError) as raised:
        list_of(LENGTH)
    assert raised.value.code == "status.length"
