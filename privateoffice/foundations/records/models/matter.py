"""A matter, the named thread of many records, and the links from one record to another."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.models.record import Part, Record, RecordQuerySet
from privateoffice.foundations.records.scoped import PartManager, RecordManager


class MatterQuerySet(RecordQuerySet):
    """Questions about many matters."""

    def by_newest_happening(self):
        """With the moment of what happened last, on the matter or to a record on it that the reader may see."""
        on_it = MatterEntry.objects.filter(matter_id=OuterRef(OuterRef("pk"))).values("record_id")
        own = Entry.objects.filter(record_id=OuterRef("pk"))
        theirs = Entry.objects.filter(record_id__in=on_it)
        return self.annotate(
            happened_at=Greatest(Coalesce(_newest(own), "made_at"), Coalesce(_newest(theirs), "made_at"))
        ).order_by("-happened_at", "-pk")

    def with_count(self):
        """With how many records on it the reader may see, as `count`."""
        on_it = MatterEntry.objects.filter(matter_id=OuterRef("pk")).order_by().values("matter_id")
        return self.annotate(count=Coalesce(Subquery(on_it.annotate(n=Count("pk")).values("n")), 0))


def _newest(entries):
    return Subquery(entries.order_by("-at").values("at")[:1])


class Matter(Record):
    """A named thread: from any step of it, one page shows all the others."""

    summary = models.TextField(blank=True)

    objects = RecordManager.from_queryset(MatterQuerySet)()

    class Meta:
        base_manager_name = "objects"


class Join(Part):
    """A part between two records of one office: both ends must be in scope."""

    ends: tuple[str, str]

    class Meta:
        abstract = True

    def guard(self, acting: scope.Scope) -> None:
        one, other = (getattr(self, end) for end in self.ends)
        if one.office_id != other.office_id:
            raise PermissionDenied("records of two offices are never joined")
        for end in (one, other):
            self.guard_end(end, acting)


class MatterEntry(Join):
    """A record that belongs to a matter."""

    ends = ("matter", "record")

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = PartManager("matter", "record")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["matter", "record"], name="a_record_is_on_a_matter_once")]

    def __str__(self):
        return f"{self.record_id} on {self.matter_id}"


BOTH_WAYS = {
    "about": ("is about", "is spoken of in"),
    "arises_from": ("arises from", "gave rise to"),
    "replies_to": ("replies to", "is answered by"),
    "evidence_for": ("is evidence for", "is borne out by"),
    "replaces": ("replaces", "is replaced by"),
}
"""How a link reads from its one end, and from its other."""


class Link(Join):
    """How one record bears on another."""

    class Kind(models.TextChoices):
        ABOUT = "about", "about"
        ARISES_FROM = "arises_from", "arises from"
        REPLIES_TO = "replies_to", "replies to"
        EVIDENCE_FOR = "evidence_for", "evidence for"
        REPLACES = "replaces", "replaces"

    ends = ("from_record", "to_record")

    from_record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    to_record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)

    objects = PartManager("from_record", "to_record")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["from_record", "to_record", "kind"], name="one_link_of_a_kind"),
            models.CheckConstraint(condition=~Q(from_record=F("to_record")), name="no_link_to_itself"),
        ]

    def __str__(self):
        return f"{self.from_record_id} {self.kind} {self.to_record_id}"

    @property
    def out_words(self) -> str:
        return BOTH_WAYS[self.kind][0]

    @property
    def in_words(self) -> str:
        return BOTH_WAYS[self.kind][1]
