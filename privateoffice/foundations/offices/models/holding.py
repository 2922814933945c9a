"""Who holds which role in which office, from when to when."""

from django.db import models
from django.db.models import F, Q

from privateoffice.foundations.offices.models.office import Office
from privateoffice.foundations.offices.models.person import Person
from privateoffice.foundations.offices.roles import Role


class HoldingQuerySet(models.QuerySet):
    def standing(self, at):
        return self.filter(starts_at__lte=at).filter(Q(ends_at=None) | Q(ends_at__gt=at))


class Holding(models.Model):
    """A person holds a role in an office between two moments. An administrator's office is the whole house."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="holdings")
    office = models.ForeignKey(Office, models.CASCADE, null=True, blank=True, related_name="holdings")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="a_holding_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.ADMINISTRATOR, office=None)
                | Q(~Q(role=Role.ADMINISTRATOR), office__isnull=False),
                name="only_an_administrator_has_no_office",
            ),
        ]
        indexes = [models.Index(fields=["person", "office"], name="holdings_of_a_person")]

    def __str__(self):
        return f"{self.person} as {self.get_role_display()}"
