"""What the scanner said of each kept file, and the uploads that were not let in."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.models import Original


class ScanQuerySet(models.QuerySet):
    def harmful(self):
        return self.exclude(finding="")


class Scan(models.Model):
    """What a scanner said of one kept file. Clean, where it found nothing and nothing kept it from looking."""

    original = models.OneToOneField(Original, models.CASCADE, related_name="+")
    finding = models.CharField(max_length=200, blank=True)
    obstacle = models.CharField(max_length=200, blank=True)
    scanner = models.CharField(max_length=200)
    scanned_at = models.DateTimeField(default=timezone.now)

    objects = ScanQuerySet.as_manager()

    def __str__(self):
        return self.finding or self.obstacle or "clean"

    @property
    def words(self) -> str:
        """Why the file is not given out; nothing where it is."""
        if self.finding:
            return f"A virus was found in it ({self.finding}). It is kept in quarantine and not given out."
        if self.obstacle:
            return f"It could not be looked at for viruses, so it is not given out. {self.obstacle}"
        return ""


class Quarantined(models.Model):
    """An upload in which a virus was found: kept sealed, apart from the office’s files, given to nobody here."""

    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    finding = models.CharField(max_length=200)
    held_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.name}: {self.finding}"

    @property
    def place(self) -> str:
        """Its folder and name in the quarantine."""
        return f"{self.office_id or 0}/{self.digest}"
