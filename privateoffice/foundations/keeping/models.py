"""What the house knows of its own keeping: backups made, backups tried, and files found damaged."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.records.models import Original


class BackupQuerySet(models.QuerySet):
    def good(self):
        """Those that came to their end and were read again, newest first."""
        return self.exclude(ended_at=None).order_by("-ended_at")

    def running(self, since):
        return self.filter(ended_at=None, began_at__gte=since)


class Backup(models.Model):
    """One backup of the whole house. It has an end once the file was whole on the disk, and was read again."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
    is_sealed = models.BooleanField(default=False)

    objects = BackupQuerySet.as_manager()

    def __str__(self):
        return self.file


class Trial(models.Model):
    """A backup that was restored into an empty place, compared, and found equal."""

    made_at = models.DateTimeField()  # the moment of the backup
    tried_at = models.DateTimeField(default=timezone.now)
    seal = models.CharField(max_length=64)
    rows = models.PositiveBigIntegerField()
    files = models.PositiveBigIntegerField()

    def __str__(self):
        return self.seal[:12]


class DamageQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(mended_at=None)


class Damage(models.Model):
    """A kept file that is missing or altered, until it is whole again. It names nothing that the file says."""

    original = models.ForeignKey(Original, models.CASCADE, related_name="+")
    words = models.CharField(max_length=200)
    found_at = models.DateTimeField(default=timezone.now)
    mended_at = models.DateTimeField(null=True)

    objects = DamageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["original"], condition=models.Q(mended_at=None), name="a_file_is_damaged_once"
            )
        ]

    def __str__(self):
        return self.words
