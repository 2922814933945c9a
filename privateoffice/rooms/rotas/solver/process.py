"""Runs the solver in a process of its own, which can be watched, stopped, and killed when its time is over.

One process is kept warm between questions, since loading the solver takes longer than most answers. It ends with
this one. A solver that is killed loses nothing: the best rota that it said by then is handed out, marked so.
"""

import contextlib
import itertools
import json
import queue
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from .answers import Explanation, Mend, Solution
from .blockwise.answering import solution
from .child import BY_THE_DAY, KERNELS, Child, borrow, close, give_back, warm_up
from .effort import CLOCK, DEFAULT, Effort, Heard, Listener
from .model import Absence, Assignment, Problem
from .written import as_kind, plain, problem_to_json

START_UP, GRACE = 60.0, 3.0
"""Seconds that loading the solver may take, and that an answer may take once the search was told to stop."""
COMPILING = 240.0
"""Seconds that the kernels of the solver by the day may take where they were never compiled."""
PATIENCE = 600.0
"""Seconds after which a question without a limit of its own on the clock is cut short."""

__all__ = ["SolverFailed", "close", "compile_kernels", "explain", "mend", "roster", "solve", "warm_up"]

Cancelled = Callable[[], bool]


class SolverFailed(RuntimeError):
    """The solver ended without an answer, and had said nothing that could be used."""


@dataclass
class _Asking:
    """One question to one process, until its answer, its end, or the end of patience."""

    child: Child
    number: int
    until: float
    heard: Listener | None
    cancelled: Cancelled | None
    last: Heard | None = None
    stopped_at: float | None = None
    done: bool = False

    def answer(self) -> Any:
        """What it answers, or None where it had to be killed or ended by itself."""
        while not self._is_hopeless():
            with contextlib.suppress(queue.Empty):
                line = self.child.lines.get(timeout=0.05)
                if line is None:
                    return None
                ((kind, value),) = json.loads(line).items()
                if kind in ("answer", "fault"):
                    return self._ended(kind, value)
                if kind == "heard":
                    self._hear(as_kind(Heard, value))
        return None

    def _ended(self, kind: str, value: Any) -> Any:
        self.done = True
        if kind == "fault":
            raise SolverFailed(value)
        return value

    def _hear(self, said: Heard) -> None:
        self.last = said
        if self.heard:
            self.heard(said)

    def _is_hopeless(self) -> bool:
        now = time.monotonic()
        if self.stopped_at is not None:
            return now > self.stopped_at + GRACE
        if now > self.until or (self.cancelled and self.cancelled()):
            self.child.tell({"stop": self.number})
            self.stopped_at = now
        return False


_numbers = itertools.count(1)


def _ask(
    question: dict[str, Any],
    patience: float,
    heard: Listener | None = None,
    cancelled: Cancelled | None = None,
    child: Child | None = None,
) -> tuple[Any, Heard | None]:
    is_spare, child, number = child is None, child or borrow(), next(_numbers)
    asking = _Asking(child, number, time.monotonic() + patience, heard, cancelled)
    try:
        child.tell({**question, "number": number})
        return asking.answer(), asking.last
    finally:
        if asking.done and is_spare:
            give_back(child)
        else:
            child.kill()


def solve(
    problem: Problem,
    effort: Effort = DEFAULT,
    heard: Listener | None = None,
    cancelled: Cancelled | None = None,
    patience: float | None = None,
) -> Solution:
    """The best rota, from a process of its own.

    `heard` is called with each better rota; `cancelled` is asked often, and a yes ends the search with the best so
    far. After `patience` seconds it is stopped, and killed where it does not stop: see `Solution.cut_short`.
    """
    begun = time.monotonic()
    question = {"task": "solve", "problem": problem_to_json(problem), "effort": asdict(effort)}
    answer, last = _ask(question, patience or _patience(effort), heard, cancelled)
    if answer is not None:
        return as_kind(Solution, answer)
    if last is None:
        raise SolverFailed("The solver ended before it had found any rota. The published rota stands.")
    pairs = frozenset((each.block, each.person) for each in (*problem.fixed, *last.assignments))
    return solution(problem, effort, pairs, last.better, time.monotonic() - begun, cut_short=True)


def roster(
    problem: Problem,
    effort: Effort = DEFAULT,
    heard: Listener | None = None,
    cancelled: Cancelled | None = None,
    kernels: Path | None = None,
) -> Solution | str:
    """The best rota by the day, from a process of its own that ends with its answer; or why there is none.

    `kernels` is the folder where compiled kernels are kept. Only for a problem against which
    `byday.fitting.why_not` says nothing. Raises SolverFailed.
    """
    question = {"task": "roster", "problem": problem_to_json(problem), "effort": asdict(effort)}
    patience = effort.limit + COMPILING if effort.mode == CLOCK else PATIENCE
    answer, _ = _ask(question, patience, heard, cancelled, _by_the_day(kernels))
    if answer is None:
        raise SolverFailed("The solver ended before it had found any rota. The published rota stands.")
    return answer["refused"] if "refused" in answer else as_kind(Solution, answer["made"])


def _by_the_day(kernels: Path | None) -> Child:
    return Child(BY_THE_DAY, **({KERNELS: str(kernels)} if kernels else {}))


def compile_kernels(kernels: Path) -> None:
    """Have the kernels of the solver by the day compiled before anybody waits for them."""
    child = _by_the_day(kernels)
    try:
        child.lines.get(timeout=COMPILING)
    finally:
        child.kill()


def _patience(effort: Effort) -> float:
    return effort.limit + START_UP if effort.mode == CLOCK else PATIENCE


def explain(
    problem: Problem, block: str, assignments: Iterable[Assignment] | None = None, seconds: float = 10.0
) -> Explanation:
    """Why a block cannot be filled, with the cheapest ways out: see `explain.explain` and `ways.ways_out`.

    It ends as soon as it knows, mostly within one second; `seconds` is for a machine that has much else to do.
    """
    rota = None if assignments is None else plain(tuple(assignments))
    question = {"task": "explain", "block": block, "rota": rota, "seconds": seconds}
    return as_kind(Explanation, _answer_to(question, problem, 3 * seconds))


def mend(
    problem: Problem,
    rota: Iterable[Assignment],
    absences: Iterable[Absence],
    now: datetime,
    seconds: float = 2.0,
) -> tuple[Mend, ...]:
    """The fewest changes, the cheapest and the fairest answer to what became known now: see `mend.mend`.

    `seconds` is what the fairest may take in all; the other two end when they are proven.
    """
    told = {"rota": plain(tuple(rota)), "absences": plain(tuple(absences)), "now": now.isoformat()}
    answer = _answer_to({"task": "mend", **told, "seconds": seconds}, problem, 2 * seconds)
    return tuple(as_kind(Mend, each) for each in answer)


def _answer_to(question: dict[str, Any], problem: Problem, patience: float) -> Any:
    answer, _ = _ask({**question, "problem": problem_to_json(problem)}, patience + START_UP)
    if answer is None:
        raise SolverFailed("The solver ended before it had an answer. Nothing was changed.")
    return answer
