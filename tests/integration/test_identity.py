"""An issuer stays who it was: under another base_url every act is refused, by whatever way, and looking goes on."""

import json
import os
from dataclasses import replace as changed
from pathlib import Path

import pytest

from issuer.errors import IssuerError
from issuer.service import publish
from issuer.service.access import Role
from tests.kit import commands, databases
from tests.kit.home import AIMA_AT, LATER, REASON, RESULTS, Home, demo, opened
from tests.kit.staff import bearer, employ, logged_in, tokens
from tests.kit.web import Platform, service
from verifier.format.timestamp import parse

OTHER = "https://other.example"
OVERRIDE = "CERTIFY_ISSUER__BASE_URL"
CODE = "config.other-issuer"
DECIDED = ("--decision", "D-1")
LOOKING = {
    "doctor": (),
    "log": (),
    "show": ("ID",),
    "hold list": (),
    "review list": (),
    "keys list": (),
    "platforms list": (),
    "tokens list": (),
    "staff list": (),
    "person requests": (),
    "person show": ("PERSON",),
    "link show": ("PERSON",),
    "waiting list": (),
    "notices list": (),
    "badge": ("ID", "--out", "DIR"),
}
ACTING = {
    "publish": (),
    "backup": ("OUT.zip",),
    "restore": ("BACKUP",),
    "repair": (),
    "issue": ("RECORD",),
    "hold release": ("res-held", "--by", "x", *DECIDED),
    "hold refuse": ("res-held", "--by", "x", *DECIDED),
    "batch": ("LINES", "--outcome", "OUT.outcome"),
    "preview": ("RECORD",),
    "resume": (),
    "revoke": ("ID", *REASON),
    "appeal": ("ID", *DECIDED),
    "suspend": ("ID", "--reason", "integrity-review", *DECIDED, "--due", "2026-08-08T03:00:00Z"),
    "reinstate": ("ID", *DECIDED),
    "supersede": ("ID", "--name", "Ada B", *DECIDED),
    "erase": ("ID", *DECIDED),
    "forget-contact": ("ID", *DECIDED),
    "review close": ("ID", *DECIDED),
    "qr": ("ID", "--out", "DIR"),
    "certificate": ("ID", "--out", "DIR"),
    "person add-email": ("PERSON", "a@b.example", *DECIDED),
    "person merge": ("PERSON", "PERSON", *DECIDED),
    "person split": ("PERSON", "--platform", "x", "--candidate", "y", *DECIDED),
    "person close-request": ("1", *DECIDED),
    "keys generate": (),
    "keys activate": ("key-2026-1",),
    "keys retire": ("key-2026-1",),
    "keys compromise": ("key-2026-1", "--yes", *DECIDED),
    "keys reissue": ("key-2026-2", "--yes", *DECIDED),
    "keys rewrap": (),
    "staff link": ("issuer",),
    "links export": ("--all", "--out", "OUT.csv"),
    "link end": ("PERSON", *DECIDED),
    "link renew": ("PERSON", *DECIDED),
    "waiting take-back": ("1", *DECIDED),
    "waiting carry-out": (),
    "notices told": ("1",),
    "clock put-right": ("--yes", *DECIDED),
    "platforms allow": ("x", "k", "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"),
    "platforms end": ("x", "k"),
    "tokens new": ("t", "--role", "issuer"),
    "tokens end": ("t",),
    "staff set": ("s", "--role", "issuer", "--password-fd", "FD"),
    "staff end": ("s",),
    "export-case": ("ID", "OUT.case.zip"),
}
ELSEWHERE = {"init", "serve"}
"""One makes an issuer; the other goes on showing what was published: the tests of its doors are below."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = demo(tmp_path / "home")
    home.issue()
    if not databases.SERVER:
        home.json("backup", str(tmp_path / "backup.zip"), at=AIMA_AT)
    return home


def filled(home: Home, arguments: tuple[str, ...]) -> list[str]:
    folder = home.path.parent
    (public_id, person) = home.rows("SELECT public_id, person_id FROM award")[0]
    record = RESULTS / "caig-pass.json"
    lines = folder / "lines.jsonl"
    lines.write_text(json.dumps(json.loads(record.read_bytes())) + "\n")
    names = {"ID": public_id, "PERSON": person, "RECORD": str(record), "LINES": str(lines), "DIR": str(folder / "out")}
    if "FD" in arguments:
        reading, writing = os.pipe()
        os.write(writing, b"a password of length\n")
        os.close(writing)
        names["FD"] = str(reading)
    names |= {"BACKUP": str(folder / "backup.zip")}
    return [names.get(each, str(folder / each) if each.startswith("OUT.") else each) for each in arguments]


def unfinish(home: Home) -> None:
    """So that a resumption would have something to do, and a reissue a key that was given up."""
    home.json("keys", "generate", at=AIMA_AT)
    home.json("keys", "compromise", "key-2026-2", "--yes", *DECIDED, at=AIMA_AT)
    home.change("UPDATE revision SET delivered_at = NULL")


def test_every_command_is_told_apart() -> None:
    assert {*LOOKING, *ACTING, *ELSEWHERE} == set(commands.every())


OF_A_FILE = {"backup", "restore"}


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=[databases.in_a_file] if each in OF_A_FILE else []) for each in ACTING]
)
def test_an_act_at_the_terminal_is_refused_and_changes_nothing(home: Home, name: str) -> None:
    unfinish(home)
    arguments = filled(home, ACTING[name])
    replace = ("--replace",) if name == "restore" else ()
    before = home.everything()
    home.environment[OVERRIDE] = OTHER
    ran = home.certify(*name.split(), *arguments, *replace, "--json", at=LATER)
    assert ran.exit == 1
    said = "restore.foreign" if name == "restore" else CODE
    assert said in ran.err
    del home.environment[OVERRIDE]
    assert home.everything() == before
    assert not [path for path in home.path.parent.glob("OUT*") if path.suffix == ".zip"]


@pytest.mark.parametrize("name", LOOKING)
def test_looking_goes_on(home: Home, name: str) -> None:
    arguments = filled(home, LOOKING[name])
    home.environment[OVERRIDE] = OTHER
    ran = home.certify(*name.split(), *arguments, at=LATER)
    assert ran.exit == (1 if name == "doctor" else 0), ran.err
    assert ran.err == ""


def test_the_configuration_file_counts_as_the_environment_does(home: Home) -> None:
    file = home.path / "certify.toml"
    file.write_text(file.read_text().replace("https://credentials.example", OTHER))
    ran = home.certify("publish", at=LATER)
    assert CODE in ran.err
    assert 'Set base_url = "https://credentials.example"' in ran.err
    assert str(file) in ran.err


def test_a_watch_says_so_and_publishes_nothing(home: Home) -> None:
    home.change("DELETE FROM status_list WHERE valid_from > '2026-06-16'")
    file = home.path / "certify.toml"
    file.write_text(file.read_text().replace("https://credentials.example", OTHER))
    with opened(home) as desk, pytest.raises(IssuerError, match=CODE):
        publish.publish_due(desk, parse(LATER))


def test_a_service_refuses_acts_of_every_door_and_says_that_it_is_not_ready(home: Home) -> None:
    """Programs and staff came in before the address was changed: a running service holds on to what it has read."""
    platform = Platform()
    platform.allow(home, AIMA_AT)
    employ(home, AIMA_AT)
    token = tokens(home, AIMA_AT)[Role.ISSUER]
    (public_id,) = home.rows("SELECT public_id FROM award")[0]
    record = (RESULTS / "caig-pass.json").read_bytes()
    with service(home, LATER) as served:
        browser = logged_in(served, Role.ISSUER)
        browser.get(f"/console/credentials/{public_id}")
        office = served.client.application.extensions["Office"]
        office.desk.config = changed(office.desk.config, base_url=OTHER)
        before = home.everything()
        answers = [
            platform.send(served, record),
            served.post(
                f"/api/credentials/{public_id}/revoke",
                json={"decision": "D", "reason": "scoring-error"},
                headers=bearer(token),
            ),
        ]
        for answer in answers:
            assert (answer.status_code, answer.json["code"]) == (503, CODE)
            assert answer.json["detail"]
        page = browser.post(
            f"/console/credentials/{public_id}/revoke", decision="D", reason="scoring-error", confirmed="yes"
        )
        assert page.status_code == 503
        assert CODE in page.text
        ready = served.get("/readyz")
        assert (ready.status_code, ready.json["checks"]["issuer"]) == (503, False)
        assert served.get(f"/api/credentials/{public_id}", headers=bearer(token)).status_code == 200
        with served.get("/trust.json") as answer:
            assert answer.status_code == 200
        assert home.everything() == before


def test_the_doctor_says_it_and_what_to_do(home: Home) -> None:
    home.environment[OVERRIDE] = OTHER
    lines = {each["code"]: each for each in home.certify("doctor", "--json", at=LATER).json["checks"]}
    line = lines["doctor.identity"]
    assert line["level"] == "red"
    assert "did:web:credentials.example" in line["detail"]
    assert "did:web:other.example" in line["detail"]
    del home.environment[OVERRIDE]
    lines = {each["code"]: each for each in home.certify("doctor", "--json", at=LATER).json["checks"]}
    assert lines["doctor.identity"]["level"] == "ok"
