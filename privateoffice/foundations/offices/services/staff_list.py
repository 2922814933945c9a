"""Bringing the directory into step with a staff list: what it would change, and the change itself."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office, Person, Unit
from privateoffice.foundations.offices.services.staff import NUMBERS
from privateoffice.foundations.offices.verbs import trail, verb

Row = dict[str, Any]
BY_NAME = {"unit", "line_manager"}
ELSEWHERE = "{number} is in the directory of another office. The administrator moves people between offices."
TWO_PEOPLE = "The warrant number and the pay number belong to two people of the directory."


@dataclass(frozen=True)
class StaffCount:
    """What an import of a staff list did, or would do."""

    new: int
    changed: int
    unchanged: int


@dataclass
class Step:
    """One row beside the person whom it is about."""

    person: Person
    is_new: bool
    changed: list[str] = field(default_factory=list)
    unit: str = ""
    fault: str = ""


@dataclass
class StaffPlan:
    """What a list would do, row by row in its order. `absent` are people of the directory not in the list."""

    steps: list[Step]
    absent: int

    @property
    def faults(self) -> list[tuple[int, str]]:
        """Which rows (counted from nought) cannot be taken, and why."""
        return [(place, step.fault) for place, step in enumerate(self.steps) if step.fault]

    @property
    def count(self) -> StaffCount:
        new = sum(step.is_new for step in self.steps)
        changed = sum(bool(step.changed) and not step.is_new for step in self.steps)
        return StaffCount(new, changed, len(self.steps) - new - changed)


class _Directory:
    """The people in reach, found by number, address or name without asking the database for each row."""

    def __init__(self, office: Office):
        self.office = office
        self.by: dict[str, dict[str, Person]] = {name: {} for name in (*NUMBERS, "email")}
        self.by_word: dict[str, set[int]] = defaultdict(set)
        self.people: list[Person] = []
        for person in Person.objects.select_related("unit", "office"):
            self.take_in(person)
        self.serving = {id(p) for p in self.people if p.office_id == office.pk and p.left_on is None}
        elsewhere = Person.everyone.exclude(office__in=scope.current().directory)
        self.elsewhere = {said.upper() for pair in elsewhere.values_list(*NUMBERS) for said in pair if said}

    def take_in(self, person: Person) -> None:
        self.people.append(person)
        for name, known in self.by.items():
            if said := getattr(person, name):
                known.setdefault(said.upper(), person)
        for word in _words(f"{person.rank} {person.name}"):
            self.by_word[word].add(len(self.people) - 1)

    def matched(self, row: Row) -> Person | None:
        """The person of a row by number; by address only where no number says otherwise. Never by name."""
        by_number = {name: self.by[name].get(_upper(row, name)) for name in NUMBERS}
        found = [person for person in by_number.values() if person]
        if len({id(person) for person in found}) > 1:
            raise ValidationError(TWO_PEOPLE)
        return found[0] if found else self._by_address(row)

    def _by_address(self, row: Row) -> Person | None:
        person = self.by["email"].get(_upper(row, "email"))
        if person is None:
            return None
        says_otherwise = any(row.get(name) and getattr(person, name) for name in NUMBERS)
        return None if says_otherwise else person

    def manager(self, person: Person, said: str) -> Person | None:
        """Whom a row names as line manager: by number, or by a name that one other person only bears."""
        for name in NUMBERS:
            found = self.by[name].get(said.upper())
            if found and found is not person:
                return found
        sets = [self.by_word.get(word, set()) for word in _words(said)]
        bearers = [self.people[place] for place in set.intersection(*sets)] if sets else []
        others = [bearer for bearer in bearers if bearer is not person]
        return others[0] if len(others) == 1 else None


def planned_import(office: Office, *, rows: Iterable[Row]) -> StaffPlan:
    """What a staff list would do to the directory. Nothing is written."""
    rows, directory = list(rows), _Directory(office)
    steps = [_step(directory, row) for row in rows]
    for step, row in zip(steps, rows, strict=True):
        _set_line_manager(directory, step, row.get("line_manager", ""))
    return StaffPlan(steps, absent=len(directory.serving - {id(step.person) for step in steps}))


def _step(directory: _Directory, row: Row) -> Step:
    try:
        found = directory.matched(row)
    except ValidationError as fault:
        return Step(Person(office=directory.office), False, fault=" ".join(fault.messages))
    person = found or Person(office=directory.office)
    step = Step(person, is_new=found is None)
    for name, value in row.items():
        if name not in BY_NAME and getattr(person, name) != value:
            setattr(person, name, value)
            step.changed.append(name)
    step.unit = row.get("unit", "").strip()
    if step.unit != (person.unit.name if person.unit else ""):
        step.changed.append("unit")
    step.fault = _fault_of(directory, person)
    if step.is_new:
        directory.take_in(person)
    return step


def _fault_of(directory: _Directory, person: Person) -> str:
    for name in NUMBERS:
        if (said := getattr(person, name)).upper() in directory.elsewhere and said:
            return ELSEWHERE.format(number=said)
    try:
        person.clean_fields(exclude=["office", "unit", "line_manager"])
    except ValidationError as fault:
        return " ".join(fault.messages)
    return ""


def _set_line_manager(directory: _Directory, step: Step, said: str) -> None:
    manager = directory.manager(step.person, said.strip()) if said.strip() else None
    if manager and not (manager.pk and manager.pk == step.person.line_manager_id):
        step.person.line_manager = manager
        step.changed.append("line_manager")


@verb("offices.import_staff")
def import_staff(office: Office, *, rows: Iterable[Row]) -> StaffCount:
    """Bring the directory into step with a staff list: all of it or, where one row fails, none.

    A row holds `forenames, surname, rank, post, unit, warrant_number, pay_number, email, phone, joined_on,
    left_on` and `line_manager` (a number, or a name that one person only bears). People are matched by
    warrant number, then pay number, then by the address for mail; never by name.
    """
    plan = planned_import(office, rows=rows)
    if plan.faults:
        raise ValidationError([f"Row {place + 1}: {why}" for place, why in plan.faults])
    _write(office, [step for step in plan.steps if step.changed])
    count = plan.count
    trail(office_id=office.pk, new=count.new, changed=count.changed, unchanged=count.unchanged)
    return count


def _write(office: Office, steps: Sequence[Step]) -> None:
    """People first, line managers after: a row may name somebody further down the list."""
    units = _units(steps)
    managers = {id(step.person): step.person.line_manager for step in steps}
    for step in steps:
        step.person.unit = units.get((step.person.office_id, step.unit))
        if step.is_new:
            step.person.line_manager = None
    new = {id(step.person): step.person for step in steps if step.is_new}
    Person.everyone.bulk_create(new.values(), batch_size=500)
    people = {id(step.person): step.person for step in steps}
    for key, person in people.items():
        person.line_manager = managers[key]
    names = [f.name for f in Person._meta.concrete_fields if not f.primary_key and f.name != "office"]
    Person.everyone.bulk_update(people.values(), names, batch_size=100)


def _units(steps: Iterable[Step]) -> dict[tuple[int | None, str], Unit]:
    wanted = {(step.person.office, step.unit) for step in steps if step.unit}
    return {
        (office.pk if office else None, name): Unit.objects.get_or_create(office=office, name=name)[0]
        for office, name in wanted
    }


def _upper(row: Row, name: str) -> str:
    return (row.get(name) or "").upper()


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", name.casefold()))
