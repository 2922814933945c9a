"""The eight sections of a cover note: six from live data, and the two that only a person knows."""

from collections.abc import Iterator
from datetime import date, timedelta

from privateoffice.desk.handover.models import Group, Line, Section
from privateoffice.desk.handover.services import diary, people, work
from privateoffice.desk.handover.services.knowing import known_of
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.models import Cover
from privateoffice.foundations.records.withheld import hidden_counts
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Door

MOST_DAYS = 15


def gather(cover: Cover) -> Iterator[Section]:
    """All eight, in the order in which they are read."""
    first, last = days_of(cover)
    known = known_of(cover.office, cover.role)
    yield glance(cover, first, last)
    yield Section(
        "Rhythm",
        "What comes again and again, and what the house does by itself.",
        groups=(diary.rhythm(first), by_itself()),
    )
    yield in_flight(cover, last)
    yield Section("Key people", "Who sits here, and who writes and rings most.", groups=people.key_people(cover))
    yield systems(cover)
    yield Section("Suppliers and other units", "Who takes what is not ours.", groups=people.suppliers())
    yield Section("Unwritten rules", "" if known.rules else "Nothing has been written down yet.", known.rules)
    yield Section("Open questions", "" if known.questions else "None was written down.", known.questions)


def days_of(cover: Cover) -> tuple[date, date]:
    """The first and the last day of cover, of a long one as many as can be read."""
    first = max(clock.day_of(cover.starts_at), clock.today())
    last = clock.day_of(cover.stops_at)
    return first, max(first, min(last, first + timedelta(days=MOST_DAYS)))


def glance(cover: Cover, first: date, last: date) -> Section:
    """The Commander on one page: who it is, what waits for their word, and where they are on those days."""
    groups = (people.commander(cover), work.decisions(), diary.days(first, last))
    return Section("Commander at a glance", f"{words.weekday(first)} to {words.weekday(last)}.", groups=groups)


def in_flight(cover: Cover, last: date) -> Section:
    """What is open and comes up by the end of cover, and what is kept back as a number."""
    hidden = hidden_counts(cover.office)
    kept = [
        words.counted(hidden[kind.label], kind.word, kind.words) for kind in house.kinds() if kind.label in hidden
    ]
    lead = f"Not shown under cover: {', '.join(kept)}." if kept else "Nothing is kept back."
    return Section("In flight", lead, groups=(*work.not_dealt_with(), *work.coming_up(clock.closing(last))))


def by_itself() -> Group:
    """What nobody has to remember."""
    return Group(
        "By itself",
        (
            Line("The day pack is made", "For the next working day", "5:00pm, and 7:00am if something changed"),
            Line("Owners of actions are chased", "Five working days before, on the day, then weekly", "8:00am"),
            Line("Units that were asked to take an enquiry are chased", "", "Each working hour"),
            Line("The ledger is checked", "What was dropped stands on Today", "Five past each hour"),
        ),
    )


def systems(cover: Cover) -> Section:
    """Where things are in this house, with their keys, and how the office is reached."""
    office = cover.office
    reached = Group(
        "How the office is reached",
        tuple(
            Line(word, value)
            for word, value in (
                ("Mailbox", office.email),
                ("Phone", office.phone),
                ("Address", ", ".join(office.address.splitlines())),
            )
            if value
        ),
    )
    doors = [door for room in house.rooms() for door in room.doors if _is_open(door)]
    places = Group("Where things are", tuple(Line(door.word, f"Press g then {door.key}") for door in doors))
    return Section("Systems", "Each page of the office has a key.", groups=(reached, places))


def _is_open(door: Door) -> bool:
    return bool(door.key) and not door.is_of_the_house and (not door.verb or policy.allows(door.verb))
