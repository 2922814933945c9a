"""What becomes of one item of a calendar file: into the diary, in the place of an older version, or listed.

Nothing that came from outside takes an engagement away: cancellations, answers and other times proposed are
claims, which a person reads.
"""

from dataclasses import dataclass, field
from typing import Any

from privateoffice.connectors.calendars.itip import words_for
from privateoffice.foundations.records.markings import Marking
from privateoffice.spine.diary.models import Engagement, ImportItem
from privateoffice.spine.diary.services.reading import PRIVATE_TITLE, SENSITIVE_TITLE, Item

Outcome = ImportItem.Outcome
INTO_THE_DIARY = ("", "PUBLISH", "REQUEST")
OUTSIDE = "It is marked SECRET or above. It was not kept here: held outside, call security."
KINDS = {"task": "a task", "journal": "a note", "busy": "somebody's busy times"}


@dataclass
class Judgement:
    """Whether the item is known, what it renews, how it is listed, and why."""

    item: Item
    is_known: bool = False
    renews: Engagement | None = None
    outcome: str = ""
    reasons: list[str] = field(default_factory=list)

    @property
    def goes_in(self) -> bool:
        return not self.is_known and self.renews is None and self.outcome in ("", Outcome.DAMAGED)


def judge(item: Item, held: list[Engagement], listed: set[str], made: set[int]) -> Judgement:
    """Judge one item against the engagements of its name that are held, and what was listed before.

    `made` are the keys of those that stand in this same file: two of one name in one file are both kept.
    """
    if item.is_above_ceiling:
        return Judgement(item, item.digest in listed, outcome=Outcome.HELD_OUTSIDE, reasons=[OUTSIDE])
    if item.told["kind"] != "event":
        return Judgement(item, item.digest in listed, outcome=Outcome.NO_ENGAGEMENT, reasons=[_what(item)])
    ours = _version_of(item, held)
    if item.told["method"] not in INTO_THE_DIARY or _is_anothers(item, ours):
        return Judgement(item, item.digest in listed, outcome=Outcome.CLAIM, reasons=[_claim(item, ours)])
    known = any(item.digest in (one.digest, *one.before) for one in held)
    outcome = Outcome.DAMAGED if item.told["needs_a_look"] else ""
    faults = [_said(fault) for fault in item.faults if fault["look"]]
    judged = Judgement(item, known, outcome=outcome, reasons=faults)
    if known or ours is None:
        return judged
    was_older = item.digest in listed and _stamp(item) < (ours.sequence, ours.stamped)
    if ours.pk in made and not was_older:
        return judged
    return _against(judged, ours, listed)


def _stamp(item: Item) -> tuple[int, str]:
    """What tells the newer of two versions: SEQUENCE, then DTSTAMP."""
    return item.told["sequence"], item.told["dtstamp"] or ""


def _against(judged: Judgement, ours: Engagement, listed: set[str]) -> Judgement:
    """The newer by SEQUENCE, then DTSTAMP, stands; an older never takes its place."""
    item = judged.item
    theirs = _stamp(item)
    if theirs < (ours.sequence, ours.stamped):
        judged.is_known = item.digest in listed
        judged.outcome = Outcome.OLDER
        judged.reasons = [f"Version {theirs[0]} came after version {ours.sequence}, which stays in the diary."]
        return judged
    judged.renews = ours
    return judged


def _version_of(item: Item, held: list[Engagement]) -> Engagement | None:
    """The one that this is a version of; where two of a name are held, the one that starts with it."""
    if len(held) < 2:
        return held[0] if held else None
    at = item.told["starts_at"]
    same = [one for one in held if one.read.get("starts_at") == at]
    return max(same or held, key=lambda one: (one.sequence, one.stamped))


def _is_anothers(item: Item, ours: Engagement | None) -> bool:
    """Whether an invitation comes in another's name than what is held."""
    if ours is None or item.told["method"] != "REQUEST":
        return False
    before, now = (
        (said or {}).get("address", "") for said in (ours.read.get("organizer"), item.told["organizer"])
    )
    return bool(before) and now.casefold() != before.casefold()


def _claim(item: Item, ours: Engagement | None) -> str:
    told = {**item.told, "summary": _open(item.title, item.is_private, item.marking)}
    return str(words_for(item.told["method"], told, _sender(item), _as_read(ours))["words"])


def _open(title: str, is_private: bool, marking: int) -> str:
    if is_private:
        return PRIVATE_TITLE
    return SENSITIVE_TITLE if marking > Marking.OFFICIAL else title


def _sender(item: Item) -> str:
    """Whose claim it is by the file itself: of an answer the one who answers, of the rest the organiser."""
    people = item.told["attendees"] if item.told["method"] in ("REPLY", "COUNTER", "REFRESH") else []
    said = next(iter(people), None) or item.told["organizer"]
    return str(said["address"]) if said and not item.is_private else ""


def _as_read(ours: Engagement | None) -> dict[str, Any] | None:
    if ours is None:
        return None
    return {
        "summary": _open(ours.title, ours.is_private, ours.marking),
        "organizer": ours.read.get("organizer"),
        "attendees": ours.people,
        "sequence": ours.sequence,
        "dtstamp": ours.stamped,
    }


def _what(item: Item) -> str:
    kind = KINDS.get(item.told["kind"], "something else")
    return f"This is {kind}, not an engagement. It is kept and does not stand in the diary."


def _said(fault: dict[str, Any]) -> str:
    return f"Line {fault['line']:,}: {fault['words']}"
