"""What is in hand for a cover note: decisions that wait, what nobody has dealt with, and what comes up."""

from collections.abc import Iterator
from datetime import datetime

from privateoffice.desk.handover.models import CoverNote, Group, Line
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.records.models import Record
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import LedgerLine
from privateoffice.spine.approvals.models import Submission

MOST = 25


def decisions() -> Group:
    """What waits for the Commander's word."""
    waiting = Submission.objects.for_list().awaiting()
    lines = tuple(
        Line(
            each.title,
            each.recommendation,
            _on(each.due_at),
            reference=each.reference,
            url=each.get_absolute_url(),
            is_sensitive=each.is_sensitive,
        )
        for each in waiting[:MOST]
    )
    return Group("Decisions wanted", lines, more=max(waiting.count() - MOST, 0))


def not_dealt_with() -> Iterator[Group]:
    """What came in and nobody has dealt with, the newest first."""
    for inbound in house.inbound():
        rows = inbound.asks().filter(disposition="").order_by("-came_at", "-pk")
        lines = tuple(_came(inbound.line(row)) for row in rows[:MOST])
        if lines:
            yield Group(f"Not dealt with: {inbound.words}", lines, more=max(rows.count() - MOST, 0))


def coming_up(until: datetime) -> Iterator[Group]:
    """What is open and comes up by a moment, or would never come up, kind by kind."""
    now = clock.now()
    for of in (each for each in house.opens() if each.model is not CoverNote):
        rows = of.rows(now).exclude(next_at__gt=until).order_by("next_at", "pk")
        lines = tuple(_owed(of.line(row), _is_late(row, now)) for row in rows[:MOST])
        if lines:
            name = house.kind_of(of.model._meta.label_lower).words.capitalize()
            yield Group(name, lines, more=max(rows.count() - MOST, 0))


def _came(line: LedgerLine) -> Line:
    when = f"Came {words.short_day(line.came_at)}" if line.came_at else ""
    return Line(line.title, line.detail, when, line.whose, line.reference, line.url, "soon", line.is_sensitive)


def _is_late(row: Record, now: datetime) -> bool:
    """Past its date, or without one that would bring it up. What only waits in a queue is not late."""
    return row.next_at is None or (row.due_at is not None and row.due_at < now)  # type: ignore[attr-defined]


def _owed(line: LedgerLine, is_late: bool) -> Line:
    when = _on(line.next_at) or "No date"
    whose = line.whose or "Nobody"
    standing = "late" if is_late else "soon"
    return Line(line.title, line.detail, when, whose, line.reference, line.url, standing, line.is_sensitive)


def _on(at: datetime | None) -> str:
    """A moment as it is still true tomorrow: a note is read days after it was written."""
    return f"{words.short_day(at)} {words.hour(at)}" if at else ""
