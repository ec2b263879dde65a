"""The command `certify` as an operator meets it: what it does, what it refuses, and what it never says."""

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from issuer.register import events, postgres, sqlite, transaction
from tests.kit import databases
from tests.kit.home import (
    AIMA_AT,
    CAIG_AT,
    CREATED,
    LATER,
    REASON,
    RESULTS,
    SUFFIXES,
    Home,
    certify,
    demo,
    fresh,
    on_server,
    opened,
    real,
)
from verifier.format.timestamp import parse

PASSPHRASE = "a passphrase that is long enough"
NAMED = ("--name", "Example Body", "--base-url", "https://issuer.example", "--email", "complaints@issuer.example")
DECIDED = ("--decision", "DEC-7", "--by", "review-board")
PRIYA_FAILED = "2026-07-21T08:32:13Z"
HELD_AT = "2026-07-22T08:32:13Z"
DECIDED_AT = "2026-07-23T09:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.fixture
def new(tmp_path: Path) -> Home:
    return fresh(tmp_path / "home")


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(PASSPHRASE + "\nanything after the first line is not read\n")
    return path


def without_register(home: Home) -> None:
    for path in home.path.glob("certify.db*"):
        path.unlink()


# --- init -------------------------------------------------------------------------------------------------------


def test_init_makes_a_home_whose_secrets_only_its_owner_can_read(new: Home) -> None:
    home = new
    modes = {
        str(path.relative_to(home.path)): stat.S_IMODE(path.stat().st_mode)
        for path in [home.path, *home.path.rglob("*")]
    }
    assert {name: modes[name] for name in (".", "keys", "issued")} == {".": 0o711, "keys": 0o700, "issued": 0o700}
    register = [name for name in modes if name.startswith("certify.db")]
    assert bool(register) != bool(databases.SERVER)
    secret = ("certify.toml", *register, "keys/key-2026-1.pem", "keys/passphrase")
    assert {name: modes[name] for name in secret} == dict.fromkeys(secret, 0o600)
    assert modes["public/trust.json"] == modes["public/.well-known/did.json"] == 0o644


def test_an_issued_file_is_for_its_owner_alone(home: Home) -> None:
    public_id = home.issue()
    for suffix in SUFFIXES:
        assert stat.S_IMODE(home.file(public_id, suffix).stat().st_mode) == 0o600


def test_init_publishes_everything_that_a_reader_needs(new: Home) -> None:
    names = set(new.files("public"))
    assert names >= {".well-known/did.json", "trust.json", "status/revocation/1", "status/suspension/1"}
    assert names >= {f"achievements/{code}/2026.1{kind}" for code in ("aima", "caig") for kind in ("", ".png")}
    assert names >= {f"schemas/{code}-credential-1.json" for code in ("aima", "caig")}
    assert not [name for name in names if name.rpartition("/")[2].startswith(".") and name != ".well-known/did.json"]


def test_init_of_a_real_issuer_names_what_is_missing(tmp_path: Path) -> None:
    ran = certify("init", "--home", str(tmp_path / "home"), "--name", "Example Body")
    assert (ran.exit, ran.out) == (2, "")
    assert "--base-url, --email" in ran.err
    assert not (tmp_path / "home").exists()


def test_init_says_what_it_made(tmp_path: Path, passphrase: Path) -> None:
    ran = certify("init", *NAMED, *on_server(), "--home", str(tmp_path / "home"), "--passphrase-file", str(passphrase))
    assert ran.exit == 0
    assert "did:web:issuer.example" in ran.out
    assert str(tmp_path / "home" / "public") in ran.out
    home = real(tmp_path / "other", passphrase)
    assert [key["state"] for key in home.json("keys", "list")["keys"]] == ["active"]
    assert "passphrase" not in {path.name for path in (home.path / "keys").iterdir()}


def test_init_leaves_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "diary.txt").write_text("mine")
    assert Home(folder).fails("init", "--demo") == "init.exists"
    assert [path.name for path in folder.iterdir()] == ["diary.txt"]
    assert (folder / "diary.txt").read_text() == "mine"


def test_init_twice_leaves_the_first(home: Home) -> None:
    before = home.files(".")
    assert home.fails("init", "--demo") == "init.exists"
    assert home.files(".") == before


def test_init_in_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    assert Home(tmp_path / "home").fails("init", "--demo") == "disk"


@databases.in_a_file
@pytest.mark.parametrize("content", ["short\n", None], ids=["weak", "missing"])
def test_init_can_be_tried_again_after_a_bad_passphrase(tmp_path: Path, content: str | None, passphrase: Path) -> None:
    bad, home = tmp_path / "bad.txt", Home(tmp_path / "home")
    if content is not None:
        bad.write_text(content)
    code = home.fails("init", *NAMED, "--passphrase-file", str(bad))
    assert code == ("key.passphrase-weak" if content else "key.passphrase-file")
    assert not home.path.exists()
    done = home.json("init", *NAMED, *on_server(), "--passphrase-file", str(passphrase))
    assert done["did"] == "did:web:issuer.example"


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--base-url", "http://issuer.example"),
        ("--base-url", "https://issuer.example/path"),
        ("--base-url", "https://[issuer"),
        ("--base-url", "https://issuer..example"),
        ("--base-url", "https://issuer.example:70000"),
        ("--email", "complaints"),
        ("--zone", "Mars/Olympus"),
        ("--name", "Body\nof two lines"),
        ("--name", "Body \udcff"),
        ("--name", " "),
    ],
)
def test_init_refuses_what_could_not_be_signed_or_served(
    tmp_path: Path, passphrase: Path, option: str, value: str
) -> None:
    given = dict(zip(NAMED[::2], NAMED[1::2], strict=True)) | {option: value}
    arguments = [part for pair in given.items() for part in pair]
    ran = certify("init", *arguments, "--home", str(tmp_path / "home"), "--passphrase-file", str(passphrase), "--json")
    assert (ran.exit, ran.code) == (1, "config.invalid")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", ["Bäcker & Söhne “KI”", "Prüfstelle 𠀀😀", 'He said "no" \\ yes', "عائشة"])
def test_any_name_survives_the_configuration(tmp_path: Path, passphrase: Path, name: str) -> None:
    home = real(tmp_path / "home", passphrase, name=name)
    home.json("publish")
    trust = json.loads((home.path / "public" / "trust.json").read_bytes())
    assert trust["issuers"][0]["name"] == name


@pytest.mark.parametrize("folder", ["with space", "what?x=1", "100%41", "a#b", "it's", "ä"])
def test_any_folder_name_will_do(tmp_path: Path, folder: str) -> None:
    home = fresh(tmp_path / folder)
    assert home.verify(home.issue(), AIMA_AT)
    assert [path.name for path in tmp_path.iterdir()] == [folder]


# --- issue ------------------------------------------------------------------------------------------------------


def test_issue_reads_a_file_and_says_where_the_credential_is(home: Home) -> None:
    ran = home.certify("issue", str(RESULTS / "aima-pass.json"), at=AIMA_AT)
    assert (ran.exit, ran.err) == (0, "")
    heading, *files = ran.out.splitlines()
    assert heading.startswith("Issued: AIMA-2026-")
    paths = [Path(line.partition(": ")[2]) for line in files]
    assert [path.suffixes for path in paths] == [[".r1", ".json"], [".r1", ".compact", ".json"], [".r1", ".jwt"]]
    assert all(json.loads(path.read_bytes())["proof"] for path in paths[:2])


def test_issue_reads_standard_input_and_answers_json(home: Home) -> None:
    answer = home.json("issue", "-", at=AIMA_AT, stdin=(RESULTS / "aima-pass.json").read_bytes())
    assert answer.keys() == {"outcome", "first", "resultId", "publicId", "codes", "findings", "files"}
    assert (answer["outcome"], answer["first"], answer["resultId"]) == ("issued", None, "res_demo_0001")
    assert (answer["codes"], answer["findings"]) == ([], [])


def test_issue_of_several_answers_each_and_ends_with_the_worst(home: Home) -> None:
    names = ("aima-pass.json", "refused-terms.json", "aima-fail.json")
    ran = home.certify("issue", *(str(RESULTS / name) for name in names), "--json", at="2026-07-23T18:00:00Z")
    assert ran.exit == 1
    assert [answer["outcome"] for answer in ran.json] == ["issued", "refused", "failed"]
    assert ran.json[1]["codes"] == ["consent.terms"]
    assert ran.json[1]["findings"][0]["detail"].endswith(".")


def test_a_missing_file_is_noticed_before_anything_is_issued(home: Home, tmp_path: Path) -> None:
    ran = home.certify("issue", str(RESULTS / "aima-pass.json"), str(tmp_path / "absent.json"), at=AIMA_AT)
    assert (ran.exit, ran.out) == (2, "")
    assert "absent.json cannot be read" in ran.err
    assert home.rows("SELECT * FROM result") == []


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"{" + b" " * 70_000 + b"}", b'{"a": NaN}'])
def test_what_is_no_record_is_refused(home: Home, data: bytes) -> None:
    ran = home.certify("issue", "-", "--json", at=AIMA_AT, stdin=data)
    assert (ran.exit, ran.json["outcome"], ran.json["codes"]) == (1, "refused", ["json.strict"])
    assert home.rows("SELECT * FROM result") == []


def test_a_lost_file_comes_back_with_the_same_bytes(home: Home) -> None:
    public_id = home.issue()
    before = home.files("issued")
    home.file(public_id).unlink()
    home.file(public_id, ".compact.json").write_text("overwritten")
    answer = home.json("issue", str(RESULTS / "aima-pass.json"), at=AIMA_AT)
    assert (answer["outcome"], answer["first"], answer["publicId"]) == ("replayed", "accepted", public_id)
    assert home.files("issued") == before


# --- hold -------------------------------------------------------------------------------------------------------


def hold_integrity(home: Home) -> str:
    answer = home.json("issue", str(RESULTS / "held-integrity.json"), at="2026-07-20T08:32:13Z")
    assert answer["outcome"] == "held"
    return str(answer["resultId"])


def hold_candidate(home: Home) -> str:
    home.json("issue", str(RESULTS / "aima-fail-priya.json"), at=PRIYA_FAILED)
    answer = home.json("issue", str(RESULTS / "held-candidate.json"), at=HELD_AT)
    assert answer["outcome"] == "held"
    return str(answer["resultId"])


@pytest.mark.parametrize(("held", "code"), [(hold_integrity, "integrity.hold"), (hold_candidate, "candidate.mismatch")])
def test_a_held_record_is_listed_and_released(home: Home, held: Callable[[Home], str], code: str) -> None:
    result_id = held(home)
    (waiting,) = home.json("hold", "list", at=DECIDED_AT)
    assert (waiting["resultId"], waiting["codes"]) == (result_id, [code])
    assert waiting.keys() == {"platform", "resultId", "credential", "receivedAt", "codes"}
    answer = home.json("hold", "release", result_id, *DECIDED, at=DECIDED_AT)
    assert answer["outcome"] == "issued"
    assert home.verify(answer["publicId"], DECIDED_AT)
    assert home.json("hold", "list", at=DECIDED_AT) == []
    decision = "SELECT decided_by, outcome, set_aside, reference FROM decision ORDER BY seq DESC LIMIT 1"
    assert home.rows(decision) == [("review-board", "accepted", json.dumps([code]), "DEC-7")]
    assert home.fails("hold", "release", result_id, *DECIDED, at=DECIDED_AT) == "hold.unknown"
    assert home.fails("hold", "refuse", result_id, *DECIDED, at=DECIDED_AT) == "hold.unknown"


@pytest.mark.parametrize("held", [hold_integrity, hold_candidate])
def test_a_held_record_is_refused(home: Home, held: Callable[[Home], str]) -> None:
    result_id = held(home)
    answer = home.json("hold", "refuse", result_id, *DECIDED, at=DECIDED_AT)
    assert (answer["outcome"], answer["publicId"], answer["files"]) == ("refused", None, [])
    assert home.files("issued") == {}
    assert home.rows("SELECT * FROM award") == []
    assert home.fails("hold", "release", result_id, *DECIDED, at=DECIDED_AT) == "hold.unknown"


def test_a_released_record_sent_again_gets_its_credential(home: Home) -> None:
    released = home.json("hold", "release", hold_integrity(home), *DECIDED, at=DECIDED_AT)
    again = home.json("issue", str(RESULTS / "held-integrity.json"), at=DECIDED_AT)
    assert (again["outcome"], again["first"], again["publicId"]) == ("replayed", "accepted", released["publicId"])


def test_an_address_that_a_decision_accepted_is_known_from_then_on(home: Home) -> None:
    home.json("hold", "release", hold_candidate(home), *DECIDED, at=DECIDED_AT)
    assert len(home.rows("SELECT email FROM person_email")) == 2


@pytest.mark.parametrize("act", ["release", "refuse"])
def test_hold_knows_only_what_is_held(home: Home, act: str) -> None:
    home.issue()
    for result_id in ("res_unknown", "res_demo_0001"):
        assert home.fails("hold", act, result_id, *DECIDED, at=LATER) == "hold.unknown"
    assert home.certify("hold", act, "res_demo_0001", at=LATER).exit == 2


# --- revoke, publish, show --------------------------------------------------------------------------------------


def test_a_withdrawal_shows_to_readers_and_its_caig_is_due_for_review(home: Home) -> None:
    aima, caig = home.issue(), home.issue("caig-pass.json", CAIG_AT)
    answer = home.json("revoke", aima, *REASON, at=LATER)
    assert (answer["publicId"], answer["reason"], answer["dueForReview"]) == (aima, "scoring-error", [caig])
    assert answer["published"]["lists"].keys() == {"revocation/1", "suspension/1"}
    report = home.verify(aima, LATER)
    assert (str(report.verdict), str(report.state), report.genuine) == ("invalid", "withdrawn", True)
    assert home.verify(caig, LATER)
    assert home.json("show", aima, at=LATER)["state"] == "withdrawn"
    shown = home.json("show", caig, at=LATER)
    assert (shown["state"], shown["reviewDueSince"], shown["restsOn"]) == ("valid", LATER, aima)


def test_a_withdrawal_can_wait_for_its_publication(home: Home) -> None:
    public_id = home.issue()
    ran = home.certify("revoke", public_id, *REASON, "--no-publish", at=LATER)
    assert ran.exit == 0
    assert "certify publish" in ran.out
    assert home.verify(public_id, LATER)
    home.json("publish", at=LATER)
    assert not home.verify(public_id, LATER)


def test_a_withdrawal_is_for_ever_and_once(home: Home) -> None:
    public_id = home.issue()
    home.json("revoke", public_id, *REASON, at=LATER)
    events_before = home.rows("SELECT * FROM event")
    assert home.fails("revoke", public_id, *REASON, at=LATER) == "award.withdrawn"
    assert home.rows("SELECT * FROM event") == events_before
    assert home.json("issue", str(RESULTS / "aima-pass.json"), at=LATER)["publicId"] == public_id
    assert not home.verify(public_id, LATER)


def test_revoke_refuses_what_it_does_not_know(home: Home) -> None:
    public_id = home.issue()
    assert home.fails("revoke", "AIMA-2026-00000000", *REASON, at=LATER) == "award.unknown"
    assert home.fails("revoke", "\u202enonsense", *REASON, at=LATER) == "award.unknown"
    assert home.fails("revoke", public_id, "--reason", "scoring-error", "--decision", " ", at=LATER) == (
        "decision.reference"
    )
    for reason in ("because", "superseded", "payment-dispute"):
        ran = home.certify("revoke", public_id, "--reason", reason, "--decision", "D", at=LATER)
        assert ran.exit == 2
        assert "invalid choice" in ran.err
    assert home.verify(public_id, LATER)


@pytest.mark.parametrize("act", ["show", "revoke"])
def test_a_public_id_is_understood_as_it_was_meant(home: Home, act: str) -> None:
    public_id = home.issue()
    code, year, characters = public_id.split("-")
    typed = f" {code}-{year}-{characters.replace('1', 'I').replace('0', 'o')} ".lower()
    options = REASON if act == "revoke" else ()
    assert home.json(act, typed, *options, at=LATER)["publicId"] == public_id
    wrong = f"{code}-{year}-{characters[:-1]}{'3' if characters[-1] == '2' else '2'}"
    assert home.fails("show", wrong, at=LATER) == "award.unknown"


def test_show_tells_the_whole_story(home: Home) -> None:
    public_id = home.issue("caig-pass.json", CAIG_AT) if home.issue() else ""
    home.json("revoke", public_id, *REASON, at=LATER)
    shown = home.json("show", public_id, at=LATER)
    assert [event["type"] for event in shown["history"]] == ["planned", "issued", "revoked"]
    assert shown["history"][-1]["decisionRef"] == "DEC-1"
    assert {entry["purpose"]: entry["set"] for entry in shown["status"]} == {"revocation": True, "suspension": False}
    text = home.certify("show", public_id, at=LATER).out
    for said in (public_id, "withdrawn", "scoring-error", "DEC-1", shown["validUntil"]):
        assert said in text


def test_publish_says_how_old_the_lists_are_and_each_is_newer(home: Home) -> None:
    first = home.json("publish", at=LATER)["lists"]
    second = home.json("publish", at=LATER)["lists"]
    assert all(parse(second[purpose]) > parse(first[purpose]) for purpose in ("revocation/1", "suspension/1"))
    assert "2026-07-09T00:00:00.002Z" in home.certify("publish", at=LATER).out


# --- keys -------------------------------------------------------------------------------------------------------


def test_a_new_key_is_announced_and_does_not_sign_yet(home: Home) -> None:
    assert home.json("keys", "generate", at=LATER) == {"announced": "key-2026-2"}
    states = {key["id"]: key["state"] for key in home.json("keys", "list", at=LATER)["keys"]}
    assert states == {"key-2026-1": "active", "key-2026-2": "announced"}
    document = json.loads((home.path / "public" / ".well-known" / "did.json").read_bytes())
    assert f"{document['id']}#key-2026-2" in document["assertionMethod"]
    assert stat.S_IMODE((home.path / "keys" / "key-2026-2.pem").stat().st_mode) == 0o600
    public_id = home.issue(at=LATER)
    (proof,) = json.loads(home.file(public_id).read_bytes())["proof"]
    assert proof["verificationMethod"].endswith("#key-2026-1")
    assert "key-2026-2" in home.certify("keys", "list", at=LATER).out


def test_a_key_file_that_a_crash_left_behind_is_in_nobodys_way(home: Home) -> None:
    left = home.path / "keys" / "key-2026-2.pem"
    left.write_text("left behind")
    assert home.json("keys", "generate", at=LATER) == {"announced": "key-2026-3"}
    assert left.read_text() == "left behind"


# --- time -------------------------------------------------------------------------------------------------------

EVERY_ACT = (
    ("issue", str(RESULTS / "aima-pass.json")),
    ("hold", "list"),
    ("hold", "release", "res_demo_0001", *DECIDED),
    ("revoke", "AIMA-2026-00000000", *REASON),
    ("publish",),
    ("show", "AIMA-2026-00000000"),
    ("keys", "generate"),
    ("keys", "list"),
)


def test_only_a_demo_may_set_the_time(tmp_path: Path, passphrase: Path) -> None:
    home = real(tmp_path / "home", passphrase)
    before = home.files(".")
    for act in EVERY_ACT:
        ran = home.certify(*act, at=CREATED)
        assert (ran.exit, ran.out) == (2, ""), act
        assert "--demo" in ran.err
        assert home.files(".") == before


def test_a_real_home_cannot_be_made_a_demo_from_outside(tmp_path: Path, passphrase: Path) -> None:
    home = real(tmp_path / "home", passphrase)
    home.environment = {"CERTIFY_HOME__DEMO": "true", "CERTIFY_ISSUER__NAME": "DEMO Body"}
    assert home.fails("publish", at=CREATED) == "config.invalid"


@pytest.mark.parametrize("at", ["yesterday", "2026-07-01", "2026-07-01T09:00:00", "2026-07-01T09:00:00+99:00"])
def test_a_time_needs_its_zone(home: Home, at: str) -> None:
    assert home.certify("publish", at=at).exit == 2


@pytest.mark.parametrize("act", [act for act in EVERY_ACT if act[0] != "show" and act[1:] != ("list",)], ids=" ".join)
def test_a_clock_that_runs_backwards_is_noticed_before_anything_changes(home: Home, act: tuple[str, ...]) -> None:
    home.json("publish", at=LATER)
    before, rows = home.files("."), home.rows("SELECT * FROM event")
    assert home.fails(*act, at=AIMA_AT) == "clock.behind"
    assert home.files("keys") == {name[5:]: data for name, data in before.items() if name.startswith("keys/")}
    assert home.files("public") == {name[7:]: data for name, data in before.items() if name.startswith("public/")}
    assert home.rows("SELECT * FROM event") == rows


def test_two_clocks_may_differ_a_little(home: Home) -> None:
    home.json("publish", at="2026-07-01T09:32:40Z")
    public_id = home.issue(at=AIMA_AT)
    assert home.verify(public_id, AIMA_AT)
    home.json("publish", at="2026-07-01T09:32:11Z")
    assert home.verify(public_id, "2026-07-01T09:32:41Z")


def test_a_platform_whose_clock_is_ahead_gets_a_credential_at_once(home: Home) -> None:
    early = "2026-07-01T09:29:33Z"
    public_id = home.issue(at=early)
    assert home.verify(public_id, early)


# --- what is broken ---------------------------------------------------------------------------------------------


def test_without_a_home_the_next_step_is_named(tmp_path: Path) -> None:
    ran = certify("publish", "--home", str(tmp_path / "absent"))
    assert (ran.exit, ran.out) == (1, "")
    assert "certify init" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_home_is_found_by_its_variable(home: Home) -> None:
    assert certify("keys", "list", environment={"CERTIFY_HOME": str(home.path)}).exit == 0


@pytest.mark.parametrize("act", [("publish",), ("issue", str(RESULTS / "aima-pass.json"))], ids=" ".join)
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "key.passphrase-file"),
        ("another passphrase, not that one\n", "key.passphrase"),
        ("\n", "key.passphrase-file"),
    ],
    ids=["none", "wrong", "empty"],
)
def test_without_the_passphrase_nothing_is_signed(
    home: Home, content: str | None, code: str, act: tuple[str, ...]
) -> None:
    path = home.path / "keys" / "passphrase"
    right = path.read_bytes()
    path.unlink()
    if content is not None:
        path.write_text(content)
    public = home.files("public")
    assert home.fails(*act, at=AIMA_AT) == code
    assert home.files("issued") == {}
    assert home.files("public") == public
    path.write_bytes(right)
    answer = home.json("issue", str(RESULTS / "aima-pass.json"), at=AIMA_AT)
    assert answer["outcome"] == ("replayed" if act[0] == "issue" else "issued")
    assert home.verify(answer["publicId"], AIMA_AT)


def test_without_a_passphrase_file_and_a_terminal_it_says_what_to_set(tmp_path: Path, passphrase: Path) -> None:
    home = real(tmp_path / "home", passphrase)
    text = (home.path / "certify.toml").read_text()
    (home.path / "certify.toml").write_text("".join(line for line in text.splitlines(True) if "passphrase" not in line))
    assert home.fails("publish") == "key.passphrase-file"
    home.environment = {"CERTIFY_KEYS__PASSPHRASE_FILE": str(passphrase)}
    home.json("publish")


def test_a_key_file_that_others_may_read_is_not_used(home: Home) -> None:
    (home.path / "keys" / "key-2026-1.pem").chmod(0o640)
    assert home.fails("publish", at=LATER) == "key.file-mode"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"keys": [{}]}', '{"keys": [], "keys": []}'])
def test_a_damaged_key_registry_is_named(home: Home, content: str) -> None:
    (home.path / "keys" / "registry.json").write_text(content)
    for act in (("publish",), ("keys", "list"), ("keys", "generate"), ("issue", str(RESULTS / "aima-pass.json"))):
        assert home.fails(*act, at=AIMA_AT).startswith(("key.", "json."))
    assert home.files("issued") == {}
    (home.path / "keys" / "registry.json").unlink()
    assert home.fails("publish", at=LATER) == "key.registry-missing"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "[issuer",
        lambda text: "\x00",
        lambda text: text.replace("name =", "nmae ="),
        lambda text: text + "\n[colour]\nred = 1\n",
        lambda text: text.replace("zone =", "colour ="),
        lambda text: text.replace("DEMO ", ""),
        lambda text: text.replace("demo = true", 'demo = "yes"'),
        lambda text: text.replace("demo = true", "demo = 0"),
        lambda text: text + "\n[status]\nlength = 1000\n",
        lambda text: text + '\n[status]\nlength = "１３１０７２"\n',
        lambda text: text + f"\n[status]\nlength = {1 << 40}\n",
        lambda text: "issuer = 5\n",
    ],
)
def test_a_damaged_or_unknown_configuration_is_named(home: Home, change: Callable[[str], str]) -> None:
    path = home.path / "certify.toml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert home.fails("publish", at=LATER) == "config.invalid"


def test_the_environment_overrides_and_is_checked(home: Home) -> None:
    home.environment = {"CERTIFY_ISSUER__EMAIL": "desk@issuer.example"}
    credential = json.loads(home.file(home.issue()).read_bytes())
    assert credential["issuer"]["email"] == "desk@issuer.example"
    for name, value in (
        ("CERTIFY_ISSUER__EMAIL", "nobody"),
        ("CERTIFY_ISSUER__ZONE", "Mars/Olympus"),
        ("CERTIFY_ISSUER__MAIL", "desk@issuer.example"),
        ("CERTIFY_STATUSS__LENGTH", "131072"),
        ("CERTIFY_STATUS__LENGTH", "many"),
        ("CERTIFY_HOME__DEMO", "false"),
    ):
        home.environment = {name: value}
        assert home.fails("publish", at=LATER) == "config.invalid", name


def test_a_credential_ends_with_the_day_of_the_issuers_zone(home: Home) -> None:
    home.environment = {"CERTIFY_ISSUER__ZONE": "Pacific/Auckland"}
    credential = json.loads(home.file(home.issue()).read_bytes())
    assert credential["validUntil"] == "2028-07-01T11:59:59Z"


def test_a_list_does_not_lose_its_end(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda length: length - 1)
    home.environment = {"CERTIFY_STATUS__LENGTH": str(1 << 22)}
    home.json("revoke", home.issue(), *REASON, at=LATER)
    standing = home.files("public")
    home.environment = {}
    assert home.fails("publish", at=LATER) == "status.length"
    assert home.files("public") == standing


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite.OPTIONS["connect_args"], "timeout", 0.05)
    monkeypatch.setattr(postgres, "_PATIENCE", "50ms")


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("act", [("publish",), ("issue", str(RESULTS / "aima-pass.json"))])
def test_a_register_that_somebody_holds_is_named(home: Home, act: tuple[str, ...]) -> None:
    with opened(home) as desk, transaction(desk.engine):
        assert home.fails(*act, at=AIMA_AT) == "register.unusable"
        assert home.json("hold", "list") == [], "a look takes no lock"
    assert home.verify(home.issue(), AIMA_AT)


@databases.in_a_file
@pytest.mark.parametrize("content", [b"no database at all " * 100, b"SQLite format 3\x00" + bytes(200)])
def test_a_corrupt_register_is_named(home: Home, content: bytes) -> None:
    without_register(home)
    (home.path / "certify.db").write_bytes(content)
    for act in (("publish",), ("issue", str(RESULTS / "aima-pass.json")), ("show", "AIMA-2026-00000000")):
        assert home.fails(*act, at=AIMA_AT) == "register.unusable"
    assert (home.path / "certify.db").read_bytes() == content


@databases.in_a_file
def test_a_lost_register_is_not_replaced_by_an_empty_one(home: Home) -> None:
    home.issue()
    without_register(home)
    assert home.fails("issue", str(RESULTS / "aima-pass.json"), at=LATER) == "register.missing"
    assert not (home.path / "certify.db").exists()


def test_a_register_of_a_later_version_is_left_alone(home: Home) -> None:
    home.change("UPDATE alembic_version SET version_num = '9999'")
    assert home.fails("publish", at=LATER) == "register.newer"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"{}", b'{"validFrom": "2026-06-15T00:00:00Z", "credentialSubject": []}']
)
def test_a_published_list_that_was_damaged_is_named(home: Home, content: bytes) -> None:
    path = home.path / "public" / "status" / "revocation" / "1"
    path.write_bytes(content)
    assert home.fails("publish", at=LATER) == "publish.damaged"
    assert path.read_bytes() == content
    path.unlink()
    home.json("publish", at=LATER)
    assert home.verify(home.issue(at=LATER), LATER)


def test_public_files_that_went_lost_come_back(home: Home) -> None:
    home.json("publish", at=LATER)
    before = home.files("public")
    for name in before:
        (home.path / "public" / name).unlink()
    home.json("publish", at=LATER)
    assert home.files("public").keys() == before.keys()


# --- the command line -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("issue",),
        ("revoke", "AIMA-2026-00000000"),
        ("hold",),
        ("hold", "release", "x"),
        ("keys", "burn"),
        ("publish", "--colour"),
    ],
)
def test_a_wrong_command_line_ends_with_2(arguments: tuple[str, ...]) -> None:
    ran = certify(*arguments)
    assert (ran.exit, ran.out) == (2, "")
    assert "usage: certify" in ran.err


def test_the_program_runs_on_its_own(tmp_path: Path) -> None:
    """Once as a process of its own: entry point, streams and exit status are not those of this one."""
    program = (sys.executable, "-X", "utf8", "-c", "import sys; from issuer.cli import main; sys.exit(main())")
    home = str(tmp_path / "home")
    made = subprocess.run((*program, "init", "--demo", *on_server(), "--home", home), capture_output=True, check=False)
    assert (made.returncode, made.stderr) == (0, b"")
    record = (RESULTS / "aima-pass.json").read_bytes()
    sent = subprocess.run(
        (*program, "issue", "-", "--json", "--home", home), input=record, capture_output=True, check=False
    )
    assert sent.returncode == 1
    assert json.loads(sent.stdout)["outcome"] == "refused"


# --- what is never said -----------------------------------------------------------------------------------------

SECRET_FILES = ("keys/passphrase", "keys/key-2026-1.pem", "keys/key-2026-2.pem")


def test_no_secret_is_ever_printed_published_or_stored(home: Home) -> None:
    public_id = home.issue()
    hold_integrity(home)
    said = []
    for act in (
        *EVERY_ACT,
        ("show", public_id),
        ("revoke", public_id, *REASON),
        ("issue", str(RESULTS / "refused-name.json")),
        ("keys", "generate"),
        ("init", "--demo"),
    ):
        for form in ((), ("--json",)):
            ran = home.certify(*act, *form, at=DECIDED_AT)
            said += [ran.out, ran.err]
            assert "Traceback" not in ran.err
    (home.path / "keys" / "key-2026-1.pem").chmod(0o644)
    said.append(home.certify("publish", at=DECIDED_AT).err)
    secrets = [line for name in SECRET_FILES for line in (home.path / name).read_text().split("\n") if len(line) > 30]
    assert len(secrets) >= 5
    everywhere = (
        "\n".join(said).encode() + b"".join(home.files("public").values()) + b"".join(home.files("issued").values())
    )
    everywhere += b"".join(path.read_bytes() for path in home.path.glob("certify.*"))
    for secret in secrets:
        if not secret.startswith("-----"):
            assert secret.encode() not in everywhere


def test_events_hold_nothing_about_a_person(home: Home) -> None:
    aima = home.issue()
    home.issue("caig-pass.json", CAIG_AT)
    home.json("revoke", aima, *REASON, at=LATER)
    home.json("hold", "release", hold_integrity(home), *DECIDED, at=DECIDED_AT)
    home.json("keys", "generate", at=DECIDED_AT)
    told = json.dumps(home.rows("SELECT * FROM event"), ensure_ascii=False).casefold()
    for name in ("aima-pass.json", "held-integrity.json"):
        candidate = json.loads((RESULTS / name).read_bytes())["candidate"]
        for word in (candidate["candidateId"], candidate["displayName"], candidate["email"]):
            assert word.casefold() not in told
    for part in ("example.", "@"):
        assert part not in told
    with opened(home) as desk, transaction(desk.engine) as connection:
        assert events.broken_at(connection) is None


@pytest.mark.parametrize("name", ["refused-name.json", "refused-terms.json", "refused-unknown-field.json"])
def test_a_refused_record_leaves_nothing_about_a_person(home: Home, name: str) -> None:
    candidate = json.loads((RESULTS / name).read_bytes())["candidate"]
    ran = home.certify("issue", str(RESULTS / name), at="2026-07-23T18:32:13Z")
    assert ran.exit == 1
    assert candidate["email"] not in ran.out + ran.err
    stored = repr(home.contents())
    assert candidate["email"] not in stored
    assert candidate["displayName"] not in stored
