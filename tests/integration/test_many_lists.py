"""A list that is nearly full: the next one begins, is public before anything names it, and both go on."""

import json
from pathlib import Path
from typing import Any

import pytest

from issuer.service import issue
from tests.kit.home import AIMA_AT, CAIG_AT, LATER, REASON, SUFFIXES, Home, demo
from tests.kit.results import record
from verifier.format import statuslist

LENGTH = 131_072
FULL = 117_965
"""Nine tenths, rounded up."""
AGAIN = "2026-07-10T12:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An AIMA in revocation list 1, which is given away up to nine tenths less one."""
    home = demo(tmp_path / "home")
    home.issue(at=AIMA_AT)
    ((taken, award),) = home.rows("SELECT list_index, award_id FROM status_index")
    numbers = f"WITH RECURSIVE free (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM free WHERE n < {FULL - 2})"  # noqa: S608
    home.change(
        f"INSERT INTO revision (award_id, number, valid_from, issued_at, delivered_at, credential) {numbers} SELECT"  # noqa: S608
        " award_id, n + 2, valid_from, issued_at, delivered_at, '{}' FROM revision, free"
        f" WHERE number = 1 AND n <> {taken} ORDER BY n LIMIT {FULL - 2}",
        f"INSERT INTO status_index (purpose, list_number, list_index, award_id, revision, is_set) {numbers} SELECT"  # noqa: S608
        f" 'revocation', 1, n, '{award}', n + 2, false FROM free WHERE n <> {taken}"
        f" ORDER BY n LIMIT {FULL - 2}",
    )
    return home


def other(home: Home, name: str, at: str = CAIG_AT) -> str:
    """An AIMA of somebody else."""
    changes: dict[str, Any] = {
        "candidate__candidateId": name,
        "candidate__email": None,
        "resultId": name,
        "attempt__attemptId": name,
    }
    answer = home.json("issue", "-", at=at, stdin=record(**changes))
    assert answer["outcome"] == "issued", answer
    return str(answer["publicId"])


def entries(home: Home, public_id: str) -> list[dict[str, Any]]:
    status = json.loads(home.file(public_id).read_bytes())["credentialStatus"]
    return status if isinstance(status, list) else [status]


def lists_of(home: Home, public_id: str) -> list[str]:
    return [
        entry["statusListCredential"].removeprefix("https://credentials.example") for entry in entries(home, public_id)
    ]


def published(home: Home, number: int) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((home.path / "public" / "status" / "revocation" / str(number)).read_bytes())
    return value


def set_in(home: Home, number: int) -> set[int]:
    bits = statuslist.decode(published(home, number)["credentialSubject"]["encodedList"])
    assert len(bits) * 8 == LENGTH
    return {8 * place + offset for place, byte in enumerate(bits) for offset in range(8) if byte >> (7 - offset) & 1}


def test_the_next_list_begins_at_nine_tenths(home: Home) -> None:
    last, first = other(home, "last"), other(home, "first")
    assert home.rows("SELECT count(*) FROM status_index WHERE list_number = 1") == [(FULL,)]
    assert lists_of(home, last) == ["/status/revocation/1"]
    assert lists_of(home, first) == ["/status/revocation/2"]
    caig = home.issue("caig-pass.json", at=CAIG_AT)
    assert lists_of(home, caig) == ["/status/revocation/2", "/status/suspension/1"], "each purpose has its own lists"
    for public_id in (last, first, caig):
        for suffix in SUFFIXES:
            assert home.verify(public_id, CAIG_AT, suffix)
    names = {each["code"]: each["detail"] for each in home.certify("doctor", "--json", at=CAIG_AT).json["checks"]}
    assert "revocation/2 2 of 131,072 (0 %), suspension/1 1 of" in names["doctor.list-fill"]


def test_a_list_is_public_before_a_credential_that_names_it(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    other(home, "last")
    release, seen = issue._release, list[tuple[dict[str, Any], str]]()

    def watched(*arguments: Any) -> None:
        seen.append((published(home, 2), (home.path / "public" / "trust.json").read_text()))
        release(*arguments)

    monkeypatch.setattr(issue, "_release", watched)
    other(home, "first")
    ((listed, trust),) = seen
    assert listed["id"] == "https://credentials.example/status/revocation/2"
    assert listed["id"] in trust


def test_a_withdrawal_sets_the_bit_in_the_list_that_was_named(home: Home) -> None:
    last, first = other(home, "last"), other(home, "first")
    assert (set_in(home, 1), set_in(home, 2)) == (set(), set())
    home.json("revoke", first, *REASON, at=LATER)
    ((second_entry,), (first_entry,)) = entries(home, first), entries(home, last)
    assert (set_in(home, 1), set_in(home, 2)) == (set(), {int(second_entry["statusListIndex"])})
    home.json("revoke", last, *REASON, at=LATER)
    assert set_in(home, 1) == {int(first_entry["statusListIndex"])}
    assert [str(home.verify(each, LATER).state) for each in (last, first)] == ["withdrawn", "withdrawn"]


def test_the_old_list_is_signed_as_long_as_the_new_one(home: Home) -> None:
    other(home, "last")
    other(home, "first")
    answer = home.json("publish", at=AGAIN)
    assert answer["lists"].keys() == {"revocation/1", "revocation/2", "suspension/1"}
    assert {published(home, number)["validFrom"] for number in (1, 2)} == {"2026-07-10T12:00:00.000Z"}
    third = other(home, "third", at=AGAIN)
    assert lists_of(home, third) == ["/status/revocation/2"]
