"""What each import of mail brought: how much, and by name what needs a look, was not kept or could not be read."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, F, Value, When
from django.utils import timezone

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import ItemManager, OfficeManager, RunManager
from privateoffice.foundations.records.models import Original

LONG_ENOUGH = timedelta(hours=1)


class ImportRunManager(RunManager):
    def to_look_at(self):
        """Those that list something and that nobody has looked at."""
        return self.filter(look=None, listed__gt=0, ended_at__isnull=False)


class ImportRun(models.Model):
    """One import of mail from one place, by whom and with what outcome."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.CharField(max_length=200)
    spool = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    needs_a_look = models.PositiveIntegerField(default=0)
    listed = models.PositiveIntegerField(default=0)

    objects = ImportRunManager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["office", "number"], name="one_import_a_number")]
        indexes = [models.Index(fields=["office", "-begun_at"], name="imports_newest_first")]

    def __str__(self):
        return self.source

    def get_absolute_url(self) -> str:
        return f"/{self.office.slug}/mail/imports/{self.number}/"

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


class ImportItemQuerySet(models.QuerySet):
    def that_came_in(self):
        """What came and could not be kept or read, with when, and whether somebody looked at it."""
        looked = Case(When(run__look__isnull=False, then=Value("no_action")), default=Value(""))
        return self.select_related("run__office").annotate(came_at=F("run__begun_at"), disposition=looked)


class ImportItem(models.Model):
    """One thing that an import lists by name. What is held outside has a digest and a place and nothing more."""

    class Outcome(models.TextChoices):
        DAMAGED = "damaged", "Needs a look"
        UNREAD = "unread", "Could not be read"
        NO_MESSAGE = "no_message", "Not a message"
        TOO_LARGE = "too_large", "Too large to open here"
        HELD_OUTSIDE = "held_outside", "Held outside, call security"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="items")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    place = models.TextField()
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    reasons = models.JSONField(default=list)
    original = models.ForeignKey(Original, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ItemManager.from_queryset(ImportItemQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        indexes = [models.Index(fields=["office", "digest"], name="import_items_by_digest")]

    def __str__(self):
        return self.place
