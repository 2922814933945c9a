"""What was typed into the search box: words, "phrases", perhaps a reference. Nothing that is typed is an error."""

import re
import unicodedata
from dataclasses import dataclass

from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Kind

LONGEST_QUESTION = 1_000
MOST_PHRASES = 16
LONGEST_WORD = 60
"""Far beyond what anybody types; whoever types more is asking for trouble, and gets what the first words find."""

SHORTEST_BEGINNING = 3
_QUOTED = re.compile(r'"([^"]*)"?')
_REFERENCE = re.compile(r"\s*[a-z]*(?:[/\s.-]*[a-z]+)?(?:[/\s.-]*\d+){1,2}\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Phrase:
    """Words that stand together; `is_beginning` where the last of them may go on."""

    words: tuple[str, ...]
    is_beginning: bool = False


@dataclass(frozen=True)
class Asked:
    """Every phrase must be found, in the title or in the text; in titles alone where `in_titles`."""

    phrases: tuple[Phrase, ...]
    in_titles: bool = False

    def __bool__(self) -> bool:
        return bool(self.phrases)


@dataclass(frozen=True)
class Reference:
    """A number that was asked for, with as much of HOM/ENQ/2026/0142 as was typed."""

    number: int
    year: int | None = None
    kind: str = ""
    office: str = ""
    is_plain: bool = True  # 142, which may be any number in a text; not 0142 or enq 142


def asked(text: str, *, in_titles: bool = False, shortest: int = SHORTEST_BEGINNING) -> Asked:
    """Plain words, each to be found, and quoted phrases. The last plain word may be the beginning of one."""
    pieces = _QUOTED.split(text[:LONGEST_QUESTION])
    phrases: list[Phrase] = []
    for place, piece in enumerate(pieces):
        found = words_of(piece)
        if place % 2 and found:
            phrases.append(Phrase(tuple(found)))
        else:
            phrases += [Phrase((word,)) for word in found]
    phrases = list(dict.fromkeys(phrases))[:MOST_PHRASES]
    if phrases and words_of(pieces[-1]) and len(phrases[-1].words[-1]) >= shortest:
        phrases[-1] = Phrase(phrases[-1].words, is_beginning=True)
    return Asked(tuple(phrases), in_titles)


def words_of(text: str) -> list[str]:
    """The words of a text as both databases see them: runs of letters and figures with their accents."""
    plain = "".join(letter if _is_in_a_word(letter) else " " for letter in unicodedata.normalize("NFKC", text))
    return [word[:LONGEST_WORD] for word in plain.split() if any(letter.isalnum() for letter in word)]


def _is_in_a_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNM"


def reference(text: str) -> Reference | None:
    """The reference that was typed: 0142, enq 142, ENQ/2026/0142, HOM/ENQ/2026/0142; nothing where it is none."""
    if len(text) > 40 or not _REFERENCE.fullmatch(text):
        return None
    letters, figures = re.findall("[a-z]+", text.lower()), re.findall(r"[0-9]+", text)
    if not figures or any(len(figure) > 7 for figure in figures):
        return None
    year = int(figures[0]) if len(figures) > 1 else None
    kind = _kind_called(letters[-1]) if letters else None
    if (letters and kind is None) or (year and not 1900 <= year <= 2999):
        return None
    return Reference(
        number=int(figures[-1]),
        year=year,
        kind=kind.label if kind else "",
        office=letters[0].upper() if len(letters) > 1 else "",
        is_plain=not letters and year is None and not figures[-1].startswith("0"),
    )


def _kind_called(word: str) -> Kind | None:
    return next((kind for kind in house.kinds() if word in {kind.code.lower(), kind.word, kind.words}), None)
