"""The kinds of enquiry: their clocks, where they should go, and what must happen at once."""

from datetime import date, datetime

from django.db import models

from privateoffice.foundations.clock import clock, promises, working_days


class EnquiryKind(models.Model):
    """A kind of enquiry, as data: clocks change with policy and never with a release."""

    class Clock(models.TextChoices):
        PROMISE = "promise", "promised in working days"
        SAME_DAY = "same_day", "the same day"
        FREEDOM_OF_INFORMATION = "foi", "20th working day, every UK holiday out"
        SUBJECT_ACCESS = "subject_access", "one month"

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=100)
    clock = models.CharField(max_length=20, choices=Clock.choices, default=Clock.PROMISE)
    acknowledge_in = models.PositiveSmallIntegerField(default=2)
    reply_in = models.PositiveSmallIntegerField(default=10)
    reply_at_most_in = models.PositiveSmallIntegerField(default=20)
    goes_to = models.CharField(max_length=200, blank=True)
    must_happen = models.TextField(blank=True)
    is_wrong_door = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def acknowledge_by(self, received_at: datetime) -> datetime:
        return _close_of_play(self._days_after(received_at, self.acknowledge_in))

    def reply_by(self, received_at: datetime) -> datetime:
        """When the answer, or the handing over, is promised or required by law."""
        return _close_of_play(self._reply_on(clock.london(received_at).date()))

    def reply_at_most_by(self, received_at: datetime) -> datetime:
        """The day that no promise goes beyond; for a statutory clock it is the statutory day."""
        received_on = clock.london(received_at).date()
        if self.clock == self.Clock.PROMISE:
            return _close_of_play(working_days.add(received_on, self.reply_at_most_in))
        return _close_of_play(self.statutory_on(received_on) or self._reply_on(received_on))

    def statutory_on(self, received_on: date) -> date | None:
        """The day that the law names, where it names one."""
        if self.clock == self.Clock.FREEDOM_OF_INFORMATION:
            return promises.foi_due(received_on)
        if self.clock == self.Clock.SUBJECT_ACCESS:
            return promises.subject_access_due(received_on)
        return None

    def _reply_on(self, received_on: date) -> date:
        if self.clock == self.Clock.PROMISE:
            return working_days.add(received_on, self.reply_in)
        return received_on if working_days.is_working(received_on) else working_days.next(received_on)

    def _days_after(self, received_at: datetime, days: int) -> date:
        return working_days.add(clock.london(received_at).date(), days)


def _close_of_play(day: date) -> datetime:
    return clock.moment(day, "17:30")
