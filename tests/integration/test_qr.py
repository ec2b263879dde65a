"""QR codes: drawn, read back from the picture by another implementation, and verified without a network."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import qrcode
from qrcode.util import MODE_8BIT_BYTE, QRData

import verifier.cli
from issuer.deliver import drawing
from issuer.deliver.qr import MAX_VERSION, Code, Form, choose
from issuer.register import dictionaries
from issuer.service.awarded import find
from issuer.service.desk import Desk
from issuer.service.qr import built_ins
from issuer.signing import secure
from tests.kit import camera
from tests.kit.home import CAIG_AT, LATER, REASON, Home, demo, opened
from tests.kit.minting import Key
from verifier import Trust, verify
from verifier.format.proof import JCS
from verifier.format.timestamp import parse

HOST = "credentials.example"
CAMERA_PIXELS = 3.5
"""Camera pixels a module, of which a code has to be read."""

NAMES = (
    "Ada Example",
    "Żaneta Ćwiklińska-Łęcka",
    "Dr. María de los Ángeles Fernández-Villaverde y Ortiz de Zárate",
    "محمد عبد الرحمن بن يوسف الهاشمي",
    "عائشة بنت سعيد المثالية",
    "王小明",
    "司馬光太郎 · しばみつたろう",
    "김수한무거북이와두루미삼천갑자동방삭",
    "Αικατερίνη Παπαδοπούλου-Οικονομίδη",
    "Владислав Константинович Преображенский",
    "นายสมชาย ใจดีตัวอย่าง",
    "L" * 200,
    "李" * 200,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def trust(home: Home) -> Trust:
    return Trust.read((home.path / "public" / "trust.json").read_bytes())


# --- the command --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.png", "x.svg"])
def test_the_command_writes_what_was_asked_for(home: Home, tmp_path: Path, name: str) -> None:
    public_id = home.issue()
    said = home.json("qr", public_id, "--out", str(tmp_path / name), at=LATER)
    assert said["form"] == "credential"
    assert said["version"] == said["credentialVersion"] <= MAX_VERSION
    assert (said["publicId"], said["millimetres"]) == (public_id, 46)
    assert Path(said["file"]) == tmp_path / name
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert verify(said["text"].encode(), trust=trust(home), at=parse(LATER))


def test_a_phone_reads_the_credential_from_the_print(home: Home, tmp_path: Path, capsys: Any) -> None:
    public_id = home.issue()
    said = home.json("qr", public_id.lower(), "--out", str(tmp_path / "x.png"), at=LATER)
    text = camera.read(camera.opened((tmp_path / "x.png").read_bytes()))
    assert text is not None
    assert text == said["text"]
    assert text.startswith(f"https://{HOST}/v#1100")
    (tmp_path / "scanned.txt").write_text(text)
    trusted = str(home.path / "public" / "trust.json")
    status = verifier.cli.main([str(tmp_path / "scanned.txt"), "--trust", trusted, "--at", LATER, "--json"])
    report = json.loads(capsys.readouterr().out)
    assert (status, report["verdict"]) == (0, "valid")
    compact = json.loads(home.file(public_id, ".compact.json").read_bytes())
    assert report["credential"] == {name: value for name, value in compact.items() if name != "proof"}


def test_the_code_of_a_withdrawn_credential_says_so(home: Home, tmp_path: Path) -> None:
    public_id = home.issue()
    text = home.json("qr", public_id, "--out", str(tmp_path / "x.png"), at=LATER)["text"]
    home.json("revoke", public_id, *REASON, at=LATER)
    assert str(verify(text.encode(), trust=trust(home), at=parse(LATER)).state) == "withdrawn"


def test_a_number_when_that_is_asked_for(home: Home, tmp_path: Path) -> None:
    public_id = home.issue()
    ran = home.certify("qr", public_id, "--link", "--out", str(tmp_path / "x.png"), at=LATER)
    assert "the number only" in ran.out
    assert "As asked for" in ran.out
    text = camera.read(camera.opened((tmp_path / "x.png").read_bytes()))
    assert text == f"https://{HOST}/certify/verify?id={public_id}"


def test_a_number_when_the_credential_is_too_much(home: Home, tmp_path: Path) -> None:
    home.issue()
    public_id = home.issue("caig-pass.json", at=CAIG_AT)
    ran = home.certify("qr", public_id, "--out", str(tmp_path / "x.png"), at=LATER)
    assert "The whole credential would need version 15; phones read up to 14." in ran.out
    said = home.json("qr", public_id, "--out", str(tmp_path / "x.png"), at=LATER)
    assert (said["form"], said["credentialVersion"]) == ("number", 15)


def test_without_a_name_it_is_called_after_the_credential(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public_id = home.issue()
    monkeypatch.chdir(tmp_path)
    home.json("qr", public_id, "--format", "svg", at=LATER)
    assert (tmp_path / f"{public_id}.qr.svg").exists()


@pytest.mark.parametrize("size", ["30", "301", "0", "-5", "nan", "inf"])
def test_sizes_that_no_camera_reads_are_refused(home: Home, tmp_path: Path, size: str) -> None:
    public_id = home.issue()
    assert home.fails("qr", public_id, f"--size={size}", "--out", str(tmp_path / "x.png"), at=LATER) == "qr.print-size"
    assert not (tmp_path / "x.png").exists()


def test_what_is_not_there(home: Home, tmp_path: Path) -> None:
    public_id = home.issue()
    assert home.fails("qr", "AIMA-2026-7K3Q9FW8", at=LATER) == "award.unknown"
    home.json("erase", public_id, "--decision", "DEC-1", at=LATER)
    assert home.fails("qr", public_id, "--out", str(tmp_path / "x.png"), at=LATER) == "award.no-file"


# --- the picture --------------------------------------------------------------------------------------------------


def code_of(home: Home, *, number_only: bool = False) -> Code:
    public_id = home.issue()
    with opened(home) as desk, desk.reading() as connection:
        compact = json.loads(home.file(public_id, ".compact.json").read_bytes())
        known = {**built_ins(), **dictionaries.every(connection)}
        return choose(compact, public_id, HOST, known, number_only=number_only)


@pytest.mark.parametrize("size", [44.0, 46.0, 90.0, 300.0])
def test_the_raster_is_true_to_size(home: Home, size: float) -> None:
    code = code_of(home)
    image = drawing.png(code, size)
    picture, dots_per_inch = camera.opened(image), camera.dots_per_inch(image)
    side_mm = picture.width / dots_per_inch * 25.4
    assert side_mm * len(code.modules) / (len(code.modules) + 8) == pytest.approx(size, rel=0.001)
    assert dots_per_inch >= 300
    assert camera.read(picture) == str(code.text)


def test_the_drawing_is_true_to_size_and_names_host_and_form(home: Home) -> None:
    code = code_of(home)
    root = ET.fromstring(drawing.svg(code, 46))  # noqa: S314 - our own
    count = len(code.modules)
    assert float(root.attrib["width"].removesuffix("mm")) == pytest.approx(46 / count * (count + 8), abs=0.01)
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [HOST, f"{code.public_id}: whole credential, works offline"]
    assert rasterised(root, count) == code.modules


def rasterised(root: ET.Element, count: int) -> list[list[bool]]:
    """The modules that the path of an SVG fills."""
    rows = [[False] * count for _ in range(count)]
    (path,) = root.iter("{http://www.w3.org/2000/svg}path")
    for run in path.attrib["d"].split("M")[1:]:
        place, _, rest = run.partition("h")
        x, y = map(int, place.split())
        for step in range(int(rest.partition("v")[0])):
            rows[y - 4][x - 4 + step] = True
    return rows


def test_two_segments_bytes_then_digits(home: Home) -> None:
    """All in bytes it would be a far larger code; and the library finds the two segments by itself."""
    code = code_of(home)
    made = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
    made.add_data(QRData(str(code.text), mode=MODE_8BIT_BYTE))
    assert made.best_fit() > code.version + 4
    made = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
    made.add_data(str(code.text))
    assert made.best_fit() == code.version


# --- fifty holders ------------------------------------------------------------------------------------------------


def variants(desk: Desk, public_ids: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """Fifty signed credentials: every name, with and without evidence and holder DID."""
    signed = []
    key = desk.signing_key(parse(CAIG_AT))
    with desk.reading() as connection:
        plain = [json.loads(find(connection, each).newest.credential) for each in public_ids]
    for place in range(50):
        credential = json.loads(json.dumps(plain[place % 2]))
        subject = credential["credentialSubject"]
        subject["identifier"][0]["identityHash"] = NAMES[place % len(NAMES)]
        if place % 3 == 0:
            subject["id"] = Key(f"holder {place}").did_key
        if "evidence" in credential:
            credential["evidence"] = credential["evidence"][: place // 2 % 3]
            if not credential["evidence"]:
                del credential["evidence"]
        signed.append((public_ids[place % 2], secure(credential, key.signer, key.method, JCS, parse(CAIG_AT))))
    return signed


def codes(home: Home) -> list[tuple[Code, dict[str, Any]]]:
    public_ids = [home.issue(), home.issue("caig-pass.json", at=CAIG_AT)]
    with opened(home) as desk:
        signed = variants(desk, public_ids)
        with desk.reading() as connection:
            known = {**built_ins(), **dictionaries.every(connection)}
    return [(choose(compact, public_id, HOST, known), compact) for public_id, compact in signed]


def test_fifty_holders_are_read_by_a_camera_and_verified(home: Home) -> None:
    drawn, trusted, counts = codes(home), trust(home), Counter[Form]()
    for place, (code, compact) in enumerate(drawn):
        counts[code.form] += 1
        image, text = drawing.png(code), str(code.text)
        assert camera.read(camera.opened(image)) == text
        assert camera.read(camera.photographed(image, len(code.modules), CAMERA_PIXELS, seed=place)) == text
        assert (code.form is Form.CREDENTIAL) == (code.needed is not None and code.needed <= MAX_VERSION)
        if code.form is Form.CREDENTIAL:
            report = verify(text.encode(), trust=trusted, at=parse(LATER))
            assert report, report.summary
            assert {**report.require().document, "proof": compact["proof"]} == compact
    assert sum(counts.values()) == 50
    assert counts[Form.CREDENTIAL] >= 25
    assert counts[Form.NUMBER] >= 10
