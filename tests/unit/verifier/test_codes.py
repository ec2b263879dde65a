"""The sentences of codes: a reader who cannot rely on a file is told what to do next."""

import re

from verifier.codes import CODES, Effect

NEXT = re.compile(
    r"\b(ask|get|take|use|open|let|set|scan|fetch|find out|make sure|keep|check|unpack|do not rely|see there)\b",
    re.IGNORECASE,
)


def test_whatever_is_left_open_or_refused_says_what_to_do_next() -> None:
    silent = [row.code for row in CODES.values() if row.effect is not Effect.WARNING and not NEXT.search(row.sentence)]
    assert silent == []
