"""What the page draws for the codes before its camera: only what is in the picture now, in whatever order and speed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.running import Running

pytestmark = pytest.mark.node

STEP = 10
GRACE, LONGEST_GRACE = 600, 2_000
TEXTS = ("valid", "withdrawn", "number")


class Frame(NamedTuple):
    """What was read in a picture of the time `at`, and for how long it was read; milliseconds."""

    at: int
    texts: tuple[str, ...]
    took: int

    @property
    def grace(self) -> int:
        return min(max(GRACE, 2 * self.took), LONGEST_GRACE)

    @property
    def known(self) -> int:
        return self.at + self.took


class Following(Running):
    SCRIPT = "run_page.mjs"


@pytest.fixture(scope="module")
def page(node: Path) -> Iterator[Following]:
    with Following() as running:
        yield running


def filmed(page: Following, frames: Sequence[Frame], checks: Mapping[str, int], until: int) -> list[dict[str, Any]]:
    """A sample for each STEP."""
    samples: Any = page.request(op="followed", frames=frames, checks=checks, until=until)
    return list(samples)


@st.composite
def films(draw: st.DrawFn) -> list[Frame]:
    """Scenes of some codes, for a moment or for long, looked at quickly or slowly, with frames that were missed."""
    frames: list[Frame] = []
    now = 0
    slow = draw(st.sampled_from([20, 100, 400, 1_200]))
    for _ in range(draw(st.integers(1, 8))):
        scene = tuple(draw(st.lists(st.sampled_from(TEXTS), unique=True, max_size=2)))
        end = now + draw(st.sampled_from([50, 150, 400, 900, 2_500]))
        while now < end:
            took = draw(st.integers(0, slow // STEP)) * STEP
            missed = draw(st.integers(0, 9)) == 0
            frames.append(Frame(now, () if missed else scene, took))
            now += took + 60
    return frames


CHECKS = st.fixed_dictionaries({text: st.sampled_from([0, 30, 300, 1_500, 60_000]) for text in TEXTS})


@settings(max_examples=150, deadline=None)
@given(films(), CHECKS)
def test_what_is_drawn_is_in_the_picture_now(page: Following, frames: list[Frame], checks: dict[str, int]) -> None:
    until = frames[-1].known + 2 * LONGEST_GRACE
    for place, sample in enumerate(filmed(page, frames, checks, until)):
        now, drawn = place * STEP, sample["drawn"]
        assert len(sample["asking"]) <= 1
        if drawn["count"] != 1:
            assert drawn["answer"] is drawn["text"] is None
            continue
        text = drawn["text"]
        assert drawn["answer"] in {None, f"answer on {text}"}
        assert drawn["answer"] is None or checks[text] <= now
        known = [frame for frame in frames if frame.known <= now and frame.texts]
        lasts = [known[-1], *(each for each in known[-2:] if known[-1].known == now)]  # whether it has been told yet
        last = next(frame for frame in lasts if frame.texts == (text,))  # the one seen last, and no other with it
        assert now <= last.at + last.grace + STEP
        together = [frame for frame in known if text in frame.texts and len(frame.texts) > 1 and frame.known < now]
        assert all(now >= frame.at + GRACE for frame in together)


@settings(max_examples=150, deadline=None)
@given(films(), CHECKS)
def test_what_is_in_the_picture_is_answered(page: Following, frames: list[Frame], checks: dict[str, int]) -> None:
    until = frames[-1].known + LONGEST_GRACE + STEP
    samples = filmed(page, frames, checks, until)
    assert samples[-1]["drawn"]["count"] == 0
    for place, sample in enumerate(samples):
        now = place * STEP
        alone = held(frames, now)
        if alone:
            text, since = alone
            drawn = sample["drawn"]
            assert (drawn["count"], drawn["text"]) == (1, text)
            assert drawn["answer"] is not None or now <= since + checks[text] + STEP


def held(frames: Sequence[Frame], now: int) -> tuple[str, int] | None:
    """The code that was held before the camera for so long that no other can count, and since when it alone was."""
    known = [frame for frame in frames if frame.known < now]
    shown: list[Frame] = []
    for frame in reversed(known):
        if shown and frame.texts != shown[0].texts:
            break
        shown.append(frame)
    if not shown or len(shown[0].texts) != 1 or now >= shown[0].at + GRACE:
        return None
    if any(later.known - earlier.at >= GRACE for later, earlier in pairwise(shown)):
        return None
    since = shown[-1].known + LONGEST_GRACE
    return (shown[0].texts[0], since) if now > since else None


# --- The cases that people meet ------------------------------------------------------------------------------


def scenes(*each: tuple[int, tuple[str, ...]]) -> list[Frame]:
    """So many milliseconds of each, a frame every 80."""
    frames: list[Frame] = []
    now = 0
    for lasts, texts in each:
        frames += [Frame(at, texts, 20) for at in range(now, now + lasts, 80)]
        now += lasts
    return frames


QUICK = dict.fromkeys(TEXTS, 40)


def at(samples: list[dict[str, Any]], now: int) -> dict[str, Any]:
    drawn: dict[str, Any] = samples[now // STEP]["drawn"]
    return drawn


def test_a_code_that_is_shown_again_has_its_own_answer_again(page: Following) -> None:
    frames = scenes((2_000, ("withdrawn",)), (1_000, ("valid",)), (2_000, ("withdrawn",)))
    samples = filmed(page, frames, QUICK, 6_000)
    answers = [at(samples, now)["answer"] for now in (1_900, 2_400, 2_900, 3_400, 4_900, 5_900)]
    assert answers == [f"answer on {name}" for name in ("withdrawn", "valid", "valid", "withdrawn", "withdrawn")] + [
        None
    ]


def test_frames_that_were_missed_do_not_take_the_answer_away(page: Following) -> None:
    frames = scenes((1_000, ("valid",)), (400, ()), (1_000, ("valid",)))
    samples = filmed(page, frames, QUICK, 2_400)
    assert {at(samples, now)["answer"] for now in range(500, 2_400, STEP)} == {"answer on valid"}


def test_two_codes_in_one_picture_are_told_and_none_is_answered(page: Following) -> None:
    frames = scenes((1_000, ("valid",)), (1_000, ("valid", "withdrawn")), (2_000, ("valid",)))
    samples = filmed(page, frames, QUICK, 4_000)
    counts = [at(samples, now)["count"] for now in (900, 1_200, 2_300, 2_900)]
    assert counts == [1, 2, 2, 1]


def test_two_codes_that_are_read_in_turns_are_in_one_picture(page: Following) -> None:
    turns = [(160, ("valid",)), (160, ("withdrawn",))] * 10
    samples = filmed(page, scenes(*turns), QUICK, 3_200)
    assert {at(samples, now)["count"] for now in range(500, 3_000, STEP)} == {2}


def test_an_answer_that_comes_late_is_drawn_nowhere(page: Following) -> None:
    frames = scenes((500, ("valid",)), (3_000, ("withdrawn",)))
    samples = filmed(page, frames, {**QUICK, "valid": 1_000}, 4_500)
    assert {sample["drawn"]["answer"] for sample in samples} == {None, "answer on withdrawn"}
    frames = scenes((500, ("valid",)), (3_000, ()))
    samples = filmed(page, frames, {**QUICK, "valid": 2_000}, 4_000)
    assert {sample["drawn"]["answer"] for sample in samples} == {None}


def test_an_answer_goes_away_also_where_no_further_frame_comes(page: Following) -> None:
    samples = filmed(page, scenes((1_000, ("valid",))), QUICK, 3_000)
    assert at(samples, 960 + GRACE - STEP)["answer"]
    assert at(samples, 960 + GRACE + 2 * STEP)["count"] == 0
