"""What is to be rostered by the day: people, duty types, their hard rules, wishes and cover, as arrays.

H days (day 0 is a Monday), S duty types, P people. Every hard rule belongs to one person and cover is soft, so
any set of rows that each keep their own rules is a valid roster.
"""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from math import gcd

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]
Roster = npt.NDArray[np.int8]
"""P rows of H cells: the place of a duty type, or OFF."""

OFF = -1
BARRED = 1e12
TOO_DEAR_TO_WORK = 1e9
UNLIMITED = 10**6
WEEK = 7
SATURDAY = 5


@dataclass(frozen=True)
class Rules:
    """One person's own hard rules, working time in minutes."""

    least_minutes: int
    most_minutes: int
    longest_run: int
    shortest_run: int
    shortest_rest: int
    most_weekends: int


@dataclass(frozen=True, eq=False)
class Instance:
    """One question: whose days are to be filled with what, and what each shortfall and wish costs."""

    name: str
    people: tuple[str, ...]
    duties: tuple[str, ...]
    minutes: Whole  # [S]
    forbidden: Truth  # [S, S] the second may not follow the first on the next day
    rules: tuple[Rules, ...]
    limits: Whole  # [P, S] the most of each type
    fixed_off: Truth  # [P, H]
    wishes: Real  # [P, H, S] cost of giving that duty; unmet "on" wishes are `base` less a weight
    base: Real  # [P]
    need: Real  # [H, S]
    under: Real  # [H, S] cost for each person missing
    over: Real  # [H, S] cost for each person too many
    names: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def days(self) -> int:
        return self.need.shape[0]

    @property
    def types(self) -> int:
        return len(self.duties)

    @property
    def staff(self) -> int:
        return len(self.people)

    @property
    def size(self) -> int:
        return self.days * self.types * self.staff

    @cached_property
    def unit(self) -> int:
        """Minutes that every duty length is a multiple of."""
        return gcd(*(int(length) for length in self.minutes)) or 1

    @cached_property
    def lengths(self) -> Whole:
        return self.minutes // self.unit

    @cached_property
    def classes(self) -> tuple[Whole, Truth]:
        """The class of each duty type, and [class, type] what may follow: types that forbid the same share one."""
        rows, place = np.unique(self.forbidden, axis=0, return_inverse=True)
        return place.reshape(-1).astype(np.int64), np.ascontiguousarray(~rows)

    @cached_property
    def bars(self) -> Real:
        """[P, H, S]: BARRED where the person may never have that duty on that day."""
        barred = self.fixed_off[:, :, None] | (self.limits == 0)[:, None, :]
        return np.where(barred, BARRED, 0.0)

    @cached_property
    def wanted(self) -> Real:
        """[P, H, S]: wishes and bars in one."""
        return self.bars + self.wishes

    @cached_property
    def frames(self) -> Whole:
        """[P, 6]: shortest run, longest run, shortest rest, weekends, least and most working time in units."""
        return np.array([self._frame(rules) for rules in self.rules], np.int64).reshape(-1, 6)

    def _frame(self, rules: Rules) -> tuple[int, ...]:
        weekends = min(rules.most_weekends, -(-self.days // WEEK))
        least, most = -(-rules.least_minutes // self.unit), rules.most_minutes // self.unit
        longest = min(rules.longest_run, self.days)
        return rules.shortest_run, longest, max(rules.shortest_rest, 1), weekends, least, most

    @cached_property
    def whole_costs(self) -> bool:
        """Whether every cost is a whole number, so that a bound may be rounded up."""
        parts = (self.wishes, self.base, self.under, self.over)
        return all(bool((part == np.rint(part)).all()) for part in parts)

    @cached_property
    def digest(self) -> str:
        """A hash of everything that the answer depends on."""
        found = hashlib.sha256(repr((self.people, self.duties, self.rules)).encode())
        for part in (self.minutes, self.forbidden, self.limits, self.fixed_off, self.wishes, self.base):
            found.update(np.ascontiguousarray(part).tobytes())
        for part in (self.need, self.under, self.over):
            found.update(np.ascontiguousarray(part).tobytes())
        return found.hexdigest()
