"""The rows of a batch file, one after the other: JSON Lines or a table in, the bytes of a record for each row out."""

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from ..errors import IssuerError
from ..results import MAX_RECORD_BYTES
from . import sheet
from .row import Row

_LONGEST_LINE: Final = MAX_RECORD_BYTES + 2
"""Bytes of a line with its end; of a longer one no more is read, which is enough to refuse it."""
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_OTHER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


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
        number = sum(1 for _ in _json_rows(file)) if _is_json(path) else sheet.count(file)
        if number == 0:
            raise _without_rows(file)
        file.seek(0)
        return Survey(file_digest(file, "sha256").hexdigest(), number)


def read(path: Path) -> Iterator[Row]:
    """The rows in their order, one in memory at a time; raises as `survey`."""
    with path.open("rb") as file:
        yield from _json_rows(file) if _is_json(path) else sheet.rows(file)


def _is_json(path: Path) -> bool:
    kind = path.suffix.lower()
    if kind not in {".jsonl", ".csv"}:
        raise IssuerError(
            "batch.format",
            "A batch is a file whose name ends in .jsonl or .csv; save a workbook as CSV. Nothing was done.",
        )
    return kind == ".jsonl"


def _json_rows(file: BinaryIO) -> Iterator[Row]:
    number = 0
    for place, line in enumerate(_lines(file), 1):
        if place == 1 and line.startswith(_OTHER_MARKS):
            raise IssuerError("batch.encoding", "The file is not UTF-8: save it as UTF-8. Nothing was done.")
        if place == 1 and line.startswith(_UTF8_MARK):
            raise IssuerError(
                "batch.encoding",
                "The file begins with a byte order mark, which JSON does not have: save it without. Nothing was done.",
            )
        data = line.removesuffix(b"\n").removesuffix(b"\r")
        if data.strip():
            number += 1
            yield Row(number, place, data)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file with their ends, each cut at the bound."""
    while line := file.readline(_LONGEST_LINE):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(_LONGEST_LINE)
        yield line


def _without_rows(file: BinaryIO) -> IssuerError:
    file.seek(0)
    if not file.read(1):
        return IssuerError("batch.empty", "The file is empty. Nothing was done.")
    return IssuerError("batch.no-rows", "The file has no row, or nothing but a header. Nothing was done.")
