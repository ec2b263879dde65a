"""The verify page in a real browser: the right answer, nothing sent, nothing unescaped, also without any network."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from issuer.web.pages.local import DIST
from tests.browser import chromium
from tests.browser.listening import listening
from tests.browser.scenes import changed, foreign
from tests.kit import credentials
from tests.kit.home import AIMA_AT, Home, demo
from tests.kit.minting import ISSUER
from tests.kit.web import service
from verifier import Report, Trust, verify
from verifier.format.timestamp import parse

AT = "2026-07-01T12:00:00Z"
LATER = "2026-08-01T12:00:00Z"
LONG = "<img src=x onerror=alert(1)><script>alert(2)</script> \u202egnp.exe\u202c\u200b" + "x" * 20_000
pytestmark = [pytest.mark.node, pytest.mark.slow]


def hostile() -> bytes:
    """Signed by an issuer who is accepted, and still nothing that may reach a page as it is."""
    document: Any = credentials.aima()
    document["credentialSubject"]["identifier"][0]["identityHash"] = LONG
    document["name"] = LONG
    return json.dumps(ISSUER.secured(document)).encode()


def trust() -> dict[str, Any]:
    issuers = [{"id": ISSUER.did, "name": LONG}]
    documents = {ISSUER.did: ISSUER.did_document()}
    return {"asOf": LATER, "issuers": issuers, "didDocuments": documents, "statusLists": ISSUER.lists()}


def with_trust(value: dict[str, Any]) -> bytes:
    text = json.dumps(value).replace("<", "\\u003c")
    return (DIST / "certify-verify.html").read_bytes().replace(b"<!-- trust -->", text.encode())


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the browser says, asked once for all tests."""
    program, folder = chromium.page(), tmp_path_factory.mktemp("page")
    home = demo(folder / "home")
    public_id = home.issue(at=AIMA_AT)
    older = (home.path / "public" / "trust.json").read_text(encoding="utf-8")
    home.json("publish", at=AT)
    texts = {
        "rdfc": home.file(public_id).read_bytes(),
        "jcs": home.file(public_id, ".compact.json").read_bytes(),
        "jwt": home.file(public_id, ".jwt").read_bytes(),
        "tampered": changed(home.file(public_id).read_bytes(), "Eve Example"),
        "foreign": foreign(home.file(public_id).read_bytes()),
        "hostile": changed(home.file(public_id).read_bytes(), LONG),
        "nothing": b'{"a": 1}',
    }
    more = []
    for name, text in {**texts, "=cmd()": texts["rdfc"]}.items():
        more.append(folder / f"{name}.json")
        more[-1].write_bytes(text)
    carriers = ["badge.png", "badge.svg", "certificate.pdf"]
    for name in carriers:
        home.json(name.partition(".")[0], public_id, "--out", str(folder / name), at=AT)
    code = read_from_paper(folder / "certificate.pdf")
    (folder / "all.zip").write_bytes(b"PK\x03\x04")
    with service(home, AT) as running, listening(running) as port:
        wanted = {
            "port": port,
            "chromium": program,
            "at": AT,
            "later": LATER,
            "digits": code.partition("#")[2],
            "older": older,
            "id": public_id,
            "credentials": {name: text.decode() for name, text in texts.items() if name != "nothing"},
            "signed": hostile().decode(),
            "more": [str(path) for path in more],
            "carriers": [str(folder / name) for name in (*carriers, "all.zip")],
            "alone": written(folder / "certify-verify.html", running.get("/certify/verify.html").data),
            "foreign": written(folder / "foreign.html", with_trust(trust())),
        }
        yield {**chromium.driven("verify_page.mjs", wanted), "code": code, "said in Python": home_says(home, code)}


def read_from_paper(certificate: Path) -> str:
    """What a reader of codes sees on the printed page: at 300 dots an inch."""
    with closing(pypdfium2.PdfDocument(certificate)) as document:
        (found,) = zxingcpp.read_barcodes(document[0].render(scale=300 / 72).to_pil())
    return str(found.text)


def home_says(home: Home, code: str) -> Report:
    trust = Trust.read((home.path / "public" / "trust.json").read_bytes())
    return verify(code.encode(), trust=trust, at=parse(AT))


def written(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def test_what_is_said(seen: dict[str, Any]) -> None:
    words = {name: said["word"] for name, said in seen["said"].items()}
    assert words == {
        "rdfc": "Valid",
        "jcs": "Valid",
        "jwt": "Valid",
        "tampered": "Not genuine",
        "foreign": "Issuer not known",
        "hostile": "Not genuine",
    }
    for said in seen["said"].values():
        assert said["status"].startswith(f"{said['word']}. ")
        assert said["focus"] == "answer"


def test_what_is_not_genuine_shows_nothing_of_what_it_says(seen: dict[str, Any]) -> None:
    assert "Ada Example" in seen["said"]["rdfc"]["text"]
    assert "credentials.example" in seen["said"]["rdfc"]["text"]
    for name in ("tampered", "foreign", "hostile"):
        assert "Example" not in seen["said"][name]["text"].replace("Pasted", "")
        assert "valid" not in seen["said"][name]["tone"].split()


def test_nothing_leaves_the_page(seen: dict[str, Any]) -> None:
    assert seen["foreign"] == []
    assert "GET /trust.json" in seen["before"]
    assert seen["meanwhile"] == []
    assert seen["unasked"] == []
    assert all(each.startswith("GET ") for each in seen["requests"])
    asked = [each for each in seen["asked"] if "/api/" in each]
    assert len(asked) == len(seen["asked"]) == 1
    assert "register says: in force" in seen["register"]


def test_the_fragment_of_the_address_is_taken_out_of_it(seen: dict[str, Any]) -> None:
    assert seen["fragment"]["url"] == "/v"
    assert seen["fragment"]["word"] == "Not a credential"
    assert not any("secret" in each for each in seen["requests"][1:])


def test_a_scanned_code_is_verified_in_the_page(seen: dict[str, Any]) -> None:
    """The code of a certificate, from its picture: in Python, and in the page with a network, without, from a disk."""
    in_python = seen["said in Python"]
    assert in_python
    assert {name: value for name, value in seen["scanned"].items() if name != "text"} == {"url": "/v", "word": "Valid"}
    digits = seen["code"].partition("#")[2]
    assert len(digits) > 400
    assert not any(digits in each for each in seen["requests"])
    assert in_python.summary in seen["scanned"]["text"]
    for name in ("scannedOffline", "scannedFromDisk"):
        assert seen[name]["word"].startswith("Valid on the last saved list ("), name
        assert in_python.summary in seen[name]["text"]


def test_nothing_unescaped_and_no_fault(seen: dict[str, Any]) -> None:
    assert seen["errors"] == []
    assert {said["elements"] for said in [*seen["said"].values(), *seen["alone"].values()]} == {0}
    shown = seen["alone"]["signed"]
    assert shown["word"].startswith("Valid on the last saved list")
    assert "<img src=x onerror=alert(1)>" in shown["text"]
    assert "⟨U+202E⟩gnp.exe⟨U+202C⟩⟨U+200B⟩" in shown["text"]
    assert "\u202e" not in shown["text"]
    assert "x" * 1_000 not in shown["text"]


def test_it_works_when_the_network_is_gone(seen: dict[str, Any]) -> None:
    assert seen["offline"]["word"].startswith("Valid on the last saved list (")
    assert "saved" in seen["offline"]["tone"]
    assert "saved in this browser" in seen["offline"]["text"]
    assert "connect to the network and check again" in seen["offline"]["text"]


def test_without_any_trust_nothing_is_decided(seen: dict[str, Any]) -> None:
    assert seen["bare"]["word"] == "Could not be decided"
    assert "has not been able to fetch its keys yet" in seen["bare"]["text"]
    assert "Ada" not in seen["bare"]["text"]


def test_an_older_trust_never_takes_the_place_of_a_newer_one(seen: dict[str, Any]) -> None:
    assert [word.partition(" (")[0] for word in seen["older"]] == ["Valid on the last saved list"] * 2


def test_a_clock_that_was_once_ahead_can_be_put_right(seen: dict[str, Any]) -> None:
    ahead, behind, forgotten, again = seen["clock"]
    assert ahead[0] == "Expired"
    assert behind[0] == "Genuine, not checked whether it is still in force"
    assert "the button at the end of the verify page" in behind[1]
    for word, _ in (forgotten, again):
        assert word.startswith("Valid on the last saved list (")


def test_the_one_file_works_from_a_disk(seen: dict[str, Any]) -> None:
    for name in ("rdfc", "jcs"):
        assert seen["alone"][name]["word"].startswith("Valid on the last saved list (")
        assert "inside this file" in seen["alone"][name]["text"]
        assert "fetch a new copy of this file" in seen["alone"][name]["text"]
    assert seen["alone"]["tampered"]["word"] == "Not genuine"


def test_several_become_a_table_and_a_file_for_a_spreadsheet(seen: dict[str, Any]) -> None:
    assert [row[0] for row in seen["rows"]] == [str(number) for number in range(1, 12)]
    assert [row[1] for row in seen["rows"]][:4] == ["Valid", "Valid", "Valid", "Not genuine"]
    assert seen["rows"][6][1] == "Not a credential"
    assert seen["rows"][3][2] == "–"
    rows = list(csv.reader(io.StringIO(seen["csv"].removeprefix("\ufeff"))))
    assert len(rows) == len(seen["rows"]) + 1
    assert {len(row) for row in rows} == {13}
    assert rows[8][11] == "'=cmd().json"
    assert rows[4][2] == "signature.mismatch"
    assert rows[1][4] == "Ada Example"


def test_badges_and_certificates_are_read(seen: dict[str, Any]) -> None:
    assert [row[1] for row in seen["rows"]][8:] == ["Valid", "Valid", "Valid"]


def test_an_archive_is_named_beside_the_others(seen: dict[str, Any]) -> None:
    assert "all.zip: This is an archive" in seen["refused"]


def test_a_record_can_be_printed(seen: dict[str, Any]) -> None:
    assert "Record of a verification" in seen["printed"]
    assert "1 July 2026 at 12:00 (UTC)" in seen["printed"]
    assert "Paste" not in seen["printed"]


def test_names_are_compared_openly(seen: dict[str, Any]) -> None:
    first = {name: text.partition("\n")[0] for name, text in seen["names"].items()}
    assert first["Ada Example"] == "The names are the same."
    assert "hyphens and other marks and order of the words" in first["Example, Ada"]
    assert "capital and small letters and accents" in first["ÁDA EXAMPLE"]
    assert first["Grace Example"] == first["Ada\u200bExample"] == "The names differ."
    assert all(text.count("In the credential") == text.count("You wrote") == 1 for text in seen["names"].values())


def test_it_speaks_german_to_whoever_asks_for_it(seen: dict[str, Any]) -> None:
    german = seen["german"]
    assert german["lang"] == "de"
    assert german["said"]["rdfc"].startswith("Gültig nach der zuletzt gespeicherten Liste (Alter: 1 Minute)")
    assert "Echt und in Kraft. Ob er seither" in german["said"]["rdfc"]
    assert "Nicht echt. Der Inhalt wurde geändert" in german["said"]["tampered"]
    assert "Konnte nicht geprüft werden. Der Aussteller ist hier nicht bekannt" in german["said"]["foreign"]
    assert "Liegen die Schlüssel des Ausstellers vor?" in german["details"]


def test_axe_finds_no_fault_in_any_state(seen: dict[str, Any]) -> None:
    assert seen["violations"] == []


def test_nothing_is_wider_than_the_screen(seen: dict[str, Any]) -> None:
    assert seen["overflow"] == []


def test_it_works_by_keyboard_alone(seen: dict[str, Any]) -> None:
    walk = seen["walk"]
    assert walk["first"] == "Skip to the content"
    assert walk["afterSkip"] == "document"
    assert walk["outline"] == "solid"
    assert walk["button"] == "Check"
    assert walk["focus"] == "answer"
    assert walk["label"].startswith("Valid on the last saved list")
    assert walk["next"] == "Name on the CV or the ID"
    assert walk["small"] == []
