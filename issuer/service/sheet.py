"""A table as spreadsheets save it: what its bytes are, what stands between its cells, and where each row begins.

UTF-8 or, with its mark, UTF-16; commas, semicolons or tabs; any end of line. Other bytes are refused, since whoever
guesses their encoding signs names that nobody bears.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Final

from .. import tabular
from ..errors import IssuerError
from ..results import ID, MAX_RECORD_BYTES, SCHEMA, Finding
from .row import Row

_LONGEST: Final = MAX_RECORD_BYTES + 2
"""Characters of a row with its end: who writes a table without end keeps no more of it in memory."""
_MARKS: Final = ((b"\xff\xfe\x00\x00", ""), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEPARATORS: Final = ",;\t|"
_TOLD: Final = re.compile(r'"?sep=(.)"?[,;\t|]*[\r\n]*', re.IGNORECASE)
"""A first line for Excel, which it does not show."""
_HALF: Final = re.compile("[\ud800-\udfff]")
_BEGINNING: Final = 64
_SAVE_AS: Final = 'In Excel save it as "CSV UTF-8"'


class _Text:
    """The lines of a table with their ends; bounds what one row takes, whose quotation marks may never close.

    What does not fit the encoding becomes half a surrogate pair, so that its row can be told from the others.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.number = 0
        self.begins = 1
        self._taken = 0
        encoding = _encoding(file)
        errors = "surrogateescape" if encoding == "utf-8-sig" else "surrogatepass"
        self._text = io.TextIOWrapper(file, encoding, errors, newline="")

    def __iter__(self) -> Iterator[str]:
        while line := self._next():
            self.number += 1
            self._taken += len(line)
            if self._taken >= _LONGEST:
                raise _broken(f"The row that begins in line {self.begins} does not end within 64 KiB")
            yield line

    def row_ended(self) -> None:
        """The next row begins on the next line."""
        self.begins, self._taken = self.number + 1, 0

    def close(self) -> None:
        """Leave the file to whoever has opened it."""
        self._text.detach()

    def _next(self) -> str:
        try:
            return self._text.readline(_LONGEST)
        except UnicodeDecodeError:
            raise _not_utf8("The file is UTF-16 that was cut") from None


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row before anything is made of it, which takes longer than to find it; the members are those of Row."""

    number: int
    line: int
    sheet: int
    paths: Sequence[tabular.Path]
    cells: list[str]


def rows(file: BinaryIO) -> Iterator[Row]:
    """The rows of a table; raises IssuerError `batch.…` for one that leaves no row to be sure of."""
    return map(_row, _found(file))


def count(file: BinaryIO) -> int:
    """How many there are; raises as `rows`."""
    return sum(1 for _ in _found(file))


def _found(file: BinaryIO) -> Iterator[_Cells]:
    text = _Text(file)
    try:
        yield from _rows(text)
    finally:
        text.close()


def _rows(text: _Text) -> Iterator[_Cells]:
    lines = iter(text)
    told, before, header = _beginning(lines, text)
    if header is None:
        return
    separator = told or max(_SEPARATORS, key=header.count)
    found = _tolerably(csv.reader(chain((header,), lines), delimiter=separator, strict=True), text)
    paths = tabular.columns(next(found))
    tabular.require(paths)
    number = 0
    for sheet, cells in enumerate(found, before + 2):
        if any(cell.strip() for cell in cells):
            number += 1
            yield _Cells(number, text.begins, sheet, paths, cells)


def _beginning(lines: Iterator[str], text: _Text) -> tuple[str, int, str | None]:
    """The separator that a first line tells, how many empty lines stand before the header, and that."""
    told, before = "", 0
    for line in lines:
        found = _TOLD.fullmatch(line) if text.number == 1 else None
        if found:
            told = _separator(found[1])
        elif line.strip():
            return told, before, line
        else:
            before += 1
        text.row_ended()
    return told, before, None


def _separator(told: str) -> str:
    if told not in _SEPARATORS:
        raise IssuerError(
            "batch.separator", "Its first line names a separator that is not taken: use a comma, a semicolon or a tab."
        )
    return told


def _tolerably(reader: Iterator[list[str]], text: _Text) -> Iterator[list[str]]:
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _broken(f"The quotation marks in the row that begins in line {text.begins} are wrong") from None
        yield cells
        text.row_ended()


def _row(found: _Cells) -> Row:
    paths, cells, width = found.paths, found.cells, len(found.paths)
    if len(cells) > width and not any(cells[width:]):
        del cells[width:]  # empty columns at the end of a sheet
    findings: tuple[Finding, ...] = ()
    if len(cells) != width:
        sentence = f"The row has {len(cells)} cells under {width} headers: give each header one."
        findings = (Finding("batch.row-cells", sentence),)
    elif any(map(_HALF.search, cells)):
        sentence = f"The row is not UTF-8, so its letters could be any: save the table anew. {_SAVE_AS}."
        findings = (Finding("batch.row-encoding", sentence),)
    findings = findings or tabular.faults(paths, cells)
    if findings:
        return Row(found.number, found.line, findings=findings, sheet=found.sheet, result_id=_id(paths, cells))
    return Row(found.number, found.line, tabular.to_bytes(tabular.decode(paths, cells)), sheet=found.sheet)


def _id(paths: Sequence[tabular.Path], cells: Sequence[str]) -> str:
    """The id of a row of which no record was made; "" where its cells may have moved under other headers."""
    known = dict(zip(paths, cells, strict=False))
    found = known.get(("resultId",), "")
    return found if ID.fullmatch(found) and known.get(("schema",)) == SCHEMA else ""


def _encoding(file: BinaryIO) -> str:
    """By the first bytes, which are read again."""
    beginning = file.read(_BEGINNING)
    file.seek(0)
    if beginning.startswith(_WORKBOOKS):
        raise IssuerError("batch.format", f"This is a workbook, not a table. {_SAVE_AS}. Nothing was done.")
    encoding = next((name for mark, name in _MARKS if beginning.startswith(mark)), "utf-8-sig")
    if not encoding or (encoding == "utf-8-sig" and b"\0" in beginning):
        raise _not_utf8("The file is neither UTF-8 nor UTF-16 with its mark")
    return encoding


def _not_utf8(what: str) -> IssuerError:
    return IssuerError("batch.encoding", f"{what}: save it as UTF-8. {_SAVE_AS}. Nothing was done.")


def _broken(what: str) -> IssuerError:
    return IssuerError(
        "batch.quotes", f"{what}: close each quotation mark, and double those inside a cell. Nothing was done."
    )
