"""Judges a roster against an instance of the public shift-scheduling format; shares no code with the solver.

python benchmarks/rota_referee.py INSTANCE.txt ROSTER.csv
Prints the cost and every hard rule that is broken; ends with 1 where one is.
"""

import csv
import sys
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path


@dataclass
class Question:
    """The instance as it stands in its file: one list of fields for each line of each section."""

    sections: dict[str, list[list[str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Question":
        found, section = cls(), ""
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            text = line.strip()
            if text.startswith("SECTION_"):
                section = text.removeprefix("SECTION_")
            elif text and not text.startswith("#"):
                found.sections.setdefault(section, []).append([part.strip() for part in text.split(",")])
        return found

    def lines(self, section: str) -> list[list[str]]:
        return self.sections.get(section, [])

    @property
    def days(self) -> int:
        return int(self.lines("HORIZON")[0][0])


@dataclass(frozen=True)
class Verdict:
    """What a roster costs, and which hard rules it breaks, in words."""

    cost: int
    broken: list[str]


def read_roster(path: Path) -> dict[str, list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return {row[0]: row[1:] for row in csv.reader(file) if row}


def judge(question: Question, roster: dict[str, list[str]]) -> Verdict:
    staff = [line[0] for line in question.lines("STAFF")]
    broken = [] if sorted(staff) == sorted(roster) else ["the roster has not exactly the staff of the instance"]
    minutes = {line[0]: int(line[1]) for line in question.lines("SHIFTS")}
    for name, row in roster.items():
        if len(row) != question.days or any(cell and cell not in minutes for cell in row):
            broken.append(f"{name}: not one known duty or nothing for each day")
    if broken:
        return Verdict(0, broken)
    for line in question.lines("STAFF"):
        broken += [f"{line[0]}: {fault}" for fault in _personal(question, line, roster[line[0]], minutes)]
    return Verdict(_cost(question, roster), broken)


def _personal(question: Question, line: list[str], row: list[str], minutes: dict[str, int]) -> list[str]:
    most, least, longest, shortest, rest, weekends = (int(number) for number in line[2:8])
    faults = []
    for part in filter(None, line[1].split("|")):
        duty, limit = part.split("=")
        if row.count(duty) > int(limit):
            faults.append(f"{row.count(duty)} of {duty}, at most {limit}")
    worked = sum(minutes[cell] for cell in row if cell)
    if not least <= worked <= most:
        faults.append(f"{worked} minutes, not {least} to {most}")
    faults += _followers(question, row) + _days_off(question, line[0], row)
    faults += _runs(row, longest, shortest, rest)
    touched = sum(1 for day in range(5, len(row), 7) if row[day] or (day + 1 < len(row) and row[day + 1]))
    if touched > weekends:
        faults.append(f"{touched} weekends, at most {weekends}")
    return faults


def _followers(question: Question, row: list[str]) -> list[str]:
    kinds = [line for line in question.lines("SHIFTS") if len(line) > 2]
    never = {(line[0], after) for line in kinds for after in line[2].split("|") if after}
    return [f"{a} then {b} on day {day}" for day, (a, b) in enumerate(pairwise(row), 1) if (a, b) in never]


def _days_off(question: Question, name: str, row: list[str]) -> list[str]:
    days = [int(day) for line in question.lines("DAYS_OFF") if line[0] == name for day in line[1:]]
    return [f"works on day {day}, a fixed day off" for day in days if row[day]]


def _runs(row: list[str], longest: int, shortest: int, rest: int) -> list[str]:
    faults, day = [], 0
    for working, run in groupby(row, bool):
        length = len(list(run))
        at_edge = day == 0 or day + length == len(row)
        if working and length > longest:
            faults.append(f"{length} days in a row from day {day}, at most {longest}")
        if length < (shortest if working else rest) and not at_edge:
            faults.append(f"{'works' if working else 'rests'} only {length} days from day {day}")
        day += length
    return faults


def _cost(question: Question, roster: dict[str, list[str]]) -> int:
    cost = 0
    for name, day, duty, weight in question.lines("SHIFT_ON_REQUESTS"):
        cost += int(weight) * (roster[name][int(day)] != duty)
    for name, day, duty, weight in question.lines("SHIFT_OFF_REQUESTS"):
        cost += int(weight) * (roster[name][int(day)] == duty)
    for day, duty, need, under, over in question.lines("COVER"):
        present = sum(1 for row in roster.values() if row[int(day)] == duty)
        cost += int(under) * max(0, int(need) - present) + int(over) * max(0, present - int(need))
    return cost


def main() -> int:
    verdict = judge(Question.read(Path(sys.argv[1])), read_roster(Path(sys.argv[2])))
    print(f"cost {verdict.cost}, hard rules broken {len(verdict.broken)}")
    for fault in verdict.broken:
        print(f"  {fault}")
    return int(bool(verdict.broken))


if __name__ == "__main__":
    sys.exit(main())
