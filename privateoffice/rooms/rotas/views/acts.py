"""One view for each act on a period: publish, acknowledge, swap, hand over, call out, give rest."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import services as records
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import Manner, act_page, sentence_of
from privateoffice.rooms.rotas import forms, services
from privateoffice.rooms.rotas.models import (
    NOTES,
    Breach,
    Duty,
    Handover,
    Member,
    Notice,
    Period,
    Swap,
    SwapEnding,
)
from privateoffice.rooms.rotas.policy import OFFICE
from privateoffice.rooms.rotas.views.finding import duty_of, period_of

MANNER = Manner(
    template="rotas/act.html",
    refusals=(
        records.AlreadyClosed,
        services.AlreadyAcknowledged,
        services.AlreadyAccepted,
        services.AlreadySwapping,
        services.HasGaps,
        services.MayNotBe,
        services.NotAgreed,
        services.NotPublished,
        services.NothingChanged,
        services.NotTheirs,
        services.SwapOver,
    ),
)
_act = partial(act_page, manner=MANNER)


@does("rotas.publish")
def publication(request: HttpRequest, year: int, number: int) -> HttpResponse:
    period = period_of(year, number)
    first = not period.is_published
    return _act(
        request,
        period,
        forms.PublishForm(request.POST or None),
        lambda said: services.publish(period, **said),
        heading="Publish the rota" if first else "Publish what has changed",
        button="Publish and tell them",
        said="Published. Everybody on it is told."
        if first
        else "Published. Only those whose duties changed are told.",
    )


@does("rotas.acknowledge")
def acknowledgement(request: HttpRequest, year: int, number: int, notice: int) -> HttpResponse:
    period = period_of(year, number)
    one = get_object_or_404(Notice.objects.filter(period=period).select_related("person"), pk=notice)
    one.period = period
    _own_or_office("rotas.acknowledge", one.person_id)
    is_mine = one.person_id == scope.current().person_id
    form = forms.AcknowledgementForm(request.POST or None, initial={"how": "page" if is_mine else "phone"})
    return _act(
        request,
        period,
        form,
        lambda said: services.acknowledge(one, **said),
        heading=f"{one.person.ranked_name} has their duties",
        button="They have them",
        said="Acknowledged. Nobody chases them any more.",
    )


def _own_or_office(verb: str, person_id: int | None) -> None:
    """Refuse anybody but the office and the person themself."""
    if scope.current().roles & set(OFFICE) or person_id == scope.current().person_id:
        return
    raise policy.Refused(verb, "This is somebody else’s.")


@require_safe
@does("rotas.people.view")
def swaps(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The swaps of a period, those to be settled first."""
    period = period_of(year, number)
    rows = list(Swap.objects.filter(period=period).for_list().prefetch_related("sides__duty__duty_type"))
    rows.sort(key=lambda swap: (swap.ending is not None, -swap.number))
    shown = {"period": period, "swaps": rows, "may_approve": services.may_approve(period.rota)}
    return render(request, "rotas/swaps.html", shown | _marks(period))


@does("rotas.ask_swap")
def new_swap(request: HttpRequest, year: int, number: int, key: str) -> HttpResponse:
    period = period_of(year, number)
    duty = duty_of(period, key)
    if duty.published is None:
        return _act(
            request, period, forms.WordsForm(None), _never, heading="Ask for a swap", button="Ask", said=""
        )
    _own_or_office("rotas.ask_swap", duty.published_id)
    others = _others(duty)
    theirs = _duties_of(period, others)
    form = forms.SwapForm(
        [(m.person.mark, m.person.ranked_name) for m in others],
        [(d.key, f"{d.published.ranked_name}: {_said(d)}") for d in theirs if d.published],
        request.POST or None,
    )
    return _act(
        request,
        period,
        form,
        lambda said: services.ask_swap(
            duty,
            other=next(m.person for m in others if m.person.mark == said["other"]),
            in_return=next((d for d in theirs if d.key == said["in_return"]), None),
            reason=said["reason"],
        ),
        heading=f"Ask for a swap: {_said(duty)}",
        button="Ask them",
        said="Asked. Nothing moves until they agree and it is approved.",
    )


def _never(said: dict[str, Any]) -> None:
    raise services.NotPublished


def _said(duty: Duty) -> str:
    days = words.short_day(duty.first_on)
    return f"{duty.duty_type}, {days}" + (
        f" to {words.short_day(duty.last_on)}" if duty.last_on > duty.first_on else ""
    )


def _others(duty: Duty) -> list[Member]:
    rows = Member.objects.filter(rota=duty.period.rota, duty_types=duty.duty_type).between(
        duty.first_on, duty.last_on
    )
    return list(rows.exclude(person=duty.published).select_related("person"))


def _duties_of(period: Period, others: list[Member]) -> list[Duty]:
    rows = Duty.objects.filter(
        period=period, published__in=[m.person_id for m in others], starts_at__gt=clock.now()
    )
    return list(rows.in_order())


def _swap(period: Period, number: int) -> Swap:
    swap = get_object_or_404(Swap.objects.for_list().filter(period=period), number=number)
    swap.period = period
    return swap


@require_POST
@does("rotas.agree_swap")
def agree(request: HttpRequest, year: int, number: int, swap: int) -> HttpResponse:
    one = _swap(period_of(year, number), swap)
    _own_or_office("rotas.agree_swap", one.other_id)
    return _at_once(request, one, lambda: services.agree_swap(one, how="told the office"), "Agreed.")


@require_POST
@does("rotas.approve_swap")
def approve(request: HttpRequest, year: int, number: int, swap: int) -> HttpResponse:
    one = _swap(period_of(year, number), swap)
    return _at_once(request, one, lambda: services.approve_swap(one), "Approved. The duties have changed hands.")


@does("rotas.end_swap")
def end(request: HttpRequest, year: int, number: int, swap: int, outcome: str) -> HttpResponse:
    """End a swap without making it: declined by the other, refused, or withdrawn."""
    period = period_of(year, number)
    one = _swap(period, swap)
    _may_end(one, outcome)
    heading = {"declined": "The other declines", "refused": "Do not approve it", "withdrawn": "Withdraw it"}[
        outcome
    ]
    return _act(
        request,
        period,
        forms.WordsForm(request.POST or None),
        lambda said: services.end_swap(one, outcome=outcome, words=said["reason"]),
        heading=f"{heading}: {one}",
        button=heading,
        said="The swap has ended. Both are told.",
    )


def _may_end(one: Swap, outcome: str) -> None:
    if outcome == SwapEnding.Outcome.REFUSED and not services.may_approve(one.period.rota):
        raise policy.Refused("rotas.end_swap", "In this unit somebody else approves swaps.")
    person = {"declined": one.other_id, "withdrawn": one.asker_id}.get(outcome)
    if outcome != SwapEnding.Outcome.REFUSED:
        _own_or_office("rotas.end_swap", person)


def _at_once(request: HttpRequest, one: Swap, do: Any, said: str) -> HttpResponse:
    try:
        do()
    except MANNER.refusals as fault:
        toasts.say(request, sentence_of(fault))
    else:
        toasts.say(request, said)
    return redirect(f"{one.period.get_absolute_url()}swaps/")


@does("rotas.hand_over")
def handover(request: HttpRequest, year: int, number: int, key: str) -> HttpResponse:
    period = period_of(year, number)
    duty = duty_of(period, key)
    _own_or_office("rotas.hand_over", duty.published_id)
    held = Handover.objects.filter(duty=duty).first()
    initial = {name: getattr(held, name) for name in NOTES} if held else {}
    return _act(
        request,
        period,
        forms.HandoverForm(request.POST or None, initial=initial),
        lambda said: services.hand_over(duty, **said),
        heading=f"Hand over: {_said(duty)}",
        button="Hand over",
        said="Handed over. The next person is asked to accept.",
    )


@require_safe
@does("rotas.people.view")
def handovers(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The handovers of a period, newest first, and who has accepted."""
    period = period_of(year, number)
    kin = ("giver", "taker", "duty__duty_type", "acceptance")
    rows = Handover.objects.filter(period=period).select_related(*kin)
    now = clock.now()
    ending = Duty.objects.filter(period=period, starts_at__lte=now, ends_at__gt=now, handover=None)
    ending = ending.exclude(published=None).in_order()
    shown = {"period": period, "handovers": rows, "ending": ending, "notes": NOTES}
    return render(request, "rotas/handovers.html", shown | _marks(period))


@require_POST
@does("rotas.accept_handover")
def acceptance(request: HttpRequest, year: int, number: int, key: str) -> HttpResponse:
    period = period_of(year, number)
    duty = duty_of(period, key)
    one = get_object_or_404(Handover.objects.filter(duty=duty).select_related("taker"))
    one.period = period
    _own_or_office("rotas.accept_handover", one.taker_id)
    try:
        services.accept_handover(one, how="told the office")
    except services.AlreadyAccepted as fault:
        toasts.say(request, sentence_of(fault))
    else:
        toasts.say(request, "Accepted.")
    return redirect(f"{period.get_absolute_url()}handovers/")


@does("rotas.record_recall")
def recall(request: HttpRequest, year: int, number: int, key: str) -> HttpResponse:
    period = period_of(year, number)
    duty = duty_of(period, key)
    form = forms.RecallForm(request.POST or None, initial={"began_on": duty.first_on})
    return _act(
        request,
        period,
        form,
        lambda said: services.record_recall(duty, **form.span),
        heading=f"Called out: {_said(duty)}",
        button="Record it",
        said="Recorded. It counts as working time, and the rest begins anew.",
        fault_field="began",
    )


@does("rotas.give_rest")
def rest(request: HttpRequest, year: int, number: int, breach: int) -> HttpResponse:
    period = period_of(year, number)
    one = get_object_or_404(Breach.objects.filter(period=period).select_related("person"), pk=breach)
    one.period = period
    form = forms.BackForm(request.POST or None, initial={"last_day": clock.today()})
    form.fields["last_day"].label = "The day on which the rest was given"
    return _act(
        request,
        period,
        form,
        lambda said: services.give_rest(one, on=said["last_day"]),
        heading=f"Rest given to {one.person.ranked_name}",
        button="It was given",
        said="Recorded. The rest is no longer owed.",
    )


def _marks(period: Period) -> dict[str, Any]:
    return {"marking": period.marking, "handling": period.handling, "may_change": policy.allows("rotas.place")}
