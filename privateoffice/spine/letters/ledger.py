"""What drafts tell the ledger: those that stand open, whose they are, and by when they should go."""

from datetime import datetime
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from privateoffice.foundations.registry.declarations import LedgerLine, Open
from privateoffice.spine.letters.models import Draft, DraftQuerySet


def drafts(now: datetime) -> DraftQuerySet:
    """Those that have not gone out. The office answers for each; it should go by its day, or when it may first."""
    return Draft.objects.open().annotate(is_owned=Value(True), next_at=Coalesce(F("send_after"), F("due_at")))


def draft_line(draft: Any) -> LedgerLine:
    return LedgerLine(
        title=draft.title,
        url=draft.get_absolute_url(),
        reference=draft.reference,
        came_at=draft.made_at,
        next_at=draft.next_at,
        whose="Personal Assistant",
        is_sensitive=draft.is_sensitive,
    )


OPENS = (Open(Draft, drafts, draft_line),)
