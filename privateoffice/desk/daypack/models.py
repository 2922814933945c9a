"""The Commander's day pack: what the day needs, as one PDF, and what it said, so that changes can be told."""

from dataclasses import asdict
from typing import Any

from django.db import models

from privateoffice.foundations.records.models import Original, Record, RecordQuerySet
from privateoffice.foundations.records.scoped import RecordManager
from privateoffice.foundations.registry.declarations import PackPart

PLACES = {
    "decisions": "Decisions wanted",
    "tomorrow": "Hour by hour",
    "briefs": "Briefs",
    "letters": "Letters to sign",
    "sent": "Sent in your name",
    "overdue_to": "Owed to you",
    "overdue_by": "Owed by you",
    "on_call": "On call",
    "ahead": "Seven days ahead",
}
TOLD = {
    "tomorrow": ("when", "title", "detail", "body"),
    "ahead": ("when", "title", "detail", "body"),
    "on_call": ("title", "detail", "when", "body"),
}
"""What of a line makes it another line, where it is more than its title and words."""


class DayPackQuerySet(RecordQuerySet):
    def for_day(self, day):
        return self.filter(for_on=day)

    def newest_first(self):
        return self.order_by("-for_on", "-made_at", "-pk")


class DayPack(Record):
    """One making of the pack for one day. A later making stands beside it and says what changed."""

    for_on = models.DateField()
    paper = models.ForeignKey(Original, models.PROTECT, related_name="+")
    said = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    not_bound = models.JSONField(default=list)

    objects = RecordManager.from_queryset(DayPackQuerySet)()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["for_on"], name="day_packs_by_day")]

    @property
    def decisions(self) -> list[dict[str, str]]:
        return [line for line in self.said if line["place"] == "decisions"]


def said_by(parts: list[PackPart]) -> list[dict[str, str]]:
    """Every line of a pack as plain words, by which the next making sees what changed."""
    lines = [{"place": part.place, **_words(line)} for part in parts for line in part.lines]
    return lines + [{"place": "briefs", "title": paper.title} for part in parts for paper in part.papers]


def _words(line: Any) -> dict[str, str]:
    return {name: value for name, value in asdict(line).items() if value}


def changes_between(before: list[dict[str, str]], after: list[dict[str, str]]) -> list[dict[str, str]]:
    """What was added, removed or changed, in the order of the pack; how late something is does not count."""
    old, new = _by_name(before), _by_name(after)
    added = [_change("added", new[name]) for name in new if name not in old]
    changed = [
        _change("changed", new[name], was=_line_words(old[name]))
        for name in new
        if name in old and _line_words(old[name]) != _line_words(new[name])
    ]
    removed = [_change("removed", old[name]) for name in old if name not in new]
    return [*added, *changed, *removed]


def _by_name(lines: list[dict[str, str]]) -> dict[tuple[str, str, int], dict[str, str]]:
    """Lines under what they are about; two of one name in one place are told apart by their order."""
    named: dict[tuple[str, str, int], dict[str, str]] = {}
    for line in lines:
        about, place = line.get("reference") or line["title"], 0
        while (line["place"], about, place) in named:
            place += 1
        named[line["place"], about, place] = line
    return named


def _line_words(line: dict[str, str]) -> str:
    told = TOLD.get(line["place"], ("title", "body"))
    return ", ".join(line[name] for name in told if line.get(name))


def _change(kind: str, line: dict[str, str], was: str = "") -> dict[str, str]:
    return {"kind": kind, "where": PLACES.get(line["place"], ""), "words": _line_words(line), "was": was}
