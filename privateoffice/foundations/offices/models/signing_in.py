"""Every try to sign in: whose, how it ended, by what, from where and when. Nothing that was typed is kept."""

from datetime import datetime
from ipaddress import ip_address

from django.db import models
from django.db.models import F

from privateoffice.foundations.offices.models.user import User


class SigningInQuerySet(models.QuerySet):
    def of(self, user: User):
        return self.filter(user=user)

    def newest_first(self):
        return self.order_by("-at", "-pk")

    def naming(self, words: str):
        """Those of people whose name or address holds every word, or that came from such a place."""
        found = self
        for word in words.replace("\x00", " ").split():
            person = models.Q(user__person__forenames__icontains=word) | models.Q(
                user__person__surname__icontains=word
            )
            found = found.filter(person | models.Q(user__email__icontains=word) | _came_from(word))
        return found

    def note_again(self, since: datetime, at: datetime, **same) -> bool:
        """Count one more of the very same lately; False where there is none to count it on."""
        last = self.filter(begun_at__gt=since, **same).order_by("-pk").values_list("pk", flat=True).first()
        return bool(last and self.filter(pk=last).update(times=F("times") + 1, at=at))


def _came_from(word: str) -> models.Q:
    """Where a word is an address of a machine, that it came from there."""
    try:
        return models.Q(place=str(ip_address(word)))
    except ValueError:
        return models.Q(pk=None)


class SigningIn(models.Model):
    """One try to sign in, or several of the very same kind within a few minutes."""

    class Outcome(models.TextChoices):
        IN = "in", "Signed in"
        WRONG_PASSWORD = "wrong_password", "Wrong password"
        WRONG_CODE = "wrong_code", "Wrong code"
        SLOWED = "slowed", "Told to wait"
        CLOSED = "closed", "Account not open"
        TURNED_AWAY = "turned_away", "Turned away"

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="signings_in")
    outcome = models.CharField(max_length=20, choices=Outcome)
    means = models.CharField(max_length=80)
    place = models.GenericIPAddressField(null=True, blank=True)
    device = models.CharField(max_length=60, blank=True)
    times = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    at = models.DateTimeField(db_index=True)

    objects = SigningInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="signings_in_of_somebody")]

    def __str__(self):
        return f"{self.words} at {self.at}"

    @property
    def is_in(self) -> bool:
        return self.outcome == self.Outcome.IN

    @property
    def words(self) -> str:
        """How it ended, and how often where it came more than once: "Wrong password, 5 times"."""
        often = f", {self.times} times" if self.times > 1 else ""
        return f"{self.get_outcome_display()}{often}"
