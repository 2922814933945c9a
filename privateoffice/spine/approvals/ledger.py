"""What approvals tell the ledger: who has each open item, and since when or until when."""

from datetime import datetime
from typing import Any

from privateoffice.foundations.registry.declarations import LedgerLine, Open
from privateoffice.spine.approvals.models import Submission, SubmissionQuerySet


def open_rows(now: datetime) -> SubmissionQuerySet:
    return Submission.objects.owing()


def open_line(submission: Any) -> LedgerLine:
    return LedgerLine(
        title=submission.title,
        url=submission.get_absolute_url(),
        reference=submission.reference,
        came_at=submission.made_at,
        whose=submission.owed_by,
        next_at=submission.next_at,
        detail="" if submission.next_at else "It is approved and does not go by email: nobody is told to send it",
        is_sensitive=submission.is_sensitive,
    )


OPENS = (Open(Submission, open_rows, open_line),)
