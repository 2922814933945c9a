"""The record, anything the office keeps; its parts; and how it ends, in rows instead of flags."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import NotInAVerb, inside_a_verb
from privateoffice.foundations.records.asking import Asked, Reference
from privateoffice.foundations.records.finding import Matches, hits_newest_first
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.scoped import PartManager, RecordManager, ScopedQuerySet
from privateoffice.foundations.registry import house


class RecordQuerySet(ScopedQuerySet):
    """The questions that can be asked of every kind of record."""

    def open(self):
        """Those without a closing that still stands."""
        return self.filter(ended_at=None)

    def closed(self):
        return self.filter(ended_at__isnull=False)

    def overdue(self, at):
        return self.open().filter(due_at__lt=at)

    def numbered(self, year: int, number: int):
        return self.filter(year=year, number=number)

    def found(self, asked: Asked):
        """Those whose title and text hold every phrase asked for; none where nothing was."""
        return self.filter(Matches(asked)) if asked else self.none()

    def hits(self, asked: Asked):
        """Those found, the newest first: for a page of hits, of which only so many are taken."""
        return hits_newest_first(self, asked) if asked else self.none()

    def referred(self, reference: Reference):
        """Those that a reference can mean, whole or in part."""
        said = {"year": reference.year, "kind": reference.kind, "office__code": reference.office}
        return self.filter(number=reference.number, **{name: value for name, value in said.items() if value})

    def with_end(self):
        """With whether a closing stands, as `has_ended`, so that many are asked at once."""
        return self.annotate(has_ended=Exists(Closing.objects.standing().filter(record_id=OuterRef("pk"))))


class Record(models.Model):
    """Anything the office keeps: it has an office, a marking, a reference, a title and perhaps a date due.

    `ended_at` is the moment of the closing that stands, written with it and never by itself: an index can leave
    out what is closed only where the record's own row says so.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=40)
    marking = models.PositiveSmallIntegerField(choices=Marking.choices, default=Marking.OFFICIAL)
    handling = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200)
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    objects = RecordManager.from_queryset(RecordQuerySet)()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "year", "number"], name="one_record_a_number"),
            models.UniqueConstraint(fields=["reference"], name="one_record_a_reference"),
        ]
        indexes = [
            models.Index(fields=["office", "kind", "due_at"], name="records_by_due"),
            models.Index(
                fields=["office", "kind", "due_at"], name="records_open_by_due", condition=Q(ended_at=None)
            ),
            models.Index(fields=["office", "-made_at"], name="records_newest_first"),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def save(self, *args, **kwargs):
        self.guard(scope.current())
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.guard(scope.current())
        if not scope.current().system:
            raise PermissionDenied("a record leaves by a recorded disposal only")
        return super().delete(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"/{self.office.slug}/{self.kind_declared.path}/{self.year}/{self.number}/"

    def guard(self, acting: scope.Scope) -> None:
        """Refuse a write outside the scope or outside a verb."""
        if not acting.sees(self.office_id, self.marking):
            raise PermissionDenied("outside the scope of the person acting")
        if not inside_a_verb():
            raise NotInAVerb

    @property
    def kind_declared(self):
        return house.kind_of(self.kind)

    @property
    def in_full(self):
        """The record as its own kind, with all its fields."""
        model = self.kind_declared.model
        return self if isinstance(self, model) else model.objects.get(pk=self.pk)

    @property
    def is_sensitive(self) -> bool:
        return self.marking >= Marking.OFFICIAL_SENSITIVE

    @property
    def closing(self):
        """The closing that stands, or nothing."""
        return Closing.objects.standing().filter(record_id=self.pk).first()

    @property
    def is_open(self) -> bool:
        return self.closing is None


class Part(models.Model):
    """A row that belongs to a record. A kind of part names its record's key in `owner`."""

    owner = "record"

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.guard(scope.current())
        super().save(*args, **kwargs)

    def guard(self, acting: scope.Scope) -> None:
        self.guard_end(getattr(self, self.owner), acting)

    def guard_end(self, record: Record, acting: scope.Scope) -> None:
        """Refuse where one record that this row belongs to is out of scope."""
        if not acting.sees(record.office_id, record.marking):
            raise PermissionDenied("outside the scope of the person acting")
        if not inside_a_verb():
            raise NotInAVerb


class Reopening(Part):
    """Why a closed record was opened again."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="reopenings")
    reason = models.TextField()
    reopened_at = models.DateTimeField(default=timezone.now)
    reopened_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.reason[:80]


class ClosingQuerySet(ScopedQuerySet):
    def standing(self):
        return self.filter(reopening=None)


class Closing(Part):
    """How a record ended. Its presence is what makes the record closed, until a reopening ends it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="closings")
    outcome = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.CharField(max_length=200)
    reopening = models.OneToOneField(Reopening, models.RESTRICT, null=True, blank=True, related_name="closing")

    objects = PartManager.from_queryset(ClosingQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(reopening=None), name="a_record_is_closed_once")
        ]
        indexes = [models.Index(fields=["closed_at"], name="closings_by_day")]

    def __str__(self):
        return f"{self.outcome}: {self.words[:80]}"
