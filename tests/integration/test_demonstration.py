"""Two blueprints of one credential: both are issued and published by a demo, and only one exists for anybody else."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from issuer.service import accept, publish
from issuer.service.accept import Answer
from issuer.service.desk import Desk
from tests.kit.home import AIMA_AT, CAIG_AT, RESULTS, Home, catalog, demo, opened
from verifier.format.timestamp import parse

BLUEPRINT = "aima-demo-2026.1"
AT = parse(AIMA_AT)


def record(**changes: Any) -> bytes:
    value = json.loads((RESULTS / "aima-pass.json").read_bytes())
    return json.dumps({**value, "blueprint": BLUEPRINT, **changes}).encode()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def test_a_demo_issues_it_and_says_what_it_is(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(record())
    public_id = home.json("issue", str(path), at=AIMA_AT)["publicId"]
    assert home.verify(public_id, AIMA_AT)
    credential = json.loads(home.file(public_id).read_bytes())
    achievement = credential["credentialSubject"]["achievement"]
    assert "demonstration, not the institute's exam" in credential["name"]
    public = home.path / "public" / "achievements" / "aima"
    assert {each.name for each in public.iterdir()} == {
        "2026.1",
        "2026.1.png",
        "demo-2026.1",
        "demo-2026.1.png",
    }
    assert json.loads((public / "demo-2026.1").read_bytes())["id"] == achievement["id"]


def test_an_issuer_that_is_no_demo_does_not_know_it(home: Home) -> None:
    with opened(home) as desk:
        real = Desk(replace(desk.config, demo=False), catalog(), desk.engine, desk.passphrase)
        answer = accept.accept(real, record(), AT)
        assert (answer.answer, answer.codes) == (Answer.REFUSED, ("blueprint.unknown",))
        with real.reading() as connection:
            names = [name for name, _ in publish.files(real, connection, parse(CAIG_AT))]
    assert "achievements/aima/2026.1" in names
    assert not [name for name in names if "demo" in name]
