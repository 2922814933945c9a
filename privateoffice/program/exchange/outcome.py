"""What an import says when it is done, the same for every kind."""

import json
from dataclasses import dataclass, field


class NothingRead(Exception):
    """Nothing could be imported. The text is fit to show."""


@dataclass
class Outcome:
    """How much was read, and by name what needs a look: pairs of a place and the reason.

    `refusal` is why nothing was taken in although it was read; the command then fails.
    """

    read: int = 0
    new: int = 0
    unchanged: int = 0
    needs_a_look: int = 0
    listed: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""

    def as_json(self) -> str:
        counts = {name: getattr(self, name) for name in ("read", "new", "unchanged", "needs_a_look")}
        return json.dumps(counts)

    def as_table(self) -> str:
        """The counts under one another, then what needs a look."""
        names = {
            "Read": self.read,
            "New": self.new,
            "Unchanged": self.unchanged,
            "Needs a look": self.needs_a_look,
        }
        lines = [f"{name:<13}{count:>9,}" for name, count in names.items()]
        return "\n".join([*lines, *(f"  {place}: {reason}" for place, reason in self.listed)])
