"""Merging two conversations and splitting one: the page on which the other is found, and the way back."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import asking
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.registry.declarations import Act
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.spine.correspondence import forms, services
from privateoffice.spine.correspondence.models import Conversation, Rehoming
from privateoffice.spine.correspondence.views.parts import found

MOST = 12
REFUSALS = (
    services.SameConversation,
    services.NothingInIt,
    services.NothingLeft,
    services.OtherReaders,
    services.MovedOn,
)
SENTENCES = {
    ("merged", True): "It took in all mail of",
    ("split", True): "It was split off from",
    ("split", False): "A part of it was split off to",
}
"""What is said of an act, and whether the conversation at hand is the one that got the mail."""


def address_of(reference: str, office: Office) -> str:
    """The page of the conversation that a reference names."""
    year, number = reference.split("/")[-2:]
    return f"/{office.slug}/mail/{int(year)}/{int(number)}/"


def moved(conversation: Conversation) -> list[dict[str, Any]]:
    """What was merged into a conversation or split off, the newest first, and the way back."""
    rows = Rehoming.objects.standing().between(conversation).select_related("record")
    return [_moved(row, conversation) for row in rows[:MOST]]


def _moved(row: Rehoming, here: Conversation) -> dict[str, Any]:
    got_it = row.record_id == here.pk
    name = row.other if got_it else row.record.reference
    undoing = f"{here.get_absolute_url()}putting-back/{row.act}/"
    return {
        "word": row.get_how_display(),
        "sentence": SENTENCES.get((row.how, got_it), "Its mail was moved to"),
        "name": name,
        "url": address_of(name, here.office),
        "by": row.made_by,
        "at": row.made_at,
        "act": Act("Take it back", "", undoing, posts=True),
    }


@does("correspondence.merge")
def merging(request, year, number):
    """Find the other conversation by its reference or its subject, and merge this one into it."""
    one = find(Conversation.objects.with_messages(), year, number)
    asked, form = forms.FindForm(request.GET or None), forms.MergeForm(request.POST or None)
    refusal = ""
    if form.is_valid():
        into = form.cleaned_data["into"]
        try:
            done = services.merge(one, into=into)
        except REFUSALS as fault:
            refusal = sentence_of(fault)
        else:
            return _done(request, done, f"Merged into {into.reference}. Later mail follows it.")
    words = asked.cleaned_data["q"].strip() if asked.is_valid() else ""
    shown = {
        "conversation": one,
        "asked": asked,
        "form": form,
        "refusal": refusal,
        "words": words,
        "candidates": _candidates(one, words),
        "marking": one.marking,
        "handling": one.handling,
    }
    return render(
        request, "correspondence/merging.html", shown, status=409 if refusal else 422 if form.errors else 200
    )


def _candidates(one: Conversation, words: str) -> list[Conversation]:
    """Those that the words mean; without words, those with the same correspondent."""
    others = Conversation.objects.with_messages().exclude(pk=one.pk).newest_first()
    if not words:
        same = Q(correspondent_address=one.correspondent_address) if one.correspondent_address else Q(pk=None)
        return list(others.filter(same)[:MOST])
    meant = asking.reference(words)
    if meant and (named := list(others.referred(meant)[:MOST])):
        return named
    for word in words.split()[:8]:
        others = others.filter(Q(title__icontains=word) | Q(correspondent__icontains=word))
    return list(others[:MOST])


@does("correspondence.split_off")
def splitting_off(request, year, number, message):
    """Make a conversation of its own of a message, alone or with what came after it."""
    one = found(year, number, message)
    form = forms.SplitOffForm(request.POST or None)
    refusal = ""
    if form.is_valid():
        try:
            done = services.split_off(one, with_later=form.cleaned_data["which"] == "later")
        except REFUSALS as fault:
            refusal = sentence_of(fault)
        else:
            return _done(request, done, "Split off. Each is a conversation of its own.")
    shown = {
        "message": one,
        "conversation": one.record,
        "form": form,
        "refusal": refusal,
        "marking": one.record.marking,
        "handling": one.record.handling,
    }
    return render(
        request, "correspondence/splitting.html", shown, status=409 if refusal else 422 if form.errors else 200
    )


@require_POST
@does("correspondence.put_back")
def putting_back(request, year, number, act):
    """Take a merging or a splitting back."""
    one = find(Conversation.objects.all(), year, number)
    row = Rehoming.objects.standing().filter(act=act).first()
    if row is None:
        raise Http404
    try:
        where = services.put_back(row)
    except REFUSALS as refusal:
        toasts.say(request, sentence_of(refusal))
        return redirect(one.get_absolute_url())
    toasts.say(request, "Taken back. What has come since stays where it came.")
    return redirect(where.get_absolute_url())


def _done(request: HttpRequest, done: Rehoming, said: str) -> HttpResponse:
    home = done.record
    toasts.say(request, said, undo=f"{home.get_absolute_url()}putting-back/{done.act}/")
    return redirect(home.get_absolute_url())
