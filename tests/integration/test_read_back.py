"""Whatever a person is called: what leaves as PDF, PNG or SVG gives back its credential, or does not leave."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from issuer.deliver import badge, certificate, drawing, readback
from issuer.errors import IssuerError
from tests.kit.candidate import link
from tests.kit.candidates import record
from tests.kit.home import AIMA_AT, LATER, Home, demo
from tests.kit.web import Service, service
from verifier import Trust, verify
from verifier.format.timestamp import parse
from verifier.pictures import text_in
from verifier.reading import read, unpacked

NAMES = (
    *("/Encrypt", "/EmbeddedFile", "/Type /EmbeddedFile", "<</Type/EmbeddedFile>>stream", "endstream", "endobj", "obj"),
    *("1 0 obj<</Length 3>>stream", "%%EOF", "%PDF-1.7", "startxref 0", "trailer <</Encrypt 1 0 R>>", "/ObjStm"),
    *(
        "]]>A",
        "<![CDATA[",
        "-->A",
        "<!--A",
        "</svg>",
        "<svg>",
        "<openbadges:credential>",
        "&lt;&#0;&amp;",
        "<!DOCTYPE svg>",
    ),
    *('{"type":"VerifiableCredential"}', "eyJhbGciOiJFZERTQSJ9.e30.AA", "IEND", "iTXtopenbadgecredential", "A\\)(\\"),
    *("#import sys; #panic()", "$x$", "\\u003c/script>", "https://credentials.example/v#1001", "'; DROP TABLE award"),
)
"""What a file of one of these kinds is built from, and what a reader of it looks for."""
FILES = ("certificate-a4.pdf", "certificate-letter.pdf", "badge.png", "badge.svg")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("read-back")
    made = demo(folder / "home")
    for number, name in enumerate(NAMES):
        value: dict[str, Any] = record(number)
        value["candidate"]["displayName"] = name
        (folder / f"{number}.json").write_text(json.dumps(value), encoding="utf-8")
    answers = made.json("issue", *(str(folder / f"{number}.json") for number in range(len(NAMES))), at=AIMA_AT)
    assert [each["outcome"] for each in answers] == ["issued"] * len(NAMES)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, LATER) as running:
        yield running


def issued(home: Home) -> dict[str, bytes]:
    """Public id -> the file that was issued."""
    return {path.name.partition(".")[0]: path.read_bytes() for path in home.path.glob("issued/*.r1.json")}


@pytest.mark.parametrize(
    "command",
    [("certificate",), ("certificate", "--paper", "letter"), ("badge",), ("badge", "--format", "svg")],
    ids=" ".join,
)
def test_every_file_of_the_terminal_gives_back_its_credential(
    home: Home, tmp_path: Path, command: tuple[str, ...]
) -> None:
    home.json(*command, "--all", "--out", str(tmp_path), at=LATER)
    trust = Trust.read((home.path / "public" / "trust.json").read_bytes())
    for public_id, credential in issued(home).items():
        (path,) = tmp_path.glob(f"{public_id}.*")
        assert unpacked(path.read_bytes()) == credential
        assert verify(path.read_bytes(), trust=trust, at=parse(LATER)).verdict == "valid"


@pytest.mark.parametrize("form", ["png", "svg"])
def test_every_code_of_the_terminal_gives_back_its_credential(home: Home, tmp_path: Path, form: str) -> None:
    home.json("qr", "--all", "--format", form, "--out", str(tmp_path), at=LATER)
    trust = Trust.read((home.path / "public" / "trust.json").read_bytes())
    for public_id in issued(home):
        (path,) = tmp_path.glob(f"{public_id}.*")
        document = read(text_in(path.read_bytes()), trust.qr_dictionaries).document
        assert public_id in json.dumps(document)


def test_every_file_of_a_candidates_page_gives_back_its_credential(home: Home, served: Service) -> None:
    credentials = issued(home)
    for number in range(0, len(NAMES), 3):
        address = link(served, f"res-aima-{number}")
        page = served.get(address).get_data(as_text=True)
        (public_id,) = (each for each in credentials if f"{address}/{each}/" in page)
        for name in FILES:
            answer = served.get(f"{address}/{public_id}/{name}")
            assert (answer.status_code, unpacked(answer.data) == credentials[public_id]) == (200, True), NAMES[number]


# --- and when it does not -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["certificate", "badge"])
def test_what_carries_other_bytes_is_kept_back(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    public_id, out = next(iter(issued(home))), tmp_path / "file"
    monkeypatch.setattr("verifier.reading.unpacked", lambda data: unpacked(data)[:-1])
    assert home.fails(command, public_id, "--out", str(out), at=LATER) == "deliver.unreadable"
    assert not out.exists()


def test_what_shows_another_code_is_kept_back(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    public_id, out = next(iter(issued(home))), tmp_path / "code.png"
    another = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    monkeypatch.setattr("verifier.pictures.text_in", lambda _: another)
    assert home.fails("qr", public_id, "--out", str(out), at=LATER) == "deliver.unreadable"
    assert not out.exists()


def test_a_candidate_is_told_so_and_gets_no_file(home: Home, served: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verifier.reading.unpacked", lambda _: b"")
    address, credentials = link(served, "res-aima-0"), issued(home)
    page = served.get(address).get_data(as_text=True)
    (public_id,) = (each for each in credentials if f"{address}/{each}/" in page)
    for name in FILES:
        answer = served.get(f"{address}/{public_id}/{name}")
        assert (answer.status_code, "deliver.unreadable" in answer.get_data(as_text=True)) == (500, True)
        assert "Content-Disposition" not in answer.headers


def test_an_image_that_holds_no_credential_is_refused() -> None:
    for content in (
        b"%PDF-1.7 /EmbeddedFile",
        b"\x89PNG\r\n\x1a\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"{",
    ):
        with pytest.raises(IssuerError) as raised:
            readback.carries(content, b"another")
        assert raised.value.code == "deliver.unreadable"


def test_each_module_that_draws_reads_back() -> None:
    """Whoever adds a kind of file adds it here."""
    for module in (badge, certificate, drawing):
        assert module.readback is readback
