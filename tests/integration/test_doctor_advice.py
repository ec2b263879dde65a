"""Every red line of the doctor: the state is made, the line is seen, its advice is carried out as it stands, and the
line is green.
"""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic import command
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from issuer.register import database, transaction
from issuer.service.checkup import advice, house
from tests.kit.advised import Follower, at, sites
from tests.kit.databases import in_a_file
from tests.kit.home import AIMA_AT, CAIG_AT, REASON, Home, demo, opened

NOW = "2026-07-08T02:00:00Z"
KEY = "keys/key-2026-1.pem"
REGISTRY = "keys/registry.json"
LIST = "public/status/revocation/1"
DID = "public/.well-known/did.json"
ALL, NONE, FIRST, LAST, MOVED = (0, None), (0, 0), (0, 1), (-3, None), (0, 2)
"""Which of the commands of an advice are typed: they may be alternatives."""
Act = Callable[[Follower, pytest.MonkeyPatch], None]


@pytest.fixture
def follower(tmp_path: Path) -> Follower:
    home = demo(tmp_path / "home")
    home.issue(at=AIMA_AT)
    home.issue("caig-pass.json", at=CAIG_AT)
    saved = tmp_path / "saved.zip"
    home.json("backup", str(saved), at=CAIG_AT)
    return Follower(home, saved, at(NOW))


@dataclass(frozen=True)
class Case:
    """One red line. `site`: who says it; `make`: the state; `by_hand`: the part of the advice that is no command."""

    site: str
    code: str
    make: Act
    pick: tuple[int, int | None] = ALL
    by_hand: Act | None = None
    said: str = ""


def home_act(act: Callable[[Home], object]) -> Act:
    return lambda follower, _patch: (act(follower.home), None)[1]


def mode(name: str, bits: int) -> Act:
    return home_act(lambda home: (home.path / name).chmod(bits))


def gone(name: str) -> Act:
    def remove(home: Home) -> None:
        path = home.path / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return home_act(remove)


def text(name: str, content: str) -> Act:
    def write(home: Home) -> None:
        path = home.path / name
        bits = path.stat().st_mode if path.exists() else 0o100644
        path.write_text(content)
        path.chmod(bits & 0o777)

    return home_act(write)


def swapped(name: str, old: str, new: str) -> Act:
    def write(home: Home) -> None:
        path = home.path / name
        content = path.read_text()
        assert old in content
        path.write_text(content.replace(old, new))

    return home_act(write)


def sql(*statements: str) -> Act:
    return home_act(lambda home: home.change(*statements))


def clock(**later: float) -> Act:
    def turn(follower: Follower, _patch: pytest.MonkeyPatch) -> None:
        follower.now += timedelta(**later)

    return turn


def both(*acts: Act) -> Act:
    def run(follower: Follower, patch: pytest.MonkeyPatch) -> None:
        for act in acts:
            act(follower, patch)

    return run


def certify(*arguments: str) -> Act:
    def run(follower: Follower, _patch: pytest.MonkeyPatch) -> None:
        names = {"CAIG": follower.home.rows("SELECT public_id FROM award WHERE credential = 'CAIG'")[0][0]}
        names |= {"SAVED": str(follower.backup)}
        ran = follower.certify(*(names.get(each, each) for each in arguments), "--home", str(follower.home.path))
        assert ran.exit == 0, ran.err
        follower.words["ID"] = names["CAIG"]

    return run


def many_loose(home: Home) -> None:
    for path in sorted((home.path / "issued").iterdir()):
        path.chmod(0o644)
    assert len(list((home.path / "issued").iterdir())) > 5


def own_by_another(home: Home) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root")
    os.chown(home.path / "certify.db", 12_345, -1)


def expose_passphrase(follower: Follower, patch: pytest.MonkeyPatch) -> None:
    inside = follower.home.path / "public" / "passphrase"
    (follower.home.path / "keys" / "passphrase").rename(inside)
    swapped("certify.toml", "/keys/passphrase", "/public/passphrase")(follower, patch)
    follower.words["KEY"] = "key-2026-1"


def set_passphrase_file(follower: Follower, _patch: pytest.MonkeyPatch) -> None:
    (told,) = re.findall(r'set keys.passphrase_file = "([^"]+)" in certify.toml', follower.advice("doctor.passphrase"))
    swapped("certify.toml", str(follower.home.path / "public" / "passphrase"), told)(follower, _patch)


def lose_passphrase(follower: Follower, patch: pytest.MonkeyPatch) -> None:
    path = follower.home.path / "keys" / "passphrase"
    follower.words["passphrase"] = path.read_text()
    path.unlink()


def write_passphrase(follower: Follower, _patch: pytest.MonkeyPatch) -> None:
    (follower.home.path / "keys" / "passphrase").write_text(follower.words.pop("passphrase"))


def damage_data(follower: Follower, patch: pytest.MonkeyPatch) -> None:
    copy = follower.home.path.parent / "data"
    shutil.copytree(house._DATA, copy)
    (path,) = list(copy.glob("contexts/*"))[:1]
    path.write_bytes(path.read_bytes() + b" ")
    patch.setattr(house, "_DATA", copy)


def install_again(follower: Follower, patch: pytest.MonkeyPatch) -> None:
    """In the place of pip, which a test lets alone: the data as it is in the package."""
    patch.undo()


def fill_disk(_follower: Follower, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(house.shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))  # type: ignore[attr-defined]


def make_room(_follower: Follower, patch: pytest.MonkeyPatch) -> None:
    patch.undo()


def set_base_url(follower: Follower, patch: pytest.MonkeyPatch) -> None:
    (told,) = re.findall(r'Set (base_url = "[^"]+")', follower.advice("doctor.identity"))
    swapped("certify.toml", 'base_url = "https://other.example"', told)(follower, patch)


def older_program(home: Home) -> None:
    with opened(home) as desk, transaction(desk.engine) as connection:
        config = database._config()
        config.attributes["connection"] = connection
        command.downgrade(config, "-1")


def spoil_key(home: Home) -> None:
    """One letter of the encrypted part: that is noticed by opening it alone."""
    path = home.path / KEY
    lines = path.read_text().splitlines()
    lines[-2] = ("A" if lines[-2][0] != "A" else "B") + lines[-2][1:]
    path.write_text("\n".join(lines) + "\n")


def put_key(key: Ed25519PrivateKey | X25519PrivateKey) -> Act:
    def write(home: Home) -> None:
        passphrase = (home.path / "keys" / "passphrase").read_bytes().rstrip(b"\n")
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))
        (home.path / KEY).write_bytes(pem)

    return home_act(write)


def stray_list(home: Home) -> None:
    shutil.copy(home.path / LIST, home.path / "public" / "status" / "revocation" / "2")


def older_register(home: Home) -> None:
    home.change("DELETE FROM status_list WHERE valid_from > '2026-07-05'")


def never_signed(home: Home) -> None:
    home.change("DELETE FROM status_list WHERE purpose = 'suspension'")
    (home.path / "public" / "status" / "suspension" / "1").unlink()


SUSPEND = ("suspend", "CAIG", "--reason", "integrity-review", "--decision", "D", "--due", "2026-07-08T03:00:00Z")
LOST = certify("keys", "compromise", "key-2026-1", "--yes", "--decision", "D")
SPARE = certify("keys", "generate")
NOT_SEEN = "doctor._findings:1"
BREAK_CHAIN = sql("UPDATE event SET decision_ref = 'D-0' WHERE seq = 2")
SECOND = both(SPARE, clock(hours=25), certify("keys", "activate", "key-2026-2"))
BOTH_GONE = both(gone("certify.toml"), gone("certify.db"))
CASES = [
    Case("house.judge_secrets:1", "doctor.secrets", gone("issued")),
    Case("house.judge_secrets:2", "doctor.secrets", mode(KEY, 0o644)),
    Case("house.judge_secrets:2", "doctor.secrets", mode("issued", 0o755)),
    Case("house.judge_secrets:2", "doctor.secrets", home_act(many_loose)),
    Case("house.judge_secrets:3", "doctor.secrets", home_act(own_by_another)),
    Case("house.judge_secrets:4", "doctor.secrets", mode(".", 0o733)),
    Case("house.judge_public:1", "doctor.public", mode("public/trust.json", 0o666)),
    Case("house.judge_passphrase:1", "doctor.passphrase", expose_passphrase, by_hand=set_passphrase_file),
    Case("house.judge_passphrase:2", "doctor.passphrase", lose_passphrase, by_hand=write_passphrase),
    Case("house.judge_passphrase:3", "doctor.passphrase", mode("keys/passphrase", 0o604)),
    Case("house.judge_pinned:1", "doctor.pinned", damage_data, NONE, install_again),
    Case("house.judge_disk:1", "doctor.disk", fill_disk, NONE, make_room, "Only 0 MiB are free"),
    Case(
        "ledger.judge_identity:1",
        "doctor.identity",
        swapped("certify.toml", "https://credentials.example", "https://other.example"),
        NONE,
        set_base_url,
    ),
    Case("ledger.judge_damage:1", "doctor.register", sql("DELETE FROM person")),
    Case("ledger.judge_versions:1", "doctor.migrations", home_act(older_program)),
    Case("ledger.judge_chain:1", "doctor.chain", BREAK_CHAIN, (1, 3)),
    Case("ledger.judge_clock:1", "doctor.clock", clock(hours=-2), NONE, clock(hours=2)),
    Case("ledger.judge_ahead:1", "doctor.ahead", both(clock(days=20), certify("publish"), clock(days=-20))),
    Case("ledger.judge_restored:1", "doctor.restored", certify("restore", "SAVED", "--replace")),
    Case("ledger.judge_due:1", "doctor.due", both(certify(*SUSPEND), clock(hours=2)), FIRST),
    Case("ledger.judge_due:1", "doctor.due", both(certify(*SUSPEND), clock(hours=2)), (1, 2)),
    Case("publication.judge_ages:1", "doctor.list-age", home_act(never_signed)),
    Case("publication.judge_ages:2", "doctor.list-age", clock(days=36), said="suspension/1 ended"),
    Case("publication.judge_ages:3", "doctor.list-age", clock(days=4), said="suspension/1"),
    Case("publication.judge_files:1", "doctor.published", swapped(LIST, "2026-07-", "2026-08-")),
    Case("publication.judge_files:1", "doctor.published", text(LIST, "\x00")),
    Case("publication.judge_files:1", "doctor.published", home_act(stray_list)),
    Case("publication.judge_files:2", "doctor.published", home_act(older_register), said="newer"),
    Case("publication.judge_files:3", "doctor.published", gone("public/trust.json")),
    Case("publication.judge_files:4", "doctor.published", swapped(DID, "key-2026-1", "key-2025-1")),
    Case("publication.judge_changed:1", "doctor.changed", certify("revoke", "CAIG", *REASON, "--no-publish")),
    Case("publication.judge_seen:1", "doctor.lists-genuine", text("public/trust.json", "[1")),
    Case("publication.judge_seen:2", "doctor.lists-genuine", swapped(LIST, "2026-07-", "2026-06-")),
    Case("publication.judge_seen:2", "doctor.lists-genuine", text(LIST, "\x00")),
    Case("publication.judge_seen:2", "doctor.lists-genuine", clock(days=60), said="suspension/1"),
    Case("publication.judge_served:1", "doctor.did", swapped(DID, "key-2026-1", "key-2025-1")),
    Case("publication.judge_served:1", "doctor.did", text(DID, "[]")),
    Case("signing.judge_active:1", "doctor.key-active", LOST),
    Case("signing.judge_active:1", "doctor.key-active", both(SPARE, LOST)),
    Case("signing.judge_files:1", "doctor.key-files", mode(KEY, 0o640)),
    Case("signing.judge_files:1", "doctor.key-files", gone(KEY), FIRST),
    Case("signing.judge_files:1", "doctor.key-files", gone(KEY), LAST),
    Case("signing.judge_files:1", "doctor.key-files", text(KEY, "nothing"), MOVED),
    Case("signing.judge_files:1", "doctor.key-files", text(KEY, "-----BEGIN PRIVATE KEY-----"), MOVED),
    Case("signing.judge_files:1", "doctor.key-files", text(KEY, "-----BEGIN PRIVATE KEY-----"), LAST),
    Case("signing.judge_files:1", "doctor.key-files", swapped(REGISTRY, "file:", "pkcs11:"), MOVED),
    Case("signing.judge_files:1", "doctor.key-files", both(SPARE, gone("keys/key-2026-2.pem")), (-1, None)),
    Case("signing.judge_opened:1", "doctor.key-opened", home_act(spoil_key), MOVED),
    Case("signing.judge_opened:1", "doctor.key-opened", put_key(Ed25519PrivateKey.generate()), MOVED),
    Case("signing.judge_opened:1", "doctor.key-opened", put_key(X25519PrivateKey.generate()), MOVED),
    Case("signing.judge_compromised:1", "doctor.key-compromised", both(SECOND, LOST)),
    Case(NOT_SEEN, "doctor.configuration", gone("certify.toml"), FIRST, said="config.missing"),
    Case(NOT_SEEN, "doctor.configuration", BOTH_GONE, (1, 3), said="config.missing"),
    Case(NOT_SEEN, "doctor.configuration", gone("."), (3, 4), said="config.missing"),
    Case(NOT_SEEN, "doctor.configuration", text("certify.toml", "\x00"), said="config.invalid"),
    Case(NOT_SEEN, "doctor.register", gone("certify.db"), said="register.missing"),
    Case(NOT_SEEN, "doctor.register", text("certify.db", "no database at all" * 100), said="register.unusable"),
    Case(NOT_SEEN, "doctor.key-active", gone(REGISTRY), said="key.registry-missing"),
    Case(NOT_SEEN, "doctor.key-active", text(REGISTRY, "[]"), said="json.not-object"),
    Case(NOT_SEEN, "doctor.key-active", text(REGISTRY, '{"keys": [1]}'), said="key.registry"),
    Case(NOT_SEEN, "doctor.key-active", gone("keys"), said="key.registry-missing"),
    Case(NOT_SEEN, "doctor.public", gone("public")),
    Case(NOT_SEEN, "doctor.lists-genuine", gone("public/trust.json")),
    Case(NOT_SEEN, "doctor.lists-genuine", gone(LIST)),
    Case(NOT_SEEN, "doctor.did", gone(DID)),
]  # fmt: skip


@in_a_file
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.site)
def test_the_advice_of_a_red_line_turns_it_green(
    follower: Follower, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.make(follower, monkeypatch)
    advice = follower.advice(case.code, case.said)
    assert case.site in follower.said
    if case.by_hand is not None:
        case.by_hand(follower, monkeypatch)
    if case.pick != NONE:
        follower.follow(advice, slice(*case.pick))
    assert [each for each in follower.look() if each["code"] == case.code] == []


def test_every_red_line_has_a_case() -> None:
    assert {case.site for case in CASES} == set(sites().values())


def test_every_advice_on_what_cannot_be_looked_at_has_a_case() -> None:
    assert set(advice._AFTER) <= {case.said for case in CASES}
