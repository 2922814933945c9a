"""What is handed to the printer: plain shapes with plain words, no models."""

from dataclasses import dataclass, field
from datetime import date, datetime

from privateoffice.foundations.registry.declarations import PackPart

MARKINGS = {1: "OFFICIAL", 2: "OFFICIAL-SENSITIVE"}


@dataclass(frozen=True)
class OfficeBlock:
    """The office at the head of its paper: its name, its colour (`#rrggbb`) and how to reach it."""

    name: str
    colour: str = "#37377a"
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Stamp:
    """The marking that stands above and below every page, with its handling instruction."""

    marking: int = 1
    handling: str = ""
    is_sample: bool = False

    @property
    def words(self) -> str:
        """OFFICIAL or OFFICIAL-SENSITIVE. Anything above is not printed here: KeyError."""
        return MARKINGS[self.marking]


@dataclass(frozen=True)
class Standing:
    """A state as shape and word: `kind` is late, soon, well, closed or waiting."""

    kind: str
    words: str


@dataclass(frozen=True)
class LetterText:
    """A letter as it is to be read. Paragraphs are plain text; a line break inside one is kept."""

    on: date
    to: tuple[str, ...]
    salutation: str
    body: tuple[str, ...]
    close: str
    signed_by: str
    signed_as: tuple[str, ...] = ()
    reference: str = ""
    your_reference: str = ""
    heading: str = ""
    enclosures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows under heads. A cell is text or a Standing. `shares` are the widths of the columns beside one
    another; `figures` names the columns (from 0) that are set to the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str | Standing, ...], ...]
    shares: tuple[float, ...] = ()
    figures: tuple[int, ...] = ()
    empty: str = "Nothing to list."


@dataclass(frozen=True)
class Told:
    """One line of a story: the day as a heading over it, the time, who, what they did, what they wrote."""

    day: str
    time: str
    who: str
    did: str
    wrote: str = ""
    is_ours: bool = True


@dataclass(frozen=True)
class Section:
    """A part of a report under its own heading, in this order: text, facts, table, story."""

    title: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    table: Table | None = None
    story: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Report:
    """A register, a record with its story, a list: whatever is no letter. `made` says when and for whom."""

    title: str
    sections: tuple[Section, ...] = ()
    lead: str = ""
    reference: str = ""
    standing: Standing | None = None
    facts: tuple[tuple[str, str], ...] = ()
    made: str = ""
    made_on: date | None = None
    is_wide: bool = False


@dataclass(frozen=True)
class BoundPaper:
    """A foreign paper that will stand behind the pack: its pages, or why it could not be bound."""

    title: str
    pages: int
    marking: int = 1
    handling: str = ""
    refused: str = ""


@dataclass(frozen=True)
class Pack:
    """The Commander's day pack.

    `parts` come from the rooms; in each place their lines stand in the order given. How a line is read:
    decisions  title, detail (why), body (the one recommendation), when and standing (by when)
    tomorrow   when (the time), title, detail (where, with whom), body and standing (prepared or missing);
               standing `travel` prints the line across, quietly
    briefs     title, reference, detail under it, body as paragraphs (a blank line between)
    letters    as briefs: body is the text that will be signed
    sent       when, title, detail (to whom), whose (who drafted and approved)
    overdue_*  title, detail, whose, when and standing
    on_call    title (the duty), detail (who), when, body (how to reach them)
    ahead      when, title, detail (where), body and standing (what is missing)
    `changes` makes a first page of what was added, removed or changed since `changed_since`.
    `papers` are listed and counted here and bound behind by `connectors.papers.bind` in the same order.
    """

    day: date
    reader: str
    office: OfficeBlock
    made_at: datetime
    parts: tuple[PackPart, ...] = ()
    papers: tuple[BoundPaper, ...] = ()
    changes: tuple["Change", ...] = ()
    changed_since: datetime | None = None
    is_sample: bool = False
    handling: str = field(default="")

    @property
    def stamp(self) -> Stamp:
        """The highest marking inside, with every handling instruction that stands beside it."""
        inside = [(part.marking, part.handling) for part in self.parts]
        inside += [(paper.marking, paper.handling) for part in self.parts for paper in part.papers]
        inside += [(paper.marking, paper.handling) for paper in self.papers]
        highest = max((marking for marking, _ in inside), default=1)
        said = [self.handling, *(handling for marking, handling in inside if marking == highest)]
        return Stamp(highest, "; ".join(dict.fromkeys(filter(None, said))), self.is_sample)


@dataclass(frozen=True)
class Change:
    """One line that differs from the last pack: `kind` is added, removed or changed."""

    kind: str
    where: str
    words: str
    was: str = ""
