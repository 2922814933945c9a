"""The bytes that came from outside, or that something was bound to, kept once by their digest."""

import hashlib
from pathlib import Path

from django.db import models
from django.utils import timezone

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.foundations.records import shelf
from privateoffice.foundations.records.models import packs


class Original(models.Model):
    """Bytes kept for one office, named by their digest. Two offices never share one."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(default=timezone.now)
    pack = models.CharField(max_length=40, blank=True)
    offset = models.PositiveBigIntegerField(default=0)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["office", "digest"], name="an_original_is_kept_once")]
        indexes = [
            models.Index(fields=["pack"], condition=~models.Q(pack=""), name="originals_by_pack"),
        ]

    def __str__(self):
        return self.digest

    @property
    def path(self) -> Path:
        return shelf.place_of(self.office_id, self.digest)

    def read(self) -> bytes:
        """The bytes, proved to be the ones that were kept. Raises Damaged, or Away."""
        if not self.is_packed:
            return shelf.read(self.office_id, self.digest)
        raw = self._packed()
        if raw is None:
            raise shelf.Damaged(f"The file behind {self.digest[:12]} is missing.")
        if hashlib.sha256(raw).hexdigest() != self.digest:
            raise shelf.Damaged(f"The file behind {self.digest[:12]} was altered.")
        return raw

    @property
    def digest_now(self) -> str:
        """The digest of the bytes that lie there now; nothing where they are gone."""
        if not self.is_packed:
            return shelf.digest_now(self.office_id, self.digest)
        raw = self._packed()
        return "" if raw is None else hashlib.sha256(raw).hexdigest()

    @property
    def is_packed(self) -> bool:
        """Whether it lies in a pack. One whose pack is gone may have been restored into a file of its own."""
        return bool(self.pack) and not shelf.shelf().has(shelf.name_of(self.office_id, self.digest))

    def _packed(self) -> bytes | None:
        try:
            return packs.read(packs.place_of(self.office_id, self.pack), self.offset, self.size)
        except OSError:
            return None


class KeptDigest(models.CharField):
    """Names an original of the record's own office by its digest, where a row must prove the very bytes.

    To the database and its migrations it is text. The house finds these fields by their class: what they name is
    kept as long as the row is, and leaves with it.
    """

    def __init__(self, **said):
        super().__init__(**{"max_length": 64, **said})

    def deconstruct(self):
        name, _, positional, said = super().deconstruct()
        return name, "django.db.models.CharField", positional, said
