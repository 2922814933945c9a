"""Rules about several people, about what was published, and about what somebody decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from .. import words
from ..answers import Breach
from ..model import MUST, Assignment, Block, Rule
from .alone import clear_days
from .roster import Roster

Joint = Callable[[Rule, Roster], Iterable[Breach]]

LIST = Rule("list", "list", "On the list for the duty", "The unit's list")
WANTED = Rule("wanted", "wanted", "No more people than wanted", "The rota's demand")
PIN = Rule("pin", "pin", "Pinned by hand", "Whoever pinned it")
OVER_NOBODY = ""


def _on_at(roster: Roster, minute: int) -> Iterator[tuple[str, Block]]:
    """Who is on at one minute, and by which block."""
    for block in _blocks_at(roster, minute):
        for person in roster.on.get(block.id, ()):
            yield person, block


def _blocks_at(roster: Roster, minute: int) -> list[Block]:
    find = lambda: [e for e in roster.problem.blocks if e.begins <= minute < e.finishes]  # noqa: E731
    return roster.once(("at", minute), find)


def _together(rule: Rule, roster: Roster) -> Iterator[Breach]:
    moments = {each.begins for person in rule.people for each in roster.blocks(person, rule)}
    for minute in sorted(moments):
        on = [(p, b) for p, b in _on_at(roster, minute) if p in rule.people and rule.binds(p, b)]
        people = sorted({p for p, _ in on})
        if len(people) > rule.numbers["at_most"]:
            said = words.listed([words.name(roster.problem, p) for p in people])
            text = f"{said} are on together on {words.day(on[0][1].first)}. Rule: {rule.name}."
            yield roster.breach(rule, people[0], {b.id: b for _, b in on}.values(), text)


def _company(rule: Rule, roster: Roster) -> Iterator[Breach]:
    for person in rule.people:
        for block in roster.blocks(person, rule):
            if not any(_is_company(rule, roster, p, b) for p, b in _on_at(roster, block.begins)):
                said = words.block(roster.problem, block)
                text = f"{words.name(roster.problem, person)} has {said} without company. Rule: {rule.name}."
                yield roster.breach(rule, person, [block], text)


def _is_company(rule: Rule, roster: Roster, person: str, block: Block) -> bool:
    held = roster.problem.person[person].skills
    skilled = all(
        any(s.name == needed and s.in_date(block.first, block.last) for s in held) for needed in rule.words
    )
    return person not in rule.people and skilled


def _notice(rule: Rule, roster: Roster) -> Iterator[Breach]:
    problem = roster.problem
    if problem.now is None or not problem.published:
        return
    told = problem.now.date()
    for each, leaves in _changed(roster):
        block = problem.block[each.block]
        if rule.binds(each.person, block) and told <= block.first and not (leaves and _gone(roster, each)):
            days = clear_days(told, block.first)
            if days < rule.numbers["days"]:
                does = "loses" if leaves else "is given"
                text = (
                    f"{words.name(problem, each.person)} {does} {words.block(problem, block)} with {max(0, days)} "
                    f"clear days of notice. Rule: {rule.name}."
                )
                yield roster.breach(rule, each.person, [block], text)


def _changed(roster: Roster) -> Iterator[tuple[Assignment, bool]]:
    """What differs from the published rota, and whether it is somebody's leaving."""
    now, before = set(roster.pairs()), set(roster.problem.published)
    stands = {each.block for each in roster.stands}
    wanted = roster.problem.demand.keys() - stands
    for each in sorted(now ^ before, key=lambda each: (each.block, each.person)):
        if each.block in wanted:
            yield each, each in before


def _gone(roster: Roster, each: Assignment) -> bool:
    block = roster.problem.block[each.block]
    return any(
        a.person == each.person and a.first <= block.last and block.first <= a.last
        for a in roster.problem.absences
    )


def _publication(rule: Rule, roster: Roster) -> Iterator[Breach]:
    problem = roster.problem
    firsts = [problem.block[each.block].first for each in problem.demands]
    ranks = {problem.person[p].rank for p, held in roster.held.items() if held}
    if problem.now is None or problem.published or not firsts or (rule.words and not ranks & set(rule.words)):
        return
    begins, told = min(firsts), problem.now.date()
    if (begins - told).days < rule.numbers["days"]:
        text = (
            f"The rota begins on {words.day(begins)}, {max(0, (begins - told).days)} days after it is published. "
            f"Rule: {rule.name}."
        )
        yield Breach(rule.key, OVER_NOBODY, (), begins, begins, text, rule.waiver)


JOINT: Mapping[str, Joint] = MappingProxyType(
    {"together": _together, "company": _company, "notice": _notice, "publication": _publication}
)


def decided(roster: Roster) -> Iterator[Breach]:
    """What stands in the rota against the list, the demand, what was fixed and what was pinned."""
    problem, now = roster.problem, set(roster.pairs())
    for each in now:
        if problem.block[each.block].duty not in problem.person[each.person].duties:
            yield _against(roster, LIST, each, "is not on the list for")
    for pin in problem.pins:
        if (Assignment(pin.block, pin.person) in now) != (pin.kind == MUST):
            does = "is pinned to" if pin.kind == MUST else "is pinned away from"
            yield _against(roster, PIN, Assignment(pin.block, pin.person), does)
    yield from _too_many(roster)


def _too_many(roster: Roster) -> Iterator[Breach]:
    for block, people in roster.on.items():
        demand = roster.problem.demand.get(block)
        if demand and demand.over is None and len(people) > demand.wanted:
            held = roster.problem.block[block]
            text = f"{words.block(roster.problem, held)} has {len(people)} people and wants {demand.wanted}."
            yield roster.breach(WANTED, max(people), [held], text)


def _against(roster: Roster, rule: Rule, each: Assignment, does: str) -> Breach:
    block = roster.problem.block[each.block]
    text = f"{words.name(roster.problem, each.person)} {does} {words.block(roster.problem, block)}."
    return roster.breach(rule, each.person, [block], text)


def day_of(breach: Breach) -> tuple[date, str, str]:
    return breach.first, breach.person, breach.rule
