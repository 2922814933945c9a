"""A link that lets one person set a password, once."""

from django.db import models

from privateoffice.foundations.offices.models.person import Person


class InvitationQuerySet(models.QuerySet):
    def open(self, at):
        return self.filter(used_at=None, ends_at__gt=at)


class Invitation(models.Model):
    """Leave to make or renew an account. Only a digest of the link is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self):
        return f"for {self.person}"
