"""The staff directory: everyone who has a name here, with an account or without."""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from privateoffice.foundations.offices.models.office import Office, Unit
from privateoffice.foundations.offices.sight import DirectoryManager


class PersonQuerySet(models.QuerySet):
    def serving(self, on):
        """Those who have joined and not left on the day."""
        return self.filter(Q(joined_on=None) | Q(joined_on__lte=on), Q(left_on=None) | Q(left_on__gt=on))

    def named(self, words: str):
        """Those whose name, number or address holds every word."""
        found = self
        for word in _split(words):
            found = found.filter(_named(word))
        return found

    def matching(self, words: str):
        """Those whose name, number, address, rank, post or unit holds every word."""
        found = self
        for word in _split(words):
            elsewhere = Q(rank__icontains=word) | Q(post__icontains=word) | Q(unit__name__icontains=word)
            found = found.filter(_named(word) | elsewhere)
        return found

    def with_account(self, at):
        """With whether each has a second factor, and until when a link that was made for them works."""
        factor = apps.get_model("mfa", "Authenticator").objects.filter(user__person=OuterRef("pk"))
        link = apps.get_model("offices", "Invitation").objects.open(at).filter(person=OuterRef("pk"))
        until = link.order_by("-ends_at").values("ends_at")[:1]
        return self.select_related("user").annotate(has_factor=Exists(factor), link_until=Subquery(until))

    def marked(self, mark: str):
        """Whom an address names by `mark`."""
        mark = mark.replace("\x00", "")
        by_number = Q(pay_number=mark) | Q(pay_number="", warrant_number=mark)
        return self.filter(by_number | Q(pay_number="", warrant_number="", email=mark)) if mark else self.none()


def _split(words: str) -> list[str]:
    """Words to look for. No database takes a zero byte."""
    return words.replace("\x00", " ").split()


def _named(word: str) -> Q:
    return (
        Q(forenames__icontains=word)
        | Q(surname__icontains=word)
        | Q(warrant_number__iexact=word)
        | Q(pay_number__iexact=word)
        | Q(email__icontains=word)
    )


class Person(models.Model):
    """Someone in the staff directory: an officer or a member of police staff."""

    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")
    forenames = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=100)
    rank = models.CharField("rank or band", max_length=40, blank=True)
    post = models.CharField(max_length=120, blank=True)
    warrant_number = models.CharField(max_length=10, blank=True)
    pay_number = models.CharField(max_length=10, blank=True)
    line_manager = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = DirectoryManager.from_queryset(PersonQuerySet)()
    everyone = models.Manager.from_queryset(PersonQuerySet)()  # for sign-in and scope, which come before a scope

    class Meta:
        base_manager_name = "everyone"
        ordering = ["surname", "forenames"]
        constraints = [
            models.UniqueConstraint(
                fields=["warrant_number"], name="one_person_a_warrant", condition=~Q(warrant_number="")
            ),
            models.UniqueConstraint(
                fields=["pay_number"], name="one_person_a_pay_number", condition=~Q(pay_number="")
            ),
        ]
        indexes = [models.Index(fields=["office", "surname"], name="directory_by_name")]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return f"{self.forenames} {self.surname}".strip()

    @property
    def ranked_name(self) -> str:
        """As people are spoken of here: DCI Hamish Trevannick; police staff without their band."""
        return f"{self.rank} {self.name}" if self.is_officer else self.name

    @property
    def mark(self) -> str:
        """How addresses and forms name them: by number, or by address for mail where they have none."""
        return self.pay_number or self.warrant_number or self.email

    def has_left(self, on: date) -> bool:
        return self.left_on is not None and self.left_on <= on

    @property
    def is_officer(self) -> bool:
        return bool(self.warrant_number)
