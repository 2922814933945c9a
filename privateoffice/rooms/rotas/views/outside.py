"""What a person without an account does by the link in a mail: see their duties, acknowledge, answer, accept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.views import outside
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import NOTES, Duty, Handover, Invitation, Notice, Period, Swap
from privateoffice.rooms.rotas.services.links import digest_of
from privateoffice.rooms.rotas.services.swapping import explain_other
from privateoffice.rooms.rotas.views.acts import MANNER

REFUSALS = (*MANNER.refusals, services.AlreadyTaken, ValueError)
THE_LINK = "the link in a mail"


@dataclass(frozen=True)
class Found:
    """What stands behind a link: the thing, its period, and whose it is."""

    what: str
    thing: Any
    period: Period
    person: Person


@outside("the link in a mail is the proof: one person's own duties, and their own answer")
@never_cache
@login_not_required
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind a link. What is wrong, taken back or left behind is not found, whoever asks."""
    with _reading():
        found = _found(secret)
    with _acting(found):
        said = _answer(request, found) if request.method == "POST" else ""
        found = _fresh(secret)
        shown = _shown(found) | {"said": said}
        return render(request, "rotas/by_link.html", shown, status=409 if said and said[0] == "!" else 200)


@contextmanager
def _reading() -> Iterator[None]:
    with scope.acting_as_system(THE_LINK):
        yield


@contextmanager
def _acting(found: Found) -> Iterator[None]:
    """Act in the person's name, so that the trail says who it was and how."""
    with scope.acting_as_system(f"{found.person.name}, by {THE_LINK}", office=found.period.office):
        yield


def _fresh(secret: str) -> Found:
    return _found(secret)


def _found(secret: str) -> Found:
    """The notice, swap, offer or handover behind a secret."""
    digest = digest_of(secret)
    kin = ("period__office", "period__rota")
    for what, rows, person in (
        ("notice", Notice.objects.select_related("person", "acknowledgement", *kin), "person"),
        ("swap", Swap.objects.for_list(), "other"),
        ("offer", Invitation.objects.select_related("person", "duty__duty_type", *kin), "person"),
        (
            "handover",
            Handover.objects.select_related("giver", "taker", "duty__duty_type", "acceptance", *kin),
            "taker",
        ),
    ):
        thing = rows.filter(secret=digest).first()
        if thing:
            found = Found(what, thing, thing.period, getattr(thing, person))
            if found.person is None or found.person.has_left(clock.today()):
                break
            return found
    raise Http404


def _shown(found: Found) -> dict[str, Any]:
    thing = found.thing
    shown: dict[str, Any] = {"found": found, "person": found.person, "period": found.period, found.what: thing}
    if found.what == "notice":
        duties = Duty.objects.filter(period=found.period, published=found.person).in_order()
        ahead = [duty for duty in duties if duty.starts_at > clock.now()]
        shown |= {"duties": duties, "ahead": ahead, "colleagues": _colleagues(found)}
    if found.what == "swap":
        shown["sides"] = thing.sides.select_related("duty__duty_type", "giver", "taker")
    if found.what == "handover":
        shown["notes"] = [
            (str(Handover._meta.get_field(name).verbose_name).capitalize(), getattr(thing, name))
            for name in NOTES
            if getattr(thing, name)
        ]
    return shown


def _colleagues(found: Found) -> list[Person]:
    """The others on the rota, whom one may ask for a swap."""
    today = clock.today()
    members = found.period.rota.members.between(today, found.period.ends_on).exclude(person=found.person)
    return [member.person for member in members.select_related("person")]


class AnswerForm(django_forms.Form):
    """What is posted from the page behind a link."""

    act = django_forms.ChoiceField(
        choices=[(name, name) for name in ("acknowledge", "agree", "decline", "take", "accept", "ask")]
    )
    duty = django_forms.IntegerField(required=False)
    other = django_forms.CharField(required=False, max_length=120)
    reason = django_forms.CharField(required=False, max_length=300)


def _answer(request: HttpRequest, found: Found) -> str:
    """Do what was answered; returns the sentence that says what happened, with "!" before a refusal."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return "!That is no answer to this."
    try:
        return _done(found, form.cleaned_data)
    except REFUSALS as fault:
        return f"!{sentence_of(fault)}"


def _done(found: Found, said: dict[str, Any]) -> str:
    act = (found.what, said["act"])
    if act == ("notice", "acknowledge"):
        services.acknowledge(found.thing, how="link")
        return "Thank you. You have said that you have your duties."
    if act == ("notice", "ask"):
        return _asked(found, said)
    if act == ("swap", "agree"):
        swap = services.agree_swap(found.thing, how="link")
        return explain_other(swap)
    if act == ("swap", "decline"):
        services.end_swap(found.thing, outcome="declined")
        return "You have declined. Nothing changes."
    if act == ("offer", "take"):
        services.take_open(found.thing)
        return "It is yours. You are told of it by mail, too."
    if act == ("offer", "decline"):
        services.decline_open(found.thing)
        return "Thank you for saying so. Somebody else is asked."
    if act == ("handover", "accept"):
        services.accept_handover(found.thing, how="link")
        return "Accepted. It is yours."
    return "!That is no answer to this."


def _asked(found: Found, said: dict[str, Any]) -> str:
    """Ask a colleague on the rota for a swap, in the person's own name."""
    rows = Duty.objects.filter(period=found.period, published=found.person, pk=said["duty"] or 0)
    duty = rows.select_related("duty_type", "published").first()
    other = next((p for p in _colleagues(found) if said["other"] and p.mark == said["other"]), None)
    if duty is None or other is None or not said["reason"].strip():
        return "!Choose one of your duties and a colleague on the rota, and say why."
    duty.period = found.period
    services.ask_swap(duty, other=other, reason=said["reason"])
    return f"{other.ranked_name} has been asked. Nothing moves until they agree and it is approved."


@outside("the secret in the address is the proof: published duties for a calendar program, until it is taken back")
@never_cache
@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A calendar of duties. It needs no cookie and sets none; a secret that is not good is not found."""
    with scope.acting_as_system("a calendar program"):
        found = services.feed_of(secret)
        if found is None:
            raise Http404
        with scope.acting_as_system("a calendar program", office=found.office):
            body = services.calendar_text(found)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
