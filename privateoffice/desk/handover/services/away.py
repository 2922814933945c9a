"""While you were away: what came, what was decided, what waits, and what was done in your name by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from privateoffice.desk.handover.models import Group, Line
from privateoffice.desk.handover.services.work import coming_up
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.models import Cover
from privateoffice.foundations.records.models import Closing, Record
from privateoffice.foundations.records.story import Happening, story_of_acts
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import DISPOSITIONS
from privateoffice.spine.approvals.models import Approval

MOST = 100


@dataclass(frozen=True)
class Came:
    """What came in from one side: how much, and what became of it."""

    counted: str
    became: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Away:
    """The account of one time of cover, for whoever comes back."""

    came: tuple[Came, ...]
    decided: Group
    waiting: tuple[Group, ...]
    done: tuple[Happening, ...]


def away(cover: Cover) -> Away:
    """What happened in the office while cover stood, in the scope of who reads."""
    start, end = cover.starts_at, min(cover.stops_at, clock.now())
    return Away(
        came=tuple(_came(start, end)),
        decided=_decided(start, end),
        waiting=tuple(coming_up(clock.closing(clock.today()))),
        done=tuple(story_of_acts(_acts(cover, start, end)[:MOST])),
    )


def _came(start: datetime, end: datetime) -> Iterator[Came]:
    for inbound in house.inbound():
        rows = inbound.asks().filter(came_at__gte=start, came_at__lt=end).order_by()
        told = rows.values_list("disposition").annotate(Count("pk"))
        counts = {became: count for became, count in told if count}
        ways = [(word, counts.get(code, 0)) for code, word in (*DISPOSITIONS.items(), ("", "Not dealt with"))]
        if counts:
            counted = words.counted(sum(counts.values()), inbound.word, inbound.words)
            yield Came(counted, tuple((word, count) for word, count in ways if count))


def _decided(start: datetime, end: datetime) -> Group:
    """What was approved and what was closed, in order."""
    approved = Approval.objects.filter(approved_at__gte=start, approved_at__lt=end)
    approved = approved.select_related("submission__office", "approver").order_by("-approved_at")
    closed = Closing.objects.standing().filter(closed_at__gte=start, closed_at__lt=end)
    newest = closed.select_related("record__office").order_by("-closed_at")
    lines = [_line(each.submission, each.approved_at, "Approved", str(each.approver)) for each in approved[:MOST]]
    lines += [
        _line(each.record, each.closed_at, each.outcome.capitalize(), each.closed_by) for each in newest[:MOST]
    ]
    in_order = [line for _, line in sorted(lines, key=lambda pair: pair[0])]
    return Group("Decided", tuple(in_order), more=max(closed.count() - MOST, 0))


def _line(record: Record, at: datetime, how: str, by: str) -> tuple[datetime, Line]:
    when, place = words.near(at), record.get_absolute_url()
    return at, Line(record.title, how, when, by, record.reference, place, "closed", record.is_sensitive)


def _acts(cover: Cover, start: datetime, end: datetime) -> QuerySet[Entry]:
    """What whoever covered did in the office for whom they covered; opening a record is no act."""
    acts = Entry.objects.filter(office_id=cover.office_id, at__gte=start, at__lte=end)
    acts = acts.filter(actor_id=cover.coverer_id, for_whom=cover.covered.name).exclude(verb="records.read")
    return acts.exclude(verb__startswith="edge.").order_by("number")
