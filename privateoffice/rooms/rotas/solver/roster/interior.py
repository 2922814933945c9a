"""An interior-point solver for the one shape of linear programme that rosters need.

    minimise    c.x + under.y + over.z
    subject to  each person's columns sum to 1;  for each (day, duty): columns + y - z = need;  x, y, z >= 0

It starts strictly feasible on both sides, from the last solution where there is one, and may stop early: prices
from well inside the optimal face need far fewer rounds of new columns than those of a corner.
Source: Mehrotra's predictor-corrector method; for stopping early, Gondzio's primal-dual column generation.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from .instance import Real, Whole

MOST_STEPS = 60
AWAY = 0.9995


@dataclass
class Programme:
    """Columns by person and by the cover rows they touch (compressed), with what stands around them."""

    cost: Real  # [N]
    who: Whole  # [N] place of the person
    first: Whole  # [N + 1] where each column's rows begin
    rows: Whole  # cover rows, one after another
    persons: int
    need: Real  # [R]
    under: Real
    over: Real


@dataclass
class Solution:
    """What a column, a shortage and a surplus are worth, and the prices."""

    x: Real
    prices: Real  # [R]
    shares: Real  # [persons] price of each person's own row
    value: float
    bound: float  # value of the prices; below the value by what is not yet proved
    steps: int


@njit(cache=True, nogil=True)
def _times(first, rows, x, count):
    """What the columns give each cover row."""
    total = np.zeros(count)
    for column in range(first.shape[0] - 1):
        for at in range(first[column], first[column + 1]):
            total[rows[at]] += x[column]
    return total


@njit(cache=True, nogil=True)
def _reduced(cost, who, first, rows, prices, shares):
    """Each column's cost less what the prices pay for it."""
    found = cost.copy()
    for column in range(cost.shape[0]):
        for at in range(first[column], first[column + 1]):
            found[column] -= prices[rows[at]]
        found[column] -= shares[who[column]]
    return found


@njit(cache=True, nogil=True)
def _normal(who, first, rows, weight, slack_weight, persons):
    """The three blocks of A.W.A': cover by cover, cover by person, and the diagonal of persons."""
    count = slack_weight.shape[0]
    cover, mixed, own = np.zeros((count, count)), np.zeros((count, persons)), np.zeros(persons)
    for row in range(count):
        cover[row, row] = slack_weight[row]
    for column in range(who.shape[0]):
        w = weight[column]
        if w < 1e-13:
            continue
        own[who[column]] += w
        for one in range(first[column], first[column + 1]):
            mixed[rows[one], who[column]] += w
            for two in range(first[column], one + 1):
                cover[rows[one], rows[two]] += w
    for row in range(count):
        for other in range(row):
            both = cover[row, other] + cover[other, row]
            cover[row, other] = both
            cover[other, row] = both
    return cover, mixed, own


@njit(cache=True, nogil=True)
def _back_substituted(lower, right):
    """Solve L.L'.x = right in place."""
    size = right.shape[0]
    for i in range(size):
        total = right[i]
        for k in range(i):
            total -= lower[i, k] * right[k]
        right[i] = total / lower[i, i]
    for i in range(size - 1, -1, -1):
        right[i] /= lower[i, i]
        for k in range(i):
            right[k] -= lower[i, k] * right[i]
    return right


def _room_to_zero(value: Real, step: Real) -> float:
    """How far one may go along a step before a value reaches zero."""
    falling = step < 0
    return float((-value[falling] / step[falling]).min(initial=1e9))


class _Point:
    """One strictly feasible pair of solutions, improved step by step."""

    def __init__(self, programme: Programme, x: Real, prices: Real) -> None:
        self.programme = p = programme
        self.x = x
        inside = 0.05 * (p.under + p.over)
        self.prices = np.clip(prices, inside - p.over, p.under - inside)
        left = p.need - _times(p.first, p.rows, x, len(p.need))
        self.y, self.z = np.maximum(left, 0) + 0.1, np.maximum(-left, 0) + 0.1
        reduced = _reduced(p.cost, p.who, p.first, p.rows, self.prices, np.zeros(p.persons))
        least = np.full(p.persons, np.inf)
        np.minimum.at(least, p.who, reduced)
        self.shares = least - 1.0
        self.slack = reduced - self.shares[p.who]

    def value(self) -> float:
        p = self.programme
        return float(p.cost @ self.x + p.under @ self.y + p.over @ self.z)

    def bound(self) -> float:
        return float(self.prices @ self.programme.need + self.shares.sum())

    def step(self) -> None:
        """One predictor and corrector step."""
        p = self.programme
        slack_y, slack_z = p.under - self.prices, p.over + self.prices
        values = (self.x, self.y, self.z)
        slacks = (self.slack, slack_y, slack_z)
        weights = tuple(v / s for v, s in zip(values, slacks, strict=True))
        solve = self._factored(*weights)
        size = sum(len(v) for v in values)
        middle = sum(float(v @ s) for v, s in zip(values, slacks, strict=True)) / size
        targets = tuple(-v * s for v, s in zip(values, slacks, strict=True))
        steps, slides = self._direction(solve, weights, slacks, targets)
        ahead = min(1.0, *(_room_to_zero(v, d) for v, d in zip(values, steps, strict=True)))
        behind = min(1.0, *(_room_to_zero(s, d) for s, d in zip(slacks, slides[2:], strict=True)))
        after = sum(
            float((v + ahead * d) @ (s + behind * e))
            for v, d, s, e in zip(values, steps, slacks, slides[2:], strict=True)
        )
        centre = middle * (after / size / middle) ** 3
        targets = tuple(
            centre - v * s - d * e for v, d, s, e in zip(values, steps, slacks, slides[2:], strict=True)
        )
        steps, slides = self._direction(solve, weights, slacks, targets)
        ahead = min(1.0, AWAY * min(_room_to_zero(v, d) for v, d in zip(values, steps, strict=True)))
        behind = min(1.0, AWAY * min(_room_to_zero(s, d) for s, d in zip(slacks, slides[2:], strict=True)))
        self.x, self.y, self.z = (v + ahead * d for v, d in zip(values, steps, strict=True))
        self.prices = self.prices + behind * slides[0]
        self.shares = self.shares + behind * slides[1]
        self.slack = self.slack + behind * slides[2]

    def _factored(self, wx: Real, wy: Real, wz: Real):  # type: ignore[no-untyped-def]
        p = self.programme
        cover, mixed, own = _normal(p.who, p.first, p.rows, wx, wy + wz, p.persons)
        scaled = mixed / own
        cover -= scaled @ mixed.T
        cover[np.diag_indices_from(cover)] += 1e-10 * (1.0 + np.abs(cover.diagonal()))
        lower = np.linalg.cholesky(cover)

        def solve(right_cover: Real, right_own: Real) -> tuple[Real, Real]:
            prices = _back_substituted(lower, right_cover - scaled @ right_own)
            return prices, (right_own - mixed.T @ prices) / own

        return solve

    def _direction(self, solve, weights, slacks, targets):  # type: ignore[no-untyped-def]
        p = self.programme
        tx, ty, tz = (t / s for t, s in zip(targets, slacks, strict=True))
        right = -(_times(p.first, p.rows, tx, len(p.need)) + ty - tz)
        own = -np.bincount(p.who, tx, minlength=p.persons)
        prices, shares = solve(right, own)
        slide = -_reduced(np.zeros(len(p.cost)), p.who, p.first, p.rows, -prices, -shares)
        steps = (tx - weights[0] * slide, ty + weights[1] * prices, tz - weights[2] * prices)
        return steps, (prices, shares, slide, -prices, prices)


def solved(programme: Programme, x: Real | None, prices: Real, within: float) -> Solution:
    """Solve until value and bound are `within` (relative) of each other; x and prices are where to begin."""
    p = programme
    sizes = np.bincount(p.who, minlength=p.persons)
    even = 1.0 / sizes[p.who]
    start = even if x is None else 0.9 * x / np.bincount(p.who, x, minlength=p.persons)[p.who] + 0.1 * even
    point = _Point(p, start, prices)
    steps = 0
    while steps < MOST_STEPS:
        if point.value() - point.bound() <= within * (1.0 + abs(point.value())):
            break
        try:
            point.step()
            steps += 1
        except np.linalg.LinAlgError:
            break
    return Solution(point.x, point.prices, point.shares, point.value(), point.bound(), steps + 1)
