"""The judgements of the doctor on made-up facts: one row for each thing that can be wrong, and what it is called."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from issuer.lifecycle import State
from issuer.service.checkup import house, ledger, publication, signing
from issuer.service.checkup.check import Finding
from issuer.service.checkup.house import Entry, PassphraseFile, Pinned
from issuer.service.checkup.publication import ListAge, PublicFile
from issuer.service.clock import Ahead
from issuer.service.doctor import TABLE
from issuer.service.hold import Held
from issuer.service.review import Due
from issuer.service.rotate import Affected
from keys import KeyFileError, KeyRecord, KeyState, Registry

AT = datetime(2026, 7, 10, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
HOME = Entry("/home", 0o40711, 1)
OWN_FILE = Entry("keys/key-2026-1.pem", 0o100600, 1)
PUBLIC_FILE = Entry("public/trust.json", 0o100644, 1)


def listed(age: timedelta) -> tuple[ListAge, ...]:
    return (ListAge("revocation/1", AT - age, AT - age + 35 * DAY),)


def dated(day: int) -> bytes:
    return json.dumps({"validFrom": f"2026-07-{day:02}T00:00:00Z"}).encode()


def key(name: str, state: KeyState, announced: datetime) -> KeyRecord:
    text = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    started = announced if state in {KeyState.ACTIVE, KeyState.RETIRED} else None
    ended = announced if state is KeyState.RETIRED else None
    return KeyRecord(
        name, text, f"file:{name}.pem", state, announced, announced, active_from=started, active_until=ended
    )


def fault(code: str, state: KeyState = KeyState.ACTIVE) -> signing.Fault:
    return signing.Fault(key("key-2026-1", state, AT), Path("k.pem"), KeyFileError(code, "It is so. Do this."))


SPARE = Registry((key("key-2026-2", KeyState.ANNOUNCED, AT - HOUR),))

JUDGED: list[tuple[Callable[[Any, datetime], Iterable[Finding]], Any, str, str]] = [
    (house.judge_secrets, (HOME, (OWN_FILE,)), "", ""),
    (house.judge_secrets, (HOME, (Entry("certify.db-wal", 0o100640, 1),)), "red", "certify.db-wal"),
    (house.judge_secrets, (HOME, (Entry("certify.db-shm", 0o100600, 2),)), "red", "certify.db-shm"),
    (house.judge_secrets, (Entry(".", 0o40777, 1), ()), "red", "chmod go-w"),
    (house.judge_public, (HOME, (Entry("public", 0o40755, 1), PUBLIC_FILE)), "", ""),
    (house.judge_public, (Entry(".", 0o40700, 1), ()), "warning", "the home"),
    (house.judge_public, (HOME, (Entry("public", 0o40700, 1),)), "warning", "public"),
    (house.judge_public, (HOME, (Entry("public/trust.json", 0o100666, 1),)), "red", "public/trust.json"),
    (house.judge_passphrase, None, "", ""),
    (house.judge_passphrase, PassphraseFile(Path("p"), 0o100600, is_public=False), "", ""),
    (house.judge_passphrase, PassphraseFile(Path("p"), 0o100644, is_public=False), "red", "chmod 600"),
    (house.judge_passphrase, PassphraseFile(Path("p"), None, is_public=False), "red", "is no file"),
    (house.judge_passphrase, PassphraseFile(Path("p"), 0o40700, is_public=False), "red", "is no file"),
    (house.judge_passphrase, PassphraseFile(Path("p"), 0o100600, is_public=True), "red", "public folder"),
    (house.judge_pinned, (Pinned("contexts/a.json", "00", "00"),), "", ""),
    (house.judge_pinned, (Pinned("contexts/a.json", "00", "01"),), "red", "contexts/a.json"),
    (house.judge_pinned, (Pinned("qr/001.bin", "00", None),), "red", "qr/001.bin"),
    (house.judge_disk, 1 << 30, "", ""),
    (house.judge_disk, (1 << 30) - 1, "red", "1023 MiB"),
    (house.judge_disk, 0, "red", "Only 0 MiB are free"),
    (house.judge_secrets, (HOME, (Entry("issued", 0, 0),)), "red", "`mkdir -m 700 /home/issued`"),
    (ledger.judge_damage, (), "", ""),
    (ledger.judge_damage, ("wrong # of entries",), "red", "wrong # of entries"),
    (ledger.judge_versions, ("0002", "0002"), "", ""),
    (ledger.judge_versions, ("0001", "0002"), "red", "0001"),
    (ledger.judge_chain, None, "", ""),
    (ledger.judge_chain, 7, "red", "event 7"),
    (ledger.judge_clock, None, "", ""),
    (ledger.judge_clock, (AT + timedelta(seconds=30), 35 * DAY), "", ""),
    (ledger.judge_clock, (AT + timedelta(seconds=31), 35 * DAY), "red", "Set the clock"),
    (ledger.judge_clock, (AT - 35 * DAY, 35 * DAY), "", ""),
    (ledger.judge_clock, (AT - 36 * DAY, 35 * DAY), "warning", "36 days"),
    (ledger.judge_ahead, Ahead(AT, None, None, (), (), ()), "", ""),
    (ledger.judge_ahead, Ahead(AT, (5, 7), AT + DAY, (), (), ()), "red", "put-right"),
    (ledger.judge_ahead, Ahead(AT, None, None, (), (), (Affected("A-1", State.VALID),)), "red", "A-1"),
    (ledger.judge_traces, None, "", ""),
    (ledger.judge_traces, AT, "warning", "certify publish"),
    (ledger.judge_restored, None, "", ""),
    (ledger.judge_restored, "register-repaired", "", ""),
    (ledger.judge_restored, "register-restored", "red", "certify repair"),
    (ledger.judge_unfinished, [], "", ""),
    (ledger.judge_unfinished, ["A", "B"], "warning", "A, B"),
    (ledger.judge_due, (Due("A", "review", AT),), "warning", "A"),
    (ledger.judge_due, (Due("A", "suspension", AT),), "red", "A"),
    (ledger.judge_held, [Held("p1", "r1", "CAIG", AT - 14 * DAY, ())], "", ""),
    (ledger.judge_held, [Held("p1", "r1", "CAIG", AT - 15 * DAY, ())], "warning", "r1"),
    (publication.judge_ages, listed(26 * HOUR), "", ""),
    (publication.judge_ages, listed(27 * HOUR), "warning", "revocation/1"),
    (publication.judge_ages, listed(3 * DAY + 2 * HOUR), "warning", "revocation/1"),
    (publication.judge_ages, listed(3 * DAY + 3 * HOUR), "red", "revocation/1"),
    (publication.judge_ages, listed(36 * DAY), "red", "ended on"),
    (publication.judge_ages, (ListAge("suspension/1", None, None),), "red", "never signed"),
    (publication.judge_files, (PublicFile("a", b"1", b"1"),), "", ""),
    (publication.judge_files, (PublicFile("a", b"1", None),), "red", "Not published: a"),
    (publication.judge_files, (PublicFile("a", b"1", b"2"),), "red", "not what the register says: a"),
    (publication.judge_files, (PublicFile("trust.json", b'{"asOf":1,"x":1}', b'{"asOf":2,"x":1}'),), "", ""),
    (publication.judge_files, (PublicFile("trust.json", b'{"asOf":1,"x":1}', b'{"asOf":1,"x":2}'),), "red", "trust"),
    (publication.judge_files, (PublicFile("trust.json", b'{"asOf":1,"x":1}', b"[]"),), "red", "trust.json"),
    (publication.judge_files, (PublicFile("status/revocation/1", dated(1), dated(2)),), "red", "newer"),
    (publication.judge_files, (PublicFile("status/revocation/1", dated(2), dated(1)),), "red", "not what"),
    (publication.judge_files, (PublicFile("status/revocation/1", dated(2), b"nothing"),), "red", "not what"),
    (publication.judge_files, (PublicFile("status/revocation/2", None, dated(1)),), "red", "newer"),
    (publication.judge_changed, (), "", ""),
    (publication.judge_changed, ("revocation/1",), "red", "revocation/1"),
    (publication.judge_seen, publication.Seen(b"{}", {}), "red", "trust file"),
    (publication.judge_fill, (("revocation/1", 65_536, 131_072),), "ok", "65,536 of 131,072 (50 %)"),
    (signing.judge_active, SPARE, "red", "No key may sign"),
    (signing.judge_active, Registry((key("key-2026-1", KeyState.ACTIVE, AT),)), "", ""),
    (signing.judge_spare, Registry(), "warning", "certify keys generate"),
    (signing.judge_spare, SPARE, "ok", "key-2026-2 (from 2026-07-10T23:00:00Z)"),
    (signing.judge_spare, Registry((key("key-2026-2", KeyState.ANNOUNCED, AT - DAY),)), "ok", "ready"),
    (signing.judge_files, (fault("key.file-mode"),), "red", "It is so. [key.file-mode] Run `chmod 600 k.pem`"),
    (signing.judge_files, (fault("key.file-missing"),), "red", "certify keys retire key-2026-1"),
    (signing.judge_files, (fault("key.signer"),), "red", "`mv registry.json registry.json.damaged`"),
    (signing.judge_opened, signing.Opened(tried=False), "warning", "certify doctor --passphrase-fd 0"),
    (signing.judge_opened, signing.Opened(True), "", ""),
    (signing.judge_opened, signing.Opened(True, (fault("key.passphrase"),)), "red", "If the passphrase is right"),
    (
        signing.judge_opened,
        signing.Opened(True, (fault("key.passphrase", KeyState.RETIRED),)),
        "warning",
        "not needed: run `rm k.pem`",
    ),
    (publication.judge_files, (PublicFile("status/revocation/1", b"1", b"2", True, Path("l")),), "red", "`rm l`"),
    (signing.judge_worn, (), "", ""),
    (signing.judge_worn, ("key-2026-1",), "warning", "key-2026-1. Run `certify keys rewrap`"),
    (signing.judge_compromised, {"key-2026-1": ()}, "", ""),
    (signing.judge_compromised, {"key-2026-1": (Affected("A", State.VALID),)}, "red", "keys reissue key-2026-1"),
    (signing.judge_compromised, {"key-2026-1": (Affected("A", State.SUSPENDED),)}, "warning", "A"),
    (signing.judge_compromised, {"key-2026-1": (Affected("A", State.EXPIRED),)}, "", ""),
]


@pytest.mark.parametrize(("judge", "facts", "level", "words"), JUDGED)
def test_a_judgement(
    judge: Callable[[Any, datetime], Iterable[Finding]], facts: object, level: str, words: str
) -> None:
    found = list(judge(facts, AT))
    assert [str(each.level) for each in found] == ([level] if level else [])
    assert all(words in each.sentence for each in found)


def test_every_judgement_is_tried_and_every_code_is_there_once() -> None:
    tried = {judge for judge, *_ in JUDGED}
    untried = {check.code for check in TABLE if check.judge not in tried}
    elsewhere = {"doctor.configuration", "doctor.did", "doctor.identity", "doctor.waiting", "doctor.notices"}
    assert untried == elsewhere, "the integration tests have these"
    assert len({check.code for check in TABLE}) == len(TABLE)


def test_every_code_is_documented_and_no_other() -> None:
    page = (Path(__file__).parents[3] / "docs" / "running.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(doctor\.[a-z-]+)` \|", page, re.MULTILINE) == [check.code for check in TABLE]


def test_many_names_are_not_all_told() -> None:
    (found,) = ledger.judge_unfinished([f"A{number}" for number in range(9)], AT)
    assert "A4 and 4 more" in found.sentence
    assert "A5" not in found.sentence


def test_pinned_data_covers_dictionaries_when_the_manifest_lists_some(tmp_path: Path) -> None:
    (tmp_path / "qr").mkdir()
    (tmp_path / "qr" / "1.bin").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    entries = [{"file": "1.bin", "sha256": digest}, {"file": "2.bin", "sha256": digest}]
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"contexts": [], "dictionaries": entries}))
    assert house.pinned_in(tmp_path) == (
        Pinned("qr/1.bin", digest, digest),
        Pinned("qr/2.bin", digest, None),
    )
