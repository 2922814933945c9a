"""Answers to chasers that were not plain: the list, and the page on which one is decided."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import words
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action
from privateoffice.spine.correspondence import forms, services
from privateoffice.spine.correspondence.models import Answer
from privateoffice.spine.correspondence.views import showing

MOST = 100
REFUSED = (actions.NotOpen, actions.NoDateLikeThat, actions.AlreadyDischarged)


@require_safe
@does("correspondence.decide_answer")
def answers(request):
    """What is to decide, the oldest first."""
    rows = list(_with_mail().to_decide().oldest_first()[:MOST])
    owed = _actions_of(rows)
    shown = {
        "rows": [_row(row, owed.get(row.action)) for row in rows],
        "marking": max((row.record.marking for row in rows), default=1),
        "handling": "; ".join(dict.fromkeys(row.record.handling for row in rows if row.record.handling)),
    }
    return render(request, "correspondence/answers.html", shown)


@does("correspondence.decide_answer")
def answer(request, year, number, message, action_year, action_number):
    """One answer beside its mail."""
    one = get_object_or_404(
        _with_mail(),
        record__year=year,
        record__number=number,
        message__number=message,
        action__endswith=f"/{action_year}/{action_number:04}",
    )
    form = forms.AnswerForm(request.POST or None)
    refusal = ""
    if form.is_valid():
        try:
            services.decide_answer(one, **form.cleaned_data)
        except services.AlreadyDecided:
            toasts.say(request, "Something has come of it already.")
            return redirect("correspondence:answers", office=request.office.slug)
        except REFUSED as fault:
            refusal = sentence_of(fault)
        else:
            toasts.say(request, f"{one.action} is up to date.")
            return redirect("correspondence:answers", office=request.office.slug)
    shown = {
        "form": form,
        "refusal": refusal,
        "answer": one,
        "action": _actions_of([one]).get(one.action),
        "paragraphs": showing.paragraphs(one.message.text[:20_000], [one.words]),
        "marking": one.record.marking,
        "handling": one.record.handling,
    }
    return render(request, "correspondence/answer.html", shown, status=422 if form.errors or refusal else 200)


def _with_mail():
    return Answer.objects.select_related("record__office", "message", "outcome")


def _actions_of(rows: list[Answer]) -> dict[str, Action]:
    found = Action.objects.filter(reference__in=[row.action for row in rows]).select_related("owner", "office")
    return {action.reference: action for action in found}


def _row(row: Answer, action: Action | None) -> dict:
    """One answer as a list shows it."""
    row.message.record = row.record
    return {
        "standing": "soon",
        "title": action.title if action else row.action,
        "why": f"{row.message.sender}: {row.why or row.get_said_display()}",
        "url": address_of(row),
        "whose": action.owner_words if action else "",
        "when": words.near(row.message.at),
        "reference": row.action,
        "is_sensitive": row.record.is_sensitive,
    }


def address_of(row: Answer) -> str:
    """Where an answer is decided."""
    year, number = row.action.split("/")[-2:]
    return f"{row.message.address}answers/{year}/{int(number)}/"
