"""One view for each thing that can become of an ask: its form, one verb, and the next ask opens."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.markings import AboveOurCeiling
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.spine.actions import services as actions
from privateoffice.spine.correspondence import forms, services
from privateoffice.spine.correspondence.models import Ask, Conversation, SortingRule, Way
from privateoffice.spine.correspondence.services import guessing
from privateoffice.spine.correspondence.views import showing
from privateoffice.spine.correspondence.views.sorting import queue_of

REFUSALS = (
    services.AlreadySettled,
    services.NothingToUndo,
    services.HasPassed,
    services.NotInTheText,
    services.TooManyAsks,
    actions.NoDateLikeThat,
    actions.OwnerUnclear,
    AboveOurCeiling,
)


def found(year: int, number: int, message: int, ask: int) -> Ask:
    """The ask that an address names, with its conversation as it was opened."""
    conversation = find(Conversation.objects.all(), year, number)
    rows = Ask.objects.select_related("message__original")
    one = get_object_or_404(rows, record=conversation, message__number=message, number=ask)
    one.record = one.message.record = conversation
    return one


def place_of(request: HttpRequest, ask: Ask | None = None, queue: str = "") -> str:
    """The page of sorting, in the queue that one came from, at an ask or at its beginning."""
    here = reverse("correspondence:conversations", args=[request.office.slug])  # type: ignore[attr-defined]
    said = {"queue": queue or request.GET.get("queue", "open"), **({"ask": ask.name} if ask else {})}
    return f"{here}?{urlencode(said)}"


def following(request: HttpRequest, ask: Ask) -> Ask | None:
    """The ask that opens when this one is settled: the next below it, or the one above where it is the last."""
    asks = queue_of(request.GET.get("queue", "open"), clock.now()).select_related("record", "message")
    others = asks.exclude(pk=ask.pk).defer("message__text")
    return others.after(ask).first() or others.before(ask).order_by("at", "pk").first()


def _act(
    request: HttpRequest,
    ask: Ask,
    form: Form,
    perform: Callable[[], Any],
    *,
    title: str,
    button: str,
    said: str,
    stays: bool = False,
) -> HttpResponse:
    """The page of one act. A refusal stands above what was typed, and nothing of that is lost."""
    refusal = ""
    if request.method == "POST" and form.is_valid():
        following_it = ask if stays else following(request, ask)
        try:
            perform()
        except REFUSALS as fault:
            refusal = sentence_of(fault)
        else:
            toasts.say(request, said, undo="" if stays else _undo(request, ask))
            return redirect(place_of(request, following_it))
    shown = {
        "form": form,
        "title": title,
        "button": button,
        "refusal": refusal,
        "ask": ask,
        "back": place_of(request, ask),
        "paragraphs": showing.paragraphs(ask.text[:20_000], []),
        "marking": ask.record.marking,
        "handling": ask.record.handling,
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "correspondence/act.html", shown, status=status)


def _undo(request: HttpRequest, ask: Ask) -> str:
    return f"{ask.address}undoing/?{urlencode({'queue': request.GET.get('queue', 'open')})}"


@require_POST
@does("correspondence.dispose")
def disposition(request, year, number, message, ask):
    """What needs no words: answered, or no action."""
    one = found(year, number, message, ask)
    form = forms.WayForm(request.GET)
    following_it = following(request, one)
    if form.is_valid():
        way = Way(form.cleaned_data["way"])
        try:
            services.dispose(one, way=way)
        except services.AlreadySettled as refusal:
            toasts.say(request, sentence_of(refusal))
        else:
            toasts.say(request, f"{way.label}: {one.record.title}", undo=_undo(request, one))
    return redirect(place_of(request, following_it))


@require_POST
@does("correspondence.dispose")
def proposal(request, year, number, message, ask, rule):
    """Take what a rule proposes, and open the next, or stay in the list where it was taken there."""
    one = found(year, number, message, ask)
    proposed = get_object_or_404(SortingRule.objects.kept(), pk=rule)
    following_it = following(request, one)
    try:
        services.take_proposal(one, proposed)
    except (*REFUSALS, services.NotProposed) as refusal:
        toasts.say(request, sentence_of(refusal))
    else:
        way = Way(proposed.way).label
        toasts.say(request, f"{way}, as “{proposed.name}” proposed: {one.record.title}", undo=_undo(request, one))
    return redirect(place_of(request, None if "stay" in request.GET else following_it))


@require_POST
@does("correspondence.undo")
def undoing(request, year, number, message, ask):
    one = found(year, number, message, ask)
    try:
        services.undo(one)
    except services.NothingToUndo as refusal:
        toasts.say(request, sentence_of(refusal))
    else:
        toasts.say(request, f"Open again: {one.record.title}")
    return redirect(place_of(request, one, queue="open"))


@require_POST
@does("correspondence.dispose")
def many(request):
    """The same for all that are ticked."""
    form = forms.BulkForm(request.POST)
    asks = [ask for name in request.POST.getlist("ask")[:500] if (ask := Ask.objects.called(name).first())]
    if form.is_valid() and asks:
        count = services.dispose_many(asks, **form.said)
        word = Way(form.cleaned_data["way"]).label.lower()
        toasts.say(request, f"{words.counted(count, 'mail')}: {word}. Each can be opened again where it is.")
    return redirect(place_of(request))


@does("correspondence.split")
def split(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.SplitForm(request.POST or None, text=one.message.text)
    return _act(
        request,
        one,
        form,
        lambda: services.split(one, quoted=form.quoted),
        title="Split off another ask",
        button="Split",
        said="Split. Each ask wants its own disposition.",
        stays=True,
    )


@does("correspondence.dispose")
def filing(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.FilingForm(request.POST or None)
    do = lambda: services.dispose(one, **form.said)  # noqa: E731
    return _act(request, one, form, do, title="File it", button="File", said=f"Filed: {one.record.title}")


@does("correspondence.dispose")
def waiting(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.WaitingForm(request.POST or None)
    return _act(
        request,
        one,
        form,
        lambda: services.dispose(one, **form.said),
        title="Wait for an answer",
        button="Wait",
        said="Waiting. It comes back if no answer comes.",
    )


@does("correspondence.dispose")
def commander(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.RecommendationForm(request.POST or None)
    return _act(
        request,
        one,
        form,
        lambda: services.dispose(one, **form.said),
        title="Put it before the Commander",
        button="Put it before the Commander",
        said="It stands on the Commander's page.",
    )


@does("correspondence.put_off")
def put_off(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.PutOffForm(request.POST or None)
    return _act(
        request,
        one,
        form,
        lambda: services.put_off(one, until_at=form.until_at),
        title="Put it off",
        button="Put off",
        said="Put off. It comes back by itself.",
    )


@does("correspondence.dispose")
def enquiry(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.EnquiryForm(request.POST or None, initial=guessing.enquiry(one))
    return _hand_on(request, one, form, Way.ENQUIRY, "Make an enquiry of it", "Make the enquiry", "Enquiry made.")


@does("correspondence.dispose")
def action(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.ActionForm(request.POST or None, initial=guessing.action(one))
    return _hand_on(request, one, form, Way.ACTION, "Make an action of it", "Set the action", "Action set.")


@does("correspondence.dispose")
def engagement(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.EngagementForm(request.POST or None, initial=guessing.engagement(one))
    said = "Entered in the diary."
    return _hand_on(request, one, form, Way.ENGAGEMENT, "Put it in the diary", "Enter it", said)


@does("correspondence.dispose")
def redirection(request, year, number, message, ask):
    one = found(year, number, message, ask)
    form = forms.RedirectionForm(request.POST or None, initial=guessing.enquiry(one))
    said = "Re-directed. It stays open here until they accept."
    return _hand_on(request, one, form, Way.REDIRECTED, "Re-direct it to another unit", "Re-direct", said)


def _hand_on(request, one: Ask, form: Any, way: Way, title: str, button: str, said: str) -> HttpResponse:
    def do() -> Any:
        return services.hand_on(one, way=way, **form.said_of(one))

    return _act(request, one, form, do, title=title, button=button, said=said)
