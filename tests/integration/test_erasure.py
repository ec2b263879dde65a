"""The two acts of a holder on personal data: what is gone afterwards, and what must still hold."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, Home, demo
from verifier import Report, Trust, verify
from verifier.format.timestamp import parse

ERASED_AT, LATER = "2026-07-20T00:00:00Z", "2026-07-21T00:00:00Z"
DECISION = ("--decision", "DEC-40")
WORD = 5
"""Bytes that do not stand in base64 by chance."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def record(name: str, **members: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((RESULTS / name).read_bytes())
    return {**value, **members}


def of(home: Home, value: dict[str, Any], at: str) -> dict[str, Any]:
    answer: dict[str, Any] = home.json("issue", "-", at=at, stdin=json.dumps(value).encode())
    return answer


def personal(value: dict[str, Any]) -> list[bytes]:
    """What names the candidate, in each way in which a file may hold it."""
    candidate = value["candidate"]
    texts = [candidate["displayName"], candidate["candidateId"], candidate["email"], candidate["email"].casefold()]
    texts += texts[0].split()
    plain = [form for text in texts for form in (text.encode(), json.dumps(text)[1:-1].encode())]
    return [*plain, *(form for each in plain if len(each) >= WORD for form in in_tokens(each))]


def in_tokens(data: bytes) -> list[bytes]:
    """What of it shows in base64url, wherever in a group of three bytes it begins."""
    found = []
    for before in range(3):
        text = urlsafe_b64encode(bytes(before) + data)
        found.append(text[-(-before * 8 // 6) : (before + len(data)) * 8 // 6])
    return found


def found_in(home: Home, needles: list[bytes]) -> list[bytes]:
    """The files, and the values of the register, that hold one of them."""
    files = [path.read_bytes() for path in home.path.rglob("*") if path.is_file()]
    return [data for data in [*files, *home.stored()] if any(each in data for each in needles)]


def judged(home: Home, data: bytes, at: str) -> Report:
    return verify(data, trust=Trust.read((home.path / "public" / "trust.json").read_bytes()), at=parse(at))


def held(aima: dict[str, Any]) -> dict[str, Any]:
    """The same person's sitting on the day before, which is under suspicion."""
    times = {name: text.replace("07-01", "06-30") for name, text in aima["attempt"].items() if name.endswith("At")}
    return {
        **aima,
        "resultId": "held-1",
        "attempt": {**aima["attempt"], **times, "attemptId": "held-1", "number": 1},
        "assurance": {**aima["assurance"], "integrity": "flagged"},
    }


@pytest.fixture
def person(home: Home) -> dict[str, Any]:
    """Somebody with an AIMA, a CAIG, a correction, a failed attempt and a held one, among others."""
    aima = record("aima-pass.json")
    aima["candidate"]["displayName"] = "Zofia Żółć-Quixote"
    aima["attempt"]["number"] = 2
    of(home, held(aima), "2026-06-30T12:00:00Z")
    of(home, aima, AIMA_AT)
    caig = record("caig-pass.json")
    caig["candidate"] = {**caig["candidate"], "displayName": "Zofia Żółć-Quixote"}
    of(home, caig, CAIG_AT)
    (public_id,) = (row[0] for row in home.rows("SELECT public_id FROM award WHERE credential = 'AIMA'"))
    home.json("supersede", public_id, "--name", "Zofia Corrected-Quixote", *DECISION, at="2026-07-10T00:00:00Z")
    home.issue("aima-diacritics.json", at="2026-07-12T08:32:13Z")
    return {**aima, "publicId": public_id}


def test_nothing_of_the_person_is_left_and_the_history_holds(home: Home, person: dict[str, Any]) -> None:
    needles = [*personal(person), b"Corrected-Quixote", *in_tokens(b"Corrected-Quixote")]
    assert found_in(home, needles), "the search finds what is there"
    copies = {path.name: path.read_bytes() for path in (home.path / "issued").iterdir()}
    others = {name: data for name, data in copies.items() if not any(each in data for each in needles)}
    events_before = home.json("log", at=ERASED_AT)["events"]

    assert home.fails("erase", person["publicId"], *DECISION, at=ERASED_AT) == "erase.others"
    answer = home.json("erase", person["publicId"], "--whole-person", *DECISION, at=ERASED_AT)
    assert len(answer["erased"]) == 2

    assert found_in(home, needles) == []
    assert {path.name: path.read_bytes() for path in (home.path / "issued").iterdir()} == others
    log = home.json("log", at=LATER)
    assert log["intact"]
    assert log["events"][: len(events_before)] == events_before
    for name, data in copies.items():
        report = judged(home, data, LATER)
        assert (report.genuine, str(report.state)) == (True, "valid" if name in others else "withdrawn")


def test_a_tombstone_says_what_and_when_and_nothing_else(home: Home, person: dict[str, Any]) -> None:
    home.json("erase", person["publicId"], "--whole-person", *DECISION, at=ERASED_AT)
    shown = home.json("show", person["publicId"], at=LATER)
    assert (shown["state"], shown["erased"], shown["reason"]) == ("erased", ERASED_AT, "holder-request")
    assert all(entry["set"] for entry in shown["status"] if entry["purpose"] == "revocation")
    assert home.fails("erase", person["publicId"], *DECISION, at=LATER) == "award.erased"
    assert home.json("hold", "list", at=LATER) == []
    assert home.json("review", "list", at=LATER) == []
    assert home.json("person", "show", person["publicId"], at=LATER)["emails"] == []


def test_the_same_record_again_brings_nothing_back(home: Home, person: dict[str, Any]) -> None:
    home.json("erase", person["publicId"], "--whole-person", *DECISION, at=ERASED_AT)
    again = of(home, {name: value for name, value in person.items() if name != "publicId"}, LATER)
    assert (again["outcome"], again["first"], again["files"]) == ("replayed", "accepted", [])
    assert found_in(home, personal(person)) == []


def test_contact_data_goes_and_the_credential_stays(home: Home, person: dict[str, Any]) -> None:
    email = person["candidate"]["email"].casefold().encode()
    assert found_in(home, [email])
    before = {path.name: path.read_bytes() for path in (home.path / "issued").iterdir()}
    home.json("forget-contact", person["publicId"], *DECISION, at=ERASED_AT)
    assert found_in(home, [email, person["candidate"]["email"].encode()]) == []
    assert {path.name: path.read_bytes() for path in (home.path / "issued").iterdir()} == before
    assert home.json("show", person["publicId"], at=LATER)["state"] == "valid"
    assert home.json("log", at=LATER)["intact"]
    ran = home.certify("hold", "release", "held-1", "--by", "staff-2", *DECISION, "--json", at=LATER)
    assert (ran.json["outcome"], ran.json["codes"]) == ("refused", ["duplicate.active"]), "it can still be decided"


def test_what_a_person_alone_holds_needs_no_second_word(home: Home) -> None:
    public_id = home.issue()
    assert home.json("erase", public_id, *DECISION, at=ERASED_AT)["erased"] == [public_id]
    lines = [json.loads(line) for line in (home.path / "erasures.jsonl").read_text().splitlines()]
    assert [sorted(line) for line in lines] == [["at", "awardId"], ["at", "personId"]]
    assert {line["at"] for line in lines} == {ERASED_AT}
