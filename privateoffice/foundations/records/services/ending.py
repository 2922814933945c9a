"""Closing a record once, and opening it again without losing how it was closed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.models import Closing, Record, Reopening

BATCH = 500


class AlreadyClosed(Exception):
    """The record is closed already; it can be opened again, not closed twice."""


class NotClosed(Exception):
    """Only a closed record can be opened again."""


def close(record: Record, *, outcome: str, words: str = "", at: Any = None) -> Closing:
    """Close a record with its outcome and the words that go with it."""
    try:
        with transaction.atomic():
            closing = Closing.objects.create(
                record=record,
                outcome=outcome,
                words=words,
                closed_at=at or clock.now(),
                closed_by=scope.current().actor,
            )
    except IntegrityError:
        raise AlreadyClosed from None
    _say_ended(record, closing.closed_at)
    return closing


def close_many(closings: Iterable[Closing]) -> list[Closing]:
    """Close many open records at once."""
    made = Closing.objects.bulk_create(closings)
    standing = Closing.objects.standing().filter(record_id=OuterRef("pk")).values("closed_at")
    for start in range(0, len(made), BATCH):
        ended = [closing.record_id for closing in made[start : start + BATCH]]
        Record.objects.filter(pk__in=ended).update(ended_at=Subquery(standing))
    return made


def _say_ended(record: Record, at: datetime | None) -> None:
    Record.objects.filter(pk=record.pk).update(ended_at=at)
    record.ended_at = at


def reopen(record: Record, *, reason: str) -> Reopening:
    """Open a closed record again. The closing stays and says that it was ended."""
    closing = Closing.objects.standing().select_for_update(of=("self",)).filter(record_id=record.pk).first()
    if closing is None:
        raise NotClosed
    reopening = Reopening.objects.create(
        record=closing.record, reason=reason, reopened_at=clock.now(), reopened_by=scope.current().actor
    )
    closing.reopening = reopening
    closing.save(update_fields=["reopening"])
    _say_ended(record, None)
    return reopening
