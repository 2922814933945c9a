"""Matches the headings of a staff list to what the directory keeps: only when sure, else it asks."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

SYNONYMS: dict[str, tuple[str, ...]] = {
    "warrant_number": ("warrant number", "warrant", "warrant card number", "warrant card", "officer number"),
    "pay_number": ("pay number", "payroll number", "payroll", "pay reference", "payroll reference"),
    "surname": ("surname", "last name", "family name"),
    "forenames": (
        "forename",
        "forenames",
        "first name",
        "first names",
        "given name",
        "given names",
        "christian name",
    ),
    "name": (
        "name",
        "full name",
        "employee name",
        "officer name",
        "staff name",
        "forename surname",
        "name in full",
    ),
    "surname_first": ("surname forename", "surname forenames", "surname first name", "last name first name"),
    "rank": ("rank", "grade", "band", "rank grade", "rank band", "rank or band", "rank or grade", "grade band"),
    "unit": ("unit", "team", "unit team", "team unit", "department", "section", "squad", "mit"),
    "post": ("post", "role", "job title", "post title", "position", "job", "job role"),
    "line_manager": (
        "line manager",
        "manager",
        "reports to",
        "supervisor",
        "line manager name",
        "line manager number",
    ),
    "email": ("email", "e mail", "email address", "e mail address", "mail", "work email"),
    "phone": (
        "phone",
        "telephone",
        "phone number",
        "telephone number",
        "mobile",
        "mobile number",
        "extension",
        "tel",
    ),
    "joined_on": (
        "start date",
        "joined",
        "date joined",
        "joining date",
        "date of joining",
        "joined on",
        "join date",
    ),
    "left_on": (
        "leaving date",
        "left",
        "date left",
        "leave date",
        "leaver date",
        "end date",
        "left on",
        "date leaving",
    ),
}
WORDS = {
    "warrant_number": "warrant number",
    "pay_number": "pay number",
    "surname": "surname",
    "forenames": "forenames",
    "name": "full name",
    "surname_first": "name with the surname first",
    "rank": "rank or band",
    "unit": "unit",
    "post": "post",
    "line_manager": "line manager",
    "email": "email",
    "phone": "phone",
    "joined_on": "start date",
    "left_on": "leaving date",
}
VAGUE: dict[str, tuple[str, ...]] = {
    "number": ("warrant_number", "pay_number"),
    "staff number": ("warrant_number", "pay_number"),
    "employee number": ("warrant_number", "pay_number"),
    "personnel number": ("warrant_number", "pay_number"),
    "person number": ("warrant_number", "pay_number"),
    "collar number": ("warrant_number", "pay_number"),
    "id": ("warrant_number", "pay_number"),
    "date": ("joined_on", "left_on"),
    "contact": ("email", "phone"),
    "contact details": ("email", "phone"),
    "title": ("rank", "post"),
}
SHORTEST_TO_CORRECT = 6
CLOSE = 3  # letters amiss within which a heading is asked about


@dataclass(frozen=True)
class Doubt:
    """A heading that may mean one of several things; `choices` are fields, or empty where it is named twice."""

    sheet: str
    column: str
    heading: str
    choices: tuple[str, ...]
    sentence: str


def plain(heading: str) -> str:
    """A heading without case, accents, signs and short forms: "Warrant No." is "warrant number"."""
    letters = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    letters = re.sub(r"\([^)]*\)|\*", " ", letters).replace("#", " number ")
    words = re.sub(r"[^a-z0-9]+", " ", letters).split()
    return " ".join(
        {"no": "number", "num": "number", "nos": "number", "ref": "reference"}.get(word, word) for word in words
    )


def field_of(heading: str) -> str:
    """The field that a heading surely means, or nothing."""
    said = plain(heading)
    if said in _FIELDS:
        return _FIELDS[said]
    near = {field for words, field in _FIELDS.items() if _is_slip(said, words)}
    return near.pop() if len(near) == 1 and said not in VAGUE else ""


def choices_of(heading: str) -> tuple[str, ...]:
    """The fields that an unsure heading may mean; none where it means nothing that is kept."""
    said = plain(heading)
    if not said or field_of(heading):
        return ()
    if said in VAGUE:
        return VAGUE[said]
    if len(said) < SHORTEST_TO_CORRECT:
        return ()
    near = [(amiss(said, words), field) for words, field in _FIELDS.items()]
    most = min(CLOSE, len(said) // 4)
    return tuple(sorted({field for distance, field in near if distance <= most}))


def agreed_field(heading: str, agreed: Mapping[str, str]) -> str | None:
    """What a person has said that a heading means: a field, "" for nothing, None where nobody has said."""
    return next((field for said, field in agreed.items() if plain(said) == plain(heading)), None)


def amiss(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour."""
    if abs(len(one) - len(other)) > CLOSE:
        return CLOSE + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], wanted):
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]


def _is_slip(said: str, words: str) -> bool:
    """Whether one letter is amiss in a heading long enough for that to be a slip and no other word."""
    return min(len(said), len(words)) >= SHORTEST_TO_CORRECT and said[:1] == words[:1] and amiss(said, words) == 1


_FIELDS = {words: field for field, all_words in SYNONYMS.items() for words in all_words}
