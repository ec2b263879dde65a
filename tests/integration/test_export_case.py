"""`certify export-case`: what an auditor gets of one credential, and that it can be checked without the issuer."""

import hashlib
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

import verifier.cli
from tests.kit.home import AIMA_AT, CAIG_AT, REASON, RESULTS, SUFFIXES, Home, demo
from verifier import verify
from verifier.format.timestamp import parse

SUSPENDED_AT, LIFTED_AT, REVOKED_AT, NOW = (f"2026-07-{day}T00:00:00Z" for day in ("09", "10", "11", "12"))
ALWAYS = {
    "README.txt",
    "manifest.json",
    "award.json",
    "person.json",
    "decisions.json",
    "events.json",
    "trust.json",
    "did.json",
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = demo(tmp_path / "home")
    home.issue(at=AIMA_AT)
    return home


@pytest.fixture
def caig(home: Home) -> str:
    """Suspended, reinstated, corrected and withdrawn: every bit has moved."""
    public_id = home.issue("caig-pass.json", at=CAIG_AT)
    suspend = ("--reason", "integrity-review", "--decision", "DEC-2", "--due", "2026-08-01T00:00:00Z")
    home.json("suspend", public_id, *suspend, at=SUSPENDED_AT)
    home.json("reinstate", public_id, "--decision", "DEC-3", at=LIFTED_AT)
    home.json("revoke", public_id, *REASON, at=REVOKED_AT)
    return public_id


def exported(home: Home, public_id: str, folder: Path, at: str = NOW) -> dict[str, bytes]:
    """The members, unpacked into a folder."""
    path = folder.with_suffix(".zip")
    answer = home.json("export-case", public_id, str(path), at=at)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == sorted(archive.namelist()) == answer["members"]
        archive.extractall(folder)
        return {name: archive.read(name) for name in archive.namelist()}


def value(members: dict[str, bytes], name: str) -> Any:
    return json.loads(members[name])


def verified(folder: Path, *options: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.chdir(folder)
    return verifier.cli.main(options)


def test_it_holds_everything_of_one_credential(home: Home, caig: str, tmp_path: Path) -> None:
    members = exported(home, caig, tmp_path / "case")
    files = {f"renderings/{caig}.r1{suffix}": home.file(caig, suffix).read_bytes() for suffix in SUFFIXES}
    assert {name: members[name] for name in files} == files, "byte for byte"
    lists = {name for name in members if name.startswith("status/")}
    assert members.keys() == ALWAYS | {"result.json"} | files.keys() | lists
    assert members["result.json"] == (RESULTS / "caig-pass.json").read_bytes()
    assert value(members, "award.json") == home.json("show", caig, at=NOW)
    assert value(members, "person.json") == {"person": value(members, "award.json")["person"]}
    decisions = value(members, "decisions.json")
    assert decisions["sha256"] == hashlib.sha256(members["result.json"]).hexdigest()
    assert [each["outcome"] for each in decisions["decisions"]] == ["accepted"]
    assert members["trust.json"] == (home.path / "public" / "trust.json").read_bytes()
    assert members["did.json"] == (home.path / "public" / ".well-known" / "did.json").read_bytes()


def test_the_manifest_names_every_other_member(home: Home, caig: str, tmp_path: Path) -> None:
    members = exported(home, caig, tmp_path / "case")
    manifest = value(members, "manifest.json")
    assert (manifest["credential"], manifest["exportedAt"]) == (caig, NOW)
    assert manifest["exportedBy"].startswith("certify 0.")
    assert manifest["members"] == {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in members.items()
        if name != "manifest.json"
    }


def test_the_events_can_be_held_against_the_log(home: Home, caig: str, tmp_path: Path) -> None:
    told = value(exported(home, caig, tmp_path / "case"), "events.json")
    hashes = dict(home.rows("SELECT seq, hash FROM event"))
    assert (told["chainHolds"], told["brokenAt"]) == (True, None)
    assert [each["type"] for each in told["events"]] == ["planned", "issued", "suspended", "reinstated", "revoked"]
    for each in told["events"]:
        assert each["hash"] == hashes[each["seq"]]
        assert each["prev"] == hashes[each["seq"] - 1]
    home.change("UPDATE event SET actor_role = 'nobody' WHERE seq = 2")
    told = value(exported(home, caig, tmp_path / "again"), "events.json")
    assert (told["chainHolds"], told["brokenAt"]) == (False, 2)


def test_the_lists_are_those_on_both_sides_of_each_change(home: Home, caig: str, tmp_path: Path) -> None:
    home.json("publish", at=NOW)
    home.json("publish", at="2026-07-13T00:00:00Z")
    members = exported(home, caig, tmp_path / "case", at="2026-07-13T00:00:00Z")
    lists = [name.removeprefix("status/") for name in members if name.startswith("status/")]
    assert lists == [
        "revocation-1-2026-07-10T000000.000Z.json",
        "revocation-1-2026-07-11T000000.000Z.json",
        "revocation-1-2026-07-13T000000.000Z.json",
        "suspension-1-2026-07-08T013213.000Z.json",
        "suspension-1-2026-07-09T000000.000Z.json",
        "suspension-1-2026-07-10T000000.000Z.json",
        "suspension-1-2026-07-13T000000.000Z.json",
    ]
    stored = {bytes(content) for (content,) in home.rows("SELECT content FROM status_list")}
    assert {members[f"status/{name}"] for name in lists} <= stored


def test_a_withdrawn_credential_is_checked_from_the_folder_alone(
    home: Home, caig: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "case"
    members = exported(home, caig, folder)
    file = f"renderings/{caig}.r1.json"
    assert file in members["README.txt"].decode()
    alone = ("--did-doc", "did.json", "--accept-issuer", "did:web:credentials.example")

    def found(*options: str) -> int:
        return verified(folder, file, *options, monkeypatch=monkeypatch)

    def lists(day: str) -> tuple[str, ...]:
        names = [name for name in members if name.startswith("status/") and f"-2026-07-{day}T" in name]
        return tuple(part for name in names for part in ("--status-list", name))

    assert found("--trust", "trust.json", "--at", NOW) == 1
    suspension = ("--status-list", "status/suspension-1-2026-07-10T000000.000Z.json")
    assert found(*alone, *lists("10"), "--at", "2026-07-10T12:00:00Z") == 0, "before the withdrawal"
    assert found(*alone, *lists("11"), *suspension, "--at", "2026-07-11T12:00:00Z") == 1, "after it"
    revocation = ("--status-list", "status/revocation-1-2026-07-10T000000.000Z.json")
    assert found(*alone, *lists("09"), *revocation, "--at", "2026-07-10T00:00:00Z") == 1, "suspended"


def test_a_credential_in_force_is_checked_from_the_folder_alone(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((public_id,),) = home.rows("SELECT public_id FROM award")
    members = exported(home, public_id, tmp_path / "case", at=AIMA_AT)
    for suffix in ("", ".compact"):
        options = (f"renderings/{public_id}.r1{suffix}.json", "--trust", "trust.json", "--at", AIMA_AT)
        assert verified(tmp_path / "case", *options, monkeypatch=monkeypatch) == 0
    assert len([name for name in members if name.startswith("status/")]) == 1, "nothing has changed: the newest"


def test_every_revision_is_in_it(home: Home, tmp_path: Path) -> None:
    ((public_id,),) = home.rows("SELECT public_id FROM award")
    home.json("supersede", public_id, "--name", "Ada Correct", "--decision", "DEC-4", at=NOW)
    members = exported(home, public_id, tmp_path / "case")
    renderings = {name for name in members if name.startswith("renderings/")}
    assert renderings == {f"renderings/{public_id}.r{n}{suffix}" for n in (1, 2) for suffix in SUFFIXES}
    assert f"certify-verify renderings/{public_id}.r2.json" in members["README.txt"].decode()


def test_the_same_state_gives_the_same_bytes_for_the_owner_alone(home: Home, caig: str, tmp_path: Path) -> None:
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    for path in (first, second):
        home.json("export-case", caig, str(path), at=NOW)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100600}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_cannot_be_written_leaves_nothing_behind(home: Home, caig: str, tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    path.write_text("mine")
    assert home.fails("export-case", caig, str(path), at=NOW) == "export.exists"
    assert path.read_text() == "mine"
    link = tmp_path / "link.zip"
    link.symlink_to(tmp_path / "nowhere")
    assert home.fails("export-case", caig, str(link), at=NOW) == "export.exists"
    assert home.fails("export-case", caig, str(home.path / "public" / "case.zip"), at=NOW) == "export.public"
    assert home.fails("export-case", caig, str(tmp_path / "no" / "case.zip"), at=NOW) == "disk"
    assert home.fails("export-case", "AIMA-2026-00000000", str(tmp_path / "x.zip"), at=NOW) == "award.unknown"
    (home.path / "public" / "trust.json").unlink()
    assert home.fails("export-case", caig, str(tmp_path / "x.zip"), at=NOW) == "export.unpublished"
    assert {each.name for each in tmp_path.glob("*.zip")} == {"case.zip", "link.zip"}


def test_it_says_that_it_holds_personal_data_and_changes_nothing(home: Home, caig: str, tmp_path: Path) -> None:
    before = (home.files("."), home.rows("SELECT * FROM event"))
    ran = home.certify("export-case", caig, str(tmp_path / "case.zip"), at=NOW)
    assert "personal data" in ran.out
    assert home.json("export-case", caig, str(tmp_path / "other.zip"), at=NOW)["holdsPersonalData"] is True
    assert (home.files("."), home.rows("SELECT * FROM event")) == before


def test_after_an_erasure_only_the_tombstone_is_left(home: Home, caig: str, tmp_path: Path) -> None:
    home.json("erase", caig, "--whole-person", "--decision", "DEC-6", at=NOW)
    members = exported(home, caig, tmp_path / "case")
    lists = {name for name in members if name.startswith("status/")}
    assert members.keys() == ALWAYS | lists
    assert "erasure" in members["README.txt"].decode()
    whole = b"".join(members.values())
    assert b"Ada Example" not in whole
    assert b"candidate.example" not in whole


def test_deleted_contact_data_is_explained(home: Home, tmp_path: Path) -> None:
    ((public_id,),) = home.rows("SELECT public_id FROM award")
    home.json("forget-contact", public_id, "--decision", "DEC-7", at=NOW)
    members = exported(home, public_id, tmp_path / "case")
    assert "e-mail address in result.json was deleted" in members["README.txt"].decode()
    assert b"candidate.example" not in b"".join(members.values())


def test_a_planned_credential_has_no_renderings(home: Home, tmp_path: Path) -> None:
    home.change("DELETE FROM rendering", "UPDATE revision SET issued_at = NULL, delivered_at = NULL")
    ((public_id,),) = home.rows("SELECT public_id FROM award")
    members = exported(home, public_id, tmp_path / "case")
    assert not [name for name in members if name.startswith("renderings/")]
    assert "Nothing was signed yet" in members["README.txt"].decode()


def test_what_was_exported_is_genuine(home: Home, caig: str, tmp_path: Path) -> None:
    members = exported(home, caig, tmp_path / "case")
    trust = verifier.Trust.read(members["trust.json"])
    for name in (each for each in members if each.startswith("status/")):
        assert verify(members[name], trust=trust, at=parse(NOW)).is_sound_list
