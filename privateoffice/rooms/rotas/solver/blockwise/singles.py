"""Who could have which block at all, and what that would break by itself."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .. import words
from ..model import (
    BANK_HOLIDAY,
    MUST,
    NEVER,
    NIGHT,
    WEEKEND,
    Absence,
    Assignment,
    Block,
    Person,
    Problem,
    Rule,
    Waiver,
)
from .units import Pair


@dataclass(frozen=True)
class Question:
    """A problem with what the compiler looks up again and again."""

    problem: Problem

    @cached_property
    def away(self) -> Mapping[str, list[Absence]]:
        found: dict[str, list[Absence]] = defaultdict(list)
        for each in self.problem.absences:
            found[each.person].append(each)
        return found

    @cached_property
    def published(self) -> frozenset[Pair]:
        return frozenset((each.block, each.person) for each in self.problem.published)

    @cached_property
    def today(self) -> date | None:
        return self.problem.now.date() if self.problem.now else None

    @cached_property
    def fixed(self) -> frozenset[Pair]:
        return frozenset((each.block, each.person) for each in self.problem.fixed)

    @cached_property
    def forced(self) -> frozenset[Pair]:
        """What is in the rota whatever it breaks: what stands already and what somebody pinned."""
        return self.fixed | self._pinned(MUST) | {pair for pair, price in self.losses.items() if price is None}

    @cached_property
    def barred(self) -> frozenset[Pair]:
        return self._pinned(NEVER) - self.forced

    def _pinned(self, kind: str) -> frozenset[Pair]:
        """The pins of a kind that still hold: somebody may have accepted that one is not kept."""
        pins = [each for each in self.problem.pins if each.kind == kind]
        kept = [each for each in pins if not self.accepted("pin", each.person, {each.block})]
        return frozenset((each.block, each.person) for each in kept)

    @cached_property
    def waivers(self) -> Mapping[tuple[str, str], list[Waiver]]:
        found: dict[tuple[str, str], list[Waiver]] = defaultdict(list)
        for each in self.problem.waivers:
            found[each.rule, each.person].append(each)
        return found

    @cached_property
    def losses(self) -> Mapping[Pair, int | None]:
        """What it costs to take a published duty from somebody at short notice (None: may not be done)."""
        rules = [each for each in self.problem.rules if each.kind == "notice"]
        found: dict[Pair, int | None] = {}
        for pair in self.published if rules else ():
            broken = [rule for rule in rules if self._is_late(rule, pair)]
            prices = [rule.waiver for rule in broken if not self.accepted(rule.key, pair[1], {pair[0]})]
            if prices:
                found[pair] = None if None in prices else sum(price or 0 for price in prices)
        return found

    def _is_late(self, rule: Rule, pair: Pair) -> bool:
        block = self.problem.block[pair[0]]
        days = self.notice(block.first) if self.may_change(block.id) else None
        late = days is not None and days < rule.numbers["days"] and rule.binds(pair[1], block)
        return late and not self.is_gone(pair[1], block)

    def may_change(self, block: str) -> bool:
        """Whether a block is this rota's to give: wanted, and nobody's already."""
        return block in self.problem.demand and block not in self._stand

    @cached_property
    def _stand(self) -> frozenset[str]:
        return frozenset(block for block, _ in self.fixed)

    def accepted(self, rule: str, person: str, blocks: set[str]) -> bool:
        return any(not each.blocks or blocks <= set(each.blocks) for each in self.waivers.get((rule, person), ()))

    def is_gone(self, person: str, block: Block) -> bool:
        return any(each.first <= block.last and block.first <= each.last for each in self.away.get(person, ()))

    def notice(self, day: date) -> int | None:
        """Clear days from being told now to this day; None where the day has passed or no time was given."""
        return None if self.today is None or day < self.today else clear_days(self.today, day)


def clear_days(told: date, worked: date) -> int:
    """Days between, without the day told and the day worked."""
    return (worked - told).days - 1


Fault = Callable[[Rule, Question, Person, Block], str]


def _in_post(rule: Rule, question: Question, who: Person, block: Block) -> str:
    return "" if who.in_post(block.first, block.last) else "is not in post"


def _away(rule: Rule, question: Question, who: Person, block: Block) -> str:
    for each in question.away.get(who.id, ()):
        if each.kind in rule.words and each.last >= block.first and each.first <= block.last:
            return f"is away ({each.kind}) {words.span(each.first, each.last)}"
    return ""


def _skills(rule: Rule, question: Question, who: Person, block: Block) -> str:
    held = {each.name for each in who.skills if each.in_date(block.first, block.last)}
    lacks = [each for each in question.problem.duty[block.duty].skills if each not in held]
    return f"has no {words.listed(lacks)} in date" if lacks else ""


def _ranks(rule: Rule, question: Question, who: Person, block: Block) -> str:
    allowed = question.problem.duty[block.duty].ranks
    return "has not the rank" if allowed and who.rank not in allowed else ""


def _pattern(rule: Rule, question: Question, who: Person, block: Block) -> str:
    free = next((day for day in block.days if not who.works_on(day)), None)
    return f"does not work {words.span(free, free)}" if free else ""


def _restrictions(rule: Rule, question: Question, who: Person, block: Block) -> str:
    worth = question.problem.credits(who.id, block.id)
    excused = [kind for kind in (NIGHT, WEEKEND, BANK_HOLIDAY) if kind in who.restrictions and worth[kind]]
    return f"is excused from each {words.listed(excused)}" if excused else ""


def _holiday_notice(rule: Rule, question: Question, who: Person, block: Block) -> str:
    if who.calendar not in rule.words or (block.id, who.id) in question.published:
        return ""
    off = question.problem.calendars.get(who.calendar, {})
    days = [question.notice(day) for day in block.days if day in off]
    short = [n for n in days if n is not None and n < rule.numbers["days"]]
    return f"has {max(0, short[0])} clear days of notice of a bank holiday" if short else ""


def _notice(rule: Rule, question: Question, who: Person, block: Block) -> str:
    """Being given a duty at short notice. Losing one is priced where the objective is written."""
    new = question.published and (block.id, who.id) not in question.published
    days = question.notice(block.first) if new and question.may_change(block.id) else None
    return f"has {max(0, days)} clear days of notice" if days is not None and days < rule.numbers["days"] else ""


FAULTS: Mapping[str, Fault] = {
    "in-post": _in_post,
    "away": _away,
    "skills": _skills,
    "ranks": _ranks,
    "pattern": _pattern,
    "restrictions": _restrictions,
    "holiday-notice": _holiday_notice,
    "notice": _notice,
}


def broken(question: Question, who: Person, block: Block) -> Iterator[tuple[Rule, str]]:
    """The rules that this person's having this block breaks by itself, accepted or not."""
    for rule in question.problem.rules:
        fault = FAULTS.get(rule.kind)
        said = fault(rule, question, who, block) if fault and rule.binds(who.id, block) else ""
        if said:
            yield rule, f"{who.name} {said}"


def price_of(question: Question, person: str, block: str, breaks: list[tuple[Rule, str]]) -> int | None:
    """What the breaches cost together, without those that were accepted; None where one may not be waived."""
    open_rules = [rule for rule, _ in breaks if not question.accepted(rule.key, person, {block})]
    prices = [rule.waiver for rule in open_rules]
    return None if None in prices else sum(price for price in prices if price)


def candidates(question: Question) -> dict[Pair, int]:
    """Every pair of block and person that a rota may hold, with the price of what it breaks by itself.

    A breach that costs as much as the gap it would fill is not worth having: the gap is left. What is forced is
    there at no price, since it cannot be avoided.
    """
    problem, found = question.problem, dict.fromkeys(question.forced, 0)
    for demand in problem.demands:
        block = problem.block[demand.block]
        for who in problem.people:
            pair = (block.id, who.id)
            if block.duty in who.duties and pair not in question.barred and pair not in found:
                price = price_of(question, who.id, block.id, list(broken(question, who, block)))
                if price is not None and (not price or price < demand.under * demand.priority):
                    found[pair] = price
    return found


def pairs(assignments: tuple[Assignment, ...]) -> frozenset[Pair]:
    return frozenset((each.block, each.person) for each in assignments)
