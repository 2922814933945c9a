"""Reads the spreadsheet XML of Excel 2003, a workbook in one text file."""

import io
import re
from datetime import datetime

from privateoffice.connectors.sheets import cells
from privateoffice.connectors.sheets.book import (
    MOST_COLUMNS,
    MOST_ROWS,
    NOT_CALCULATED,
    Book,
    Ceiling,
    Sheet,
    cell_name,
    column_letters,
)
from privateoffice.connectors.sheets.package import Attributes, parse
from privateoffice.connectors.sheets.refusals import damaged

_NO_DAY = re.compile(r"1899-12-3[01]T|1904-01-01T(?!00:00:00)")


def read(raw: bytes) -> Book:
    """The workbook's sheets. Raises Refused where the text breaks off."""
    reader = _Reader()
    parse(io.BytesIO(raw), reader.start, reader.end, reader.text)
    return reader.book


class _Reader:
    def __init__(self) -> None:
        self.book, self.ceiling = Book("xml"), Ceiling()
        self.row, self.column, self.far_column = 0, -1, 0
        self.cells: dict[int, str] = {}
        self.kind, self.has_formula, self.has_data = "", False, False
        self.data: list[str] | None = None
        self.word = ""
        self.spans = 0

    def start(self, tag: str, given: Attributes) -> None:
        self.word = tag
        if tag == "Worksheet":
            self.book.sheets.append(Sheet(given.get("Name", "")))
            self.row, self.far_column = 0, 0
        elif not self.book.sheets:
            return
        elif tag == "Row":
            self.row = _place(given, self.row + 1, MOST_ROWS)
            self.column, self.cells = -1, {}
            if given.get("Hidden") == "1":
                self.sheet.hidden_rows.append(self.row)
        elif tag == "Column":
            self._column(given)
        elif tag == "Cell":
            self._cell(given)
        elif tag == "Data":
            self.data, self.kind, self.has_data = [], given.get("Type", "String"), True
        elif tag == "AutoFilter":
            self.sheet.is_filtered = True

    def end(self, tag: str) -> None:
        self.word = ""
        if tag == "Data" and self.data is not None:
            self._take("".join(self.data))
            self.data = None
        elif tag == "Cell" and self.has_formula and not self.has_data:
            self._not_calculated()
        elif tag == "Row" and self.cells:
            self.ceiling.spend(max(self.cells) + 1)
            self.sheet.place(self.row, self.cells)
        if tag == "Cell":
            self.column += self.spans

    def text(self, piece: str) -> None:
        if self.data is not None:
            self.data.append(piece)
        elif self.word == "Visible" and piece.strip().startswith("Sheet"):
            self.sheet.is_hidden = True

    @property
    def sheet(self) -> Sheet:
        return self.book.sheets[-1]

    def _column(self, given: Attributes) -> None:
        self.far_column = _place(given, self.far_column + 1, MOST_COLUMNS)
        last = min(self.far_column + _number(given.get("Span")), MOST_COLUMNS)
        if given.get("Hidden") == "1":
            self.sheet.hidden_columns += [column_letters(n - 1) for n in range(self.far_column, last + 1)]
        self.far_column = last

    def _cell(self, given: Attributes) -> None:
        self.column = _place(given, self.column + 2, MOST_COLUMNS) - 1
        self.has_formula, self.has_data = "Formula" in given, False
        self.spans, down = _number(given.get("MergeAcross")), _number(given.get("MergeDown"))
        if self.spans or down:
            self.sheet.merged.append((self.row, self.column, self.row + down, self.column + self.spans))

    def _take(self, value: str) -> None:
        where = cell_name(self.row, self.column)
        if self.has_formula and not value and self.kind != "String":
            self._not_calculated()
            return
        if self.kind == "Error":
            self.sheet.errors.append(where)
        self.cells[self.column] = _text(self.kind, value)

    def _not_calculated(self) -> None:
        self.sheet.not_calculated.append(cell_name(self.row, self.column))
        self.cells[self.column] = NOT_CALCULATED


def _text(kind: str, value: str) -> str:
    if kind == "Number":
        return cells.number_text(value.strip())
    if kind == "Boolean":
        return {"1": "TRUE", "0": "FALSE"}.get(value.strip(), value)
    if kind == "DateTime":
        return _moment(value.strip())
    return value


def _moment(value: str) -> str:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return cells.moment_text(at.time() if _NO_DAY.match(value) else at)


def _place(given: Attributes, otherwise: int, most: int) -> int:
    place = _number(given.get("Index")) or otherwise
    if place > most:
        raise damaged("it has a cell beyond the last that a sheet can have")
    return place


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
