"""One action: what it is, how its date moved, what the ladder will send, and what happened."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records import story
from privateoffice.foundations.records.models import MatterEntry, Record
from privateoffice.foundations.registry.declarations import Act
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action, Chase
from privateoffice.spine.actions.services import Planned
from privateoffice.spine.actions.views.showing import acts_of, address, row_of

RUNGS = {
    "before": "5 days before",
    "day": "On the day",
    "late": "Late",
    "slips": "Third slip",
    "nudge": "Nudge by hand",
    "asked": "Asked by letter",
}


def find(year: int, number: int) -> Action:
    """The action with that number in scope, or a page that does not exist."""
    action = Action.objects.with_standing().numbered(year, number).first()
    if action is None:
        raise Http404
    return action


@require_safe
@does("actions.view")
def action(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Everything about one action on one page."""
    shown = records.read(find(year, number))
    now = clock.now()
    planned = actions.plan(shown, now) if policy.allows("actions.nudge") else []
    context = {
        "action": shown,
        "row": row_of(shown, now),
        "marking": shown.marking,
        "handling": shown.handling,
        "facts": _facts(shown),
        "acts": acts_of(shown),
        "more": _more(shown),
        "pause": shown.pause,
        "ladder": _ladder(shown, planned),
        "planned": planned,
        "changes": shown.changes_of_date.all(),
        "matters": _matters(shown),
        "trail": story.story_of(shown),
    }
    return render(request, "actions/action.html", context)


def _facts(action: Action) -> list[tuple[str, Any]]:
    risk, discharge, closing = action.risk, action.discharge, action.closing
    return [
        ("Owner", action.owner_words),
        ("Due", f"{words.day(action.due_on)} at 5:30pm"),
        ("Asked by", action.setter_words),
        ("Asked", ", ".join(filter(None, [action.asked, words.day(action.made_at)]))),
        ("More", action.detail),
        ("At risk", risk and risk.reason),
        (
            "Done",
            discharge
            and f"{discharge.words} ({discharge.discharged_by}, {words.moment(discharge.discharged_at)})",
        ),
        ("Closed", closing and f"{closing.outcome.capitalize()}, {words.moment(closing.closed_at)}"),
        ("Keep", "6 years after it is closed"),
    ]


def _more(action: Action) -> list[Act]:
    """The acts behind More: those that the person acting may do, in the state that it is in."""
    offered = [
        ("actions.note_update", Act("Add a note", "n", address(action, "note"))),
        ("actions.say_at_risk", Act("Say it is at risk", "", address(action, "risk"))),
        ("actions.say_on_track", Act("Back on track", "", address(action, "on_track"), posts=True)),
        ("actions.pause_chasing", Act("Pause chasing", "", address(action, "pause"))),
        ("actions.resume_chasing", Act("Go on chasing", "", address(action, "resumption"), posts=True)),
        ("actions.revise", Act("Change the words", "", address(action, "words"))),
        ("actions.withdraw", Act("Withdraw", "", address(action, "withdrawal"))),
        ("actions.reopen", Act("Open again", "", address(action, "reopening"))),
    ]
    fitting = _fitting(action)
    ours = policy.allows("actions.assign") or action.is_owned_by(scope.current())
    return [act for verb, act in offered if ours and verb in fitting and policy.allows(verb)]


def _fitting(action: Action) -> set[str]:
    """The verbs that make sense in its state."""
    if action.is_closed:
        return {"actions.reopen", "actions.note_update"}
    risk = "actions.say_on_track" if action.is_at_risk else "actions.say_at_risk"
    chasing = "actions.resume_chasing" if action.pause else "actions.pause_chasing"
    return {risk, chasing, "actions.note_update", "actions.revise", "actions.withdraw"}


def _ladder(action: Action, planned: list[Planned]) -> list[dict[str, Any]]:
    """The rungs that fired and those to come, the next one marked."""
    steps = [{"word": "Asked", "when": words.short_day(action.made_at), "state": "done"}]
    steps += [_fired(chase) for chase in action.chases.all()]
    for place, plan in enumerate(planned):
        when = _when(plan.step.at)
        steps.append({"word": RUNGS[plan.step.rung], "when": when, "state": "" if place else "next"})
    return steps


def _fired(chase: Chase) -> dict[str, Any]:
    return {"word": RUNGS[chase.rung], "when": words.short_day(chase.fired_at), "state": "done"}


def _when(at: datetime) -> str:
    return f"{words.short_day(at)}, {words.hour(at)}"


def _matters(action: Action) -> list[Record]:
    entries = MatterEntry.objects.filter(record_id=action.pk).select_related("matter__office")
    return [entry.matter for entry in entries]
