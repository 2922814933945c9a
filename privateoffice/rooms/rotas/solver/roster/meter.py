"""How much of the allowance is spent: seconds on the clock, or work that is counted and so always the same."""

import time
from dataclasses import dataclass, field


@dataclass
class Meter:
    """Counts towards an allowance, in seconds. `counted` makes it count work instead of looking at a clock."""

    allowance: float
    counted: bool = False
    begun: float = field(default_factory=time.monotonic)
    work: float = 0.0

    def charge(self, seconds: float) -> None:
        """Say that work was done that takes about so many seconds on a usual machine."""
        self.work += seconds

    def spent(self) -> float:
        return self.work if self.counted else time.monotonic() - self.begun

    def left(self) -> float:
        return self.allowance - self.spent()

    def over(self) -> bool:
        return self.left() <= 0
