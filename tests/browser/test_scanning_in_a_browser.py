"""The camera and pictures of codes in a real browser: read in the page, with a network, without, and from a disk."""

import json
import random
from typing import Any

import pytest
from PIL import Image

from tests.browser import chromium
from tests.browser.listening import listening
from tests.browser.scenes import changed
from tests.kit import camera
from tests.kit.films import drawn, film, scene
from tests.kit.home import AIMA_AT, demo
from tests.kit.web import service
from verifier.format import qrtext

AT = "2026-07-01T12:00:00Z"
HOST = "credentials.example"
pytestmark = [pytest.mark.node, pytest.mark.slow]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser says, asked once for all tests."""
    program, folder = chromium.page(), tmp_path_factory.mktemp("scanning")
    home = demo(folder / "home")
    public_id = home.issue(at=AIMA_AT)
    home.json("publish", at=AT)
    said = home.json("qr", public_id, "--out", str(folder / "code.png"), at=AT)
    code, modules = str(said["text"]), 17 + 4 * int(said["version"])
    number = str(home.json("qr", public_id, "--link", "--out", str(folder / "number.png"), at=AT)["text"])
    document = json.loads(changed(home.file(public_id, ".compact.json").read_bytes(), "Eve Example"))
    tampered = qrtext.encode(document, HOST, 1, qrtext.built_in(1) or b"")
    foreign = code.replace(HOST, "credentials-example.test")
    pictures = {
        "photo.jpg": camera.photographed((folder / "code.png").read_bytes(), modules, 4, seed=1),
        "two.png": scene(drawn(code), drawn(tampered), size=(960, 480)),
        "foreign.png": scene(drawn(foreign)),
        "number.png": scene(drawn(number)),
        "nothing.png": Image.effect_noise((300, 200), 60),
        "poster.png": Image.new("1", (12_100, 10)),
    }
    for name, picture in pictures.items():
        picture.save(folder / name)
    home.json("qr", public_id, "--out", str(folder / "code.svg"), at=AT)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(400))
    blank = scene()
    with service(home, AT) as running, listening(running) as port:
        alone = folder / "certify-verify.html"
        alone.write_bytes(running.get("/certify/verify.html").data)
        wanted = {
            "port": port,
            "chromium": program,
            "at": AT,
            "id": public_id,
            "alone": str(alone),
            "one": str(film(folder / "one.y4m", [blank, scene(drawn(code))])),
            "pictures": {name: str(folder / name) for name in (*pictures, "code.svg", "broken.png")},
        }
        return {**chromium.driven("scanning.mjs", wanted), "code": code, "number": number, "id": public_id}


def test_one_code_is_scanned_and_the_camera_is_closed(seen: dict[str, Any]) -> None:
    assert seen["once"] == {"word": "Valid", "open": False, "tracks": ["ended"], "focus": "answer", "rows": 0}


def test_it_scans_without_a_network_and_from_a_disk(seen: dict[str, Any]) -> None:
    for name in ("offline", "disk"):
        assert seen[name]["word"].startswith("Valid on the last saved list ("), name


def test_a_camera_that_may_not_be_used_or_is_not_there_is_told(seen: dict[str, Any]) -> None:
    assert "may not use the camera" in seen["refused"]
    assert "No camera was found" in seen["absent"]


def test_pictures_are_read(seen: dict[str, Any]) -> None:
    said = seen["pictures"]
    assert [said[name]["word"] for name in ("photo.jpg", "code.svg")] == ["Valid", "Valid"]
    both = {row[5].partition("\n")[0]: row[1] for row in said["two.png"]["rows"] if row[5].startswith("two.png")}
    assert sorted(both) == ["two.png (1)", "two.png (2)"]
    assert sorted(both.values()) == ["Not genuine", "Valid"]
    assert "This code leads to credentials-example.test" in said["foreign.png"]["problem"]
    assert said["number.png"]["id"] == seen["id"]
    assert "no QR code was found in it" in said["nothing.png"]["problem"]
    assert "This picture is too large" in said["poster.png"]["problem"]
    assert "cannot read this picture" in said["broken.png"]["problem"]


def test_a_picture_may_be_pasted(seen: dict[str, Any]) -> None:
    assert seen["pasted"] == "Valid"


def test_nothing_leaves_the_page(seen: dict[str, Any]) -> None:
    assert seen["foreign"] == []
    assert seen["errors"] == []
    assert "GET /v/scanner.js" in seen["asked"]
    assert all(each.startswith("GET /v/") for each in seen["asked"])


def test_it_is_usable_by_everyone(seen: dict[str, Any]) -> None:
    assert seen["violations"] == []
    assert seen["overflow"] == []
