"""A rota as a sheet: one row a duty, there and back; and foreign sheets, read by their headings."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from privateoffice.connectors.sheets.matching import amiss, plain
from privateoffice.foundations.offices.models import Person
from privateoffice.rooms.rotas.models import DutyType, Member, Rota

COLUMNS = ("Duty", "First day", "Last day", "Begins", "Ends", "Staff number", "Name", "Key")
"""Our own sheet. The key finds the duty again; what else is changed in a row is ignored but for the person."""

MEANINGS: dict[str, tuple[str, ...]] = {
    "first_on": (
        "first day",
        "date",
        "from",
        "start",
        "start date",
        "week commencing",
        "w c",
        "day",
        "week beginning",
    ),
    "last_on": ("last day", "to", "end", "end date", "until", "week ending"),
    "duty": ("duty", "role", "duty type", "post", "shift"),
    "number": ("staff number", "warrant number", "pay number", "warrant", "number", "employee number"),
    "person": ("name", "person", "officer", "who", "on call", "staff", "full name"),
    "key": ("key",),
}
WORDS = {
    "first_on": "the first day",
    "last_on": "the last day",
    "duty": "the duty",
    "number": "the staff number",
    "person": "the name",
    "key": "the key of our own sheet",
}
DOTTED = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{2,4})")
RANKS = frozenset(
    {"dci", "dcs", "di", "ds", "dc", "pc", "ps", "det", "supt", "a", "t", "insp", "sgt", "mr", "mrs", "ms"}
)
MOST_FAULTS = 200


@dataclass(frozen=True)
class Asked:
    """One question before anything is written: what it is about, the sentence, and what it may mean."""

    kind: str  # "heading", "duty", "person" or "hidden"
    said: str
    sentence: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Turn:
    """One duty as the sheet has it."""

    where: str
    duty_type: DutyType
    first_on: date
    last_on: date
    person: Person | None


@dataclass
class Sheet:
    """What a sheet says of a rota: its turns, what was asked, and every fault with its place."""

    turns: list[Turn] = field(default_factory=list)
    asks: list[Asked] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return bool(self.turns) and not self.asks and not self.faults


def read_sheet(book: Mapping[str, Any], rota: Rota, answers: Mapping[str, str]) -> Sheet:
    """Understand the first sheet that holds a table. `answers` are what a person has said, as "kind:said"."""
    found = Sheet(notes=list(book.get("notes", [])))
    table = next((one for one in book["sheets"] if one["headings"] and not one["is_hidden"]), None)
    if table is None:
        found.faults.append("No sheet here has a row of headings. Put one above the duties.")
        return found
    reader = _Reader(rota, answers, found, table)
    reader.read()
    return found


class _Reader:
    """Reads one table: first its headings, then its rows; it asks where it is not sure."""

    def __init__(self, rota: Rota, answers: Mapping[str, str], found: Sheet, table: Mapping[str, Any]):
        self.answers, self.found, self.table = answers, found, table
        self.types = [each for each in rota.duty_types.all() if not each.is_by_desk]  # type: ignore[attr-defined]
        self.people = _people_of(rota)
        self.asked: set[tuple[str, str]] = set()

    def read(self) -> None:
        self._note_hidden()
        columns, duties = self._columns()
        self._note_missing(columns, duties)
        if self.found.asks or self.found.faults:
            return
        last = self.table["heading_rows"][-1]
        for number, cells in self.table["rows"]:
            hidden = number in self.table["hidden_rows"] and self.answers.get("hidden:rows") != "yes"
            if number > last and not hidden and not _is_total(cells):
                self._row(number, cells, columns, duties)
        self.found.faults = self.found.faults[:MOST_FAULTS]

    def _note_hidden(self) -> None:
        if self.table["hidden_rows"] and "hidden:rows" not in self.answers:
            count = len(self.table["hidden_rows"])
            sentence = f"{count} rows of this sheet are hidden. Are they to be taken, too?"
            self._ask("hidden", "rows", sentence, (("yes", "Yes, take them"), ("no", "No, leave them out")))

    def _columns(self) -> tuple[dict[str, int], dict[int, DutyType]]:
        """Which column is what; a column headed by a duty holds who does it."""
        columns: dict[str, int] = {}
        duties: dict[int, DutyType] = {}
        for place, heading in enumerate(self.table["headings"]):
            meaning = self.answers.get(f"heading:{heading}") or self._meaning(heading)
            if meaning.startswith("duty="):
                duties[place] = next(each for each in self.types if each.letter == meaning[5:])
                self.found.taken.append((heading, f"who is {duties[place].name}"))
            elif meaning in MEANINGS and meaning not in columns:
                columns[meaning] = place
                self.found.taken.append((heading, WORDS[meaning]))
            elif meaning in MEANINGS:
                self.found.faults.append(f"Two columns are headed as {WORDS[meaning]}. Rename one of them.")
        return columns, duties

    def _meaning(self, heading: str) -> str:
        """What a heading surely means; nothing where that is nothing we keep. Asks where unsure."""
        said = plain(heading)
        for each in self.types:
            if said in {plain(each.name), plain(f"on call {each.name}"), plain(f"{each.name} on call")}:
                return f"duty={each.letter}"
        known = {words: field_ for field_, all_words in MEANINGS.items() for words in all_words}
        if said in known:
            return known[said]
        near = {f for words, f in known.items() if len(said) > 4 and amiss(said, words) <= 2}
        near |= {f"duty={e.letter}" for e in self.types if len(said) > 3 and amiss(said, plain(e.name)) <= 2}
        if near:
            offered = tuple((one, self._said(one)) for one in sorted(near))
            sentence = f"What does the heading “{heading}” mean?"
            self._ask("heading", heading, sentence, (*offered, ("none", "None of these: leave the column out")))
        return ""

    def _said(self, meaning: str) -> str:
        if meaning.startswith("duty="):
            return f"Who is {next(e.name for e in self.types if e.letter == meaning[5:])}"
        return WORDS[meaning].capitalize()

    def _note_missing(self, columns: dict[str, int], duties: dict[int, DutyType]) -> None:
        """C11: what is missing stops the import before anything is written."""
        if self.found.asks:
            return
        if "first_on" not in columns:
            self.found.faults.append("No column holds the day on which a duty begins. Head it Date or First day.")
        if not duties and "duty" not in columns:
            self.found.faults.append("No column holds the duty, and none is headed by a duty of this rota.")
        if not duties and not {"person", "number"} & columns.keys():
            self.found.faults.append("No column holds who does it. Head it Name or Staff number.")

    def _row(
        self, number: int, cells: Sequence[str], columns: dict[str, int], duties: dict[int, DutyType]
    ) -> None:
        said = {name: _cell(cells, place) for name, place in columns.items()}
        where = f"{self.table['name']}, row {number}"
        first_on = self._day(where, said["first_on"])
        if first_on is None:
            return
        last_on = self._day(where, said["last_on"]) if said.get("last_on") else None
        if duties:
            for place, duty_type in duties.items():
                self._turn(where, duty_type, first_on, last_on, "", _cell(cells, place))
            return
        chosen = self._duty(where, said.get("duty", ""))
        if chosen:
            self._turn(where, chosen, first_on, last_on, said.get("number", ""), said.get("person", ""))

    def _turn(
        self, where: str, duty_type: DutyType, first_on: date, last_on: date | None, number: str, name: str
    ) -> None:
        if last_on is not None and last_on < first_on:
            self.found.faults.append(f"{where}: the last day is before the first.")
            return
        if last_on is None:
            block = next(iter(duty_type.blocks(first_on, first_on + timedelta(days=31))), (first_on, first_on))
            last_on = block[1] if block[0] == first_on else first_on
        is_empty = not number and plain(name) in {"", "gap", "vacant", "tbc", "nobody"}
        person = None if is_empty else self._person(where, number, name)
        if person or is_empty:
            self.found.turns.append(Turn(where, duty_type, first_on, last_on, person))

    def _day(self, where: str, text: str) -> date | None:
        """A day as the reader gives it, or as it was typed: day first, as in Britain (C07)."""
        text = text.strip()[:40]
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            pass
        typed = DOTTED.fullmatch(text)
        if typed:
            day, month, year = (int(part) for part in typed.groups())
            try:
                return date(year + 2000 if year < 100 else year, month, day)
            except ValueError:
                pass
        for shape in ("%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%a %d %b %Y"):
            try:
                return datetime.strptime(text, shape).date()
            except ValueError:
                continue
        self.found.faults.append(f"{where}: “{text}” is no day. Write it as 26 January 2027 or 26/01/2027.")
        return None

    def _duty(self, where: str, text: str) -> DutyType | None:
        said = plain(text)
        for each in self.types:
            if said in {plain(each.name), each.letter.lower(), plain(f"on call {each.name}")}:
                return each
        answer = self.answers.get(f"duty:{text}")
        if answer:
            return next((each for each in self.types if each.letter == answer), None)
        choices = tuple((each.letter, each.name) for each in self.types)
        self._ask("duty", text, f"{where}: which duty is “{text}”?", (*choices, ("none", "None: leave it out")))
        return None

    def _person(self, where: str, number: str, name: str) -> Person | None:
        """By number; else by a name that only one person has. Two of one name are never merged (C20)."""
        number = number.strip()
        if number:
            held = [p for p in self.people if number in {p.warrant_number, p.pay_number}]
            if held:
                return held[0]
            self.found.faults.append(f"{where}: nobody on this rota has the number {number[:20]}.")
            return None
        found = _named(self.people, name)
        if len(found) == 1:
            return found[0]
        answer = self.answers.get(f"person:{name}")
        if answer:
            return next((p for p in self.people if p.mark == answer), None)
        offered = found or self.people
        why = "Several people are called" if found else "Nobody on this rota is called"
        choices = tuple((p.mark, f"{p.ranked_name}, {p.mark}") for p in offered)
        self._ask("person", name, f"{where}: {why} “{name[:80]}”. Who is it?", (*choices, ("none", "Leave a gap")))
        return None

    def _ask(self, kind: str, said: str, sentence: str, choices: tuple[tuple[str, str], ...]) -> None:
        if (kind, said) not in self.asked and f"{kind}:{said}" not in self.answers:
            self.asked.add((kind, said))
            self.found.asks.append(Asked(kind, said, sentence, choices))


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _is_total(cells: Sequence[str]) -> bool:
    first = next((text for text in cells if text.strip()), "")
    return plain(first) in {"total", "totals", "sum"}


def _people_of(rota: Rota) -> list[Person]:
    rows = Member.objects.filter(rota=rota).select_related("person").order_by("person__surname", "pk")
    return list({member.person_id: member.person for member in rows}.values())


def _named(people: Iterable[Person], name: str) -> list[Person]:
    """Those whose surname is said whole, and whose forenames or initial fit whatever else is said."""
    return [person for person in people if _fits(person, name)]


def _fits(person: Person, name: str) -> bool:
    said, surname = _words(name), _words(person.surname)
    for start in range(len(said) - len(surname) + 1):
        if said[start : start + len(surname)] == surname:
            rest = [w for w in (*said[:start], *said[start + len(surname) :]) if w not in RANKS]
            forenames = _words(person.forenames)
            return all(
                any(f.startswith(word) or (len(word) == 1 and f[0] == word) for f in forenames) for word in rest
            )
    return False


def _words(name: str) -> list[str]:
    """The words of a name without case, accents and apostrophes, of whatever shape."""
    return plain(re.sub("['’‘`´]", "", name)).split()


def rows_of(duties: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """A period's duties as the rows of our own sheet."""
    for duty in duties:
        person = duty.person
        yield (
            duty.duty_type.name,
            duty.first_on,
            duty.last_on,
            duty.starts_at,
            duty.ends_at,
            person.mark if person else "",
            person.ranked_name if person else "",
            duty.key,
        )
