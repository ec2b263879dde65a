"""The reference exam through real sockets: whole sittings, limits, tampering, outages, and a key that never shows."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from examples.exam_platform.delivery import deliver_waiting
from examples.exam_platform.exam import load_exam
from examples.exam_platform.scripted import Browser, answer_all, begin, choice
from issuer.results import Known, Outcome, judge, read_record
from tests.kit.exam import APPROVAL, CATALOG, CODE, Intake, Running, intake_app, running, served
from verifier.format import multikey

ROOT = Path(__file__).resolve().parents[2]
DEMO = CATALOG.blueprints["aima-demo-2026.1"]


@pytest.fixture
def exam(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path) as started:
        yield started


def whole(exam: Running, right: int, **fields: str) -> Browser:
    """A sitting of half an hour."""
    browser = exam.browser()
    begin(browser, "Ada Example", **fields)
    exam.clock.turn(minutes=30)
    answer_all(browser, exam.exam, right)
    browser.send()
    return browser


def test_its_numbers_are_those_of_the_blueprint(exam: Running) -> None:
    found = exam.exam
    assert (found.blueprint, found.credential) == (DEMO.id, DEMO.credential)
    assert (len(found.questions), found.pass_raw) == (DEMO.max_score, DEMO.pass_raw)
    policy = DEMO.attempt_policy
    assert (found.time_limit, found.max_starts, found.within) == (DEMO.time_limit, policy.max_starts, policy.within)
    assert found.domains == {domain.code: domain.title for domain in DEMO.domains}
    assert found.terms in DEMO.terms_versions


@pytest.mark.parametrize(("right", "expected"), [(15, Outcome.ACCEPTED), (11, Outcome.ACCEPTED), (10, Outcome.FAILED)])
def test_a_whole_sitting_ends_at_the_issuers_page(exam: Running, right: int, expected: Outcome) -> None:
    browser = whole(exam, right, email="ada@candidate.example", score="yes")
    (body,) = exam.intake.bodies
    record = read_record(body)
    assert browser.address == f"{exam.intake.address}/c/{record.result_id}"
    assert judge(record, Known(), CATALOG, exam.clock()).outcome is expected
    assert record.overall.raw_score == right
    assert (record.candidate.display_name, record.candidate.email) == ("Ada Example", "ada@candidate.example")
    assert (record.consents.list_in_registry, record.consents.disclose_score) == (False, True)
    assert (record.assurance.identity, record.attempt.number) == ("self-asserted", 1)


def test_what_is_missing_at_the_start_is_said_and_starts_nothing(exam: Running) -> None:
    browser = exam.browser()
    browser.get(exam.address)
    browser.send(name="  ", email="nowhere", code="guessed")
    assert browser.status == 422
    assert all(f'href="#{field}"' in browser.html for field in ("name", "email", "code", "terms"))
    assert browser.page.fields["email"] == "nowhere"
    begin(browser, "Ada\u202eExample")
    assert browser.status == 422
    assert exam.desk.store.unanswered() == []


def test_three_starts_in_a_day_also_when_none_was_handed_in(exam: Running) -> None:
    browser = exam.browser()
    for _ in range(3):
        begin(browser, "Ada Example")
        assert browser.page.title == "Question 1 of 15"
        exam.clock.turn(hours=1)
    begin(browser, "Ada Example")
    assert (browser.status, browser.page.title) == (429, "No start is free yet")
    assert "2026-07-02 09:00 UTC" in browser.html
    exam.clock.turn(hours=21)
    begin(browser, "Ada Example")
    answer_all(browser, exam.exam, 15)
    exam.clock.turn(seconds=1)
    browser.send()
    assert exam.records()[-1]["attempt"]["number"] == 4


def test_a_second_press_of_start_takes_no_second_start(exam: Running) -> None:
    browser = exam.browser()
    begin(browser, "Ada Example")
    first = browser.address
    begin(browser, "Ada Example")
    assert browser.address == first


def test_an_answer_within_the_grace_counts(exam: Running) -> None:
    browser = exam.browser()
    begin(browser, "Ada Example")
    answer_all(browser, exam.exam, 15)
    exam.clock.turn(minutes=45, seconds=60)
    browser.send()
    record = read_record(exam.intake.bodies[0])
    assert judge(record, Known(), CATALOG, exam.clock()).outcome is Outcome.ACCEPTED


def test_after_the_deadline_what_was_saved_before_counts(exam: Running) -> None:
    browser = exam.browser()
    begin(browser, "Ada Example")
    for _ in range(12):
        browser.send(choice=choice(browser.page, exam.exam, right=True), go="next")
    exam.clock.turn(minutes=47)
    browser.send(choice=choice(browser.page, exam.exam, right=True), go="next")
    (record,) = exam.records()
    assert record["overall"]["rawScore"] == 12
    assert record["attempt"]["completedAt"] == "2026-07-01T09:45:00.250Z"
    assert judge(read_record(exam.intake.bodies[0]), Known(), CATALOG, exam.clock()).outcome is Outcome.ACCEPTED


def test_what_nobody_came_back_to_makes_no_record(exam: Running) -> None:
    browser = exam.browser()
    begin(browser, "Ada Example")
    page = browser.address
    exam.clock.turn(days=2)
    browser.get(page)
    assert (browser.status, browser.page.title) == (410, "This sitting was not handed in")
    assert exam.intake.bodies == []


def test_approved_extra_time(exam: Running) -> None:
    browser = exam.browser()
    begin(browser, "Ada Example", code=CODE)
    assert "10:15 UTC" in browser.html
    exam.clock.turn(minutes=74)
    answer_all(browser, exam.exam, 15)
    browser.send()
    record = read_record(exam.intake.bodies[0])
    assert record.attempt.accommodation is not None
    assert (record.attempt.accommodation.extra_minutes, record.attempt.accommodation.approval_ref) == (30, APPROVAL)
    assert judge(record, Known(), CATALOG, exam.clock()).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("sent", ["5", "0", "a", "q01", "", "1 ", "１"])
def test_a_choice_that_is_none_is_refused_and_changes_nothing(exam: Running, sent: str) -> None:
    browser = exam.browser()
    begin(browser, "Ada Example")
    question, sitting = browser.address, browser.address.split("/")[4]
    browser.send(choice="2", go="back")
    kept = exam.desk.store.answers(sitting)
    browser.get(question)
    assert browser.send(choice=sent).title == "That did not work"
    assert browser.status == 400
    assert exam.desk.store.answers(sitting) == kept != {}


@pytest.mark.parametrize("sent", [None, "", "guessed"])
def test_a_form_without_its_token_does_nothing(exam: Running, sent: str | None) -> None:
    browser = exam.browser()
    begin(browser, "Ada Example")
    browser.send(choice="1", csrf=sent)
    assert browser.status == 403
    browser.get(exam.address)
    browser.send(name="Ada Example", terms="yes", csrf=sent)
    assert browser.status == 403


def test_a_sitting_is_its_candidates_alone(exam: Running) -> None:
    ada, eve = exam.browser(), exam.browser()
    begin(ada, "Ada Example")
    begin(eve, "Eve Example")
    sitting = ada.address.rpartition("/")[0]
    for page in ("1", "overview", "result"):
        eve.get(f"{sitting}/{page}")
        assert eve.status == 404
    eve.get(exam.address)
    eve.address, token = f"{sitting}/overview", eve.page.fields["csrf"]
    eve.html = f'<form action="{sitting}/overview"><input name="csrf" value="{token}"></form>'
    eve.send()
    assert eve.status == 404
    assert exam.intake.bodies == []


def test_after_handing_in_nothing_changes(exam: Running) -> None:
    browser = exam.browser()
    begin(browser, "Ada Example")
    first = (browser.address, browser.html)
    answer_all(browser, exam.exam, 15)
    overview = (browser.address, browser.html)
    exam.clock.turn(minutes=1)
    browser.send()
    ended = browser.address
    for address, html in (first, overview):
        browser.address, browser.html = address, html
        browser.send(choice="1")
        assert browser.address == ended
    assert len(exam.intake.bodies) == 1


def test_pages_forbid_script_frames_and_storage(exam: Running) -> None:
    browser = exam.browser()
    browser.get(exam.address)
    policy = browser.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert f"form-action 'self' {exam.intake.address}" in policy
    assert "frame-ancestors 'none'" in policy
    assert browser.headers["Cache-Control"] == "no-store"
    cookie = browser.headers["Set-Cookie"]
    assert all(flag in cookie for flag in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "<script" not in browser.html


def walked(folder: Path, questions: Any) -> list[str]:
    """Every page and style of one sitting with these questions, answered the same way whatever the key says."""
    folder.mkdir()
    with running(folder, questions) as started:
        browser = started.browser()
        browser.get(started.address)
        token = browser.page.fields["csrf"]
        begin(browser, "Ada Example")
        seen = []
        for _ in started.exam.questions:
            seen.append(browser.html)
            browser.send(choice="1", go="next")
        seen.append(browser.html)
        started.intake.instead = (503, {})
        started.clock.turn(minutes=1)
        browser.send()
        seen.append(browser.html)
        browser.get("/style.css")
        return [each.replace(token, "TOKEN") for each in [*seen, browser.html]]


def test_no_page_depends_on_the_key(tmp_path: Path) -> None:
    """Stronger than a search: with another key every byte of every page is the same."""
    exam = load_exam()
    other = {
        name: replace(each, best=next(option for option in each.options if option != each.best))
        for name, each in exam.questions.items()
    }
    pages = walked(tmp_path / "one", exam)
    assert pages == walked(tmp_path / "two", replace(exam, questions=other))
    assert len(pages) == 18
    for page in pages:
        assert not [name for name in exam.questions if name in page]
    assert json.loads(Path(exam_file()).read_text(encoding="utf-8"))["questions"][0]["why"] not in "".join(pages)


def exam_file() -> str:
    return str(Path(load_exam.__globals__["QUESTIONS"]))


def test_neither_record_nor_log_names_an_answer_or_a_person(exam: Running, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        exam.intake.instead = (503, {})
        whole(exam, 15, email="ada@candidate.example")
        exam.intake.instead = None
        deliver_waiting(exam.desk.store, exam.desk.client, exam.clock)
    said = caplog.text
    assert "waits: 503" in said
    assert "issued" in said
    for private in ("Ada", "ada@", "127.0.0.1"):
        assert private not in said
    for name, question in exam.exam.questions.items():
        assert f'"{name}"' not in exam.intake.bodies[0].decode()
        assert question.options[question.best] not in exam.intake.bodies[0].decode()


OUTAGES: list[tuple[int, dict[str, Any]]] = [
    (500, {}),
    (503, {"code": "register.busy"}),
    (401, {"code": "transport.signature"}),
    (200, {"surprise": True}),
    (302, {}),
]


@pytest.mark.parametrize("instead", OUTAGES)
def test_the_same_bytes_are_sent_until_there_is_an_answer(exam: Running, instead: tuple[int, dict[str, Any]]) -> None:
    exam.intake.instead = instead
    browser = whole(exam, 15)
    assert (browser.status, browser.page.title) == (202, "Handed in")
    exam.clock.turn(hours=3)
    exam.intake.instead = None
    deliver_waiting(exam.desk.store, exam.desk.client, exam.clock)
    deliver_waiting(exam.desk.store, exam.desk.client, exam.clock)
    first, second = exam.intake.bodies
    assert first == second
    browser.get(browser.address)
    assert browser.address.startswith(f"{exam.intake.address}/c/")
    assert len(exam.intake.bodies) == 2


def test_a_lost_answer_is_made_up_for_by_the_replay(exam: Running) -> None:
    first = {"outcome": "replayed", "first": "accepted", "codes": ["result.replay"], "findings": [], "link": None}
    exam.intake.instead = (200, {**first, "publicId": "AIMA-2026-0000001Y", "resultId": "x"})
    browser = whole(exam, 15)
    assert browser.page.title == "You have passed"
    assert "AIMA-2026-0000001Y" in browser.html
    assert "result.replay" not in browser.html


def test_a_key_that_is_not_allowed_waits_for_the_operator(exam: Running) -> None:
    allowed = dict(exam.intake.keys)
    exam.intake.keys.clear()
    browser = whole(exam, 15)
    assert browser.status == 202
    exam.intake.keys.update(allowed)
    browser.get(browser.address)
    assert browser.address.startswith(f"{exam.intake.address}/c/")


def test_a_refusal_is_told_in_plain_words(exam: Running) -> None:
    findings = [{"code": "duplicate.active", "detail": "For the platform."}, {"code": "sum.raw", "detail": "Also."}]
    exam.intake.instead = (422, {"code": "duplicate.active", "detail": "Refused.", "findings": findings})
    browser = whole(exam, 15)
    assert browser.page.title == "The issuer did not accept this result"
    for said in ("You already hold this credential", "duplicate.active", "sum.raw", "The fault is ours"):
        assert said in browser.html
    assert exam.desk.store.unanswered() == []


@pytest.mark.parametrize("link", ["https://elsewhere.example/c/1", "javascript:alert(1)"])
def test_a_link_elsewhere_is_shown_at_most(exam: Running, link: str) -> None:
    exam.intake.link = link
    browser = whole(exam, 15)
    assert browser.address.startswith(exam.address)
    assert (f'href="{link}"' in browser.html) == link.startswith("https")


def test_the_program_makes_its_key_says_so_and_is_sat_by_the_scripted_candidate(tmp_path: Path) -> None:
    intake = Intake(lambda: datetime.now(UTC))
    with served(intake_app(intake)) as intake.address:
        command = [sys.executable, "-m", "examples.exam_platform", "--data", str(tmp_path / "data"), "--port", "0"]
        with subprocess.Popen(
            [*command, "--service", intake.address], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            try:
                said = "".join(process.stdout.readline() for _ in range(4))
                address = said.split()[4]
                *_, platform, key_id, key = said.split()
                intake.keys[platform, key_id] = multikey.decode(key)
                done = subprocess.run(
                    [sys.executable, "-m", "examples.exam_platform.scripted", address, "--key", exam_file(), "--fail"],
                    cwd=ROOT,
                    capture_output=True,
                    text=True,
                    check=False,
                )
            finally:
                process.terminate()
    assert done.returncode == 0, done.stderr
    record = read_record(intake.bodies[0])
    assert done.stdout.strip() == f"{intake.address}/c/{record.result_id}"
    assert (record.outcome, record.overall.raw_score) == ("fail", 10)
    for name in ("key.pem", "cookie-secret", "exam.db"):
        assert (tmp_path / "data" / name).stat().st_mode & 0o777 == 0o600
