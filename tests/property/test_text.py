"""Properties of text that ends in a credential: what is tidied once stays, and nothing that hides is ever fit."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.results import Outcome, RecordRefused, judge, read_record
from issuer.results.text import fault, has_control, is_blank, tidy
from tests.unit.issuer.result_records import CATALOG, ENOUGH, change, good
from verifier.format.display import visible

TEXT = st.text(max_size=12) | st.text(
    "e\u0301a \u00a0\u200b\u200c\u200dم\u0915\u094d\ufe0f\U000e0100\ufffd-", max_size=8
)
NAMES = (
    *(
        "Ada Example",
        "O’Brien",
        "O'Brien",
        "Jean-Luc",
        "Suharto",
        "王",
        "山田\u3000太郎",
        "José",
        "Ng",
        "Na",
        "Nan",
        "Ô",
        "JOÃO CONCEIÇÃO",
        "ÂNGELA",
        "Seán Ó’Néill",
        "TOMÁŠ",
    ),
    *("ليلى", "میر\u200cحسین", "श्री\u200cनाथ", "क्\u200dष", "മോഹന്\u200d", "葛\U000e0100城", "Нина", "ဇော်", "김", "Æ 3"),
    *("Null Island", "Anna-Lena d’Arc", "\U000323b0", "Mary-Jane", "D. J.", "ʻOkina"),
)
NOT_NAMES = (
    *("", ".", "-", "—", "???", "N/A", "n/a", "#N/A", "null", "NULL", "None", "nan", "undefined", "unknown"),
    *(
        "Zo\ufffd",
        "A\u200bda",
        "A\u200cda",
        "A\u200dda",
        "Ada\u200d",
        "\ufeffAda",
        "A\u00adda",
        "A\u2060da",
        "A\U000e0041da",
    ),
    *("A\U000e0001da", "A\U000e0000da", "A\u200eda", "A\u200fda", "A\u061cda", "A\u202eda", "A\u2066da", "A\x00da"),
    *(
        "A\nda",
        "A\u2028da",
        "\u3164",
        "\u2800",
        "A\u115fda",
        "\ue000",
        "A\ufe0f\ufe0fda",
        " \ufe0f",
        "王\u200d王",
        "A\uffffda",
        "Zoe\u0301 MÃ¼ller",
        "ZoÃ«",
        "AdaÂ\u00a0Example",
    ),
    *("م\u200c", "\u200cم", "م\u200c\u200cم", "\ufffc", "\ufe0f"),
)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_people_are_fit(name: str) -> None:
    assert fault(tidy(f" {name}\n"), 200) is None
    assert fault(tidy(unicodedata.normalize("NFD", name)), 200) is None


@pytest.mark.parametrize("text", NOT_NAMES)
def test_what_is_no_name_is_not(text: str) -> None:
    found = fault(tidy(text), 200)
    assert found is not None
    assert found.partition(": ")[2], "it says what to do"


@given(TEXT)
def test_what_is_tidy_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(TEXT)
def test_what_is_fit_is_seen(text: str) -> None:
    """But for joiners, selectors, and letters that are younger than our tables."""
    if fault(tidy(text), 200) is None:
        assert not has_control(tidy(text))
        assert not is_blank(tidy(text))
        shown = (char for char in tidy(text) if unicodedata.category(char) != "Cn" and char not in "\u200c\u200d")
        assert "\u27e8U+" not in visible("".join(shown))


@given(TEXT, st.sampled_from(["candidate.displayName", "evidence.0.title"]))
def test_name_and_title_are_judged_alike_however_they_came(text: str, path: str) -> None:
    data = change(good("caig"), {path: text})
    try:
        record = read_record(data)
    except RecordRefused:
        assert path != "candidate.displayName"  # a title is held to its schema first
        return
    judgement = judge(record, ENOUGH["caig"], CATALOG, record.attempt.scored_at)
    fit = fault(tidy(text), 200) is None
    assert (judgement.outcome is Outcome.ACCEPTED) == fit
    assert record.tidied == ((path,) if tidy(text) != text else ())
    assert record.raw == data
    signed = {"candidate.displayName": record.candidate.display_name, "evidence.0.title": record.evidence[0].title}
    assert signed[path] == tidy(text)


@given(st.text(max_size=20))
def test_a_fault_quotes_nothing_but_a_code_point(text: str) -> None:
    found = fault(text, 10) or ""
    assert all(ord(char) < 128 for char in found)
    assert text == "" or len(text) < 3 or json.dumps(text)[1:-1] not in found
