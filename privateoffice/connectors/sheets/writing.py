"""Writes sheets that no spreadsheet program will run, and that come back as the very texts that went out.

Rows are taken one at a time and never gathered, so that the memory stays flat however long the sheet is. A file
comes to its place only when it is whole.
"""

import codecs
import csv
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from privateoffice.connectors.sheets import cells
from privateoffice.connectors.sheets.book import MOST_COLUMNS, MOST_ROWS, cell_name
from privateoffice.connectors.sheets.harmless import text_for_sheet
from privateoffice.foundations.clock import clock

Target = str | os.PathLike[str] | IO[bytes]

MOST_CHARACTERS = 32_767
FIRST_DAY = date(1900, 3, 1)  # before it Excel's days are one out
_LOOKS = {date: "dd/mm/yyyy", datetime: "dd/mm/yyyy hh:mm", time: "hh:mm", str: "@"}
_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class DoesNotFit(ValueError):
    """A workbook cannot hold it; the text says where, and what to do."""


def write_csv(target: Target, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write CSV in UTF-8 with its mark, for Excel; say how many rows were written."""
    count = -1  # the headings are no row
    with _whole(target) as file:
        file.write(codecs.BOM_UTF8)
        for line in _csv_rows(chain([columns], rows)):
            file.write(line)
            count += 1
    return count


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same, piece by piece, for a download that streams: the mark, the headings, then a piece for each row."""
    yield codecs.BOM_UTF8
    yield from _csv_rows(chain([columns], rows))


def write_xlsx(
    target: Target,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "Sheet1",
    marking: str = "",
) -> int:
    """Write a workbook of one sheet; say how many rows were written.

    Texts stay texts (leading noughts, formulas, long numbers), days and moments become real dates in London time.
    The marking is printed at top and foot of each page. Raises DoesNotFit.
    """
    with _whole(target) as file:
        workbook = xlsxwriter.Workbook(file, _SAFE)
        workbook.set_properties({"created": datetime.combine(clock.today(), time())})  # the day, not the second
        try:
            return _fill(workbook, columns, rows, title, marking)
        finally:
            workbook.close()


def _fill(workbook: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str, marking: str) -> int:
    if len(columns) > MOST_COLUMNS:
        raise DoesNotFit(f"A workbook's sheet holds {MOST_COLUMNS:,} columns, and this has {len(columns):,}.")
    sheet = workbook.add_worksheet(_sheet_name(title))
    looks = {kind: workbook.add_format({"num_format": shape}) for kind, shape in _LOOKS.items()}
    _dress(sheet, columns, marking)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "num_format": "@"})
    for column, heading in enumerate(columns):
        sheet.write_string(0, column, _fitting(heading, 1, column), bold)
    number = 0
    for number, row in enumerate(rows, start=1):
        if number >= MOST_ROWS:
            raise DoesNotFit(f"A workbook's sheet holds {MOST_ROWS - 1:,} rows. Write CSV, or less of it.")
        for column, value in enumerate(row):
            _write(sheet, number, column, value, looks)
    return number


def _dress(sheet: Any, columns: Sequence[str], marking: str) -> None:
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(columns):
        sheet.set_column(column, column, min(max(len(heading) + 2, 12), 40))
    if marking:
        words = marking.replace("&", "&&")
        sheet.set_header(f"&C{words}")
        sheet.set_footer(f"&C{words}&RPage &P of &N")


def _write(sheet: Any, row: int, column: int, value: Any, looks: dict[Any, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float, Decimal)) and _is_exact(value):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime) and _wall(value).date() >= FIRST_DAY:
        sheet.write_datetime(row, column, _wall(value), looks[datetime])
    elif isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DAY:
        sheet.write_datetime(row, column, value, looks[date])
    elif isinstance(value, time):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), looks[time])
    else:
        sheet.write_string(row, column, _fitting(_text(value), row + 1, column), looks[str])


def _is_exact(value: Any) -> bool:
    """Whether a sheet keeps every digit: Excel holds fifteen."""
    return abs(value) < 10**15 and len(re.sub(r"\D", "", str(value)).strip("0")) <= 15


def _fitting(text: str, row: int, column: int) -> str:
    if len(text) > MOST_CHARACTERS:
        raise DoesNotFit(
            f"Cell {cell_name(row, column)} would hold {len(text):,} characters, and a workbook's cell holds "
            f"{MOST_CHARACTERS:,}. Write CSV instead."
        )
    return text


def _csv_rows(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    for row in rows:
        writer.writerow([text_for_sheet(cell) if isinstance(cell, str) else _text(cell) for cell in row])
        yield held.getvalue().replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace")
        held.seek(0)
        held.truncate()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return cells.moment_text(_wall(value))
    if isinstance(value, (date, time)):
        return cells.moment_text(value)
    return str(value)


def _wall(value: datetime) -> datetime:
    return clock.london(value).replace(tzinfo=None) if value.tzinfo else value


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip(" '") or "Sheet1"


@contextmanager
def _whole(target: Target) -> Iterator[IO[bytes]]:
    """A file to write to, which comes to its place only when nothing failed."""
    if not isinstance(target, (str, os.PathLike)):
        with tempfile.TemporaryFile() as loose:
            yield loose
            loose.seek(0)
            shutil.copyfileobj(loose, target)
        return
    place = Path(target)
    handle, half = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.replace(half, place)
    except BaseException:
        os.unlink(half)
        raise
