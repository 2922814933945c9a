"""The pages of sorting rules: the list, one with its trial on past mail, and how far each may go."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.clock import words
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.spine.correspondence import forms, services
from privateoffice.spine.correspondence.models import Ask, Disposition, Message, SortingRule
from privateoffice.spine.correspondence.views import showing

REFUSALS = (services.NotTried, services.MayNotActAlone, services.HasEnded)
LAST = 20


@require_safe
@does("correspondence.keep_rule")
def rules(request):
    """The rules that are kept, in the order in which they are asked, and those that ended."""
    kept = [_told(rule) for rule in SortingRule.objects.kept()]
    ended = [
        _told(rule) for rule in SortingRule.objects.filter(ended_at__isnull=False).order_by("-ended_at")[:LAST]
    ]
    return render(request, "correspondence/rules.html", {"rules": kept, "ended": ended})


def _told(rule: SortingRule) -> dict[str, Any]:
    return {"rule": rule, "looks_for": showing.looked_for_by(rule), "proposes": showing.proposed_by(rule)}


@does("correspondence.keep_rule")
def rule_new(request):
    return _form(request, None)


@does("correspondence.keep_rule")
def rule_change(request, rule):
    """A changed rule is a new one: it ends the old and starts untried."""
    return _form(request, _found(rule))


def _form(request: HttpRequest, before: SortingRule | None) -> HttpResponse:
    form = forms.RuleForm(request.POST or None, rule=before)
    if form.is_valid():
        try:
            made = services.keep_rule(rule=before, **form.cleaned_data)
        except (services.NameIsTaken, services.TooManyRules) as fault:
            form.add_error("name", sentence_of(fault))
        else:
            toasts.say(request, "Kept. Try it on past mail, then switch it on.")
            return redirect(_place(request, made))
    status = 422 if form.errors else 200
    return render(request, "correspondence/rule_form.html", {"form": form, "before": before}, status=status)


def _found(key: int) -> SortingRule:
    return get_object_or_404(SortingRule.objects.select_related("follows"), pk=key)


def _place(request: HttpRequest, rule: SortingRule) -> str:
    return reverse("correspondence:rule", args=[request.office.slug, rule.pk])  # type: ignore[attr-defined]


@require_safe
@does("correspondence.keep_rule")
def rule(request, rule):
    """One rule: what the trial found, what it has done since, and the next step."""
    one = _found(rule)
    found = Message.objects.filter(pk__in=one.fitting).in_brief().select_related("record__office").newest_first()
    messages = list(found)
    did = Disposition.objects.filter(by_rule=one.name).select_related("undoing", "ask__message", "record__office")
    done = list(did.defer("ask__message__text")[:LAST])
    shown = {
        **_told(one),
        "fitting": messages,
        "done": [_done(row) for row in done],
        "marking": max((row.record.marking for row in (*messages, *done)), default=Marking.OFFICIAL),
        "handling": "; ".join(dict.fromkeys(r.record.handling for r in (*messages, *done) if r.record.handling)),
    }
    return render(request, "correspondence/rule.html", shown)


def _done(row: Disposition) -> dict[str, Any]:
    ask: Ask = row.ask
    ask.record = ask.message.record = row.record
    return {
        "row": row,
        "title": row.record.title,
        "url": f"?ask={ask.name}",
        "when": words.near(row.disposed_at),
        "is_undone": row.undoing_id is not None,
    }


@require_POST
@does("correspondence.try_rule")
def rule_trial(request, rule):
    one = _found(rule)
    return _then(request, one, lambda: services.try_rule(one), "Tried on past mail.")


@require_POST
@does("correspondence.switch_on")
def rule_proposing(request, rule):
    one = _found(rule)
    said = "It proposes from now on. Nothing happens without you."
    return _then(request, one, lambda: services.switch_on(one), said, undoable=True)


@require_POST
@does("correspondence.let_act_alone")
def rule_acting(request, rule):
    one = _found(rule)
    said = "It acts alone on what comes from now on. Each of its acts can be undone."
    return _then(request, one, lambda: services.let_act_alone(one), said, undoable=True)


@require_POST
@does("correspondence.switch_off")
def rule_rest(request, rule):
    one = _found(rule)
    return _then(request, one, lambda: services.switch_off(one), "Switched off.")


@require_POST
@does("correspondence.end_rule")
def rule_end(request, rule):
    one = _found(rule)
    return _then(request, one, lambda: services.end_rule(one), "Ended. It can be made anew from its page.")


def _then(
    request: HttpRequest, one: SortingRule, do: Callable[[], Any], said: str, *, undoable: bool = False
) -> HttpResponse:
    try:
        do()
    except REFUSALS as refusal:
        toasts.say(request, sentence_of(refusal))
    else:
        toasts.say(request, said, undo=f"{_place(request, one)}rest/" if undoable else "")
    return redirect(_place(request, one))
