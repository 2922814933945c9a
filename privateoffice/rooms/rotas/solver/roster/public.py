"""Reads the public shift-scheduling format (Curtois and Qu); every fault is named with its file and line."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .instance import UNLIMITED, Instance, Rules

MOST_BYTES = 20_000_000
MOST_DAYS = 1_000
MOST_PEOPLE = 1_000
MOST_DUTIES = 63
MOST_CELLS = 5_000_000
MOST_TIMES = 20_000
MOST_NUMBER = 10**9


class UnreadableInstance(ValueError):
    """A file that is not an instance, with the place where that shows."""


@dataclass
class _Draft:
    """What has been read so far."""

    path: Path
    line: int = 0
    days: int = 0
    duties: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    people: dict[str, tuple[dict[str, int], Rules]] = field(default_factory=dict)
    fixed_off: list[tuple[str, int]] = field(default_factory=list)
    wishes: dict[tuple[str, str, int, str], int] = field(default_factory=dict)
    cover: dict[tuple[int, str], tuple[int, int, int]] = field(default_factory=dict)
    followers: list[tuple[int, str]] = field(default_factory=list)

    def fail(self, why: str, line: int | None = None) -> "UnreadableInstance":
        where = f" line {line or self.line}" if (line or self.line) else ""
        return UnreadableInstance(f"{self.path}{where}: {why}")

    def number(self, text: str, what: str, least: int = 0, most: int = MOST_NUMBER) -> int:
        try:
            value = int(text) if text.isascii() else None
        except ValueError:
            value = None
        if value is None or not least <= value <= most:
            raise self.fail(f"{what} must be a whole number from {least} to {most}, not {text[:40]!r}")
        return value

    def day(self, text: str) -> int:
        return self.number(text, "the day", 0, self.days - 1)

    def known(self, text: str, of: Collection[str], what: str) -> str:
        if text not in of:
            raise self.fail(f"no {what} has the id {text[:40]!r}")
        return text

    def fields(self, parts: list[str], least: int, most: int) -> list[str]:
        if not least <= len(parts) <= most:
            raise self.fail(f"expected {least} fields, found {len(parts)}")
        return parts


def read(path: Path) -> Instance:
    """Read one instance file. Raises UnreadableInstance, or OSError where the file cannot be read."""
    draft = _Draft(path)
    seen: list[str] = []
    section: Callable[[_Draft, list[str]], None] | None = None
    for draft.line, text in enumerate(_lines(path), 1):
        if not text or text.startswith("#"):
            continue
        if text.startswith("SECTION_"):
            section = _begin(draft, text, seen)
        elif section is None:
            raise draft.fail("text before the first section")
        else:
            section(draft, [part.strip() for part in text.split(",")])
    return _finish(draft, seen)


def _lines(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        raise UnreadableInstance(f"{path}: larger than {MOST_BYTES} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableInstance(f"{path}: not a text file in UTF-8") from fault
    if "\0" in text:
        raise UnreadableInstance(f"{path}: not a text file")
    return (line.strip() for line in text.splitlines())


def _begin(draft: _Draft, text: str, seen: list[str]) -> Callable[[_Draft, list[str]], None]:
    if text not in SECTIONS:
        raise draft.fail(f"an unknown section {text[:40]!r}")
    if text in seen:
        raise draft.fail(f"{text} stands twice")
    for needed in NEEDS.get(text, ()):
        if needed not in seen:
            raise draft.fail(f"{text} stands before {needed}")
    seen.append(text)
    return SECTIONS[text]


def _horizon(draft: _Draft, parts: list[str]) -> None:
    if draft.days:
        raise draft.fail("the horizon stands twice")
    draft.days = draft.number(draft.fields(parts, 1, 1)[0], "the number of days", 1, MOST_DAYS)


def _duty(draft: _Draft, parts: list[str]) -> None:
    name, minutes, *after = draft.fields(parts, 2, 3)
    if not name or name in draft.duties:
        raise draft.fail(f"the duty id {name[:40]!r} is empty or stands twice")
    if len(draft.duties) >= MOST_DUTIES:
        raise draft.fail(f"more than {MOST_DUTIES} duty types")
    forbidden = [each.strip() for each in after[0].split("|") if each.strip()] if after else []
    draft.followers.extend((draft.line, each) for each in forbidden)
    draft.duties[name] = (draft.number(minutes, "the length in minutes", 1, 7 * 1440), forbidden)


def _person(draft: _Draft, parts: list[str]) -> None:
    name, limits, *numbers = draft.fields(parts, 8, 8)
    if not name or name in draft.people:
        raise draft.fail(f"the staff id {name[:40]!r} is empty or stands twice")
    if len(draft.people) >= MOST_PEOPLE:
        raise draft.fail(f"more than {MOST_PEOPLE} staff")
    most, least, longest, shortest, rest, weekends = (draft.number(n, "a staff rule") for n in numbers)
    if least > most:
        raise draft.fail(f"{name} must work at least {least} minutes and at most {most}")
    if shortest > longest:
        raise draft.fail(f"{name}'s shortest run {shortest} is above the longest {longest}")
    rules = Rules(least, most, longest, shortest, rest, weekends)
    draft.people[name] = (_limits(draft, limits), rules)


def _limits(draft: _Draft, text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in filter(None, (part.strip() for part in text.split("|"))):
        duty, equals, most = (part.strip() for part in each.partition("="))
        if not equals or duty in found:
            raise draft.fail(f"a limit must read DUTY=NUMBER, once for each duty, not {each[:40]!r}")
        found[draft.known(duty, draft.duties, "duty")] = draft.number(most, "a limit")
    return found


def _days_off(draft: _Draft, parts: list[str]) -> None:
    person = draft.known(parts[0], draft.people, "member of staff")
    draft.fixed_off.extend((person, draft.day(part)) for part in parts[1:] if part)


def _wish(sign: str) -> Callable[[_Draft, list[str]], None]:
    def read_wish(draft: _Draft, parts: list[str]) -> None:
        person, day, duty, weight = draft.fields(parts, 4, 4)
        key = (sign, draft.known(person, draft.people, "member of staff"), draft.day(day), duty)
        draft.known(duty, draft.duties, "duty")
        draft.wishes[key] = draft.wishes.get(key, 0) + draft.number(weight, "the weight", 0, 10**6)

    return read_wish


def _cover(draft: _Draft, parts: list[str]) -> None:
    day, duty, *numbers = draft.fields(parts, 5, 5)
    key = draft.day(day), draft.known(duty, draft.duties, "duty")
    if key in draft.cover:
        raise draft.fail(f"the cover of {duty} on day {day} stands twice")
    need, under, over = (draft.number(n, "cover", 0, 10**6) for n in numbers)
    draft.cover[key] = need, under, over


SECTIONS: dict[str, Callable[[_Draft, list[str]], None]] = {
    "SECTION_HORIZON": _horizon,
    "SECTION_SHIFTS": _duty,
    "SECTION_STAFF": _person,
    "SECTION_DAYS_OFF": _days_off,
    "SECTION_SHIFT_ON_REQUESTS": _wish("on"),
    "SECTION_SHIFT_OFF_REQUESTS": _wish("off"),
    "SECTION_COVER": _cover,
}
_ALL = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF")
NEEDS = {
    "SECTION_STAFF": ("SECTION_SHIFTS",),
    "SECTION_DAYS_OFF": _ALL,
    "SECTION_SHIFT_ON_REQUESTS": _ALL,
    "SECTION_SHIFT_OFF_REQUESTS": _ALL,
    "SECTION_COVER": _ALL,
}


def _finish(draft: _Draft, seen: list[str]) -> Instance:
    draft.line = 0
    for needed in (*_ALL, "SECTION_COVER"):
        if needed not in seen:
            raise draft.fail(f"{needed} is missing; the file is cut or is not an instance")
    if not (draft.days and draft.duties and draft.people and draft.cover):
        raise draft.fail("the horizon, the duties, the staff or the cover is empty")
    for line, follower in draft.followers:
        if follower not in draft.duties:
            raise draft.fail(f"no duty has the id {follower[:40]!r}", line)
    if draft.days * len(draft.duties) * len(draft.people) > MOST_CELLS:
        raise draft.fail(f"days x duties x staff is above {MOST_CELLS}")
    instance = _arrays(draft)
    if instance.frames[:, 5].max() > MOST_TIMES and instance.frames[:, 5].min() > MOST_TIMES:
        raise draft.fail(f"the working time of a person is above {MOST_TIMES} times the unit of the duty lengths")
    return instance


def _arrays(draft: _Draft) -> Instance:
    duty = {name: place for place, name in enumerate(draft.duties)}
    person = {name: place for place, name in enumerate(draft.people)}
    days, types, staff = draft.days, len(duty), len(person)
    forbidden = np.zeros((types, types), np.bool_)
    for name, (_, after) in draft.duties.items():
        forbidden[duty[name], [duty[each] for each in after]] = True
    limits = np.full((staff, types), UNLIMITED, np.int64)
    for name, (most, _) in draft.people.items():
        for each, number in most.items():
            limits[person[name], duty[each]] = min(number, UNLIMITED)
    fixed_off = np.zeros((staff, days), np.bool_)
    for name, day in draft.fixed_off:
        fixed_off[person[name], day] = True
    wishes, base = np.zeros((staff, days, types)), np.zeros(staff)
    for (sign, name, day, each), weight in draft.wishes.items():
        wishes[person[name], day, duty[each]] += weight if sign == "off" else -weight
        base[person[name]] += weight if sign == "on" else 0
    need, under, over = (np.zeros((days, types)) for _ in range(3))
    for (day, each), numbers in draft.cover.items():
        need[day, duty[each]], under[day, duty[each]], over[day, duty[each]] = numbers
    return Instance(
        name=draft.path.stem, people=tuple(person), duties=tuple(duty),
        minutes=np.array([length for length, _ in draft.duties.values()], np.int64), forbidden=forbidden,
        rules=tuple(rules for _, rules in draft.people.values()), limits=limits, fixed_off=fixed_off,
        wishes=wishes, base=base, need=need, under=under, over=over,
    )  # fmt: skip
