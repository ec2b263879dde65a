"""`certify doctor` on homes that are sound, neglected or broken: what it says, and that it changes nothing."""

import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from issuer.errors import IssuerError
from issuer.register import examine, transaction
from issuer.service import links, servicekey, waiting
from issuer.service.links import Link
from issuer.service.waiting import Kind
from tests.kit import databases
from tests.kit.home import AIMA_AT, CAIG_AT, REASON, RESULTS, Home, demo, opened, real
from verifier.format.timestamp import parse

NOW = "2026-07-08T02:00:00Z"
ALWAYS = {"doctor.key-spare"}
"""A demo has one key."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = demo(tmp_path / "home")
    home.issue(at=AIMA_AT)
    home.issue("caig-pass.json", at=CAIG_AT)
    return home


def looked(home: Home, at: str | None = NOW) -> dict[str, Any]:
    ran = home.certify("doctor", "--json", at=at)
    assert ran.err == ""
    answer: dict[str, Any] = ran.json
    assert ran.exit == (1 if answer["level"] == "red" else 0)
    return answer


def found(home: Home, at: str | None = NOW) -> dict[str, str]:
    """Code -> worst level, of what is not well."""
    levels = ["ok", "warning", "red"]
    worst: dict[str, str] = {}
    for each in looked(home, at)["checks"]:
        worst[each["code"]] = max(worst.get(each["code"], "ok"), each["level"], key=levels.index)
    return {code: level for code, level in worst.items() if level != "ok" and code not in ALWAYS}


def detail(home: Home, code: str, at: str | None = NOW) -> str:
    return " ".join(each["detail"] for each in looked(home, at)["checks"] if each["code"] == code)


def everything(home: Home) -> dict[str, tuple[int, int, bytes]]:
    """Every file with mode and time, SQLite's own among them: a look leaves none behind and touches none."""
    return {
        str(path.relative_to(home.path)): (
            path.stat().st_mode,
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in [home.path, *sorted(home.path.rglob("*"))]
    }


def test_a_sound_issuer_is_all_green_once_a_spare_key_is_announced(home: Home) -> None:
    assert found(home) == {}
    assert looked(home)["level"] == "warning"
    home.json("keys", "generate", at=NOW)
    answer = looked(home)
    assert answer["level"] == "ok"
    assert "key-2026-2 (from 2026-07-09T02:00:00Z)" in detail(home, "doctor.key-spare")
    ran = home.certify("doctor", at=NOW)
    lines = ran.out.splitlines()
    assert ran.exit == 0
    assert lines[-1] == f"0 red, 0 warning, {len(answer['checks'])} ok"
    assert all(line.startswith("ok ") for line in lines[:-1])


def at_rest(home: Home, path: Path) -> Home:
    """A copy that no process has open: this one may not have let go of the other's register yet."""
    home.change("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(home.path, path, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    return Home(path)


@databases.in_a_file
def test_it_changes_nothing_not_even_a_side_file(home: Home, tmp_path: Path) -> None:
    home = at_rest(home, tmp_path / "copy")
    before = everything(home)
    assert found(home) == {}
    looked(home, "2026-12-01T00:00:00Z")
    assert everything(home) == before
    assert not (home.path / "certify.db-wal").exists()


def test_it_changes_nothing_beside_a_writer(home: Home) -> None:
    with opened(home) as desk, transaction(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE award SET renews = 'x'")
        before = home.everything()
        assert found(home) == {}
        assert home.everything() == before
        connection.rollback()


def test_a_neglected_issuer(home: Home) -> None:
    assert found(home, "2026-07-09T05:00:00Z") == {"doctor.list-age": "warning"}
    assert found(home, "2026-07-12T05:00:00Z") == {"doctor.list-age": "red"}
    late = found(home, "2026-08-13T00:00:00Z")
    assert late == {"doctor.clock": "warning", "doctor.list-age": "red", "doctor.lists-genuine": "red"}
    assert found(home, "2026-07-08T00:00:00Z")["doctor.clock"] == "red"


def test_withdrawals_and_people_that_wait(home: Home) -> None:
    (aima, caig) = (row[0] for row in home.rows("SELECT public_id FROM award ORDER BY credential"))
    home.json("revoke", aima, *REASON, "--no-publish", at=NOW)
    assert found(home) == {"doctor.changed": "red", "doctor.due": "warning"}
    assert caig in detail(home, "doctor.due")
    suspend = ("--reason", "integrity-review", "--decision", "D", "--due", "2026-07-08T03:00:00Z")
    home.json("suspend", caig, *suspend, at=NOW)
    home.json("review", "close", caig, "--decision", "D", at=NOW)
    assert found(home) == {}
    assert found(home, "2026-07-08T04:00:00Z") == {"doctor.due": "red"}
    home.json("issue", str(RESULTS / "held-integrity.json"), at="2026-07-22T08:32:13Z")
    assert "doctor.held" not in found(home, "2026-08-05T08:00:00Z")
    assert found(home, "2026-08-05T09:00:00Z")["doctor.held"] == "warning"


def test_what_holders_asked_for_and_nobody_does_or_tells(home: Home) -> None:
    with opened(home) as desk:
        key = servicekey.load(desk.config)
        with desk.writing(parse(NOW)) as connection:
            ((person,), *_) = home.rows("SELECT person_id FROM award")
            token = links.current(connection, person, key, parse(NOW))
        waiting.ask(desk, Link(token, key), Kind.FORGET_CONTACT, parse(NOW))
    assert found(home) == {}
    assert found(home, "2026-07-12T03:00:00Z").get("doctor.notices") == "warning"
    assert "doctor.waiting" not in found(home, "2026-07-12T03:00:00Z")
    assert found(home, "2026-07-15T03:00:00Z").get("doctor.waiting") == "warning"
    home.json("waiting", "carry-out", at="2026-07-15T03:00:00Z")
    assert not {"doctor.waiting", "doctor.notices"} & set(found(home, "2026-07-15T03:00:00Z"))


def test_an_unfinished_credential(home: Home) -> None:
    home.change("UPDATE revision SET delivered_at = NULL")
    assert found(home) == {"doctor.unfinished": "warning"}


def test_a_compromised_key(home: Home) -> None:
    home.json("keys", "generate", at=NOW)
    home.json("keys", "activate", "key-2026-2", at="2026-07-09T02:00:01Z")
    home.json("keys", "compromise", "key-2026-1", "--decision", "D", "--yes", at="2026-07-09T02:00:02Z")
    assert found(home, "2026-07-09T03:00:00Z") == {"doctor.key-compromised": "red"}
    home.json("keys", "reissue", "key-2026-1", "--decision", "D", "--yes", at="2026-07-09T04:00:00Z")
    assert found(home, "2026-07-09T05:00:00Z") == {}


def test_a_did_document_without_the_active_key(home: Home) -> None:
    path = home.path / "public" / ".well-known" / "did.json"
    path.write_text(path.read_text().replace("key-2026-1", "key-2025-1"))
    assert found(home) == {"doctor.published": "red", "doctor.did": "red"}
    path.write_text("[]")
    assert found(home) == {"doctor.published": "red", "doctor.did": "red"}


def change_list(home: Home) -> None:
    path = home.path / "public" / "status" / "revocation" / "1"
    path.write_bytes(path.read_bytes().replace(b"2026-07-", b"2026-06-", 1))


def restore_older(home: Home) -> None:
    home.change("DELETE FROM status_list WHERE valid_from > '2026-07-05'")


def break_migration(home: Home) -> None:
    home.change("UPDATE alembic_version SET version_num = '9999'")


def lose_reference(home: Home) -> None:
    home.change("DELETE FROM person")


def break_event(home: Home) -> None:
    home.change("UPDATE event SET decision_ref = 'D-0' WHERE seq = 2")


def mark_restored(home: Home) -> None:
    home.change("UPDATE event SET type = 'register-restored' WHERE seq = 2")


def garbage_register(home: Home) -> None:
    (home.path / "certify.db").write_bytes(b"no database at all" * 100)


def mode(name: str, bits: int) -> Callable[[Home], None]:
    return lambda home: (home.path / name).chmod(bits)


def gone(name: str) -> Callable[[Home], None]:
    def remove(home: Home) -> None:
        path = home.path / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def text(name: str, content: str) -> Callable[[Home], None]:
    def write(home: Home) -> None:
        (home.path / name).write_text(content)

    return write


def from_register(home: Home) -> set[str]:
    return {each["code"] for each in looked(home)["checks"] if "could not be looked at" in each["detail"]}


KEY = "keys/key-2026-1.pem"
DAMAGE: list[tuple[str, Callable[[Home], None], dict[str, str]]] = [
    ("a changed list", change_list, {"doctor.published": "red", "doctor.lists-genuine": "red"}),
    ("an older register", restore_older, {"doctor.published": "red", "doctor.list-age": "red"}),
    ("another migration", break_migration, {"doctor.migrations": "red"}),
    ("lost references", lose_reference, {"doctor.register": "red"}),
    ("a changed event", break_event, {"doctor.chain": "red"}),
    ("a restored register", mark_restored, {"doctor.chain": "red", "doctor.restored": "red"}),
    ("a key for all", mode(KEY, 0o644), {"doctor.secrets": "red", "doctor.key-files": "red"}),
    ("a register for all", mode("certify.db", 0o644), {"doctor.secrets": "red"}),
    ("a configuration for all", mode("certify.toml", 0o640), {"doctor.secrets": "red"}),
    ("issued for all", mode("issued", 0o755), {"doctor.secrets": "red"}),
    ("a shut home", mode(".", 0o700), {"doctor.public": "warning"}),
    ("a passphrase for all", mode("keys/passphrase", 0o604), {"doctor.secrets": "red", "doctor.passphrase": "red"}),
    ("a lost key", gone(KEY), {"doctor.key-files": "red"}),
    ("a lost passphrase", gone("keys/passphrase"), {"doctor.passphrase": "red", "doctor.key-opened": "warning"}),
    ("a plain key", text(KEY, "-----BEGIN PRIVATE KEY-----"), {"doctor.key-files": "red"}),
    ("no key", text(KEY, "nothing"), {"doctor.key-files": "red"}),
    ("a lost trust file", gone("public/trust.json"), {"doctor.published": "red", "doctor.lists-genuine": "red"}),
    ("a lost image", gone("public/achievements/aima/2026.1.png"), {"doctor.published": "red"}),
    ("no issued folder", gone("issued"), {"doctor.secrets": "red"}),
]


# A server has no mode to look at, and does not lose a reference.
OF_THE_FILE = {"a register for all", "lost references"}


@pytest.mark.parametrize(
    ("damage", "codes"),
    [
        pytest.param(*each, id=name, marks=[databases.in_a_file] if name in OF_THE_FILE else [])
        for name, *each in DAMAGE
    ],
)
def test_what_is_wrong_has_its_line_and_no_other(
    home: Home, damage: Callable[[Home], None], codes: dict[str, str]
) -> None:
    damage(home)
    before = home.files(".")
    assert found(home) == codes
    assert home.files(".") == before


def test_a_published_list_that_is_newer_is_named(home: Home) -> None:
    restore_older(home)
    assert "newer than the register knows: status/revocation/1" in detail(home, "doctor.published")
    other = home.path / "public" / "status" / "revocation" / "2"
    shutil.copy(home.path / "public" / "status" / "revocation" / "1", other)
    assert "status/revocation/2" in detail(home, "doctor.published")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(garbage_register, marks=databases.in_a_file),
        pytest.param(gone("certify.db"), marks=databases.in_a_file),
        gone("certify.toml"),
        gone("keys"),
        gone("public"),
        gone("."),
        text("certify.toml", "\x00"),
        text("keys/registry.json", "[]"),
        text("public/trust.json", "[1"),
        text("public/status/revocation/1", "\x00"),
    ],
    ids=["garbage", "register", "configuration", "keys", "public", "home", "toml", "registry", "trust", "list"],
)
def test_a_broken_home_is_red_and_no_traceback(home: Home, damage: Callable[[Home], None]) -> None:
    damage(home)
    answer = looked(home)
    assert answer["level"] == "red"
    assert home.certify("doctor", at=NOW).err == ""


def test_a_table_that_is_not_there(home: Home) -> None:
    home.change("DROP TABLE suspension")
    assert {"doctor.due", "doctor.key-compromised"} >= from_register(home) >= {"doctor.due"}


def test_every_unknown_setting_is_named(home: Home) -> None:
    path = home.path / "certify.toml"
    path.write_text(path.read_text() + "colour = 1\n[moon]\nphase = 2\n[status]\nbits = 3\n")
    home.environment["CERTIFY_STARS__TWO"] = "4"
    said = detail(home, "doctor.configuration")
    assert all(name in said for name in ("colour", "[moon]", "bits", "CERTIFY_STARS__TWO"))
    assert home.fails("publish", at=NOW) == "config.invalid"


def test_a_real_issuer_goes_by_the_clock(tmp_path: Path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("a passphrase that is long enough\n")
    passphrase.chmod(stat.S_IRUSR)
    home = real(tmp_path / "home", passphrase)
    assert found(home, None) == {}
    assert home.certify("doctor", at=NOW).exit == 2
    inside = home.path / "public" / "secret"
    passphrase.rename(inside)
    home.environment["CERTIFY_KEYS__PASSPHRASE_FILE"] = str(inside)
    assert found(home, None) == {"doctor.passphrase": "red", "doctor.public": "warning"}


def test_what_the_doctor_opens_cannot_be_written(home: Home) -> None:
    engine = examine.open_unchanged(home.database())
    with (
        pytest.raises(IssuerError, match=r"register\.unusable.*(readonly|SQLSTATE 25006)"),
        transaction(engine) as connection,
    ):
        connection.exec_driver_sql("UPDATE award SET renews = 'x'")
    engine.dispose()


def test_no_line_names_a_person(home: Home) -> None:
    """It is sent to whoever watches the machine."""
    if not databases.SERVER:  # which loses no reference
        home.change("UPDATE person_email SET person_id = 'nobody'")
    home.change("UPDATE revision SET credential = 'ada'")
    ran = home.certify("doctor", at="2026-12-01T00:00:00Z")
    assert ran.exit == 1
    assert "candidate.example" not in ran.out
    assert "Ada" not in ran.out
