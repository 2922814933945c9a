"""The fields of an engagement as an item of a calendar file gives them."""

import re
from datetime import datetime
from typing import Any

from privateoffice.foundations.records.models import Original
from privateoffice.spine.diary.models import Engagement
from privateoffice.spine.diary.services.reading import NO_TITLE, Item

TIMES = (
    "kind",
    "component",
    "uid",
    "recurrence_id",
    "sequence",
    "dtstamp",
    "status",
    "start",
    "zone",
    "zone_rules",
    "starts_at",
    "ends_at",
    "all_day",
    "first_day",
    "last_day",
    "floating",
    "length",
    "rrules",
    "exrules",
    "rdates",
    "exdates",
    "very_often",
    "line",
)
WORDS = ("class", "transparency", "url", "comment", "categories", "organizer", "attachments", "links", "alarms")
STATUSES = {"TENTATIVE": Engagement.Status.TENTATIVE, "CANCELLED": Engagement.Status.CANCELLED}
TRAVEL = re.compile(r"travel(ling)?\b", re.IGNORECASE)


def row_of(item: Item, calendar: str, original: Original) -> dict[str, Any]:
    """The fields of an engagement. Of a private one only its times are kept."""
    told = item.told
    uid, recurrence_id = item.key
    return {
        "uid": uid,
        "recurrence_id": recurrence_id,
        "sequence": told["sequence"],
        "stamped": told["dtstamp"] or "",
        "calendar": calendar,
        "digest": item.digest,
        "original": original,
        "title": item.title or NO_TITLE,
        "marking": item.marking,
        "handling": item.handling,
        "status": STATUSES.get(told["status"], Engagement.Status.CONFIRMED),
        "starts_at": _moment(told["starts_at"]),
        "ends_at": _moment(told["ends_at"]),
        "is_all_day": told["all_day"],
        "is_busy": told["transparency"] != "TRANSPARENT",
        "is_private": item.is_private,
        "rule": "; ".join(told["rrules"]),
        "faults": item.faults,
        "needs_a_look": told["needs_a_look"],
        **(_UNTOLD if item.is_private else _said(told)),
        "read": {name: told[name] for name in (TIMES if item.is_private else TIMES + WORDS)},
    }


_UNTOLD: dict[str, Any] = {"is_travel": False, "place": "", "description": "", "organiser": "", "people": []}


def _said(told: dict[str, Any]) -> dict[str, Any]:
    """What it is about, where and with whom."""
    categories = {category.casefold() for category in told["categories"]}
    organiser = told["organizer"] or {"name": "", "address": ""}
    return {
        "is_travel": "travel" in categories or bool(TRAVEL.match(told["summary"])),
        "place": told["location"],
        "description": told["description"],
        "organiser": (organiser["name"] or organiser["address"])[:300],
        "people": told["attendees"],
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
