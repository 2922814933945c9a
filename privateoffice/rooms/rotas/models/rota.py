"""A rota of the unit, and the duties that somebody must do under it."""

from datetime import date, datetime, time, timedelta

from django.core.validators import RegexValidator
from django.db import models

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager

A_DAY = timedelta(days=1)
LETTER = RegexValidator(r"^[A-Z]{1,2}$", "One or two capital letters")
RUNS = RegexValidator(r"^-?[1-9]\d?(,-?[1-9]\d?)*$", "Whole days with commas between them, such as 7 or 4,3")


class Rota(models.Model):
    """One standing rota of an office, such as on call; its periods are made one after another."""

    class Approver(models.TextChoices):
        STAFF_OFFICER = "staff_officer", "the Staff Officer"
        COMMANDER = "commander", "the Commander"
        NOBODY = "nobody", "nobody: both people agreeing is enough"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    swaps_approved_by = models.CharField(max_length=20, choices=Approver.choices, default=Approver.STAFF_OFFICER)
    publish_days_before = models.PositiveSmallIntegerField(
        "days before its start that it is published", default=30
    )
    told_weekly = models.TextField("who gets the look-ahead each week", blank=True)
    order = models.PositiveSmallIntegerField(default=100)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["order", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["office", "slug"], name="one_rota_a_name_in_an_office")]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return f"/{self.office.slug}/rotas/{self.slug}/"


class DutyType(models.Model):
    """A duty that one person at a time answers for: on-call SIO, Det Supt, duty officer, press.

    `runs` are the days of its blocks in turn, from `anchored_on`: "7" is a week, "4,3" Monday to Thursday and
    Friday to Sunday, "5,-2" weekdays only, "7,-7" every second week. Times are London's, and stay so over
    the nights when the clocks change. A duty that a desk answers always has a `desk` and no people.
    """

    class Colour(models.TextChoices):
        BLUE = "blue", "Blue"
        VIOLET = "violet", "Violet"
        GREEN = "green", "Green"
        GREY = "grey", "Grey"
        AMBER = "amber", "Amber"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    rota = models.ForeignKey(Rota, models.CASCADE, related_name="duty_types")
    name = models.CharField(max_length=60)
    letter = models.CharField("letter in the grid", max_length=2, validators=[LETTER])
    colour = models.CharField(max_length=10, choices=Colour.choices, default=Colour.BLUE)
    order = models.PositiveSmallIntegerField("place in the order of escalation", default=100)
    runs = models.CharField("days of its blocks in turn", max_length=60, default="7", validators=[RUNS])
    anchored_on = models.DateField("a day on which a block begins", default=date(2024, 1, 1))
    begins = models.TimeField("it is handed over at", default=time(9))
    ends = models.TimeField("it ends at", default=time(9))
    ranks = models.CharField("ranks that may do it", max_length=200, blank=True)
    skill = models.CharField("skill that must be in date", max_length=60, blank=True)
    is_night = models.BooleanField("counts as a night", default=False)
    not_before = models.CharField("letters of duties that may not come right after it", max_length=60, blank=True)
    is_on_call = models.BooleanField("on call, paid by the allowance", default=True)
    desk = models.CharField("a desk that always answers", max_length=80, blank=True)
    desk_phone = models.CharField("its telephone", max_length=40, blank=True)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["order", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rota", "name"], name="one_duty_a_name_in_a_rota"),
            models.UniqueConstraint(fields=["rota", "letter"], name="one_duty_a_letter_in_a_rota"),
        ]

    def __str__(self):
        return self.name

    @property
    def rank_list(self) -> list[str]:
        return [rank.strip() for rank in self.ranks.split(",") if rank.strip()]

    @property
    def is_by_desk(self) -> bool:
        return bool(self.desk)

    def span(self, first: date, last: date) -> tuple[datetime, datetime]:
        """The instants at which a block of these days begins and ends."""
        over_night = self.ends <= self.begins
        return clock.moment(first, self.begins), clock.moment(last + A_DAY * over_night, self.ends)

    def blocks(self, first: date, last: date) -> list[tuple[date, date]]:
        """The first and last days of each block that touches the days asked for, cut at their edges."""
        if self.is_by_desk:
            return []
        runs = [int(run) for run in self.runs.split(",")]
        cycle = sum(map(abs, runs))
        day = first - timedelta(days=(first - self.anchored_on).days % cycle)
        found = []
        while day <= last:
            for run in runs:
                end = day + timedelta(days=abs(run) - 1)
                if run > 0 and end >= first and day <= last:
                    found.append((max(day, first), min(end, last)))
                day = end + A_DAY
        return found
