"""What only a person knows: the unwritten rules and the open questions of a chair, typed once and kept."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.sight import OfficeManager


class Known(models.Model):
    """What whoever sits in a chair would tell whoever takes it. It goes into every cover note as it stands."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    rules = models.TextField(blank=True)
    questions = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=200)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["office", "role"], name="one_known_a_chair")]

    def __str__(self):
        return f"What the {self.get_role_display()} knows"
