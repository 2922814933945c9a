"""The Commander's diary: series, single engagements, holds, and the nights on which the clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from privateoffice.connectors.calendars.writing import calendar_of
from privateoffice.foundations.clock import clock, working_days
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import FIRST_DAY_BACK, Days
from privateoffice.program.sample.past import Past
from privateoffice.program.sample.words import fields, sentences
from privateoffice.spine.diary import services

PART = "diary"
AHEAD = 42
LEAP_DAY = date(2028, 2, 29)
ZONE = "Europe/London"
SERIES = (
    ("Chief officers’ group", 0, "09:00", 60, 1, "Room 1"),
    ("Reactive Review", 2, "08:30", 45, 1, "Room 4.12"),
    ("SLT", 3, "10:00", 90, 2, "Room 4.12"),
    ("Finance meeting", 1, "15:00", 60, 4, "Room 3.02"),
    ("People meeting", 3, "14:00", 60, 4, "Room 3.02"),
    ("Letters to sign", 4, "16:30", 30, 1, "Commander’s office"),
    ("On-call handover", 5, "09:00", 20, 1, "Telephone"),
    ("Look ahead to the week", 6, "17:00", 20, 1, "Telephone"),
)
"""What comes again: title, weekday, hour, minutes, every so many weeks, place."""

Event = dict[str, Any]


class Calendar:
    """The calendar of one Commander."""

    def __init__(self, past: Past, cast: Cast, days: Days):
        self.past, self.cast, self.days, self.dice = past, cast, days, days.dice

    def plan(self, scale: float) -> None:
        """Bring the calendar in as it stood a month ago, and again now with what was added since."""
        events = [*self._series(), *self._singles(1 if scale >= 1 else 0.3), *self._awkward()]
        known = [event for place, event in enumerate(events) if place < len(SERIES) or place % 3]
        for at, shown in ((self.past.now - timedelta(days=30), known), (self.past.now, events)):
            self.past.plan(PART, at, self.cast.office, self.cast.pa, lambda shown=shown: self._take_in(shown))

    def _take_in(self, events: list[Event]) -> None:
        name = f"{self.cast.commander.name}, diary"
        services.take_in(calendar_of(events, name=name), calendar=name, source=f"{self.cast.plan.slug}.ics")

    def _series(self) -> Iterator[Event]:
        first = self.days.today - timedelta(days=FIRST_DAY_BACK)
        for title, weekday, hour, minutes, weeks, place in SERIES:
            day = first + timedelta(days=(weekday - first.weekday()) % 7)
            event = self._event(title, day, hour, minutes, place)
            yield event | {"rrules": [f"FREQ=WEEKLY;INTERVAL={weeks}"]}

    def _singles(self, share: float) -> Iterator[Event]:
        """One to three on each working day; half as many the further ahead it is."""
        for far in range(-FIRST_DAY_BACK, AHEAD):
            day = self.days.today + timedelta(days=far)
            if not working_days.is_working(day):
                continue
            many = max(1, round(self.dice.randrange(1, 4) * share)) if -20 < far < 15 else round(share)
            for said in self.dice.sample(sentences("engagements"), many):
                yield self._single(said, day, far)

    def _single(self, said: dict[str, str], day: date, far: int) -> Event:
        chosen = fields(self.dice, self.cast.plan.units)
        chosen["manager"] = self.dice.choice([*self.cast.slt, *self.cast.managers()[:3]]).ranked_name
        place = said["place"].format_map(chosen)
        event = self._event(said["title"].format_map(chosen), day, said["hour"], int(said["minutes"]), place)
        is_hold = far > 5 and self.dice.random() < 0.2
        return event | {"status": "TENTATIVE" if is_hold else "CONFIRMED"}

    def _awkward(self) -> Iterator[Event]:
        """Over the hour that comes twice or never, on a leap day, private, sensitive, called off."""
        change = _next_change(self.days.today)
        yield self._event("Visit to the night duty", change, "00:30", 120, "Front desk")
        yield self._whole_day("Conference on disclosure", LEAP_DAY, "Northmere")
        tomorrow = self.days.worked(1)
        yield self._event("Private appointment", tomorrow, "12:30", 45, "") | {"class": "PRIVATE"}
        sensitive = "OFFICIAL-SENSITIVE: Gold group"
        yield self._event(sensitive, tomorrow, "14:00", 60, "Room 1")
        yield self._event("Press briefing", self.days.worked(2), "11:00", 30, "Foyer") | {"status": "CANCELLED"}
        yield self._whole_day("Leave, Siân D’Arcambal acts up", self.days.worked(8), "")

    def _event(self, title: str, day: date, hour: str, minutes: int, place: str) -> Event:
        start = datetime.combine(day, time.fromisoformat(hour))
        return {
            "uid": self._uid(),
            "summary": title,
            "location": place,
            "start": start.isoformat(),
            "starts_at": clock.moment(day, hour).isoformat(),
            "ends_at": (clock.moment(day, hour) + timedelta(minutes=minutes)).isoformat(),
            "zone": ZONE,
            "dtstamp": datetime.combine(self.days.today - timedelta(days=100), time(9), UTC),
            "organizer": {"name": self.cast.pa.name, "address": self.cast.pa.email},
        }

    def _whole_day(self, title: str, day: date, place: str) -> Event:
        event = self._event(title, day, "00:00", 0, place) | {"all_day": True}
        return event | {"first_day": day.isoformat(), "last_day": day.isoformat()}

    def _uid(self) -> str:
        return f"{self.dice.getrandbits(64):016x}@{self.cast.plan.slug}.example.org"


def _next_change(today: date) -> date:
    """The next Sunday on which the clocks change."""
    day = today
    while clock.elapsed(clock.moment(day), clock.moment(day + timedelta(days=1))) == timedelta(days=1):
        day += timedelta(days=1)
    return day
