"""The parts of the verify page that need no browser: what is taken for what, and what a report is called."""

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from issuer.words.checks import ANSWERS, QUESTIONS
from issuer.words.tables import as_csv
from tests.kit.credentials import aima
from tests.kit.foreign import MADE, sd_jwt
from tests.kit.minting import ISSUER
from tests.vectors.case import Given
from tests.vectors.cases import CASES
from tests.vectors.cases_qr import safe_link
from tests.web.judge import asked
from verifier.codes import CODES
from verifier.kinds import FOREIGN, OTHER_FILES, OWN

pytestmark = pytest.mark.node

Ask = Callable[..., Any]
TEXT = json.dumps(ISSUER.secured(aima()), indent=1)
TOKEN = ISSUER.token(aima())
LEADS = (
    "Not genuine. ",
    "Could not be checked. ",
    "Genuine and in force.",
    "Signed by its holder. It shows no credential.",
    "Nothing was checked.",
)
PAGE = Path(__file__).resolve().parents[2] / "verifier" / "web" / "page"
PATIENCE_SECONDS = 5
NUMBER = "AIMA-2026-7K3Q9FW8"
QR = "https://x.example/v#1001" + "0123456789" * 9


@pytest.fixture(scope="module")
def ask(node: Path) -> Iterator[Ask]:
    program = ["node", str(Path(__file__).with_name("run_page.mjs"))]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def asking(op: str, **request: object) -> Any:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps({"op": op, **request}).encode() + b"\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield asking


# --- Where a code leads --------------------------------------------------------------------------------------


TRUST: dict[str, Any] = {
    "issuers": {"did:web:issuer.example": {}, "did:web:other.example%3A8443:one": {}, "did:key:z6Mk": {}},
    "qrDictionaries": {"https://codes.example/qr/100.bin": {}},
}


@pytest.mark.parametrize(
    ("host", "own", "foreign"),
    [
        ("page.example", "page.example", ""),
        ("issuer.example", "page.example", ""),
        ("other.example:8443", "page.example", ""),
        ("codes.example", "", ""),
        ("other.example", "page.example", "other.example"),
        ("issuer.example.evil.test", "page.example", "issuer.example.evil.test"),
        ("issuer.example:444", "", "issuer.example:444"),
        ("іssuer.example", "", "xn--ssuer-m2e.example"),
    ],
)
def test_a_foreign_host_is_noticed(ask: Ask, host: str, own: str, foreign: str) -> None:
    for link in (f"https://{host}/v#1001", f"https://{host}/certify/verify?id={NUMBER}"):
        assert ask("elsewhere", link=link, trust=TRUST, own=own) == foreign


def test_while_no_host_is_known_none_is_foreign(ask: Ask) -> None:
    nothing: dict[str, Any] = {"issuers": {"did:key:z6Mk": {}}, "qrDictionaries": {}}
    assert ask("elsewhere", link="https://x.example/v#1001", trust=nothing, own="") == ""


# --- What was pasted -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        (TEXT, []),
        (f"\ufeff\n {TEXT}\n\n", []),
        (f"Dear all,\nhere it is:\n{TEXT}\nBest wishes {{}}".replace(" {}", ""), ["around"]),
        (f"See below.\n```json\n{TEXT}\n```\nBye", ["fence"]),
        (json.dumps(TEXT), ["quotes"]),
        (f"“{TEXT}”", ["around"]),
        ("\n".join(f"> {line}" for line in TEXT.splitlines()), ["mail"]),
        (f"I wrote:\n```\n{json.dumps(TEXT)}\n```", ["fence", "quotes"]),
    ],
)
def test_a_document_is_found_in_what_was_pasted(ask: Ask, pasted: str, cleaned: list[str]) -> None:
    found = ask("understood", text=pasted)
    assert json.loads(found["text"]) == json.loads(TEXT)
    assert found["cleaned"] == cleaned


def test_line_breaks_that_a_mail_program_put_in_are_taken_out(ask: Ask) -> None:
    value = json.loads(TEXT)["proof"][0]["proofValue"]
    found = ask("understood", text=TEXT.replace(value, f"{value[:40]}\n{value[40:]}"))
    assert json.loads(found["text"]) == json.loads(TEXT)
    assert found["cleaned"] == ["breaks"]


@pytest.mark.parametrize(
    "made",
    [
        made
        for _, _, _, made in MADE
        if isinstance(made, str) and not made.startswith(("https:", "<", '"')) and "\n" not in made
    ],
)
def test_tokens_and_codes_of_other_kinds_are_left_as_they_are(ask: Ask, made: str) -> None:
    assert ask("understood", text=f" {made}\n") == {"text": made.strip(), "cleaned": []}


def test_a_token_with_disclosures_is_found_whole(ask: Ask) -> None:
    token = sd_jwt()
    assert ask("understood", text=f"See {token} below.") == {"text": token, "cleaned": ["around"]}
    assert ask("understood", text=f"{token[:70]}\n{token[70:]}") == {"text": token, "cleaned": ["breaks"]}


def test_curly_marks_are_made_straight(ask: Ask) -> None:
    found = ask("understood", text="{“a”: “b\u00a0c”}")
    assert (json.loads(found["text"]), found["cleaned"]) == ({"a": "b c"}, ["marks"])


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [(TOKEN, []), (f"{TOKEN[:60]}\n {TOKEN[60:]}", ["breaks"]), (f"Token: {TOKEN} .", ["around"])],
)
def test_a_token_is_found(ask: Ask, pasted: str, cleaned: list[str]) -> None:
    assert ask("understood", text=pasted) == {"text": TOKEN, "cleaned": cleaned}


@pytest.mark.parametrize("pasted", [NUMBER, NUMBER.lower(), f' "{NUMBER}"\n'])
def test_a_number_is_a_question(ask: Ask, pasted: str) -> None:
    assert ask("understood", text=pasted) == {"id": NUMBER}


def test_links_are_told_apart(ask: Ask) -> None:
    link = f"https://x.example/certify/verify?id={NUMBER}"
    assert ask("understood", text=f"Here: {link}")["id"] == NUMBER
    assert ask("understood", text="https://x.example/v#1234") == {"qr": "https://x.example/v#1234"}
    assert ask("understood", text="https://x.example/c/token") == {"link": "https://x.example/c/token"}


@pytest.mark.parametrize(
    "pasted",
    [
        QR,
        f"<{QR}>.",
        f'"{QR}"',
        QR.replace("#", "%23"),
        QR.replace("https", "HTTPS"),
        f"{QR[:70]}\r\n{QR[70:]}",
        safe_link(QR),
        f"See https://x.example/help. Yours: {QR} (<{QR}>)",
        f"Yours:\n{safe_link(QR)}, with regards",
    ],
)
def test_the_link_of_a_code_is_found(ask: Ask, pasted: str) -> None:
    assert ask("understood", text=pasted) == {"qr": QR}


def test_of_several_codes_the_verifier_says_that_they_are_several(ask: Ask) -> None:
    two = f"{QR} {QR.replace('x.example', 'y.example')}"
    assert ask("understood", text=two) == {"text": two, "cleaned": []}


@pytest.mark.parametrize("pasted", ["", " \n", "hello", "{", "{{{{", '{"a":}', "}{", '"', "```", "\ud800" * 3])
def test_what_is_nothing_stays_as_it_is(ask: Ask, pasted: str) -> None:
    assert ask("understood", text=pasted).get("text", "") == pasted.strip()


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 2_000_000, " " * 2_000_000 + "x", "```" * 600_000, "{" * 2_000_000, "a.-" * 600_000),
        *("> " * 900_000 + "x", "." * 2_000_000 + "x", " \t" * 900_000 + "x", "https://x/v#1 " * 100_000),
    ],
)
def test_no_text_takes_long(ask: Ask, text: str) -> None:
    begun = time.monotonic()
    ask("understood", text=text)
    assert time.monotonic() - begun < PATIENCE_SECONDS


# --- What is said --------------------------------------------------------------------------------------------


def test_every_vector_is_called_what_it_is(ask: Ask) -> None:
    """Green is for what is valid by the newest lists alone, and what is not genuine says nothing."""
    for case in CASES:
        given = asked(case.build())
        for fresh in (True, False):
            found = ask("found", given=given, fresh=fresh)
            assert found["word"], case.name
            nothing = found["kind"] == "showsNothing"
            assert nothing == (case.code == "credentials.none"), case.name
            shown = found["verdict"] == "valid" and not nothing
            assert (found["tone"] == "valid") == (shown and fresh), case.name
            assert (found["kind"] in {"valid", "validSaved"}) == shown, case.name
            if found["kind"] in {"notGenuine", "unreadable"}:
                assert found["facts"] is None, case.name
                assert "no" in found["results"].values(), case.name
            if found["verdict"] == "valid":
                assert found["results"].pop("inForce") == ("open" if nothing else "yes"), case.name
                assert set(found["results"].values()) == {"yes"}, case.name


def strange() -> Given:
    """Genuine, with what copies get wrong: names like __proto__, and numbers that were written with a point."""
    document: Any = {**aima(), "__proto__": {"constructor": 1.0}, "10": [1, 1.0, 1e300], "1": None}
    return Given(json.dumps(ISSUER.secured(document, "eddsa-jcs-2022")).encode(), ISSUER.trust())


def test_a_report_leaves_a_worker_as_it_was(ask: Ask) -> None:
    for name, given in [("strange", strange()), *((case.name, case.build()) for case in CASES)]:
        assert ask("parcel", given=asked(given)) is True, name


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("signature.mismatch", "notGenuine"),
        ("json.syntax", "unreadable"),
        ("did.unknown", "unknownIssuer"),
        ("issuer.not-accepted", "unknownIssuer"),
        ("context.unknown", "open"),
        ("status.missing", "unchecked"),
        ("status.stale", "unchecked"),
        ("status.revoked", "withdrawn"),
        ("status.suspended", "suspended"),
        ("period.expired", "expired"),
        ("period.early", "early"),
        ("clock.behind", "unchecked"),
        *((code, "foreign") for code in OWN),
        ("kind.status-list", "noCertificate"),
        *((code, "foreign") for code in FOREIGN),
        *((code, "unreadable") for code in OTHER_FILES),
    ],
)
def test_a_code_has_its_word(ask: Ask, code: str, kind: str) -> None:
    cases = [case for case in CASES if case.code == code and not case.beside and "presentation" not in case.name]
    assert {ask("found", given=asked(case.build()), fresh=True)["kind"] for case in cases} == {kind}


def test_german_says_all_that_english_says(ask: Ask) -> None:
    words = ask("words")
    german = words["de"]
    sentences, questions, answers = (german.pop(name) for name in ("sentences", "questions", "answers"))
    assert set(german.pop("leads")) == {"", *LEADS}
    assert set(german) == set(words["en"])
    assert set(sentences) == set(CODES)
    assert (set(questions), set(answers)) == (set(QUESTIONS), set(ANSWERS))
    for key, text in words["en"].items():
        assert sorted(re.findall(r"\{\w+\}", german[key])) == sorted(re.findall(r"\{\w+\}", text)), key


def test_every_text_is_used(ask: Ask) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PAGE.rglob("*.mjs") if path.parent.name != "words")
    begun = tuple(re.findall(r"`([a-z.]+\.)\$\{", source))
    for key in ask("words")["en"]:
        assert f"'{key}'" in source or key.startswith(begun) or key == "direction", key


def test_texts_that_come_later_are_said_by_parts_that_come_with_them(ask: Ask) -> None:
    with_pasted = {"code.number", "elsewhere", "empty", "link", "cleaned"}  # said of what pasted.mjs was loaded for
    modules = at_once(PAGE / "main.mjs")
    assert {"main.mjs", "answer.mjs", "apart.mjs", "dom.mjs"} < {path.name for path in modules}
    source = "".join(path.read_text(encoding="utf-8") for path in modules)
    begun = set(re.findall(r"`([a-z.]+\.)\$\{", source)) - {"cleaned."}
    for key in set(ask("words")["more"]) - with_pasted:
        assert f"'{key}'" not in source, key
        assert not key.startswith(tuple(begun)), key


def at_once(path: Path) -> set[Path]:
    """The modules of the page that are there once this one is, without the verifier and the texts."""
    found: set[Path] = set()
    waiting = {path}
    while waiting:
        module = waiting.pop()
        found.add(module)
        names = re.findall(r"from '([^']+\.mjs|#check)'", module.read_text(encoding="utf-8"))
        paths = {(module.parent / name.replace("#check", "check/apart.mjs")).resolve() for name in names}
        waiting |= {each for each in paths if PAGE in each.parents and each.parent.name != "words"} - found
    return found


# --- Names and tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "differences"),
    [
        ("Ada Example", " Ada  Example ", []),
        ("Zoe\u0308 X", "Zoë X", []),
        ("Ada Example", "ADA example", ["capitals"]),
        ("Zoë Müller", "Zoe Muller", ["accents"]),
        ("Straße", "Strasse", ["accents"]),
        ("Anne-Marie O’Brien", "Anne Marie O Brien", ["punctuation"]),
        ("Ada Example", "Example Ada", ["order"]),
        ("Ada Example", "EXAMPLE, Ada", ["capitals", "punctuation", "order"]),
        ("Ada Example", "Ada B. Example", None),
        ("Ada Example", "Ad\u0430 Example", None),
        ("Ada\u200bExample", "AdaExample", None),
        ("", "", None),
        ("عائشة", "عائشة", []),
    ],
)
def test_names_are_compared_openly(ask: Ask, one: str, other: str, differences: list[str] | None) -> None:
    assert ask("differences", names=[one, other]) == differences
    assert ask("differences", names=[other, one]) == differences


def test_a_table_is_that_of_the_service(ask: Ask) -> None:
    rows = [["a", 'b"c'], ["=1+1", "+1"], ["-1", "@x"], ["\tx", "\rx"], ["\nx", "é,\n"], ["", "x=1"]]
    assert ask("csv", rows=rows) == as_csv(rows[0], rows[1:])
