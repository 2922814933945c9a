"""Fairness in the model: one variable for each count that a person may reach, priced exactly.

The cost of being away from a target is convex in whole credits, but its relaxation over "so much above, so much
below" is useless: blocks of three and four days rarely add up to a target, and the solver's bound does not see it.
So a person's credits that hang together (days in all, weekends, nights) are one choice out of all vectors that
their blocks can add up to, and the price of each is its exact cost. That is the convex hull of the true cost.
"""

from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python import cp_model

from ..model import NIGHT, TOTAL, WEEKEND, Problem
from .targets import Aim
from .units import Pair

Vector = tuple[int, ...]
Terms = list[tuple[int, cp_model.LinearExprT]]
TOGETHER = (TOTAL, WEEKEND, NIGHT)
Mine = Mapping[Pair, cp_model.IntVar]
MOST_PROFILES = 400


class Profiles:
    """Writes the fairness of one aim into a model and collects the prices by kind."""

    def __init__(self, model: cp_model.CpModel, problem: Problem, scale: Mapping[str, int]):
        self.model, self.problem, self.scale = model, problem, scale
        self.prices: dict[str, Terms] = {kind: [] for kind in scale}

    def write(self, aim: Aim, taken: Iterable[Pair], free: Mapping[Pair, cp_model.IntVar]) -> None:
        mine = {pair: var for pair, var in free.items() if self._counts(aim, pair)}
        stands = [pair for pair in taken if self._counts(aim, pair)]
        for kinds in self._groups(aim, list(mine)):
            self._group(aim, kinds, stands, mine)

    def _counts(self, aim: Aim, pair: Pair) -> bool:
        block, person = pair
        return (
            person == aim.person and block in self.problem.demand and self.problem.block[block].duty in aim.duties
        )

    def _worth(self, pair: Pair, kinds: Sequence[str]) -> Vector:
        worth = self.problem.credits(pair[1], pair[0])
        return tuple(worth[kind] for kind in kinds)

    def _groups(self, aim: Aim, mine: list[Pair]) -> list[tuple[str, ...]]:
        """Which kinds are priced as one choice: those that hang together while their vectors are not too many."""
        together = tuple(
            kind for kind in TOGETHER if kind in self.scale and any(self._worth(p, [kind])[0] for p in mine)
        )
        while len(together) > 1 and len(self._reach(aim, together, (0,) * len(together), mine)) > MOST_PROFILES:
            together = together[:-1]
        alone: list[tuple[str, ...]] = [(kind,) for kind in self.scale if kind not in together]
        return [together, *alone] if together else alone

    def _caps(self, aim: Aim, kinds: Sequence[str], mine: Sequence[Pair]) -> Vector:
        """Where the profiles end: far above every target, where one credit more always costs one weight more."""
        largest = [max((self._worth(pair, kinds)[n] for pair in mine), default=0) for n in range(len(kinds))]
        ends = [2 * aim.high[kind] - aim.before[kind] + 4 * largest[n] for n, kind in enumerate(kinds)]
        return tuple(max(end, aim.high[kind] - aim.before[kind], 0) for end, kind in zip(ends, kinds, strict=True))

    def _reach(self, aim: Aim, kinds: Sequence[str], start: Vector, mine: Sequence[Pair]) -> set[Vector]:
        """All vectors of credits that some choice of blocks adds up to, within the caps."""
        caps = self._caps(aim, kinds, mine)
        counts: dict[Vector, int] = {}
        for pair in mine:
            worth = self._worth(pair, kinds)
            counts[worth] = counts.get(worth, 0) + 1
        counts.pop((0,) * len(kinds), None)
        reached = {start}
        for worth, number in counts.items():
            reached = {
                total
                for vector in reached
                for total in _multiples(
                    vector, worth, number, tuple(max(c, s) for c, s in zip(caps, start, strict=True))
                )
            }
        return reached

    def _group(self, aim: Aim, kinds: Sequence[str], stands: Sequence[Pair], mine: Mine) -> None:
        start = tuple(sum(self._worth(pair, kinds)[n] for pair in stands) for n in range(len(kinds)))
        chosen = [
            (vector, self.model.new_bool_var("")) for vector in sorted(self._reach(aim, kinds, start, list(mine)))
        ]
        self.model.add_exactly_one([z for _, z in chosen])
        for n, kind in enumerate(kinds):
            self._link(kind, start[n], mine, [(vector[n], z) for vector, z in chosen])
            priced = ((aim.price(kind, self.scale[kind], vector[n]), z) for vector, z in chosen)
            self.prices[kind] += [(price, z) for price, z in priced if price]

    def _link(self, kind: str, start: int, mine: Mine, chosen: Sequence[tuple[int, cp_model.IntVar]]) -> None:
        """The credits of the blocks taken are those of the profile chosen, and what lies beyond the last one."""
        terms = [(self._worth(pair, [kind])[0], var) for pair, var in mine.items()]
        most = start + sum(n for n, _ in terms)
        total = sum(n * z for n, z in chosen)
        if most > max(n for n, _ in chosen):
            beyond = self.model.new_int_var(0, most - start, "")
            self.prices[kind].append((self.scale[kind], beyond))
            total += beyond
        self.model.add(start + sum(n * var for n, var in terms if n) == total)


def _multiples(vector: Vector, worth: Vector, number: int, caps: Vector) -> Iterable[Vector]:
    for n in range(number + 1):
        total = tuple(v + n * w for v, w in zip(vector, worth, strict=True))
        if any(t > c for t, c in zip(total, caps, strict=True)):
            return
        yield total
