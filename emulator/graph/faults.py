"""Faults on demand: what the emulator does instead of answering as it should."""

import random
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Fault:
    """One answer that goes wrong: which calls, how, and whether the call was carried out all the same.

    `where` is a piece of "METHOD path". Status 0 cuts the line. `times` is how often; 0 is for ever.
    """

    where: str
    status: int
    is_done: bool = False
    pause: str = ""
    code: str = "serviceNotAvailable"
    times: int = 1


@dataclass
class Faults:
    """What goes wrong, how many calls of one mailbox go on at once, and how many went on at most."""

    planned: list[Fault] = field(default_factory=list)
    at_once: int = 4
    going_on: Counter[str] = field(default_factory=Counter)
    peak: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    slow: float = 0.0
    unseen_for: float = 0.0
    cuts: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311

    def plan(self, where: str, status: int, **more: object) -> None:
        self.planned.append(Fault(where, status, **more))  # type: ignore[arg-type]

    def due(self, call: str) -> Fault | None:
        """The fault that this call meets, if any; counted down."""
        for fault in self.planned:
            if fault.where in call:
                if fault.times:
                    fault.times -= 1
                    if not fault.times:
                        self.planned.remove(fault)
                return fault
        if self.cuts and call.endswith("/send") and self.chance.random() < self.cuts:
            return Fault(call, 0, is_done=self.chance.random() < 0.5)
        return None
