"""The components of a calendar file: everything readable is taken, the rest becomes a fault with a line number."""

from dataclasses import dataclass, field
from typing import Any

from privateoffice.connectors.calendars.lines import Line, lines

ITEMS = {"VEVENT": "event", "VTODO": "task", "VJOURNAL": "journal", "VFREEBUSY": "busy"}
_TOP = {*ITEMS, "VTIMEZONE"}
_SHOWN = 80
MOST_UNREAD = 20
MOST_DEPTH = 50

Fault = dict[str, Any]


def fault(line: int, words: str, look: bool = True) -> Fault:
    """One fault: the line of the file, words fit to show, and whether a person needs to look."""
    return {"line": line, "words": words, "look": look}


@dataclass(slots=True)
class Run:
    """Lines that are none: the first few, how many in all, and the last."""

    first: list[Line] = field(default_factory=list)
    count: int = 0
    last: Line | None = None

    def add(self, line: Line) -> None:
        """Take one more; what is not shown is not held, as there may be millions."""
        if self.count < MOST_UNREAD:
            self.first.append(line)
        self.count += 1
        self.last = line


@dataclass(slots=True)
class Part:
    """One component. `start` and `end` are its place in the raw bytes."""

    name: str
    line: int
    start: int
    end: int
    lines: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: "Run" = field(default_factory=lambda: Run())

    def first(self, name: str) -> Line | None:
        """The first property of this name."""
        return next((line for line in self.lines if line.name == name), None)

    def every(self, name: str) -> list[Line]:
        """All properties of this name."""
        return [line for line in self.lines if line.name == name]


class Reading:
    """Walks the lines once. A component that is never closed ends where the next one of its floor begins."""

    def __init__(self, raw: bytes):
        self.calendars: list[Part] = []
        self.faults: list[Fault] = []
        self._open: list[Part] = []
        self._stray = Run()
        self._last = 1
        for line in lines(raw):
            self._take(line)
            self._last = line.number
        self._close_down_to(0, None)
        self._tell_strays()

    def _take(self, line: Line) -> None:
        if line.name == "BEGIN":
            self._begin(line, line.value.strip().upper())
        elif line.name == "END":
            self._end(line, line.value.strip().upper())
        elif line.name and self._open:
            self._tell_strays()
            self._open[-1].lines.append(line)
        else:
            self._stray_line(line)

    def _begin(self, line: Line, name: str) -> None:
        self._tell_strays()
        if name == "VCALENDAR":
            self._close_down_to(0, line)
        elif name in _TOP:
            self._close_down_to(1, line)
        if name != "VCALENDAR" and not self._open:
            self._open_calendar(line)
            self.faults.append(fault(line.number, "The calendar around this has no beginning.", look=False))
        if name == "VCALENDAR":
            self._open_calendar(line)
            return
        part = Part(name, line.number, line.start, line.end)
        if len(self._open) < MOST_DEPTH:
            self._open[-1].parts.append(part)
            self._open.append(part)
        else:
            self._stray_line(line)

    def _open_calendar(self, line: Line) -> None:
        calendar = Part("VCALENDAR", line.number, line.start, line.end)
        self.calendars.append(calendar)
        self._open.append(calendar)

    def _end(self, line: Line, name: str) -> None:
        if name.startswith("VCALENDARBEGIN:"):  # two files joined, the first without a last line end
            self._end(line, "VCALENDAR")
            self._begin(line, name.removeprefix("VCALENDARBEGIN:").strip())
            return
        depth = next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i].name == name), None)
        if depth is None:
            self._stray_line(line)
            return
        self._close_down_to(depth + 1, line)
        self._open.pop().end = line.end

    def _close_down_to(self, depth: int, line: Line | None) -> None:
        """Close what is still open above `depth`, and say so; `line` is where the next thing starts."""
        while len(self._open) > depth:
            part = self._open.pop()
            ends = [part.end, *(x.end for x in (*part.lines[-1:], *part.parts[-1:], part.unread.last) if x)]
            last = max(ends)
            part.end = line.start if line else last
            words = f"This has no end: the line END:{shown(part.name)} is missing."
            if part.name not in (*ITEMS, "VCALENDAR"):
                until = line.number - 1 if line else self._last
                words += f" Lines {part.line} to {until} were taken to be in it."
            holder = part.faults if part.name != "VCALENDAR" else self.faults
            holder.append(fault(part.line, words, look=part.name != "VCALENDAR"))

    def _stray_line(self, line: Line) -> None:
        if len(self._open) > 1:
            self._open[1].unread.add(line)
        else:
            self._stray.add(line)

    def _tell_strays(self) -> None:
        """One fault for each run of lines that belong to nothing."""
        last = self._stray.last
        if last:
            first = self._stray.first[0]
            many = (
                f"Lines {first.number} to {last.number} belong"
                if last is not first
                else f"Line {first.number} belongs"
            )
            text = shown(":".join(filter(None, (first.name, first.value))))
            words = f"{many} to nothing in the calendar: {text}"
            self.faults.append(fault(first.number, words, look=not first.name.startswith("X-")))
            self._stray = Run()


def unread_lines(part: Part) -> list[Fault]:
    """The lines of a component that are none: the first few in words, the rest as a number."""
    run = part.unread
    found = [fault(x.number, f"Line {x.number} could not be read: {shown(x.value or x.name)}") for x in run.first]
    if run.last and run.count > MOST_UNREAD:
        begin, rest = run.first[-1].number + 1, run.count - MOST_UNREAD
        found.append(fault(begin, f"{rest:,} more lines, from {begin} to {run.last.number}, could not be read."))
    return found


def shown(text: str) -> str:
    """A piece of foreign text, short and clean enough to stand in a sentence."""
    text = "".join(c if c.isprintable() else " " for c in text[: _SHOWN * 2]).strip()
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
