"""What a rota leaves open, what it breaks and what all of it costs: the names and prices of an answer."""

from collections import defaultdict
from collections.abc import Iterator

from .. import words
from ..answers import Gap
from ..model import Problem, Rule, Waiver
from . import targets
from .several import compiled
from .singles import Question, broken
from .units import FORCED, Company, Limit, Pair, Run, Unit, members


def gaps(problem: Problem, pairs: frozenset[Pair]) -> tuple[Gap, ...]:
    taken: dict[str, int] = defaultdict(int)
    for block, _ in pairs:
        taken[block] += 1
    missing = [(each, each.wanted - taken[each.block]) for each in problem.demands]
    found = [
        Gap(each.block, n, n * each.under * each.priority, _lack(problem, each.block, each.wanted, n))
        for each, n in missing
        if n > 0
    ]
    return tuple(sorted(found, key=lambda gap: problem.block[gap.block].begins))


def _lack(problem: Problem, block: str, wanted: int, missing: int) -> str:
    said = words.block(problem, problem.block[block])
    return f"Nobody has {said}." if wanted == 1 else f"{missing} of {wanted} are missing from {said}."


def waived(question: Question, pairs: frozenset[Pair]) -> tuple[Waiver, ...]:
    """Each rule that the rota breaks and that nobody accepted yet, once for the same person and blocks."""
    merged: dict[tuple[str, str, tuple[str, ...]], Waiver] = {}
    for each in _broken(question, pairs):
        key = (each.rule, each.person, each.blocks)
        price = each.price + (merged[key].price if key in merged else 0)
        if not question.accepted(each.rule, each.person, set(each.blocks)):
            merged[key] = Waiver(each.rule, each.person, each.blocks, price, each.words)
    return tuple(merged[key] for key in sorted(merged))


def _broken(question: Question, pairs: frozenset[Pair]) -> Iterator[Waiver]:
    problem = question.problem
    for block, person in pairs - question.fixed:
        for rule, said in broken(question, problem.person[person], problem.block[block]):
            text = f"{said} and has {words.block(problem, problem.block[block])}. Rule: {rule.name}."
            yield Waiver(rule.key, person, (block,), price_of(rule), text)
    yield from _broken_units(question, pairs)
    yield from _lost(question, pairs)


def _broken_units(question: Question, pairs: frozenset[Pair]) -> Iterator[Waiver]:
    """A unit compiled for what a rota holds, and no more, is a broken one."""
    worst: dict[tuple[str, str, str], Unit] = {}
    for unit in compiled(question.problem, pairs):
        if unit.unit not in worst or _weight(unit) > _weight(worst[unit.unit]):
            worst[unit.unit] = unit
    for unit in worst.values():
        held = members(unit)
        if not _is_met(unit) and not held <= question.fixed:
            yield _of_unit(question.problem, unit.rule, held, unit.person)


def _is_met(unit: Unit) -> bool:
    """Whether something that is held keeps a unit from being broken."""
    return bool((isinstance(unit, Company) and unit.helpers) or (isinstance(unit, Run) and unit.unless))


def price_of(rule: Rule) -> int:
    return FORCED if rule.waiver is None else rule.waiver


def _weight(unit: Unit) -> int:
    return sum(n for _, n in unit.terms) if isinstance(unit, Limit) else 0


def _of_unit(problem: Problem, rule: Rule, held: frozenset[Pair], person: str) -> Waiver:
    blocks = sorted((problem.block[b] for b in {b for b, _ in held}), key=lambda each: (each.begins, each.id))
    people = sorted({p for _, p in held})
    said = words.listed([words.name(problem, each) for each in people])
    has = words.listed([words.block(problem, each) for each in blocks])
    verb = "has" if len(people) == 1 else "have"
    text = f"{said} {verb} {has}. Rule: {rule.name}."
    return Waiver(rule.key, person or people[0], tuple(each.id for each in blocks), price_of(rule), text)


def _lost(question: Question, pairs: frozenset[Pair]) -> Iterator[Waiver]:
    rule = next((each for each in question.problem.rules if each.kind == "notice"), None)
    for pair, price in question.losses.items():
        if pair not in pairs and rule:
            block = question.problem.block[pair[0]]
            said = f"{words.name(question.problem, pair[1])} loses {words.block(question.problem, block)}"
            yield Waiver(
                rule.key,
                pair[1],
                (block.id,),
                FORCED if price is None else price,
                f"{said} at short notice. Rule: {rule.name}.",
            )


def parts(question: Question, pairs: frozenset[Pair]) -> dict[str, int]:
    """The cost of a rota, part by part. It is their sum, and nothing else is minimised."""
    problem = question.problem
    found = {
        "gaps": sum(each.price for each in gaps(problem, pairs)),
        "extra": sum(_extra(problem, pairs)),
        "rules": sum(each.price for each in waived(question, pairs)),
    }
    scale = targets.weights(problem.fairness)
    for aim in targets.aims(problem):
        has = targets.had(problem, aim, pairs)
        for kind, weight in scale.items():
            found[kind] = found.get(kind, 0) + aim.price(kind, weight, has[kind])
    wishes = [each.weight for each in problem.requests if each.wants != ((each.block, each.person) in pairs)]
    return {**found, "requests": sum(wishes)}


def _extra(problem: Problem, pairs: frozenset[Pair]) -> Iterator[int]:
    for each in problem.demands:
        taken = sum(block == each.block for block, _ in pairs)
        yield max(0, taken - each.wanted) * (each.over or 0)
