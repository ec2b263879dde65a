"""Issue, withdraw and publish when something breaks in the middle, and when several do it at once."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from issuer.errors import IssuerError
from issuer.register import awards, events, statuses, transaction
from issuer.service import accept, issue, lists, publish, revoke
from keys import LocalSigner, durable
from tests.kit.home import AIMA_AT, LATER, REASON, RESULTS, SUFFIXES, Home, certify, demo, opened
from tests.kit.many import in_processes, records
from tests.kit.reader import readers
from verifier import reading
from verifier.format import statuslist
from verifier.format.strictjson import load_object
from verifier.format.timestamp import parse

RECORD = (RESULTS / "aima-pass.json").read_bytes()
LISTS = ("revocation", "suspension")


class BrokenError(Exception):
    """Stands for anything that can end a process."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def break_at(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, call: int) -> None:
    """Let the function raise when it is called for the n-th time, before it does anything."""
    function, calls = getattr(owner, name), iter(range(1, 1_000))

    def broken(*arguments: Any, **named: Any) -> Any:
        if next(calls) == call:
            raise BrokenError(name)
        return function(*arguments, **named)

    monkeypatch.setattr(owner, name, broken)


def published(home: Home, purpose: str = "revocation") -> dict[str, Any]:
    value: dict[str, Any] = json.loads((home.path / "public" / "status" / purpose / "1").read_bytes())
    return value


def whole(home: Home) -> None:
    """Whatever broke: every file is complete, no temporary one is left, and the history holds."""
    for folder in ("public", "issued", "keys"):
        for name, data in home.files(folder).items():
            assert name == ".well-known/did.json" or not name.rpartition("/")[2].startswith("."), name
            if not name.endswith((".png", ".pem", ".bin", "passphrase")):
                (reading.read if name.endswith(".jwt") else load_object)(data)
    with opened(home) as desk, transaction(desk.engine) as connection:
        assert events.broken_at(connection) is None


# --- a step breaks ----------------------------------------------------------------------------------------------

# For a first issue with lists a day old: 2 lists and 3 renderings are signed, 2 lists and 3 renderings verified.
STEPS: list[tuple[Any, str, int]] = [
    *((LocalSigner, "sign", call) for call in (1, 2, 3, 4, 5)),
    *((lists, "verify", call) for call in (1, 2)),
    (issue, "verify_each", 1),
    *((durable, "_write", call) for call in (1, 2, 3, 4, 5, 6)),
    *((durable, "sync_folder", call) for call in (1, 2, 3, 4)),
    (statuses, "allocate", 1),
    (awards, "set_plan", 1),
    (awards, "finish", 1),
    (awards, "deliver", 1),
    *((events, "append", call) for call in (1, 2)),
    (publish, "_write", 1),
    (issue, "ensure_published", 1),
]


@pytest.mark.parametrize(("owner", "name", "call"), STEPS, ids=[f"{step[1]}-{step[2]}" for step in STEPS])
def test_an_issue_that_broke_is_finished_by_the_same_request(
    home: Home, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, call: int
) -> None:
    before = {purpose: published(home, purpose)["validFrom"] for purpose in LISTS}
    with monkeypatch.context() as patch, opened(home) as desk:
        break_at(patch, owner, name, call)
        with pytest.raises(BrokenError):
            accept.accept(desk, RECORD, parse(AIMA_AT))
    whole(home)
    planned = home.rows(
        "SELECT public_id, award.id, revision.credential FROM award JOIN revision ON award_id = award.id"
    )
    indices = home.rows("SELECT purpose, list_number, list_index, award_id FROM status_index")
    assert all(parse(published(home, purpose)["validFrom"]) >= parse(before[purpose]) for purpose in LISTS)
    for report in [home.verify(row[0], AIMA_AT) for row in planned if home.file(row[0]).exists()]:
        assert report

    answer = home.json("issue", str(RESULTS / "aima-pass.json"), at=AIMA_AT)
    assert answer["outcome"] == ("replayed" if planned else "issued")
    assert len(home.rows("SELECT * FROM award")) == 1
    for public_id, award_id, credential in planned:
        assert (answer["publicId"], len(planned)) == (public_id, 1)
        signed = json.loads(home.file(public_id).read_bytes())
        assert signed.pop("proof")
        assert (signed["id"], signed) == (award_id, json.loads(credential))
        assert home.rows("SELECT purpose, list_number, list_index, award_id FROM status_index") == indices
    for suffix in SUFFIXES:
        assert home.verify(answer["publicId"], AIMA_AT, suffix)
    assert home.certify("issue", "-", "--json", at=LATER, stdin=RECORD).json["files"] == answer["files"]


def test_no_step_of_an_issue_was_forgotten(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table above breaks every single call of what it names."""
    counted: dict[str, int] = {}
    for owner, name in {(owner, name) for owner, name, _ in STEPS}:
        function = getattr(owner, name)

        def count(*given: Any, _function: Any = function, _key: str = f"{owner.__name__}.{name}", **named: Any) -> Any:
            counted[_key] = counted.get(_key, 0) + 1
            return _function(*given, **named)

        monkeypatch.setattr(owner, name, count)
    home.issue()
    highest = {f"{owner.__name__}.{name}": 0 for owner, name, _ in STEPS}
    for owner, name, call in STEPS:
        highest[f"{owner.__name__}.{name}"] = max(call, highest[f"{owner.__name__}.{name}"])
    assert counted == highest


@pytest.mark.parametrize(("owner", "name"), [(statuses, "set_bits"), (events, "append"), (awards, "withdraw")])
def test_a_withdrawal_is_recorded_whole_or_not_at_all(
    home: Home, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
) -> None:
    public_id = home.issue()
    before = home.rows("SELECT * FROM event"), home.rows("SELECT * FROM award"), home.rows("SELECT * FROM status_index")
    with monkeypatch.context() as patch, opened(home) as desk:
        break_at(patch, owner, name, 1)
        with pytest.raises(BrokenError):
            revoke.revoke(desk, public_id, reason="scoring-error", reference="DEC-1", at=parse(LATER))
    after = home.rows("SELECT * FROM event"), home.rows("SELECT * FROM award"), home.rows("SELECT * FROM status_index")
    assert after == before
    home.json("publish", at=LATER)
    assert home.verify(public_id, LATER)
    home.json("revoke", public_id, *REASON, at=LATER)
    assert not home.verify(public_id, LATER)


@pytest.mark.parametrize(
    ("owner", "name", "call"),
    [
        *((LocalSigner, "sign", call) for call in (1, 2)),
        *((lists, "verify", call) for call in (1, 2)),
        (statuses, "add_list", 2),
        (publish, "_write", 1),
        *((durable, "replace", call) for call in (1, 2, 3)),
    ],
)
def test_a_publication_that_broke_is_repaired_by_the_next(
    home: Home, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, call: int
) -> None:
    public_id = home.issue()
    home.json("revoke", public_id, *REASON, "--no-publish", at=LATER)
    before = parse(published(home)["validFrom"])
    with monkeypatch.context() as patch, opened(home) as desk:
        break_at(patch, owner, name, call)
        with pytest.raises(BrokenError):
            publish.publish(desk, parse(LATER))
    whole(home)
    between = parse(published(home)["validFrom"])
    assert between >= before
    home.json("publish", at=LATER)
    assert parse(published(home)["validFrom"]) > between
    assert str(home.verify(public_id, LATER).state) == "withdrawn"


def test_what_does_not_pass_its_own_check_is_not_released(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.json("publish", at=AIMA_AT)
    public = home.files("public")
    with monkeypatch.context() as patch:
        patch.setattr(LocalSigner, "sign", lambda signer, data: bytes(64))
        assert home.fails("issue", str(RESULTS / "aima-pass.json"), at=AIMA_AT) == "issue.not-valid"
        assert home.fails("publish", at=AIMA_AT) == "publish.list-invalid"
    assert home.files("issued") == {}
    assert home.files("public") == public
    assert home.rows("SELECT * FROM rendering") == []
    assert home.json("issue", str(RESULTS / "aima-pass.json"), at=AIMA_AT)["outcome"] == "replayed"


# --- what stands is never older, and never withdraws less -------------------------------------------------------


def copy_of(home: Home, tmp_path: Path) -> Callable[..., None]:
    """What puts the register back as it is now: under files that may be newer, or with those of now (`public`)."""
    put_back = home.keep()
    shutil.copytree(home.path / "public", tmp_path / "public")

    def restore(*, public: bool) -> None:
        put_back()
        if public:
            shutil.rmtree(home.path / "public")
            shutil.copytree(tmp_path / "public", home.path / "public")

    return restore


def test_an_older_register_cannot_publish_over_newer_lists(home: Home, tmp_path: Path) -> None:
    public_id = home.issue()
    restore = copy_of(home, tmp_path)
    home.json("revoke", public_id, *REASON, at=LATER)
    standing = home.files("public")
    restore(public=False)
    for at in (LATER, "2026-08-01T00:00:00Z"):
        assert home.fails("publish", at=at) == "publish.newer-stands"
    assert home.files("public") == standing
    assert str(home.verify(public_id, LATER).state) == "withdrawn"


def test_a_register_that_forgot_a_withdrawal_cannot_undo_it(home: Home) -> None:
    public_id = home.issue()
    home.json("revoke", public_id, *REASON, at=LATER)
    standing = home.files("public")
    with opened(home) as desk, transaction(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE status_index SET is_set = false")
    assert home.fails("publish", at="2026-07-10T00:00:00Z") == "status.unrevoked"
    assert home.files("public") == standing


def test_a_register_and_files_of_one_backup_work_again(home: Home, tmp_path: Path) -> None:
    public_id = home.issue()
    restore = copy_of(home, tmp_path)
    home.json("publish", at=LATER)
    restore(public=True)
    home.json("publish", at="2026-07-10T00:00:00Z")
    assert home.verify(public_id, "2026-07-10T00:00:00Z")


def test_nobody_signs_a_list_when_only_one_of_them_is_refused(home: Home, tmp_path: Path) -> None:
    """Both are signed in one transaction: what a refused publication had stored would stand in the next one's way."""
    restore = copy_of(home, tmp_path)
    home.json("publish", at=LATER)
    newer = (home.path / "public" / "status" / "suspension" / "1").read_bytes()
    restore(public=True)
    (home.path / "public" / "status" / "suspension" / "1").write_bytes(newer)
    before = home.rows("SELECT * FROM status_list")
    assert home.fails("publish", at=LATER) == "publish.newer-stands"
    assert home.rows("SELECT * FROM status_list") == before


# --- readers and writers at once --------------------------------------------------------------------------------


def test_a_reader_never_sees_a_torn_or_an_older_file(home: Home) -> None:
    home.issue()
    with readers(home.path / "public") as seen, opened(home) as desk:
        for _ in range(50):
            publish.publish(desk, parse(LATER))
    assert seen.faults == []
    assert min(seen.reads) > 20


def issue_each(home: Path, paths: list[Path], start: Any, answers: Any) -> None:
    start.wait()
    for path in paths:
        ran = certify("issue", str(path), "--json", "--home", str(home), "--at", AIMA_AT)
        answers.put((ran.exit, ran.out, ran.err))


def test_two_processes_issue_at_once_and_none_is_lost_or_doubled(home: Home, tmp_path: Path) -> None:
    paths = records(tmp_path, range(25))
    answers = in_processes(issue_each, home, [paths[:15], paths[10:]])
    ids = {
        answer["resultId"]: {one["publicId"] for one in answers if one["resultId"] == answer["resultId"]}
        for answer in answers
    }
    assert len(ids) == 25
    assert all(len(public_ids) == 1 for public_ids in ids.values())
    assert sorted(answer["outcome"] for answer in answers) == ["issued"] * 25 + ["replayed"] * 5
    indices = home.rows("SELECT purpose, list_number, list_index FROM status_index")
    assert len(indices) == len(set(indices)) == 25
    assert len(home.rows("SELECT * FROM award")) == len(home.rows("SELECT DISTINCT person_id FROM award")) == 25
    assert all(home.verify(public_id, AIMA_AT) for (public_id,) in ids.values())
    assert len(home.files("issued")) == 25 * len(SUFFIXES)
    whole(home)


def revoke_each(home: Path, public_ids: list[str], start: Any, answers: Any) -> None:
    start.wait()
    for public_id in public_ids:
        ran = certify("revoke", public_id, *REASON, "--json", "--home", str(home), "--at", LATER)
        answers.put((ran.exit, ran.out, ran.err))


@pytest.mark.slow
@pytest.mark.several_hosts
def test_two_processes_withdraw_at_once_and_no_bit_is_lost(home: Home, tmp_path: Path) -> None:
    ids = [home.json("issue", str(path), at=AIMA_AT)["publicId"] for path in records(tmp_path, range(12))]
    in_processes(revoke_each, home, [ids[:6], ids[6:]])
    assert {str(home.verify(public_id, LATER).state) for public_id in ids} == {"withdrawn"}
    bits = statuslist.decode(published(home)["credentialSubject"]["encodedList"])
    assert sum(byte.bit_count() for byte in bits) == 12


# --- rare ends --------------------------------------------------------------------------------------------------


def test_a_full_list_refuses_and_leaves_nothing(home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda length: 7)
    first, second = records(tmp_path, range(2))
    home.json("issue", str(first), at=AIMA_AT)
    assert home.fails("issue", str(second), at=AIMA_AT) == "status.full"
    assert len(home.rows("SELECT * FROM award")) == 1
    assert len(home.rows("SELECT * FROM result")) == 1


def test_lists_are_signed_again_when_they_are_a_day_old(home: Home) -> None:
    with opened(home) as desk:
        publish.publish(desk, parse(AIMA_AT))
        first = published(home)["validFrom"]
        publish.ensure_published(desk, parse("2026-07-02T09:32:12Z"))
        assert published(home)["validFrom"] == first
        publish.ensure_published(desk, parse("2026-07-02T09:32:13Z"))
        assert published(home)["validFrom"] == "2026-07-02T09:32:13.000Z"


def test_an_award_that_does_not_exist_cannot_be_completed(home: Home) -> None:
    with opened(home) as desk, pytest.raises(IssuerError) as raised:
        issue.complete(desk, "AIMA-2026-00000000", parse(AIMA_AT))
    assert raised.value.code == "award.unknown"
