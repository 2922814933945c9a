"""The days of the sample: moments of office hours before and after today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from privateoffice.foundations.clock import clock, working_days

FIRST_DAY_BACK = 91
"""Three months, in days."""


@dataclass(frozen=True)
class Days:
    """Moments counted from one now, chosen by one dice."""

    now: datetime
    dice: Random

    @property
    def today(self) -> date:
        return clock.day_of(self.now)

    def worked(self, count: int) -> date:
        """A working day so many before (negative) or after today; with 0 today or the next one."""
        return working_days.add(self.today, count)

    def on(self, day: date, first: str = "08:35", last: str = "17:20") -> datetime:
        """A moment of a day's office hours."""
        start, end = clock.moment(day, first), clock.moment(day, last)
        return start + timedelta(seconds=self.dice.randrange(int((end - start).total_seconds())))

    def before(self, count: int, first: str = "08:35", last: str = "17:20") -> datetime:
        """A moment so many working days ago."""
        return self.on(self.worked(-count), first, last)

    def after(self, at: datetime, count: int) -> datetime:
        """A moment so many working days after another; within the same day where it is none."""
        if count:
            return self.on(working_days.add(clock.day_of(at), count))
        return at + timedelta(minutes=self.dice.randrange(8, 150))

    def ago(self, minutes: int) -> datetime:
        """Some minutes before now."""
        return self.now - timedelta(minutes=minutes, seconds=self.dice.randrange(60))
