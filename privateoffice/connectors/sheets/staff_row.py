"""One person of a staff list, made from a row, or the faults that stop it."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from privateoffice.connectors.sheets.book import NOT_CALCULATED, Row, Sheet, cell_name, column_letters
from privateoffice.connectors.sheets.matching import WORDS

LONGEST = {
    "surname": 100,
    "forenames": 100,
    "rank": 40,
    "unit": 120,
    "post": 120,
    "line_manager": 200,
    "email": 254,
    "phone": 40,
}
_NUMBER = re.compile(r"[A-Za-z0-9]{3,10}")
_EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]\d\d:\d\d.*)?")
_BRITISH_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_SAID_DAY = re.compile(
    r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ \-]([a-z]{3,9})\.?,?[ \-](\d{4}|\d{2})", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOTHING = {"-", "n/a", "none", "nil", "tbc", "unknown", "not applicable", "."}


@dataclass(frozen=True)
class Fault:
    """Why a cell stops its row: where it stands, what it holds, and the reason."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        place = f"Sheet “{self.sheet}”, row {self.row}" if self.sheet else f"Row {self.row}"
        column = f", column {self.column}" if self.column else ""
        return f"{place}{column}: {self.reason}" + (f" (“{self.value[:80]}”)." if self.value else ".")


@dataclass(frozen=True)
class ToCheck(Fault):
    """A cell that was read in one way and might mean another: a date such as 01/02/2026."""


@dataclass(frozen=True)
class StaffRow:
    """One person, as the list says; texts as they were typed, days as days."""

    sheet: str
    row: int
    surname: str
    forenames: str = ""
    warrant_number: str = ""
    pay_number: str = ""
    rank: str = ""
    unit: str = ""
    post: str = ""
    line_manager: str = ""
    email: str = ""
    phone: str = ""
    joined_on: date | None = None
    left_on: date | None = None
    columns: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        return f"{self.forenames} {self.surname}".strip()


class Maker:
    """Makes people from the rows of one sheet, and notes every fault, not only the first."""

    def __init__(self, sheet: Sheet, meant: dict[int, str], faults: list[Fault], to_check: list[ToCheck]):
        self.sheet, self.meant = sheet, meant
        self.faults, self.to_check = faults, to_check
        self.columns = {name: column_letters(column) for column, name in meant.items()}
        self.unsure = {*sheet.not_calculated, *sheet.errors}
        self.row = 0

    def person(self, row: Row, width: int) -> StaffRow | None:
        """The person in the row; None where a fault stops it."""
        self.row, before = row[0], len(self.faults)
        said = self._said(row)
        self._shape(row, width)
        given = {
            name: text for name, text in said.items() if name in LONGEST and name not in {"surname", "forenames"}
        }
        given |= {name: self._number(name, said.get(name, "")) for name in ("warrant_number", "pay_number")}
        names = self._names(said)
        days = {name: self._day(name, said.get(name, "")) for name in ("joined_on", "left_on")}
        self._look_over(given, names, days)
        if len(self.faults) > before:
            return None
        return StaffRow(sheet=self.sheet.name, row=self.row, columns=self.columns, **given, **names, **days)  # type: ignore[arg-type]

    def _said(self, row: Row) -> dict[str, str]:
        """The cells by what they mean; what was never calculated, or failed, is a fault and no value."""
        said = {}
        for column, name in self.meant.items():
            text = _tidy(row[1][column]) if column < len(row[1]) else ""
            if cell_name(row[0], column) in self.unsure:
                reason = "was never calculated" if text == NOT_CALCULATED else "holds an error"
                self._fault(name, text, f"the {WORDS[name]} {reason}")
                text = ""
            said[name] = "" if text.lower() in _NOTHING else text
        return said

    def _shape(self, row: Row, width: int) -> None:
        if self.row in self.sheet.uneven_rows or any(text.strip() for text in row[1][width:]):
            self._fault(
                "", "", f"the row has {len(row[1])} columns and the headings {width}, so they may have shifted"
            )

    def _number(self, name: str, text: str) -> str:
        number = re.sub(r"\s", "", text)
        if number and not _NUMBER.fullmatch(number):
            self._fault(name, text, f"a {WORDS[name]} has 3 to 10 letters or digits")
        return number

    def _names(self, said: dict[str, str]) -> dict[str, str]:
        """Surname and forenames; one name alone is a surname, and no part of a name is guessed at but the last."""
        if said.get("surname"):
            return {"surname": said["surname"], "forenames": said.get("forenames", "")}
        whole = said.get("surname_first") or said.get("name", "")
        if "," in whole:
            surname, _, forenames = whole.partition(",")
        elif said.get("surname_first"):
            surname, _, forenames = whole.partition(" ")
        else:
            forenames, _, surname = whole.rpartition(" ")
        return {"surname": surname.strip(), "forenames": forenames.strip() or said.get("forenames", "")}

    def _day(self, name: str, text: str) -> date | None:
        if not text:
            return None
        day, is_open = read_day(text)
        if day is None:
            self._fault(name, text, f"the {WORDS[name]} is no date; write it as 26/01/2026")
        elif is_open:
            reason = f"read as {day.day} {day:%B %Y}, the day before the month"
            self.to_check.append(ToCheck(self.sheet.name, self.row, self.columns[name], text, reason))
        return day

    def _look_over(self, given: dict[str, str], names: dict[str, str], days: dict[str, date | None]) -> None:
        if (
            not given["warrant_number"]
            and not given["pay_number"]
            and not self._has_fault("warrant_number", "pay_number")
        ):
            self._fault("warrant_number", "", "there is no warrant number and no pay number")
        if not names["surname"] and not self._has_fault("surname", "name", "surname_first"):
            self._fault("surname", "", "there is no name")
        if given.get("email") and not _EMAIL.fullmatch(given["email"]):
            self._fault("email", given["email"], "this is no email address")
        for name, text in {**given, **names}.items():
            if len(text) > LONGEST.get(name, 1_000):
                self._fault(name, text, f"the {WORDS[name]} is longer than {LONGEST[name]} letters")
        joined, left = days["joined_on"], days["left_on"]
        if joined and left and left < joined:
            self._fault("left_on", left.isoformat(), "the leaving date is before the start date")

    def _has_fault(self, *names: str) -> bool:
        columns = {self.columns[name] for name in names if name in self.columns}
        return any(
            (fault.sheet, fault.row) == (self.sheet.name, self.row) and fault.column in columns
            for fault in self.faults
        )

    def _fault(self, name: str, value: str, reason: str) -> None:
        self.faults.append(Fault(self.sheet.name, self.row, self.columns.get(name, ""), value, reason))


def read_day(text: str) -> tuple[date | None, bool]:
    """The day that a text means, day first as in Britain, and whether month first would make it another."""
    if found := _ISO_DAY.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3])), False
    if found := _BRITISH_DAY.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        return _made(_year(found[3]), second, first), first <= 12 and second <= 12 and first != second
    if found := _SAID_DAY.fullmatch(text):
        month = next((at for at, name in enumerate(_MONTHS, start=1) if found[2].lower().startswith(name)), 0)
        return _made(_year(found[3]), month, int(found[1])), False
    return None, False


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    """A year of two digits is in this century up to 49, in the last from 50, as in Excel in Britain."""
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < 50 else 1900)


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
