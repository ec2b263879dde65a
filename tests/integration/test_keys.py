"""The life of signing keys from a terminal, and what their end does to credentials that are out in the world."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kit.home import AIMA_AT, CAIG_AT, REASON, SUFFIXES, Home, demo
from verifier import Report, Trust, verify
from verifier.format.timestamp import parse

FIRST, SECOND, THIRD = "key-2026-1", "key-2026-2", "key-2026-3"
ANNOUNCED, READY, LATER, LAST = (f"2026-07-{day}T00:00:00Z" for day in (12, 13, 14, 20))
DECISION = ("--decision", "DEC-50")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = demo(tmp_path / "home")
    home.issue(at=AIMA_AT)
    return home


def states(home: Home) -> dict[str, str]:
    return {key["id"]: key["state"] for key in home.json("keys", "list")["keys"]}


def did_document(home: Home) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((home.path / "public" / ".well-known" / "did.json").read_bytes())
    return value


def signed_with(data: bytes) -> str:
    (proof,) = json.loads(data)["proof"]
    return str(proof["verificationMethod"].partition("#")[2])


def judged(home: Home, data: bytes, at: str) -> Report:
    return verify(data, trust=Trust.read((home.path / "public" / "trust.json").read_bytes()), at=parse(at))


def lists(home: Home) -> list[bytes]:
    return [path.read_bytes() for path in (home.path / "public" / "status").rglob("*") if path.is_file()]


def rotate(home: Home) -> None:
    home.json("keys", "generate", at=ANNOUNCED)
    home.json("keys", "activate", SECOND, at=READY)


def test_a_key_takes_over_after_a_day_and_the_old_one_retires(home: Home) -> None:
    old = next((home.path / "issued").glob("AIMA-*.r1.json")).read_bytes()
    home.json("keys", "generate", at=ANNOUNCED)
    assert home.fails("keys", "activate", SECOND, at="2026-07-12T23:59:59Z") == "key.transition"
    assert states(home) == {FIRST: "active", SECOND: "announced"}
    assert home.json("keys", "activate", SECOND, at=READY) == {"activated": SECOND}
    new = home.file(home.issue("caig-pass.json", at=READY)).read_bytes()
    assert signed_with(new) == SECOND
    assert {signed_with(each) for each in lists(home)} == {SECOND}

    home.json("keys", "retire", FIRST, at=LATER)
    assert states(home) == {FIRST: "retired", SECOND: "active"}
    document = did_document(home)
    assert f"{document['id']}#{FIRST}" in document["assertionMethod"], "it stays for what it signed"
    assert all(not {"expires", "revoked"} & method.keys() for method in document["verificationMethod"])
    assert judged(home, old, LAST)
    assert judged(home, new, LAST)


def test_the_last_key_is_not_retired(home: Home) -> None:
    assert home.fails("keys", "retire", FIRST, at=LATER) == "key.last-active"
    home.json("keys", "generate", at=LATER)
    assert home.fails("keys", "retire", FIRST, at=LATER) == "key.last-active"
    assert states(home) == {FIRST: "active", SECOND: "announced"}


def test_after_a_compromise_nothing_of_the_key_counts_and_all_can_be_issued_anew(home: Home) -> None:
    caig = home.issue("caig-pass.json", at=CAIG_AT)
    gone = home.issue("aima-diacritics.json", at="2026-07-10T08:32:13Z")
    home.json("revoke", gone, *REASON, at="2026-07-11T00:00:00Z")
    old = {path.name: path.read_bytes() for path in sorted((home.path / "issued").iterdir())}
    rotate(home)
    answer = home.json("keys", "compromise", FIRST, *DECISION, "--yes", at=LATER)
    assert sorted(each["state"] for each in answer["affected"]) == ["valid", "valid"]
    assert caig in {each["publicId"] for each in answer["affected"]}
    document = did_document(home)
    assert f"{document['id']}#{FIRST}" not in document["assertionMethod"]
    assert {signed_with(each) for each in lists(home)} == {SECOND}
    assert {str(judged(home, data, LATER).verdict) for data in old.values()} == {"invalid"}

    again = home.json("keys", "reissue", FIRST, *DECISION, "--yes", at=LATER)
    assert (again["reissued"], again["left"]) == (2, [])
    new = {path.name: path.read_bytes() for path in (home.path / "issued").iterdir() if path.name not in old}
    assert len(new) == 2 * len(SUFFIXES)
    assert all(judged(home, data, LAST) for data in new.values())
    assert {path.name: path.read_bytes() for path in (home.path / "issued").iterdir() if path.name in old} == old
    shown = home.json("show", caig, at=LAST)
    assert [each["cause"] for each in shown["revisions"]] == [None, "issuer-key-compromise"]
    assert home.json("keys", "reissue", FIRST, *DECISION, "--yes", at=LAST)["reissued"] == 0
    assert home.json("log", at=LAST)["intact"]


def test_suspended_and_expired_ones_are_left_and_named(home: Home) -> None:
    caig = home.issue("caig-pass.json", at=CAIG_AT)
    due = ("--due", "2026-08-01T00:00:00Z")
    home.json("suspend", caig, "--reason", "integrity-review", *DECISION, *due, at="2026-07-11T00:00:00Z")
    rotate(home)
    home.json("keys", "compromise", FIRST, *DECISION, "--yes", at=LATER)
    ran = home.certify("keys", "reissue", FIRST, *DECISION, "--yes", at=LATER)
    assert ran.exit == 0
    assert f"Left: {caig}, which is suspended" in ran.out
    home.json("reinstate", caig, *DECISION, at=LAST)
    assert home.json("keys", "reissue", FIRST, *DECISION, "--yes", at=LAST)["reissued"] == 1


def test_a_compromise_of_the_only_key_is_never_refused(home: Home) -> None:
    """Readers learn of it at once; a spare signs at once, since waiting would protect nobody."""
    old = next((home.path / "issued").glob("AIMA-*.r1.json")).read_bytes()
    answer = home.json("keys", "compromise", FIRST, *DECISION, "--yes", at=LATER)
    assert len(answer["affected"]) == 1
    assert did_document(home)["verificationMethod"] == []
    assert str(judged(home, old, LATER).verdict) == "invalid"
    assert home.fails("publish", at=LATER) == "key.none-active"
    home.json("keys", "generate", at=LATER)
    home.json("keys", "activate", SECOND, at=LATER)
    assert home.json("keys", "reissue", FIRST, *DECISION, "--yes", at=LATER)["reissued"] == 1
    assert {signed_with(each) for each in lists(home)} == {SECOND}


def test_compromise_and_new_issue_in_one_command(home: Home) -> None:
    rotate(home)
    ran = home.certify("keys", "compromise", FIRST, "--reissue", *DECISION, "--yes", at=LATER)
    assert ran.exit == 0
    assert "Given up: key-2026-1" in ran.out
    assert "Issued anew: 1 credentials" in ran.out
    assert home.json("show", home.rows("SELECT public_id FROM award")[0][0], at=LAST)["state"] == "valid"


def test_what_makes_no_sense_changes_nothing(home: Home) -> None:
    before = home.files("keys"), home.rows("SELECT * FROM event"), home.files("public")
    assert home.fails("keys", "reissue", FIRST, *DECISION, "--yes", at=LATER) == "key.not-compromised"
    assert home.fails("keys", "activate", FIRST, at=LATER) == "key.transition"
    assert home.fails("keys", "activate", THIRD, at=LATER) == "key.unknown"
    assert home.fails("keys", "compromise", FIRST, "--decision", " ", at=LATER) == "decision.reference"
    assert (home.files("keys"), home.rows("SELECT * FROM event"), home.files("public")) == before


def test_events_name_the_key(home: Home) -> None:
    rotate(home)
    home.json("keys", "compromise", FIRST, *DECISION, "--yes", at=LATER)
    named = [(each["type"], each["subject"]) for each in home.json("log", at=LATER)["events"] if "subject" in each]
    assert named == [("key-announced", SECOND), ("key-activated", SECOND), ("key-compromised", FIRST)]
