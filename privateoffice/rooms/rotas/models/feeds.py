"""Calendars that a person's own calendar program reads, behind a secret that can be taken back."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.rooms.rotas.models.rota import DutyType, Rota


class FeedQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(revoked_at=None)


class Feed(models.Model):
    """One calendar of published duties: of a person, a duty, or the whole rota. It ends with its reader's access.

    `reader` is for whom it was made. Only the digest of the secret is kept.
    """

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    rota = models.ForeignKey(Rota, models.CASCADE, related_name="feeds")
    reader = models.ForeignKey(Person, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    duty_type = models.ForeignKey(DutyType, models.CASCADE, null=True, blank=True, related_name="+")
    secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)
    read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeManager.from_queryset(FeedQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        """What it shows, in words."""
        if self.person:
            return f"Duties of {self.person.ranked_name}"
        return f"{self.duty_type}, {self.rota}" if self.duty_type else f"All of {self.rota}"
