"""One view for each act on a delivery: ask the form, perform one verb, go back."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.ui import toasts
from privateoffice.spine.deliveries import forms, services
from privateoffice.spine.deliveries.models import Delivery

REFUSALS = (services.TooLate, services.NotInThatState, records.AlreadyClosed)


def _act(
    request: HttpRequest, delivery: Delivery, form: Form, perform: Callable[[], Any], *, title: str, done: str
) -> HttpResponse:
    """The page of one act. A refusal stands above what was typed."""
    refusal = ""
    if form.is_valid():
        try:
            perform()
        except REFUSALS as fault:
            refusal = str(fault)
        else:
            toasts.say(request, done)
            return redirect(delivery)
    shown = {"delivery": delivery, "form": form, "title": title, "refusal": refusal}
    marks = {"marking": delivery.marking, "handling": delivery.handling}
    return render(request, "deliveries/act.html", shown | marks, status=409 if refusal else 200)


def _at_once(request: HttpRequest, delivery: Delivery, perform: Callable[[], Any], done: str) -> HttpResponse:
    """An act that needs no words. A second press finds it done already, and says so."""
    try:
        perform()
        toasts.say(request, done)
    except REFUSALS as fault:
        toasts.say(request, str(fault))
    return redirect(delivery)


def _found(year: int, number: int) -> Delivery:
    return find(Delivery.objects.all(), year, number)


@does("deliveries.withdraw")
def withdrawal(request, year, number):
    delivery, form = _found(year, number), forms.ReasonForm(request.POST or None)
    return _act(
        request,
        delivery,
        form,
        lambda: services.withdraw(delivery, **form.cleaned_data),
        title="Call it back",
        done="Called back. It will not go out.",
    )


@does("deliveries.hold")
def hold(request, year, number):
    delivery, form = _found(year, number), forms.ReasonForm(request.POST or None)
    return _act(
        request,
        delivery,
        form,
        lambda: services.hold(delivery, **form.cleaned_data),
        title="Hold it",
        done="Held until somebody lets it go.",
    )


@does("deliveries.hold_all")
def hold_all(request):
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        count = services.hold_all(**form.cleaned_data)
        toasts.say(request, f"Held: {count}.")
        return redirect("deliveries:deliveries", office=request.office.slug)
    return render(request, "deliveries/act.html", {"form": form, "title": "Hold the whole outbox"})


@require_POST
@does("deliveries.release")
def release(request, year, number):
    delivery = _found(year, number)
    return _at_once(request, delivery, lambda: services.release(delivery), "It goes out in its turn.")


@require_POST
@does("deliveries.send_again")
def again(request, year, number):
    delivery = _found(year, number)
    return _at_once(request, delivery, lambda: services.send_again(delivery), "Queued for those who refused it.")


@require_POST
@does("deliveries.see_to_bounce")
def seen_to(request, year, number):
    delivery = _found(year, number)
    return _at_once(request, delivery, lambda: services.see_to_bounce(delivery), "Noted: somebody saw to it.")


@does("deliveries.settle_uncertain")
def settlement(request, year, number):
    answer = request.GET.get("was_sent", "")
    form = forms.SettleForm(request.POST or None, initial={"was_sent": answer})
    delivery = _found(year, number)
    return _act(
        request,
        delivery,
        form,
        lambda: services.settle_uncertain(delivery, **form.cleaned_data),
        title="Was it sent?",
        done="Settled, and on the record.",
    )


@does("deliveries.give_up")
def surrender(request, year, number):
    delivery, form = _found(year, number), forms.WordsForm(request.POST or None)
    return _act(
        request,
        delivery,
        form,
        lambda: services.give_up(delivery, **form.cleaned_data),
        title="Give it up",
        done="Closed. What was done instead is on the record.",
    )
