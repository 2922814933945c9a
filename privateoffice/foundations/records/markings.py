"""Protective markings: the two that this house holds, how they are written, and the refusal of all above.

Only marking positions count: a subject's prefix (or brackets at its end), a whole line in capitals at the top or
foot of a text, a header field. A text may speak of secrets as it likes.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models


class Marking(models.IntegerChoices):
    """The tier of what is held. SENSITIVE is an extra marking inside OFFICIAL, not a tier."""

    OFFICIAL = 1, "OFFICIAL"
    OFFICIAL_SENSITIVE = 2, "OFFICIAL-SENSITIVE"


class AboveOurCeiling(Exception):
    """It is marked SECRET or above, which this house neither stores nor shows. The text is fit to show."""

    sentence = (
        "This looks marked SECRET or above, so it was not saved. Do not type it here, send it on or keep a copy. "
        "Call security and do as they say. If it is not so marked, take the marking out and save again."
    )

    def __init__(self) -> None:
        super().__init__(self.sentence)


@dataclass(frozen=True)
class Found:
    """A marking that was read: which of ours (None for SECRET and above), in which words, with what handling."""

    marking: Marking | None
    words: str
    handling: str = ""

    @property
    def is_above_ceiling(self) -> bool:
        return self.marking is None

    @property
    def height(self) -> int:
        return self.marking or {"SECRET": 3, "TOP SECRET": 4}[self.words]


LINES_AT_EACH_END = 3
CHARACTERS_AT_EACH_END = 4_000
SUBJECT_CHARACTERS = 1_000
FIELDS = frozenset(
    [
        *["classification", "x-classification", "protective-marking", "x-protective-marking", "x-marking"],
        *["security-classification", "x-security-classification", "x-gsc", "msip_labels", "x-titus-label"],
    ]
)

_LEVEL = r"""
    (?:(?:UK|US|EU|NATO|COSMIC|FIVE\ EYES)[ /-]{1,3})?
    (?P<level> TOP[ -]{0,3}SECRET | SECRET | OFFICIAL\s{0,3}[-:/ ]\s{0,3}SENSITIVE | OFFICIAL | O\s?-\s?S )
    (?!\w|'|-\w)
"""
_CAVEAT = r"""(?:(?:UK|US|AUS|CAN|NZ|FIVE|EU|NATO)(?:[/ ,](?:UK|US|AUS|CAN|NZ|EYES))*\ (?:EYES\ )?ONLY | UKEO
    | STRAP\ ?[1-3]? | CODEWORD(?:\ \w+)? | ATOMIC | NOFORN | LOCSEN | HMG\ USE\ ONLY | RECIPIENTS\ ONLY
    | EMBARGOED | PERSONAL(?:\ DATA)? | COMMERCIAL | LEGAL(?:\ PRIVILEGE)? | POLICE(?:\ ONLY)?
    | STAFF | INVESTIGATION )"""
_HANDLING = rf"""(?P<handling> (?: [ ]{{0,2}}[-/,(\[|]{{0,2}}[ ]? {_CAVEAT} (?!\w) [)\]]? )* )"""
_ANY_CASE = re.VERBOSE | re.IGNORECASE

# A marking in capitals before a colon, a dash or nothing more; in any case before a colon or in brackets.
_PREFIXES = (
    re.compile(rf"[\[({{<]\s? {_LEVEL} {_HANDLING} \s?[\])}}>] \s{{0,2}}:?", _ANY_CASE),
    re.compile(rf"{_LEVEL} {_HANDLING} (?: \s{{0,2}}: | // | \s{{0,2}}[-/|]+\s | \s*$ )", re.VERBOSE),
    re.compile(rf"{_LEVEL} {_HANDLING} \s{{0,2}}:", _ANY_CASE),
    re.compile(rf"(?P<level>OFFICIAL(?:\ ?[-/ ]\ ?SENSITIVE|-Sensitive)) {_HANDLING} (?=\s)", re.VERBOSE),
)
_LAST = re.compile(rf".*?[\[({{]\s? {_LEVEL} {_HANDLING} \s?[\])}}] \s*", re.VERBOSE)
_ANSWER = re.compile(r"(?:re|fw|fwd|aw|wg|sv|vs|tr|antw)\s?(?:\[\d+\])?\s?:\s*", re.IGNORECASE)
_TAG = re.compile(r"\[[^\[\]]{1,40}\]\s*")
_LINE = re.compile(
    rf"""[*=~_\#|\[( -]* {_LEVEL} {_HANDLING}
    (?: \s{{0,2}}[-/:,|(\[]+\s{{0,2}} [A-Z0-9][A-Z0-9 ,/&'.-]{{1,60}} [)\]]? )?
    (?: \s{{1,9}}[-|]?\s?(?i:PAGE)\s\d+(?:\s(?i:OF|/)\s\d+)? )? [*=~_\#|\]). -]*""",
    re.VERBOSE,
)
_LABELLED = re.compile(
    r"(?:(?:protective |security )?marking|(?:security )?classification|gsc)\s?:\s?(?P<value>.+)", re.IGNORECASE
)
_VALUE = re.compile(rf"\W{{0,3}} {_LEVEL} {_HANDLING} \W{{0,3}}", _ANY_CASE)
_ABOVE = {"SECRET": "SECRET", "TOPSECRET": "TOP SECRET"}
_LETTERS_APART = re.compile(r"(?<=\b[A-Z]) (?=[A-Z]\b)")


def marking_of_subject(subject: str) -> Found | None:
    """The highest marking before (or in brackets after) the words of a subject; None where there is none."""
    return _read_subject(subject)[0]


def without_marking(subject: str) -> str:
    """The subject without the markings in front of it; the signs of an answer stay."""
    return _read_subject(subject)[1]


def marked_subject(subject: str, marking: int) -> str:
    """The subject as it goes out, `OFFICIAL-SENSITIVE: text`, whatever marking stood in front of it before."""
    return f"{Marking(marking).label}: {without_marking(subject).lstrip()}"


def found_in(
    text: str | Iterable[str] = "",
    *,
    subject: str = "",
    fields: Mapping[str, str] | Iterable[tuple[str, str]] = (),
) -> Found | None:
    """The highest marking in the marking positions of a text (or its lines), its subject and its header fields."""
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    return _highest(
        [
            marking_of_subject(subject),
            *(_read_line(line) for line in _ends(text)),
            *(_read_value(value) for name, value in pairs if name.strip().lower() in FIELDS),
        ]
    )


def refuse_above_ceiling(*texts: str) -> None:
    """Raise AboveOurCeiling if any text that a person typed is marked SECRET or above."""
    for text in filter(None, texts):
        found = found_in(text, subject=text.strip().partition("\n")[0])
        if found and found.is_above_ceiling:
            raise AboveOurCeiling


def _read_subject(subject: str) -> tuple[Found | None, str]:
    plain, places = _plain(subject)
    found: list[Found | None] = []
    kept: list[str] = []
    at = 0
    while sign := _marking_at(plain, at) or _ANSWER.match(plain, at) or _TAG.match(plain, at):
        if "level" in sign.re.groupindex:
            found.append(_found(sign))
        elif sign.group() not in kept:
            kept.append(sign.group())
        at = sign.end() + len(plain[sign.end() :]) - len(plain[sign.end() :].lstrip())
    if last := _LAST.fullmatch(plain, at):
        found.append(_found(last))
    return _highest(found), "".join(kept) + subject[places[at] :].rstrip()


def _marking_at(plain: str, at: int) -> re.Match[str] | None:
    return next((mark for prefix in _PREFIXES if (mark := prefix.match(plain, at))), None)


def _read_line(line: str) -> Found | None:
    plain = _LETTERS_APART.sub("", _plain(line)[0].strip())
    if labelled := _LABELLED.fullmatch(plain):
        return _read_value(labelled["value"])
    mark = _LINE.fullmatch(plain)
    return _found(mark) if mark else None


def _read_value(value: str) -> Found | None:
    pieces = re.split("[;,=]", _plain(value)[0])
    return _highest([_found(mark) for piece in pieces if (mark := _VALUE.fullmatch(piece.strip()))])


def _ends(text: str | Iterable[str]) -> list[str]:
    whole = (text if isinstance(text, str) else "\n".join(text)).strip()
    if len(whole) > 2 * CHARACTERS_AT_EACH_END:
        whole = whole[:CHARACTERS_AT_EACH_END] + "\n(cut)\n" + whole[-CHARACTERS_AT_EACH_END:]
    lines = [line for line in whole.splitlines() if line.strip()]
    return lines[:LINES_AT_EACH_END] + lines[LINES_AT_EACH_END:][-LINES_AT_EACH_END:]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it looks, letter for letter: wide letters and odd dashes made plain, unseen characters left out.

    With the place of each letter in the text as it came.
    """
    seen = [(_plain_letter(letter), place) for place, letter in enumerate(text[:SUBJECT_CHARACTERS])]
    shown = [(letter, place) for letter, place in seen if letter]
    places = [place for _, place in shown]
    return "".join(letter for letter, _ in shown), [*places, min(len(text), SUBJECT_CHARACTERS)]


def _plain_letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in {"Cf", "Cc"} and not letter.isspace():
        return ""
    if kind == "Pd" or letter == "\N{MINUS SIGN}":
        return "-"
    if letter.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


def _found(mark: re.Match[str]) -> Found:
    letters = re.sub("[^A-Z]", "", mark["level"].upper())
    handling = " ".join(re.sub(r"[^\w/ ]", " ", mark["handling"] or "").upper().split())
    ours = {"OFFICIAL": Marking.OFFICIAL, "OS": Marking.OFFICIAL_SENSITIVE}
    marking = ours.get("OS" if letters == "OFFICIALSENSITIVE" else letters)
    return Found(marking, marking.label if marking else _ABOVE[letters], handling)


def _highest(found: Iterable[Found | None]) -> Found | None:
    return max(filter(None, found), key=lambda one: one.height, default=None)
