"""The Commander's page of mail: what needs them, each with one recommendation; seen, agreed, or said otherwise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.clock import words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.spine.correspondence import forms, services
from privateoffice.spine.correspondence.models import Conversation, Disposition, Sight, Way
from privateoffice.spine.correspondence.services.knowing import known_to
from privateoffice.spine.correspondence.views import showing
from privateoffice.spine.correspondence.views.disposing import found

MOST = 100


@require_safe
@does("correspondence.commander.view")
def for_the_commander(request):
    """What waits for the Commander's word, the oldest first."""
    standing = Disposition.objects.standing().filter(way=Way.COMMANDER)
    rows = list(standing.select_related("ask__message", "record__office").defer("ask__message__text")[:MOST])
    rows.sort(key=lambda row: row.disposed_at)
    seen = set(Sight.objects.filter(disposition__in=rows).values_list("disposition_id", flat=True))
    shown = {
        "decisions": [_decision(row, row.pk in seen) for row in rows],
        "may_rule": policy.allows("correspondence.rule"),
        "marking": max((row.record.marking for row in rows), default=1),
        "handling": "; ".join(dict.fromkeys(row.record.handling for row in rows if row.record.handling)),
    }
    return render(request, "correspondence/for_the_commander.html", shown)


def _decision(row: Disposition, is_seen: bool) -> dict:
    ask = row.ask
    ask.record = ask.message.record = row.record
    return {
        "title": row.record.title,
        "text": f"From {ask.message.sender}, {words.near(ask.at)}.",
        "recommendation": row.words.rstrip("."),
        "reason": "You have seen it." if is_seen else "",
        "standing": "waiting",
        "when": f"Put before you {words.near(row.disposed_at)}",
        "url": f"{ask.address}reading/",
        "link": "Read the mail",
        "acts": showing.rulings_on(ask),
    }


@require_safe
@does("correspondence.commander.view")
def reading(request, year, number, message, ask):
    """One mail as the Commander reads it on a telephone: what is asked, what is recommended, three acts."""
    one = found(year, number, message, ask)
    disposition = one.what_became_of_it
    is_theirs = disposition is not None and disposition.way == Way.COMMANDER
    shown = {
        "ask": one,
        "conversation": one.record,
        "marking": one.record.marking,
        "handling": one.record.handling,
        "one": showing.message(one.message, one.record, known_to([one.message])),
        "paragraphs": showing.paragraphs(one.message.text[:100_000], [one.quoted]),
        "disposition": disposition if is_theirs else None,
        "sights": list(disposition.sights.select_related("person")) if disposition else [],
        "acts": showing.rulings_on(one) if is_theirs and policy.allows("correspondence.rule") else (),
        "may_see": is_theirs and policy.allows("correspondence.see"),
        "may_keep": policy.allows("correspondence.keep_private"),
    }
    return render(request, "correspondence/reading.html", shown)


@require_POST
@does("correspondence.see")
def sight(request, year, number, message, ask):
    one = found(year, number, message, ask)
    return _then(request, lambda: services.see(one), "Seen. Your office knows.")


@require_POST
@does("correspondence.rule")
def ruling(request, year, number, message, ask):
    one = found(year, number, message, ask)
    return _then(request, lambda: services.rule(one), "As recommended. Your office carries it out.")


@does("correspondence.rule")
def otherwise(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.RulingForm(request.POST or None)
    if form.is_valid():
        return _then(request, lambda: services.rule(one, **form.cleaned_data), "Your office has your word.")
    shown = {
        "form": form,
        "title": "Say otherwise",
        "button": "Send it to your office",
        "ask": one,
        "back": f"{one.address}reading/",
        "paragraphs": showing.paragraphs(one.text[:20_000], []),
        "marking": one.record.marking,
        "handling": one.record.handling,
    }
    return render(request, "correspondence/act.html", shown, status=422 if form.errors else 200)


@require_POST
@does("correspondence.keep_private")
def privacy(request, year, number):
    """Keep a conversation for the Commander alone."""
    conversation = find(Conversation.objects.all(), year, number)
    services.keep_private(conversation)
    toasts.say(request, "It is for you alone now.")
    return redirect("correspondence:for_the_commander", office=request.office.slug)


def _then(request: HttpRequest, do, said: str) -> HttpResponse:
    try:
        do()
    except services.NothingToUndo:
        toasts.say(request, "It is settled already.")
    except services.NotTheCommander as refusal:
        toasts.say(request, sentence_of(refusal))
    else:
        toasts.say(request, said)
    return redirect("correspondence:for_the_commander", office=request.office.slug)  # type: ignore[attr-defined]
