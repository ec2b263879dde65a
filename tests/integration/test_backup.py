"""Backups: what is in them and what is not, that they are whole, and how one comes back."""

import fcntl
import json
import multiprocessing
import os
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from issuer.register import copies, events, transaction
from issuer.service import archive, backup
from keys import durable
from tests.kit import databases
from tests.kit.candidates import record_file
from tests.kit.home import AIMA_AT, CREATED, LATER, RESULTS, Home, certify, demo, fresh, opened, real
from verifier.format.timestamp import parse

BACKUP_AT = "2026-07-02T00:00:00Z"
pytestmark = databases.in_a_file  # a server's own tools back it up
MEMBERS = ["certify.db", "certify.toml", "keys/key-2026-1.pem", "keys/registry.json", "manifest.json"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.fixture
def saved(home: Home, tmp_path: Path) -> Path:
    home.issue()
    path = tmp_path / "backups" / "one.zip"
    path.parent.mkdir()
    home.json("backup", str(path), at=BACKUP_AT)
    return path


def everything(folder: Path) -> dict[str, bytes]:
    """Every file under a folder; SQLite's side files come and go."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(("-wal", "-shm")))
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in sorted(folder.iterdir())}


def rewritten(path: Path, target: Path, **changed: Any) -> Path:
    """The same backup with some members of its manifest changed."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                data = json.dumps(json.loads(data) | changed).encode()
            new.writestr(name, data)
    return target


# --- backup -----------------------------------------------------------------------------------------------------


def test_a_backup_holds_what_cannot_be_made_again(home: Home, saved: Path) -> None:
    with zipfile.ZipFile(saved) as file:
        assert sorted(file.namelist()) == MEMBERS
        manifest = json.loads(file.read("manifest.json"))
        for name in ("certify.toml", "keys/registry.json", "keys/key-2026-1.pem"):
            assert file.read(name) == (home.path / name).read_bytes()
    ((number, newest),) = home.rows("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")
    assert manifest["events"] == {"last": number, "hash": newest}
    assert (manifest["did"], manifest["created"]) == ("did:web:credentials.example", BACKUP_AT)
    assert sorted(manifest["lists"]) == ["revocation/1", "suspension/1"]
    assert sorted(manifest["members"]) == [name for name in MEMBERS if name != "manifest.json"]
    assert modes(saved.parent) == {"one.zip": "0o600"}


def test_no_secret_is_in_a_backup(tmp_path: Path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse battery staple\n", encoding="utf-8")
    for home in (fresh(tmp_path / "demo"), real(tmp_path / "real", passphrase)):
        path = tmp_path / f"{home.path.name}.zip"
        home.json("backup", str(path), *(["--at", BACKUP_AT] if home.path.name == "demo" else []))
        secrets = [(home.path / "keys" / "passphrase"), passphrase]
        held = [path.read_bytes().strip() for path in secrets if path.exists()]
        with zipfile.ZipFile(path) as file:
            contents = [path.read_bytes(), *(file.read(name) for name in file.namelist())]
            keys = [content for content in contents[1:] if b"PRIVATE KEY" in content]
        assert not any(secret in content for secret in held for content in contents)
        assert [key.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----") for key in keys] == [True]


def test_the_answer_for_people_says_what_is_not_in_it(home: Home, tmp_path: Path) -> None:
    ran = home.certify("backup", str(tmp_path / "b.zip"), at=BACKUP_AT)
    assert (ran.exit, ran.err) == (0, "")
    assert "verified" in ran.out
    assert "No passphrase is in it" in ran.out


def test_a_backup_overwrites_nothing(home: Home, saved: Path) -> None:
    before = everything(saved.parent)
    assert home.fails("backup", str(saved), at=BACKUP_AT) == "backup.exists"
    assert everything(saved.parent) == before


def test_a_register_on_a_server_takes_no_backup(home: Home, saved: Path) -> None:
    path = home.path / "certify.toml"
    path.write_text(path.read_text() + '[database]\nurl = "postgresql://nobody@127.0.0.1/nothing"\n')
    before = everything(home.path)
    assert home.fails("restore", str(saved), "--replace", at=LATER) == "restore.server"
    assert everything(home.path) == before


def test_a_backup_that_appears_meanwhile_is_not_overwritten(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, synced = tmp_path / "b.zip", backup._synced
    monkeypatch.setattr(backup, "_synced", lambda made: (synced(made), path.write_bytes(b"mine")))
    assert home.fails("backup", str(path), at=BACKUP_AT) == "backup.exists"
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "key.unencrypted"),
        ("{pem}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "key.unencrypted"),
        ("correct horse battery staple\n", "key.file-damaged"),
    ],
)
def test_what_is_no_encrypted_key_is_never_taken_along(home: Home, tmp_path: Path, content: str, code: str) -> None:
    pem = (home.path / "keys" / "key-2026-1.pem").read_text(encoding="utf-8")
    other = home.path / "keys" / "other.pem"
    durable.create(other, content.replace("{pem}", pem).encode(), mode=0o600)
    assert home.fails("backup", str(tmp_path / "b.zip"), at=BACKUP_AT) == code
    assert not (tmp_path / "b.zip").exists()


def test_a_key_file_that_others_may_read_is_named(home: Home, tmp_path: Path) -> None:
    (home.path / "keys" / "key-2026-1.pem").chmod(0o640)
    assert home.fails("backup", str(tmp_path / "b.zip"), at=BACKUP_AT) == "key.file-mode"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_a_disk_that_fails_leaves_no_backup(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.fails("backup", str(tmp_path / "nowhere" / "b.zip"), at=BACKUP_AT) == "disk"
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorname = "SQLITE_FULL"

    class Full:
        def execute(self, *_: object) -> None:
            raise full

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "b.zip")

    for target, value in (("issuer.service.archive.write", fail), ("issuer.service.backup._synced", fail)):
        with monkeypatch.context() as patch:
            patch.setattr(target, value)
            assert home.fails("backup", str(tmp_path / "b.zip"), at=BACKUP_AT) == "disk"
    with opened(home) as desk, monkeypatch.context() as patch:
        patch.setattr("sqlalchemy.pool.base._ConnectionFairy.driver_connection", Full(), raising=False)
        with pytest.raises(OSError, match="disk is full"):
            backup.backup(desk, tmp_path / "b.zip", parse(BACKUP_AT))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_a_backup_that_was_not_written_as_it_should_be_is_none(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = archive.write

    def badly(path: Path, *given: Any) -> None:
        write(path, *given)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    monkeypatch.setattr(archive, "write", badly)
    assert home.fails("backup", str(tmp_path / "b.zip"), at=BACKUP_AT) == "backup.damaged"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_a_history_that_was_tampered_with_is_not_backed_up(home: Home, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home.path / "certify.db")) as connection, connection:
        connection.execute("UPDATE event SET actor_role = 'nobody' WHERE seq = 1")
    assert home.fails("backup", str(tmp_path / "b.zip"), at=BACKUP_AT) == "backup.chain"


def test_keys_that_change_meanwhile_are_read_again(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def changing(*given: Any) -> None:
        copies.copy(*given)
        calls.append(given)
        if len(calls) == 1:
            home.json("keys", "generate", at=BACKUP_AT)

    with monkeypatch.context() as patch:
        patch.setattr(backup, "copy", changing)
        home.json("backup", str(tmp_path / "b.zip"), at=BACKUP_AT)
    found = archive.read(tmp_path / "b.zip")
    assert (len(calls), "keys/key-2026-2.pem" in found.files) == (2, True)
    assert found.manifest.events[0] == home.rows("SELECT max(seq) FROM event")[0][0]

    seen = iter(range(100))
    monkeypatch.setattr(backup, "_small_files", lambda _: {"certify.toml": str(next(seen)).encode()})
    assert home.fails("backup", str(tmp_path / "c.zip"), at=BACKUP_AT) == "backup.busy"


def issue_all(home: Path, paths: list[Path], done: Any) -> None:
    for path in paths:
        ran = certify("issue", str(path), "--json", "--home", str(home), "--at", AIMA_AT)
        assert ran.exit == 0, ran.err
    done.set()


def test_a_backup_is_consistent_while_another_process_issues(home: Home, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    done = context.Event()
    paths = [record_file(tmp_path, number) for number in range(8)]
    process = context.Process(target=issue_all, args=(home.path, paths, done))
    process.start()
    made: list[Path] = []
    while not done.is_set() and process.is_alive() and len(made) < 20:
        made.append(tmp_path / f"{len(made)}.zip")
        home.json("backup", str(made[-1]), at=AIMA_AT)
    process.join()
    assert done.is_set()
    made.append(tmp_path / "last.zip")
    home.json("backup", str(made[-1]), at=AIMA_AT)
    counts = [counted(path, tmp_path / "x.db") for path in made]
    assert counts == sorted(counts)
    assert (counts[-1], len(set(counts)) > 1) == (8, True)


def counted(path: Path, target: Path) -> int:
    """How many awards a backup holds, each with its revision and index, and no half of anything."""
    archive.read(path).extract_register(target)
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        numbers = {
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
            for table in ("award", "revision", "status_index", "result")
        }
    assert len(numbers) == 1
    return int(numbers.pop())


# --- restore ----------------------------------------------------------------------------------------------------


def test_a_home_comes_back_in_a_new_folder(home: Home, saved: Path, tmp_path: Path) -> None:
    new = Home(tmp_path / "new")
    done = new.json("restore", str(saved), at=LATER)
    expected = home.path / "keys" / "passphrase"
    assert (done["passphraseFile"], done["passphraseFileFound"]) == (str(expected), True)
    assert (done["created"], done["aside"], done["kept"]) == (BACKUP_AT, None, [])
    for name in ("certify.toml", "keys/key-2026-1.pem", "keys/registry.json"):
        assert (new.path / name).read_bytes() == (home.path / name).read_bytes()
    assert modes(new.path) == {
        "certify.db": "0o600",
        "certify.toml": "0o600",
        "issued": "0o700",
        "keys": "0o700",
        "public": "0o755",
    }
    assert modes(new.path / "keys") == {"key-2026-1.pem": "0o600", "registry.json": "0o644"}
    (kind,) = new.rows("SELECT type FROM event ORDER BY seq DESC LIMIT 1")[0]
    assert kind == "register-restored"
    for act in (("publish",), ("issue", str(RESULTS / "caig-pass.json")), ("keys", "generate")):
        before = everything(new.path)
        assert new.fails(*act, at=LATER) == "register.restored"
        assert everything(new.path) == before


def test_the_answer_for_people_names_the_passphrase_file(home: Home, saved: Path, tmp_path: Path) -> None:
    (home.path / "keys" / "passphrase").unlink()
    ran = Home(tmp_path / "new").certify("restore", str(saved), at=LATER)
    assert f"{home.path / 'keys' / 'passphrase'} (it is not there" in ran.out
    assert "certify repair" in ran.out
    assert Home(tmp_path / "new").fails("repair", at=LATER) == "key.passphrase-file"


def test_a_missing_register_comes_back_and_the_rest_stays(home: Home, saved: Path) -> None:
    (home.path / "erasures.jsonl").write_text("", encoding="utf-8")
    (home.path / "keys" / "key-2026-1.pem").write_bytes(b"mine\n")
    before = everything(home.path)
    for path in home.path.glob("certify.db*"):
        path.unlink()
    done = home.json("restore", str(saved), at=LATER)
    assert done["kept"] == ["keys/key-2026-1.pem", "keys/registry.json"]
    after = everything(home.path)
    assert after.pop("certify.db") != before.pop("certify.db")
    assert after == before


@pytest.mark.parametrize("content", [None, b"SQLite format 3\x00" + bytes(200), b""])
def test_a_register_that_stands_is_kept_aside(home: Home, saved: Path, content: bytes | None) -> None:
    if content is not None:
        (home.path / "certify.db").write_bytes(content)
    (home.path / "certify.db-wal").write_bytes(b"the rest of it")
    before = everything(home.path)
    assert home.fails("restore", str(saved), at=LATER) == "restore.stands"
    assert everything(home.path) == before
    aside = Path(home.json("restore", str(saved), "--replace", at=LATER)["aside"])
    assert aside.name == "certify.db.before-restore-20260709T000000Z"
    assert aside.read_bytes() == before["certify.db"]
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"the rest of it"
    again = Path(home.json("restore", str(saved), "--replace", at=LATER)["aside"])
    assert again.name == "certify.db.before-restore-20260709T000000Z-2"
    with opened(home) as desk, transaction(desk.engine) as connection:
        assert events.broken_at(connection) is None


def test_a_foreign_backup_changes_nothing(home: Home, tmp_path: Path, saved: Path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse battery staple\n", encoding="utf-8")
    other = real(tmp_path / "other", passphrase)
    path = tmp_path / "other.zip"
    other.json("backup", str(path))
    before = everything(home.path)
    assert home.fails("restore", str(path), "--replace", at=LATER) == "restore.foreign"
    assert everything(home.path) == before
    renamed = rewritten(saved, tmp_path / "renamed.zip", did="did:web:elsewhere.example")
    assert Home(tmp_path / "new").fails("restore", str(renamed), at=LATER) == "restore.foreign"
    assert not (tmp_path / "new").exists()


def test_a_damaged_backup_changes_nothing(home: Home, saved: Path, tmp_path: Path) -> None:
    data, before, damaged = saved.read_bytes(), everything(home.path), tmp_path / "damaged.zip"
    flipped = bytearray(data)
    flipped[len(data) // 3] ^= 255
    for content in (b"", b"no zip", data[:-1], data[: len(data) // 2], bytes(flipped), data[100:]):
        damaged.write_bytes(content)
        assert home.fails("restore", str(damaged), "--replace", at=LATER) == "backup.damaged"
    events_ = {"last": 1, "hash": "0" * 64}
    wrong: list[dict[str, Any]] = [{"members": {}}, {"created": "then"}, {"events": events_}, {"lists": {}}]
    for changed in wrong:
        path = rewritten(saved, tmp_path / "wrong.zip", **changed)
        assert home.fails("restore", str(path), "--replace", at=LATER) == "backup.damaged"
        assert Home(tmp_path / "new").fails("restore", str(path), at=LATER) == "backup.damaged"
    assert everything(home.path) == before
    assert not (tmp_path / "new").exists()


def test_a_backup_of_another_version_is_named(home: Home, saved: Path, tmp_path: Path) -> None:
    path = rewritten(saved, tmp_path / "later.zip", format="certify-backup-2")
    assert home.fails("restore", str(path), "--replace", at=LATER) == "backup.format"
    assert home.fails("restore", str(tmp_path / "nothing.zip"), "--replace", at=LATER) == "disk"


def test_a_backup_with_a_name_that_leads_elsewhere_is_damaged(home: Home, saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["members"]["keys/../../evil.pem"] = manifest["members"]["keys/key-2026-1.pem"]
        for name in old.namelist():
            new.writestr(name, json.dumps(manifest) if name == "manifest.json" else old.read(name))
        new.writestr("keys/../../evil.pem", old.read("keys/key-2026-1.pem"))
    assert home.fails("restore", str(path), "--replace", at=LATER) == "backup.damaged"


def test_a_folder_of_something_else_is_left_alone(saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    assert Home(folder).fails("restore", str(saved), at=LATER) == "restore.not-empty"
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


def test_a_clock_that_is_wrong_is_noticed_before_anything_changes(home: Home, saved: Path, tmp_path: Path) -> None:
    before = everything(home.path)
    assert home.fails("restore", str(saved), "--replace", at=CREATED) == "clock.behind"
    assert everything(home.path) == before
    assert Home(tmp_path / "new").fails("restore", str(saved), at=CREATED) == "clock.behind"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("call", range(1, 4))
def test_a_restore_that_breaks_can_be_run_again(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    """Keys, registry and configuration are written in this order; without the last there is no issuer."""
    new, replace, calls = Home(tmp_path / "new"), durable.replace, iter(range(1, 100))

    def broken(*given: Any, **named: Any) -> None:
        if next(calls) == call:
            raise OSError(28, "No space left on device", "a file")
        replace(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(durable, "replace", broken)
        assert new.fails("restore", str(saved), at=LATER) == "disk"
    assert new.fails("publish", at=LATER) == "config.missing"
    options = ["--replace"] if (new.path / "certify.db").exists() else []
    new.json("restore", str(saved), *options, at=LATER)
    assert new.fails("publish", at=LATER) == "register.restored"
    assert not [path for path in new.path.iterdir() if path.name.startswith(".")]


def test_a_restore_that_is_cut_short_between_two_names_finds_the_register_missing(
    home: Home, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (home.path / "certify.db").read_bytes()

    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error", "certify.db")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", broken)
        assert home.fails("restore", str(saved), "--replace", at=LATER) == "disk"
    assert home.fails("publish", at=LATER) == "register.missing"
    aside = home.path / "certify.db.before-restore-20260709T000000Z"
    assert aside.read_bytes() == before
    home.json("restore", str(saved), at=LATER)


def test_a_saved_public_folder_may_be_there_first(home: Home, saved: Path, tmp_path: Path) -> None:
    new = Home(tmp_path / "new")
    for name in ("public", "issued"):
        shutil.copytree(home.path / name, new.path / name)
    new.json("restore", str(saved), at=LATER)
    new.json("repair", at=LATER)
    new.json("publish", at=LATER)


def test_folders_that_are_none_are_a_fault_of_the_command_line(home: Home) -> None:
    for option in ("--published", "--issued"):
        assert home.certify("repair", option, "nowhere", at=LATER).exit == 2


def test_what_a_killed_backup_left_goes_with_the_next_one(home: Home, tmp_path: Path) -> None:
    """A whole register that nobody knows of, with all who were erased since."""
    names = ("killed", "working", "fresh")
    folders = {name: tmp_path / f".certify-backup-{name}" for name in names}
    for name, folder in folders.items():
        folder.mkdir(mode=0o700)
        (folder / "register.db").write_bytes(b"Ada Lovelace")
        if name != "fresh":
            os.utime(folder, (0, 0))
    held = os.open(folders["working"], os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        home.json("backup", str(tmp_path / "new.zip"), at=AIMA_AT)
        assert [folders[name].exists() for name in names] == [False, True, True]
    finally:
        os.close(held)
    assert sorted(path.name for path in tmp_path.glob(".certify-backup-*")) == [
        ".certify-backup-fresh",
        ".certify-backup-working",
    ]
