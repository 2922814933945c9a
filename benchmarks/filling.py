"""An office with as many enquiries, actions and matters as are asked for, the same at every run.

Of every hundred, fifty are open and one of those is late; the others fall due over three hundred days.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding, Office, Person, Unit, User
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Audience, Closing, Matter, MatterEntry, Record
from privateoffice.rooms.enquiries.models import (
    Acknowledgement,
    Caller,
    Enquiry,
    EnquiryKind,
    Note,
    Redirection,
)
from privateoffice.spine.actions.models import Action, ChangeOfDate, Discharge, Risk

AT_ONCE = 5_000
BY = "A. Benchmark"


@dataclass
class Filling:
    """One office that grows, and the PA who looks at it."""

    office: Office
    pa: User
    now: datetime = field(default_factory=clock.now)
    size: int = 0

    @classmethod
    def begun(cls) -> "Filling":
        office = Office.objects.create(slug="homicide", code="HOM", name="Homicide", short_name="Homicide")
        person = Person.everyone.create(office=office, forenames="Delphine", surname="Hartsough")
        Holding.objects.create(
            person=person, office=office, role="pa", starts_at=clock.now() - timedelta(days=900)
        )
        user = User.objects.create(email="pa@specialist-crime.example", person=person)
        return cls(office, user)

    def grow_to(self, size: int) -> None:
        """Add what is missing up to `size` enquiries and as many actions, and a matter for every ten.

        The last thing is one act like any other, so that the office has a trail.
        """
        with scope.acting(self.pa, office=self.office):
            for start in range(self.size, size, AT_ONCE):
                with performing("records.make_many"):
                    self._add(range(start, min(start + AT_ONCE, size)))
            records.open_matter(title=f"The last act at {size}")
        self.size = size

    def _add(self, numbers: range) -> None:
        callers = _callers(self.office, numbers)
        kind, unit = EnquiryKind.objects.get(slug="general"), _unit()
        enquiries = records.make_many(
            Enquiry, [_enquiry(n, self._due(n), kind, callers[n % len(callers)]) for n in numbers]
        )
        _close(enquiries, numbers)
        self._parts_of_enquiries(enquiries, numbers, unit)
        actions = records.make_many(Action, [_action(n, self._due(n)) for n in numbers])
        _close(actions, numbers)
        self._parts_of_actions(actions, numbers)
        _matters([n for n in numbers if n % 10 == 0], enquiries)

    def _due(self, n: int) -> datetime:
        """Late, to come, or long past for what is closed."""
        if is_late(n):
            return self.now - timedelta(days=1 + n % 20)
        days = 1 + (n * 7919 % 300)
        return self.now + timedelta(days=days if is_open(n) else -days, minutes=n % 600)

    def _parts_of_enquiries(self, enquiries: list[Enquiry], numbers: range, unit: Unit) -> None:
        pairs = list(zip(numbers, enquiries, strict=True))
        Acknowledgement.objects.bulk_create(
            [
                Acknowledgement(enquiry=e, how="phone", acknowledged_at=e.received_at, acknowledged_by=BY)
                for n, e in pairs
                if n % 5
            ]
        )
        Redirection.objects.bulk_create(
            [
                Redirection(enquiry=e, unit=unit, chase_at=self.now, redirected_by=BY)
                for n, e in pairs
                if n % 100 == 2
            ]
        )
        Note.objects.bulk_create([Note(enquiry=e, text="Rang back.", noted_by=BY) for n, e in pairs if n % 4 == 0])
        Audience.objects.bulk_create([Audience(record=e, role="commander") for n, e in pairs if n % 200 == 3])

    def _parts_of_actions(self, actions: list[Action], numbers: range) -> None:
        pairs = list(zip(numbers, actions, strict=True))
        Discharge.objects.bulk_create(
            [
                Discharge(record=a, words="Done.", discharged_by=BY, owner_words=BY)
                for n, a in pairs
                if not is_open(n) or n % 100 == 4
            ]
        )
        Risk.objects.bulk_create(
            [Risk(record=a, reason="No answer", said_by=BY) for n, a in pairs if n % 100 == 6]
        )
        moved = [(n, a) for n, a in pairs if n % 20 == 8]
        ChangeOfDate.objects.bulk_create(
            [
                ChangeOfDate(
                    record=a, from_on=a.due_on - timedelta(days=7), to_on=a.due_on, reason="Leave", changed_by=BY
                )
                for _, a in moved
            ]
        )


def is_open(n: int) -> bool:
    return n % 2 == 0


def is_late(n: int) -> bool:
    return n % 100 == 0


def _callers(office: Office, numbers: range) -> list[Caller]:
    return Caller.objects.bulk_create(
        [
            Caller(office=office, name=f"Caller {n}", email=f"caller{n}@specialist-crime.example")
            for n in numbers[:: max(len(numbers) // 250, 1)]
        ]
    )


def _unit() -> Unit:
    return Unit.objects.get_or_create(name="Coroner liaison")[0]


def _enquiry(n: int, due_at: datetime, kind: EnquiryKind, caller: Caller) -> dict[str, Any]:
    received_at = due_at - timedelta(days=10)
    return {
        "title": f"Question {n * 7919 % 100_003} about the review",
        "asked": f"What became of item {n}?",
        "channel": "phone",
        "enquiry_kind": kind,
        "caller": caller,
        "made_at": min(received_at, clock.now()),
        "received_at": received_at,
        "acknowledge_by": received_at + timedelta(days=2),
        "due_at": due_at,
        "reply_at_most_by": due_at + timedelta(days=10),
        "marking": 2 if n % 50 == 5 else 1,
    }


def _action(n: int, due_at: datetime) -> dict[str, Any]:
    day = clock.day_of(due_at)
    return {
        "title": f"Send paper {n * 7919 % 100_003} to the panel",
        "made_at": min(due_at - timedelta(days=30), clock.now()),
        "due_on": day,
        "due_at": clock.closing(day, "17:30"),
        "owner_role": ("staff_officer", "commander", "pa", "slt_member")[n % 4],
        "setter_role": "pa",
        "marking": 2 if n % 50 == 5 else 1,
    }


def _close(made: list[Any], numbers: range) -> None:
    records.close_many(
        [
            Closing(record=one, outcome="answered", words="Answered.", closed_by=BY)
            for n, one in zip(numbers, made, strict=True)
            if not is_open(n)
        ]
    )


def _matters(numbers: list[int], enquiries: list[Enquiry]) -> None:
    """Every tenth enquiry is on a matter of its own."""
    matters = records.make_many(Matter, [{"title": f"Matter {n}"} for n in numbers])
    on: list[Record] = list(enquiries[::10])
    MatterEntry.objects.bulk_create(
        [MatterEntry(matter=matter, record=record) for matter, record in zip(matters, on, strict=False)]
    )
