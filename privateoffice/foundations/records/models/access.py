"""Who may see a record beyond office and marking: its audience, and conflicts against a person."""

from django.db import models
from django.db.models import Q

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.models.record import Part, Record
from privateoffice.foundations.records.scoped import PartManager


class Audience(Part):
    """A role or a person that a record is for. Where there is one such row, nobody else sees the record."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="audiences")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=(Q(role="") & Q(person__isnull=False)) | (~Q(role="") & Q(person=None)),
                name="an_audience_is_a_role_or_a_person",
            ),
            models.UniqueConstraint(fields=["record", "role"], condition=~Q(role=""), name="one_audience_a_role"),
            models.UniqueConstraint(
                fields=["record", "person"], condition=Q(role=""), name="one_audience_a_person"
            ),
        ]

    def __str__(self):
        return self.get_role_display() if self.role else str(self.person)


class Conflict(Part):
    """A person who must not see a record because it concerns them."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="one_conflict_a_person")]

    def __str__(self):
        return str(self.person)
