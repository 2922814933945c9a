"""A mailbox of an office: where it is, who sees its mail, how it stands, and when it was paused."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.sight import DirectoryManager
from privateoffice.spine.mailboxes.models import secrets

LONG_SILENT = timedelta(hours=1)


class MailboxQuerySet(models.QuerySet):
    def at_work(self):
        """Those that are not paused."""
        return self.exclude(pauses__ended_at=None, pauses__isnull=False)

    def to_hear(self, now, listener):
        """The IMAP mailboxes at work on which nobody listens for news, or this listener does."""
        free = Q(heard_until=None) | Q(heard_until__lt=now) | Q(heard_by=listener)
        return self.at_work().filter(free, kind=self.model.Kind.IMAP, is_closed_to_us=False)

    def due(self, now):
        """Those at work that may be asked now, that nobody is asking, and that reach no further than allowed."""
        free = Q(taken_until=None) | Q(taken_until__lt=now)
        may = Q(not_before=None) | Q(not_before__lte=now)
        return self.at_work().filter(free & may, is_closed_to_us=False, reaches_too_far=False)


class Mailbox(models.Model):
    """One mailbox. Its password or token is kept encrypted under a key that lies outside the data folder."""

    class Kind(models.TextChoices):
        IMAP = "imap", "IMAP and SMTP"
        GRAPH = "graph", "Microsoft 365 (Graph)"
        MAILDIR = "maildir", "A folder on this machine (Maildir)"

    class Readers(models.TextChoices):
        OFFICE = "office", "Whoever reads the office's mail"
        COMMANDER = "commander", "The Commander, the PA and the Staff Officer"
        PA = "commander_pa", "The Commander and the PA"
        ALONE = "commander_only", "The Commander alone"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    address = models.EmailField(max_length=320)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    readers = models.CharField(max_length=20, choices=Readers.choices, default=Readers.OFFICE)
    sends = models.BooleanField(default=True)
    place = models.JSONField(default=dict)
    secret = models.TextField(blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.CharField(max_length=200)
    taken_by = models.CharField(max_length=64, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)
    heard_by = models.CharField(max_length=64, blank=True)
    heard_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    trouble_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    probed_at = models.DateTimeField(null=True, blank=True)
    reaches_too_far = models.BooleanField(default=False)
    is_closed_to_us = models.BooleanField(default=False)

    objects = DirectoryManager.from_queryset(MailboxQuerySet)()

    class Meta:
        ordering = ["name"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["office", "slug"], name="one_mailbox_a_slug"),
            models.UniqueConstraint(fields=["office", "address"], name="one_mailbox_an_address"),
        ]

    def __str__(self):
        return self.name

    @property
    def words(self) -> dict[str, str]:
        """Its secrets, opened: passwords and tokens by name. Raises secrets.Locked."""
        return secrets.opened(self.secret)

    @property
    def audience(self) -> tuple[str, ...]:
        """The roles that its mail is for; nobody named where it is for the whole office."""
        return {
            self.Readers.OFFICE: (),
            self.Readers.COMMANDER: (Role.COMMANDER, Role.PA, Role.STAFF_OFFICER),
            self.Readers.PA: (Role.COMMANDER, Role.PA),
            self.Readers.ALONE: (Role.COMMANDER,),
        }[self.Readers(self.readers)]

    @property
    def pause(self) -> Any:
        """The pause that stands, or nothing."""
        return next((one for one in self.pauses.all() if one.ended_at is None), None)

    @property
    def sends_by_person(self) -> bool:
        """Whether what a person sends from it goes out by that person's own sign-in."""
        return self.kind == self.Kind.GRAPH and self.sends and bool(self.place.get("by_person"))

    @property
    def standing(self) -> str:
        """How it stands, as the house shows it: late, soon, well, waiting or closed."""
        if self.pause:
            return "closed"
        if self.is_closed_to_us or self.reaches_too_far:
            return "late"
        if self.trouble:
            since = self.trouble_since or clock.now()
            return "late" if clock.now() - since > LONG_SILENT else "soon"
        return "well" if self.read_at else "waiting"

    @property
    def state(self) -> str:
        return {
            "closed": "Paused",
            "late": "Not read",
            "soon": "Trying again",
            "well": "Read",
            "waiting": "Not read yet",
        }[self.standing]


class Pause(models.Model):
    """A time in which a mailbox is neither read nor sent from. At most one stands."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="pauses")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    began_at = models.DateTimeField(default=timezone.now)
    began_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DirectoryManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["mailbox"], condition=Q(ended_at=None), name="one_pause_at_a_time")
        ]

    def __str__(self):
        return self.reason
