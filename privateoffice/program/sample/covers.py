"""Cover between offices: one afternoon last week, one that stands now, one that comes in three working days."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from privateoffice.desk.handover import services as handover
from privateoffice.desk.handover.models import CoverNote
from privateoffice.desk.ledger import services as ledger
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.roles import Role
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.past import Past
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import Enquiry

PART = "cover"

RULES = """The Commander takes no calls before the morning meeting ends.
Papers come on one side, with the recommendation first.
A family’s letter is never acknowledged by a standard line: ring first.
The last half hour of Friday stays free."""

QUESTIONS = """Who pays for the room at the county’s centre?
Whether the visitors in spring need a car. The Staff Officer may know."""

HANDED_BACK = """The coroner’s officer rang twice and will ring again on Thursday morning.
I promised the Press Bureau nothing.
The room for Friday is booked in your name."""


def plan(past: Past, casts: list[Cast]) -> None:
    """Homicide's PA stands in for Proactive's: on an afternoon last week, and today; next it is the other way."""
    coverer, covered = casts[0], casts[1]
    days = Days(past.now, Random("cover"))
    for cast in casts:
        past.plan(PART, days.before(30), cast.office, cast.pa, partial(_write_down, cast))
        past.plan(PART, past.now, cast.office, None, partial(_look, cast))
    _plan_last_week(past, days, coverer, covered)
    today = _today(past.now)
    _grant(past, coverer, covered, days.before(1), *today, "A course in the north")
    past.plan(PART, today[0] - timedelta(minutes=5), covered.office, None, _propose)
    leave = clock.moment(days.worked(3), "08:00"), clock.moment(days.worked(5), "17:30")
    _grant(past, covered, coverer, days.before(2), *leave, "Annual leave")


def _plan_last_week(past: Past, days: Days, coverer: Cast, covered: Cast) -> None:
    """An afternoon that is over: the note, three acts in another's name, and a word on handing back."""
    day = days.worked(-6)
    moments = clock.moment(day, "12:00"), clock.moment(day, "17:00")
    _grant(past, coverer, covered, days.before(9), *moments, "At a course for the afternoon")
    past.plan(PART, clock.moment(days.worked(-8), "06:45"), covered.office, None, _propose)
    for hour in ("13:05", "14:20", "16:10"):
        past.plan(PART, clock.moment(day, hour), covered.office, coverer.pa, lambda: _note(covered))
    past.plan(PART, clock.moment(day, "16:50"), covered.office, coverer.pa, _hand_back)


def _today(now: datetime) -> tuple[datetime, datetime]:
    """From this morning to five, or for some hours where the sample is loaded late."""
    day = clock.day_of(now)
    start = min(clock.moment(day, "07:00"), now - timedelta(hours=1))
    five = clock.moment(day, "17:00")
    return start, five if five - now > timedelta(hours=1) else now + timedelta(hours=6)


def _grant(
    past: Past, coverer: Cast, covered: Cast, at: datetime, starts_at: datetime, ends_at: datetime, reason: str
) -> None:
    def grant() -> None:
        services.grant_cover(
            office=covered.office,
            coverer=coverer.pa,
            covered=covered.pa,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=reason,
        )

    past.plan(PART, at, covered.office, covered.pa, grant)


def _propose() -> None:
    """What the schedule does on working mornings."""
    handover.freshen(clock.now())


def _look(cast: Cast) -> None:
    """The last things before now: the notes that are wanted, and the hourly check of the ledger."""
    handover.freshen(clock.now())
    ledger.check(cast.office)


def _write_down(cast: Cast) -> None:
    handover.write_down(cast.office, role=Role.PA, rules=RULES, questions=QUESTIONS)


def _hand_back() -> None:
    note = CoverNote.objects.open().order_by("-pk").first()
    if note:
        handover.hand_back(note, words=HANDED_BACK)


def _note(covered: Cast) -> None:
    enquiry = Enquiry.objects.in_hand().order_by("-received_at").first()
    if enquiry:
        enquiries.note(enquiry, text=f"Rang for {covered.pa.name}: the unit will answer tomorrow.")
