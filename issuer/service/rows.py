"""The rows of a batch file, one after the other: JSON Lines or CSV in, the bytes of a record for each row out."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from .. import tabular
from ..errors import IssuerError
from ..results import MAX_RECORD_BYTES, Finding

_LONGEST_LINE: Final = MAX_RECORD_BYTES + 2
"""Bytes of a line with its end; of a longer one no more is read, which is enough to refuse it."""
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_OTHER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, counted from 1 without the header and empty lines; `line`: where it begins in the file.

    `findings`: why no record could be made of it; otherwise `data` is what the platform would have sent.
    """

    number: int
    line: int
    data: bytes = b""
    findings: tuple[Finding, ...] = ()


class Survey(NamedTuple):
    """The SHA-256 of a file, in hex, and how many rows it has."""

    digest: str
    rows: int


def survey(path: Path) -> Survey:
    """Look through the whole file; raises IssuerError with a code `batch.…` for one that cannot be worked through.

    Those are faults that leave no row to be sure of: another encoding, wrong headers, quotation marks that do not
    close, no row at all.
    """
    with path.open("rb") as file:
        lines = _Lines(file)
        number = sum(1 for _ in _rows(path, lines))
    if number == 0:
        raise _without_rows(lines.number)
    return Survey(lines.digest.hexdigest(), number)


def read(path: Path) -> Iterator[Row]:
    """The rows in their order, one in memory at a time; raises as `survey`."""
    with path.open("rb") as file:
        yield from _rows(path, _Lines(file))


def _rows(path: Path, lines: "_Lines") -> Iterator[Row]:
    readers = {".jsonl": _json_rows, ".csv": _table_rows}
    if path.suffix.lower() not in readers:
        raise IssuerError("batch.format", "A batch is a file whose name ends in .jsonl or .csv. Nothing was done.")
    return readers[path.suffix.lower()](lines)


class _Lines:
    """The lines of a file with their ends, each cut at the bound; counts and hashes what passes."""

    def __init__(self, file: BinaryIO) -> None:
        self.number = 0
        self.digest = sha256()
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        while line := self._next():
            self.number += 1
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = self._next()
            if self.number == 1 and line.startswith(_OTHER_MARKS):
                raise IssuerError("batch.encoding", "The file is not UTF-8: save it as UTF-8. Nothing was done.")
            yield line

    def _next(self) -> bytes:
        chunk = self._file.readline(_LONGEST_LINE)
        self.digest.update(chunk)
        return chunk


def _json_rows(lines: _Lines) -> Iterator[Row]:
    number = 0
    for line in lines:
        if lines.number == 1 and line.startswith(_UTF8_MARK):
            raise IssuerError(
                "batch.encoding",
                "The file begins with a byte order mark, which JSON does not have: save it without. Nothing was done.",
            )
        data = line.removesuffix(b"\n").removesuffix(b"\r")
        if data.strip():
            number += 1
            yield Row(number, lines.number, data)


class _Text:
    """The lines as text for the reader of CSV; bounds what one row takes, whose quotation marks may never close.

    A byte that is not UTF-8 becomes half a surrogate pair, so that its row can be told from the others.
    """

    def __init__(self, lines: _Lines) -> None:
        self.begins = 1
        self._lines = lines
        self._taken = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._taken += len(line)
            if self._taken > _LONGEST_LINE or (len(line) == _LONGEST_LINE and not line.endswith(b"\n")):
                raise _broken(f"The row that begins in line {self.begins} does not end within 64 KiB")
            data = line.removeprefix(_UTF8_MARK) if self._lines.number == 1 else line
            yield data.decode("utf-8", "surrogateescape")

    def row_ended(self) -> None:
        """The next row begins on the next line."""
        self.begins, self._taken = self._lines.number + 1, 0


def _table_rows(lines: _Lines) -> Iterator[Row]:
    text = _Text(lines)
    paths: tuple[tabular.Path, ...] | None = None
    number = 0
    for cells in _tolerably(csv.reader(text, strict=True), text):
        if not cells:  # an empty line
            continue
        if paths is None:
            paths = tabular.columns(cells)
            continue
        number += 1
        yield _table_row(number, text.begins, paths, cells)


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


def _table_row(number: int, line: int, paths: tuple[tabular.Path, ...], cells: list[str]) -> Row:
    if len(cells) != len(paths):
        sentence = f"The row has {len(cells)} cells under {len(paths)} headers: give each header one."
        return Row(number, line, findings=(Finding("batch.row-cells", sentence),))
    try:
        return Row(number, line, tabular.to_bytes(tabular.decode(paths, cells)))
    except UnicodeEncodeError:
        return Row(number, line, findings=(Finding("batch.row-encoding", "The row is not UTF-8: save it as UTF-8."),))


def _broken(what: str) -> IssuerError:
    return IssuerError(
        "batch.quotes", f"{what}: close each quotation mark, and double those inside a cell. Nothing was done."
    )


def _without_rows(lines: int) -> IssuerError:
    if lines == 0:
        return IssuerError("batch.empty", "The file is empty. Nothing was done.")
    return IssuerError("batch.no-rows", "The file has no row, or nothing but a header. Nothing was done.")
