"""Who has which blocks, as the checker walks over them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..answers import Breach, Change
from ..model import Assignment, Block, Problem, Rule


@dataclass
class Roster:
    """A problem with one rota for it, looked at by person and by block. `known` keeps what only rules decide."""

    problem: Problem
    held: dict[str, tuple[Block, ...]]
    on: dict[str, tuple[str, ...]]
    stands: frozenset[Assignment]
    known: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem, assignments: Iterable[Assignment]) -> "Roster":
        held: dict[str, list[Block]] = defaultdict(list)
        on: dict[str, list[str]] = defaultdict(list)
        stands = frozenset(problem.fixed)
        for each in dict.fromkeys([*problem.fixed, *assignments]):
            held[each.person].append(problem.block[each.block])
            on[each.block].append(each.person)
        return cls(
            problem,
            {person: tuple(sorted(blocks, key=_in_time)) for person, blocks in held.items()},
            {block: tuple(people) for block, people in on.items()},
            stands,
        )

    def after(self, change: Change) -> "Roster":
        """The same roster with one edit made; everything that the edit does not touch is shared."""
        held, on = dict(self.held), dict(self.on)
        block = self.problem.block[change.block]
        leaves = "" if Assignment(block.id, change.leaves) in self.stands else change.leaves  # the past stays
        people = [each for each in on.get(block.id, ()) if each != leaves]
        if leaves:
            held[leaves] = tuple(each for each in held.get(leaves, ()) if each is not block)
        if change.takes and change.takes not in people:
            people.append(change.takes)
            held[change.takes] = tuple(sorted([*held.get(change.takes, ()), block], key=_in_time))
        on[block.id] = tuple(people)
        return Roster(self.problem, held, on, self.stands, self.known)

    def blocks(self, person: str, rule: Rule) -> list[Block]:
        """The person's blocks that a rule binds, in time."""
        return [each for each in self.held.get(person, ()) if rule.binds(person, each)]

    def tours(self, person: str, rule: Rule) -> list[Block]:
        """Those of them that are working time."""
        return [each for each in self.blocks(person, rule) if not self.problem.duty[each.duty].on_call]

    def pairs(self) -> Iterator[Assignment]:
        for block, people in self.on.items():
            for person in people:
                yield Assignment(block, person)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """Something that depends on the problem alone, worked out once."""
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def breach(self, rule: Rule, person: str, blocks: Iterable[Block], words: str) -> Breach:
        """A breach of a rule, dated by the blocks."""
        held = sorted(blocks, key=_in_time)
        return Breach(
            rule=rule.key,
            person=person,
            blocks=tuple(each.id for each in held),
            first=min(each.first for each in held),
            last=max(each.last for each in held),
            words=words,
            waiver=rule.waiver,
        )


def _in_time(block: Block) -> tuple[int, str]:
    return block.begins, block.id


Judge = Callable[[Rule, Roster, str], Iterable[Breach]]
Judges = Mapping[str, Judge]
