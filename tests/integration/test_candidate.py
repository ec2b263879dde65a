"""A candidate's page: what it shows and to whom, what can be done there, and that nobody else can do it."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jinja2
import pytest
from flask import g

from issuer.service import consents, requests
from issuer.service.awarded import find
from issuer.web.pages.bearing import form_token
from tests.kit import camera
from tests.kit.candidate import follow, link, opened, send, waited
from tests.kit.home import AIMA_AT, CAIG_AT, LATER, REASON, RESULTS, Home, catalog, demo
from tests.kit.home import opened as desk_of
from tests.kit.page import page
from tests.kit.web import Service, service
from verifier import Level

ADA, ADA_CAIG, PRIYA = "res_demo_0001", "res_demo_0002", "res_demo_0016"
PRIYA_AT, NOW = "2026-07-21T08:32:00Z", "2026-07-22T00:00:00Z"
NOTHING = "There is nothing at this address"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    made.issue(at=AIMA_AT)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, LATER) as running:
        running.client.application.jinja_env.undefined = jinja2.StrictUndefined
        yield running


@pytest.fixture
def ada(served: Service) -> str:
    return link(served, ADA)


@pytest.fixture
def priya(served: Service) -> str:
    """Somebody else, who did not pass."""
    served.home.json("issue", str(RESULTS / "aima-fail-priya.json"), at=PRIYA_AT)
    served.clock.set(NOW)
    return link(served, PRIYA)


def only(home: Home, code: str = "AIMA") -> str:
    return next((home.path / "issued").glob(f"{code}-*.r1.json")).name.partition(".")[0]


def events(home: Home) -> list[str]:
    return [kind for (kind,) in home.rows("SELECT type FROM event ORDER BY seq")]


# --- what it shows ------------------------------------------------------------------------------------------------


def test_it_shows_what_one_person_has(served: Service, home: Home, ada: str) -> None:
    home.issue("caig-pass.json", at=CAIG_AT)
    text = opened(served, ada).text
    for part in ("Ada Example", only(home), only(home, "CAIG"), "DEMO AI Manager Assessment (AIMA)", "State In force"):
        assert part in text
    assert "Valid until 1 July 2028 (UTC)" in text
    assert "We have an e-mail address of yours." in text
    assert "ada@candidate.example" not in text


def test_a_fail_gets_its_diagnostic_weakest_first(served: Service, priya: str) -> None:
    text = opened(served, priya).text
    assert "You have none yet." in text
    assert "Not passed : 8 of 15 correct; it takes 11." in text.replace("passed:", "passed :")
    blueprint = catalog().blueprints["aima-2026.1"]
    assert f"{blueprint.domains[0].title} 2 of 5" in text
    for domain in blueprint.domains:
        assert f"Study next: {domain.title}" in text
        assert all(advice.text in text for advice in domain.study)
    assert text.index("Study next: " + blueprint.domains[0].title) < text.index(
        "Study next: " + blueprint.domains[1].title
    )


def test_of_a_held_result_nothing_is_told_but_that_it_waits(served: Service, home: Home, ada: str) -> None:
    assert home.json("issue", str(RESULTS / "held-integrity.json"), at="2026-07-25T00:00:00Z")["outcome"] == "held"
    served.clock.set("2026-07-26T00:00:00Z")
    held = json.loads((RESULTS / "held-integrity.json").read_bytes())
    read = opened(served, link(served, held["resultId"]))
    assert "waits for a person's decision" in read.text
    assert f"{held['overall']['rawScore']} of 15 correct" not in read.text.partition("waits")[0]


def test_files_are_those_that_were_stored(served: Service, home: Home, ada: str) -> None:
    public_id = only(home)
    kinds = {".json": "application/vc", ".compact.json": "application/vc", ".jwt": "application/vc+jwt"}
    for suffix, kind in kinds.items():
        name = f"{public_id}.r1{suffix}"
        answer = served.get(f"{ada}/{public_id}/{name}")
        assert answer.data == (home.path / "issued" / name).read_bytes()
        assert answer.content_type == kind
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert {"href": f"{ada}/{public_id}/{name}", "download": ""} in opened(served, ada).all("a")


def test_a_link_to_linkedin_carries_public_facts_alone(served: Service, home: Home, ada: str) -> None:
    found = [each for each in opened(served, ada).all("a") if "linkedin" in each["href"]]
    assert found[0]["rel"] == "noopener noreferrer"
    fields = parse_qs(urlsplit(found[0]["href"]).query)
    assert fields == {
        "startTask": ["CERTIFICATION_NAME"],
        "name": ["DEMO AI Manager Assessment (AIMA)"],
        "organizationName": ["DEMO Certification Body"],
        "issueYear": ["2026"],
        "issueMonth": ["7"],
        "expirationYear": ["2028"],
        "expirationMonth": ["7"],
        "certUrl": [f"https://credentials.example/certify/verify?id={only(home)}"],
        "certId": [only(home)],
    }


def test_the_holder_alone_sees_why_it_was_withdrawn(served: Service, home: Home, ada: str) -> None:
    home.json("revoke", only(home), *REASON, at=LATER)
    read = opened(served, ada)
    assert "Withdrawn (reason: scoring error)" in read.text
    assert f"{ada}/{only(home)}/score" not in [form.action for form in read.forms]
    assert "linkedin" not in read.text.casefold()


# --- to whom ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["x", "0" * 43, "%01", "a" * 5_000, "..", "c"])
def test_a_wrong_link_gets_one_constant_page(served: Service, token: str) -> None:
    first, second = served.get("/c/wrong"), served.get(f"/c/{token}")
    assert first.data == second.data
    assert NOTHING in page(second, 404).text
    for path in ("/renewed", "/erase", "/AIMA-2026-00000000/x.json"):
        assert served.get(f"/c/{token}{path}").data == first.data
    assert served.post(f"/c/{token}/renew").data == first.data


def test_another_persons_things_are_answered_like_none(served: Service, home: Home, ada: str, priya: str) -> None:
    public_id = only(home)
    none = served.get("/c/wrong").data
    assert public_id not in opened(served, priya).text
    assert "Ada" not in opened(served, priya).text
    assert served.get(f"{priya}/{public_id}/{public_id}.r1.json").data == none
    for kind in ("registry", "score"):
        fields = opened(served, ada).form(f"{ada}/{public_id}/{kind}").fields
        assert served.post(f"{priya}/{public_id}/{kind}", data=fields).status_code == 403
        with served.client.application.test_request_context():
            g.link_token = priya.removeprefix("/c/")
            fields["form"] = form_token(f"{kind}/{public_id}")
        assert served.post(f"{priya}/{public_id}/{kind}", data=fields).data == none
    assert home.rows("SELECT count(*) FROM consent") == [(0,)]


def test_pages_behind_a_link_are_kept_by_nobody(served: Service, home: Home, ada: str) -> None:
    file = f"{ada}/{only(home)}/{only(home)}.r1.json"
    for answer in (served.get(ada), served.get(file), served.get("/c/wrong"), served.post(f"{ada}/renew")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_secret_reaches_no_log(served: Service, ada: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        read = opened(served, ada)
        send(served, read, f"{ada}/correction", name="Ada Corrected")
        served.get(f"{ada}/nothing/at/all")
        served.get("/c/some-wrong-secret")
    assert caplog.text.count('"route": "/c/<token>"') == 2
    for part in (ada.removeprefix("/c/"), "some-wrong-secret", "Ada"):
        assert part not in caplog.text


# --- forms --------------------------------------------------------------------------------------------------------

ACTS = ("correction", "renew", "forget-contact", "erase", "take-all-back", "take-back")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("given", [None, "", "x", "other", "é"])
def test_a_form_from_elsewhere_changes_nothing(
    served: Service, home: Home, ada: str, act: str, given: str | None
) -> None:
    other = opened(served, ada).form(f"{ada}/{'renew' if act == 'correction' else 'correction'}").fields["form"]
    if act == "take-all-back":
        send(served, opened(served, ada), f"{ada}/renew")
    fields = {"name": "Mallory"} | ({} if given is None else {"form": other if given == "other" else given})
    before = events(home)
    assert "request.form" in page(served.post(f"{ada}/{act}", data=fields), 403).text
    assert events(home) == before
    opened(served, ada)


def test_reading_changes_nothing(served: Service, home: Home, ada: str) -> None:
    before = events(home)
    for act in ACTS:
        served.get(f"{ada}/{act}")
    assert events(home) == before


# --- consents -----------------------------------------------------------------------------------------------------


def test_the_registry_switch_leaves_the_credential_alone(served: Service, home: Home, ada: str) -> None:
    action = f"{ada}/{only(home)}/registry"
    listed = json.loads((RESULTS / "aima-pass.json").read_bytes())["consents"]["listInRegistry"]
    words = {True: "You are listed.", False: "You are not listed."}
    assert words[listed] in opened(served, ada).text
    read = follow(served, send(served, opened(served, ada), action))
    assert words[not listed] in read.text
    follow(served, send(served, read, action, given="yes" if not listed else "no"))  # said twice
    assert len([kind for kind in events(home) if kind.startswith("consent-registry")]) == 1
    assert home.rows("SELECT count(*) FROM revision") == [(1,)]


def test_the_score_switch_makes_a_further_revision(served: Service, home: Home, ada: str) -> None:
    public_id = only(home)
    action = f"{ada}/{public_id}/score"
    read = follow(served, send(served, opened(served, ada), action))
    assert f"Your score is put into {public_id}" in read.text
    assert "This will change" in read.text
    assert waited(served, hours=71) == []
    waited(served, hours=1)
    read = opened(served, ada)
    assert "Your score stands in the credential." in read.text
    second = home.path / "issued" / f"{public_id}.r2.json"
    report = home.verify(public_id, "2026-07-12T00:01:00Z", ".json")
    assert str(report.state) == "withdrawn"  # the first one, for everybody, at once
    subject = json.loads(second.read_bytes())["credentialSubject"]
    assert [each.get("value") for each in subject["result"]][:2] == [None, "12"]
    assert len(subject["achievement"]["resultDescription"]) == len(subject["result"]) == 5
    follow(served, send(served, read, action))
    waited(served)
    third = json.loads((home.path / "issued" / f"{public_id}.r3.json").read_bytes())
    assert len(third["credentialSubject"]["result"]) == 1
    first = home.verify(public_id, "2026-07-15T00:01:00Z").require(Level.AUTHENTIC).document
    assert third["credentialSubject"] == first["credentialSubject"]
    assert home.rows("SELECT number, cause FROM revision ORDER BY number")[1:] == [(2, "superseded"), (3, "superseded")]
    assert [given for (given,) in home.rows("SELECT given FROM consent ORDER BY seq")] == [1, 0]


def test_the_score_switch_is_shut_when_it_is_not_in_force(served: Service, home: Home, ada: str) -> None:
    read = opened(served, ada)
    home.json("revoke", only(home), *REASON, at=LATER)
    answer = send(served, read, f"{ada}/{only(home)}/score")
    assert "award.withdrawn" in page(answer, 409).text
    assert home.rows("SELECT count(*) FROM consent") == [(0,)]


def test_a_later_correction_keeps_the_score_as_it_was_chosen(served: Service, home: Home, ada: str) -> None:
    follow(served, send(served, opened(served, ada), f"{ada}/{only(home)}/score"))
    waited(served)
    home.json("supersede", only(home), "--name", "Ada Corrected", "--decision", "DEC-4", at="2026-07-12T01:00:00Z")
    served.clock.set("2026-07-12T01:00:00Z")
    third = json.loads((home.path / "issued" / f"{only(home)}.r3.json").read_bytes())
    assert len(third["credentialSubject"]["result"]) == 5
    assert "Ada Corrected" in opened(served, ada).text


# --- corrections --------------------------------------------------------------------------------------------------


def test_a_correction_is_noted_for_staff(served: Service, home: Home, ada: str) -> None:
    wish = 'Ada "<b>Ångström</b>"'
    read = follow(served, send(served, opened(served, ada), f"{ada}/correction", name=f"  {wish} "))
    assert f"You have asked for the name {wish}" in read.text
    with desk_of(home) as desk:
        waiting = requests.waiting(desk)
    assert [(each.kind, each.text, each.public_ids) for each in waiting] == [("name", wish, (only(home),))]
    shown = home.json("person", "requests", at=LATER)
    assert [(each["text"], each["publicIds"]) for each in shown] == [(wish, [only(home)])]
    home.json("person", "close-request", str(waiting[0].seq), "--decision", "DEC-5", at=LATER)
    assert "You have asked" not in opened(served, ada).text
    assert (
        home.fails("person", "close-request", str(waiting[0].seq), "--decision", "DEC-5", at=LATER) == "request.unknown"
    )


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\u202eb", "a\0b"])
def test_a_name_that_cannot_be_signed_is_pointed_out(served: Service, home: Home, ada: str, name: str) -> None:
    read = page(send(served, opened(served, ada), f"{ada}/correction", name=name), 422)
    assert {"href": "#name"} in read.all("a")
    assert home.rows("SELECT count(*) FROM request") == [(0,)]


def test_requests_do_not_pile_up(served: Service, home: Home, ada: str) -> None:
    for number in range(requests.MAX_OPEN):
        follow(served, send(served, opened(served, ada), f"{ada}/correction", name=f"Ada {number}"))
    read = page(send(served, opened(served, ada), f"{ada}/correction", name="Ada again"), 422)
    assert "Wait until they are answered." in read.text
    assert home.rows("SELECT count(*) FROM request") == [(requests.MAX_OPEN,)]


# --- the link, and the end ----------------------------------------------------------------------------------------


def test_a_renewed_link_is_shown_once_and_the_old_one_shows_nothing(served: Service, ada: str) -> None:
    answer = send(served, opened(served, ada), f"{ada}/renew")
    read = follow(served, answer)
    new = answer.headers["Location"].removesuffix("/renewed")
    assert f"https://credentials.example{new}" in read.text
    old = opened(served, ada)
    assert "This link was renewed" in old.text
    assert "Ada" not in old.text
    assert [form.action for form in old.forms] == [f"{ada}/take-all-back"]
    assert "Ada Example" in opened(served, new).text
    assert link(served, ADA) == new
    waited(served)
    assert NOTHING in opened(served, ada, 404).text
    assert "Ada Example" in opened(served, new).text
    assert link(served, ADA) == new


def test_of_two_who_are_one_the_link_of_the_first_opens_all(served: Service, home: Home, ada: str, priya: str) -> None:
    keys = [key for (key,) in home.rows("SELECT id FROM person ORDER BY since")]
    send(served, opened(served, priya), f"{priya}/correction", name="Ada Merged")
    home.json("person", "merge", keys[0], keys[1], "--decision", "DEC-9", at=NOW)
    assert NOTHING in opened(served, priya, 404).text
    text = opened(served, ada).text
    assert "You have asked for the name Ada Merged" in text
    assert text.index("8 of 15 correct") < text.index("12 of 15 correct")


def test_contact_data_is_deleted_after_a_question(served: Service, home: Home, ada: str) -> None:
    asked = opened(served, f"{ada}/forget-contact")
    assert "no longer write to you" in asked.text
    read = follow(served, send(served, asked, f"{ada}/forget-contact"))
    assert "Your contact data is deleted This will happen on 12 July 2026, 00:00 (UTC)" in read.text
    assert "We have an e-mail address of yours." in read.text
    waited(served)
    read = opened(served, ada)
    assert "We have no e-mail address of yours." in read.text
    assert "In force" in read.text
    assert home.rows("SELECT count(*) FROM person_email") == home.rows("SELECT count(*) FROM notice") == [(0,)]
    assert "contact-deleted" in events(home)


def test_everything_is_erased_after_a_question(served: Service, home: Home, ada: str) -> None:
    follow(served, send(served, opened(served, ada), f"{ada}/correction", name="Ada Unforgettable"))
    asked = opened(served, f"{ada}/erase")
    assert "It happens on 12 July 2026, 00:00 (UTC)." in asked.text
    assert "Once it has happened it cannot be undone." in asked.text
    assert only_in(asked.text, home)
    public_id = only(home)
    signed = home.file(public_id).read_text(encoding="utf-8")
    read = follow(served, send(served, asked, f"{ada}/erase"))
    assert "Everything is withdrawn and erased This will happen on 12 July 2026, 00:00 (UTC)" in read.text
    assert "In force" in read.text
    waited(served)
    assert NOTHING in opened(served, ada, 404).text
    assert not list((home.path / "issued").iterdir())
    for path in home.path.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(name in data for name in (b"Ada Example", b"Unforgettable", b"ada@candidate.example")), path
    answer = served.post("/certify/verify", data={"document": signed}, content_type="multipart/form-data")
    assert "No longer in force" in page(answer).text
    assert home.json("log", at="2026-07-12T01:00:00Z")["intact"]


def only_in(text: str, home: Home) -> bool:
    return only(home) in text


def test_somebody_without_a_credential_can_be_erased_too(served: Service, home: Home, priya: str) -> None:
    follow(served, send(served, opened(served, f"{priya}/forget-contact"), f"{priya}/forget-contact"))
    waited(served)
    follow(served, send(served, opened(served, f"{priya}/erase"), f"{priya}/erase"))
    waited(served)
    assert NOTHING in opened(served, priya, 404).text
    assert dict(home.rows("SELECT result_id, raw FROM result"))[PRIYA] is None
    assert "person-erased" in events(home)


def test_erasing_by_staff_ends_the_link(served: Service, home: Home, ada: str) -> None:
    home.json("erase", only(home), "--decision", "DEC-6", at=LATER)
    assert NOTHING in opened(served, ada, 404).text


def test_a_consent_of_what_was_erased_is_none(served: Service, home: Home, ada: str) -> None:
    follow(served, send(served, opened(served, ada), f"{ada}/{only(home)}/score"))
    waited(served)
    public_id = only(home)
    home.json("erase", public_id, "--decision", "DEC-6", at="2026-07-12T01:00:00Z")
    with desk_of(home) as desk, desk.reading() as connection:
        awarded = find(connection, public_id)
        assert not consents.shows_score(awarded)
        assert not consents.is_listed(connection, awarded.row)


def test_a_score_that_was_lost_cannot_be_shown(served: Service, home: Home, ada: str) -> None:
    """As in an award that was recovered from its file alone."""
    read = opened(served, ada)
    home.change("UPDATE result SET raw = NULL")
    assert "result.lost" in page(send(served, read, f"{ada}/{only(home)}/score"), 422).text
    assert "Show my score" not in opened(served, ada).text


# --- QR codes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "media_type"), [("png", "image/png"), ("svg", "image/svg+xml")])
@pytest.mark.parametrize("form", ["credential", "number"])
def test_the_qr_codes_that_the_page_offers(
    served: Service, home: Home, ada: str, form: str, kind: str, media_type: str
) -> None:
    address = f"{ada}/{only(home)}/qr/{form}.{kind}"
    assert address in served.get(ada).get_data(as_text=True)
    answer = served.get(address)
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"{only(home)}.{form}.qr.{kind}" in answer.headers["Content-Disposition"]
    held = {
        "credential": "https://credentials.example/v#1100",
        "number": "https://credentials.example/certify/verify?id=",
    }
    if kind == "png":
        assert str(camera.read(camera.opened(answer.data))).startswith(held[form])


def test_a_credential_that_is_too_much_for_a_code_is_offered_by_its_number(
    served: Service, home: Home, ada: str
) -> None:
    home.issue("caig-pass.json", at=CAIG_AT)
    text = served.get(ada).get_data(as_text=True)
    assert f"{ada}/{only(home, 'CAIG')}/qr/number.png" in text
    assert f"{ada}/{only(home, 'CAIG')}/qr/credential.png" not in text
    assert "does not fit into a code" in text
    assert served.get(f"{ada}/{only(home, 'CAIG')}/qr/credential.png").status_code == 404


@pytest.mark.parametrize("name", ["other.png", "number.gif", "number.PNG"])
def test_what_is_no_qr_code(served: Service, home: Home, ada: str, name: str) -> None:
    assert NOTHING in opened(served, f"{ada}/{only(home)}/qr/{name}", 404).text


def test_nobody_else_gets_the_code(served: Service, home: Home, priya: str) -> None:
    assert NOTHING in opened(served, f"{priya}/{only(home)}/qr/credential.png", 404).text


def test_the_dictionary_is_served(served: Service) -> None:
    answer = served.get("/qr/100.bin", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "application/octet-stream")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.data == (served.home.path / "public" / "qr" / "100.bin").read_bytes()
    assert served.get("/qr/101.bin").status_code == 404
