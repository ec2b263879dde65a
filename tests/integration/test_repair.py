"""A register that was lost and restored: what was published and issued after the backup is known again."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from issuer.register import events, examine, transaction
from issuer.service import erase
from keys import durable
from tests.kit import databases
from tests.kit.candidates import record, record_file
from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, SUFFIXES, Home, demo, opened
from verifier import Trust, verify
from verifier.format import statuslist
from verifier.format.timestamp import parse

BACKUP_AT, ACT_AT = "2026-07-02T00:00:00Z", "2026-07-09T00:00:00Z"
UNREPAIRED = "publish.newer-stands" if databases.SERVER else "register.restored"
LOST_AT, AFTER = "2026-07-10T00:00:00Z", "2026-07-10T01:00:00Z"
REASON = ("--reason", "scoring-error", "--decision", "DEC-1")
SUSPEND = ("--reason", "integrity-review", "--decision", "DEC-2", "--due", "2026-08-01T00:00:00Z")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def issue(home: Home, *paths: Path, at: str) -> list[str]:
    answers = home.json("issue", *map(str, paths), at=at)
    answers = answers if isinstance(answers, list) else [answers]
    assert {answer["outcome"] for answer in answers} == {"issued"}
    return [str(answer["publicId"]) for answer in answers]


def saved(home: Home, at: str = BACKUP_AT) -> Callable[[], object]:
    """Backs the register up; to call the answer restores it. What does so for a server marks nothing."""
    if databases.SERVER:
        return home.keep()
    path = home.path.parent / "backup.zip"
    home.json("backup", str(path), at=at)
    return lambda: home.json("restore", str(path), "--replace", at=LOST_AT)


def state(home: Home, public_id: str) -> str:
    return str(home.json("show", public_id, at=AFTER)["state"])


def bits(content: bytes) -> set[int]:
    found = statuslist.decode(json.loads(content)["credentialSubject"]["encodedList"])
    return {place for place in range(len(found) * 8) if found[place // 8] and statuslist.bit(found, place)}


def readers_state(home: Home, name: str) -> str:
    """What a reader finds who has this issued file and the published trust file."""
    trust = Trust.read((home.path / "public" / "trust.json").read_bytes())
    report = verify((home.path / "issued" / name).read_bytes(), trust=trust, at=parse(AFTER))
    assert report.genuine
    return str(report.state)


def whole(home: Home) -> None:
    with opened(home) as desk, transaction(desk.engine) as connection:
        assert events.broken_at(connection) is None
        assert examine.damage(connection) == ()


@dataclass
class Written:
    """Every version of every status list that was ever written, in order, by its path below the public folder."""

    versions: dict[str, list[bytes]] = field(default_factory=dict)

    def note(self, path: Path, data: bytes) -> None:
        if path.parent.parent.name == "status":
            self.versions.setdefault(f"{path.parent.name}/{path.name}", []).append(data)

    def never_cleared(self) -> None:
        for name, versions in self.versions.items():
            dates = [parse(json.loads(each)["validFrom"]) for each in versions]
            assert dates == sorted(set(dates)), name
            seen: set[int] = set()
            for each in versions if name.startswith("revocation") else ():
                assert bits(each) >= seen, name
                seen = bits(each)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    found, replace = Written(), durable.replace

    def noting(path: Path, data: bytes, *, mode: int) -> None:
        replace(path, data, mode=mode)
        found.note(path, data)

    monkeypatch.setattr(durable, "replace", noting)
    yield found
    found.never_cleared()


# --- the whole story --------------------------------------------------------------------------------------------


@dataclass
class Story:
    """60 issued, a backup, 50 more, 10 withdrawn, one corrected, one suspended; then the register is lost."""

    backup: Callable[[], object]
    later: list[Path]
    withdrawn_before: list[str]
    withdrawn_after: list[str]
    corrected: str
    suspended: str


def lived(home: Home, folder: Path) -> Story:
    folder.mkdir()
    before = issue(home, *(record_file(folder, number) for number in range(60)), at=AIMA_AT)
    backup = saved(home)
    later = [record_file(folder, number) for number in range(60, 105)]
    later += [record_file(folder, number, "caig") for number in range(40, 45)]
    after = issue(home, *later, at=CAIG_AT)
    story = Story(backup, later, before[:5], [*after[:4], after[45]], before[10], after[46])
    for public_id in story.withdrawn_before + story.withdrawn_after:
        home.json("revoke", public_id, *REASON, at=ACT_AT)
    home.json("supersede", story.corrected, "--name", "Person Corrected", "--decision", "DEC-3", at=ACT_AT)
    home.json("suspend", story.suspended, *SUSPEND, at=ACT_AT)
    home.json("publish", at=LOST_AT)
    return story


def owners(rows: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], str]:
    return {tuple(row[:3]): row[3] for row in rows}


INDICES = "SELECT purpose, list_number, list_index, award_id FROM status_index"


@pytest.mark.slow
def test_a_lost_register_comes_back_whole(home: Home, tmp_path: Path, written: Written) -> None:
    story = lived(home, tmp_path / "records")
    lost, public, issued = owners(home.rows(INDICES)), home.files("public"), home.files("issued")
    as_it_was = {name: readers_state(home, name) for name in issued}
    story.backup()
    before = home.contents()
    assert home.fails("publish", at=LOST_AT) == UNREPAIRED
    assert home.fails("issue", str(story.later[0]), at=LOST_AT) == UNREPAIRED
    assert (home.contents(), home.files("public"), home.files("issued")) == (before, public, issued)

    done = home.json("repair", at=LOST_AT)
    assert len(done["recovered"]) == 51
    assert sorted(done["withdrawn"]) == sorted(story.withdrawn_before + story.withdrawn_after)
    assert (done["suspended"], done["orphans"], done["skipped"]) == ([story.suspended], 0, [])
    assert home.files("issued") == issued
    assert {name: readers_state(home, name) for name in issued} == as_it_was
    assert sorted(set(as_it_was.values())) == ["suspended", "valid", "withdrawn"]
    assert owners(home.rows(INDICES)) == lost
    assert home.json("show", story.corrected, at=AFTER)["state"] == "valid"
    (reason,) = {home.json("show", each, at=AFTER)["reason"] for each in story.withdrawn_before}
    assert reason == "restored-withdrawal"
    whole(home)

    repaired = home.contents()
    again = home.json("repair", at=LOST_AT)
    assert (again["recovered"], again["freshLists"], again["published"]) == ([], [], None)
    assert home.contents() == repaired

    answers = home.json("issue", *map(str, story.later), at=AFTER)
    assert {(answer["outcome"], answer["first"]) for answer in answers} == {("replayed", "accepted")}
    assert len({answer["publicId"] for answer in answers}) == len(home.rows("SELECT * FROM award")) - 60 == 50
    assert all(len(answer["files"]) in {3, 6} for answer in answers)
    assert home.files("issued") == issued
    caig = next(answer["publicId"] for answer in answers[45:])
    assert home.json("show", caig, at=AFTER)["restsOn"] is not None

    new = issue(home, *(record_file(tmp_path, number) for number in range(200, 210)), at=AFTER)
    assert {readers_state(home, f"{public_id}.r1.json") for public_id in new} == {"valid"}
    fresh = set(owners(home.rows(INDICES))) - set(lost)
    assert {number for _, number, _ in fresh} == {2}
    home.json("publish", at=AFTER)
    whole(home)


@pytest.mark.slow
def test_without_the_issued_files_nothing_that_was_withdrawn_is_valid_again(
    home: Home, tmp_path: Path, written: Written
) -> None:
    story = lived(home, tmp_path / "records")
    lost, issued = owners(home.rows(INDICES)), tmp_path / "kept"
    shutil.move(home.path / "issued", issued)
    (home.path / "issued").mkdir()
    standing = bits((home.path / "public" / "status" / "revocation" / "1").read_bytes())
    story.backup()
    done = home.json("repair", at=LOST_AT)
    # One that was corrected looks withdrawn for as long as its newer revision is not found.
    assert sorted(done["withdrawn"]) == sorted([*story.withdrawn_before, story.corrected])
    assert (done["recovered"], done["suspended"], done["orphans"]) == ([], [], 6)
    assert bits((home.path / "public" / "status" / "revocation" / "1").read_bytes()) == standing
    new = issue(home, *(record_file(tmp_path, number) for number in range(200, 210)), at=AFTER)
    taken = owners(home.rows(INDICES))
    assert {number for each, number, _ in taken if taken[each, number, _] not in lost.values()} == {2}

    shutil.copytree(issued, home.path / "issued", dirs_exist_ok=True)
    late = home.json("repair", at=AFTER)
    assert len(late["recovered"]) == 51
    assert sorted(late["withdrawn"]) == sorted(story.withdrawn_after)
    assert (late["inForceAgain"], late["suspended"]) == ([story.corrected], [story.suspended])
    assert home.rows("SELECT * FROM status_orphan") == []
    assert state(home, story.corrected) == "valid"
    assert {readers_state(home, f"{public_id}.r1.json") for public_id in new} == {"valid"}
    assert {state(home, each) for each in story.withdrawn_before + story.withdrawn_after} == {"withdrawn"}
    whole(home)


# --- one thing at a time ----------------------------------------------------------------------------------------


def test_a_correction_of_a_lost_credential_is_two_revisions(home: Home, tmp_path: Path, written: Written) -> None:
    backup = saved(home)
    (public_id,) = issue(home, record_file(tmp_path, 1), at=CAIG_AT)
    home.json("supersede", public_id, "--name", "Corrected", "--decision", "D", "--no-publish", at=ACT_AT)
    backup()
    done = home.json("repair", at=LOST_AT)
    assert [each["revision"] for each in done["recovered"]] == [1, 2]
    assert [readers_state(home, f"{public_id}.r{number}.json") for number in (1, 2)] == ["withdrawn", "valid"]
    answer = home.json("issue", str(record_file(tmp_path, 1)), at=AFTER)
    assert (answer["outcome"], answer["publicId"], len(answer["files"])) == ("replayed", public_id, 2 * len(SUFFIXES))


def test_a_plan_that_was_signed_after_the_backup_takes_the_signature_that_stands(home: Home, tmp_path: Path) -> None:
    (public_id,) = issue(home, record_file(tmp_path, 1), at=AIMA_AT)
    issued = home.files("issued")
    with opened(home) as desk, transaction(desk.engine) as connection:
        connection.exec_driver_sql("DELETE FROM rendering")
        connection.exec_driver_sql("UPDATE revision SET issued_at = NULL, delivered_at = NULL")
    saved(home)()
    assert home.json("repair", at=LOST_AT)["recovered"] == [{"publicId": public_id, "revision": 1}]
    assert home.json("resume", at=AFTER) == []
    assert home.files("issued") == issued
    assert state(home, public_id) == "valid"


def test_a_suspension_that_was_lifted_stays_lifted(home: Home, tmp_path: Path) -> None:
    issue(home, record_file(tmp_path, 1), at="2026-07-01T09:32:13Z")
    (public_id,) = issue(home, record_file(tmp_path, 1, "caig"), at=CAIG_AT)
    home.json("suspend", public_id, *SUSPEND, at=CAIG_AT)
    backup = saved(home, at=CAIG_AT)
    home.json("reinstate", public_id, "--decision", "D", at=ACT_AT)
    backup()
    assert home.json("repair", at=LOST_AT)["reinstated"] == [public_id]
    assert readers_state(home, f"{public_id}.r1.json") == state(home, public_id) == "valid"


def test_a_decision_that_was_not_published_is_not_undone(home: Home, tmp_path: Path) -> None:
    """The register knows of a later reinstatement than the list: repairing what is not broken changes nothing."""
    issue(home, record_file(tmp_path, 1), at="2026-07-01T09:32:13Z")
    (public_id,) = issue(home, record_file(tmp_path, 1, "caig"), at=CAIG_AT)
    home.json("suspend", public_id, *SUSPEND, at=CAIG_AT)
    home.json("reinstate", public_id, "--decision", "D", "--no-publish", at=ACT_AT)
    done = home.json("repair", at=LOST_AT)
    assert (done["suspended"], done["withdrawn"], done["orphans"]) == ([], [], 0)
    assert state(home, public_id) == "valid"


def test_an_appeal_after_the_backup_puts_the_award_in_force_again(home: Home, tmp_path: Path) -> None:
    (public_id,) = issue(home, record_file(tmp_path, 1), at=AIMA_AT)
    home.json("revoke", public_id, *REASON, at=AIMA_AT)
    backup = saved(home)
    home.json("appeal", public_id, "--decision", "D", at=ACT_AT)
    backup()
    assert home.json("repair", at=LOST_AT)["inForceAgain"] == [public_id]
    assert state(home, public_id) == "valid"
    assert [readers_state(home, f"{public_id}.r{number}.json") for number in (1, 2)] == ["withdrawn", "valid"]


def test_what_was_erased_does_not_come_back(home: Home, tmp_path: Path) -> None:
    old, other = issue(home, *(record_file(tmp_path, number) for number in (1, 2)), at=AIMA_AT)
    backup = saved(home)
    (new,) = issue(home, record_file(tmp_path, 3), at=CAIG_AT)
    kept = {path.name: path.read_bytes() for path in (home.path / "issued").iterdir()}
    for public_id in (old, new):
        home.json("erase", public_id, "--decision", "D", at=ACT_AT)
    backup()
    for name in (f"{old}.r1.json", f"{new}.r1.json"):
        (home.path / "issued" / name).write_bytes(kept[name])
    holders = tmp_path / "holders"
    holders.mkdir()
    (holders / "mine.json").write_bytes(kept[f"{new}.r1.json"])
    done = home.json("repair", "--issued", str(holders), at=LOST_AT)
    assert (done["erased"], done["recovered"], done["orphans"]) == ([old], [], 1)
    assert [each["code"] for each in done["skipped"]] == ["recovered.erased"] * 2
    assert [path.name for path in holders.iterdir()] == ["mine.json"]
    assert sorted(path.name.partition(".")[0] for path in (home.path / "issued").iterdir()) == [other] * len(SUFFIXES)
    assert state(home, old) == "erased"
    assert home.rows("SELECT withdrawn_reason FROM award WHERE erased_at IS NOT NULL") == [("holder-request",)]
    files = (path.read_bytes() for path in home.path.glob("certify.db*") if "before" not in path.name)
    everything = b"".join([*files, *home.stored()])
    assert b"Person 1" not in everything
    assert b"n1@candidate.example" not in everything
    assert b"n2@candidate.example" in everything


@pytest.mark.parametrize("merged", [False, True])
def test_who_holds_nothing_but_results_does_not_come_back_either(home: Home, tmp_path: Path, *, merged: bool) -> None:
    """Through their link they can ask for an erasure as well."""
    for number in (1, 2, 3):
        value = record(number)
        value["assurance"]["integrity"] = "under-review"
        path = tmp_path / f"held-{number}.json"
        path.write_text(json.dumps(value), encoding="utf-8")
        home.certify("issue", str(path), at=AIMA_AT)
    keys = [str(row[0]) for row in home.rows("SELECT person_id FROM result ORDER BY seq")]
    backup = saved(home)
    if merged:
        home.json("person", "merge", keys[0], keys[1], "--decision", "D", at=ACT_AT)
    with opened(home) as desk:
        for key in keys[:1] if merged else keys[:2]:
            erase.erase_person(desk, key, reference="D", at=parse(ACT_AT))
    backup()
    home.json("repair", "--nothing-published", at=LOST_AT)
    everything = b"".join(home.stored())
    assert [f"n{number}@candidate.example".encode() in everything for number in (1, 2, 3)] == [False, False, True]
    assert [f"Person {number}".encode() in everything for number in (1, 2, 3)] == [False, False, True]


def test_a_held_record_that_was_released_after_the_backup_is_not_issued_twice(home: Home, tmp_path: Path) -> None:
    held = record(1)
    held["assurance"]["integrity"] = "under-review"
    path = tmp_path / "held.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    home.json("issue", str(path), at=AIMA_AT)
    backup = saved(home)
    release = ("hold", "release", held["resultId"], "--by", "board", "--decision", "D")
    public_id = home.json(*release, at=ACT_AT)["publicId"]
    backup()
    assert home.json("repair", at=LOST_AT)["adopted"] == [public_id]
    assert home.json("hold", "list", at=AFTER) == []
    assert home.fails(*release, at=AFTER) == "hold.unknown"
    answer = home.json("issue", str(path), at=AFTER)
    assert (answer["outcome"], answer["publicId"]) == ("replayed", public_id)
    whole(home)


def test_a_known_candidate_gets_the_award_back(home: Home, tmp_path: Path) -> None:
    """The AIMA is in the backup, the CAIG is not: the same person holds both again once the record comes."""
    issue(home, record_file(tmp_path, 1), at=AIMA_AT)
    backup = saved(home)
    caig = record_file(tmp_path, 1, "caig")
    (public_id,) = issue(home, caig, at=CAIG_AT)
    backup()
    home.json("repair", at=LOST_AT)
    assert len(home.rows("SELECT DISTINCT person_id FROM award")) == 2
    assert home.json("issue", str(caig), at=AFTER)["publicId"] == public_id
    assert len(home.rows("SELECT DISTINCT person_id FROM award")) == 1
    (aima,) = (row[0] for row in home.rows("SELECT public_id FROM award WHERE credential = 'AIMA'"))
    home.json("revoke", aima, *REASON, at=AFTER)
    assert [each["publicId"] for each in home.json("review", "list", at=AFTER)] == [public_id]


def test_another_result_of_the_same_moment_is_no_replay(home: Home, tmp_path: Path) -> None:
    backup = saved(home)
    (lost,) = issue(home, record_file(tmp_path, 1), at=CAIG_AT)
    backup()
    home.json("repair", at=LOST_AT)
    (new,) = issue(home, record_file(tmp_path, 2), at=AFTER)
    assert new != lost


def test_only_what_is_ours_is_recovered(home: Home, tmp_path: Path) -> None:
    backup = saved(home)
    (public_id,) = issue(home, record_file(tmp_path, 1), at=CAIG_AT)
    issued = home.path / "issued"
    changed = (issued / f"{public_id}.r1.json").read_bytes().replace(b"Person 1", b"Person X")
    holders = tmp_path / "holders"
    holders.mkdir()
    (holders / "changed.json").write_bytes(changed)
    (holders / "foreign.json").write_bytes(
        (RESULTS.parent / "aima.json").read_bytes().replace(b"example", b"elsewhere")
    )
    (holders / "list.json").write_bytes((home.path / "public" / "status" / "revocation" / "1").read_bytes())
    (holders / "noise.json").write_bytes(b"{")
    (holders / "again.json").write_bytes(
        json.dumps(json.loads((issued / f"{public_id}.r1.json").read_bytes())).encode()
    )
    backup()
    shutil.rmtree(issued)
    done = home.json("repair", "--issued", str(holders), at=LOST_AT)
    assert done["recovered"] == [{"publicId": public_id, "revision": 1}]
    assert {Path(each["file"]).name: each["code"] for each in done["skipped"]} == {
        "changed.json": "recovered.not-genuine",
        "foreign.json": "recovered.foreign",
        "list.json": "recovered.unknown",
        "noise.json": "recovered.not-genuine",
    }
    assert len(home.rows("SELECT * FROM rendering")) == 1


def test_a_stale_register_that_was_copied_back_by_hand_is_repaired_too(
    home: Home, tmp_path: Path, written: Written
) -> None:
    (old,) = issue(home, record_file(tmp_path, 1), at=AIMA_AT)
    put_stale = home.keep()
    (new,) = issue(home, record_file(tmp_path, 2), at=CAIG_AT)
    home.json("revoke", old, *REASON, at=ACT_AT)
    put_stale()
    ran = home.certify("publish", at=LOST_AT)
    assert (ran.exit, "certify repair" in ran.err) == (1, True)
    done = home.json("repair", at=LOST_AT)
    assert (done["withdrawn"], done["recovered"]) == ([old], [{"publicId": new, "revision": 1}])
    assert done["freshLists"] == ["revocation/2", "suspension/2"]
    home.json("publish", at=AFTER)
    assert [state(home, each) for each in (old, new)] == ["withdrawn", "valid"]


# --- refusals ---------------------------------------------------------------------------------------------------


def refused(home: Home, code: str, *options: str) -> None:
    before = home.contents(), home.files("public"), home.files("issued")
    assert home.fails("repair", *options, at=LOST_AT) == code
    assert (home.contents(), home.files("public"), home.files("issued")) == before


def test_a_list_that_nobody_of_us_signed_is_refused(home: Home, tmp_path: Path) -> None:
    saved(home)()
    path = home.path / "public" / "status" / "revocation" / "1"
    genuine = path.read_bytes()
    for content in (genuine.replace(b"2026-06-15", b"2026-06-16"), b"{", genuine[:-20]):
        path.write_bytes(content)
        refused(home, "repair.list-not-genuine")
    path.write_bytes((path.parent.parent / "suspension" / "1").read_bytes())
    refused(home, "repair.list-not-genuine")
    path.write_bytes(genuine)
    home.json("repair", at=LOST_AT)


def test_a_list_that_is_not_at_hand_is_missed(home: Home, tmp_path: Path) -> None:
    (public_id,) = issue(home, record_file(tmp_path, 1), at=AIMA_AT)
    backup = saved(home)
    home.json("revoke", public_id, *REASON, at=ACT_AT)
    copied = tmp_path / "web"
    shutil.copytree(home.path / "public", copied)
    shutil.rmtree(home.path / "public")
    backup()
    refused(home, "repair.no-lists")
    (copied / "status" / "suspension" / "1").rename(copied / "one")
    refused(home, "repair.no-lists", "--published", str(copied))
    (copied / "one").rename(copied / "status" / "suspension" / "1")
    assert home.json("repair", "--published", str(copied), at=LOST_AT)["withdrawn"] == [public_id]
    assert state(home, public_id) == "withdrawn"


def test_where_nothing_was_ever_published_one_can_say_so(home: Home) -> None:
    saved(home)()
    shutil.rmtree(home.path / "public")
    refused(home, "repair.no-lists")
    home.json("repair", "--nothing-published", at=LOST_AT)
    home.json("publish", at=AFTER)


def test_a_damaged_ledger_is_not_passed_over(home: Home) -> None:
    saved(home)()
    for content in ("{", '{"at": "2026-07-01T00:00:00Z"}\n', '{"awardId": "x", "at": "then"}\n'):
        (home.path / "erasures.jsonl").write_text(content, encoding="utf-8")
        refused(home, "repair.ledger")


def test_a_repair_that_breaks_changes_nothing_and_can_be_run_again(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = saved(home)
    (public_id,) = issue(home, record_file(tmp_path, 1), at=CAIG_AT)
    home.json("revoke", public_id, *REASON, at=ACT_AT)
    backup()
    before = home.contents()
    with monkeypatch.context() as patch:
        patch.setattr("issuer.service.lists._check", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            home.certify("repair", at=LOST_AT)
    assert home.contents() == before
    assert home.fails("publish", at=LOST_AT) == UNREPAIRED
    assert home.json("repair", at=LOST_AT)["withdrawn"] == [public_id]


def test_a_repair_that_could_not_publish_is_finished_by_either(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = saved(home)
    (public_id,) = issue(home, record_file(tmp_path, 1), at=CAIG_AT)
    home.json("revoke", public_id, *REASON, at=ACT_AT)
    backup()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "trust.json")

    with monkeypatch.context() as patch:
        patch.setattr(durable, "replace", full)
        assert home.fails("repair", at=LOST_AT) == "disk"
    done = home.json("repair", at=LOST_AT)
    assert (done["recovered"], done["freshLists"]) == ([], [])
    assert sorted(done["published"]["lists"])[:2] == ["revocation/1", "revocation/2"]
    assert readers_state(home, f"{public_id}.r1.json") == "withdrawn"
    home.json("publish", at=AFTER)
