"""A wrong password: kept as marks that tell nothing without the office's key, to slow whoever guesses."""

from django.db import models
from django.db.models import Count, Max


class FailureQuerySet(models.QuerySet):
    def since(self, at):
        return self.filter(at__gt=at)

    def of_name(self, mark: str):
        """Those for one name that its owner has not been told of yet."""
        return self.filter(name_mark=mark, told_at=None)

    def names_tried_with(self, mark: str) -> tuple[int, object]:
        """With how many names one password was tried, and when last."""
        found = self.filter(word_mark=mark).aggregate(Count("name_mark", distinct=True), Max("at"))
        return found["name_mark__count"], found["at__max"]


class Failure(models.Model):
    """One try to sign in with a wrong password. The password's mark is so short that it fits many passwords."""

    name_mark = models.CharField(max_length=32)
    word_mark = models.CharField(max_length=6)
    place = models.GenericIPAddressField(null=True, blank=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    objects = FailureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["name_mark", "at"], name="failures_of_a_name"),
            models.Index(fields=["word_mark", "at"], name="failures_of_a_word"),
        ]

    def __str__(self):
        return f"a wrong password at {self.at}"
