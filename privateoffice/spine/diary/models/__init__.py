"""What is kept of the diary: engagements, each time that one takes place, and what each import brought."""

from privateoffice.spine.diary.models.clashes import clashes
from privateoffice.spine.diary.models.engagement import Engagement
from privateoffice.spine.diary.models.importing import ImportItem, ImportRun, Look
from privateoffice.spine.diary.models.occurrence import Occurrence, OccurrenceQuerySet, once_a_day

__all__ = [
    "Engagement",
    "ImportItem",
    "ImportRun",
    "Look",
    "Occurrence",
    "OccurrenceQuerySet",
    "clashes",
    "once_a_day",
]
