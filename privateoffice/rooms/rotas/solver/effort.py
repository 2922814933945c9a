"""How hard to try, and how far it is. Neither needs a solver to be at hand."""

from collections.abc import Callable
from dataclasses import dataclass

from .model import Assignment

WORK, CLOCK = "work", "clock"


@dataclass(frozen=True)
class Effort:
    """How hard to try, and when it is enough.

    In `clock` mode `limit` is seconds. In `work` mode it counts the solver's own steps, about one a second, and a
    question has one answer anywhere. Either stops early when the rota is proven within `enough`.
    """

    mode: str = CLOCK
    limit: float = 10.0
    seed: int = 1
    workers: int = 2
    enough: float = 0.01


DEFAULT = Effort()


@dataclass(frozen=True)
class Heard:
    """How far it is: seconds, the cost of the best rota so far, by how much another may be cheaper, that rota.

    Where the rota itself is not told, `gaps` says how many places are about to stay open.
    """

    seconds: float
    cost: int
    better: int
    assignments: tuple[Assignment, ...] = ()
    gaps: int | None = None


Listener = Callable[[Heard], None]


class Stop:
    """Stops whatever is watched, now or as soon as it begins."""

    def __init__(self) -> None:
        self.asked = False
        self._watched: Callable[[], None] | None = None

    def watch(self, stopping: Callable[[], None]) -> None:
        self._watched = stopping
        if self.asked:
            stopping()

    def ask(self) -> None:
        self.asked = True
        if self._watched:
            self._watched()
