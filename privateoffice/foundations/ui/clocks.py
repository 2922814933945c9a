"""The clock of something promised, drawn to scale in working days: received, acknowledged, promised, now, last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.clock.holidays import HolidaysUnknown
from privateoffice.foundations.clock.words import counted, short_day

LEFT, RIGHT = 8, 712
LETTER = 5.9  # how wide a letter of a label is, in the drawing's units


def days_between(start: date, end: date) -> int:
    """Working days; in years whose holidays are not known, five in seven, so that the drawing still stands."""
    try:
        return working_days.between(start, end)
    except HolidaysUnknown:
        return (end - start).days * 5 // 7


@dataclass(frozen=True)
class Label:
    """Words above the line and a day below it."""

    x: float
    anchor: str
    words: str
    day: str
    is_late: bool = False

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where the words stand, so that no two lie over each other."""
        width = max(len(self.words), len(self.day)) * LETTER
        start = {"start": self.x, "end": self.x - width, "middle": self.x - width / 2}[self.anchor]
        return start, start + width


@dataclass(frozen=True)
class PromiseClock:
    """What was promised, and how it stands. Days are days in London.

    `rule` is the sentence of the promise; `change_url` where it can be changed, with a reason.
    """

    title: str
    rule: str
    received_on: date
    promised_on: date
    acknowledged_on: date | None = None
    acknowledge_by: date | None = None
    answered_on: date | None = None
    last_on: date | None = None
    last_words: str = "Last date"
    change_url: str = ""
    change_words: str = "Change, with a reason"

    @property
    def until(self) -> date:
        """What is measured up to: the answer, or today."""
        return self.answered_on or clock.today()

    @property
    def end(self) -> date:
        return max(filter(None, (self.last_on, self.promised_on, self.until)))

    def x_of(self, day: date) -> float:
        whole = max(days_between(self.received_on, self.end), 1)
        passed = min(max(days_between(self.received_on, day), 0), whole)
        return round(LEFT + (RIGHT - LEFT) * passed / whole, 1)

    @property
    def days_late(self) -> int:
        return max(days_between(self.promised_on, self.until), 0)

    @property
    def is_late(self) -> bool:
        return self.until > self.promised_on

    @property
    def was_acknowledged_in_time(self) -> bool:
        if not self.acknowledged_on:
            return False
        return not self.acknowledge_by or self.acknowledged_on <= self.acknowledge_by

    @property
    def received_x(self) -> float:
        return LEFT

    @property
    def acknowledged_x(self) -> float | None:
        return self.x_of(self.acknowledged_on) if self.acknowledged_on else None

    @property
    def promised_x(self) -> float:
        return self.x_of(self.promised_on)

    @property
    def now_x(self) -> float:
        return self.x_of(self.until)

    @property
    def last_x(self) -> float | None:
        return self.x_of(self.last_on) if self.last_on else None

    @property
    def done_width(self) -> float:
        return round(min(self.now_x, self.promised_x) - LEFT, 1)

    @property
    def late_width(self) -> float:
        return round(max(self.now_x - self.promised_x, 0), 1)

    @property
    def ticks(self) -> list[float]:
        """One small stroke a working day; too many to count are not drawn."""
        whole = days_between(self.received_on, self.end)
        if not 0 < whole <= 60:
            return []
        return [round(LEFT + (RIGHT - LEFT) * day / whole, 1) for day in range(whole + 1)]

    @property
    def labels(self) -> list[Label]:
        """Those that fit, the weightiest first. What does not fit is still said in the sentence."""
        placed: list[Label] = []
        for label in self._wanted():
            start, stop = label.reach
            if all(stop + 4 < other.reach[0] or start > other.reach[1] + 4 for other in placed):
                placed.append(label)
        return placed

    @property
    def says_all(self) -> bool:
        return len(self.labels) == len(list(self._wanted()))

    def _wanted(self) -> Iterator[Label]:
        yield self._now_label()
        if self.last_on:
            yield Label(RIGHT + 2, "end", self.last_words, short_day(self.last_on))
        promised_anchor = "end" if self.promised_x > (LEFT + RIGHT) / 3 else "start"
        yield Label(
            self.promised_x + (-10 if promised_anchor == "end" else 10),
            promised_anchor,
            "Reply promised",
            short_day(self.promised_on),
        )
        yield Label(2, "start", "Received", short_day(self.received_on))
        if self.acknowledged_on:
            words = "Acknowledged, in time" if self.was_acknowledged_in_time else "Acknowledged, late"
            beside_received = LEFT + len("Received") * LETTER + 4
            yield Label(
                max((self.acknowledged_x or 0) + 12, beside_received),
                "start",
                words,
                short_day(self.acknowledged_on),
            )

    def _now_label(self) -> Label:
        anchor = "start" if self.now_x < (LEFT + RIGHT) * 0.7 else "end"
        return Label(
            self.now_x + (7 if anchor == "start" else -7),
            anchor,
            self._standing(),
            short_day(self.until),
            self.is_late,
        )

    def _standing(self) -> str:
        now = "Answered" if self.answered_on else "Now"
        if self.is_late:
            return f"{now}, {counted(self.days_late, 'day')} over" if self.days_late else f"{now}, over"
        left = days_between(self.until, self.promised_on)
        return f"{now}, in time" if self.answered_on else f"{now}, {counted(left, 'day')} left"

    @property
    def sentence(self) -> str:
        """The whole drawing in words, for those who do not see it and for narrow screens."""
        said = [f"Received {short_day(self.received_on)}."]
        if self.acknowledged_on:
            timely = "in time" if self.was_acknowledged_in_time else "late"
            said.append(f"Acknowledged {short_day(self.acknowledged_on)}, {timely}.")
        elif self.acknowledge_by:
            said.append(f"To be acknowledged by {short_day(self.acknowledge_by)}.")
        said.append(f"Reply promised for {short_day(self.promised_on)}.")
        said.append(f"{self._standing()}: {short_day(self.until)}.")
        if self.last_on:
            said.append(f"{self.last_words}: {short_day(self.last_on)}.")
        return " ".join(said)
