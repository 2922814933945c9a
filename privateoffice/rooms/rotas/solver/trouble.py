"""A published rota and what happened to it, as the problem of mending it.

What has begun stands. A duty that is under way when its holder falls out is cut in two at that moment: the first
part is done, the second is wanted by somebody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from .model import LONDON, Absence, Assignment, Block, Pin, Problem


@dataclass(frozen=True)
class Broken:
    """The problem of mending, the rota as it was published, and the blocks that were cut off."""

    problem: Problem
    rota: tuple[Assignment, ...]
    cut: tuple[Block, ...]


def broken(problem: Problem, rota: Iterable[Assignment], absences: Iterable[Absence], now: datetime) -> Broken:
    """The problem in which these absences have become known at `now`."""
    rota, news = tuple(rota), tuple(absences)
    heads, cut = _cut(problem, rota, news, now)
    blocks = tuple(heads.get(each.id, each) for each in problem.blocks)
    demands = [replace(problem.demand[old], block=new.id) for old, new in cut.items() if old in problem.demand]
    begun = tuple(each for each in rota if problem.block[each.block].start_at <= now)
    left = tuple(Assignment(new.id, each.person) for each in rota for old, new in cut.items() if each.block == old)
    rota = (*rota, *left)
    mended = replace(
        problem,
        blocks=(*blocks, *cut.values()),
        demands=(*problem.demands, *demands),
        absences=(*problem.absences, *news),
        pins=tuple(pin for pin in problem.pins if not any(_lifts(problem, each, pin) for each in news)),
        fixed=tuple(dict.fromkeys((*problem.fixed, *begun))),
        published=rota,
        now=now,
    )
    return Broken(_without_what_nobody_can_mend(mended), rota, tuple(cut.values()))


def _lifts(problem: Problem, news: Absence, pin: Pin) -> bool:
    """Whether an absence makes a pin pointless: nobody who falls ill is held to a duty."""
    block = problem.block[pin.block]
    return pin.person == news.person and news.first <= block.last and block.first <= news.last


def _cut(
    problem: Problem, rota: tuple[Assignment, ...], news: tuple[Absence, ...], now: datetime
) -> tuple[dict[str, Block], dict[str, Block]]:
    """The first and the second parts of the duties under way that somebody has to leave, by the old block."""
    heads, tails = {}, {}
    for each in rota:
        block = problem.block[each.block]
        at = _leaves_at(each, block, news, now)
        if at:
            heads[block.id] = replace(block, last=max(block.first, at.date() - timedelta(1)), end_at=at)
            tails[block.id] = replace(block, id=f"{block.id}~{at:%Y-%m-%dT%H%M}", first=at.date(), start_at=at)
    return heads, tails


def _leaves_at(each: Assignment, block: Block, news: tuple[Absence, ...], now: datetime) -> datetime | None:
    """When its holder has to leave a block that is under way: now, or when the first day of the absence begins."""
    if not block.start_at < now < block.end_at:
        return None
    firsts = [a.first for a in news if a.person == each.person and a.first <= block.last and block.first <= a.last]
    if not firsts:
        return None
    begins = datetime.combine(min(firsts), time(), LONDON)
    return max(now, begins) if begins < block.end_at else None


def _without_what_nobody_can_mend(problem: Problem) -> Problem:
    """Blocks that had begun unfilled are past: they are not wanted any more."""
    kept = tuple(each for each in problem.demands if problem.now and _may_still_be_filled(problem, each.block))
    return replace(problem, demands=kept)


def _may_still_be_filled(problem: Problem, block: str) -> bool:
    assert problem.now
    return problem.block[block].start_at >= problem.now or any(each.block == block for each in problem.fixed)
