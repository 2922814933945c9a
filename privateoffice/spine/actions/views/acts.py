"""What is done with one action: a form or a button each, one verb each, and both sides shown on a conflict."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Record
from privateoffice.foundations.ui.acts import Manner, act_at_once, act_page
from privateoffice.spine.actions import forms
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.views.action import find

FORM_METHODS = ["GET", "HEAD", "POST"]
MANNER = Manner(
    template="actions/act.html",
    refusals=(
        actions.NotOpen,
        actions.AlreadyDischarged,
        actions.NothingToAccept,
        actions.NotPaused,
        actions.NobodyToAsk,
        records.AlreadyClosed,
        records.NotClosed,
    ),
    names={"title": "What is to be done", "detail": "More", "asked": "Where it was asked", "due_on": "Due"},
)
_form_page = partial(act_page, manner=MANNER)
_button = partial(act_at_once, manner=MANNER)


@require_http_methods(FORM_METHODS)
@does("actions.revise")
def words_of(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Change what it says."""
    action = find(year, number)
    now = {name: getattr(action, name) for name in ("title", "detail", "asked")}
    form = forms.WordsForm(request.POST or None, initial={**now, "seen": action.version})
    return _form_page(
        request,
        action,
        form,
        lambda given: actions.revise(action, **given),
        heading="Change the words",
        button="Save",
        said="Saved.",
        fault_field="title",
    )


@require_http_methods(FORM_METHODS)
@does("actions.slip")
def date_of(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Give it a new date, with a reason."""
    action = find(year, number)
    form = forms.DateForm(request.POST or None, initial={"due_on": action.due_on, "seen": action.version})
    return _form_page(
        request,
        action,
        form,
        lambda given: actions.slip(action, **given),
        heading="New date",
        button="Change the date",
        said="Date changed. The old one and the reason are kept.",
        fault_field="due_on",
    )


@require_http_methods(FORM_METHODS)
@does("actions.pass_on")
def owner_of(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Pass it on."""
    action = find(year, number)
    form = forms.PassOnForm(request.POST or None)
    return _form_page(
        request,
        action,
        form,
        lambda given: actions.pass_on(action, reason=given["reason"], **form.owner_given),
        heading="Pass on",
        button="Pass it on",
        said="Passed on.",
        fault_field="owner_role",
    )


@require_http_methods(FORM_METHODS)
@does("actions.say_at_risk")
def risk(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Say that it is at risk."""
    action = find(year, number)
    return _form_page(
        request,
        action,
        forms.ReasonForm(request.POST or None),
        lambda given: actions.say_at_risk(action, **given),
        heading="Say that it is at risk",
        button="Turn it amber",
        said="At risk. It shows amber.",
    )


@require_POST
@does("actions.say_on_track")
def on_track(request: HttpRequest, year: int, number: int) -> HttpResponse:
    action = find(year, number)
    return _button(request, action, lambda: actions.say_on_track(action), said="Back on track.")


@require_http_methods(FORM_METHODS)
@does("actions.note_update")
def note(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Write down how it goes."""
    action = find(year, number)
    return _form_page(
        request,
        action,
        forms.NoteForm(request.POST or None),
        lambda given: actions.note_update(action, **given),
        heading="Add a note",
        button="Add",
        said="Note added.",
    )


@require_http_methods(FORM_METHODS)
@does("actions.discharge")
def discharge(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Say that it is done."""
    action = find(year, number)
    form = forms.DischargeForm(request.POST or None)
    return _form_page(
        request,
        action,
        form,
        lambda given: actions.discharge(action, words=given["words"], evidence=_evidence(given["evidence"])),
        heading="Done",
        button="Say that it is done",
        said="Said to be done.",
        fault_field="evidence",
    )


class NoSuchEvidence(ValueError):
    """There is no record with this reference that you may see."""


def _evidence(reference: str) -> Record | None:
    if not reference.strip():
        return None
    found = Record.objects.filter(reference=reference.strip().upper()).first()
    if found is None:
        raise NoSuchEvidence("There is no record with this reference")
    return found


@require_POST
@does("actions.accept")
def acceptance(request: HttpRequest, year: int, number: int) -> HttpResponse:
    action = find(year, number)
    return _button(
        request, action, lambda: actions.accept(action), said=f"{action.reference} accepted and closed."
    )


@require_http_methods(FORM_METHODS)
@does("actions.send_back")
def send_back(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Not done yet, and why."""
    action = find(year, number)
    return _form_page(
        request,
        action,
        forms.ReasonForm(request.POST or None),
        lambda given: actions.send_back(action, **given),
        heading="Send back",
        button="Send it back",
        said=f"Sent back to {action.owner_words}.",
    )


@require_http_methods(FORM_METHODS)
@does("actions.withdraw")
def withdrawal(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Close what is no longer wanted."""
    action = find(year, number)
    return _form_page(
        request,
        action,
        forms.ReasonForm(request.POST or None),
        lambda given: actions.withdraw(action, **given),
        heading="Withdraw",
        button="Withdraw it",
        colour="red",
        said=f"{action.reference} withdrawn.",
    )


@require_http_methods(FORM_METHODS)
@does("actions.reopen")
def reopening(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Open it again."""
    action = find(year, number)
    return _form_page(
        request,
        action,
        forms.ReasonForm(request.POST or None),
        lambda given: actions.reopen(action, **given),
        heading="Open again",
        button="Open it again",
        said="Open again.",
    )


@require_POST
@does("actions.nudge")
def nudge(request: HttpRequest, year: int, number: int) -> HttpResponse:
    action = find(year, number)
    return _button(request, action, lambda: actions.nudge(action), said=f"{action.owner_words} nudged.")


@require_http_methods(FORM_METHODS)
@does("actions.pause_chasing")
def pause(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Chase nobody up to a day."""
    action = find(year, number)
    return _form_page(
        request,
        action,
        forms.PauseForm(request.POST or None),
        lambda given: actions.pause_chasing(action, **given),
        heading="Pause chasing",
        button="Pause",
        said="Paused. Nothing is sent until then.",
        fault_field="until",
    )


@require_POST
@does("actions.resume_chasing")
def resumption(request: HttpRequest, year: int, number: int) -> HttpResponse:
    action = find(year, number)
    return _button(request, action, lambda: actions.resume_chasing(action), said="Chasing goes on.")
