"""What one person's blocks may not do together: overlap, follow too soon, stand too thick."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from .. import words
from ..model import Block, Problem, Rule
from .units import Limit, Run

Near = Callable[[Rule, Problem, Block, Block], bool]
DAY = 24 * 60


class Bound:
    """One person's possible blocks in time, and which of them a rule binds."""

    def __init__(self, problem: Problem, person: str, blocks: Collection[str]):
        self.problem, self.person = problem, person
        self.all = sorted((problem.block[each] for each in blocks), key=lambda each: (each.begins, each.id))

    def by(self, rule: Rule) -> list[Block]:
        return [each for each in self.all if rule.binds(self.person, each)]

    @cached_property
    def toured(self) -> frozenset[str]:
        return frozenset(each.id for each in self.all if not self.problem.duty[each.duty].on_call)

    def tours(self, rule: Rule) -> list[Block]:
        return [each for each in self.by(rule) if each.id in self.toured]


def _overlap(rule: Rule, problem: Problem, one: Block, other: Block) -> bool:
    return other.begins < one.finishes


def _unrested(rule: Rule, problem: Problem, one: Block, other: Block) -> bool:
    return 0 <= other.begins - one.finishes < rule.numbers["minutes"]


def _may_not_follow(rule: Rule, problem: Problem, one: Block, other: Block) -> bool:
    if other.duty not in problem.duty[one.duty].forbidden_followers or other.begins < one.finishes:
        return False
    return (other.first - one.last).days <= rule.numbers["days"]


def _near_pairs(rule: Rule, bound: Bound, blocks: Sequence[Block], near: Near, reach: int) -> Iterator[Limit]:
    """Two blocks of which at most one may be had. `reach` is how far after an end a pair may still be near."""
    for place, one in enumerate(blocks):
        for other in blocks[place + 1 :]:
            if other.begins > one.finishes + reach:
                break
            if near(rule, bound.problem, one, other):
                yield Limit(rule, bound.person, f"{one.id} {other.id}", ((one.id, 1), (other.id, 1)), 1)


def one_at_a_time(rule: Rule, bound: Bound) -> Iterator[Limit]:
    yield from _near_pairs(rule, bound, bound.by(rule), _overlap, 0)


def rest(rule: Rule, bound: Bound) -> Iterator[Limit]:
    yield from _near_pairs(rule, bound, bound.tours(rule), _unrested, rule.numbers["minutes"])


def followers(rule: Rule, bound: Bound) -> Iterator[Limit]:
    yield from _near_pairs(rule, bound, bound.by(rule), _may_not_follow, (rule.numbers["days"] + 2) * DAY)


def weeks_running(rule: Rule, bound: Bound) -> Iterator[Run]:
    most = rule.numbers["weeks"]
    weeks: dict[date, list[str]] = defaultdict(list)
    for block in bound.by(rule):
        weeks[words.monday(block.first)].append(block.id)
    for week in sorted(weeks):
        groups = tuple(tuple(weeks.get(week + timedelta(7 * n), ())) for n in range(most + 1))
        if all(groups):
            yield Run(rule, bound.person, week.isoformat(), groups, most)


def begins(problem: Problem, rule: Rule) -> list[date]:
    """The days on which the blocks of this rule begin, each one place in its order."""
    return sorted({each.first for each in problem.blocks if not rule.applies_to or each.duty in rule.applies_to})


def of_blocks(rule: Rule, bound: Bound) -> Iterator[Limit]:
    days, width = begins(bound.problem, rule), rule.numbers["of"]
    windows = [days[n : n + width] for n in range(len(days) - width + 1)]
    yield from _windows(rule, bound, ((each[0], each[-1]) for each in windows), rule.numbers["at_most"])


def at_most(rule: Rule, bound: Bound) -> Iterator[Limit]:
    width = timedelta(rule.numbers["days"] - 1)
    spans = ((day, day + width) for day in begins(bound.problem, rule))
    yield from _windows(rule, bound, spans, rule.numbers["duties"])


def _windows(rule: Rule, bound: Bound, spans: Iterator[tuple[date, date]], cap: int) -> Iterator[Limit]:
    blocks = bound.by(rule)
    for first, last in spans:
        inside = tuple((each.id, 1) for each in blocks if first <= each.first <= last)
        if len(inside) > cap:
            yield Limit(rule, bound.person, first.isoformat(), inside, cap)


def at_most_credits(rule: Rule, bound: Bound) -> Iterator[Limit]:
    for kind in rule.words:
        worth = [(each.id, bound.problem.credits(bound.person, each.id)[kind]) for each in bound.by(rule)]
        terms = tuple((block, n) for block, n in worth if n)
        if sum(n for _, n in terms) > rule.numbers["at_most"]:
            yield Limit(rule, bound.person, kind, terms, rule.numbers["at_most"])


LIMITS: Mapping[str, Callable[[Rule, Bound], Iterator[Limit | Run]]] = {
    "one-at-a-time": one_at_a_time,
    "rest": rest,
    "followers": followers,
    "weeks-running": weeks_running,
    "of-blocks": of_blocks,
    "at-most": at_most,
    "at-most-credits": at_most_credits,
}
