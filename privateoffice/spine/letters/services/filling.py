"""Filling named fields into a text, and the agreed lines that fit one. Only known fields are filled in."""

import re
from collections.abc import Iterable, Mapping

from privateoffice.foundations.records.asking import words_of
from privateoffice.spine.letters.models import StandardLine

FIELDS = {
    "name": "The recipient's name",
    "office": "The name of the office",
    "commander": "The Commander, with rank",
    "writer": "Who writes",
    "today": "The day, as 26 January 2026",
    "subject": "What it is about",
    "reference": "Our reference",
    "received": "When the letter came that it answers",
    "promised": "In a holding reply: the day by which a reply is promised",
}
"""The fields that a template may name, in braces. Whatever else stands in braces prints as typed."""

_FIELD = re.compile(r"\{([a-z_]{1,40})\}")
MOST_SUGGESTED = 5


def filled(text: str, said: Mapping[str, str]) -> str:
    """The text with each known field in its place. What a field says is text and is not looked into again."""
    return _FIELD.sub(lambda found: said.get(found[1], found[0]), text)


def fields_left(text: str) -> list[str]:
    """The known fields that still stand in a text."""
    return sorted({name for name in _FIELD.findall(text) if name in FIELDS})


def fitting(lines: Iterable[StandardLine], text: str) -> list[tuple[StandardLine, list[str]]]:
    """The lines whose terms stand in a text, those with most first, each with the terms that were found."""
    plain = f" {' '.join(map(_stem, words_of(text.lower())))} "
    scored = [(line, [term for term in terms_of(line) if _stands_in(term, plain)]) for line in lines]
    found = [(line, terms) for line, terms in scored if terms]
    return sorted(found, key=lambda one: (-len(one[1]), one[0].title))[:MOST_SUGGESTED]


def terms_of(line: StandardLine) -> list[str]:
    return [term.strip() for term in line.terms.split(",") if term.strip()]


def _stands_in(term: str, plain: str) -> bool:
    stems = " ".join(map(_stem, words_of(term.lower())))
    return bool(stems) and f" {stems} " in plain


def _stem(word: str) -> str:
    """A word without its plural, so that pilot finds pilots and enquiry finds enquiries."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
