"""What is said about a rota: the rota that was made, breaches, fairness, reasons why not, ways out and mends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .model import Absence, Assignment, Block, Waiver

GREEN, AMBER, RED = "green", "amber", "red"
FEWEST, FAIREST, CHEAPEST = "fewest", "fairest", "cheapest"
COVER, RULE, AWAY, PINNED = "cover", "rule", "away", "pinned"


@dataclass(frozen=True)
class Gap:
    """A block that wants more people than it has."""

    block: str
    missing: int
    price: int
    words: str = ""


@dataclass(frozen=True)
class Solution:
    """A rota with its faults named and priced, and how it was made. The cost is the sum of its parts.

    `cut_short` says that the solver was killed and that this is the best rota it had said by then.
    """

    assignments: tuple[Assignment, ...]
    gaps: tuple[Gap, ...] = ()
    waived: tuple[Waiver, ...] = ()
    parts: Mapping[str, int] = field(default_factory=dict)
    cost: int = 0
    bound: int = 0
    proven: bool = False
    proof: str = "not proven"
    mode: str = "work"
    seed: int = 1
    model_hash: str = ""
    version: str = ""
    cut_short: bool = False
    seconds: float = field(default=0.0, compare=False)

    @property
    def gap(self) -> float:
        """How much better a rota could still be, as a share of this one's cost."""
        return max(0, self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(frozen=True)
class Breach:
    """One rule that one person's duties break: the sentence names the person, the dates and the rule.

    `waiver` is the rule's price, None where nobody may waive it; `accepted` says that a waiver covers it. `times`
    counts the stretches of days in which the same blocks break the same rule.
    """

    rule: str
    person: str
    blocks: tuple[str, ...]
    first: date
    last: date
    words: str
    waiver: int | None = None
    accepted: bool = False
    times: int = 1


@dataclass(frozen=True)
class Share:
    """What one person has of one kind, history included, and the target between `low` and `high`."""

    person: str
    pool: str
    kind: str
    credits: int
    low: int
    high: int
    colour: str

    @property
    def deviation(self) -> int:
        """Credits above the target, or (negative) below it."""
        return max(0, self.credits - self.high) - max(0, self.low - self.credits)


@dataclass(frozen=True)
class Change:
    """One edit by hand: somebody leaves a block, somebody takes it, or both ("": nobody)."""

    block: str
    leaves: str = ""
    takes: str = ""


@dataclass(frozen=True)
class Effect:
    """What an edit does: breaches that it brings and heals, shares that it moves (before, after), one colour.

    Red: a rule breaks that nobody may waive. Amber: one that may be waived, a gap, or a share gets worse.
    """

    brings: tuple[Breach, ...]
    heals: tuple[Breach, ...]
    shares: tuple[tuple[Share, Share], ...]
    missing: int
    colour: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """One member of a conflict: a block that wants cover, a person's rule, an absence, or a decision."""

    kind: str
    words: str
    rule: str = ""
    person: str = ""
    block: str = ""
    absence: Absence | None = None
    price: int | None = None


@dataclass(frozen=True)
class WayOut:
    """What would have to give: the reasons given up, the price, and the rota that follows.

    To take it: add `waivers` to those of the problem and put `assignments` in the place of the rota.
    """

    gives: tuple[Reason, ...]
    price: int
    words: str
    assignments: tuple[Assignment, ...]
    waivers: tuple[Waiver, ...]
    verified: bool


@dataclass(frozen=True)
class Explanation:
    """Why a block cannot be filled: reasons that cannot all hold, none of which could be left out.

    No reasons: it can be filled under the rules, or (`verified` false) it could not be decided in time.
    """

    block: str
    reasons: tuple[Reason, ...]
    sentence: str
    verified: bool
    minimal: bool
    ways_out: tuple[WayOut, ...] = ()
    checks: int = field(default=0, compare=False)
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Move:
    """One duty that changes hands, with the clear days and hours of notice, and what it does to fairness."""

    block: str
    leaves: str
    takes: str
    start_at: datetime
    end_at: datetime
    clear_days: int
    hours: int
    words: str
    shares: tuple[tuple[Share, Share], ...] = ()


@dataclass(frozen=True)
class Volunteer:
    """Somebody who could be asked: what taking the duty does, and how much of their share they have done."""

    person: str
    effect: Effect
    done: int
    share: int
    words: str


@dataclass(frozen=True)
class Mend:
    """One answer to a trouble: the rota, what moves, and whether no answer of its kind can be better.

    `blocks` are those that came into being because a duty under way was cut in two; the first part keeps its id.
    """

    kind: str
    assignments: tuple[Assignment, ...]
    moves: tuple[Move, ...]
    changes: int
    proven: bool
    gaps: tuple[Gap, ...] = ()
    waived: tuple[Waiver, ...] = ()
    unfairness: int = 0
    notice_cost: int = 0
    blocks: tuple[Block, ...] = ()
    seconds: float = field(default=0.0, compare=False)
