"""Finding every day that a text names, from left to right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from privateoffice.foundations.clock.spoken import numbers, stretches, weekdays
from privateoffice.foundations.clock.spoken.forms import Moment, Read, Reader

__all__ = ["Mention", "Moment", "days_in"]

FORMS = (*stretches.FIRST_FORMS, *numbers.FORMS, *stretches.FORMS, *weekdays.FORMS, *stretches.LAST_FORMS)
CLOSE = r"(?:cop|cob|eop|eod|close(?: of (?:play|business))?|(?:the )?end of (?:play|business|the day|day)|end)"
CLOSE_OF = re.compile(
    rf"\b(?:before |by |at )?(?:the )?{CLOSE}(?: on| of|,)? (?:the )?$".replace(" ", r"\s+"), re.IGNORECASE
)
CLOSE_BEHIND = re.compile(rf"^[\s,(]*(?:at |by )?{CLOSE}\b".replace(" ", r"\s+"), re.IGNORECASE)
BLURRED_BEFORE = re.compile(
    r"(?<!how )(?<!what )\b(?:before|after|around|about|circa|roughly|approx\w*|from|past|since|not\s+before|"
    r"either\s+side\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
BLURRED_BEHIND = re.compile(
    r"^(?:\s*-?ish\b|\s+(?:or\s+so|or\s+thereabouts|onwards?|or\s+later)\b)", re.IGNORECASE
)


@dataclass(frozen=True)
class Mention:
    """Words of a text, from `start` up to `end`, that name a day; `day` is None where they name no single one."""

    start: int
    end: int
    words: str
    day: date | None
    why_none: str = ""


def days_in(text: str, at: Moment) -> list[Mention]:
    """Every day that a text names, as it would be read by whoever got it at that moment.

    No year means the next such day, a bare weekday the first one after `at.day`. Where two readings are
    possible the mention has no day, and says why.
    """
    return list(_joined(text, list(_found(text, at))))


def _found(text: str, at: Moment) -> Iterator[Mention]:
    place = 0
    while hit := _first_from(text, place):
        found, reader = hit
        read = _blurred(text, found) or reader(found, at)
        yield Mention(found.start(), found.end(), found[0], read.day, read.why_none)
        place = found.end()


def _first_from(text: str, place: int) -> tuple[re.Match[str], Reader] | None:
    """The form that begins furthest left; of several there, the one that stands first in the table."""
    best = None
    for pattern, reader in FORMS:
        found = pattern.search(text, place)
        if found and (best is None or found.start() < best[0].start()):
            best = found, reader
    return best


def _blurred(text: str, found: re.Match[str]) -> Read | None:
    """Nothing, unless words beside the day make it a stretch: "before Friday", "the 12th or so"."""
    before = text[max(0, found.start() - 40) : found.start()]
    if CLOSE_OF.search(before):
        return None
    if BLURRED_BEFORE.search(before) or BLURRED_BEHIND.search(text[found.end() : found.end() + 20]):
        return Read(why_none="no single day")
    return None


def _joined(text: str, mentions: list[Mention]) -> Iterator[Mention]:
    """Without the "COP" or "today" that only says which part of another day is meant."""
    for number, one in enumerate(mentions):
        after = mentions[number + 1] if number + 1 < len(mentions) else None
        before = mentions[number - 1] if number else None
        is_close = re.fullmatch(CLOSE.replace(" ", r"\s+") + r"|before\s+close", one.words, re.IGNORECASE)
        if is_close and (_touch(text, one, after) or _touch(text, before, one)):
            continue
        yield one


def _touch(text: str, left: Mention | None, right: Mention | None) -> bool:
    if left is None or right is None:
        return False
    return (
        re.fullmatch(r"[\s,(]*(?:on|of|at|by)?\s*(?:the)?\s*", text[left.end : right.start], re.IGNORECASE)
        is not None
    )
