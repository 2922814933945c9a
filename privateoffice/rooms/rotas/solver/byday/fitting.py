"""Whether a rota is one for the solver by the day, and in one sentence why it is not."""

from collections.abc import Callable, Iterator, Mapping

from ..blockwise.days import wanted_days
from ..model import NIGHT, TOTAL, Block, Problem, Rule

FEWEST_DAYS = 14
A_DAY = 24 * 60
SINGLE = frozenset(
    {"in-post", "away", "skills", "ranks", "pattern", "restrictions", "notice", "holiday-notice", "one-at-a-time"}
)
"""Kinds that forbid or price one person's one duty."""
LATER = frozenset({"weekly-rest", "average-hours", "publication"})
"""Kinds that the solver does not know. Its bound holds all the same, and the checker looks at its roster."""


def why_not(problem: Problem) -> str:
    """The first reason why a rota cannot be made by the day; nothing where it can."""
    return next(_reasons(problem), "")


def _reasons(problem: Problem) -> Iterator[str]:
    wanted = [problem.block[each.block] for each in problem.demands]
    if any(block.first != block.last or block.minutes > A_DAY for block in wanted):
        yield "Its duties are not each of one day."
    elif len({(block.duty, block.first) for block in wanted}) < len(wanted):
        yield "A duty stands twice on one day."
    elif len({block.duty for block in wanted}) < 2:
        yield "It has only one duty a day."
    elif (wanted_days(problem)[1] - wanted_days(problem)[0]).days + 1 < FEWEST_DAYS:
        yield "It is shorter than two weeks."
    elif problem.fairness.strict:
        yield "Its shares are put in strict order."
    else:
        yield from (said for rule in problem.rules if (said := _why_not_rule(problem, rule, wanted)))


def _why_not_rule(problem: Problem, rule: Rule, wanted: list[Block]) -> str:
    if rule.kind in SINGLE or rule.kind in LATER:
        return ""
    if rule.kind not in HELD:
        return f"The rule “{rule.name}” is one about blocks."
    if not _is_for_all(rule, wanted):
        return f"The rule “{rule.name}” holds for some duties, people or days only."
    return HELD[rule.kind](problem, rule, wanted)


def _is_for_all(rule: Rule, wanted: list[Block]) -> bool:
    bound = not rule.people and not rule.not_people and all(rule.binds("", block) for block in wanted)
    return bound or rule.kind == "at-most-credits"


def rest_between(problem: Problem, one: Block, other: Block, minutes: int) -> bool:
    """Whether two tours have too little rest between them."""
    tours = not (problem.duty[one.duty].on_call or problem.duty[other.duty].on_call)
    return tours and other.begins - one.finishes < minutes


def _rest(problem: Problem, rule: Rule, wanted: list[Block]) -> str:
    """It must forbid the same pairs of duties on every day, and none that are two days apart."""
    found: dict[tuple[str, str], bool] = {}
    by_day = days_of(wanted)
    for one in wanted:
        for other in by_day.get(one.first.toordinal() + 1, ()):
            close = rest_between(problem, one, other, rule.numbers["minutes"])
            if found.setdefault((one.duty, other.duty), close) != close:
                return f"A change of the clocks alters “{rule.name}” on one day."
        far = by_day.get(one.first.toordinal() + 2, ())
        if any(rest_between(problem, one, other, rule.numbers["minutes"]) for other in far):
            return f"The rule “{rule.name}” reaches further than the next day."
    return ""


def days_of(blocks: list[Block]) -> dict[int, list[Block]]:
    found: dict[int, list[Block]] = {}
    for block in blocks:
        found.setdefault(block.first.toordinal(), []).append(block)
    return found


def _followers(problem: Problem, rule: Rule, wanted: list[Block]) -> str:
    named = any(problem.duty[block.duty].forbidden_followers for block in wanted)
    far = named and rule.numbers["days"] != 1
    return f"The rule “{rule.name}” reaches further than the next day." if far else ""


def _one_of_its_kind(problem: Problem, rule: Rule, wanted: list[Block]) -> str:
    others = [each for each in problem.rules if each.kind == rule.kind and each is not rule]
    return f"There are two rules like “{rule.name}”." if others else ""


def counted_by(problem: Problem, rule: Rule) -> set[str]:
    """The duty types of which a rule counts each day: all, or the nights."""
    wanted = {problem.block[each.block].duty for each in problem.demands}
    bound = wanted & set(rule.applies_to) if rule.applies_to else wanted
    return {duty for duty in bound if rule.words != (NIGHT,) or problem.duty[duty].night}


def _credits(problem: Problem, rule: Rule, wanted: list[Block]) -> str:
    plain = rule.words in ((TOTAL,), (NIGHT,)) and len(counted_by(problem, rule)) <= 1
    return "" if plain else f"The rule “{rule.name}” counts several duties together."


HELD: Mapping[str, Callable[[Problem, Rule, list[Block]], str]] = {
    "rest": _rest,
    "followers": _followers,
    "runs-of-days": _one_of_its_kind,
    "weekends-worked": _one_of_its_kind,
    "at-most-credits": _credits,
}
