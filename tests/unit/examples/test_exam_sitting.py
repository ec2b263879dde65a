"""The rules of a sitting, one by one and at their edges."""

import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.exam_platform import names
from examples.exam_platform import sitting as rules
from examples.exam_platform.exam import load_exam
from examples.exam_platform.record import instant
from examples.exam_platform.sitting import Accommodation, Entry, Phase, Sitting
from issuer.results import is_fit_name
from issuer.results.sitting import TIMING_SLACK
from verifier.format.timestamp import parse

EXAM = load_exam()
START = parse("2026-07-01T09:00:00Z")
END = parse("2026-07-01T09:45:00Z")
SECOND = timedelta(seconds=1)
SITTING = Sitting(
    id="s1",
    candidate="c1",
    number=1,
    entry=Entry("Ada Example", None, list_in_registry=False, disclose_score=False, accommodation=None),
    paper=rules.shuffled(EXAM, "seed"),
    started_at=START,
    ends_at=END,
    finished_at=None,
)
BEST = {name: question.best for name, question in EXAM.questions.items()}


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ((), None),
        ((-1, -2), None),
        ((-1, -2, -3), 21),
        ((-3, -1, -2), 21),
        ((-1, -2, -24), None),
        ((-1, -2, -23.999), 0.001),
        ((-1, -2, -3, -4), 21),
        ((-30, -29, -28, -1), None),
    ],
)
def test_at_most_three_starts_in_any_24_hours(hours: tuple[float, ...], expected: float | None) -> None:
    starts = [START + timedelta(hours=each) for each in hours]
    until = START + timedelta(hours=expected) if expected is not None else None
    assert rules.starts_again(starts, START, EXAM) == until


@given(st.lists(st.integers(min_value=0, max_value=6_000), max_size=40))
def test_whoever_keeps_asking_never_gets_a_fourth(minutes: list[int]) -> None:
    starts: list[datetime] = []
    for minute in sorted(minutes):
        now = START + timedelta(minutes=minute)
        if rules.starts_again(starts, now, EXAM) is None:
            starts.append(now)
    assert all(fourth - first >= EXAM.within for first, fourth in zip(starts, starts[3:], strict=False))


def test_the_time_that_is_given() -> None:
    assert rules.deadline(START, EXAM, None) == END
    assert rules.deadline(START, EXAM, Accommodation(30, "ACC-1")) == END + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (START, Phase.OPEN),
        (END, Phase.OPEN),
        (END + 60 * SECOND, Phase.OPEN),
        (END + 61 * SECOND, Phase.OVER),
        (END + timedelta(hours=24), Phase.OVER),
        (END + timedelta(hours=24) + SECOND, Phase.ABANDONED),
    ],
)
def test_where_a_sitting_stands(at: datetime, expected: Phase) -> None:
    assert rules.phase(SITTING, at) is expected
    assert rules.phase(replace(SITTING, finished_at=START), at) is Phase.FINISHED


def test_when_it_ended() -> None:
    assert rules.completed_at(SITTING, START + SECOND) == START + SECOND
    assert rules.completed_at(SITTING, END + 60 * SECOND) == END + 60 * SECOND
    assert rules.completed_at(SITTING, END + 61 * SECOND) == END


def test_the_grace_is_what_the_issuer_takes() -> None:
    assert rules.GRACE == TIMING_SLACK


@given(st.text(max_size=20))
def test_every_order_holds_every_question_and_option_once(seed: str) -> None:
    paper = rules.shuffled(EXAM, seed)
    assert paper == rules.shuffled(EXAM, seed)
    assert sorted(name for name, _ in paper) == sorted(EXAM.questions)
    assert all(sorted(options) == sorted(EXAM.questions[name].options) for name, options in paper)


def test_orders_differ_between_sittings_and_the_best_stands_anywhere() -> None:
    papers = [rules.shuffled(EXAM, str(number)) for number in range(200)]
    assert all(one != other for one, other in pairwise(papers))
    places = Counter(options.index(BEST[name]) for paper in papers for name, options in paper)
    assert len(places) == 4
    assert all(600 < count < 900 for count in places.values())


def test_a_choice_is_a_number_of_this_sitting() -> None:
    name, options = SITTING.paper[4]
    assert [rules.chosen(SITTING.paper, 5, str(number)) for number in (1, 2, 3, 4)] == list(options)
    for place, choice in ((5, "0"), (5, "5"), (5, "-1"), (5, "01"), (5, options[0]), (5, name), (0, "1"), (16, "1")):
        assert rules.chosen(SITTING.paper, place, choice) is None


def test_the_score_counts_by_domain() -> None:
    assert rules.score(EXAM, BEST) == dict.fromkeys(EXAM.domains, (5, 5))
    assert rules.score(EXAM, {}) == dict.fromkeys(EXAM.domains, (5, 0))
    (first, *_) = EXAM.questions.values()
    assert rules.score(EXAM, {first.id: first.best, "unknown": "a"})[first.domain] == (5, 1)


@given(st.text(max_size=210) | st.text(alphabet="e\u0301 \u200b\u200c\ufe0fم\u202e\ufffd\t\nA", max_size=6))
def test_a_name_that_is_taken_here_is_taken_by_the_issuer(text: str) -> None:
    normal = unicodedata.normalize("NFC", text.strip())
    assert names.clean_name(text) == (normal if is_fit_name(normal) else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a@b.example", True), ("a@b@c", False), ("@b", False), ("a b@c", False), ("", False), ("a@" + "b" * 300, False)],
)
def test_what_has_the_form_of_an_address(text: str, *, expected: bool) -> None:
    assert rules.is_email(text) is expected


def test_times_are_written_in_utc_with_milliseconds() -> None:
    assert instant(datetime.fromisoformat("2026-07-01T11:00:00.250999+02:00")) == "2026-07-01T09:00:00.250Z"
