"""One row of a batch file, as its readers give it."""

from dataclasses import dataclass

from ..results import Finding


@dataclass(frozen=True, slots=True)
class Row:
    """One row, counted from 1 without the header and empty lines; `line`: where it begins in the file.

    `sheet`: its number in a spreadsheet, where every row counts and a line break inside a cell does not; 0 in a file
    that is no table. `findings`: why no record could be made of it, of the id `result_id` if it has one; otherwise
    `data` is what the platform would have sent.
    """

    number: int
    line: int
    data: bytes = b""
    findings: tuple[Finding, ...] = ()
    sheet: int = 0
    result_id: str = ""

    @property
    def where(self) -> str:
        """Where a person finds it."""
        return f"row {self.sheet} of the sheet, line {self.line}" if self.sheet else f"line {self.line}"

    def to_json(self) -> dict[str, int | None]:
        """As every list of rows has it."""
        return {"row": self.number, "line": self.line, "spreadsheetRow": self.sheet or None}
