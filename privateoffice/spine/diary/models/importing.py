"""What each import of a calendar brought: how much, and by name what needs a look or did not go into the diary."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import ItemManager, OfficeManager, RunManager
from privateoffice.foundations.records.models import Original

LONG_ENOUGH = timedelta(hours=1)


class ImportRunQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-begun_at", "-pk")

    def to_look_at(self):
        """Those that list something and that nobody has looked at."""
        return self.filter(look=None, listed__gt=0, ended_at__isnull=False)


class ImportRun(models.Model):
    """One import of a calendar file, by whom, with what outcome. `spool` is where an upload waits to be read."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    calendar = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.CharField(max_length=200)
    spool = models.CharField(max_length=64, blank=True)
    original = models.ForeignKey(Original, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    needs_a_look = models.PositiveIntegerField(default=0)
    listed = models.PositiveIntegerField(default=0)

    objects = RunManager.from_queryset(ImportRunQuerySet)()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["office", "number"], name="one_calendar_import_a_number")]
        indexes = [models.Index(fields=["office", "-begun_at"], name="calendar_imports_newest_first")]

    def __str__(self):
        return self.source

    def get_absolute_url(self) -> str:
        return f"/{self.office.slug}/diary/imports/{self.number}/"

    @property
    def state(self) -> str:
        """Read, being read, or broken off: then it is imported again, and nothing is doubled."""
        if self.ended_at:
            return "read"
        return "broken off" if clock.now() - self.begun_at > LONG_ENOUGH else "being read"


class Look(models.Model):
    """Somebody looked at what an import listed."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    run = models.OneToOneField(ImportRun, models.CASCADE, related_name="look")
    looked_at = models.DateTimeField(default=timezone.now)
    looked_by = models.CharField(max_length=200)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.looked_by} at {self.run}"


class ImportItem(models.Model):
    """One thing that an import lists by name. What is held outside has a digest and a line and nothing more.

    What stands here is fit for everybody in the office who sees the diary: of what is private or sensitive
    the title is left out, and the bytes are to be had where the engagement itself is.
    """

    class Outcome(models.TextChoices):
        DAMAGED = "damaged", "Needs a look"
        CLAIM = "claim", "A claim: the diary has not changed"
        OLDER = "older", "Older than what is held"
        NO_ENGAGEMENT = "no_engagement", "Not an engagement"
        UNREAD = "unread", "Could not be read"
        HELD_OUTSIDE = "held_outside", "Held outside, call security"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    line = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    reasons = models.JSONField(default=list)
    is_open = models.BooleanField(default=False)
    original = models.ForeignKey(Original, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ItemManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_calendar_item_a_number")]
        indexes = [models.Index(fields=["office", "digest"], name="calendar_items_by_digest")]

    def __str__(self):
        return self.title or f"line {self.line}"
