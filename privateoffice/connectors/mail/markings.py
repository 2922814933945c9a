"""Protective markings in the places where a marking counts: subject, header fields, first and last line."""

import re
from typing import TypedDict

SECRET, SENSITIVE, OFFICIAL = "secret-or-above", "official-sensitive", "official"
FIELDS = (
    "x-protective-marking",
    "x-protectively-marked",
    "x-classification",
    "x-security-classification",
    "x-marking",
    "sensitivity",
    "classification",
)
_WORDS = r"(?:(?:UK|NATO|MOD|COSMIC)[ -])?(?:TOP[ -]?SECRET|SECRET|OFFICIAL\s*[-–—:_ ]?\s*SENSITIVE|O-S|OFFICIAL)"
_HANDLING = (
    r"(?:\s*(?:[-–—:/,;(\[]+|//)\s*(?P<handling>[A-Z][A-Z0-9 ,&/()'-]{1,80}?)|\s+(?P<caveat>UK EYES ONLY))?"
)
_LINE = re.compile(rf"[\[(*= -]*(?P<marking>{_WORDS}){_HANDLING}[\])*=. -]*")
_REPLIES = r"(?i:(?:re|fw|fwd|aw|sv|wg|tr)\s*:\s*)*"
_SPOKEN = rf"(?P<marking>(?:{_WORDS})|(?i:OFFICIAL\s*[-–—]\s*SENSITIVE))"
_SUBJECT = re.compile(
    rf"{_REPLIES}(?:[\[(]\s*(?P<held>(?i:{_WORDS}))(?P<more>[^\])]{{0,80}})[\])]"
    rf"|{_SPOKEN}(?:\s*[-–—/,]+\s*(?P<handling>[A-Z][A-Z0-9 ,&/'-]{{1,60}}?)(?=\s*:)|\s+(?P<caveat>UK EYES ONLY))?"
    rf"\s*(?:[:|/–—]|-\s|$))"
)
_SUBJECT_END = re.compile(rf"[\[(]\s*(?P<held>{_WORDS})(?P<more>[^\])]{{0,80}})[\])]\s*$", re.IGNORECASE)


class Marked(TypedDict):
    """The highest marking found or None, its handling instruction, and the words as they stand."""

    marking: str | None
    handling: str
    marking_words: list[str]


def marked(subject: str, fields: list[str], text: str) -> Marked:
    """What the message says that it is."""
    found = [*_in_subject(subject), *_in_fields(fields), *_in_lines(text)]
    for level in (SECRET, SENSITIVE, OFFICIAL):
        of_level = [(words, handling) for known, handling, words in found if known == level]
        if of_level:
            handling = next((handling for _, handling in of_level if handling), "")
            return {"marking": level, "handling": handling, "marking_words": [words for *_, words in found]}
    return {"marking": None, "handling": "", "marking_words": []}


def level_of(words: str) -> str:
    """Which of the three tiers (or OFFICIAL-SENSITIVE) some words of a marking stand for."""
    upper = words.upper()
    if "SECRET" in upper:
        return SECRET
    return SENSITIVE if "SENSITIVE" in upper or upper == "O-S" else OFFICIAL


def _in_subject(subject: str) -> list[tuple[str, str, str]]:
    found = []
    start = _SUBJECT.match(subject)
    if start and start["held"]:
        found.append((level_of(start["held"]), start["more"].strip(" -–—:/,"), start[0]))
    elif start and _is_said(start["marking"]):
        found.append((level_of(start["marking"]), _handling(start), start[0]))
    end = _SUBJECT_END.search(subject)
    if end and not (start and start.end() > end.start()):
        found.append((level_of(end["held"]), end["more"].strip(" -–—:/,"), end[0]))
    return [(level, handling, words.strip(" :|-–—")) for level, handling, words in found]


def _is_said(words: str) -> bool:
    """Outside brackets a marking is in capitals: "Secret: the party" is not one, "Official-Sensitive: x" is."""
    return words.isupper() or level_of(words) == SENSITIVE


def _in_fields(fields: list[str]) -> list[tuple[str, str, str]]:
    found = []
    for value in fields:
        stated = re.search(r"\bSEC\s*=\s*([^,;\]]+)", value, re.IGNORECASE)
        words = stated[1].strip() if stated else value
        known = re.match(rf"\W*(?P<marking>{_WORDS})\b", words, re.IGNORECASE)
        if known:
            rest = "" if stated else words[known.end() :].strip(" -–—:/,()[]")
            found.append((level_of(known["marking"]), rest, words))
    return found


def _in_lines(text: str) -> list[tuple[str, str, str]]:
    lines = [line.lstrip("> ").strip() for line in _outer_lines(text)]
    found = [_LINE.fullmatch(line) for line in dict.fromkeys(lines) if len(line) < 160]
    return [(level_of(one["marking"]), _handling(one), one[0]) for one in found if one]


def _outer_lines(text: str) -> list[str]:
    """The first and the last line that is not blank."""
    whole = text.strip("\n\t >\u00a0\ufeff")
    return [whole[:400].split("\n", 1)[0], whole[-400:].rsplit("\n", 1)[-1]] if whole else []


def _handling(found: re.Match[str]) -> str:
    return (found["handling"] or found["caveat"] or "").strip(" -()")
