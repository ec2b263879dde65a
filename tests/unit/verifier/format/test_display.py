"""Text made safe to show: nothing hides, and nothing moves other text about."""

import pytest

from verifier.format.display import visible


@pytest.mark.parametrize(
    "text", ["Ada O’Example", "Łucja é", "عائشة", "李雷", "Nguyễn Văn A", "שלום", "a b\u00a0c", "😀"]
)
def test_names_stay_as_they_are(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "character",
    "\0\n\r\t\x1b\x7f\x9b\u200b\u200f\u202e\u2066\u2028\u2029\ufeff\u00ad\ud800\ue000\U000e0041\u3164\u2800\u034f\uffa0\u0378",
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_what_hides_is_written_out(character: str) -> None:
    assert visible(f"a{character}b") == f"a\u27e8U+{ord(character):04X}\u27e9b"


def test_long_text_is_cut() -> None:
    assert visible("x" * 300) == "x" * 300
    assert visible("x" * 301) == "x" * 300 + "…"
    assert visible("abc", 2) == "ab…"
