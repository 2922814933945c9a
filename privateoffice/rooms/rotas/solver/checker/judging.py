"""All rules over all people, and what remains when the past and what was accepted are taken out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from .. import words
from ..answers import Breach, Gap
from ..model import Assignment, Rule, Waiver
from . import alone, between, days, hours
from .roster import Roster
from .together import JOINT, day_of, decided

PERSONAL = MappingProxyType({**alone.JUDGES, **between.JUDGES, **days.JUDGES, **hours.JUDGES})


def breaches(roster: Roster) -> tuple[Breach, ...]:
    found = [*personal(roster, roster.held), *joint(roster), *decided(roster)]
    return tuple(sorted(kept(roster, found), key=day_of))


def personal(roster: Roster, people: Iterable[str]) -> Iterator[Breach]:
    """The breaches of these people's own rules."""
    rules = [(PERSONAL[rule.kind], rule) for rule in roster.problem.rules if rule.kind in PERSONAL]
    for person in people:
        if roster.held.get(person):
            for judge, rule in rules:
                yield from judge(rule, roster, person)


def joint(roster: Roster, kinds: Iterable[str] = tuple(JOINT)) -> Iterator[Breach]:
    """The breaches of rules about several people."""
    for rule in _of_kinds(roster, kinds):
        yield from JOINT[rule.kind](rule, roster)


def _of_kinds(roster: Roster, kinds: Iterable[str]) -> list[Rule]:
    return [rule for rule in roster.problem.rules if rule.kind in kinds]


def kept(roster: Roster, found: Iterable[Breach]) -> list[Breach]:
    """Each breach once, with how often; without those of what stands fixed; marked where somebody accepted it."""
    counted: dict[tuple[str, str, tuple[str, ...]], Breach] = {}
    for each in found:
        key = (each.rule, each.person, each.blocks)
        times = counted[key].times + 1 if key in counted else 1
        counted[key] = replace(each, times=times, accepted=_accepted(roster, each))
    return [each for each in counted.values() if not _stood(roster, each)]


def _stood(roster: Roster, each: Breach) -> bool:
    """Whether only what stands fixed makes this breach."""
    group = next((set(rule.people) for rule in _of_kinds(roster, ["together"]) if rule.key == each.rule), None)
    pairs = []
    for block in each.blocks:
        on = roster.on.get(block, ())
        concerned = group or ({each.person} if each.person in on else set(on))
        pairs += [Assignment(block, person) for person in on if person in concerned]
    return bool(pairs) and roster.stands.issuperset(pairs)


def _accepted(roster: Roster, each: Breach) -> bool:
    return any(_covers(waiver, each) for waiver in roster.problem.waivers)


def _covers(waiver: Waiver, each: Breach) -> bool:
    same = waiver.rule == each.rule and waiver.person == each.person
    return same and (not waiver.blocks or set(each.blocks) <= set(waiver.blocks))


def gaps(roster: Roster) -> tuple[Gap, ...]:
    """Blocks with fewer people than they want, in the order of time."""
    problem = roster.problem
    found = []
    for demand in sorted(problem.demands, key=lambda each: problem.block[each.block].begins):
        missing = demand.wanted - len(roster.on.get(demand.block, ()))
        if missing > 0:
            short = "Nobody has" if demand.wanted == 1 else f"{missing} of {demand.wanted} are missing from"
            said = f"{short} {words.block(problem, problem.block[demand.block])}."
            found.append(Gap(demand.block, missing, missing * demand.under * demand.priority, said))
    return tuple(found)
