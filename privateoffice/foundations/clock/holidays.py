"""The bank holidays that this house knows, as dated data.

They come with the program (`data/bank_holidays.csv`). A day that is proclaimed later goes into
`bank-holidays.csv` in the data folder, with the same columns; its row replaces ours for that date, and a row
that counts for nobody takes the day away. `counts_for` holds any of england, officers and foi.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from privateoffice.foundations.clock import laid_over
from privateoffice.foundations.clock.laid_over import Files

ENGLAND, OFFICERS, FOI = "england", "officers", "foi"
OURS = Path(__file__).parent / "data" / "bank_holidays.csv"
A_WHOLE_YEAR = {ENGLAND: 8, OFFICERS: 8, FOI: 13}  # a year with fewer rows is not known, only mentioned


class HolidaysUnknown(ValueError):
    """Working days were asked for in a year whose bank holidays are not known: a count would be a guess."""

    def __init__(self, day: date):
        self.day = day
        super().__init__(
            f"The bank holidays of {day.year} are not known to this office. "
            "Add them to bank-holidays.csv in the data folder."
        )


class HolidaysUnreadable(ValueError):
    """A row of a bank-holiday file could not be understood. Leaving it out would miscount in silence."""

    def __init__(self, path: Path, line: int, reason: str):
        super().__init__(f"{path.name}, line {line}: {reason}")


@dataclass(frozen=True)
class Holiday:
    """One day off, and for whom: England, officers, the count of freedom of information."""

    day: date
    name: str
    counts_for: frozenset[str]


def off(calendar: str = ENGLAND) -> frozenset[date]:
    """The days off that one calendar counts, in every year that is known."""
    return _off(_files(), calendar)


def known_years(calendar: str = ENGLAND) -> frozenset[int]:
    """The years of which one calendar's holidays are known whole."""
    return _known_years(_files(), calendar)


def on(day: date, counts_for: str = ENGLAND) -> Holiday | None:
    """The bank holiday that falls on this day for England, for officers, or for freedom of information."""
    held = _holidays(_files()).get(day)
    return held if held and counts_for in held.counts_for else None


def _files() -> Files:
    return laid_over.files(OURS, "bank-holidays.csv")


@lru_cache(maxsize=16)
def _off(files: Files, calendar: str) -> frozenset[date]:
    return frozenset(day for day, held in _holidays(files).items() if calendar in held.counts_for)


@lru_cache(maxsize=16)
def _known_years(files: Files, calendar: str) -> frozenset[int]:
    given = {held for path, _ in files for held in _read(path) if calendar in held.counts_for}
    days = Counter(held.day.year for held in given)
    return frozenset(year for year, count in days.items() if count >= A_WHOLE_YEAR[calendar])


@lru_cache(maxsize=8)
def _holidays(files: Files) -> dict[date, Holiday]:
    return {held.day: held for path, _ in files for held in _read(path)}


def _read(path: Path) -> list[Holiday]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"date", "name", "counts_for"} <= set(rows.fieldnames or ()):
            raise HolidaysUnreadable(path, 1, "the columns are date, name, counts_for and mark.")
        return [_holiday(path, rows.line_num, row) for row in rows]


def _holiday(path: Path, line: int, row: dict[str, str | None]) -> Holiday:
    try:
        day = date.fromisoformat((row["date"] or "").strip())
    except ValueError:
        raise HolidaysUnreadable(path, line, "the date is written as in 2026-12-25.") from None
    counts_for = frozenset((row["counts_for"] or "").lower().split())
    if not counts_for <= {ENGLAND, OFFICERS, FOI}:
        raise HolidaysUnreadable(path, line, "counts_for holds england, officers or foi.")
    return Holiday(day, (row["name"] or "").strip(), counts_for)
