"""What each person was told of their duties, and that they said they had it."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.rooms.rotas.models.period import Period


class NoticeQuerySet(ScopedQuerySet):
    def unacknowledged(self):
        return self.filter(acknowledgement=None, is_superseded=False)


class Notice(Part):
    """One person told of what is theirs: the lines, the notice given in whole days, and how it went out.

    A newer notice to the same person supersedes it: whoever acknowledges the newest has seen all.
    `secret` is the digest of what stands in the link of the mail, never the secret itself.
    """

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    publication = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    least_notice = models.IntegerField(null=True, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    delivery = models.CharField(max_length=40, blank=True)
    secret = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=40, blank=True)
    is_superseded = models.BooleanField(default=False)

    objects = PartManager.from_queryset(NoticeQuerySet)("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-told_at", "pk"]
        indexes = [models.Index(fields=["secret"], name="notices_by_secret")]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "person", "publication"], name="one_notice_a_person_and_publication"
            )
        ]

    def __str__(self):
        return f"{self.person} told"


class Acknowledgement(Part):
    """A person's word that they have their duties, and how it came."""

    class How(models.TextChoices):
        PAGE = "page", "on the page"
        LINK = "link", "by the link in the mail"
        MAIL = "mail", "by mail"
        PHONE = "phone", "by telephone"
        IN_PERSON = "in_person", "in person"

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="+")
    notice = models.OneToOneField(Notice, models.CASCADE, related_name="acknowledgement")
    how = models.CharField(max_length=20, choices=How.choices)
    acknowledged_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.CharField(max_length=200)

    objects = PartManager("period")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.notice} {self.how}"
