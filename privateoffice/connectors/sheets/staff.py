"""Reads a staff list: which column is what, who is in it, and every fault of every row. Nothing is written."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from privateoffice.connectors.sheets import reading
from privateoffice.connectors.sheets.book import Row, Sheet, column_letters
from privateoffice.connectors.sheets.headings import ROWS_TO_SEARCH, one_line, spread, two_rows
from privateoffice.connectors.sheets.matching import WORDS, Doubt, agreed_field, choices_of, field_of
from privateoffice.connectors.sheets.refusals import SAVE_AS
from privateoffice.connectors.sheets.staff_row import Fault, Maker, StaffRow, ToCheck
from privateoffice.foundations.clock.words import counted
from privateoffice.foundations.quarantine.reader import Reader, Unreadable

__all__ = ["Doubt", "Fault", "StaffRow", "StaffSheet", "ToCheck", "Unreadable", "staff_in"]

ENOUGH_UNDERSTOOD = 3
TAKEN = {"xlsx", "csv"}
NAMES, NUMBERS = {"surname", "name", "surname_first"}, {"warrant_number", "pay_number"}
_TOTAL = re.compile(r"(?:grand |sub)?-?totals?|count|strength|number of (?:staff|officers|people)", re.IGNORECASE)
_NOTE = re.compile(r"(?:sources?|notes?)\b|\*", re.IGNORECASE)


@dataclass
class StaffSheet:
    """What a staff list holds, what stops it, and what a person should look at.

    `mapped` is (sheet, column, heading, field); `unused` are headings that nothing here keeps, `left_out` rows and
    sheets that were not taken, with the reason. `hidden` wants a yes: call again with `with_hidden` True or False.
    """

    rows: list[StaffRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    mapped: list[tuple[str, str, str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubtful: list[Doubt] = field(default_factory=list)
    unused: list[tuple[str, str, str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    to_check: list[ToCheck] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_understood(self) -> bool:
        """Whether every heading is sure, none is missing, and hidden rows were spoken of."""
        return not (self.missing or self.doubtful or self.hidden)

    @property
    def is_sound(self) -> bool:
        """Whether the whole list can be taken: understood, and without a fault."""
        return self.is_understood and not self.faults

    @property
    def stops(self) -> list[str]:
        """Why it cannot be taken yet, in sentences."""
        return [*self.missing, *(doubt.sentence for doubt in self.doubtful), *self.hidden]

    @property
    def as_given(self) -> list[dict[str, Any]]:
        """Each row with the fields that the list has a column for: a column that is not there changes nothing."""
        given = {field for *_, field in self.mapped} | {"surname"}
        if given & {"name", "surname_first"}:
            given |= {"forenames"}
        return [{name: value for name, value in asdict(row).items() if name in given} for row in self.rows]


def staff_in(
    raw: bytes,
    name: str,
    *,
    agreed: Mapping[str, str] | None = None,
    with_hidden: bool | None = None,
    reader: Reader | None = None,
) -> StaffSheet:
    """The people in a workbook (.xlsx) or text file (.csv).

    `agreed` says what doubtful headings mean: {"Staff no": "pay_number", "Notes": ""}. `with_hidden` answers
    whether hidden rows and sheets are taken. Raises Unreadable for a file that is no such list.
    """
    book = reading.rows(raw, name, reader)
    if book["kind"] not in TAKEN:
        raise Unreadable(f"A staff list is read from .xlsx or .csv, so that nothing hidden is missed. {SAVE_AS}")
    found = StaffSheet(notes=book["notes"])
    sheets = [_sheet(given) for given in book["sheets"]]
    tables = [(sheet, table) for sheet in sheets if (table := _table(sheet, agreed or {}))]
    _say_left_out(found, sheets, tables)
    for sheet, table in tables:
        if not _passed_over(found, sheet, with_hidden):
            _read(found, sheet, table, agreed or {}, with_hidden)
    if not tables:
        found.missing.append("No sheet has headings such as Warrant number, Surname, Rank and Unit.")
    _note_twice(found)
    return found


@dataclass
class _Table:
    """Where the headings stand, what they say, and what they surely mean (column to field)."""

    place: int  # of the first row under them, among the sheet's rows
    headings: list[str]
    fields: dict[int, str]


def _table(sheet: Sheet, agreed: Mapping[str, str]) -> _Table | None:
    """The row, or two rows, of headings that mean most of what we keep; None where they mean too little."""
    tried = [_one_row(sheet, at, agreed) for at in range(min(len(sheet.rows), ROWS_TO_SEARCH))]
    tried += [_two_rows(sheet, at, agreed) for at in range(1, min(len(sheet.rows), ROWS_TO_SEARCH))]
    best = max(tried, key=_understood, default=None)
    return best if best and _understood(best) >= ENOUGH_UNDERSTOOD else None


def _understood(table: _Table) -> int:
    """Two for each field that is sure, one for each heading that can be asked about; none without a sure one."""
    sure = len(set(table.fields.values()))
    return sure and 2 * sure + sum(bool(choices_of(heading)) for heading in table.headings)


def _one_row(sheet: Sheet, at: int, agreed: Mapping[str, str]) -> _Table:
    return _with_fields(at + 1, [one_line(text) for text in sheet.rows[at][1]], agreed)


def _two_rows(sheet: Sheet, at: int, agreed: Mapping[str, str]) -> _Table:
    """Each heading by its own words below, or above, or by both together, whichever is understood."""
    above, below = sheet.rows[at - 1], sheet.rows[at]
    if below[0] != above[0] + 1 or _holds_data(spread(sheet, above), below):
        return _Table(at + 1, [], {})
    joined = two_rows(sheet, above, below)
    chosen = [_better(heading, agreed) for heading in joined]
    return _with_fields(at + 1, chosen, agreed)


def _holds_data(above: list[str], below: Row) -> bool:
    """Whether what stands under a heading that is understood is no heading: then it is a person's row."""
    return any(
        text.strip() and field_of(heading) and not field_of(text) and not text.strip().startswith("(")
        for heading, text in zip(above, below[1], strict=False)
    )


def _better(joined: str, agreed: Mapping[str, str]) -> str:
    parts = joined.split(": ")
    tries = [parts[-1], joined, parts[0]]
    return next((said for said in tries if agreed_field(said, agreed) is not None or field_of(said)), joined)


def _with_fields(place: int, headings: list[str], agreed: Mapping[str, str]) -> _Table:
    meant = {}
    for column, heading in enumerate(headings):
        said = agreed_field(heading, agreed)
        meant[column] = field_of(heading) if said is None else said
    return _Table(place, headings, {column: name for column, name in meant.items() if name})


def _read(
    found: StaffSheet, sheet: Sheet, table: _Table, agreed: Mapping[str, str], with_hidden: bool | None
) -> None:
    _map(found, sheet, table, agreed)
    maker = Maker(sheet, table.fields, found.faults, found.to_check)
    for row in sheet.rows[table.place :]:
        reason = _why_left_out(row, table, sheet, with_hidden)
        if reason:
            found.left_out.append(f"{_where(sheet, row[0])}: {reason}")
        elif person := maker.person(row, len(table.headings)):
            found.rows.append(person)


def _map(found: StaffSheet, sheet: Sheet, table: _Table, agreed: Mapping[str, str]) -> None:
    often = Counter(table.fields.values())
    for column, heading in enumerate(table.headings):
        letters, meant = column_letters(column), table.fields.get(column, "")
        if meant and often[meant] > 1:
            words = f"Column {letters} (“{heading}”) and another both say the {WORDS[meant]}. Say which is right."
            found.doubtful.append(Doubt(sheet.name, letters, heading, (), words))
        elif meant:
            found.mapped.append((sheet.name, letters, heading, meant))
        elif agreed_field(heading, agreed) is None and (choices := _open_choices(heading, often)):
            either = " or ".join(WORDS[choice] for choice in choices)
            words = f"Column {letters} (“{heading}”) may be the {either}. Say which, or that it is neither."
            found.doubtful.append(Doubt(sheet.name, letters, heading, choices, words))
        elif heading:
            found.unused.append((sheet.name, letters, heading))
    where = f"The sheet “{sheet.name}”" if sheet.name else "The file"
    if not NUMBERS & set(often):
        found.missing.append(f"{where} has no column for the warrant number or the pay number.")
    if not NAMES & set(often):
        found.missing.append(f"{where} has no column for the surname or the full name.")


def _open_choices(heading: str, often: Counter[str]) -> tuple[str, ...]:
    """What an unsure heading may mean, but for what other columns surely say."""
    return tuple(choice for choice in choices_of(heading) if choice not in often)


def _why_left_out(row: Row, table: _Table, sheet: Sheet, with_hidden: bool | None) -> str:
    texts = [text.strip() for text in row[1]]
    filled = [text for text in texts if text]
    first = filled[0] if filled else ""
    numbers = [texts[at] for at, name in table.fields.items() if name in NUMBERS and at < len(texts)]
    if [one_line(text) for text in filled] == [heading for heading in table.headings if heading]:
        return "the headings again"
    if _TOTAL.fullmatch(first.rstrip(":")) and len(filled) < 4 and all(map(_is_sum, numbers)):
        return "a row of totals"
    if len(filled) == 1 and _NOTE.match(first):
        return "a note"
    return "hidden" if row[0] in sheet.hidden_rows and with_hidden is False else ""


def _is_sum(text: str) -> bool:
    return not text or text.isdigit() or bool(_TOTAL.fullmatch(text.rstrip(":")))


def _passed_over(found: StaffSheet, sheet: Sheet, with_hidden: bool | None) -> bool:
    """Say what is hidden in the sheet; whether the whole sheet is passed over for it."""
    if sheet.is_hidden and with_hidden is False:
        found.left_out.append(f"The hidden sheet “{sheet.name}”.")
        return True
    if with_hidden is None:
        if sheet.is_hidden:
            found.hidden.append(f"The sheet “{sheet.name}” is hidden. Say whether its people are to be taken.")
        filled = {number for number, _ in sheet.rows}
        rows = [number for number in sheet.hidden_rows if number in filled]
        if rows:
            listed = ", ".join(map(str, rows[:10])) + (f" and {len(rows) - 10} more" if len(rows) > 10 else "")
            found.hidden.append(
                f"{_where(sheet)}{counted(len(rows), 'row')} hidden ({listed}). Say whether to take them."
            )
    if sheet.hidden_columns:
        found.notes.append(f"{_where(sheet)}columns {', '.join(sheet.hidden_columns[:10])} are hidden.")
    return False


def _say_left_out(found: StaffSheet, sheets: list[Sheet], tables: list[tuple[Sheet, _Table]]) -> None:
    read = [sheet for sheet, _ in tables]
    for sheet in sheets:
        if sheet.rows and sheet not in read and tables:
            found.left_out.append(f"The sheet “{sheet.name}”: it has no headings of a staff list.")


def _note_twice(found: StaffSheet) -> None:
    """Two rows of one number are one person twice, or one of two wrong: neither is taken."""
    for name in ("warrant_number", "pay_number"):
        alike: dict[str, list[StaffRow]] = {}
        for row in found.rows:
            alike.setdefault(getattr(row, name).upper(), []).append(row)
        for number, rows in alike.items():
            if number and len(rows) > 1:
                found.faults += [_twice(row, rows, name, number) for row in rows]
    twice = {(fault.sheet, fault.row) for fault in found.faults}
    found.rows = [row for row in found.rows if (row.sheet, row.row) not in twice]
    found.faults.sort(key=lambda fault: (fault.sheet, fault.row))


def _twice(row: StaffRow, rows: list[StaffRow], name: str, number: str) -> Fault:
    others = [other for other in rows if other is not row][:5]
    places = [f"row {other.row}" + (f" of {other.sheet}" if other.sheet != row.sheet else "") for other in others]
    why = f"the same {WORDS[name]} stands in {' and '.join(places)}"
    return Fault(row.sheet, row.row, row.columns.get(name, ""), number, why)


def _where(sheet: Sheet, row: int | None = None) -> str:
    place = f"Sheet “{sheet.name}”" if sheet.name else ""
    if row is None:
        return f"{place}: " if place else ""
    return f"{place}, row {row}" if place else f"Row {row}"


def _sheet(given: dict[str, Any]) -> Sheet:
    known = {one.name for one in fields(Sheet)}
    sheet = Sheet(**{name: value for name, value in given.items() if name in known})
    sheet.rows = [(number, texts) for number, texts in given["rows"]]
    sheet.merged = [tuple(area) for area in given["merged"]]
    return sheet
