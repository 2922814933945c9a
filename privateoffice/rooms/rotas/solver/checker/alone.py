"""Rules that one block breaks by itself: who may do it at all."""

from collections.abc import Callable, Iterator
from datetime import date
from types import MappingProxyType

from .. import words
from ..answers import Breach
from ..model import BANK_HOLIDAY, NIGHT, WEEKEND, Block, Person, Rule
from .roster import Judge, Judges, Roster


def _each(fault: Callable[[Rule, Roster, Person, Block], str]) -> Judge:
    """A judge of single blocks, from a function that says what is wrong with one ("": nothing)."""

    def judge(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
        who = roster.problem.person[person]
        for block in roster.blocks(person, rule):
            if said := fault(rule, roster, who, block):
                text = f"{who.name} has {words.block(roster.problem, block)} {said}. Rule: {rule.name}."
                yield roster.breach(rule, person, [block], text)

    return judge


def _in_post(rule: Rule, roster: Roster, who: Person, block: Block) -> str:
    return "" if who.in_post(block.first, block.last) else "outside their time in post"


def _away(rule: Rule, roster: Roster, who: Person, block: Block) -> str:
    for each in roster.once("absences", lambda: _absences(roster)).get(who.id, ()):
        if each.kind in rule.words and each.first <= block.last and block.first <= each.last:
            return f"while away ({each.kind}) {words.span(each.first, each.last)}"
    return ""


def _absences(roster: Roster) -> dict[str, list]:
    found: dict[str, list] = {}
    for each in roster.problem.absences:
        found.setdefault(each.person, []).append(each)
    return found


def _skills(rule: Rule, roster: Roster, who: Person, block: Block) -> str:
    for needed in roster.problem.duty[block.duty].skills:
        rows = [each for each in who.skills if each.name == needed]
        if not any(each.in_date(block.first, block.last) for each in rows):
            return f"without {needed} in date" if rows else f"without {needed}"
    return ""


def _ranks(rule: Rule, roster: Roster, who: Person, block: Block) -> str:
    allowed = roster.problem.duty[block.duty].ranks
    return (
        f"as {who.rank or 'no rank'}, not {words.listed(allowed)}" if allowed and who.rank not in allowed else ""
    )


def _pattern(rule: Rule, roster: Roster, who: Person, block: Block) -> str:
    off = [day for day in block.days if not who.works_on(day)]
    return f"though their working pattern leaves {words.day(off[0])} free" if off else ""


def _restrictions(rule: Rule, roster: Roster, who: Person, block: Block) -> str:
    worth = roster.problem.credits(who.id, block.id)
    for kind in (NIGHT, WEEKEND, BANK_HOLIDAY):
        if kind in who.restrictions and worth[kind]:
            return f"though excused from each {kind}"
    return ""


def _holiday_notice(rule: Rule, roster: Roster, who: Person, block: Block) -> str:
    now = roster.problem.now
    if now is None or who.calendar not in rule.words or (block.id, who.id) in _published(roster):
        return ""
    off = roster.problem.calendars.get(who.calendar, {})
    for day in block.days:
        if day in off and now.date() <= day and clear_days(now.date(), day) < rule.numbers["days"]:
            return f"with {max(0, clear_days(now.date(), day))} clear days of notice of {off[day].name}"
    return ""


def _published(roster: Roster) -> frozenset[tuple[str, str]]:
    make = lambda: frozenset((each.block, each.person) for each in roster.problem.published)  # noqa: E731
    return roster.once("published", make)


def clear_days(told: date, worked: date) -> int:
    """Days that lie wholly between being told and working: 15 from 1 June to 17 June."""
    return (worked - told).days - 1


JUDGES: Judges = MappingProxyType(
    {
        "in-post": _each(_in_post),
        "away": _each(_away),
        "skills": _each(_skills),
        "ranks": _each(_ranks),
        "pattern": _each(_pattern),
        "restrictions": _each(_restrictions),
        "holiday-notice": _each(_holiday_notice),
    }
)
