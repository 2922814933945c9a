"""What the rules and the shares say of a rota, and of one edit before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import Breach, Change, Duty, Period
from privateoffice.rooms.rotas.services.faults import MayNotBe, NeedsAReason
from privateoffice.rooms.rotas.services.placing import Placing, record
from privateoffice.rooms.rotas.services.problem import Ground, drafted, ground_of, problem_of
from privateoffice.rooms.rotas.solver import answers, checker, model

MINUTES = 60


@dataclass(frozen=True)
class Verdict:
    """What an edit would do: its colour, the rules it breaks, and what it does to fairness, in sentences."""

    colour: str
    breaks: tuple[answers.Breach, ...]
    words: tuple[str, ...]

    @property
    def is_forbidden(self) -> bool:
        return any(breach.waiver is None for breach in self.breaks)

    @property
    def needs_a_reason(self) -> bool:
        return bool(self.breaks)


def verdict_on(ground: Ground, duty: Duty, person: Person | None) -> Verdict:
    """What the rules and shares say of putting a person on a duty; of nobody, what a gap does."""
    problem = problem_of(ground)
    before = duty.person_id
    edit = answers.Change(str(duty.pk), str(before) if before else "", str(person.pk) if person else "")
    effect = checker.check_one(problem, drafted(ground.duties), edit)
    brings = tuple(breach for breach in effect.brings if not breach.accepted)
    return Verdict(effect.colour, brings, effect.words)


def breaches_of(ground: Ground) -> tuple[answers.Breach, ...]:
    """The rules that the draft breaks."""
    return checker.check(problem_of(ground), drafted(ground.duties))


def shares_of(ground: Ground) -> tuple[answers.Share, ...]:
    """What each person has of each kind beside their target."""
    return checker.fairness(problem_of(ground), drafted(ground.duties))


@verb("rotas.place")
def put_on(duty: Duty, person: Person | None, *, reason: str = "", authorised_by: str = "") -> Change:
    """Put a person on a duty by hand. A rule that may be waived needs a reason and an authoriser."""
    return place_all(
        duty.period, [(duty, person)], words=_said(duty, person), reason=reason, authorised_by=authorised_by
    )


@verb("rotas.place")
def place_all(
    period: Period,
    placings: Sequence[Placing],
    *,
    words: str,
    reason: str = "",
    authorised_by: str = "",
    proof: dict[str, Any] | None = None,
) -> Change:
    """Put people on duties as one change, judged as a whole; what it breaks goes on the ledger or is refused."""
    ground = ground_of(period)
    problem = problem_of(ground)
    brought = brought_by(ground, problem, placings)
    forbidden = [breach.words for breach in brought if breach.waiver is None]
    if forbidden:
        raise MayNotBe(" ".join(forbidden))
    if brought and not (reason.strip() and authorised_by.strip()):
        raise NeedsAReason(" ".join(["This needs a reason and an authoriser.", *(b.words for b in brought)]))
    change = record(period, placings, words=words, reason=reason, proof=proof)
    for breach in brought:
        _enter(ground, problem, breach, reason=reason, authorised_by=authorised_by)
    return change


def brought_by(ground: Ground, problem: model.Problem, placings: Sequence[Placing]) -> list[answers.Breach]:
    """The rules that these placings break and the draft did not, as far as nobody has accepted them."""
    before = drafted(ground.duties)
    moved = {str(duty.pk): person for duty, person in placings}
    after = [each for each in before if each.block not in moved]
    after += [model.Assignment(block, str(person.pk)) for block, person in moved.items() if person]
    known = {(b.rule, b.person, b.blocks) for b in checker.check(problem, before)}
    found = checker.check(problem, after)
    return [b for b in found if not b.accepted and (b.rule, b.person, b.blocks) not in known and b.blocks]


def _enter(
    ground: Ground, problem: model.Problem, breach: answers.Breach, *, reason: str, authorised_by: str
) -> None:
    duty = next((ground.duty[key] for key in breach.blocks if key in ground.duty), None)
    if duty and breach.person:
        owed = rest_owed(problem, breach)
        waive(duty, breach, reason=reason, authorised_by=authorised_by, owed=owed)


def _said(duty: Duty, person: Person | None) -> str:
    days = (
        f"{duty.first_on:%d %b}"
        if duty.first_on == duty.last_on
        else f"{duty.first_on:%d %b} to {duty.last_on:%d %b}"
    )
    return f"{duty.duty_type}, {days}: {person.ranked_name if person else 'nobody'}"


@verb("rotas.waive")
def waive(
    duty: Duty, breach: answers.Breach, *, reason: str, authorised_by: str, owed: Decimal = Decimal(0)
) -> Breach:
    """Enter a broken rule on the ledger, with the rest that is owed for it."""
    row, _ = Breach.objects.update_or_create(
        duty=duty,
        person_id=int(breach.person),
        code=breach.rule,
        defaults={
            "period": duty.period,
            "blocks": list(breach.blocks),
            "words": breach.words,
            "reason": reason[:300],
            "authorised_by": authorised_by[:120],
            "rest_owed": owed,
            "recorded_by": scope.current().actor,
        },
    )
    trail(duty.period, rule=fact(breach.rule), reason=reason, authorised_by=fact(authorised_by[:80]))
    return row


def rest_owed(problem: model.Problem, breach: answers.Breach) -> Decimal:
    """The hours of compensatory rest that a broken rest rule owes: what was missing; none for other rules."""
    rule = next((rule for rule in problem.rules if rule.key == breach.rule), None)
    if rule is None or rule.kind not in {"rest", "weekly-rest"}:
        return Decimal(0)
    wanted = rule.numbers["minutes"]
    blocks = sorted((problem.block[key] for key in breach.blocks), key=lambda block: block.begins)
    between = [max(0, later.begins - earlier.finishes) for earlier, later in pairwise(blocks)]
    missing = wanted - min(between) if between and rule.kind == "rest" else wanted
    return Decimal(max(0, missing)) / MINUTES


@verb("rotas.give_rest")
def give_rest(breach: Breach, *, on: date) -> Breach:
    """Record the day on which rest that was owed was given."""
    breach.rest_given_on = on
    breach.save(update_fields=["rest_given_on"])
    trail(breach.period, person=fact(breach.person.name), on=on)
    return breach


def faults_for(period: Period) -> tuple[answers.Breach, ...]:
    """The rules broken in a period's draft that nobody has accepted yet."""
    return tuple(breach for breach in breaches_of(ground_of(period)) if not breach.accepted)
