"""Three months of enquiries: what was asked, by whom, and how each one went."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.records.markings import Marking
from privateoffice.program.sample.callers import Callers, Said
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import FIRST_DAY_BACK, Days
from privateoffice.program.sample.words import fields, sentences
from privateoffice.rooms.enquiries.models import EnquiryKind

A_MONTH = 250
SENSITIVE = "PERSONAL DATA. Recipients only: private office"
HEARD = "WELFARE. Named readers only"
MIX = {
    "general": 46,
    "partner": 13,
    "commander": 5,
    "mp-assembly": 5,
    "jobs-vetting": 7,
    "staff-welfare": 2,
    "press": 5,
    "complaint": 5,
    "victim-family": 4,
    "information": 3,
    "foi": 2,
    "subject-access": 1,
    "court-order": 1,
    "emergency": 1,
    "threat-to-life": 0.2,
}
DOORS = {
    "emergency": "Central Call Handling",
    "threat-to-life": "Central Call Handling",
    "victim-family": "Central Incident Room",
    "information": "Central Incident Room",
    "complaint": "Professional Standards",
    "press": "Press Bureau",
    "foi": "Central Information Rights Unit",
    "subject-access": "Central Information Rights Unit",
    "court-order": "Legal Services",
}
"""Which unit takes each kind that came to the wrong door."""

TAKERS = (
    "the duty desk",
    "the shift supervisor",
    "their casework team",
    "the desk officer",
    "their office manager",
)
HOW = ("phone", "phone", "phone", "phone", "email", "email", "email", "in_person")
IN_TIME = 0.9


@dataclass
class Course:
    """One enquiry from its receipt to its end, as it is going to be lived. What is None did not happen yet."""

    kind: EnquiryKind
    title: str
    asked: str
    answer: str
    channel: str
    caller: Said
    received_at: datetime
    marking: int = Marking.OFFICIAL
    handling: str = ""
    acknowledged_at: datetime | None = None
    redirected_at: datetime | None = None
    unit: str = ""
    taken_by: str = ""
    ended_at: datetime | None = None
    noted_at: datetime | None = None
    note: str = ""
    turn: str = ""

    @property
    def ends_by_handing_over(self) -> bool:
        return bool(self.unit)


class Writer:
    """Writes the enquiries of one office."""

    def __init__(self, cast: Cast, days: Days, callers: Callers):
        self.cast, self.days, self.callers = cast, days, callers
        self.dice: Random = days.dice
        self.kinds = {kind.slug: kind for kind in EnquiryKind.objects.all()}
        self.asks: dict[str, list[dict[str, str]]] = {}
        for ask in sentences("asks"):
            self.asks.setdefault(ask["kind"], []).append(ask)

    def courses(self, scale: float) -> list[Course]:
        """Every enquiry of three months, oldest first, then those that are alive now."""
        moments = sorted(self._moments(int(3 * A_MONTH * scale)))
        slugs = self.dice.choices(list(MIX), weights=list(MIX.values()), k=len(moments))
        return [self._lived(self.asked(slug, at)) for slug, at in zip(slugs, moments, strict=True)]

    def _moments(self, how_many: int) -> Iterator[datetime]:
        """Moments of receipt: office hours mostly, a few at weekends, none later than now."""
        days = [self.days.today - timedelta(days=back) for back in range(FIRST_DAY_BACK + 1)]
        weights = [1.0 if working_days.is_working(day) else 0.05 for day in days]
        for day in self.dice.choices(days, weights=weights, k=how_many):
            at = self.days.on(day)
            yield at if at < self.days.now else self.days.on(self.days.worked(-self.dice.randrange(1, 60)))

    def asked(self, slug: str, at: datetime) -> Course:
        """A question of a kind, put at a moment."""
        ask = self.dice.choice(self.asks[slug])
        said = self.callers.one(ask["from"])
        chosen = fields(self.dice, self.cast.plan.units, said.organisation)
        course = Course(
            kind=self.kinds[slug],
            title=_sentence(ask["title"], chosen),
            asked=_sentence(ask["asked"], chosen),
            answer=_sentence(ask["answer"], chosen),
            channel="email" if slug in {"foi", "subject-access", "court-order"} else self.dice.choice(HOW),
            caller=said,
            received_at=at,
        )
        if slug == "staff-welfare":
            course.marking, course.handling = Marking.OFFICIAL_SENSITIVE, HEARD
        elif slug == "victim-family" and self.dice.random() < 0.5:
            course.marking, course.handling = Marking.OFFICIAL_SENSITIVE, SENSITIVE
        return course

    def _lived(self, course: Course) -> Course:
        """How it went: nine in ten acknowledged and answered in time, and what was never finished."""
        at, dice = course.received_at, self.dice
        in_time = dice.random() < IN_TIME
        if course.kind.slug in DOORS:
            course.unit = DOORS[course.kind.slug]
            course.taken_by = dice.choice(TAKERS)
            course.redirected_at = min(self.days.after(at, 0), course.kind.reply_by(at))
            course.acknowledged_at = course.redirected_at
            course.ended_at = self._taken_at(course, in_time)
        else:
            course.ended_at = self._answered_at(course, in_time)
            course.acknowledged_at = self._acknowledged_at(course)
        if dice.random() < 0.2 and course.ended_at:
            course.noted_at = at + (course.ended_at - at) / 2
            course.note = dice.choice(NOTES)
        return course

    def _taken_at(self, course: Course, in_time: bool) -> datetime:
        handed = course.redirected_at or course.received_at
        if in_time:
            end = max(course.kind.reply_by(course.received_at), handed + timedelta(minutes=5))
            return handed + (end - handed) * self.dice.uniform(0.1, 0.95)
        return self.days.after(handed, self.dice.randrange(1, 4))

    def _answered_at(self, course: Course, in_time: bool) -> datetime:
        at, due = course.received_at, course.kind.reply_by(course.received_at)
        if not in_time:
            return self.days.after(max(due, at), self.dice.randrange(1, 6))
        most = working_days.between(clock.day_of(at), clock.day_of(due))
        days = min(int(self.dice.triangular(0, most + 1, min(2, most))), most)
        answered = self.days.after(at, days)
        return answered if at < answered <= due else at + (due - at) * self.dice.uniform(0.2, 0.9)

    def _acknowledged_at(self, course: Course) -> datetime:
        at, by, ended = course.received_at, course.kind.acknowledge_by(course.received_at), course.ended_at
        if self.dice.random() < IN_TIME:
            told = at + (by - at) * self.dice.uniform(0.01, 0.6)
        else:
            told = self.days.after(by, 1)
        return min(told, ended) if ended else told


NOTES = (
    "Rang back; no answer. Left a message with the number of the office.",
    "Spoke to the team; they will send two lines by tomorrow.",
    "The caller is content to wait until Thursday.",
    "Asked the Staff Officer who should see this first.",
    "Found the earlier letter; same caller, same question.",
    "The unit says that it is theirs and will ring the caller.",
    "Asked for the reference; caller will send it by email.",
    "Draft seen and returned with one change.",
)


def _sentence(text: str, chosen: dict[str, str | int]) -> str:
    words = text.format_map(chosen)
    return words[0].upper() + words[1:]
