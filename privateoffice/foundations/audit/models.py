"""The one trail: entries that are only ever added, each chained to the one before, with no foreign keys."""

from django.db import models


class TrailIsAppendOnly(Exception):
    """An entry of the trail is never changed or removed."""


class EntryQuerySet(models.QuerySet):
    def of_record(self, record_id: int) -> "EntryQuerySet":
        return self.filter(record_id=record_id).order_by("-number")

    def update(self, **changes):
        raise TrailIsAppendOnly

    def delete(self):
        raise TrailIsAppendOnly


class Entry(models.Model):
    """Who did what to which record, for whom and when. Texts live with the record; only their digests are here."""

    office_id = models.BigIntegerField()  # 0 is the house itself
    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    for_whom = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=80)
    kind = models.CharField(max_length=80, blank=True)
    record_id = models.BigIntegerField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=list)
    digests = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    previous = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office_id", "number"], name="one_entry_a_number")]
        indexes = [
            models.Index(fields=["record_id", "number"], name="trail_of_a_record"),
            models.Index(fields=["office_id", "at"], name="trail_of_a_day"),
        ]

    def __str__(self):
        return f"{self.office_id}/{self.number} {self.verb}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TrailIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TrailIsAppendOnly


class Head(models.Model):
    """The end of one office's chain. Its row lock lets one verb at a time write to the chain."""

    office_id = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, default="")

    def __str__(self):
        return f"{self.office_id}: {self.number}"
