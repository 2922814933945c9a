"""How the sentences of this package say days, blocks and people. No rule and no number is decided here."""

from collections.abc import Sequence
from datetime import date, timedelta

from .model import Block, Problem


def day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def span(first: date, last: date) -> str:
    """ "5 October 2026", "from 5 to 8 October 2026", "from 28 September to 4 October 2026"."""
    if first == last:
        return f"on {day(first)}"
    if first.year != last.year:
        return f"from {day(first)} to {day(last)}"
    begins = str(first.day) if first.month == last.month else f"{first.day} {first:%B}"
    return f"from {begins} to {day(last)}"


def duration(minutes: int) -> str:
    """ "10 hours 30 minutes", "1 hour", "no time"."""
    hours, rest = divmod(minutes, 60)
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in ((hours, "hour"), (rest, "minute")) if n]
    return " ".join(said) or "no time"


def block(problem: Problem, held: Block) -> str:
    """ "Deputy SIO from 5 to 8 October 2026"."""
    duty = problem.duty.get(held.duty)
    return f"{duty.name if duty else held.duty} {span(held.first, held.last)}"


def name(problem: Problem, person: str) -> str:
    known = problem.person.get(person)
    return known.name if known else person


def listed(things: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(things[:-1]), *things[-1:]]))


def monday(on: date) -> date:
    return on - timedelta(on.weekday())
