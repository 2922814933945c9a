"""Swaps: asked, checked, agreed, approved by whom the unit says, and carried out; one winner whatever happens."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import (
    Agreement,
    Duty,
    Period,
    Rota,
    Swap,
    SwapEnding,
    SwapSide,
)
from privateoffice.rooms.rotas.services.faults import (
    AlreadySwapping,
    MayNotBe,
    NotAgreed,
    NotPublished,
    NotTheirs,
    SwapOver,
)
from privateoffice.rooms.rotas.services.judging import brought_by, place_all
from privateoffice.rooms.rotas.services.letters import write
from privateoffice.rooms.rotas.services.links import link_of, new_secret
from privateoffice.rooms.rotas.services.problem import ground_of, problem_of
from privateoffice.rooms.rotas.services.publishing import publish_duties

Side = tuple[Duty, Person]


@verb("rotas.ask_swap")
def ask_swap(duty: Duty, *, other: Person, reason: str, in_return: Duty | None = None) -> Swap:
    """Ask somebody to take a published duty, or exchange it for theirs. Nothing moves until it is approved.

    Refused where a rule that nobody may waive would break; what else the rules say goes with it as advice.
    """
    period = duty.period
    asker = _asker(duty, other, in_return)
    sides: list[Side] = [(duty, other)]
    sides += [(in_return, asker)] if in_return else []
    advice = _advice(period, sides)
    secret, digest = new_secret()
    try:
        with transaction.atomic():
            swap = _made(period, asker, other, sides, reason=reason, advice=advice, secret=digest)
    except IntegrityError:
        raise AlreadySwapping from None
    _ask(swap, sides, secret)
    trail(period, who=fact(swap.asker.name), other=fact(other.name), reason=reason)
    return swap


def _asker(duty: Duty, other: Person, in_return: Duty | None) -> Person:
    """Whose duty it is. Refuses what is not published, or not theirs to exchange."""
    if not duty.period.is_published or duty.published is None:
        raise NotPublished
    if other == duty.published or (in_return and in_return.published != other):
        raise NotTheirs
    if in_return and in_return.period_id != duty.period_id:
        raise NotTheirs("Both duties of an exchange lie in one period. Ask for two swaps.")
    return duty.published


def _advice(period: Period, sides: list[Side]) -> list[dict[str, Any]]:
    """What the rules say of the rota after the swap; refuses what nobody may waive."""
    ground = ground_of(period)
    problem = problem_of(ground)
    brought = brought_by(ground, problem, list(sides))
    forbidden = [b for b in brought if b.waiver is None]
    if forbidden:
        raise MayNotBe(" ".join(b.words for b in forbidden))
    return [{"rule": b.rule, "person": b.person, "blocks": list(b.blocks), "words": b.words} for b in brought]


def _made(period: Period, asker: Person, other: Person, sides: list[Side], **said: Any) -> Swap:
    last = Swap.objects.filter(period=period).aggregate(last=Max("number"))["last"] or 0
    swap = Swap.objects.create(
        period=period,
        number=last + 1,
        asker=asker,
        other=other,
        asked_at=clock.now(),
        asked_by=scope.current().actor,
        **said,
    )
    SwapSide.objects.bulk_create(
        SwapSide(period=period, swap=swap, duty=one, giver=one.published, taker=taker) for one, taker in sides
    )
    return swap


def _ask(swap: Swap, sides: list[Side], secret: str) -> None:
    write(
        swap.period.office,
        swap.other,
        subject=f"{swap.asker.ranked_name} asks you for a swap",
        template="swap_asked",
        once=f"{swap.period.reference}:swap:{swap.number}:asked",
        swap=swap,
        sides=[(duty, taker) for duty, taker in sides],
        link=link_of(secret),
    )


@verb("rotas.agree_swap")
def agree_swap(swap: Swap, *, how: str) -> Swap:
    """Record that the other person agrees. Where nobody approves swaps it is carried out at once."""
    swap = _held(swap)
    try:
        with transaction.atomic():
            Agreement.objects.create(
                period=swap.period, swap=swap, how=how, agreed_at=clock.now(), recorded_by=scope.current().actor
            )
    except IntegrityError:
        return swap
    trail(swap.period, who=fact(swap.other.name), how=fact(how))
    if swap.period.rota.swaps_approved_by == Rota.Approver.NOBODY:
        return _carry_out(swap, reason=swap.reason, authorised_by=swap.other.ranked_name)
    return swap


@verb("rotas.approve_swap")
def approve_swap(swap: Swap, *, reason: str = "") -> Swap:
    """Approve a swap that both agree to: the duties change hands, and both are told."""
    if not may_approve(swap.period.rota):
        raise policy.Refused("rotas.approve_swap", "In this unit somebody else approves swaps.")
    swap = _held(swap)
    if not swap.is_agreed:
        raise NotAgreed
    return _carry_out(swap, reason=reason or swap.reason, authorised_by=scope.current().actor)


def _held(swap: Swap) -> Swap:
    """The swap as it is now, held against whoever else would end it."""
    held = Swap.objects.select_for_update(of=("self",)).get(pk=swap.pk)
    if held.ending_id:
        raise SwapOver
    return Swap.objects.for_list().get(pk=held.pk)


def _carry_out(swap: Swap, *, reason: str, authorised_by: str) -> Swap:
    sides = list(swap.sides.select_related("duty__duty_type", "duty__published", "giver", "taker"))
    if any(side.duty.published_id != side.giver_id for side in sides):
        return end_swap(swap, outcome=SwapEnding.Outcome.OVERTAKEN)
    words = f"Swap: {swap.asker.ranked_name} and {swap.other.ranked_name}"
    placings = [(side.duty, side.taker) for side in sides]
    place_all(swap.period, placings, words=words, reason=reason, authorised_by=authorised_by)
    end_swap(swap, outcome=SwapEnding.Outcome.MADE)
    publish_duties(swap.period, [side.duty_id for side in sides], reason=words)
    return swap


@verb("rotas.end_swap")
def end_swap(swap: Swap, *, outcome: str, words: str = "") -> Swap:
    """End a swap: made, declined, refused, withdrawn, or overtaken. Both are told, whoever ended it."""
    held = _held(swap)
    ending = SwapEnding.objects.create(
        period=held.period,
        outcome=outcome,
        words=words[:300],
        ended_at=clock.now(),
        ended_by=scope.current().actor,
    )
    held.sides.update(ending=ending)
    held.ending = ending
    held.save(update_fields=["ending"])
    swap.ending = ending
    if outcome != SwapEnding.Outcome.MADE:
        _tell_ended(held)
    trail(held.period, who=fact(held.asker.name), outcome=fact(ending.get_outcome_display().lower()), reason=words)
    return held


def _tell_ended(swap: Swap) -> None:
    sides = list(swap.sides.select_related("duty__duty_type", "giver", "taker"))
    for person in (swap.asker, swap.other):
        write(
            swap.period.office,
            person,
            subject="The swap will not happen",
            template="swap_ended",
            once=f"{swap.period.reference}:swap:{swap.number}:ended:{person.pk}",
            swap=swap,
            sides=sides,
        )


def may_approve(rota: Rota) -> bool:
    """Whether the person acting may approve a swap: whom the unit says, and the PA only for them."""
    roles = scope.current().roles
    approver = rota.swaps_approved_by
    return (
        bool(scope.current().system)
        or approver in roles
        or (approver == Rota.Approver.STAFF_OFFICER and Role.COMMANDER in roles)
    )


def explain_other(swap: Swap) -> str:
    """What agreeing did, said to the one who agreed."""
    if swap.ending and swap.ending.outcome == SwapEnding.Outcome.MADE:
        return "You agreed, and the duties have changed hands. You are told by mail, too."
    if swap.ending:
        return f"You agreed, but {swap.ending.get_outcome_display().lower()}."
    return "You agreed. It is now with whoever approves swaps; nothing moves until then."
