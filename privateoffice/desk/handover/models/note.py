"""The cover note, one for each grant of cover, and what whoever covered hands back."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import BooleanField, F, Value
from django.utils import timezone

from privateoffice.desk.handover.models.shapes import Section, as_read
from privateoffice.foundations.offices.models import Cover
from privateoffice.foundations.records.models import Original, Part, Record, RecordQuerySet
from privateoffice.foundations.records.scoped import PartManager, RecordManager


class CoverNoteQuerySet(RecordQuerySet):
    def of(self, cover: Cover):
        return self.filter(cover=cover)

    def with_cover(self):
        return self.select_related("office", "cover__coverer", "cover__covered")

    def owing(self):
        """Open ones: each is its chair's until it is taken back, and comes up when cover ends."""
        return self.open().annotate(is_owned=Value(True, BooleanField()), next_at=F("due_at"))


class CoverNote(Record):
    """What whoever covers needs to know, as it was when the note was made. Open until the work is taken back."""

    cover = models.OneToOneField(Cover, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Original, models.PROTECT, related_name="+")
    said = models.JSONField(default=list)
    written_at = models.DateTimeField(default=timezone.now)

    objects = RecordManager.from_queryset(CoverNoteQuerySet)()

    class Meta:
        base_manager_name = "objects"

    @property
    def sections(self) -> list[Section]:
        return as_read(self.said)

    @property
    def handing_back(self) -> Any:
        """What was handed back, or nothing yet."""
        return self.handings_back.order_by("-pk").first()  # type: ignore[attr-defined]

    def is_ahead(self, now: datetime) -> bool:
        return self.cover.starts_at > now

    def is_over(self, now: datetime) -> bool:
        return self.cover.stops_at <= now


class HandingBack(Part):
    """What whoever covered leaves for whoever comes back, in their own words."""

    record = models.ForeignKey(CoverNote, models.CASCADE, related_name="handings_back")
    words = models.TextField()
    handed_at = models.DateTimeField(default=timezone.now)
    handed_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.words[:80]
