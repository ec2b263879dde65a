"""The memory: what it keeps, what it never lets go, and that what it writes can be read."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.kit.credentials import REVOCATION, SUSPENSION, aima, caig
from tests.kit.minting import AT, ISSUER, Issuer, Key, changed, encoded
from verifier import Report, Trust, verify
from verifier.format import statuslist
from verifier.format.types import JsonObject
from verifier.limits import MAX_LIST_COPIES, MAX_REMEMBERED_KEYS, MAX_REMEMBERED_LISTS, MAX_TRUST_BYTES
from verifier.memory import forget, remember

ACCEPTED = frozenset({ISSUER.did})
NOTHING = Trust()


def revocation(day: int, *revoked: int, **members: str) -> JsonObject:
    """The revocation list as it was signed on that day of July."""
    document = changed(ISSUER.status_list("revocation", REVOCATION, frozenset(revoked)), **members)
    return ISSUER.secured({**document, "validFrom": f"2026-07-{day:02}T10:00:00Z"})


def report(*lists: JsonObject) -> Report:
    """A report that found these lists genuine, each in a credential of its own."""
    inner = tuple(Report((), AT, genuine_lists={str(each["id"]): each}) for each in lists)
    return Report((), AT, credentials=inner)


def after(*lists: JsonObject, at: datetime = AT, before: Trust = NOTHING) -> Trust:
    """The memory after checks that found these, one after the other."""
    for each in lists:
        before = Trust.read(remember(before, report(each), ACCEPTED, at))
    return before


def test_an_empty_memory_holds_the_time() -> None:
    assert after(before=Trust.read(remember(NOTHING, report(), ACCEPTED, AT))) == Trust(seen_at=AT)


def test_genuine_lists_of_a_real_check_are_kept() -> None:
    found = verify(encoded(ISSUER.secured(caig())), trust=ISSUER.trust(), at=AT)
    assert dict(Trust.read(remember(NOTHING, found, ACCEPTED, AT)).status_lists) == ISSUER.lists()


def test_a_list_by_another_who_is_accepted_is_kept() -> None:
    other = Issuer(did="did:web:status.example", key=Key("status service"), fragment="key-1")
    listing = other.secured(other.status_list("revocation", REVOCATION))
    documents: JsonObject = {each.did: each.did_document() for each in (ISSUER, other)}
    together = ISSUER.trust(didDocuments=documents, statusLists={REVOCATION: listing}).accepting(other.did)
    found = verify(encoded(ISSUER.secured(aima())), trust=together, at=AT)
    for accepted, kept in ((ACCEPTED | {other.did}, {REVOCATION: listing}), (ACCEPTED, {})):
        assert dict(Trust.read(remember(NOTHING, found, accepted, AT)).status_lists) == kept


def test_lists_of_others_are_not_kept() -> None:
    assert json.loads(remember(NOTHING, report(revocation(1)), frozenset({"did:web:else.example"}), AT)) == {
        "seenAt": "2026-08-01T12:00:00.000Z",
        "statusLists": {},
    }


@pytest.mark.parametrize("days", [(1, 2), (2, 1), (2, 2), (1, 3, 2)])
def test_the_newest_stays(days: tuple[int, ...]) -> None:
    memory = after(*(revocation(day) for day in days))
    assert memory.list_copies(REVOCATION) == (revocation(max(days)),)


def test_a_withdrawal_taken_back_is_kept_beside_the_newest() -> None:
    memory = after(revocation(1, 7), revocation(2), revocation(3, 9))
    assert memory.list_copies(REVOCATION) == (revocation(3, 9), revocation(1, 7))


def test_room_is_left_for_the_list_that_is_given() -> None:
    memory = after(*(revocation(day, day) for day in range(1, 9)))
    assert memory.list_copies(REVOCATION)[0] == revocation(8, 8)
    assert len(memory.list_copies(REVOCATION)) == MAX_LIST_COPIES - 1


def test_a_lifted_suspension_is_no_withdrawal() -> None:
    early, late = (
        ISSUER.secured(
            {**ISSUER.status_list("suspension", SUSPENSION, frozenset(bits)), "validFrom": f"2026-07-0{day}T00:00:00Z"}
        )
        for day, bits in ((1, {5}), (2, set()))
    )
    assert after(early, late).list_copies(SUSPENSION) == (late,)


def test_lists_of_different_length_are_compared_from_their_first_entry() -> None:
    longer = revocation(2)
    subject = longer["credentialSubject"]
    assert isinstance(subject, dict)
    subject["encodedList"] = statuslist.encode(statuslist.with_bits(262_144, frozenset({7})))
    assert after(revocation(1, 7), longer).list_copies(REVOCATION) == (longer,)


def test_time_never_runs_backwards() -> None:
    late = AT + timedelta(days=1)
    assert after(revocation(2), at=AT, before=after(revocation(1), at=late)).seen_at == late
    assert after(revocation(2), at=late, before=after(revocation(1), at=AT)).seen_at == late


@pytest.mark.parametrize("start", ["never", 5, "2026-07-01"])
def test_what_somebody_wrote_into_it_does_no_harm(start: object) -> None:
    forged = {REVOCATION: {"validFrom": start, "credentialSubject": [1]}}
    memory = Trust.read(encoded({"seenAt": "2026-07-01T00:00:00Z", "statusLists": forged}))  # type: ignore[dict-item]
    assert after(revocation(1), before=memory).list_copies(REVOCATION) == (revocation(1),)


def test_the_lists_that_were_there_longest_are_forgotten() -> None:
    lists = {f"https://credentials.example/{n}": revocation(1) for n in range(MAX_REMEMBERED_LISTS)}
    memory = after(revocation(1), before=Trust(status_lists=lists))
    assert len(memory.status_lists) == MAX_REMEMBERED_LISTS
    assert REVOCATION in memory.status_lists
    assert "https://credentials.example/0" not in memory.status_lists


def test_what_is_written_can_be_read_again() -> None:
    """Three of the largest lists together are more than a trust file may hold."""
    one = revocation(1, name="x" * (MAX_TRUST_BYTES * 2 // 5))
    large = [changed(one, id=f"urn:list:{n}") for n in range(3)]
    assert set(after(*large).status_lists) == {"urn:list:1", "urn:list:2"}


def test_older_copies_are_forgotten_before_lists() -> None:
    large = [revocation(day, day, name="x" * (MAX_TRUST_BYTES * 2 // 5)) for day in (1, 2, 3)]
    memory = after(*large)
    assert memory.list_copies(REVOCATION) == (large[2], large[1])


def test_what_could_not_be_read_is_not_remembered() -> None:
    issuer: JsonObject = {"name": "a"}
    for _ in range(63):
        issuer = {"id": ISSUER.did, "parentOrg": issuer}
    lists = after(revocation(1), changed(revocation(1), id="urn:list:deep", issuer=issuer))
    assert set(lists.status_lists) == {REVOCATION}


# --- Put right ----------------------------------------------------------------------------------------------


def test_a_time_that_the_clock_has_not_reached_is_forgotten_and_withdrawals_stay() -> None:
    ahead = AT + timedelta(days=9999)
    memory = after(revocation(1, 7), revocation(2), at=ahead)
    found = forget(memory, AT)
    assert (found.ahead, found.gone, found.kept) == (ahead, (), 1)
    assert Trust.read(found.content) == replace(memory, seen_at=AT)


def test_lists_that_are_dated_later_than_now_are_forgotten() -> None:
    later, other = revocation(31), changed(revocation(30), id="urn:list:later")
    memory = after(revocation(1, 7), later, other, at=AT)
    found = forget(memory, datetime(2026, 7, 15, tzinfo=UTC))
    assert set(found.gone) == {REVOCATION, "urn:list:later"}
    assert Trust.read(found.content).list_copies(REVOCATION) == (revocation(1, 7),)
    assert found.kept == 1


def test_a_memory_that_is_right_stays_as_it_is() -> None:
    memory = after(revocation(1), at=AT)
    for now in (AT, AT + timedelta(days=1)):
        found = forget(memory, now)
        assert (found.ahead, found.gone) == (None, ())
        assert Trust.read(found.content) == memory


def test_compromised_keys_are_never_forgotten() -> None:
    memory = Trust.read(remember(NOTHING, report(), ACCEPTED, AT, frozenset({ISSUER.method})))
    assert Trust.read(forget(memory, AT - timedelta(days=9)).content).compromised == {ISSUER.method}


def test_no_more_compromised_keys_are_kept_than_a_memory_may_hold() -> None:
    many = frozenset(f"{ISSUER.did}#{n}" for n in range(MAX_REMEMBERED_KEYS + 1))
    assert len(Trust.read(remember(NOTHING, report(), ACCEPTED, AT, many)).compromised) == MAX_REMEMBERED_KEYS


def test_an_issuer_may_stand_in_an_object() -> None:
    other = Issuer(did="did:web:other.example", key=Key("other"))
    listed = changed(other.secured(other.status_list("revocation", REVOCATION)), issuer={"id": ISSUER.did})
    assert set(after(listed).status_lists) == {REVOCATION}


def test_no_list_is_remembered_that_lies_in_the_future() -> None:
    dates: JsonObject = {"validFrom": "2099-01-01T00:00:00Z", "validUntil": "2100-01-01T00:00:00Z"}
    early = ISSUER.secured({**ISSUER.status_list("revocation", REVOCATION), **dates})
    trust = ISSUER.trust(statusLists={REVOCATION: early})
    found = verify(encoded(ISSUER.secured(aima())), trust=trust, at=AT)
    assert not Trust.read(remember(NOTHING, found, ACCEPTED, AT)).status_lists
    assert AT.tzinfo is UTC
