"""What the office keeps for writing: standard lines, templates, and who may send what to whom."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.spine.letters.models.draft import Form, SenderAs


class LineQuerySet(models.QuerySet):
    def standing(self, day):
        """Those that nobody withdrew and whose time has not passed."""
        return self.filter(withdrawn_at=None, until_on__gte=day)


class StandardLine(models.Model):
    """An agreed paragraph: its words, the terms that call for it, who answers for it, and until when it holds."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    text = models.TextField()
    terms = models.CharField(max_length=300)
    owner_role = models.CharField(max_length=20, choices=Role.choices)
    until_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeManager.from_queryset(LineQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title


class Template(models.Model):
    """A text with named fields in braces. Only fields that are known are filled in; the rest prints as typed."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    sender_as = models.CharField(max_length=10, choices=SenderAs.choices, default=SenderAs.BEHALF)
    form = models.CharField(max_length=4, choices=Form.choices, default=Form.MAIL)
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class Letterhead(models.Model):
    """A Word template that the office owns, with the fields that it names. One holds at a time."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    fields = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office"], condition=Q(withdrawn_at=None), name="one_letterhead_an_office"
            )
        ]

    def __str__(self):
        return self.name


class Class(models.TextChoices):
    """The classes of those to whom the office writes."""

    INTERNAL = "internal", "Inside the service"
    CHIEF = "chief", "Chief officers"
    MEMBER = "member", "MPs, peers, Assembly and the Mayor's office"
    PARTNER = "partner", "Partner agencies and other forces"
    FAMILY = "family", "Bereaved families and victims"
    PRESS = "press", "Press"
    PUBLIC = "public", "Everybody else"


class Leave(models.TextChoices):
    """What somebody may do in a name."""

    SEND = "send", "Send it"
    APPROVE = "approve", "Send it when the Commander has approved it"
    NEVER = "never", "Not at all"


class Authority(models.Model):
    """Who may write to a class of people in whose name, as the office has set it; else a default holds."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    recipient_class = models.CharField(max_length=10, choices=Class.choices)
    sender_as = models.CharField(max_length=10, choices=SenderAs.choices)
    leave = models.CharField(max_length=10, choices=Leave.choices)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["office", "recipient_class", "sender_as"], name="one_leave_a_case"),
            models.CheckConstraint(
                condition=~Q(sender_as="commander", leave="send"), name="the_commanders_name_is_always_approved"
            ),
        ]

    def __str__(self):
        return f"{self.get_sender_as_display()} to {self.recipient_class}: {self.leave}"


class Correspondent(models.Model):
    """That an address, or everybody at a domain, belongs to a class."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    place = models.CharField(max_length=320)
    recipient_class = models.CharField(max_length=10, choices=Class.choices)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["office", "place"], name="one_class_a_place")]

    def __str__(self):
        return self.place
