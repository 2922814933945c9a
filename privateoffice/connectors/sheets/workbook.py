"""Reads an Excel workbook (.xlsx, .xlsm) from its parts: what was typed, hidden, or never calculated.

Formulas, macros and links are never followed; the values that were saved beside them are taken.
"""

import re
from dataclasses import dataclass, field

from privateoffice.connectors.sheets import cells
from privateoffice.connectors.sheets.book import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    NOT_CALCULATED,
    Book,
    Ceiling,
    Sheet,
    cell_name,
    column_letters,
)
from privateoffice.connectors.sheets.package import Attributes, Package, parse
from privateoffice.connectors.sheets.refusals import damaged, too_big

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = {"1", "true", "on"}
LEFT_OUT = {
    "vbaProject": "macros",
    "externalLink": "links to other workbooks",
    "connections": "data connections",
    "oleObject": "embedded objects",
    "package": "embedded files",
    "control": "form controls",
    "xlMacrosheet": "macro sheets",
    "pivotTable": "pivot tables (their values were taken)",
}


@dataclass
class _Shared:
    """What all sheets of a workbook use: its texts, its number formats, and where its days begin."""

    texts: list[str] = field(default_factory=list)
    formats: list[tuple[str, str]] = field(default_factory=list)  # kind, code
    from_1904: bool = False


def read(package: Package) -> Book:
    """The workbook's sheets in their order. Raises Refused where it cannot be read whole."""
    main = next(
        (part for kind, part in package.relations("").values() if kind == "officeDocument"), "xl/workbook.xml"
    )
    relations = package.relations(main)
    listed, from_1904 = _sheets_listed(package, main)
    shared = _Shared(_texts(package, relations), _formats(package, relations), from_1904)
    book, ceiling, left_out = Book("xlsx"), Ceiling(), [kind for kind, _ in relations.values()]
    for name, state, relation in listed:
        kind, part = relations.get(relation, ("", ""))
        if kind != "worksheet" or part not in package:
            book.notes.append(f"The sheet “{name}” holds no table and was left out.")
            continue
        left_out += [kind for kind, _ in package.relations(part).values()]
        book.sheets.append(_SheetReader(name, state, shared, ceiling).read(package, part))
    said = [words for kind, words in LEFT_OUT.items() if kind in left_out]
    book.notes += [f"Left out, and never run or followed: {', '.join(said)}."] if said else []
    return book


def _sheets_listed(package: Package, main: str) -> tuple[list[tuple[str, str, str]], bool]:
    listed: list[tuple[str, str, str]] = []
    facts = {"from_1904": False}

    def start(tag: str, given: Attributes) -> None:
        if tag == "sheet":
            listed.append((given.get("name", ""), given.get("state", "visible"), given.get("id", "")))
        elif tag == "workbookPr":
            facts["from_1904"] = given.get("date1904", "").lower() in _TRUE

    with package.open(main) as stream:
        parse(stream, start)
    if len(listed) > MOST_SHEETS:
        raise too_big(f"it holds more than {MOST_SHEETS:,} sheets")
    return listed, facts["from_1904"]


def _texts(package: Package, relations: dict[str, tuple[str, str]]) -> list[str]:
    part = next((part for kind, part in relations.values() if kind == "sharedStrings"), "")
    if part not in package:
        return []
    texts: list[str] = []
    gathered = _Gathered()

    def end(tag: str) -> None:
        gathered.end(tag)
        if tag in {"si", "sstItem"}:
            texts.append(gathered.take())

    with package.open(part) as stream:
        parse(stream, gathered.start, end, gathered.text)
    return texts


def _formats(package: Package, relations: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    part = next((part for kind, part in relations.values() if kind == "styles"), "")
    if part not in package:
        return []
    codes: dict[int, str] = {}
    used: list[int] = []
    place = {"in": ""}

    def start(tag: str, given: Attributes) -> None:
        if tag in {"cellXfs", "cellStyleXfs", "dxfs"}:
            place["in"] = tag
        elif tag == "numFmt" and place["in"] != "dxfs":
            codes[_whole(given.get("numFmtId"))] = given.get("formatCode", "")
        elif tag == "xf" and place["in"] == "cellXfs":
            used.append(_whole(given.get("numFmtId")))

    with package.open(part) as stream:
        parse(stream, start)
    return [(cells.kind_of_format(number, codes.get(number)), codes.get(number, "")) for number in used]


class _Gathered:
    """Gathers the text of one entry: its runs in order, without the reading aids (`rPh`) of East Asian texts."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.run: list[str] | None = None
        self.is_aid, self.keeps_spaces = False, False

    def start(self, tag: str, given: Attributes) -> None:
        self.is_aid = self.is_aid or tag == "rPh"
        self.run = [] if tag == "t" and not self.is_aid else None
        self.keeps_spaces = given.get("space") == "preserve"

    def end(self, tag: str) -> None:
        if self.run is not None:
            whole = "".join(self.run)
            self.pieces.append(whole if self.keeps_spaces else whole.strip(" \t\r\n"))
        self.run = None
        self.is_aid = self.is_aid and tag != "rPh"

    def text(self, piece: str) -> None:
        if self.run is not None:
            self.run.append(piece)

    def take(self) -> str:
        whole = "".join(self.pieces)
        self.pieces.clear()
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), whole) if "_x" in whole else whole


class _SheetReader:
    """Reads one sheet, cell after cell, without ever believing the size that it declares."""

    def __init__(self, name: str, state: str, shared: _Shared, ceiling: Ceiling):
        self.sheet = Sheet(name, is_hidden=state != "visible")
        self.shared, self.ceiling = shared, ceiling
        self.row, self.column = 0, -1
        self.cells: dict[int, str] = {}
        self.cell: Attributes = {}
        self.has_formula, self.in_value = False, False
        self.value: list[str] | None = None
        self.inline = _Gathered()

    def read(self, package: Package, part: str) -> Sheet:
        with package.open(part) as stream:
            parse(stream, self._start, self._end, self._text)
        self.sheet.rows.sort(key=lambda row: row[0])
        numbers = [number for number, _ in self.sheet.rows]
        if len(set(numbers)) < len(numbers):
            raise damaged(f"the sheet {self.sheet.name} has two rows of one number")
        return self.sheet

    def _start(self, tag: str, given: Attributes) -> None:
        if tag == "c":
            self._start_cell(given)
        elif tag == "v":
            self.value, self.in_value = [], True
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            self._start_row(given)
        elif tag in {"is", "r", "t", "rPh"}:
            self.inline.start(tag, given)
        elif tag in {"col", "mergeCell", "autoFilter"}:
            self._note(tag, given)

    def _end(self, tag: str) -> None:
        if tag == "v":
            self.in_value = False
        elif tag in {"r", "t", "rPh"}:
            self.inline.end(tag)
        elif tag == "c":
            if text := self._cell_text():
                self.cells[self.column] = text
        elif tag == "row":
            if self.cells:
                self.ceiling.spend(max(self.cells) + 1)
            self.sheet.place(self.row, self.cells)

    def _text(self, piece: str) -> None:
        if self.in_value and self.value is not None:
            self.value.append(piece)
        else:
            self.inline.text(piece)

    def _start_row(self, given: Attributes) -> None:
        self.row = _whole(given.get("r")) or self.row + 1
        self.column, self.cells = -1, {}
        if self.row > MOST_ROWS:
            raise damaged("it has a row beyond the last that a sheet can have")
        if given.get("hidden", "").lower() in _TRUE:
            self.sheet.hidden_rows.append(self.row)

    def _start_cell(self, given: Attributes) -> None:
        self.cell, self.value, self.has_formula = given, None, False
        named = _REFERENCE.fullmatch(given.get("r", ""))
        self.column = _column(named[1]) if named else self.column + 1
        if self.column >= MOST_COLUMNS:
            raise damaged("it has a column beyond the last that a sheet can have")
        self.inline.pieces.clear()

    def _note(self, tag: str, given: Attributes) -> None:
        if tag == "autoFilter":
            self.sheet.is_filtered = True
        elif tag == "mergeCell":
            ends = [_REFERENCE.fullmatch(end) for end in given.get("ref", "").split(":")]
            if len(ends) == 2 and all(ends) and len(self.sheet.merged) < 10_000:
                first, last = [(int(end[2]), _column(end[1])) for end in ends if end]
                self.sheet.merged.append((*first, *last))
        elif given.get("hidden", "").lower() in _TRUE:
            covered = range(max(_whole(given.get("min")), 1), min(_whole(given.get("max")), MOST_COLUMNS) + 1)
            self.sheet.hidden_columns += [column_letters(number - 1) for number in covered]

    def _cell_text(self) -> str:
        kind, value = self.cell.get("t", "n"), "".join(self.value or [])
        where = cell_name(self.row, self.column)
        if kind == "inlineStr":
            return self.inline.take() or value
        if self.has_formula and not value and kind != "str":
            self.sheet.not_calculated.append(where)
            return NOT_CALCULATED
        if kind == "e" and value:
            self.sheet.errors.append(where)
        if kind == "s":
            return self._shared_text(value)
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value.strip(), value)
        if kind in {"str", "e", "d"}:
            return _iso(value) if kind == "d" else _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        return self._number(value.strip(), where) if value.strip() else ""

    def _shared_text(self, value: str) -> str:
        number = _whole(value, -1)
        if not value.strip():
            return ""
        if not 0 <= number < len(self.shared.texts):
            raise damaged(f"the text of cell {cell_name(self.row, self.column)} is missing")
        return self.shared.texts[number]

    def _number(self, value: str, where: str) -> str:
        style = _whole(self.cell.get("s"))
        shown_as, code = self.shared.formats[style] if 0 <= style < len(self.shared.formats) else ("", "")
        if shown_as == "padded":
            return cells.padded(cells.number_text(value), code)
        if not shown_as:
            return cells.number_text(value)
        text = cells.serial_text(value, shown_as, from_1904=self.shared.from_1904)
        if text.startswith("1900-02-29"):
            why = "29 February 1900 never was: Excel counts a day too many"
            self.sheet.doubtful.append({"cell": where, "value": text, "why": why})
        return text


def _iso(value: str) -> str:
    day, _, hour = value.partition("T")
    return day if hour[:8] in {"", "00:00:00"} else f"{day} {hour.rstrip('Z')}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(text: str | None, otherwise: int = 0) -> int:
    try:
        return int(text or otherwise)
    except ValueError:
        return otherwise
