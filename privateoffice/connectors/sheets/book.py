"""What was read from a sheet, in the one shape that all formats come to."""

from dataclasses import asdict, dataclass, field
from typing import Any

from privateoffice.connectors.sheets.refusals import too_big

MOST_CELLS = 1_000_000  # counted to the last filled cell of each row
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_SHEETS = 1_000
NOT_CALCULATED = "not calculated"

Row = tuple[int, list[str]]  # its number in the sheet, from 1, and its cells up to the last that is filled


@dataclass
class Sheet:
    """One sheet: its filled rows as text, and what a person should know before taking them.

    Dates are written 2026-01-26 or 2026-01-26 17:30, cells as they were typed, errors by their names.
    """

    name: str
    is_hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    heading_rows: list[int] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    is_filtered: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, column, last row, column
    not_calculated: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    doubtful: list[dict[str, str]] = field(default_factory=list)  # cell, value, why
    uneven_rows: list[int] = field(default_factory=list)  # of a CSV: their columns do not fit the others'

    def place(self, number: int, cells: dict[int, str]) -> None:
        """Add a row; `cells` are by column, from 0. Blank rows are left out."""
        filled = {column: text for column, text in cells.items() if text}
        if filled:
            width = max(filled) + 1
            self.rows.append((number, [filled.get(column, "") for column in range(width)]))


@dataclass
class Book:
    """A workbook or text file: what it is, its sheets, and what was left out."""

    kind: str
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Ceiling:
    """Counts cells while they are read, and stops at the most that one file may hold."""

    def __init__(self) -> None:
        self.left = MOST_CELLS

    def spend(self, width: int) -> None:
        self.left -= width
        if self.left < 0:
            raise too_big(f"it holds more than {MOST_CELLS:,} cells")


def column_letters(column: int) -> str:
    """ "A" for 0, "AB" for 27."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """ "B7" for row 7, column 1."""
    return f"{column_letters(column)}{row}"
