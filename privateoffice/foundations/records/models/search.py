"""The text by which a record is found. It is scoped by its record, never by a copy of its marking."""

from django.db import models

from privateoffice.foundations.records.models.record import Part, Record
from privateoffice.foundations.records.scoped import PartManager


class SearchText(Part):
    """The words of one record, as the search index reads them."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="+")
    title = models.TextField()
    body = models.TextField()

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.title
