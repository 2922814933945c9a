"""Who does the duties of a rota, what they are fit for, and when they are away."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.rooms.rotas.models.rota import DutyType, Rota

FIRST_MONDAY = date(2024, 1, 1)
"""From here the weeks of a pattern are counted where its own first Monday is not said."""


class DatedQuerySet(models.QuerySet):
    """Rows that stand from a day to a day; the last day is open where none is set."""

    def between(self, first: date, last: date):
        return self.filter(Q(starts_on__lte=last), Q(ends_on=None) | Q(ends_on__gte=first))

    def on(self, day: date):
        return self.between(day, day)


class Member(models.Model):
    """A person on a rota from a day to a day, with their share and the duties that they do.

    `pattern` holds the working weeks in turn, from the Monday `pattern_from`, each as seven marks from Monday on:
    "1110000" works Monday to Wednesday; empty is every day. `share` is in hundredths. `excused` names what they
    are excused from: night, weekend, bank holiday.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    rota = models.ForeignKey(Rota, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    duty_types = models.ManyToManyField(DutyType, related_name="+")
    share = models.PositiveSmallIntegerField("share of a full turn, in hundredths", default=100)
    pattern = models.CharField("working pattern", max_length=120, blank=True)
    pattern_from = models.DateField(null=True, blank=True)
    excused = models.CharField("excused from", max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    opted_out_on = models.DateField("opted out of the 48 hours on", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=100)

    objects = OfficeManager.from_queryset(DatedQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["order", "person__surname", "person__forenames", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rota", "person"], condition=Q(ends_on=None), name="a_person_is_on_a_rota_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="a_member_ends_after_the_start"
            ),
        ]

    def __str__(self):
        return self.person.ranked_name

    @property
    def weeks(self) -> tuple[str, ...]:
        return tuple(self.pattern.split())

    def works_on(self, day: date) -> bool:
        """Whether their working pattern has this day."""
        if not self.weeks:
            return True
        week = (day - (self.pattern_from or FIRST_MONDAY)).days // 7 % len(self.weeks)
        return self.weeks[week][day.weekday()] == "1"

    def stands_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Skill(models.Model):
    """What a person is accredited for, and to which day: PIP 3, family liaison, firearms command."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    starts_on = models.DateField("in date from")
    ends_on = models.DateField("in date to", null=True, blank=True)

    objects = OfficeManager.from_queryset(DatedQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["name", "-starts_on", "pk"]
        indexes = [models.Index(fields=["person", "name"], name="skills_of_a_person")]

    def __str__(self):
        return self.name


class Away(models.Model):
    """Days on which a person cannot do a duty, or only some: leave, court, a course, sick, restricted."""

    class Kind(models.TextChoices):
        LEAVE = "leave", "Leave"
        COURT = "court", "Court"
        COURSE = "course", "Course"
        SICK = "sick", "Sick"
        RESTRICTED = "restricted", "Restricted duties"
        OTHER = "other", "Not available"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    objects = OfficeManager.from_queryset(DatedQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["office", "starts_on"], name="away_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="away_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} from {self.starts_on}"
