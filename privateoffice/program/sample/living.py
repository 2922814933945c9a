"""Enquiries lived one by one through the room's own verbs: the newest, and all with a turn in them."""

from functools import partial

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.enquiries import Course
from privateoffice.program.sample.past import Past
from privateoffice.rooms.enquiries import services
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind

PART = "enquiries through their verbs"


class Life:
    """One enquiry as it is lived. What happens to it is planned now and done at its own moment."""

    enquiry: Enquiry

    def __init__(self, past: Past, cast: Cast, days: Days, course: Course):
        self.past, self.cast, self.days, self.course = past, cast, days, course

    def plan(self) -> None:
        """Plan every act of the course, then what its turn brings."""
        course = self.course
        self._act(course.received_at, self._log)
        if course.acknowledged_at:
            self._act(course.acknowledged_at, lambda: services.acknowledge(self.enquiry, how=course.channel))
        if course.redirected_at:
            self._act(course.redirected_at, self._redirect)
        if course.noted_at:
            self._act(course.noted_at, lambda: services.note(self.enquiry, text=course.note))
        if course.ended_at:
            self._act(course.ended_at, self._end, self._who_answers())
        if course.turn:
            getattr(self, f"_plan_{course.turn}")()

    def _act(self, at, do, who: Person | None = None) -> None:
        self.past.plan(PART, at, self.cast.office, who or self.cast.pa, do)

    def _who_answers(self) -> Person:
        return self.cast.staff_officer if self.course.kind.slug == "mp-assembly" else self.cast.pa

    def _log(self) -> None:
        course = self.course
        self.enquiry = services.log(
            title=course.title,
            asked=course.asked,
            channel=course.channel,
            kind=course.kind,
            marking=course.marking,
            handling=course.handling,
            **course.caller.as_logged,
        )

    def _redirect(self) -> None:
        unit = self.cast.outside[self.course.unit]
        services.redirect(self.enquiry, unit=unit, note="Caller told; please say that it is yours.")

    def _end(self) -> None:
        if self.course.ends_by_handing_over:
            services.accept(self.enquiry, accepted_by=self.course.taken_by)
        else:
            services.resolve(self.enquiry, answer=self.course.answer)

    def _plan_chase(self) -> None:
        for days_on in (1, 2):
            at = self.days.after(self.course.received_at, days_on)
            self._act(at, lambda: services.chase(self.enquiry))

    def _plan_reopen(self) -> None:
        at = self.days.before(1)
        self._act(at, partial(self._reopen, "The caller rang again: the answer was for another road."))

    def _reopen(self, reason: str) -> None:
        services.reopen(self.enquiry, reason=reason)

    def _plan_split(self) -> None:
        self._act(self.days.before(3), self._split)

    def _split(self) -> None:
        services.split(
            self.enquiry,
            title="Parking for visitors in the same week",
            asked="The same caller asks where visitors may park.",
            kind=EnquiryKind.objects.get(slug="general"),
        )

    def _plan_recall(self) -> None:
        self.course.unit = "Legal Services"
        self._act(self.days.before(3), self._redirect)
        self._act(self.days.before(2), self._recall)

    def _recall(self) -> None:
        services.recall(self.enquiry, reason="Legal services say that it is ours to answer.")

    def _plan_promise(self) -> None:
        self._act(self.days.before(2), self._promise)

    def _promise(self) -> None:
        due_at = clock.moment(self.days.worked(4), "17:30")
        services.promise(self.enquiry, due_at=due_at, reason="The team is at court until Wednesday.")

    def _plan_pass_on(self) -> None:
        self._act(self.days.before(3), self._pass_on)

    def _pass_on(self) -> None:
        services.pass_on(self.enquiry, role=Role.STAFF_OFFICER)

    def _plan_reclassify(self) -> None:
        self._act(self.days.before(3), self._reclassify)

    def _reclassify(self) -> None:
        services.reclassify(self.enquiry, kind=EnquiryKind.objects.get(slug="mp-assembly"))
