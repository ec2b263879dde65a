"""Dictionaries of QR codes: published under a number, carried in the trust file, and never changed."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from issuer.deliver.dictionary import dictionary
from issuer.service import dictionaries, publish
from tests.kit.home import AIMA_AT, LATER, Home, demo, opened
from verifier import Trust
from verifier.format.timestamp import parse

ADDRESS = "https://credentials.example/qr/{}.bin"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def published(home: Home) -> dict[str, bytes]:
    return home.files("public/qr")


def publish_under(home: Home, name: str, at: str = LATER) -> None:
    """Publish with the issuer's name changed, which is part of every credential."""
    file = home.path / "certify.toml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(f'name = "{name}"\n' if line.startswith("name = ") else line for line in lines))
    home.json("publish", at=at)


def test_a_new_issuer_has_one_and_its_trust_file_carries_it(home: Home) -> None:
    with opened(home) as desk:
        wanted = dictionary(desk.config, desk.catalog)
    assert published(home) == {"100.bin": wanted}
    trust = Trust.read((home.path / "public" / "trust.json").read_bytes())
    assert dict(trust.qr_dictionaries) == {ADDRESS.format(100): wanted}
    assert b"did:web:credentials.example#key-" in wanted


def test_publishing_again_changes_nothing(home: Home) -> None:
    before = published(home)
    home.issue()
    home.json("publish", at=LATER)
    assert published(home) == before


def test_another_wording_gets_the_next_number_and_the_last_one_stays(home: Home) -> None:
    (first,) = published(home).values()
    publish_under(home, "DEMO Another Body")
    second = published(home)["101.bin"]
    assert published(home) == {"100.bin": first, "101.bin": second}
    assert b"DEMO Another Body" in second
    publish_under(home, "DEMO Certification Body")
    assert published(home) == {"100.bin": first, "101.bin": second}, "a wording that has a number keeps it"
    trust = json.loads((home.path / "public" / "trust.json").read_bytes())
    assert set(trust["qrDictionaries"]) == {ADDRESS.format(100), ADDRESS.format(101)}


def test_a_number_is_never_written_anew(home: Home) -> None:
    """Of a register that came from a backup, codes may be printed on numbers that it does not know."""
    before = published(home)
    home.change("DELETE FROM qr_dictionary")
    publish_under(home, "DEMO Another Body")
    assert set(published(home)) == {"100.bin", "101.bin"}
    assert published(home)["100.bin"] == before["100.bin"]


@pytest.mark.parametrize("break_it", [Path.unlink, lambda path: path.write_bytes(b"changed")])
def test_a_damaged_file_is_put_right_from_the_register(home: Home, break_it: Callable[[Path], object]) -> None:
    before = published(home)
    break_it(home.path / "public" / "qr" / "100.bin")
    home.json("publish", at=LATER)
    assert published(home) == before


def test_a_missing_one_is_published_before_the_next_issue(home: Home) -> None:
    before = published(home)
    (home.path / "public" / "qr" / "100.bin").unlink()
    home.issue(at=AIMA_AT)
    assert published(home) == before


def test_an_older_home_gets_its_first_one_by_itself(home: Home) -> None:
    before = published(home)
    home.change("DELETE FROM qr_dictionary")
    (home.path / "public" / "qr" / "100.bin").unlink()
    with opened(home) as desk:
        assert publish.publish_due(desk, parse(AIMA_AT)) is not None
        assert publish.publish_due(desk, parse(AIMA_AT)) is None
    assert published(home) == before


def test_after_the_last_number_nothing_is_given_away(home: Home) -> None:
    home.change("UPDATE qr_dictionary SET number = 999")
    publish_under(home, "DEMO Another Body")
    assert set(published(home)) == {"100.bin", "999.bin"}


def test_it_depends_on_no_time_and_on_no_key(home: Home) -> None:
    with opened(home) as desk:
        config = desk.config
        wording = dictionary(config, desk.catalog)
        assert dictionary(replace(config, home=Path("/elsewhere")), desk.catalog) == wording
        assert dictionary(replace(config, name="DEMO Another Body"), desk.catalog) != wording
        assert len(wording) <= 32_506
        with desk.reading() as connection:
            assert dictionaries.is_current(desk, connection)
