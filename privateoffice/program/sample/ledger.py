"""Enquiries of long ago, written a week at a time with everything that the verbs would have written.

One by one, three thousand of them would take minutes. Numbers, versions, parts and the trail are the same.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import search
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Closing
from privateoffice.program.sample.callers import Said
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.enquiries import Course
from privateoffice.program.sample.past import Past
from privateoffice.rooms.enquiries.models import (
    Acceptance,
    Acknowledgement,
    Caller,
    Enquiry,
    Note,
    Redirection,
)
from privateoffice.rooms.enquiries.models.caller import digits_of

PART = "enquiries by the week"
WEEK = timedelta(days=7)
AT_ONCE = 500
HANDED_OVER = "Caller told; please say that it is yours."


class Ledger:
    """The older enquiries of one office."""

    def __init__(self, past: Past, cast: Cast, courses: list[Course]):
        self.past, self.cast, self.courses = past, cast, courses
        self.enquiries: dict[int, Enquiry] = {}
        self.redirections: dict[int, Redirection] = {}
        self.callers: dict[Said, Caller] = {}

    def plan(self) -> None:
        """Write each week when it is over, and the last one now."""
        if not self.courses:
            return
        since = min(course.received_at for course in self.courses) - timedelta(minutes=1)
        while since < self.past.now:
            until = min(since + WEEK, self.past.now)
            self.past.plan(PART, until, self.cast.office, self.cast.pa, lambda a=since, b=until: self._write(a, b))
            since = until
        self.past.plan(PART, self.past.now, self.cast.office, self.cast.pa, self._index)

    def _write(self, since: datetime, until: datetime) -> None:
        def fell(at: datetime | None) -> bool:
            return at is not None and since < at <= until

        with performing("enquiries.log"):
            lines = [
                *self._take_in([course for course in self.courses if fell(course.received_at)]),
                *self._acknowledge([course for course in self.courses if fell(course.acknowledged_at)]),
                *self._note([course for course in self.courses if fell(course.noted_at)]),
                *self._redirect([course for course in self.courses if fell(course.redirected_at)]),
                *self._end([course for course in self.courses if fell(course.ended_at)]),
            ]
            audit.append(sorted(lines, key=lambda line: line.at))

    def _take_in(self, courses: list[Course]) -> Iterator[audit.Line]:
        self._meet({course.caller for course in courses} - self.callers.keys())
        made = records.make_many(Enquiry, [self._row(course) for course in courses])
        for course, enquiry in zip(courses, made, strict=True):
            self.enquiries[id(course)] = enquiry
            facts = {"channel": Enquiry.Channel(course.channel).label.lower(), "kind": course.kind.slug}
            yield self._line(course, "log", course.received_at, {"asked": course.asked}, facts)

    def _row(self, course: Course) -> dict[str, Any]:
        kind, at = course.kind, course.received_at
        return {
            "title": course.title,
            "asked": course.asked,
            "channel": course.channel,
            "enquiry_kind": kind,
            "caller": self.callers[course.caller],
            "marking": course.marking,
            "handling": course.handling,
            "made_at": at,
            "received_at": at,
            "acknowledge_by": kind.acknowledge_by(at),
            "due_at": kind.reply_by(at),
            "reply_at_most_by": kind.reply_at_most_by(at),
        }

    def _meet(self, people: Iterable[Said]) -> None:
        """Keep those who call for the first time."""
        new = sorted(people, key=lambda said: said.phone)
        made = [
            Caller(
                office=self.cast.office,
                name=said.name,
                organisation=said.organisation,
                phone=said.phone,
                phone_digits=digits_of(said.phone),
                email=said.email,
            )
            for said in new
        ]
        self.callers.update(zip(new, Caller.objects.bulk_create(made), strict=True))

    def _acknowledge(self, courses: list[Course]) -> Iterator[audit.Line]:
        Acknowledgement.objects.bulk_create(
            Acknowledgement(
                enquiry=self.enquiries[id(course)],
                how=course.channel,
                acknowledged_at=course.acknowledged_at,
                acknowledged_by=self.cast.pa.name,
            )
            for course in courses
        )
        for course in courses:
            yield self._line(course, "acknowledge", course.acknowledged_at, {}, {"how": course.channel})

    def _note(self, courses: list[Course]) -> Iterator[audit.Line]:
        Note.objects.bulk_create(
            Note(
                enquiry=self.enquiries[id(course)],
                text=course.note,
                noted_at=course.noted_at,
                noted_by=self.cast.pa.name,
            )
            for course in courses
        )
        for course in courses:
            yield self._line(course, "note", course.noted_at, {"note": course.note}, {})

    def _redirect(self, courses: list[Course]) -> Iterator[audit.Line]:
        asked = [
            Redirection(
                enquiry=self.enquiries[id(course)],
                unit=self.cast.outside[course.unit],
                note=HANDED_OVER,
                redirected_at=course.redirected_at,
                redirected_by=self.cast.pa.name,
                chase_at=_next_chase(course),
            )
            for course in courses
        ]
        for course, redirection in zip(courses, Redirection.objects.bulk_create(asked), strict=True):
            self.redirections[id(course)] = redirection
            yield self._line(
                course, "redirect", course.redirected_at, {"note": HANDED_OVER}, {"unit": course.unit}
            )

    def _end(self, courses: list[Course]) -> Iterator[audit.Line]:
        handed = [course for course in courses if course.ends_by_handing_over]
        self._accept(handed)
        records.close_many(
            Closing(
                record=self.enquiries[id(course)],
                outcome="re-directed" if course.ends_by_handing_over else "answered",
                words=f"{course.unit}: {course.taken_by}" if course.ends_by_handing_over else course.answer,
                closed_at=course.ended_at,
                closed_by=self._who(course).name,
            )
            for course in courses
        )
        for course in courses:
            if course.ends_by_handing_over:
                said, facts = {"accepted_by": course.taken_by}, {"unit": course.unit}
                yield self._line(course, "accept", course.ended_at, said, facts)
            else:
                yield self._line(course, "resolve", course.ended_at, {"answer": course.answer}, {})

    def _accept(self, courses: list[Course]) -> None:
        taken = [
            Acceptance(
                enquiry=self.enquiries[id(course)], accepted_by=course.taken_by, accepted_at=course.ended_at
            )
            for course in courses
        ]
        redirections = [self.redirections[id(course)] for course in courses]
        for redirection, acceptance in zip(redirections, Acceptance.objects.bulk_create(taken), strict=True):
            redirection.acceptance = acceptance
        Redirection.objects.bulk_update(redirections, ["acceptance"], batch_size=100)

    def _line(
        self, course: Course, verb: str, at: datetime | None, texts: dict[str, str], facts: dict[str, Any]
    ) -> audit.Line:
        enquiry, who = self.enquiries[id(course)], self._who(course) if verb == "resolve" else self.cast.pa
        return audit.Line(
            office_id=self.cast.office.pk,
            actor_id=who.pk,
            actor=who.name,
            for_whom="",
            verb=f"enquiries.{verb}",
            at=at or course.received_at,
            kind=Enquiry._meta.label_lower,
            record_id=enquiry.pk,
            reference=enquiry.reference,
            texts=texts,
            facts=facts,
        )

    def _who(self, course: Course) -> Person:
        return self.cast.staff_officer if course.kind.slug == "mp-assembly" else self.cast.pa

    def _index(self) -> None:
        """Make them all found by search, as they stand now."""
        ids = [enquiry.pk for enquiry in self.enquiries.values()]
        for start in range(0, len(ids), AT_ONCE):
            batch = Enquiry.objects.filter(pk__in=ids[start : start + AT_ONCE])
            with performing("enquiries.log"):
                search.index_many(
                    batch.select_related("caller", "enquiry_kind").prefetch_related("notes", "closings")
                )


def _next_chase(course: Course) -> datetime:
    day = clock.day_of(course.redirected_at or course.received_at)
    return clock.moment(working_days.add(day, 1), "14:00")
