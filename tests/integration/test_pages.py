"""The public pages: each is sound, says what the catalogue says, and no more of a credential than is so."""

import hashlib
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import jinja2
import pytest

from issuer.words import problems
from issuer.words.checks import QUESTIONS, STATES
from tests.browser.scenes import HOSTILE, PAGES, changed, foreign
from tests.kit.carriers import chunk, itxt, png
from tests.kit.foreign import OB2, VC2, as_bytes, mdoc, sd_jwt, token
from tests.kit.home import AIMA_AT, CAIG_AT, LATER, REASON, Home, catalog, demo
from tests.kit.minting import HOLDER, encoded
from tests.kit.page import Page, page
from tests.kit.web import Service, service
from tests.unit.test_docs import record_codes, text_of
from verifier.codes import CODES
from verifier.format import qrtext
from verifier.format.strictjson import load_object
from verifier.limits import MAX_CARRIER_BYTES
from verifier.report import State
from verifier.verify import CREDENTIAL, PRESENTATION, STATUS_LIST

ROOT = Path(__file__).resolve().parents[2]
EXPIRED, STALE = "2028-08-01T00:00:00Z", "2026-09-30T00:00:00Z"
GENUINE, IN_FORCE = "Is the document genuine?", "Is it in force?"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    made.issue(at=AIMA_AT)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, AIMA_AT) as running:
        running.client.application.jinja_env.undefined = jinja2.StrictUndefined
        yield running


def only(home: Home, code: str = "AIMA") -> str:
    """The public id of the one award of this kind."""
    return next((home.path / "issued").glob(f"{code}-*.r1.json")).name.partition(".")[0]


def by_id(served: Service, public_id: str, status: int = 200) -> Page:
    return page(served.get("/certify/verify", query_string={"id": public_id}), status)


def by_file(served: Service, data: bytes, status: int = 200) -> Page:
    sent = {"file": (BytesIO(data), "x.json"), "document": ""}
    return page(served.post("/certify/verify", data=sent, content_type="multipart/form-data"), status)


def by_paste(served: Service, text: str, status: int = 200) -> Page:
    return page(served.post("/certify/verify", data={"document": text}, content_type="multipart/form-data"), status)


def says(read: Page, verdict: str, genuine: str, in_force: str) -> bool:
    """The banner in word and class, and the two answers."""
    classes = [div["class"] for div in read.all("div") if div.get("class", "").startswith("verdict")]
    word = {"valid": "Valid", "invalid": "Not valid", "indeterminate": "Could not be decided"}[verdict]
    assert classes == [f"verdict {verdict}"]
    assert read.text.index(f"{word} ") < read.text.index(GENUINE)
    return f"{GENUINE} {genuine} {IN_FORCE} {in_force}" in read.text


# --- every page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "path"), PAGES.items())
def test_every_page_is_sound_and_says_demo(served: Service, name: str, path: str) -> None:
    read = page(served.get(path), 404 if name == "verify-unknown" else 200)
    assert read.text.startswith("Skip to the content DEMO. This issuer is for trying things out.")


def test_every_link_inside_leads_somewhere(served: Service) -> None:
    pages = {path: page(served.get(path)) for name, path in PAGES.items() if name != "verify-unknown"}
    links = {link["href"] for read in pages.values() for link in read.all("a")}
    for link in sorted(links):
        path, _, anchor = link.partition("#")
        if not path.startswith("/") and not anchor:
            assert link.startswith("mailto:")
        elif path and not anchor:
            assert served.get(path, buffered=True).status_code == 200, link
        elif path in pages:
            assert anchor in {attributes.get("id") for _, attributes in pages[path].elements}, link


def test_the_host_alone_leads_to_the_start(served: Service) -> None:
    answer = served.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/certify")


@pytest.mark.parametrize("code", ["AIMA", "CAIG"])
def test_facts_come_from_the_catalogue(served: Service, code: str) -> None:
    blueprint = next(each for each in catalog().blueprints.values() if each.credential == code)
    for path in ("/certify", f"/certify/{code.lower()}"):
        text = page(served.get(path)).text
        assert f"{blueprint.max_score} questions" in text
        assert f"{blueprint.pass_raw} of {blueprint.max_score} correct" in text
        assert f"{blueprint.time_limit.seconds // 60} minutes" in text
        for domain in blueprint.domains:
            assert domain.title in text
            assert all(advice.text in text for advice in domain.study)


def test_numbers_stand_in_no_template() -> None:
    """Of an exam: a template that knows one would go on saying it when the blueprint has changed."""
    for path in (ROOT / "issuer" / "web" / "templates").rglob("*.html"):
        prose = re.sub(r"<[^>]*>|{[{%#].*?[}%#]}", " ", text_of(path))
        assert not re.search(r"\b(\d+|two|three|four) (years?|minutes|questions|domains|months)\b", prose), path


def test_keys_are_those_of_the_registry(served: Service, home: Home) -> None:
    key = json.loads((home.path / "keys" / "registry.json").read_bytes())["keys"][0]
    with_document = json.loads((home.path / "public" / ".well-known" / "did.json").read_bytes())
    text = page(served.get("/certify/keys")).text
    assert f"{key['id']}: active" in text
    assert key["publicKeyMultibase"] in text
    assert with_document["assertionMethod"][0] in text
    assert re.search(r"Fingerprint \(SHA-256\) ([0-9a-f]{4} ?){16}", text)


def test_templates_can_be_kept(served: Service) -> None:
    kinds = catalog().blueprints["caig-2026.1"].evidence_types
    for kind in kinds:
        answer = served.get(f"/certify/caig/artefacts/{kind}.md")
        assert answer.content_type == "text/markdown; charset=utf-8"
        assert answer.headers["Content-Disposition"] == f"attachment; filename={kind}.md"
        assert answer.data.startswith(b"# ")
        assert hashlib.sha256(answer.data).digest()
    page(served.get("/certify/caig/artefacts/nothing.md"), 404)


def test_every_code_is_explained() -> None:
    sources = "".join(text_of(path) for name in ("issuer", "keys") for path in sorted((ROOT / name).rglob("*.py")))
    raised = set(re.findall(r'(?:IssuerError|KeyFileError|KeyStateError|RegistryError)\(\s*"([a-z.-]+)"', sources))
    raised |= set(re.findall(r'Problem\(\s*HTTPStatus\.\w+,\s*"([a-z.-]+)"', sources))
    raised |= set(re.findall(r'\("(request\.[a-z-]+)"', sources)) | record_codes()
    assert raised - problems.known() == set()


def test_every_check_has_a_question_and_every_state_a_word() -> None:
    assert {rule.id for rule in (*CREDENTIAL, *PRESENTATION, *STATUS_LIST)} == set(QUESTIONS)
    assert set(STATES) == set(State)


# --- verifying ----------------------------------------------------------------------------------------------------


def test_a_valid_one_by_number_file_and_paste(served: Service, home: Home) -> None:
    public_id = only(home)
    data = home.file(public_id).read_bytes()
    compact = load_object(home.file(public_id, ".compact.json").read_bytes())
    link = qrtext.encode(compact, "credentials.example", 1, qrtext.built_in(1) or b"")
    for read in (
        by_id(served, public_id),
        by_id(served, f" {public_id.lower()} "),
        by_file(served, data),
        by_paste(served, data.decode()),
        by_file(served, home.file(public_id, ".compact.json").read_bytes()),
        by_file(served, b"\xef\xbb\xbf" + data),
        by_paste(served, f"Dear all,\n{data.decode()}\nRegards"),
        by_paste(served, f"<{link.replace('#', '%23')}>"),
    ):
        assert says(read, "valid", "Yes", "Yes")
        assert "Genuine and in force." in read.text
        assert "Holder Ada Example" in read.text
        assert "Valid until 1 July 2028, 23:59 (UTC)" in read.text
        assert all(QUESTIONS[rule.id] in read.text for rule in CREDENTIAL)
    assert "Revocation list of 1 July 2026" in by_file(served, data).text


def test_a_picture_of_a_code_and_a_badge_of_megabytes(served: Service, home: Home) -> None:
    """As people send them: by the form, and to the address for programs."""
    public_id = only(home)
    for name in ("code.png", "code.svg"):
        home.json("qr", public_id, "--out", str(home.path / name), at=AIMA_AT)
    badge = png(chunk(b"prIv", bytes(3 << 20)), itxt(home.file(public_id).read_bytes()))
    assert f"Up to {MAX_CARRIER_BYTES >> 20} MiB." in page(served.get("/certify/verify")).text
    for data in (*((home.path / name).read_bytes() for name in ("code.png", "code.svg")), badge):
        form = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n' + data + b"\r\n--b--\r\n"
        answer = served.post("/certify/verify", data=form, content_type="multipart/form-data; boundary=b")
        assert says(page(answer), "valid", "Yes", "Yes")
        assert served.post("/api/certify/verify", data=data).json["verdict"] == "valid"


def test_a_picture_of_a_number_says_so(served: Service, home: Home) -> None:
    home.json("qr", only(home), "--link", "--out", str(home.path / "code.png"), at=AIMA_AT)
    read = by_file(served, (home.path / "code.png").read_bytes())
    assert f"picture.number {CODES['picture.number'].sentence} The number is {only(home)}." in read.text


def test_a_presentation_of_nothing_is_not_drawn_as_valid(served: Service) -> None:
    read = by_file(served, encoded(HOLDER.signed(HOLDER.presentation(), created="2026-01-01T00:00:00Z")))
    assert [div["class"] for div in read.all("div") if div.get("class", "").startswith("verdict")] == [
        "verdict indeterminate"
    ]
    assert f"{GENUINE} Yes {IN_FORCE} Could not tell" in read.text
    assert "Shows no credential" in read.text
    assert "Signed by its holder. It shows no credential." in read.text
    assert "Genuine and in force" not in read.text


def test_a_number_in_the_box_is_looked_up(served: Service, home: Home) -> None:
    answer = served.post("/certify/verify", data={"document": f"{only(home)}\n"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/certify/verify?id={only(home)}")


def test_a_tampered_one_says_nothing(served: Service, home: Home) -> None:
    read = by_file(served, changed(home.file(only(home)).read_bytes(), "Someone Else"))
    assert says(read, "invalid", "No", "Could not tell")
    assert "Someone Else" not in read.text
    assert f"signature.mismatch {CODES['signature.mismatch'].sentence}" in read.text
    assert "What it says is not shown" in read.text


def test_a_withdrawn_one_never_says_why(served: Service, home: Home) -> None:
    public_id = only(home)
    home.json("revoke", public_id, *REASON, at=LATER)
    served.clock.set(LATER)
    data = home.file(public_id).read_bytes()
    for read in (by_id(served, public_id), by_file(served, data)):
        assert says(read, "invalid", "Yes", "No (no longer in force: withdrawn, or replaced by a newer one)")
        assert CODES["status.revoked"].sentence in read.text
        assert "scoring" not in read.text
    assert {"href": f"/certify/verify?id={public_id}"} in by_file(served, data).all("a")


def test_a_withdrawal_counts_before_the_lists_show_it(served: Service, home: Home) -> None:
    home.json("revoke", only(home), *REASON, "--no-publish", at=LATER)
    served.clock.set(LATER)
    assert says(
        by_id(served, only(home)), "invalid", "Yes", "No (no longer in force: withdrawn, or replaced by a newer one)"
    )


def test_a_suspended_one(served: Service, home: Home) -> None:
    public_id = home.issue("caig-pass.json", at=CAIG_AT)
    options = ("--reason", "payment-dispute", "--decision", "DEC-2", "--due", "2026-08-01T00:00:00Z")
    home.json("suspend", public_id, *options, at=LATER)
    served.clock.set(LATER)
    for read in (by_id(served, public_id), by_file(served, home.file(public_id).read_bytes())):
        assert says(read, "invalid", "Yes", "No (suspended)")
        assert CODES["status.suspended"].sentence in read.text
        assert "payment" not in read.text


def test_an_expired_one_stays_visible(served: Service, home: Home) -> None:
    served.clock.set(EXPIRED)
    for read in (by_id(served, only(home)), by_file(served, home.file(only(home)).read_bytes())):
        assert says(read, "invalid", "Yes", "No (expired)")
        assert "Holder Ada Example" in read.text


def test_what_could_not_be_checked_is_never_valid(served: Service, home: Home) -> None:
    served.clock.set(STALE)
    for read in (by_id(served, only(home)), by_file(served, home.file(only(home)).read_bytes())):
        assert says(read, "indeterminate", "Yes", "Could not tell")
        assert CODES["status.stale"].sentence in read.text


def test_another_issuers_whose_keys_are_not_at_hand(served: Service, home: Home) -> None:
    read = by_file(served, foreign(home.file(only(home)).read_bytes()))
    assert says(read, "indeterminate", "Could not tell", "Could not tell")
    assert CODES["did.unknown"].sentence in read.text


def test_another_kind_is_named(served: Service) -> None:
    for read, code in (
        (by_paste(served, sd_jwt()), "kind.sd-jwt"),
        (by_paste(served, token(VC2, alg="RS256", typ="JWT")), "kind.jwt-signature"),
        (by_file(served, mdoc()), "kind.mdoc"),
        (by_file(served, as_bytes(OB2)), "kind.open-badges-2"),
    ):
        assert says(read, "indeterminate", "Could not tell", "Could not tell")
        assert CODES[code].sentence in read.text


def test_a_replaced_one(served: Service, home: Home) -> None:
    public_id = only(home)
    home.json("supersede", public_id, "--name", "Ada Corrected", "--decision", "DEC-4", at=LATER)
    served.clock.set(LATER)
    read = by_id(served, public_id)
    assert says(read, "valid", "Yes", "Yes")
    assert "Replaced by a newer one." in read.text
    assert "Holder Ada Corrected" in read.text
    assert says(
        by_file(served, home.file(public_id).read_bytes()),
        "invalid",
        "Yes",
        "No (no longer in force: withdrawn, or replaced by a newer one)",
    )


def test_an_erased_one_names_nobody(served: Service, home: Home) -> None:
    public_id = only(home)
    home.json("erase", public_id, "--decision", "DEC-6", at=LATER)
    served.clock.set(LATER)
    read = by_id(served, public_id)
    assert says(read, "invalid", "Could not tell", "No (no longer in force: withdrawn, or replaced by a newer one)")
    assert "Ada" not in read.text


@pytest.mark.parametrize("given", ["", "x", "AIMA-2026-00000000", HOSTILE, "\1", "%", "a" * 3_000])
def test_an_unknown_number_is_named_as_such(served: Service, given: str) -> None:
    read = by_id(served, given, 404)
    assert "There is a problem" in read.text
    assert {"href": "#id"} in read.all("a")
    assert read.form("/certify/verify").method == "post"
    asked = next(each for each in read.all("input") if each["id"] == "id")
    assert asked["aria-invalid"] == "true"
    assert len(asked["value"]) <= 100


def test_a_null_character_is_no_question(served: Service) -> None:
    assert "Bad Request" in by_id(served, "\0", 400).text


def test_nothing_sent_is_pointed_out(served: Service) -> None:
    read = by_paste(served, "  \r\n ", 400)
    assert {"href": "#document"} in read.all("a")
    assert read.all("textarea")[0]["aria-describedby"] == "document-hint document-error"


@pytest.mark.parametrize("text", ["x", "{}", "[]", '{"a": 1', "a.b.c", "\ufeff{}", '{"@context": []}'])
def test_what_is_no_credential_is_answered_calmly(served: Service, text: str) -> None:
    read = by_paste(served, text)
    assert any(div.get("class") in {"verdict invalid", "verdict indeterminate"} for div in read.all("div"))


def test_hostile_text_is_shown_and_does_nothing(served: Service, home: Home) -> None:
    """In a name that is signed, which alone is shown."""
    with_name = "Robert <b>x</b>\"'&"
    home.json("supersede", only(home), "--name", with_name, "--decision", "DEC-4", at=LATER)
    served.clock.set(LATER)
    answer = served.get(f"/certify/verify?id={only(home)}")
    assert with_name in page(answer).text
    assert b"<b>x</b>" not in answer.data


def test_hostile_text_in_a_detail_is_made_visible(served: Service, home: Home) -> None:
    value: dict[str, Any] = json.loads(home.file(only(home)).read_bytes())
    value[HOSTILE] = HOSTILE
    answer = served.post("/certify/verify", data={"document": json.dumps(value)}, content_type="multipart/form-data")
    read = page(answer)
    assert b"<script>alert" not in answer.data
    assert "\u202e" not in read.text
    assert len(answer.data) < 40_000


def test_too_large_a_file_is_refused_in_words(served: Service) -> None:
    kind = "application/x-www-form-urlencoded"
    answer = served.post("/certify/verify", data=b"document=" + b"x" * (1 << 21), content_type=kind)
    assert "request.too-large" in page(answer, 413).text


def test_nothing_is_kept(served: Service, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", None)  # what a large upload would be written to
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    large = head + b"x" * 900_000 + b"\r\n--b--\r\n"
    page(served.post("/certify/verify", data=large, content_type="multipart/form-data; boundary=b"))
    before = home.files(".")
    by_file(served, changed(home.file(only(home)).read_bytes(), "Kept Nowhere"))
    by_id(served, only(home))
    assert home.files(".") == before
    assert "Set-Cookie" not in served.get("/certify/verify").headers


# --- when something goes wrong ------------------------------------------------------------------------------------


def test_people_get_a_page_and_programs_a_problem(served: Service) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    read = page(served.get("/nothing", headers=browser), 404)
    assert "request.not-found" in read.text
    assert served.get("/nothing").content_type == "application/problem+json"
    assert served.get("/api/certify/verify?id=x", headers=browser).content_type == "application/problem+json"
    page(served.client.delete("/certify", base_url="http://localhost", headers=browser), 405)


def test_a_fault_shows_nothing_of_the_inside(served: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("issuer.service.lookup.find_public", broken)
    read = by_id(served, "AIMA-2026-00000000", 500)
    assert "service.fault" in read.text
    assert "secret" not in read.text
    assert "Traceback" not in read.text
