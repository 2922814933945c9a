"""The difference of two rotas as duties that change hands, and who may be asked to take one."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest

from . import checker, words
from .answers import Change, Effect, Move, Share, Volunteer
from .model import TOTAL, Assignment, Problem, minutes_between

Rota = Iterable[Assignment]


def moves(problem: Problem, before: Rota, after: Rota) -> tuple[Move, ...]:
    """Each duty that changes hands, in the order of time, with the notice and what it does to fairness."""
    was, will = _by_block(before), _by_block(after)
    shares = _moved(problem, before, after)
    found = []
    for block in sorted(was.keys() | will.keys(), key=lambda each: problem.block[each].begins):
        leaves = sorted(was[block] - will[block])
        takes = sorted(will[block] - was[block])
        hands = zip_longest(leaves, takes, fillvalue="")
        found += [_move(problem, block, one, other, shares) for one, other in hands]
    return tuple(found)


def _by_block(rota: Rota) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each in rota:
        found[each.block].add(each.person)
    return found


def _moved(problem: Problem, before: Rota, after: Rota) -> list[tuple[Share, Share]]:
    pairs = zip(checker.fairness(problem, before), checker.fairness(problem, after), strict=True)
    return [(was, will) for was, will in pairs if was.credits != will.credits]


def _move(problem: Problem, block: str, leaves: str, takes: str, shares: list[tuple[Share, Share]]) -> Move:
    held, now = problem.block[block], problem.now or problem.block[block].start_at
    return Move(
        block=block,
        leaves=leaves,
        takes=takes,
        start_at=held.start_at,
        end_at=held.end_at,
        clear_days=max(0, (held.first - now.date()).days - 1),
        hours=max(0, minutes_between(now, held.start_at) // 60),
        words=_said(problem, block, leaves, takes),
        shares=tuple(pair for pair in shares if pair[0].person in (leaves, takes)),
    )


def _said(problem: Problem, block: str, leaves: str, takes: str) -> str:
    what = words.block(problem, problem.block[block])
    if not takes:
        return f"{words.name(problem, leaves)} no longer has {what}; nobody does."
    if not leaves:
        return f"{words.name(problem, takes)} takes {what}."
    return f"{words.name(problem, takes)} takes {what} from {words.name(problem, leaves)}."


def volunteers(problem: Problem, rota: Rota, block: str, instead_of: str = "") -> tuple[Volunteer, ...]:
    """Who could take a block without breaking what nobody may waive, who has done least of their share first."""
    rota = tuple(rota)
    has = {each.person for each in rota if each.block == block}
    asked = [p for p in problem.people if problem.block[block].duty in p.duties and p.id not in has]
    found = [_volunteer(problem, rota, block, person.id, instead_of) for person in asked]
    able = [each for each in found if all(b.waiver is not None for b in each.effect.brings)]
    return tuple(sorted(able, key=lambda each: (len(each.effect.brings), each.done - each.share, each.person)))


def _volunteer(problem: Problem, rota: Rota, block: str, person: str, instead_of: str) -> Volunteer:
    effect = checker.check_one(problem, rota, Change(block, instead_of, person))
    duty = problem.block[block].duty
    shares = checker.shares_of(problem, rota, person)
    mine = [each for each in shares if each.kind == TOTAL and duty in each.pool.split(" + ")]
    done, share = sum(s.credits for s in mine), sum(s.high for s in mine)
    said = f"{words.name(problem, person)} has done {done} days of a share of {share}."
    return Volunteer(person, effect, done, share, said)


def swap(problem: Problem, rota: Rota, one: Assignment, other: Assignment | None, taker: str = "") -> Effect:
    """What a swap does: `one` and `other` change hands, or `taker` takes `one` and gives nothing back."""
    if other is None:
        return checker.check_many(problem, rota, [Change(one.block, one.person, taker)])
    changes = [Change(one.block, one.person, other.person), Change(other.block, other.person, one.person)]
    return checker.check_many(problem, rota, changes)
