"""The five shapes that every rule takes once it is compiled for one problem."""

from dataclasses import dataclass

from ..model import Rule

Pair = tuple[str, str]
"""A block and a person."""
FORCED = 10_000
"""What a breach counts that nobody may waive, and that a pin makes all the same."""


@dataclass(frozen=True)
class Limit:
    """The weighed sum of a person's blocks is at most `cap`. Limits with the same unit break together."""

    rule: Rule
    person: str
    tag: str
    terms: tuple[tuple[str, int], ...]
    cap: int

    @property
    def unit(self) -> tuple[str, str, str]:
        return self.rule.key, self.person, self.tag


@dataclass(frozen=True)
class Run:
    """Of these groups of a person's blocks at most `cap` have a block taken, unless one of `unless` is taken."""

    rule: Rule
    person: str
    tag: str
    groups: tuple[tuple[str, ...], ...]
    cap: int
    unless: tuple[str, ...] = ()

    @property
    def unit(self) -> tuple[str, str, str]:
        return self.rule.key, self.person, self.tag


@dataclass(frozen=True)
class Rest:
    """At least one of these sets of a person's blocks is wholly free; `blocks` are those of the week itself."""

    rule: Rule
    person: str
    tag: str
    options: tuple[tuple[str, ...], ...]
    blocks: tuple[str, ...]

    @property
    def unit(self) -> tuple[str, str, str]:
        return self.rule.key, self.person, self.tag


@dataclass(frozen=True)
class Moment:
    """Of these pairs of block and person at most `cap` are taken: they are on at the same minute."""

    rule: Rule
    tag: str
    pairs: tuple[Pair, ...]
    cap: int
    person: str = ""

    @property
    def unit(self) -> tuple[str, str, str]:
        return self.rule.key, self.person, self.tag


@dataclass(frozen=True)
class Company:
    """The person has the block only where one of the helpers is taken too."""

    rule: Rule
    person: str
    block: str
    helpers: tuple[Pair, ...]

    @property
    def unit(self) -> tuple[str, str, str]:
        return self.rule.key, self.person, self.block


Unit = Limit | Run | Rest | Moment | Company


def members(unit: Unit) -> frozenset[Pair]:
    """The pairs of block and person that could break a unit."""
    match unit:
        case Limit():
            return frozenset((block, unit.person) for block, _ in unit.terms)
        case Run():
            return frozenset((block, unit.person) for group in unit.groups for block in group)
        case Rest():
            return frozenset((block, unit.person) for block in unit.blocks)
        case Moment():
            return frozenset(unit.pairs)
        case Company():
            return frozenset({(unit.block, unit.person)})
