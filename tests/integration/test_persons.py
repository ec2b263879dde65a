"""Who is who: what adding an address, merging and splitting change, for the rules and in the register."""

from pathlib import Path
from typing import Any

import pytest

from tests.kit.home import AIMA_AT, CAIG_AT, Home, demo
from tests.kit.results import record

PLATFORM, OTHER_PLATFORM = "exam-platform-demo", "another-platform"
DECIDED = ("--decision", "DEC-20")
ON_OTHER = {
    "platform": OTHER_PLATFORM,
    "candidate__candidateId": "cand_lovelace",
    "candidate__email": "lovelace@candidate.example",
}
"""Ada as another platform knows her: nobody has said that it is she."""
AIMA_FAIL = {**ON_OTHER, "resultId": "r-aima-1", "attempt__attemptId": "a-aima-1", "attempt__number": 1}
CAIG_PASS = {**ON_OTHER, "resultId": "r-caig-2", "attempt__attemptId": "a-caig-2"}
AIMA_PASS = {
    **ON_OTHER,
    "resultId": "r-aima-2",
    "attempt__attemptId": "a-aima-2",
    "attempt__number": 2,
    "attempt__startedAt": "2026-07-16T03:00:00Z",
    "attempt__completedAt": "2026-07-16T03:31:12Z",
    "attempt__scoredAt": "2026-07-16T03:31:13Z",
}
MERGED_AT = "2026-07-17T00:00:00Z"
FAILED_AT, PASSED_AT, DUPLICATE_AT = "2026-07-09T08:32:13Z", "2026-07-18T09:32:13Z", "2026-07-08T03:32:13Z"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Ada with her AIMA, and the same Ada as a second person who has failed AIMA elsewhere."""
    home = demo(tmp_path / "home")
    home.issue(at=AIMA_AT)
    return home


def sent(home: Home, at: str, name: str, changes: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = home.certify("issue", "-", "--json", at=at, stdin=record(name, **changes)).json
    return answer


def failed_elsewhere(home: Home) -> str:
    assert sent(home, FAILED_AT, "aima-fail.json", AIMA_FAIL)["outcome"] == "failed"
    return key_of(home, "cand_lovelace")


def key_of(home: Home, candidate: str) -> str:
    ((key,),) = home.rows(f"SELECT person_id FROM person_candidate WHERE candidate_id = '{candidate}'")  # noqa: S608
    return str(key)


def aima_of(home: Home, key: str) -> str:
    ((public_id,),) = home.rows(f"SELECT public_id FROM award WHERE person_id = '{key}' AND credential = 'AIMA'")  # noqa: S608
    return str(public_id)


def events_of(home: Home, kind: str) -> set[tuple[str, str]]:
    return {(each["subject"], each["decisionRef"]) for each in home.json("log")["events"] if each["type"] == kind}


def everything(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    tables = home.tables()
    return {name: sorted(home.rows(f"SELECT * FROM {name}"), key=str) for name in tables if name != "alembic_version"}  # noqa: S608


# --- merge ------------------------------------------------------------------------------------------------------


def test_after_a_merge_the_aima_of_one_counts_for_the_caig_of_the_other(home: Home) -> None:
    gone = failed_elsewhere(home)
    early = sent(home, PASSED_AT, "caig-retake.json", CAIG_PASS)
    assert early["outcome"] == "refused"
    assert "prerequisite.missing" in early["codes"]
    key = key_of(home, "cand_ada")
    aima = aima_of(home, key)
    assert home.json("person", "merge", aima, gone, *DECIDED, at=PASSED_AT) == {"person": key}
    issued = sent(home, PASSED_AT, "caig-retake.json", CAIG_PASS)
    assert issued["outcome"] == "issued", issued
    assert home.json("show", issued["publicId"], at=PASSED_AT)["restsOn"] == aima
    assert events_of(home, "person-merged") == {(key, "DEC-20"), (gone, "DEC-20")}


def test_after_a_merge_what_is_held_already_is_judged_over_both(home: Home) -> None:
    gone = failed_elsewhere(home)
    key = key_of(home, "cand_ada")
    home.json("person", "merge", key, gone, *DECIDED, at=MERGED_AT)
    answer = sent(home, MERGED_AT, "aima-duplicate.json", AIMA_PASS)
    assert (answer["outcome"], answer["codes"]) == ("refused", ["duplicate.active"])


def test_without_a_merge_each_may_hold_one(home: Home) -> None:
    failed_elsewhere(home)
    assert sent(home, MERGED_AT, "aima-duplicate.json", AIMA_PASS)["outcome"] == "issued"


def test_everything_of_the_one_becomes_the_others(home: Home) -> None:
    gone = failed_elsewhere(home)
    key = key_of(home, "cand_ada")
    home.json("person", "merge", key, gone, *DECIDED, at=MERGED_AT)
    shown = home.json("person", "show", key)
    assert shown["emails"] == ["ada@candidate.example", "lovelace@candidate.example"]
    assert {(each["platform"], each["candidateId"]) for each in shown["candidates"]} == {
        (PLATFORM, "cand_ada"),
        (OTHER_PLATFORM, "cand_lovelace"),
    }
    assert {person for (person,) in home.rows("SELECT person_id FROM result")} == {key}
    left = home.json("person", "show", gone)
    assert (left["mergedInto"], left["emails"], left["candidates"], left["awards"]) == (key, [], [], [])
    text = home.certify("person", "show", gone).out
    assert f"Merged into:  {key}" in text


def test_a_person_who_was_merged_away_is_still_found_by_the_old_key(home: Home) -> None:
    gone = failed_elsewhere(home)
    key = key_of(home, "cand_ada")
    home.json("person", "merge", key, gone, *DECIDED, at=MERGED_AT)
    answer = home.json("person", "add-email", gone, "third@candidate.example", *DECIDED, at=MERGED_AT)
    assert answer == {"person": key}
    assert home.fails("person", "merge", gone, key, *DECIDED, at=MERGED_AT) == "person.same"


# --- add-email --------------------------------------------------------------------------------------------------


def test_a_further_address_ends_the_hold(home: Home) -> None:
    changes = {"candidate__email": "ada@work.example", "attempt__number": 1}
    held = sent(home, CAIG_AT, "caig-pass.json", changes)
    assert (held["outcome"], held["codes"][0]) == ("held", "candidate.mismatch")
    key = key_of(home, "cand_ada")
    home.json("person", "add-email", key, "Ada@Work.example", *DECIDED, at="2026-07-14T00:00:00Z")
    assert events_of(home, "email-added") == {(key, "DEC-20")}
    released = home.json("hold", "release", held["resultId"], "--by", "board", *DECIDED, at="2026-07-14T00:00:00Z")
    assert released["outcome"] == "issued"
    assert "candidate.mismatch" not in released["codes"]
    later = {**changes, "attempt__number": 2, "resultId": "later", "attempt__attemptId": "later"}
    answer = sent(home, DUPLICATE_AT.replace("08T", "14T"), "aima-duplicate.json", later)
    assert answer["codes"] == ["duplicate.active"], "known by that address now: no mismatch"


def test_an_address_is_noted_once(home: Home) -> None:
    key = key_of(home, "cand_ada")
    for _ in range(2):
        home.json("person", "add-email", aima_of(home, key), "ADA@candidate.example", *DECIDED, at=CAIG_AT)
    assert home.json("person", "show", key)["emails"] == ["ada@candidate.example"]


# --- split ------------------------------------------------------------------------------------------------------


def merged(home: Home) -> str:
    """Ada as one person with an AIMA from one platform, a failed AIMA and a passed CAIG from the other."""
    gone = failed_elsewhere(home)
    key = key_of(home, "cand_ada")
    home.json("person", "merge", key, gone, *DECIDED, at=MERGED_AT)
    assert sent(home, PASSED_AT, "caig-retake.json", CAIG_PASS)["outcome"] == "issued"
    return key


SPLIT = ("--platform", OTHER_PLATFORM, "--candidate", "cand_lovelace", "--decision", "DEC-21")
SPLIT_AT = "2026-07-19T00:00:00Z"


def test_a_split_takes_results_awards_and_addresses_along(home: Home) -> None:
    key = merged(home)
    home.json("person", "add-email", key, "found@candidate.example", *DECIDED, at=SPLIT_AT)
    new = home.json("person", "split", key, *SPLIT, at=SPLIT_AT)["person"]
    assert new not in (key, "")
    theirs, hers = home.json("person", "show", new), home.json("person", "show", key)
    assert theirs["emails"] == ["lovelace@candidate.example"]
    assert hers["emails"] == ["ada@candidate.example", "found@candidate.example"]
    assert theirs["candidates"] == [{"platform": OTHER_PLATFORM, "candidateId": "cand_lovelace"}]
    assert hers["candidates"] == [{"platform": PLATFORM, "candidateId": "cand_ada"}]
    assert ([each[:4] for each in theirs["awards"]], [each[:4] for each in hers["awards"]]) == (["CAIG"], ["AIMA"])
    by_person = home.rows("SELECT person_id, credential FROM result ORDER BY seq")
    assert by_person == [(key, "AIMA"), (new, "AIMA"), (new, "CAIG")]
    assert events_of(home, "person-split") == {(key, "DEC-21"), (new, "DEC-21")}
    assert home.json("log")["intact"]


def test_what_is_to_be_told_goes_with_the_address_and_is_erased_with_it(home: Home) -> None:
    key = merged(home)
    home.json("link", "renew", key, *DECIDED, at=SPLIT_AT)
    new = home.json("person", "split", key, *SPLIT, at=SPLIT_AT)["person"]
    told = {(each["person"], each["email"]) for each in home.json("notices", "list")}
    assert told == {(key, "ada@candidate.example"), (new, "lovelace@candidate.example")}
    (public_id,) = home.json("person", "show", new)["awards"]
    home.json("erase", public_id, *DECIDED, at=SPLIT_AT)
    assert b"lovelace@candidate.example" not in b"".join(home.stored())


def test_an_address_that_both_gave_stays_with_both(home: Home) -> None:
    shared = {**AIMA_FAIL, "candidate__email": "ada@candidate.example"}
    assert sent(home, FAILED_AT, "aima-fail.json", shared)["outcome"] == "failed"
    key = key_of(home, "cand_ada")
    home.json("person", "merge", key, key_of(home, "cand_lovelace"), *DECIDED, at=MERGED_AT)
    new = home.json("person", "split", key, *SPLIT, at=SPLIT_AT)["person"]
    assert home.json("person", "show", new)["emails"] == home.json("person", "show", key)["emails"]


def test_after_a_split_nothing_of_the_one_counts_for_the_other(home: Home) -> None:
    failed_elsewhere(home)
    key = key_of(home, "cand_ada")
    home.json("person", "merge", key, key_of(home, "cand_lovelace"), *DECIDED, at=MERGED_AT)
    home.json("person", "split", key, *SPLIT, at=MERGED_AT)
    assert "prerequisite.missing" in sent(home, PASSED_AT, "caig-retake.json", CAIG_PASS)["codes"]


def test_a_refused_record_stays_since_nothing_of_it_was_kept(home: Home) -> None:
    """It counts for nothing, and no byte of it says any more whose it was."""
    failed_elsewhere(home)
    sent(home, PASSED_AT, "caig-retake.json", CAIG_PASS)
    key = key_of(home, "cand_ada")
    home.json("person", "merge", key, key_of(home, "cand_lovelace"), *DECIDED, at=PASSED_AT)
    new = home.json("person", "split", key, *SPLIT, at=SPLIT_AT)["person"]
    assert home.rows("SELECT person_id, state FROM result ORDER BY seq")[1:] == [(new, "failed"), (key, "refused")]


# --- refusals ---------------------------------------------------------------------------------------------------

ADA = "cand_ada"
REFUSED: list[tuple[tuple[str, ...], str]] = [
    (("add-email", ADA, "no address", *DECIDED), "person.email"),
    (("add-email", ADA, "a@b@c", *DECIDED), "person.email"),
    (("add-email", "nobody", "a@b.example", *DECIDED), "person.unknown"),
    (("add-email", ADA, "a@b.example", "--decision", " "), "decision.reference"),
    (("merge", ADA, ADA, *DECIDED), "person.same"),
    (("merge", ADA, "nobody", *DECIDED), "person.unknown"),
    (("merge", "AIMA-2026-00000000", ADA, *DECIDED), "person.unknown"),
    (("merge", ADA, "cand_lovelace", "--decision", ""), "decision.reference"),
    (("split", ADA, "--platform", PLATFORM, "--candidate", "cand_ada", *DECIDED), "person.candidate"),
    (("split", ADA, "--platform", OTHER_PLATFORM, "--candidate", "cand_ada", *DECIDED), "person.candidate"),
    (("split", "nobody", "--platform", PLATFORM, "--candidate", "cand_ada", *DECIDED), "person.unknown"),
    (("split", ADA, "--platform", PLATFORM, "--candidate", "cand_ada", "--decision", " "), "decision.reference"),
]


@pytest.mark.parametrize(("command", "code"), REFUSED)
def test_a_refusal_changes_nothing(home: Home, command: tuple[str, ...], code: str) -> None:
    failed_elsewhere(home)
    keys = {candidate: key_of(home, candidate) for candidate in ("cand_ada", "cand_lovelace")}
    before = everything(home)
    act, *names = command
    given = [keys.get(name, name) if place < 2 else name for place, name in enumerate(names)]
    assert home.fails("person", act, *given, at=MERGED_AT) == code
    assert everything(home) == before


def test_the_log_names_no_person(home: Home) -> None:
    merged(home)
    text = str(home.json("log"))
    assert "candidate.example" not in text
    assert "cand_" not in text
