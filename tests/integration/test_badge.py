"""Badges: the image of the achievement with the signed credential inside, read back and verified."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

import verifier.cli
from issuer.deliver import badge
from tests.kit.home import CAIG_AT, LATER, Home, catalog, demo

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.mark.parametrize("form", ["png", "svg"])
@pytest.mark.parametrize("code", ["AIMA", "CAIG"])
def test_a_badge_is_verified_without_a_network(home: Home, form: str, code: str, capsys: Any) -> None:
    public_id = home.issue()
    if code == "CAIG":
        public_id = home.issue("caig-pass.json", at=CAIG_AT)
    said = home.json("badge", public_id, "--out", str(home.path / f"x.{form}"), at=LATER)
    assert said["revision"] == 1
    trusted = str(home.path / "public" / "trust.json")
    capsys.readouterr()
    status = verifier.cli.main([said["file"], "--trust", trusted, "--at", LATER, "--json"])
    report = json.loads(capsys.readouterr().out)
    assert (status, report["verdict"]) == (0, "valid")
    assert report["credential"]["credentialSubject"]["licenseNumber"] == public_id


def test_the_png_is_the_image_with_an_uncompressed_chunk(home: Home) -> None:
    public_id = home.issue()
    made = Path(home.json("badge", public_id, "--out", str(home.path / "x.png"), at=LATER)["file"]).read_bytes()
    credential = home.file(public_id).read_bytes()
    assert b"iTXtopenbadgecredential\0\0\0\0\0" + credential in made
    image = Image.open(BytesIO(made))
    assert image.text["openbadgecredential"] == credential.decode()  # type: ignore[attr-defined]
    drawn = badge.image(catalog(), catalog().blueprints["aima-2026.1"], badge.Form.PNG, demo=True)
    assert image.convert("RGBA").tobytes() == Image.open(BytesIO(drawn)).convert("RGBA").tobytes()


def test_the_svg_is_one_that_every_parser_reads(home: Home) -> None:
    public_id = home.issue()
    made = Path(home.json("badge", public_id, "--format", "svg", "--out", str(home.path / "x"), at=LATER)["file"])
    root = ET.fromstring(made.read_bytes())  # noqa: S314 - our own
    assert root[0].tag == f"{{{NAMESPACE}}}credential"
    assert (root[0].text or "").encode() == home.file(public_id).read_bytes()


def test_without_a_name_it_is_called_after_the_revision(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    public_id = home.issue()
    monkeypatch.chdir(home.path)
    home.json("badge", public_id, at=LATER)
    assert (home.path / f"{public_id}.r1.png").exists()
