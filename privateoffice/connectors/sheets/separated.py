"""Reads text files of columns (.csv, .tsv): encoding, separator and quotes, or a refusal that names the line."""

import csv
import io
import re
from collections import Counter

from privateoffice.connectors.sheets.book import MOST_COLUMNS, MOST_ROWS, Book, Ceiling, Row, Sheet
from privateoffice.connectors.sheets.harmless import text_from_sheet
from privateoffice.connectors.sheets.refusals import Refused

SEPARATORS = ",;\t|"
LINES_TO_JUDGE = 50
CHARACTERS_TO_JUDGE = 200_000
MOST_CHARACTERS_IN_A_CELL = 1_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read(raw: bytes) -> Book:
    """The file's rows as they were typed. Raises Refused, with the line, where columns could shift."""
    text, notes = _decoded(raw)
    _refuse_nul(text)
    said = re.match(r"sep=(.)\r?\n", text)
    separator = said[1] if said else _separator(text)
    rows = _rows(text[said.end() :] if said else text, separator, lines_before=1 if said else 0)
    return Book("csv", [Sheet("", rows=rows, uneven_rows=_uneven(rows))], notes)


def _decoded(raw: bytes) -> tuple[str, list[str]]:
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "") or _wide(raw[:4_096]) or "utf-8"
    try:
        return raw.decode(encoding).removeprefix("\ufeff"), []
    except UnicodeDecodeError as fault:
        if encoding != "utf-8":
            raise Refused(
                f"This file begins as {encoding.upper()} text and does not go on so. Save it as CSV UTF-8."
            ) from None
        line = raw.count(b"\n", 0, fault.start) + 1
    notes = [f"Read as Windows-1252, for line {line} is not UTF-8: look at accented names."]
    try:
        return raw.decode("cp1252"), notes
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise Refused(
            f"Line {line} holds bytes that are no text. Save the file again as CSV UTF-8 (.csv)."
        ) from None


def _wide(start: bytes) -> str:
    """UTF-16 without its mark: every other byte is nought."""
    if len(start) < 4 or start.count(0) * 3 < len(start):
        return ""
    return "utf-16-be" if start[0] == 0 and start[1] else "utf-16-le" if start[1] == 0 else ""


def _refuse_nul(text: str) -> None:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refused(
            f"Line {line} holds a NUL character, as no text file does. Save the file again as CSV UTF-8."
        )


def _separator(text: str) -> str:
    """The sign that cuts the first lines most evenly; a comma where none does."""
    lines = _first_lines(text)

    def evenness(sign: str) -> tuple[float, int]:
        counts = Counter(_outside_quotes(line, sign) for line in lines)
        width, often = max(counts.items(), key=lambda pair: (pair[0] > 0, pair[1], pair[0]))
        return (often / len(lines) if width else 0, width)

    return max(SEPARATORS, key=evenness) if lines else ","


def _first_lines(text: str) -> list[str]:
    """The first lines, where a line feed inside quotes does not end one."""
    start = re.split(r"\r\n|\r|\n", text[:CHARACTERS_TO_JUDGE])
    lines: list[str] = []
    held = ""
    for line in start:
        held = f"{held}\n{line}" if held else line
        if held.count('"') % 2 == 0:
            lines.append(held)
            held = ""
        if len(lines) == LINES_TO_JUDGE:
            break
    return [line for line in lines or start[:LINES_TO_JUDGE] if line.strip()]


def _outside_quotes(line: str, sign: str) -> int:
    return sum(piece.count(sign) for piece in line.split('"')[::2])


def _rows(text: str, separator: str, lines_before: int) -> list[Row]:
    rows: list[Row] = []
    before = csv.field_size_limit(MOST_CHARACTERS_IN_A_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    ceiling, line = Ceiling(), 1 + lines_before
    try:
        for cells in reader:
            ceiling.spend(len(cells))
            if len(cells) > MOST_COLUMNS or line > MOST_ROWS:
                raise Refused(f"Line {line} is wider, or the file longer, than any sheet can be.")
            if any(cells):
                rows.append((line, [text_from_sheet(cell) for cell in cells]))
            line = reader.line_num + 1 + lines_before
    except csv.Error as fault:
        raise Refused(_said_of(str(fault), line)) from None
    finally:
        csv.field_size_limit(before)
    return rows


def _said_of(fault: str, line: int) -> str:
    if "unexpected end" in fault:
        return f"Line {line} opens a quotation mark that is never closed. Close it, or take it out."
    if "field larger" in fault:
        return f"Line {line} holds more than a million characters in one cell: a quotation mark may be missing."
    return (
        f"In the row that begins on line {line}, a quotation mark is in the wrong place, so columns could shift. "
        "Put quotation marks around the whole cell, and double those inside."
    )


def _uneven(rows: list[Row]) -> list[int]:
    """Rows wider than is common, and narrower ones that swallowed a line: their columns may have shifted."""
    if not rows:
        return []
    common = Counter(len(cells) for _, cells in rows).most_common(1)[0][0]
    return [
        number
        for number, cells in rows
        if any(cells[common:]) or (1 < len(cells) < common and any("\n" in cell for cell in cells))
    ]
