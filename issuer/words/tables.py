"""Tables for spreadsheets: CSV (RFC 4180) in which no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that is calculated; wide forms, too, by spreadsheets in Japanese."""


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]], *, marked: bool = False) -> str:
    """Every cell in quotes. One that a spreadsheet would calculate gets an apostrophe, which makes it a text.

    `marked`: with a byte order mark, by which Excel knows UTF-8; for tables that hold names.
    """
    stream = io.StringIO("\ufeff" if marked else "", newline="")
    stream.seek(0, io.SEEK_END)
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_text(cell) for cell in row] for row in (head, *rows))
    return stream.getvalue()


def _text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
