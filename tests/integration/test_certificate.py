"""Certificates: set for every name, read by another implementation of PDF, and verified without a network."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import verifier.cli
from issuer.deliver import fonts
from issuer.service import deliver
from tests.kit import camera
from tests.kit.home import AIMA_AT, CAIG_AT, CREATED, LATER, REASON, RESULTS, Home, demo
from tests.kit.paper import Printed, printed
from tests.kit.results import record
from verifier.reading import unpacked

ATTACK = '#image("/etc/passwd") *bold* _x_ $y$ <a> \\ "'
NAMES = sorted(
    {json.loads(path.read_bytes())["candidate"]["displayName"] for path in RESULTS.glob("aima-*.json")}
    | {
        "José Ñandú Ejemplo",
        "山田はなこ",
        "김철수",
        "नमस्ते शर्मा",
        "Ελένη",
        "Влад",
        "L" * 200,
        "李" * 200,
        ATTACK,
    }
    | {"Dr. María de los Ángeles Fernández-Villaverde y Ortiz de Zárate " * 3 + "x", "محمد (Ali) 3"}
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


def issued(home: Home, name: str) -> str:
    data = record(candidate__displayName=name)
    return str(home.json("issue", "-", at=AIMA_AT, stdin=data)["publicId"])


def certificate(home: Home, public_id: str, *more: str) -> bytes:
    said = home.json("certificate", public_id, "--out", str(home.path / "x.pdf"), *more, at=LATER)
    content = Path(said["file"]).read_bytes()
    assert said == {
        "publicId": public_id,
        "revision": said["revision"],
        "file": str(home.path / "x.pdf"),
        "bytes": len(content),
    }
    return content


def verdict(home: Home, path: Path, capsys: Any) -> tuple[int, dict[str, Any]]:
    """What `certify-verify` says, which never asks anybody."""
    capsys.readouterr()
    trusted = str(home.path / "public" / "trust.json")
    status = verifier.cli.main([str(path), "--trust", trusted, "--at", LATER, "--json"])
    return status, json.loads(capsys.readouterr().out)


def letters(text: str) -> set[str]:
    """Without order and number: Arabic letters are drawn in parts, each of which a reader takes for the letter."""
    return {character for character in text if not character.isspace()}


# --- what it shows and carries ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:20])
def test_every_name_is_set_on_one_page(home: Home, name: str, capsys: Any) -> None:
    public_id = issued(home, name)
    data = certificate(home, public_id)
    page = printed(data)
    assert page.pages == 1
    assert page.metadata["Title"].startswith(name)
    shown = page.text.partition("confirms that")[2].partition("holds")[0]
    assert letters(shown.replace("\u200b", "").replace("\ufffe", "-")) == letters(name)
    assert page.files == {f"{public_id}.r1.json": home.file(public_id).read_bytes()}
    status, report = verdict(home, home.path / "x.pdf", capsys)
    assert (status, report["verdict"]) == (0, "valid")
    assert report["credential"]["credentialSubject"]["identifier"][0]["identityHash"] == name
    assert unpacked(data) == home.file(public_id).read_bytes()


def test_it_says_what_the_credential_says(home: Home) -> None:
    public_id = home.issue()
    page = printed(certificate(home, public_id))
    for part in (
        "DEMO Certification Body",
        "DEMO: made to show how it works.",
        "Ada Example",
        "DEMO AI Manager Assessment (AIMA)",
        "AIMA, version 2026.1",
        "1 July 2026 (UTC)",
        "1 July 2028 (UTC)",
        "Identity: account verified. Supervision: none.",
        public_id,
        f"https://credentials.example/certify/verify?id={public_id}",
        f"{public_id}.r1.json",
        "whole credential, works offline",
    ):
        assert part in " ".join(page.text.split()), part
    assert page.size == (210, 297)
    assert page.metadata["Author"] == "DEMO Certification Body"


def test_a_phone_reads_the_code_from_the_page(home: Home) -> None:
    public_id = home.issue()
    caig = home.issue("caig-pass.json", at=CAIG_AT)
    said = home.json("qr", public_id, "--out", str(home.path / "x.png"), at=LATER)
    assert camera.read(printed(certificate(home, public_id)).image) == said["text"]
    page = printed(certificate(home, caig))
    assert camera.read(page.image) == f"https://credentials.example/certify/verify?id={caig}"
    assert "number only" in page.text


def test_the_code_is_46_millimetres_wide(home: Home) -> None:
    page = printed(certificate(home, home.issue()))
    side = width_of_code(page)
    assert abs(side - 46) < 0.5


def width_of_code(page: Printed) -> float:
    """Of what is black in the part of the page where nothing else is."""
    width, height = page.image.size
    part = page.image.crop((int(width * 0.62), int(height * 0.62), width, int(height * 0.82)))
    box = Image.eval(part, lambda grey: 255 if grey < 40 else 0).getbbox()
    assert box is not None
    return float((box[2] - box[0]) * 25.4 / 200)


def test_the_same_state_gives_the_same_bytes(home: Home) -> None:
    public_id = home.issue()
    first = certificate(home, public_id)
    assert certificate(home, public_id) == first


def test_letter_paper(home: Home) -> None:
    assert printed(certificate(home, home.issue(), "--paper", "letter")).size == (216, 279)


def test_a_correction_gives_a_certificate_of_the_new_file(home: Home) -> None:
    public_id = home.issue()
    home.json("supersede", public_id, "--name", "Rui Example", "--decision", "DEC-1", at=LATER)
    assert [*printed(certificate(home, public_id)).files] == [f"{public_id}.r2.json"]


# --- the look --------------------------------------------------------------------------------------------------


def configured(home: Home, text: str) -> None:
    file = home.path / "certify.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[certificate]\n{text}", encoding="utf-8")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_colour_and_logo_of_the_operator(home: Home, kind: str) -> None:
    plain = certificate(home, home.issue())
    source = RESULTS.parents[1] / "schemas" / "achievements" / f"aima-2026.1.{kind}"
    (home.path / f"logo.{kind}").write_bytes(source.read_bytes())
    configured(home, f'accent = "#5a1020"\nlogo = "logo.{kind}"\n')
    (public_id,) = {path.name.partition(".")[0] for path in (home.path / "issued").iterdir()}
    made = certificate(home, public_id)
    assert made != plain
    assert printed(made).pages == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('accent = "red"\n', "config.invalid"),
        ('accent = "#ffe0a0"\n', "config.invalid"),
        ('logo = "logo.pdf"\n', "config.invalid"),
        ('logo = "missing.png"\n', "certificate.logo"),
        ('logo = "certify.toml.svg"\n', "certificate.logo"),
        ('logo = "large.png"\n', "certificate.logo"),
    ],
)
def test_a_look_that_cannot_be(home: Home, text: str, code: str) -> None:
    public_id = home.issue()
    (home.path / "certify.toml.svg").write_text("no drawing")
    (home.path / "large.png").write_bytes(bytes(1 << 19))
    configured(home, text)
    assert home.fails("certificate", public_id, "--out", str(home.path / "x.pdf"), at=LATER) == code
    assert not (home.path / "x.pdf").exists()


# --- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["นายสมชาย ใจดี", "Ada 😀", "ꡀꡁ"])
def test_a_letter_that_no_font_has_is_refused(home: Home, name: str) -> None:
    public_id = issued(home, name)
    assert home.fails("certificate", public_id, "--out", str(home.path / "x.pdf"), at=LATER) == "certificate.glyph"
    assert not (home.path / "x.pdf").exists()


@pytest.fixture
def no_east_asia(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The extra is not installed; the folder of its fonts."""
    spec = find_spec(fonts._PACKAGES[-1])
    assert spec is not None
    monkeypatch.setattr(fonts, "_PACKAGES", fonts._PACKAGES[:-1])
    for kept in (fonts.available, deliver._press):
        kept.cache_clear()
    yield Path(str(spec.origin)).parent
    for kept in (fonts.available, deliver._press):
        kept.cache_clear()


def test_fonts_for_further_scripts_come_from_a_folder(home: Home, no_east_asia: Path) -> None:
    public_id = issued(home, "王示例")
    assert home.fails("certificate", public_id, "--out", str(home.path / "x.pdf"), at=LATER) == "certificate.glyph"
    configured(home, f"fonts = {json.dumps(str(no_east_asia))}\n")
    assert "王示例" in printed(certificate(home, public_id)).text


def test_of_what_is_not_in_force_none_is_made(home: Home) -> None:
    public_id = home.issue()
    assert home.fails("certificate", "AIMA-2026-7K3Q9FW8", at=LATER) == "award.unknown"
    home.json("revoke", public_id, *REASON, at=LATER)
    for command in ("certificate", "badge"):
        assert home.fails(command, public_id, at=LATER) == "award.withdrawn"
    home.json("erase", public_id, "--decision", "DEC-1", at=LATER)
    assert home.fails("certificate", public_id, at=LATER) == "award.erased"


# --- many -------------------------------------------------------------------------------------------------------


def test_many_at_once(home: Home) -> None:
    first, other = home.issue(), issued_to_another(home, "Zoë Other")
    thai = issued_to_another(home, "สมชาย", "9")
    folder = home.path / "paper"
    ran = home.certify("certificate", "--all", "--out", str(folder), "--json", at=LATER)
    assert ran.exit == 1
    said = {each.pop("publicId"): each for each in json.loads(ran.out)}
    assert said[thai]["error"]["code"] == "certificate.glyph"
    assert {path.name for path in folder.iterdir()} == {f"{each}.r1.pdf" for each in (first, other)}
    ran = home.certify("certificate", first, other, "--out", str(folder), at=LATER)
    assert (ran.exit, ran.out) == (0, "Made 2 of 2 files.\n")


@pytest.mark.parametrize(
    ("command", "ending"),
    [("badge", "r1.png"), ("badge --format svg", "r1.svg"), ("qr", "qr.png"), ("qr --link", "qr.png")],
)
def test_badges_and_codes_of_many(home: Home, command: str, ending: str) -> None:
    wanted = {home.issue(), issued_to_another(home, "Zoë Other")}
    folder = home.path / "many"
    ran = home.certify(*command.split(), "--all", "--out", str(folder), at=LATER)
    assert (ran.exit, ran.out) == (0, "Made 2 of 2 files.\n")
    assert {path.name for path in folder.iterdir()} == {f"{each}.{ending}" for each in wanted}
    ran = home.certify(*command.split(), *wanted, "AIMA-2026-00000000", "--out", str(folder), at=LATER)
    assert ran.exit == 1
    assert "Made 2 of 3 files.\n  AIMA-2026-00000000: " in ran.out
    assert "[award.unknown]" in ran.out


@pytest.mark.parametrize("command", ["certificate", "badge", "qr"])
def test_some_or_all_are_asked_for(home: Home, command: str) -> None:
    public_id = home.issue()
    assert home.certify(command, at=CREATED).exit == 2
    assert home.certify(command, public_id, "--all", at=CREATED).exit == 2


def issued_to_another(home: Home, name: str, number: str = "8") -> str:
    data = record(
        resultId=f"res_other_000{number}",
        candidate__displayName=name,
        candidate__candidateId=f"cand_other_{number}",
        candidate__email=f"other{number}@candidate.example",
        attempt__attemptId=f"att_other_{number}",
    )
    return str(home.json("issue", "-", at=AIMA_AT, stdin=data)["publicId"])
