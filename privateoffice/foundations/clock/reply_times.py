"""Within how long each kind of correspondence is acknowledged and answered, as dated data.

It comes with the program (`data/reply_times.csv`), with the marks of the handbook. An office that promises
otherwise puts `reply-times.csv` with the same columns into the data folder: its row for a kind holds from its day
on, and what was received before that day keeps the times that held then. `counted_as` is working days, FOI days or
months; a kind without `acknowledge_in` is owed no acknowledgement, one without `reply_in` no reply.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from privateoffice.foundations.clock import clock, laid_over, promises, working_days
from privateoffice.foundations.clock.holidays import FOI
from privateoffice.foundations.clock.laid_over import Files

OURS = Path(__file__).parent / "data" / "reply_times.csv"
CLOSE_OF_PLAY = "17:30"
WORKING_DAYS, FOI_DAYS, MONTHS = "working days", "FOI days", "months"
COLUMNS = ("kind", "name", "from", "acknowledge_in", "reply_in", "at_most_in", "counted_as", "weight")
MOST_DAYS = 400


class ReplyTimesUnreadable(ValueError):
    """A row of reply times could not be understood. Without it other days would be promised in silence."""

    def __init__(self, path: Path, line: int, reason: str):
        super().__init__(f"{path.name}, line {line}: {reason}")


@dataclass(frozen=True)
class ReplyTimes:
    """What one kind of correspondence is promised, from a day on. The heavier it weighs, the sooner it hurts."""

    kind: str
    name: str
    from_on: date
    acknowledge_in: int | None
    reply_in: int | None
    at_most_in: int | None
    counted_as: str = WORKING_DAYS
    weight: int = 0

    @property
    def wants_a_reply(self) -> bool:
        return self.reply_in is not None

    def acknowledge_by(self, received_at: datetime) -> datetime | None:
        """The last moment to say that we have it. Raises HolidaysUnknown beyond the years that are known."""
        if self.acknowledge_in is None:
            return None
        return promises.answer_due(received_at, self.acknowledge_in, CLOSE_OF_PLAY)

    def reply_by(self, received_at: datetime) -> datetime | None:
        return self._due(received_at, self.reply_in)

    def at_most_by(self, received_at: datetime) -> datetime | None:
        """The day that no promise goes beyond; for a statutory time it is the statutory day."""
        return self._due(received_at, self.at_most_in)

    def _due(self, received_at: datetime, within: int | None) -> datetime | None:
        if within is None:
            return None
        day = clock.day_of(received_at)
        if self.counted_as == FOI_DAYS:
            return clock.closing(working_days.add(day, within, FOI), CLOSE_OF_PLAY)
        if self.counted_as == MONTHS:
            return clock.closing(working_days.on_or_after(promises.months_after(day, within)), CLOSE_OF_PLAY)
        return promises.answer_due(received_at, within, CLOSE_OF_PLAY)


def on(day: date) -> Mapping[str, ReplyTimes]:
    """The times of each kind that hold on a day, in the order of the file; none before any were set."""
    return _on(_files(), day)


def kinds() -> dict[str, str]:
    """The name of each kind that holds today."""
    return {kind: times.name for kind, times in on(clock.today()).items()}


def _files() -> Files:
    return laid_over.files(OURS, "reply-times.csv")


@lru_cache(maxsize=1024)
def _on(files: Files, day: date) -> Mapping[str, ReplyTimes]:
    held: dict[str, ReplyTimes] = {}
    for times in sorted(_all(files), key=lambda one: one.from_on):
        if times.from_on <= day:
            held[times.kind] = times
    return {kind: held[kind] for kind in _order(files) if kind in held}


@lru_cache(maxsize=8)
def _all(files: Files) -> tuple[ReplyTimes, ...]:
    """Ours first: of two rows for one kind and day the office's own counts."""
    return tuple(times for path, _ in files for times in _read(path))


@lru_cache(maxsize=8)
def _order(files: Files) -> tuple[str, ...]:
    return tuple(dict.fromkeys(times.kind for times in _all(files)))


def _read(path: Path) -> list[ReplyTimes]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise ReplyTimesUnreadable(path, 1, f"the columns are {', '.join(COLUMNS)}.")
        return [_times(path, rows.line_num, row) for row in rows]


def _times(path: Path, line: int, row: dict[str, str | None]) -> ReplyTimes:
    said = {name: (row[name] or "").strip() for name in COLUMNS}
    try:
        from_on = date.fromisoformat(said["from"])
        days = [_count(said[name]) for name in ("acknowledge_in", "reply_in", "at_most_in")]
        weight = _count(said["weight"]) or 0
    except ValueError:
        raise ReplyTimesUnreadable(path, line, "days are whole numbers, and a date is as 2026-12-25.") from None
    if said["counted_as"] not in (WORKING_DAYS, FOI_DAYS, MONTHS):
        raise ReplyTimesUnreadable(path, line, f"counted_as is {WORKING_DAYS}, {FOI_DAYS} or {MONTHS}.")
    if not said["kind"] or len(said["kind"]) > 30 or not said["name"]:
        raise ReplyTimesUnreadable(path, line, "a kind has a short word and a name.")
    acknowledge, reply, at_most = days
    return ReplyTimes(said["kind"], said["name"], from_on, acknowledge, reply, at_most, said["counted_as"], weight)


def _count(text: str) -> int | None:
    count = int(text) if text else None
    if count is not None and not 0 <= count <= MOST_DAYS:
        raise ValueError(text)
    return count
