"""What the office keeps, and what belongs to every record alike."""

from privateoffice.foundations.records.models.access import Audience, Conflict
from privateoffice.foundations.records.models.counter import Counter
from privateoffice.foundations.records.models.keeping import Disposal, Hold
from privateoffice.foundations.records.models.matter import Link, Matter, MatterEntry
from privateoffice.foundations.records.models.original import KeptDigest, Original
from privateoffice.foundations.records.models.record import Closing, Part, Record, RecordQuerySet, Reopening
from privateoffice.foundations.records.models.search import SearchText
from privateoffice.foundations.records.models.version import Version
from privateoffice.foundations.records.shelf import Damaged

__all__ = [
    "Audience",
    "Closing",
    "Conflict",
    "Counter",
    "Damaged",
    "Disposal",
    "Hold",
    "KeptDigest",
    "Link",
    "Matter",
    "MatterEntry",
    "Original",
    "Part",
    "Record",
    "RecordQuerySet",
    "Reopening",
    "SearchText",
    "Version",
]
