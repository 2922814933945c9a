"""The ledger: folders with the state to go on from, and the places where messages lie."""

from django.db import models
from django.db.models import Q

from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.foundations.records.models import Original
from privateoffice.spine.mailboxes.models.mailbox import Mailbox


class Folder(models.Model):
    """One folder of a mailbox, and what its end needs to go on from."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="folders")
    key = models.CharField(max_length=500)
    name = models.CharField(max_length=500)
    use = models.CharField(max_length=10, blank=True)
    state = models.JSONField(default=dict)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["mailbox", "key"], name="one_folder_a_key")]

    def __str__(self):
        return self.name

    @property
    def as_port(self) -> port.Folder:
        return port.Folder(self.key, self.name, self.use)


class PlacementManager(OfficeManager):
    def lying(self):
        """Those that are there now."""
        return self.filter(gone_at=None)

    def news(self):
        """Those about which something is to be told: come, gone, answered or not any more."""
        return self.filter(is_news=True)


class Placement(models.Model):
    """Where a message lies, or lay: a folder and its key there. What is above our ceiling has no original."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    folder = models.ForeignKey(Folder, models.CASCADE, related_name="placements")
    key = models.CharField(max_length=500)
    original = models.ForeignKey(Original, models.PROTECT, null=True, related_name="+")
    message_id = models.CharField(max_length=32, blank=True)
    answers = models.CharField(max_length=32, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    flags = models.PositiveSmallIntegerField(default=0)
    is_whole = models.BooleanField(default=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)
    is_news = models.BooleanField(default=True)

    objects = PlacementManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["folder", "key"], condition=Q(gone_at=None), name="one_message_lies_at_a_key"
            )
        ]
        indexes = [
            models.Index(fields=["folder"], condition=Q(is_news=True), name="placements_with_news"),
            models.Index(fields=["message_id"], name="placements_by_message_id"),
        ]

    def __str__(self):
        return f"{self.folder_id} {self.key}"
