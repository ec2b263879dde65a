"""Cells of a table as spreadsheets write them: read where they have one meaning, refused where they were changed.

Nothing is guessed: a day that a spreadsheet has written in its own way may be two, so its row is refused.
"""

import re
from typing import Final

from verifier.limits import MAX_SAFE_INTEGER

from .results import Finding

TIME, DAY, PERCENT, WORD = "date-time", "date", "percent", "word"
"""Kinds of cells beside those of JSON Schema."""
INTEGER: Final = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_MARKED: Final = frozenset((TIME, DAY, PERCENT, WORD, "integer", "boolean"))
"""Kinds in which an apostrophe in front can only be the mark by which a spreadsheet keeps a text as it is."""
_TRUE: Final = frozenset(("true", "wahr", "vrai", "verdadero", "vero", "waar", "verdadeiro", "prawda"))
_FALSE: Final = frozenset(("false", "falsch", "faux", "falso", "onwaar", "fałsz"))
"""As spreadsheets write the two in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish."""
_PERCENT: Final = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?", re.ASCII)
"""Of at most 100, so that a comma is a decimal one; a spreadsheet leaves zeros at the end out."""
_ERROR: Final = re.compile(r"#(?:#+|[A-ZÄÖÜ][A-ZÄÖÜ0-9/]*[!?]?)")
_CUT: Final = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.ASCII)
_OWN_DAY: Final = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}|[0-9]{5}")
"""A day as spreadsheets show it or, as a number, count it."""
_OWN_TIME: Final = re.compile(
    r"(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}\.?|[0-9]{5}(?:[.,][0-9]+)?)(?:[ T]+[0-9]{1,2}[:.][0-9]{2}.{0,20})?"
    r"|[0-9]{1,3}:[0-9]{2}(?:[:.,][0-9]+){0,2}"
)
_ISO_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.*")
_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AS_TEXT: Final = "Set the column to the format Text, or put an apostrophe in front, and give it as"
_RIGHT: Final = {TIME: "2026-07-01T09:32:00Z", DAY: "2026-07-01", WORD: "2026-07-01 if it is a day"}


def value(kind: str, cell: str) -> str | int | bool:
    """What a cell says under a member of this kind; what it cannot be it stays, as a text, and is refused for it."""
    text = cell.lstrip("'") if kind in _MARKED else cell
    if kind == "boolean" and text.casefold() in _TRUE | _FALSE:
        return text.casefold() in _TRUE
    if kind == "integer" and INTEGER.fullmatch(text) and int(text) <= MAX_SAFE_INTEGER:
        return int(text)
    if kind == PERCENT and (found := _PERCENT.fullmatch(text)):
        return f"{found[1]}.{found[2] or '':0<2}"
    return text


def fault(kind: str, header: str, cell: str) -> Finding | None:
    """What a spreadsheet has made of a cell, and how to keep it from that; None when it is as it was typed."""
    if cell[0] == "=" or (cell[0] == "#" and _ERROR.fullmatch(cell)):
        return Finding("batch.row-formula", f"{header} holds a formula or its error: give the value itself.")
    if _CUT.fullmatch(cell):
        return Finding("batch.row-number", f"{header} holds a number that a spreadsheet has cut. {_AS_TEXT} it was.")
    if kind in _RIGHT and _is_own(kind, cell.lstrip("'")):
        detail = f"{header} holds a day or time in a spreadsheet's own form. {_AS_TEXT} {_RIGHT[kind]}."
        return Finding("batch.row-date", detail)
    return None


def _is_own(kind: str, text: str) -> bool:
    if kind == TIME:
        return not _ISO_TIME.fullmatch(text) and _OWN_TIME.fullmatch(text) is not None
    if kind == DAY:
        return not _ISO_DAY.fullmatch(text) and _OWN_TIME.fullmatch(text) is not None
    return _OWN_DAY.fullmatch(text) is not None
