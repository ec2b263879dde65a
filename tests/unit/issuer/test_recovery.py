"""What a register is told again: every decision of a repair, one at a time."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from issuer import config as configuration
from issuer.credential import StatusEntry
from issuer.recovery import Candidate, Owner, holder_of, is_in_force_again, match, number_for, read, weigh
from issuer.results import Record, read_record
from tests.unit.issuer.result_records import CATALOG, change, good

EXAMPLES = Path(__file__).parents[3] / "examples"
CONFIG = configuration.build(
    Path("home"),
    name="DEMO Certification Body",
    base_url="https://credentials.example",
    email="complaints@credentials.example",
    demo=True,
)
T0 = datetime(2026, 7, 1, tzinfo=UTC)


def days(count: int) -> datetime:
    return T0 + timedelta(days=count)


def document(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_bytes())
    del value["proof"]
    return value


# --- reading a credential ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "purposes"), [("aima", ["revocation"]), ("caig", ["revocation", "suspension"])])
def test_a_credential_says_what_its_award_holds(name: str, purposes: list[str]) -> None:
    signed = document(name)
    found = read(signed, CONFIG, CATALOG)
    assert found is not None
    assert (found.award.id, found.award.public_id) == (signed["id"], signed["credentialSubject"]["licenseNumber"])
    assert found.blueprint.id == f"{name}-2026.1"
    assert [entry.purpose for entry in found.entries] == purposes
    assert {entry.list_number for entry in found.entries} == {1}
    assert found.holder == holder_of(signed)
    assert found.award.awarded <= found.valid_from < found.award.valid_until


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("credentialSubject.achievement.id", "https://credentials.example/achievements/other/1"),
        ("credentialSubject.achievement", None),
        ("credentialSubject", []),
        ("awardedDate", "then"),
        ("validFrom", 1),
        ("credentialStatus.statusListCredential", "https://elsewhere.example/status/revocation/1"),
        ("credentialStatus.statusListCredential", "https://credentials.example/status/revocation/x"),
        ("credentialStatus.statusListIndex", "-1"),
        ("credentialSubject.identifier", []),
    ],
)
def test_what_is_no_credential_of_ours_says_nothing(path: str, value: object) -> None:
    assert read(json.loads(change(document("aima"), {path: value})), CONFIG, CATALOG) is None


def test_an_erased_credential_names_nobody() -> None:
    assert holder_of({}) == ""


# --- numbers of revisions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "begun", "hint", "number"),
    [
        ({}, 0, 0, 1),
        ({}, 0, 2, 2),
        ({1: 0}, 5, 0, 2),
        ({1: 0}, 5, 3, 3),
        ({1: 0}, 5, 1, 2),
        ({2: 5}, 0, 1, 1),
        ({2: 5}, 0, 0, 1),
        ({2: 5}, 0, 4, 1),
        ({1: 5}, 0, 1, None),
        ({1: 0, 2: 9}, 5, 0, None),
        ({1: 0, 3: 9}, 5, 0, 2),
    ],
)
def test_a_found_revision_is_numbered_by_its_date(
    known: dict[int, int], begun: int, hint: int, number: int | None
) -> None:
    assert number_for({each: days(day) for each, day in known.items()}, days(begun), hint) == number


# --- bits -------------------------------------------------------------------------------------------------------


def entry(index: int, purpose: str = "revocation") -> StatusEntry:
    return StatusEntry(purpose, 1, index)


def test_set_bits_are_news_old_news_or_nobodys() -> None:
    owners = {
        entry(1): Owner("a", is_newest=True, is_set=False),
        entry(2): Owner("b", is_newest=False, is_set=False),
        entry(3): Owner("b", is_newest=True, is_set=False),
        entry(4): Owner("c", is_newest=True, is_set=True),
        entry(5): Owner("d", is_newest=True, is_set=False),
        entry(6): Owner("e", is_newest=False, is_set=False),
    }
    told = weigh([entry(9), entry(6), entry(4), entry(1)], owners)
    assert told.ended == ("a",)
    assert told.bits == (entry(1), entry(6))
    assert told.orphans == (entry(9),)
    both = weigh([entry(2), entry(3)], owners)
    assert (both.ended, both.bits, both.orphans) == (("b",), (entry(2), entry(3)), ())
    assert weigh([], owners) == weigh([entry(4)], owners)


@pytest.mark.parametrize(
    ("is_set", "withdrawn", "reason", "again"),
    [
        (False, None, None, False),
        (True, 1, "scoring-error", False),
        (True, 1, "restored-withdrawal", False),
        (False, 1, "scoring-error", True),
        (False, 9, "scoring-error", False),
        (False, 9, "restored-withdrawal", True),
    ],
)
def test_a_newer_revision_overturns_an_older_withdrawal(
    is_set: bool, withdrawn: int | None, reason: str | None, again: bool
) -> None:
    at = None if withdrawn is None else days(withdrawn)
    assert is_in_force_again(days(5), is_set=is_set, withdrawn_at=at, reason=reason) is again


# --- which award a record led to --------------------------------------------------------------------------------


def record(**changes: object) -> Record:
    return read_record(change(good("aima"), {name.replace("__", "."): value for name, value in changes.items()}))


def candidate(of: Record, **changes: Any) -> Candidate:
    made = Candidate(
        "urn:uuid:1", of.credential, of.blueprint, of.attempt.scored_at, frozenset({of.candidate.display_name})
    )
    return replace(made, **changes)


def test_a_record_finds_its_award_by_what_the_credential_says() -> None:
    given = record()
    assert match(given, [candidate(given)]) == candidate(given)
    assert match(given, []) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"credential": "CAIG"},
        {"blueprint": "aima-2027.1"},
        {"awarded": T0},
        {"holders": frozenset({"ADA EXAMPLE"})},
        {"holders": frozenset[str]()},
    ],
)
def test_anything_else_is_another_award(changes: dict[str, Any]) -> None:
    given = record()
    assert match(given, [candidate(given, **changes)]) is None
    assert match(given, [candidate(given, **changes), candidate(given)]) == candidate(given)


def test_two_that_fit_are_none() -> None:
    given = record()
    assert match(given, [candidate(given), candidate(given, award_id="urn:uuid:2")]) is None


def test_a_corrected_name_is_another_name_of_the_same_award() -> None:
    given = record()
    both = candidate(given, holders=frozenset({given.candidate.display_name, "Ada Corrected"}))
    assert match(given, [both]) == both


def test_who_failed_was_awarded_nothing() -> None:
    given = record()
    assert match(replace(given, outcome="fail"), [candidate(given)]) is None
