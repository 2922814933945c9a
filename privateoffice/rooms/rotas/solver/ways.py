"""What would have to give: the cheapest ways of filling a block that cannot be filled, each a whole rota.

Every way is solved, and then checked by the independent checker, before it is offered. Import this only in a
process of its own.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from ortools.sat.python import cp_model

from . import checker, words
from .answers import COVER, PINNED, Breach, Reason, WayOut
from .blockwise import naming
from .blockwise.answering import assignments as assignments_of
from .blockwise.groups import Grouped, Key, Scope
from .blockwise.singles import Question
from .explain import as_it_stands
from .model import Assignment, Problem, Waiver

AROUND = timedelta(21)
"""How far from the block the rota may change for its sake."""
GIVING = 1000
"""What is given up counts before how many duties change hands."""

Rota = tuple[Assignment, ...]


def ways_out(problem: Problem, block: str, rota: Rota, most: int = 3, seconds: float = 2.0) -> tuple[WayOut, ...]:
    """The cheapest ways, cheapest first; leaving the block open is one of them."""
    until = time.monotonic() + seconds
    asked, centre = as_it_stands(problem, block, rota), problem.block[block]
    near = (problem.block[each.block] for each in asked.demands)
    seen = [each.id for each in near if each.last >= centre.first - AROUND and each.first <= centre.last + AROUND]
    scope = Scope(asked, frozenset(seen), frozenset((each.block, each.person) for each in rota))
    found = [_open(problem, block, rota), *_found(problem, scope, block, rota, most, until)]
    return tuple(sorted(found, key=lambda way: way.price))


def _open(problem: Problem, block: str, rota: Rota) -> WayOut:
    demand, said = problem.demand[block], words.block(problem, problem.block[block])
    price = demand.under * demand.priority
    reason = Reason(COVER, f"{said} must be filled", block=block, price=price)
    return WayOut((reason,), price, f"Leave {said} open.", rota, (), True)


def _found(problem: Problem, scope: Scope, block: str, rota: Rota, most: int, until: float) -> Iterator[WayOut]:
    grouped = Grouped(scope, scope.reasons.keys(), lifted=True)
    _price(grouped, (COVER, "", block), {(each.block, each.person) for each in rota})
    for _ in range(most):
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
        solver.parameters.max_time_in_seconds = max(0.05, until - time.monotonic())
        if solver.solve(grouped.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return
        given = [key for key, holds in grouped.holds.items() if not solver.value(holds)]
        after = assignments_of(problem, grouped.pairs(solver))
        yield _way(problem, block, tuple(scope.reasons[key] for key in given), after, rota)
        grouped.model.add_bool_or([grouped.holds[key] for key in given])


def _price(grouped: Grouped, wanted: Key, had: set[tuple[str, str]]) -> None:
    """Nobody gives up what may not be waived, nor the block itself; the rest has its price."""
    terms = []
    for key, holds in grouped.holds.items():
        price = grouped.scope.reasons[key].price
        if key == wanted or price is None:
            grouped.model.add_bool_and([holds])
        else:
            terms.append(GIVING * max(1, price) * (1 - holds))
    changes = [1 - var for pair, var in grouped.free.items() if pair in had]
    grouped.model.minimize(sum(terms) + sum(changes))


def _way(problem: Problem, block: str, gives: tuple[Reason, ...], after: Rota, before: Rota) -> WayOut:
    unpinned = (Waiver("pin", e.person, (e.block,), words=e.words) for e in gives if e.kind == PINNED)
    waivers = (*_new_waivers(problem, after, before), *unpinned)
    said = words.listed([_given_up(problem, each) for each in gives]) or _taken(problem, block, after)
    accepted = replace(problem, waivers=(*problem.waivers, *waivers))
    return WayOut(
        gives=gives,
        price=sum(each.price or 0 for each in gives),
        words=f"{said[:1].upper()}{said[1:]}.",
        assignments=after,
        waivers=waivers,
        verified=_holds(accepted, block, gives, after, before),
    )


def _taken(problem: Problem, block: str, after: Rota) -> str:
    """What is said where nothing has to give."""
    takers = [words.name(problem, each.person) for each in after if each.block == block]
    return f"nothing: {words.listed(takers)} can take {words.block(problem, problem.block[block])}"


def _new_waivers(problem: Problem, after: Rota, before: Rota) -> tuple[Waiver, ...]:
    question = Question(problem)
    now, then = (naming.waived(question, _pairs(problem, rota)) for rota in (after, before))
    return tuple(each for each in now if each not in then)


def _pairs(problem: Problem, rota: Iterable[Assignment]) -> frozenset[tuple[str, str]]:
    return frozenset((each.block, each.person) for each in (*problem.fixed, *rota))


def _given_up(problem: Problem, reason: Reason) -> str:
    """ "leave Deputy on 4 May 2026 open", "call on A though away (leave) ...", "waive “Rank” for A"."""
    name = words.name(problem, reason.person) if reason.person else "everybody"
    if reason.kind == COVER:
        return f"leave {words.block(problem, problem.block[reason.block])} open"
    if reason.absence:
        away = reason.absence
        return f"call on {name} though away ({away.kind}) {words.span(away.first, away.last)}"
    if reason.kind == PINNED:
        return f"lift the pin: {reason.words}"
    rule = next(each.name for each in problem.rules if each.key == reason.rule)
    return f"waive “{rule}” for {name}"


def _holds(problem: Problem, block: str, gives: tuple[Reason, ...], after: Rota, before: Rota) -> bool:
    """The checker's word: the block is filled, nothing else opens but what is given up, no other rule breaks."""
    allowed = {each.block for each in gives if each.kind == COVER}
    opened = {each.block for each in checker.gaps(problem, after)}
    were = {each.block for each in checker.gaps(problem, before)}
    broke = {_name(each) for each in checker.check(problem, before)}
    breaks = {_name(each) for each in checker.check(problem, after) if not each.accepted}
    return block not in opened and opened - were <= allowed and breaks <= broke


def _name(breach: Breach) -> tuple[str, str, tuple[str, ...]]:
    return breach.rule, breach.person, breach.blocks
