"""Finding the record that an address names, and writing down that a sensitive one was opened."""

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Link, Matter, MatterEntry, Record, RecordQuerySet
from privateoffice.foundations.records.services import read
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Act, Kind


def find(records: RecordQuerySet, year: int, number: int) -> Any:
    """The record with this number, or nothing of the kind: what is out of scope does not exist."""
    return read(get_object_or_404(records, year=year, number=number))


def found_by_path(path: str) -> Record:
    """The record behind `enquiries/2026/142`, as links between pages carry it."""
    try:
        place, year, number = path.strip("/").split("/")
        kind = next(kind for kind in house.kinds() if kind.path == place)
        return find(kind.model._default_manager.all(), int(year), int(number))  # type: ignore[arg-type]
    except (ValueError, StopIteration):
        raise Http404 from None


def path_of(record: Record) -> str:
    """The part of a record's address behind its office: `enquiries/2026/142`."""
    return f"{record.kind_declared.path}/{record.year}/{record.number}"


def kinds_open_to_us(office: Office) -> list[Kind]:
    """The kinds whose pages the roles of the person acting may open. The others are not offered to them."""
    return [kind for kind in house.kinds() if _may_open(f"/{office.slug}/{kind.path}/2000/1/")]


def _may_open(address: str) -> bool:
    try:
        view = resolve(address).func
    except Resolver404:
        return False
    verb = getattr(getattr(view, "view_class", view), "verb", "")
    return bool(verb) and policy.allows(verb)


def standing_of(record: Record, now: datetime) -> tuple[str, str] | None:
    """How a record read `with_end` stands, as a shape and words; nothing for kinds that are never closed."""
    if record.has_ended:  # type: ignore[attr-defined]
        return "closed", "Closed"
    if record.kind_declared.keep.after != "closed":
        return None
    if record.due_at is None:
        return "well", "Open"
    shape = "late" if record.due_at < now else "soon" if record.due_at <= clock.closing(clock.today()) else "well"
    return shape, words.due(record.due_at, now)


def matters_of(record: Record) -> list[dict[str, Any]]:
    """The matters that a record is on, each with what else is on it, as `po_matter` shows them."""
    mine = MatterEntry.objects.filter(record=record).values_list("matter_id", flat=True)
    matters = list(Matter.objects.filter(pk__in=list(mine)).order_by("-made_at"))
    entries = list(MatterEntry.objects.filter(matter__in=matters).values_list("matter_id", "record_id"))
    records = Record.objects.in_bulk([record_id for _, record_id in entries])
    return [
        _matter_shown(matter, [records[r] for m, r in entries if m == matter.pk and r in records], record)
        for matter in matters
    ]


def _matter_shown(matter: Matter, items: list[Record], here: Record) -> dict[str, Any]:
    return {
        "reference": matter.reference,
        "title": matter.title,
        "url": matter.get_absolute_url(),
        "items": [_item(record, here) for record in items],
        "hidden_count": sum(hidden_on(matter).values()),
    }


def _item(record: Record, here: Record) -> dict[str, Any]:
    kind = record.kind_declared
    return {
        "icon": kind.icon,
        "title": record.title,
        "url": record.get_absolute_url(),
        "note": "This page" if record.pk == here.pk else f"{kind.word.capitalize()} {record.reference}",
        "is_here": record.pk == here.pk,
    }


ACTS = (
    ("records.put_on", "Put on a matter", "matter"),
    ("records.link", "Link to another record", "link"),
    ("records.mark", "Change the marking", "marking"),
    ("records.narrow", "Name its readers", "readers"),
    ("records.bar", "Keep it from somebody", "conflict"),
    ("records.hold", "Hold it from disposal", "hold"),
    ("timeline.print_story", "Story as PDF", "story"),
)
"""What can be done with a record of any kind: the verb, its words, and the last part of its address."""


def acts_on(record: Record) -> list[Act]:
    """The acts on a record of any kind that the person acting may do, wherever its own page is."""
    return [Act(words, "", address_of(record, place)) for verb, words, place in ACTS if policy.allows(verb)]


def address_of(record: Record, place: str) -> str:
    """The address of an act on a record of any kind."""
    if place == "matter":
        return f"/{record.office.slug}/records/matter/?record={path_of(record)}"
    return f"/{record.office.slug}/records/{path_of(record)}/{place}/"


def keeping_of(record: Record) -> list[tuple[str, str]]:
    """How a record is marked, for whom it is, and how long it is kept, as facts for its page."""
    keep = record.kind_declared.keep
    readers = ", ".join(map(str, record.audiences.select_related("person")))  # type: ignore[attr-defined]
    holds = record.holds.filter(lifted_at=None)  # type: ignore[attr-defined]
    return [
        ("Marking", ": ".join(filter(None, [Marking(record.marking).label, record.handling]))),
        ("Readers", readers or "The whole office"),
        ("Kept", f"{words.counted(keep.years, 'year')} after it is {keep.after}, then {THEN[keep.then]}"),
        ("Held", "; ".join(hold.reason for hold in holds)),
    ]


def links_of(record: Record) -> list[tuple[str, Record]]:
    """The records that it bears on and that bear on it, each with how."""
    out = Link.objects.filter(from_record_id=record.pk).select_related("to_record__office")
    into = Link.objects.filter(to_record_id=record.pk).select_related("from_record__office")
    return [(link.out_words.capitalize(), link.to_record) for link in out] + [
        (link.in_words.capitalize(), link.from_record) for link in into
    ]


THEN = {"destroy": "destroyed", "review": "reviewed", "archive": "passed to the archive"}


def hidden_on(matter: Matter) -> dict[str, int]:
    """Under cover, how many records of each kind on a matter are restricted: numbers and nothing else.

    In one's own office what may not be seen is absent, and so is its number.
    """
    if not scope.current().is_cover:
        return {}
    seen = _count_by_kind(matter)
    with scope.acting_as_system("count of restricted records", office=matter.office):
        every = _count_by_kind(matter)
    return {kind: count - seen.get(kind, 0) for kind, count in every.items() if count > seen.get(kind, 0)}


def _count_by_kind(matter: Matter) -> dict[str, int]:
    rows = MatterEntry.objects.filter(matter_id=matter.pk).order_by().values_list("record__kind")
    return dict(rows.annotate(Count("pk")))
