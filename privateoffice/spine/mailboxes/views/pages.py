"""The pages of mailboxes, for the administrator: which there are, how each stands, and what is done with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.offices.views import does, takes_long
from privateoffice.foundations.ui import toasts
from privateoffice.spine.mailboxes import forms, services
from privateoffice.spine.mailboxes.models import Mailbox


@require_safe
@does("mailboxes.view")
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Every mailbox of the house with how it stands."""
    rows = Mailbox.objects.select_related("office").prefetch_related("pauses").order_by("office__name", "name")
    return render(request, "mailboxes/mailboxes.html", {"mailboxes": rows})


@require_safe
@does("mailboxes.view")
def mailbox(request: HttpRequest, whose: str, slug: str) -> HttpResponse:
    """One mailbox: how it is reached, who reads it, its folders and its pauses."""
    one = found(whose, slug)
    return render(request, "mailboxes/mailbox.html", {"one": one, "pauses": one.pauses.order_by("-began_at")[:20]})


@does("mailboxes.add")
def add(request: HttpRequest) -> HttpResponse:
    kind = request.POST.get("kind") or request.GET.get("kind")
    if kind not in Mailbox.Kind.values:
        return render(request, "mailboxes/kinds.html", {"kinds": Mailbox.Kind.choices})
    form = forms.AddForm(request.POST or None, of_kind=kind)
    if form.is_valid():
        told = form.cleaned_data
        made = services.add(told["office"], slug=told["slug"], kind=told["kind"], **form.settled)
        toasts.say(request, f"{made.name} is added. Try it before you rely on it.")
        return redirect(place_of(made))
    back = reverse("mailboxes:mailboxes")
    return _typed(request, form, title="Add a mailbox", act="Add it", back=back)


@does("mailboxes.settle")
def settings(request: HttpRequest, whose: str, slug: str) -> HttpResponse:
    one = found(whose, slug)
    initial = {"name": one.name, "address": one.address, "readers": one.readers, "sends": one.sends, **one.place}
    form = forms.SettleForm(request.POST or None, initial=initial, of_kind=one.kind)
    if form.is_valid():
        settled = form.settled
        untold = {name: value for name, value in one.place.items() if name not in forms.PLACE[one.kind]}
        services.settle(one, **settled | {"place": untold | settled["place"]})
        toasts.say(request, "The mailbox is settled.")
        return redirect(place_of(one))
    return _typed(request, form, title=f"Settle {one.name}", act="Save", back=place_of(one))


@takes_long
@require_POST
@does("mailboxes.try_out")
def trial(request: HttpRequest, whose: str, slug: str) -> HttpResponse:
    one = found(whose, slug)
    toasts.say(request, services.try_out(one))
    return redirect(place_of(one))


@does("mailboxes.pause")
def pause(request: HttpRequest, whose: str, slug: str) -> HttpResponse:
    one = found(whose, slug)
    form = forms.PauseForm(request.POST or None)
    if form.is_valid():
        try:
            services.pause(one, **form.cleaned_data)
            toasts.say(request, "Paused: it is neither read nor sent from.")
        except services.PausedAlready as refusal:
            toasts.say(request, str(refusal))
        return redirect(place_of(one))
    return _typed(request, form, title=f"Pause {one.name}", act="Pause it", back=place_of(one))


@require_POST
@does("mailboxes.take_up")
def taking_up(request: HttpRequest, whose: str, slug: str) -> HttpResponse:
    one = found(whose, slug)
    try:
        services.take_up(one)
        toasts.say(request, "Taken up again.")
    except services.NotPaused as refusal:
        toasts.say(request, str(refusal))
    return redirect(place_of(one))


def found(whose: str, slug: str) -> Mailbox:
    rows = Mailbox.objects.select_related("office").prefetch_related("pauses")
    one: Mailbox = get_object_or_404(rows, office__slug=whose, slug=slug)
    return one


def place_of(mailbox: Mailbox) -> str:
    return reverse("mailboxes:mailbox", args=[mailbox.office.slug, mailbox.slug])


def _typed(request: HttpRequest, form: Any, **shown: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "mailboxes/act.html", {"form": form, **shown}, status=status)
