"""The shape of a cover note: sections of groups of lines, as plain words that are kept as they were."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Line:
    """One line: what it is, more about it, when, whose, and where it stands."""

    title: str
    detail: str = ""
    when: str = ""
    whose: str = ""
    reference: str = ""
    url: str = ""
    standing: str = ""
    is_sensitive: bool = False


@dataclass(frozen=True)
class Group:
    """Lines under a heading of their own; `more` counts those that are left out."""

    title: str
    lines: tuple[Line, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Section:
    """One of the eight parts of a note: a sentence, typed words, and groups of lines."""

    title: str
    lead: str = ""
    words: str = ""
    groups: tuple[Group, ...] = field(default=())

    @property
    def is_sensitive(self) -> bool:
        return any(line.is_sensitive for group in self.groups for line in group.lines)


def as_kept(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """As the database gives them back, so that two makings can be told apart."""
    return json.loads(json.dumps([asdict(section) for section in sections]))


def as_read(kept: Iterable[dict[str, Any]]) -> list[Section]:
    """The sections as they were when the note was made."""
    return [
        Section(
            title=section["title"],
            lead=section["lead"],
            words=section["words"],
            groups=tuple(
                Group(group["title"], tuple(Line(**line) for line in group["lines"]), group["more"])
                for group in section["groups"]
            ),
        )
        for section in kept
    ]
