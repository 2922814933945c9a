"""Reads the other workbooks through calamine: old Excel (.xls), binary Excel (.xlsb), OpenDocument (.ods)."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from privateoffice.connectors.sheets import cells
from privateoffice.connectors.sheets.book import Book, Ceiling, Sheet
from privateoffice.connectors.sheets.refusals import SAVE_AS, Refused, other

KINDS = {
    "xls": "an old Excel workbook (.xls)",
    "xlsb": "a binary Excel workbook (.xlsb)",
    "ods": "an OpenDocument spreadsheet (.ods)",
}
PROTECTED = Refused(
    "This workbook is protected by a password or by rights management, so it cannot be read. "
    "Open it in Excel, choose File, Info, Protect Workbook, remove the protection, and save it again as .xlsx."
)


def read(raw: bytes, kind: str) -> Book:
    """The workbook's sheets. Hidden rows and formulas that were never calculated do not show in these formats."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        book = Book(
            kind, [_sheet(workbook, facts, ceiling) for ceiling in [Ceiling()] for facts in _tables(workbook)]
        )
    except PasswordError:
        raise PROTECTED from None
    except (CalamineError, ZipError, ValueError) as fault:
        raise other(f"{KINDS[kind]} that cannot be read here; it may be damaged") from fault
    except BaseException as fault:  # calamine's own collapse is not an Exception
        if type(fault).__name__ != "PanicException":
            raise
        raise other(f"{KINDS[kind]} that cannot be read here; it may be damaged") from fault
    book.notes.append(
        f"This is {KINDS[kind]}. Hidden rows, errors and what was not calculated cannot be told in it. {SAVE_AS}"
    )
    return book


def _tables(workbook: CalamineWorkbook) -> list[Any]:
    return [facts for facts in workbook.sheets_metadata if facts.typ == SheetTypeEnum.WorkSheet]


def _sheet(workbook: CalamineWorkbook, facts: Any, ceiling: Ceiling) -> Sheet:
    found = workbook.get_sheet_by_name(facts.name)
    sheet = Sheet(facts.name, is_hidden=facts.visible != SheetVisibleEnum.Visible)
    left = found.start[1] if found.start else 0
    for number, row in enumerate(found.iter_rows() if found.start else (), start=1):
        texts = {left + column: _text(value) for column, value in enumerate(row) if value != ""}
        if texts:
            ceiling.spend(max(texts) + 1)
        sheet.place(number, texts)
    sheet.merged = [(a + 1, b, c + 1, d) for (a, b), (c, d) in found.merged_cell_ranges or []]
    return sheet


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return cells.number_text(value)
    if isinstance(value, (datetime, date, time)):
        return cells.moment_text(value)
    if isinstance(value, timedelta):
        return cells.duration_text(value)
    return str(value)
